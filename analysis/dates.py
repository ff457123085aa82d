"""Time words to EDTF (ISO 8601-2): what the text says and no more."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression at characters ``[start, end)``; ``date`` is EDTF, or None where it cannot be known."""

    start: int
    end: int
    date: str | None


def dates(doc: Doc, day_first: bool | None = None) -> list[TimeExpression]:
    """Return the time expressions of a Doc in order. The article's date is ``doc._.article.published``."""
    return []
