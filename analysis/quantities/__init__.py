"""Number words to people: low, high and how the bound is meant.

    "at least five" 5, None, at_least - "5 to 7" 5, 7, range - "several" 2, None, vague - "half of the 40" 20, 20, about
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.quantities.numbers import Quantity, numbers
from analysis.quantities.shares import part_of, shares

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

__all__ = ["Quantity", "Range", "may_be_equal", "part_of", "quantities"]

Range = tuple[int | None, int | None]


def quantities(doc: Doc | Span) -> list[Quantity]:
    """Return the stated numbers of a Doc, or of one sentence, in order; they do not overlap.

    A number that qualifies a unit of time ("19-year-old", "2-hour") or is an ordinal is no quantity. A share of a
    number is counted ("half of the 40"), a share of no stated number is none ("half of them").

    **Misses:** sums ("five, then two more"), Roman numerals.
    """
    return shares(doc, numbers(doc))


def may_be_equal(one: Range, other: Range) -> bool:
    """True when some number fits both (low, high); None is open."""
    return ((one[0] or 0) <= (other[1] if other[1] is not None else float("inf"))
            and (other[0] or 0) <= (one[1] if one[1] is not None else float("inf")))
