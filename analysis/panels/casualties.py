"""How many are said to be harmed, by whose account, and what a policy makes of it."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.incidents import POLICIES
from analysis.panels.page import escape, picture_html, table_html
from analysis.panels.panel import Panel, Shown, choice, counted, text
from analysis.panels.tables import ALL, claim_names, containing, figures, pick, picture_size, with_sentence
from analysis.plots import date_words, plot_incidents

ARTICLE_ITSELF = "the article itself"
MOST_INCIDENTS = 12  # in a picture


def statements(corpus: Corpus, policy: str) -> pd.DataFrame:
    """Return the claims with what a policy did with them: the columns of casualties, then used and reason; source.

    ``source`` is the last voice of the chain, or ``ARTICLE_ITSELF``. No claim is lost or doubled.
    """
    key = ["article_id", "casualty"]
    ledger = corpus.ledger[corpus.ledger["policy"] == policy]
    told = corpus.casualties.merge(ledger[[*key, "used", "reason"]], on=key, how="left", validate="one_to_one")
    told["source"] = [chain[-1] if chain else ARTICLE_ITSELF for chain in told["chain"]]
    return told


def claims_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return claims for reading: what is said of whom, who says so, how surely, and the sentence."""
    return pd.DataFrame({
        "claim": claim_names(corpus, told), "effect": told["effect"], "number": figures(told),
        "victims": told["victims"], "status": told["victim_status"], "who says so": told["source"],
        "how surely": told["certainty"], "sentence": with_sentence(corpus, told)})


def ledger_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return what a policy used and what it left out, and why."""
    return pd.DataFrame({
        "incident": told["incident"], "effect": told["effect"], "claim": claim_names(corpus, told),
        "number": figures(told), "who says so": told["source"],
        "counts as": told["root"],
        "used": ["yes" if used else f"no: {why}" for used, why in zip(told["used"], told["reason"], strict=True)],
        "sentence": with_sentence(corpus, told)}).sort_values(["incident", "effect", "used"],
                                                              ascending=[True, True, False], kind="stable")


def incidents_view(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return incidents for reading: the range, the best figure and why, and on how many accounts it rests."""
    return pd.DataFrame({
        "incident": incidents["incident"], "effect": incidents["effect"],
        "low to high": figures(incidents.assign(bound=None)), "best": incidents["best"],
        "why this best": incidents["best_reason"], "place": incidents["place"],
        "date": incidents["date"].map(date_words), "rests on": [_accounts(row) for row in incidents.itertuples()],
        "reviewed": [f"{row.n_reviewed} of {row.n_claims}" for row in incidents.itertuples()]})


def _accounts(row: object) -> str:
    return ", ".join((counted(row.n_articles, "article"), counted(row.n_outlets, "outlet"),
                      counted(row.n_roots, "independent root")))


def policies() -> pd.DataFrame:
    """Return the counting policies and what each counts, in words."""
    return pd.DataFrame({"policy": list(POLICIES), "what it counts": [p.description for p in POLICIES.values()]})


def policies_view(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return one row an incident and effect, one column a policy: low to high, and best in brackets."""
    ranges = zip(figures(incidents.assign(bound=None)), incidents["best"], strict=True)
    cells = incidents.assign(said=[words if pd.isna(best) else f"{words} (best {best:,})" for words, best in ranges])
    wide = cells.pivot(index=["incident", "effect"], columns="policy", values="said")
    return wide[list(dict.fromkeys(incidents["policy"]))].reset_index().rename_axis(columns=None)


def show_casualties(corpus: Corpus, policy: str, effect: str = ALL, victims: str = ALL, source: str = ALL,
                    words: str = "") -> Shown:
    """Return the totals to which the wanted claims belong, as ranges and tables, and what was used of these claims."""
    told = statements(corpus, policy)
    kept = containing(pick(told, effect=effect, victim_status=victims, source=source), words, "victims", "perpetrator",
                      "place")
    totals = pick(corpus.incidents, policy=policy).merge(kept[["incident", "effect"]].drop_duplicates())
    status = (f"{len(kept):,} of {counted(len(told), 'claim')}, {counted(kept['article_id'].nunique(), 'article')}, "
              f"{counted(kept['incident'].nunique(), 'incident')}")
    if kept.empty:
        return Shown(status, table_html(kept, "No claim fits all of these filters. Widen one, or press Reset."
                                        if len(told) else "No claim about casualties was found in these articles."))
    ranges = picture_html(plot_incidents(totals.head(MOST_INCIDENTS), kept),
                          f"Low, best and high: {status}; the numbers are in the tables below")
    hidden = "" if len(kept) == len(told) else "<p>The totals rest on all claims, those that the filters hide too.</p>"
    return Shown(status, f"<p>{escape(POLICIES[policy].description)}</p>{ranges}{picture_size(totals, MOST_INCIDENTS)}"
                 f"{hidden}<h4>Totals</h4>{table_html(incidents_view(totals))}"
                 f"<h4>What was used and what not</h4>{table_html(ledger_view(corpus, kept))}")


def casualties_panel(corpus: Corpus, policy: str) -> Panel:
    """Return the panel of 3-casualties: the policy, filters, ranges, totals and the ledger."""
    told = statements(corpus, policy)
    policies = choice("Policy", POLICIES, first=None, wide=True)
    policies.value = policy
    return Panel(partial(show_casualties, corpus), policy=policies, effect=choice("Effect", told["effect"]),
                 victims=choice("Victims", told["victim_status"]),
                 source=choice("Who says so", sorted(told["source"])),
                 words=text("Words", "in victims, place, perpetrator"))
