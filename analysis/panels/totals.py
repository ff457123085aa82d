"""What the claims come to: the totals of each incident under each policy, their sums, and the sums over time."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.corpus import Corpus
from analysis.incidents import DATE_UNKNOWN, POLICIES, Overall, by_time, overall
from analysis.outline import KINDS, incident_kinds, percent, role_words
from analysis.panels.tables import claim_names, figures, pick, rows
from analysis.plots import date_words
from analysis.records import Casualty, Incident
from analysis.reports.brief import rests_on


def totals(corpus: Corpus, policy: str) -> pd.DataFrame:
    """Return the incidents under a policy with ``told_as``: the news first, then other events, then counts over time.

    No total is lost or doubled.
    """
    kinds = incident_kinds(corpus.casualties)
    found = pick(corpus.incidents, policy=policy)
    found = found.assign(told_as=found["incident"].map(kinds).astype("str"))
    return found.sort_values("told_as", key=lambda column: column.map(KINDS.index), kind="stable")


def incidents_view(incidents: pd.DataFrame, why: Mapping[tuple[str, str], str] | None = None) -> pd.DataFrame:
    """Return incidents for reading: range, best figure and why, doubt, and on how many accounts it rests.

    ``why``: {(incident, effect): what its doubt comes from}, as ``doubts`` gives it.
    """
    pairs = zip(incidents["incident"], incidents["effect"], strict=True)
    return pd.DataFrame({
        "incident": incidents["incident"], "effect": incidents["effect"],
        "low to high": _ranges(incidents), "best": incidents["best"], "doubt": incidents["doubt"].map(percent),
        "place": incidents["place"], "date": incidents["date"].map(date_words), "reviewed": _reviewed(incidents),
        "why this best": incidents["best_reason"], "rests on": [rests_on(row) for row in incidents.itertuples()],
        "why this doubt": [(why or {}).get(pair, ()) for pair in pairs],
        "may be the same event as": [() if pd.isna(name) else name for name in incidents["may_be"]]})


def doubts(corpus: Corpus, told: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return {(incident, effect): the weakest role or link among the claims used}, in words.

    ``told``: rows of ``statements``. What the analyst has looked at is not in doubt.
    """
    open_ = told[told["used"] & told["judged"].isna()]
    sure = open_[["role_probability", "incident_probability"]].astype("Float64").fillna(1.0)
    least = sure.min(axis=1).rename("least")
    weakest = open_.assign(least=least, by_role=sure["role_probability"] <= sure["incident_probability"])
    weakest = weakest.sort_values("least", kind="stable").drop_duplicates(["incident", "effect"])
    said = zip(weakest.itertuples(), claim_names(corpus, weakest), strict=True)
    return {(row.incident, row.effect): f"the role of claim {name}: {role_words(row)}" if row.by_role
            else f"that claim {name} is of this incident ({percent(row.least)})"
            for row, name in said if row.least < 1}


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


def _summed(corpus: Corpus, incidents: pd.DataFrame) -> tuple[list[Incident], list[Casualty]]:
    made, claims = corpus.__dict__.get("_typed_claims", (None, ()))
    if made is not corpus.casualties:  # anew only after a judgement has changed them
        claims = rows(corpus.casualties, Casualty)
        corpus._typed_claims = corpus.casualties, claims
    wanted = set(incidents["incident"])
    return rows(incidents, Incident), [claim for claim in claims if claim.incident in wanted]


def _sums_table(sums: list[Overall]) -> pd.DataFrame:
    kinds = {"effect": "str", "low": "Int64", "best": "Int64", "high": "Int64", "covers": "str",
             "n_reviewed": "Int64", "n_claims": "Int64"}
    return pd.DataFrame({name: pd.Series([getattr(total, name) for total in sums], dtype=kind)
                         for name, kind in kinds.items()})
