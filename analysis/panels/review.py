"""Review a claim by hand: accept, reject or correct it, with a reason, and take that back."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.judgements import Judgement, JudgementError
from analysis.panels.casualties import claims_view, statements
from analysis.panels.page import table_html
from analysis.panels.panel import Panel, Shown, choice, text
from analysis.panels.tables import claim_names, rows
from analysis.records import STATUSES, Casualty
from analysis.review import VERDICTS, claim_span

AS_FOUND = "as found"
OPEN = "?"
NO_CLAIM = "There is no claim to review."
_KINDS = {"accept": "claim_accepted", "reject": "claim_rejected", "correct": "claim_corrected"}
_WIDTH = 70  # characters of a claim's name


def claim_labels(corpus: Corpus) -> dict[str, Casualty]:
    """Return {what a reader calls a claim: the claim}; a correction does not change the name."""
    names = claim_names(corpus, corpus.casualties)
    return {f"{name} {claim.effect}: {claim.victims or claim.wording or 'nobody named'}"[:_WIDTH]: claim
            for name, claim in zip(names, rows(corpus.casualties, Casualty), strict=True)}


def reviewed(corpus: Corpus) -> str:
    """Return how many claims a person has looked at: "reviewed 2 of 14 claims"."""
    return f"reviewed {int(corpus.casualties['judged'].notna().sum()):,} of {len(corpus.casualties):,} claims"


def show_review(corpus: Corpus, policy: str, claim: str | None, **_: str) -> Shown:
    """Return a claim with its sentence, what a policy did with it, and the analyst's word on it."""
    chosen = claim_labels(corpus).get(claim)
    if chosen is None:
        return Shown(NO_CLAIM, "")
    told = statements(corpus, policy)
    row = told[(told["article_id"] == chosen.article_id) & (told["casualty"] == chosen.casualty)]
    verdict = pd.DataFrame({"your word": row["judged"].fillna("not reviewed"), "reason": row["judged_why"].fillna("–"),
                            "found before": row["found"].fillna("–"), "in the totals": row["reason"]})
    return Shown(f"{reviewed(corpus)}; this one: {chosen.judged or 'not reviewed'}",
                 table_html(claims_view(corpus, row)) + table_html(verdict))


def save_review(corpus: Corpus, claim: str | None, verdict: str, low: str, high: str, status: str, why: str) -> str:
    """Write a verdict on a claim into the journal, and return what was done or why not.

    ``low``, ``high``: people, ``OPEN`` for not known, nothing to leave a bound as found; only a correction uses them.
    """
    chosen = claim_labels(corpus).get(claim)
    if chosen is None:
        return NO_CLAIM
    if not why.strip():
        return "Not saved: a verdict needs a reason that others can follow."
    try:
        changes = correction(chosen, low, high, status) if verdict == "correct" else {}
        corpus.judge(_KINDS[verdict], anchors=(corpus.anchor(chosen.article_id, *claim_span(chosen)),),
                     value={"effect": chosen.effect, **changes}, why=why.strip())
    except (JudgementError, ValueError) as error:
        return f"Not saved: {error}"
    return f"Saved: {VERDICTS[_KINDS[verdict]]}"


def correction(claim: Casualty, low: str, high: str, status: str) -> dict[str, object]:
    """Return the columns that a correction sets. Raises ValueError for what is no number, or corrects nothing."""
    bounds = {"low": _people(low, claim.low), "high": _people(high, claim.high)}
    if None not in bounds.values() and bounds["low"] > bounds["high"]:
        raise ValueError(f"at least {bounds['low']} and at most {bounds['high']} cannot both be")
    changes: dict[str, object] = {}
    if bounds != {"low": claim.low, "high": claim.high}:
        changes = {**bounds, "bound": _bound(**bounds)}
    if status not in (AS_FOUND, claim.victim_status):
        changes["victim_status"] = status
    if not changes:
        raise ValueError("a correction changes a number or the status; give one, or accept the claim")
    return changes


def _people(words: str, found: int | None) -> int | None:
    words = words.strip().replace(",", "")
    if words in ("", OPEN):
        return None if words == OPEN else found
    if not words.isdecimal():
        raise ValueError(f"“{words}” is no number of people; write digits, {OPEN} for not known, or nothing")
    return int(words)


def _bound(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return "at_most" if low is None and high is not None else "at_least"
    return "exact" if low == high else "range"


def verdicts(corpus: Corpus, claim: Casualty) -> list[Judgement]:
    """Return the analyst's verdicts on a claim that stand, the latest last."""
    span = (claim.article_id, *claim_span(claim))
    return [j for j in corpus.journal.in_force() if j.kind in VERDICTS and isinstance(j.value, dict)
            and j.value.get("effect") == claim.effect and span in {(a.article_id, a.start, a.end) for a in j.anchors}]


def take_back_review(corpus: Corpus, claim: str | None, **_: str) -> str:
    """Take back the latest verdict on a claim, and return what was done."""
    chosen = claim_labels(corpus).get(claim)
    given = verdicts(corpus, chosen) if chosen else []
    if not given:
        return "There is no verdict of yours on this claim to take back."
    try:
        corpus.undo(given[-1].id)
    except JudgementError as error:
        return f"Not taken back: {error}"
    return f"Taken back: {VERDICTS[given[-1].kind]}"


def review_panel(corpus: Corpus, policy: str) -> Panel:
    """Return the panel in which the analyst reviews claims; nothing is written until a button is pressed."""
    actions = {"Save the verdict": partial(save_review, corpus), "Take it back": partial(take_back_review, corpus)}
    return Panel(partial(show_review, corpus, policy), actions=actions,
                 claim=choice("Claim", claim_labels(corpus), first=None, wide=True),
                 verdict=choice("Your verdict", _KINDS, first=None), low=text("At least", "people; empty: as found"),
                 high=text("At most", "people; ?: not known"), status=choice("Victims", STATUSES, first=AS_FOUND),
                 why=text("Reason", "why, so that others can follow"))
