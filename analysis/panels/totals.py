"""What the claims come to: the totals of each incident under each policy, their sums, and the sums over time."""

from __future__ import annotations

import pandas as pd

from analysis.corpus import Corpus
from analysis.incidents import DATE_UNKNOWN, POLICIES, Overall, by_time, overall
from analysis.panels.tables import figures, rows
from analysis.plots import date_words
from analysis.records import Article, Casualty, Incident
from analysis.reports.brief import rests_on


def incidents_view(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return incidents for reading: the range, the best figure and why, and on how many accounts it rests."""
    return pd.DataFrame({
        "incident": incidents["incident"], "effect": incidents["effect"],
        "low to high": _ranges(incidents), "best": incidents["best"],
        "why this best": incidents["best_reason"], "place": incidents["place"],
        "date": incidents["date"].map(date_words), "rests on": [rests_on(row) for row in incidents.itertuples()],
        "reviewed": _reviewed(incidents)})


def _ranges(incidents: pd.DataFrame) -> pd.Series:
    # What a policy counts none of is no figure that nobody knows.
    return figures(incidents.assign(bound=None)).mask(incidents["n_articles"] == 0, "not counted")


def policies() -> pd.DataFrame:
    """Return the counting policies and what each counts, in words."""
    return pd.DataFrame({"policy": list(POLICIES), "what it counts": [p.description for p in POLICIES.values()]})


def policies_view(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return one row an incident and effect, one column a policy: low to high, and best in brackets; and reviewed."""
    ranges = zip(_ranges(incidents), incidents["best"], strict=True)
    cells = incidents.assign(said=[words if pd.isna(best) else f"{words} (best {best:,})" for words, best in ranges])
    wide = cells.pivot(index=["incident", "effect"], columns="policy", values="said")
    claims = incidents.drop_duplicates(["incident", "effect"]).set_index(["incident", "effect"])
    in_order = wide.loc[claims.index, list(dict.fromkeys(incidents["policy"]))]
    wide = in_order.assign(reviewed=_reviewed(claims))  # the same for each policy
    return wide.reset_index().rename_axis(columns=None)


def overall_view(corpus: Corpus, incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the sum of each effect over incidents of one policy, what it covers, and how many claims were reviewed."""
    frame = _sums_table(overall(*_summed(corpus, incidents)))
    return pd.DataFrame({"effect": frame["effect"], "low to high": figures(frame.assign(bound=None)),
                         "best": frame["best"], "what the sum covers": frame["covers"], "reviewed": _reviewed(frame)})


def toll(corpus: Corpus, incidents: pd.DataFrame, unit: str = "month",
         effects: tuple[str, ...] = ("killed", "injured")) -> pd.DataFrame:
    """Return the sums of each month or day of the incidents, those without one last.

    Columns: time, effect, low, best, high, covers, n_reviewed, n_claims.

    ``incidents``: those of one policy. No incident is lost: what a sum leaves out stands in ``covers``.
    """
    chosen = incidents[incidents["effect"].isin(effects)]
    found = by_time(*_summed(corpus, chosen), unit)
    frames = [_sums_table(sums).assign(time=time) for time, sums in found.items()]
    return pd.concat(frames, ignore_index=True) if frames else _sums_table([]).assign(time="")


def toll_view(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the sums over time for reading."""
    return pd.DataFrame({"when": frame["time"].map(lambda time: time if time == DATE_UNKNOWN else date_words(time)),
                         "effect": frame["effect"], "low to high": figures(frame.assign(bound=None)),
                         "best": frame["best"], "what the sum covers": frame["covers"], "reviewed": _reviewed(frame)})


def _reviewed(frame: pd.DataFrame) -> pd.Series:
    said = [f"{row.n_reviewed} of {row.n_claims}" for row in frame.itertuples()]
    return pd.Series(said, index=frame.index, dtype="str")


def _summed(corpus: Corpus, incidents: pd.DataFrame) -> tuple[list[Incident], list[Casualty], dict[str, Article]]:
    claims = corpus.casualties[corpus.casualties["incident"].isin(incidents["incident"])]
    return (rows(incidents, Incident), rows(claims, Casualty),
            {article.article_id: article for article in rows(corpus.articles, Article)})


def _sums_table(sums: list[Overall]) -> pd.DataFrame:
    kinds = {"effect": "str", "low": "Int64", "best": "Int64", "high": "Int64", "covers": "str",
             "n_reviewed": "Int64", "n_claims": "Int64"}
    return pd.DataFrame({name: pd.Series([getattr(total, name) for total in sums], dtype=kind)
                         for name, kind in kinds.items()})
