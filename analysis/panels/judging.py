"""Write judgements of the analyst, list them, take them back; say what was done and how that is undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby

from analysis.corpus import Corpus
from analysis.judgements import Anchor, Judgement, JudgementError
from analysis.panels.panel import Done

NO_REASON = "Not saved: a judgement needs a reason that others can follow."
_NEEDS_NONE = ("claim_accepted", "note")
_SAID = {"claim_accepted": "accepted", "claim_rejected": "rejected", "claim_corrected": "corrected",
         "claim_added": "added", "incident_merged": "one event", "incident_split": "two events"}


def write(corpus: Corpus, what: str, kind: str, *target: str, anchors: tuple[Anchor, ...] = (), value: object = None,
          why: str = "") -> Done:
    """Write a judgement into the journal and apply it (see ``write_all``)."""
    return write_all(corpus, what, [{"kind": kind, "target": target, "anchors": anchors, "value": value, "why": why}])


def write_all(corpus: Corpus, what: str, rows: Sequence[Mapping[str, object]]) -> Done:
    """Write judgements into the journal, all or none, and apply them at once; ``what`` says what was decided.

    Nothing is written without a reason, where the kind needs one. What the articles do not bear out is said.
    """
    rows = [{**row, "why": str(row["why"]).strip() or None} for row in rows]
    if any(row["why"] is None and row["kind"] not in _NEEDS_NONE for row in rows):
        return Done(NO_REASON)
    before = set(corpus.problems["detail"])
    try:
        made = corpus.judge_all(rows)
    except JudgementError as error:
        return Done(f"Not saved: {error}")
    new = [detail for detail in corpus.problems["detail"] if detail not in before]
    return Done(f"Saved, but not carried out: {new[0]}" if new else f"Saved: {what}",
                partial(_undo, corpus, [one.id for one in made], what))


def take_back(corpus: Corpus, judgement_ids: Sequence[str], what: str) -> Done:
    """Take judgements back, on this day or a later one; ``what`` says which."""
    try:
        made = corpus.undo(*judgement_ids)
    except JudgementError as error:
        return Done(f"Not taken back: {error}")
    return Done(f"Taken back: {what}", partial(_undo, corpus, [one.id for one in made], f"taking back {what}"))


def _undo(corpus: Corpus, judgement_ids: Sequence[str], what: str) -> str:
    try:
        corpus.undo(*judgement_ids)
    except JudgementError as error:
        return f"Not undone: {error}"
    return f"Undone: {what}"


def decided(corpus: Corpus, most: int) -> list[tuple[str, tuple[str, ...]]]:
    """Return what was decided of claims and events, the newest first: in words, with the ids of its judgements."""
    made = [judgement for judgement in corpus.journal.in_force() if judgement.kind in _SAID]
    at_once = [list(group) for _, group in groupby(made, lambda one: (one.who, one.when, one.kind))]
    return [(_words(group), tuple(one.id for one in group)) for group in reversed(at_once[-most:])]


def _words(group: Sequence[Judgement]) -> str:
    first = group[0]
    value = dict(first.value) if isinstance(first.value, dict) else {}
    effect = f"{value.pop('effect')} " if "effect" in value else ""
    told = ", ".join(f"{name.replace('_', ' ')} {'none' if said is None else said}" for name, said in value.items()
                     if name not in ("of", "bound"))
    about = " and ".join(f"“{' '.join(one.words.split())}”" for one in first.anchors)
    said = f"{effect}{about}" + (f": {told}" if told else "") if len(group) == 1 else f"{len(group)} claims"
    return f"{_SAID[first.kind]} {said}" + (f" ({first.why})" if first.why else "")
