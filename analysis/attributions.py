"""Doc to attributions: who says what, with what word, to whom, through whom, how surely."""

from __future__ import annotations

from spacy.tokens import Doc

from analysis.mentions import MentionIndex
from analysis.records import Attribution


def attributions(doc: Doc, mentions: MentionIndex) -> list[Attribution]:
    """Return the attributions of a Doc, numbered in order of their cues."""
    return []
