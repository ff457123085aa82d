"""The numbers of a text, with the words around them that say how they are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.quantities.amounts import MOST, Amount, amount_at
from analysis.quantities.tables import JOINED, ending, longest, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["MOST", "Quantity", "numbers"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated number. Tokens ``[first, last]`` hold its ``wording`` with its qualifier ("at least five").

    ``whole`` is the number that a share is of: the 40 of "half of the 40".
    """

    first: int
    last: int
    low: int | None
    high: int | None
    bound: str
    whole: Quantity | None = None


def numbers(doc: Doc | Span) -> list[Quantity]:
    """Return the numbers of a Doc, or of one sentence, in order, with their bounds; they do not overlap.

    One whose figures cannot be read ("1,2xx", "12,5") is a plural: two or more, never a part of its figures.
    """
    tokens = list(doc)
    words = [token.lower_ for token in tokens]
    found: list[Quantity] = []
    position = 0
    while position < len(tokens):
        amount = amount_at(tokens, words, position)
        if amount is None:
            bound = longest(table("number_bounds", "side", "before"), words, position)
            position += bound[0] if bound else 1  # "as many as" holds no "many"
            continue
        quantity, position = _bounded(tokens, words, amount)
        found.append(Quantity(tokens[quantity.first].i, tokens[quantity.last].i, quantity.low, quantity.high,
                              quantity.bound))
    return found


def _bounded(tokens: Sequence[Token], words: Sequence[str], amount: Amount) -> tuple[Quantity, int]:
    """A number with the words around it that say how it is meant, and where to read on."""
    first, last, low, high, bound = amount.first, amount.last, amount.low, amount.high, "exact"
    if amount.bound != "exact":
        return Quantity(first, last, low, high, amount.bound), last + 1
    if upper := _upper(tokens, words, amount):
        last, high, bound = upper.last, upper.high, "range"
        low = (low or 0) * (upper.scale if _is_scaled(amount, upper) else 1)
        first -= first > 0 and words[first - 1] == "between"
    before = ending(table("number_bounds", "side", "before"), words, first - 1)
    after = longest(table("number_bounds", "side", "after"), words, last + 1)
    if before or after:
        size, row = before or after or (0, {})
        first, last = (first - size, last) if before else (first, last + size)
        bound = str(row["bound"])
    return Quantity(first, last, *_limits(low, high, bound)), last + 1


def _limits(low: int | None, high: int | None, bound: str) -> tuple[int | None, int | None, str]:
    """Low and high as the bound means them; "more than 20" people are 21 or more."""
    return {"above": ((low or 0) + 1, None, "at_least"), "below": (None, (high or 1) - 1, "at_most"),
            "at_least": (low, None, "at_least"), "at_most": (None, high, "at_most")}.get(bound, (low, high, bound))


def _upper(tokens: Sequence[Token], words: Sequence[str], amount: Amount) -> Amount | None:
    """The second number of "5 to 7", "five or six", "between five and seven", "5-7"; not of "from 5 to 7"."""
    link = amount.last + 1
    if link + 1 >= len(words):
        return None
    before = words[amount.first - 1] if amount.first else ""
    if words[link] in JOINED and words[amount.first][0].isdecimal() != words[link + 1][0].isdecimal():
        return None  # "Sept 13 - Forty-nine soldiers"
    joins = words[link] in {"to", "or", *JOINED} and before not in {"from", "of", "by"}
    if not joins and not (words[link] == "and" and before == "between"):
        return None
    upper = amount_at(tokens, words, link + 1)
    return upper if upper and upper.bound == "exact" and (upper.low or 0) > (amount.low or 0) else None


def _is_scaled(lower: Amount, upper: Amount) -> bool:
    """True for the 2 of "two to three thousand", not for the 90 of "ninety to one hundred"."""
    return lower.scale == 1 and (lower.low or 0) * upper.scale < (upper.low or 0)
