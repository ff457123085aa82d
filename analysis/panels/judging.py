"""Write a judgement of the analyst, or take one back, and say what was done and how that is undone."""

from __future__ import annotations

from functools import partial

from analysis.corpus import Corpus
from analysis.judgements import Anchor, JudgementError
from analysis.panels.panel import Done

NO_REASON = "Not saved: a judgement needs a reason that others can follow."
_NEEDS_NONE = ("claim_accepted", "note")


def write(corpus: Corpus, words: str, kind: str, *target: str, anchors: tuple[Anchor, ...] = (), value: object = None,
          why: str = "") -> Done:
    """Write a judgement into the journal and apply it (see ``Corpus.judge``); ``words`` say that it was done.

    Nothing is written without a reason, where the kind needs one.
    """
    if not why.strip() and kind not in _NEEDS_NONE:
        return Done(NO_REASON)
    try:
        made = corpus.judge(kind, *target, anchors=anchors, value=value, why=why.strip() or None)
    except JudgementError as error:
        return Done(f"Not saved: {error}")
    return Done(words, partial(_undo, corpus, made.id))


def take_back(corpus: Corpus, judgement_id: str, what: str) -> Done:
    """Take a judgement back, on this day or a later one; ``what`` says which."""
    try:
        made = corpus.undo(judgement_id)
    except JudgementError as error:
        return Done(f"Not taken back: {error}")
    return Done(f"Taken back: {what}", partial(_undo, corpus, made.id))


def _undo(corpus: Corpus, judgement_id: str) -> str:
    try:
        corpus.undo(judgement_id)
    except JudgementError as error:
        return f"Not undone: {error}"
    return "Undone"
