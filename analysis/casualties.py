"""Doc to casualty claims: who is said to be killed, injured, captured, abducted, missing or displaced, and how many."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.mentions import MentionIndex
from analysis.records import Attribution, Casualty


def casualties(doc: Doc, mentions: MentionIndex, attributions: Sequence[Attribution] = ()) -> list[Casualty]:
    """Return the casualty claims of a Doc in order; ``event`` numbers the events of this article from 0."""
    return []
