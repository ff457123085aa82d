"""Digits and number words, with the words around them that say how they are meant."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from spacy.tokens import Doc, Span, Token
from text_to_num import text2num

from analysis import lexicon

_FUSED = re.compile(r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
                    r"(one|two|three|four|five|six|seven|eight|nine)")
_DIGITS = re.compile(r"\d{1,3}(?:[,.' ]\d{3})+|\d+")
_DECIMAL = re.compile(r"\d+\.\d{1,2}")  # "1.5 million"
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINED = {"-", "–", "—"}
MOST = 10 ** 12  # what is larger counts no people, and its sums would not fit a table's whole numbers
_LONGEST = 5  # words of the longest row in the tables

Words = tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number or a vague word at tokens ``[first, last]``."""

    first: int
    last: int
    low: int | None
    high: int | None
    vague: bool = False


@cache
def _table(name: str, column: str, value: str) -> dict[Words, dict[str, str | None]]:
    """The rows of a lexicon table with one value in one column, by their words."""
    return {tuple(str(row["words"]).split()): row for row in lexicon.rows(name) if row[column] == value}


@cache
def _starts() -> frozenset[str]:
    return frozenset(words[0] for kind in ("number", "vague") for words in _table("vague_numbers", "kind", kind))


def numbers(doc: Doc | Span) -> list[Quantity]:
    """Return the numbers of a Doc, or of one sentence, in order, with their bounds; they do not overlap."""
    tokens = list(doc)
    words = [token.lower_ for token in tokens]
    found: list[Quantity] = []
    position = 0
    while position < len(tokens):
        amount = _amount(tokens, words, position)
        if amount is None:
            bound = _longest(_table("number_bounds", "side", "before"), words, position)
            position += bound[0] if bound else 1  # "as many as" holds no "many"
            continue
        quantity, position = _bounded(tokens, words, amount)
        found.append(Quantity(tokens[quantity.first].i, tokens[quantity.last].i, quantity.low, quantity.high,
                              quantity.bound))
    return found


def _amount(tokens: Sequence[Token], words: Sequence[str], at: int) -> _Amount | None:
    """The longest number or vague word that starts at a token."""
    bound = _longest(_table("number_bounds", "side", "before"), words, at)
    if bound and bound[0] > 1:
        return None  # "no fewer than" is not "no"
    if words[at] in _starts():
        for kind in ("number", "vague"):
            if match := _longest(_table("vague_numbers", "kind", kind), words, at):
                size, row = match
                if kind == "vague" and size == 1 and at + 1 < len(words) and _amount(tokens, words, at + 1):
                    break  # "some 30" is about 30
                return _Amount(at, at + size - 1, _int(row["low"]), _int(row["high"]), kind == "vague")
    if fused := _FUSED.fullmatch(words[at]):  # "twentysix", as telexes have it
        value = _spoken(fused.groups())
        return _Amount(at, at, value, value)
    return _number(tokens, words, at) if tokens[at].like_num or words[at] == "a" else None


def _number(tokens: Sequence[Token], words: Sequence[str], at: int) -> _Amount | None:
    """Digits or number words at a token, with "dozen" or "thousand" after them."""
    times = _table("vague_numbers", "kind", "times")
    if words[at] == "a" and not (at + 1 < len(words) and (words[at + 1],) in times):
        return None
    value, last = (1, at) if words[at] == "a" else _plain(tokens, words, at)
    while value is not None and last + 1 < len(words) and (words[last + 1],) in times:
        value, last = value * int(times[words[last + 1],]["low"] or 1), last + 1
    if value is None or value > MOST or value != int(value) or _counts_nothing(tokens, words, at, last):
        return None
    return _Amount(at, last, int(value), int(value))


def _plain(tokens: Sequence[Token], words: Sequence[str], at: int) -> tuple[int | Decimal | None, int]:
    if _DECIMAL.fullmatch(words[at]):
        return Decimal(words[at]), at
    if _DIGITS.fullmatch(words[at]):
        return int(re.sub(r"\D", "", words[at])), at
    last = at
    while last + 2 < len(words) and words[last + 1] in {*_JOINED, "and"} and _spoken((*words[at:last + 1],
                                                                                     words[last + 2])):
        last += 2
    while last + 1 < len(words) and tokens[last + 1].like_num and _spoken(tuple(words[at:last + 2])):
        last += 1
        if last + 2 < len(words) and words[last + 1] == "and" and _spoken(tuple(words[at:last + 3])):
            last += 2
    return _spoken(tuple(words[at:last + 1])), last


@cache
def _spoken(words: Words) -> int | None:
    """The value of number words, or None where they are no number."""
    try:
        return int(text2num(" ".join(word for word in words if word not in _JOINED), "en"))
    except ValueError:
        return None


def _counts_nothing(tokens: Sequence[Token], words: Sequence[str], at: int, last: int) -> bool:
    return (_is_attribute(tokens, last) or _is_year(words, at) or _is_age(words, at, last)
            or _are_ages(tokens, words, at) or _is_street(tokens, last))


def _is_attribute(tokens: Sequence[Token], last: int) -> bool:
    """True for the number in "19-year-old" and "2-hour": it counts no people."""
    return last + 2 < len(tokens) and tokens[last + 1].text in _JOINED and not tokens[last].whitespace_ and not (
        tokens[last + 2].like_num)


def _is_age(words: Sequence[str], at: int, last: int) -> bool:
    """True for the ages of "an 8 yo girl", "a 6 yr old", "a 16 and 17-year-old", "younger than 12"."""
    after = tuple(words[last + 1:last + 5])
    pair = after[:1] in (("and",), ("or",)) and after[2:3] and after[2] in _JOINED and after[3:] == ("year",)
    return bool(pair or _longest(_table("number_bounds", "side", "after age"), words, last + 1)
                or _ending(_table("number_bounds", "side", "before age"), words, at - 1))


def _are_ages(tokens: Sequence[Token], words: Sequence[str], at: int) -> bool:
    """True for both numbers of "two boys, 12 and 16, were taken"."""
    first = at if at and words[at - 1] == "," else at - 2
    return (first > 1 and first + 3 < len(words) and tokens[first - 2].pos_ == "NOUN" and tokens[first + 2].like_num
            and (words[first - 1], words[first + 1], words[first + 3]) == (",", "and", ","))


def _is_street(tokens: Sequence[Token], last: int) -> bool:
    """True for the house or street of "6600 South", not for the people of "six South Koreans"."""
    following = [token.text for token in tokens[last + 1:last + 3]]
    side = _longest(_table("number_bounds", "side", "after house"), following, 0)
    return side is not None and not any(text[:1].isupper() for text in following[1:])


def _is_year(words: Sequence[str], at: int) -> bool:
    """True for the year of "in 1980 four nuns" and "in August 2012 soldiers": it counts nothing."""
    return at > 0 and _YEAR.fullmatch(words[at]) is not None and (
        words[at - 1] in ("in", "since", "during") or words[at - 1].capitalize() in month_name)


def _bounded(tokens: Sequence[Token], words: Sequence[str], amount: _Amount) -> tuple[Quantity, int]:
    """A number with the words around it that say how it is meant, and where to read on."""
    first, last, low, high, bound = amount.first, amount.last, amount.low, amount.high, "exact"
    if amount.vague:
        return Quantity(first, last, low, high, "vague"), last + 1
    if upper := _upper(tokens, words, amount):
        last, high, bound = upper.last, upper.high, "range"
        first -= first > 0 and words[first - 1] == "between"
    before = _ending(_table("number_bounds", "side", "before"), words, first - 1)
    after = _longest(_table("number_bounds", "side", "after"), words, last + 1)
    if before or after:
        size, row = before or after or (0, {})
        first, last = (first - size, last) if before else (first, last + size)
        bound = str(row["bound"])
    return Quantity(first, last, *_limits(low, high, bound)), last + 1


def _limits(low: int | None, high: int | None, bound: str) -> tuple[int | None, int | None, str]:
    """Low and high as the bound means them; "more than 20" people are 21 or more."""
    return {"above": ((low or 0) + 1, None, "at_least"), "below": (None, (high or 1) - 1, "at_most"),
            "at_least": (low, None, "at_least"), "at_most": (None, high, "at_most")}.get(bound, (low, high, bound))


def _upper(tokens: Sequence[Token], words: Sequence[str], amount: _Amount) -> _Amount | None:
    """The second number of "5 to 7", "five or six", "between five and seven", "5-7"; not of "from 5 to 7"."""
    link = amount.last + 1
    if link + 1 >= len(words):
        return None
    before = words[amount.first - 1] if amount.first else ""
    if words[link] in _JOINED and tokens[amount.last].is_digit != tokens[link + 1].is_digit:
        return None  # "Sept 13 - Forty-nine soldiers"
    joins = words[link] in {"to", "or", *_JOINED} and before not in {"from", "of"}
    if not joins and not (words[link] == "and" and before == "between"):
        return None
    upper = _amount(tokens, words, link + 1) if tokens[link + 1].like_num else None
    return upper if upper and not upper.vague and (upper.low or 0) > (amount.low or 0) else None


def _longest(table: dict[Words, dict[str, str | None]], words: Sequence[str],
             at: int) -> tuple[int, dict[str, str | None]] | None:
    """(size, row) of the longest row whose words start at a position."""
    for size in range(_LONGEST, 0, -1):
        if (row := table.get(tuple(words[at:at + size]))) and at + size <= len(words):
            return size, row
    return None


def _ending(table: dict[Words, dict[str, str | None]], words: Sequence[str],
            at: int) -> tuple[int, dict[str, str | None]] | None:
    """(size, row) of the longest row whose words end at a position."""
    for size in range(min(_LONGEST, at + 1), 0, -1):
        if row := table.get(tuple(words[at - size + 1:at + 1])):
            return size, row
    return None


def _int(cell: str | None) -> int | None:
    return None if cell is None else int(cell)
