"""The claims with what a policy did with them: to pick from, to read, to choose one of; and the ledger.

The ledger is an outline (``analysis.outline``): under each toll what repeats it and its parts.
"""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from analysis.corpus import Corpus
from analysis.independence import ARTICLE_ITSELF, root_words
from analysis.outline import NEWS, incident_kinds, outline, reason_words, role_words
from analysis.panels.review import worked_out, your_words
from analysis.panels.tables import claim_names, containing, figures, pick, with_sentence

NOT_SAID = "not known"
_STEP, _UNDER = "\u2003", "↳ "  # a space that no page swallows


def statements(corpus: Corpus, policy: str) -> pd.DataFrame:
    """Return the claims with what a policy did with them: casualties' columns and the five below.

    ``used`` and ``reason`` are the ledger's. ``source`` is the last voice of the chain, or ``ARTICLE_ITSELF``;
    ``counts_as`` is the side or root in words; ``told_as`` what its incident is told as, one of ``outline.KINDS``. No
    claim is lost or doubled.
    """
    key = ["article_id", "casualty"]
    ledger = corpus.ledger[corpus.ledger["policy"] == policy]
    told = corpus.casualties.merge(ledger[[*key, "used", "reason"]], on=key, how="left", validate="one_to_one")
    told["counts_as"] = list(map(account_words, told["side"], told["root"]))
    told["source"] = [chain[-1] if chain else ARTICLE_ITSELF for chain in told["chain"]]
    told["told_as"] = told["incident"].map(incident_kinds(told)).astype("str")
    return told


def claims_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return claims for reading: what is said of whom, who says so, how surely, which role, why, and the sentence."""
    return _in_short(corpus, told).assign(**_roles(told), sentence=with_sentence(corpus, told))


def _roles(told: pd.DataFrame, depth: pd.Series | int = 0) -> dict[str, list[object]]:
    """Return the role of each claim with its probability, further in by ``depth``, and what speaks for it."""
    depths = [depth] * len(told) if isinstance(depth, int) else depth
    told = told[["role", "role_probability", "role_reasons", "part_of", "restates", "victim_groups"]]
    said = zip(told.itertuples(), depths, strict=True)
    return {"role": [f"{_STEP * (n - 1)}{_UNDER * (n > 0)}{role_words(row)}" for row, n in said],
            "why this role": [reason_words(row) or () for row in told.itertuples()]}


def _in_short(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "claim": claim_names(corpus, told), "effect": told["effect"], "number": figures(told) + worked_out(told),
        "victims": told["victims"], "status": told["victim_status"], "who says so": told["source"],
        "certainty": told["certainty"]})


def rows_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return claims for choosing one: what, how many, whose word; then what came of it, your word and its name.

    What tells rows apart comes first, since a narrow page shows only the first columns.
    """
    rows = _in_short(corpus, told).assign(**{
        "in the totals": told["reason"], "incident": told["incident"], "your decision": your_words(told),
        **_roles(told)})
    return rows[["effect", "number", "who says so", "victims", "incident", "in the totals", "role", "why this role",
                 "certainty", "status", "your decision", "claim"]]


def ledger_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return what a policy used and what it left out, and why: by incident and effect, each toll, under it its parts.

    ``told``: rows of ``statements``, all or some.
    """
    return ledger_page(corpus, ledger_rows(told))


def ledger_rows(told: pd.DataFrame) -> pd.DataFrame:
    """Return statements as an outline; see ``analysis.outline``."""
    return outline(told, dict(zip(told["incident"], told["told_as"], strict=True)))


def news_and_others(told: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the claims or totals of the articles' news, and those of other events. Each row is in one of the two."""
    return told[told["told_as"] == NEWS], told[told["told_as"] != NEWS]


def account_words(side: object, root: object, article_id: str | None = None) -> str:
    """Return whose account a claim is one of: the side that its root is taken to speak for, else the root."""
    return side if isinstance(side, str) else root_words(root if isinstance(root, str) else None, article_id)


def ledger_page(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return an outline as the ledger is read, in the order it has: what was used, what not, and why."""
    roles = _roles(told, told["depth"])
    return pd.DataFrame({
        "incident": told["incident"], "effect": told["effect"], "role": roles["role"],
        "number": figures(told) + worked_out(told), "who says so": told["source"],
        "grouped under": list(map(account_words, told["side"], told["root"], told["article_id"])),
        "used": [f"yes{why.removeprefix('used')}" if used else f"no: {why}"
                 for used, why in zip(told["used"], told["reason"], strict=True)],
        "claim": claim_names(corpus, told), "why this role": roles["why this role"],
        "sentence": with_sentence(corpus, told)})


def where_and_when(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return the claims as a reader chooses them: with place, day and month, their own or their incident's, and outlet.

    Columns added: where, day (EDTF, null where it is not known), when (the month, or ``NOT_SAID``), outlet.
    """
    event = corpus.incidents.drop_duplicates("incident").set_index("incident")
    where, day = (told[column].fillna(told["incident"].map(event[column])) for column in ("place", "date"))
    month = day.str.extract(r"^(\d{4}-\d\d)(?:-\d\d)?$", expand=False)
    outlet = told["article_id"].map(corpus.articles.set_index("article_id")["outlet"])
    return told.assign(where=where.fillna(NOT_SAID), day=day, when=month.fillna(NOT_SAID),
                       outlet=outlet.fillna(NOT_SAID))


def pick_claims(corpus: Corpus, told: pd.DataFrame, words: str = "", since: date | None = None,
                until: date | None = None, party: tuple[str, ...] = (), **wanted: str | tuple[str, ...]
                ) -> pd.DataFrame:
    """Return the statements that fit all filters.

    ``wanted``: {column of ``where_and_when``: a value, or several}; ``ALL`` and () leave a column alone. ``since``,
    ``until``: days of the event, both included; what is not known to a day or a month is in no span of time.
    ``party``: who is said to have done it, or the side whose account it is. ``words``: in victims, place, perpetrator
    or sentence.
    """
    kept = pick(where_and_when(corpus, told), **wanted)
    for day, last in ((since, True), (until, False)):
        kept = kept if day is None else kept[[_fits(said, day, last) for said in kept["day"]]]
    if party:
        kept = kept[kept["perpetrator"].isin(party) | kept["side"].isin(party)]
    if words.strip():
        kept = containing(kept.assign(sentence=with_sentence(corpus, kept).map(str).astype("str")), words, "victims",
                          "perpetrator", "where", "sentence")
    return kept[list(told)]


def _fits(said: str | None, day: date, since: bool) -> bool:
    """Return whether a day or month is not over before a day (``since``), or does not begin after it."""
    if pd.isna(said) or not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", said):
        return False
    return said >= day.isoformat()[:len(said)] if since else said <= day.isoformat()[:len(said)]
