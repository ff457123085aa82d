"""Digits and number words to a value: "12 000", "1,50,000", "3.2m", "two lakh", "a hundred and six", "forty (40)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from text_to_num import text2num

from analysis.inflection import MONTHS
from analysis.quantities.tables import JOINED, Words, longest, table
from analysis.quantities.uncounted import counts_nothing

if TYPE_CHECKING:
    from spacy.tokens import Token


_FUSED = re.compile(r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
                    r"(one|two|three|four|five|six|seven|eight|nine)")
_GROUPED = re.compile(r"\d{1,3}(?:([,.'])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d\d)+,\d{3}|\d+")  # 1,500; 1,50,000 in India
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}|\d+\.\d{3}")  # "1.5 million"; "2.625" is one only before such a word
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+")
_UNREADABLE = re.compile(r"\d[\d.,'x]*")
_MOST_WORDS = 12  # of a spoken number
MOST = 10 ** 12  # what is larger counts no people, and its sums would not fit a table's whole numbers


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a vague word at tokens ``[first, last]``; ``scale`` is what its first word is multiplied by.

    ``bound`` is "exact", "vague", or "plural" for a number that cannot be read.
    """

    first: int
    last: int
    low: int | None
    high: int | None
    bound: str = "exact"
    scale: int = 1


def amount_at(tokens: Sequence[Token], words: Sequence[str], at: int) -> Amount | None:
    """The longest number or vague word that starts at a token."""
    bound = longest(table("number_bounds", "side", "before"), words, at)
    if bound and bound[0] > 1:
        return None  # "no fewer than" is not "no"
    number = number_at(tokens, words, at)
    if number is not None:
        return number
    for kind in ("number", "few", "vague"):
        if match := longest(table("vague_numbers", "kind", kind), words, at):
            size, row = match
            low, high, last = _int(row["low"]), _int(row["high"]), at + size - 1
            if kind == "few" and (scale := _times(tokens, words, last + 1)):
                return Amount(at, last + 1, (low or 1) * scale, None, "vague")  # "several hundred"
            if kind != "number" and size == 1 and last + 1 < len(words) and number_at(tokens, words, last + 1):
                return None  # "some 30" is about 30
            return Amount(at, last, low, high, "exact" if kind == "number" else "vague")
    return None


def number_at(tokens: Sequence[Token], words: Sequence[str], at: int) -> Amount | None:
    """Digits or number words at a token, with "dozen" or "thousand" after them; "2 lakh 50 thousand" is one number."""
    total, scale, last = 0, 1, at - 1
    while last + 1 < len(words) and (last < at or tokens[last + 1].like_num):
        begin = last + 1
        value, end = _plain(tokens, words, begin)
        if value is None:
            break
        first = value if words[begin][0].isdecimal() else _spoken((words[begin],)) or value
        while value <= MOST and (times := _times(tokens, words, end + 1)):
            value, end = value * times, end + 1
        larger, scale = scale, int(value / first) if first and value % first == 0 else 1
        if begin > at and not 1 < scale <= value < larger:
            scale = larger
            break
        total, last = total + value, end
    if last < at:
        unreadable = _UNREADABLE.fullmatch(words[at]) and not counts_nothing(tokens, words, at, at)
        return Amount(at, _spaced(tokens, at), 2, None, "plural") if unreadable else None
    if total > MOST or counts_nothing(tokens, words, at, last):
        return None
    if total != int(total):
        return Amount(at, last, 2, None, "plural")
    return Amount(at, _said_twice(tokens, words, last, total), int(total), int(total), "exact", scale)


def _times(tokens: Sequence[Token], words: Sequence[str], at: int) -> int:
    """What "dozen", "lakh" or the "m" of "3.2m" multiplies by; 0 for any other word."""
    if at >= len(words):
        return 0
    row = table("vague_numbers", "kind", "times").get((words[at],))
    if row is None and at and not tokens[at - 1].whitespace_ and words[at - 1][-1].isdecimal() and not longest(
            table("number_bounds", "side", "after length"), words, at + 1):
        row = table("vague_numbers", "kind", "letter").get((words[at],))
    return int(row["low"] or 1) if row else 0


def _plain(tokens: Sequence[Token], words: Sequence[str], at: int) -> tuple[int | Decimal | None, int]:
    """Digits or number words alone, and where they end."""
    spaced = _spaced(tokens, at)
    if spaced > at:
        label = tokens[at - 1] if at else None
        said = label is not None and label.pos_ in ("NOUN", "PROPN") and label.ent_type_ not in ("GPE", "LOC")
        return (None if said else int("".join(words[at:spaced + 1]))), spaced
    if (fused := _FUSED.fullmatch(words[at])) is not None:  # "twentysix", as telexes have it
        return _spoken(fused.groups()), at
    if _DECIMAL.fullmatch(words[at]) and (_times(tokens, words, at + 1) or not _GROUPED.fullmatch(words[at])):
        return Decimal(words[at].replace(",", ".")), at
    if _GROUPED.fullmatch(words[at]):
        return int(re.sub(r"\D", "", words[at])), at
    return _in_words(tokens, words, at)


def _in_words(tokens: Sequence[Token], words: Sequence[str], at: int) -> tuple[int | Decimal | None, int]:
    """Number words, as far as they make a number: "a hundred and twenty", "one and a half" before "million"."""
    if words[at] == "half":
        last = next((last for last in (at + 1, at + 3) if words[at + 1:last + 1] in (["a"], ["-", "a", "-"])), at)
        return (Decimal("0.5"), last) if last > at and _times(tokens, words, last + 1) else (None, at)
    last, value = at, None if words[at] == "a" or not tokens[at].like_num else _spoken((words[at],))
    if words[at] == "a" and _times(tokens, words, at + 1) and not tokens[at + 1].like_num:
        return 1, at  # "a dozen"
    growing = value is not None or words[at] == "a"
    while growing and last - at < _MOST_WORDS:
        growing = False
        for end in (last + 1, last + 2):
            joined = end == last + 1 or (end < len(words) and words[last + 1] in {*JOINED, "and"})
            if joined and end < len(words) and (end > last + 1 or tokens[end].like_num) and (
                    spoken := _spoken(tuple(words[at:end + 1]))) is not None:
                last, value, growing = end, spoken, True
                break
    if value is not None and words[last + 1:last + 4] == ["and", "a", "half"] and _times(tokens, words, last + 4):
        return value + Decimal("0.5"), last + 3
    return value, last


@cache
def _spoken(words: Words) -> int | None:
    """The value of number words, or None where they are no number."""
    try:
        return int(text2num(" ".join("one" if word == "a" else word for word in words if word not in JOINED), "en"))
    except ValueError:
        return None


def _spaced(tokens: Sequence[Token], at: int) -> int:
    """Where "12 000" ends, which a space groups; the first token where it does not."""
    last = at
    while last + 1 < min(len(tokens), at + 4) and tokens[last].whitespace_ and _SPACED.fullmatch(
            f"{tokens[at].text} {tokens[last + 1].text}"):
        last += 1
    return at if at and tokens[at - 1].text.capitalize() in MONTHS else last  # "on March 12 300 people"


def _said_twice(tokens: Sequence[Token], words: Sequence[str], last: int, value: int | Decimal) -> int:
    """Where "forty (40)" and "40 (forty)" end."""
    if words[last + 1:last + 2] != ["("] or last + 2 == len(words):
        return last
    again, end = _plain(tokens, words, last + 2)
    return end + 1 if again == value and words[end + 1:end + 2] == [")"] else last


def _int(cell: str | None) -> int | None:
    return None if cell is None else int(cell)
