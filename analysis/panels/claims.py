"""The claims with what a policy did with them: to pick from, to read, to choose one of; and the ledger."""

from __future__ import annotations

import pandas as pd

from analysis.corpus import Corpus
from analysis.independence import ARTICLE_ITSELF, root_words
from analysis.panels.review import worked_out, your_words
from analysis.panels.tables import as_sorted, claim_names, containing, figures, pick, with_sentence

NOT_SAID = "not known"


def statements(corpus: Corpus, policy: str) -> pd.DataFrame:
    """Return the claims with what a policy did with them: casualties' columns, used and reason, source and counts_as.

    ``source`` is the last voice of the chain, or ``ARTICLE_ITSELF``; ``counts_as`` is the root in words. No claim is
    lost or doubled.
    """
    key = ["article_id", "casualty"]
    ledger = corpus.ledger[corpus.ledger["policy"] == policy]
    told = corpus.casualties.merge(ledger[[*key, "used", "reason"]], on=key, how="left", validate="one_to_one")
    told["counts_as"] = [root_words(None if pd.isna(root) else root) for root in told["root"]]
    told["source"] = [chain[-1] if chain else ARTICLE_ITSELF for chain in told["chain"]]
    return told


def claims_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return claims for reading: what is said of whom, who says so, how surely, and the sentence."""
    return _in_short(corpus, told).assign(sentence=with_sentence(corpus, told))


def _in_short(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "claim": claim_names(corpus, told), "effect": told["effect"], "number": figures(told) + worked_out(told),
        "victims": told["victims"], "status": told["victim_status"], "who says so": told["source"],
        "how surely": told["certainty"]})


def rows_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return claims for choosing one: what, how many, whose word; then what came of it, your word and its name.

    What tells rows apart comes first, since a narrow page shows only the first columns.
    """
    rows = _in_short(corpus, told).assign(**{
        "in the totals": told["reason"], "incident": told["incident"], "your word": your_words(told)})
    return rows[["effect", "number", "who says so", "victims", "incident", "in the totals", "how surely", "status",
                 "your word", "claim"]]


def ledger_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return what a policy used and what it left out, and why; by incident and effect, what was used first."""
    return ledger_page(corpus, ledger_rows(told))


def ledger_rows(told: pd.DataFrame) -> pd.DataFrame:
    """Return claims by incident and effect, what was used first."""
    return told.sort_values(["incident", "effect", "used"], ascending=[True, True, False], kind="stable",
                            key=as_sorted)


def ledger_page(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return claims as the ledger is read, in the order they have: what was used, what not, and why."""
    return pd.DataFrame({
        "incident": told["incident"], "effect": told["effect"], "claim": claim_names(corpus, told),
        "number": figures(told) + worked_out(told), "who says so": told["source"],
        "counts as": list(map(root_words, told["root"], told["article_id"])),
        "used": [f"yes{why.removeprefix('used')}" if used else f"no: {why}"
                 for used, why in zip(told["used"], told["reason"], strict=True)],
        "sentence": with_sentence(corpus, told)})


def where_and_when(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with place and month as a reader chooses them: the claim's own, else its incident's."""
    event = corpus.incidents.drop_duplicates("incident").set_index("incident")
    where, day = (told[column].fillna(told["incident"].map(event[column])) for column in ("place", "date"))
    month = day.str.extract(r"^(\d{4}-\d\d)(?:-\d\d)?$", expand=False)
    return told.assign(where=where.fillna(NOT_SAID), when=month.fillna(NOT_SAID))


def pick_claims(corpus: Corpus, told: pd.DataFrame, words: str = "", **wanted: str) -> pd.DataFrame:
    """Return the statements that fit all filters.

    ``wanted``: effect, victim_status, counts_as, source, certainty, where, when. ``where`` is a place and ``when`` a
    month of the event, or ``NOT_SAID``; ``ALL`` leaves a column alone.
    """
    kept = pick(where_and_when(corpus, told), **wanted)
    return containing(kept, words, "victims", "perpetrator", "where")[list(told)]
