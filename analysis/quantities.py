"""Number words to people: low, high and how the bound is meant.

    "at least five" 5, None, at_least - "5 to 7" 5, 7, range - "several" 2, None, vague
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated number. Tokens ``[first, last]`` hold its ``wording`` with its qualifier ("at least five")."""

    first: int
    last: int
    low: int | None
    high: int | None
    bound: str


def quantities(doc: Doc) -> list[Quantity]:
    """Return the stated numbers of a Doc in order."""
    return []
