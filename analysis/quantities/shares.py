"""Shares of a number: "half of the 40", "most of the 30", "all but two of the 12"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from analysis import lexicon
from analysis.quantities.numbers import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_BETWEEN = {"the", "these", "those", "all", "its", "their", "his", "her", "our"}
_PERCENT = {"percent", "%"}
_MAJORITY = {"most", "majority"}  # more than their fraction


@cache
def _fractions() -> dict[tuple[str, ...], Fraction]:
    return {tuple(str(row["words"]).split()): Fraction(int(row["low"] or 0), int(row["high"] or 1))
            for row in lexicon.rows("vague_numbers") if row["kind"] == "share"}


def shares(doc: Doc | Span, numbers: Sequence[Quantity]) -> list[Quantity]:
    """Return the numbers of a Doc or sentence, those of which a share is told with the share in their place.

    "All but two of the guards" is no number: it is two or more.
    """
    start, text = getattr(doc, "start", 0), doc.doc
    found: list[Quantity] = []
    for number in numbers:
        of = number.first - 1
        while of > start and text[of].lower_ in _BETWEEN:
            of -= 1
        whole = of > start and text[of].lower_ == "of"
        if whole and found and found[-1].last == of - 1 and _is_exception(text, found[-1], start):
            fewer = found.pop()
            left = None if number.low is None else number.low - (fewer.high or 0)
            found.append(Quantity(fewer.first - 2, number.last, left, left, "exact", number))
        elif whole and number.low and len(found) > 1 and _is_rate(text, *found[-2:], of):
            of_so_many, so_many = found.pop(), found.pop()
            people = round(number.low * Fraction(so_many.low or 0, of_so_many.low or 1))
            found.append(Quantity(so_many.first, number.last, people, people, "about", number))
        elif whole and number.low is not None and (size := _ending(text[max(start, of - 4):of])):
            if found and found[-1].last >= of - size:
                found.pop()  # the 40 of "40 percent of the 200"
            first = of - size
            part = part_of(number.low, text[first:of], number.high is None)
            found.append(Quantity(first, number.last, *part, number))
        else:
            found.append(number)
    return [replace(n, first=n.first - 2, low=2, high=None, bound="vague") if n.whole is None
            and _is_exception(text, n, start) else n for n in found]


def part_of(number: int, words: Span, is_open: bool = False) -> tuple[int, int | None, str]:
    """Return (low, high, bound) of the share that the last words tell of a number of people.

    "Most" of 30 is 16 or more; words that tell no share are two people or more. ``is_open``: of so many or more.
    """
    if not (size := _ending(words)):
        return 2, None, "plural"
    lower = tuple(word.lower_ for word in words)[-size:]
    if lower[-1] in _MAJORITY:
        return number // 2 + 1, None, "vague"
    part = Fraction(int(lower[0]), 100) if lower[-1] in _PERCENT else _fractions()[lower]
    people = round(number * part)
    return (people, None, "at_least") if is_open else (people, people, "exact" if part == 1 else "about")


def _ending(words: Span) -> int:
    """How many of the last words tell a share; 0 for none."""
    lower = tuple(word.lower_ for word in words)
    if lower and lower[-1] in _PERCENT:
        return 2 if len(lower) > 1 and lower[-2].isdecimal() else 0
    return next((size for size in range(len(lower), 0, -1) if lower[-size:] in _fractions()), 0)


def _is_rate(doc: Doc, one: Quantity, two: Quantity, of: int) -> bool:
    """True for the "one in three" before "of the 60"."""
    return two.last == of - 1 and two.first == one.last + 2 and doc[one.last + 1].lower_ == "in" and (
        0 < (one.low or 0) < (two.low or 0))


def _is_exception(doc: Doc, number: Quantity, start: int) -> bool:
    return number.first - 2 >= start and (doc[number.first - 2].lower_, doc[number.first - 1].lower_) == ("all", "but")
