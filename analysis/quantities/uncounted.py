"""Numbers that count no people: years, ages, houses, the "19" of "19-year-old"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.inflection import MONTHS
from analysis.quantities.tables import JOINED, ending, longest, table

if TYPE_CHECKING:
    from spacy.tokens import Token

_YEAR = re.compile(r"(?:19|20)\d\d")


def counts_nothing(tokens: Sequence[Token], words: Sequence[str], at: int, last: int) -> bool:
    """Return whether the number at tokens ``[at, last]`` counts nobody."""
    if longest(table("number_bounds", "side", "after"), words, last + 1):
        return False  # "30-odd people"
    return (_is_attribute(tokens, last) or _is_bound(tokens, at) or _is_year(words, at) or _is_age(words, at, last)
            or _are_ages(tokens, words, at) or _is_street(tokens, last))


def _is_attribute(tokens: Sequence[Token], last: int) -> bool:
    """True for the number in "19-year-old" and "2-hour": it counts no people."""
    return last + 2 < len(tokens) and tokens[last + 1].text in JOINED and not tokens[last].whitespace_ and not (
        tokens[last + 2].like_num)


def _is_bound(tokens: Sequence[Token], at: int) -> bool:
    """True for the number in "dad-of-three" and "F-16", not for the second of "1.5m-2m"."""
    if at < 2 or tokens[at - 1].text != "-" or tokens[at - 2].whitespace_ or tokens[at - 1].whitespace_:
        return False
    word = tokens[at - 2]
    return word.is_upper or (word.is_alpha and len(word) > 1 and not word.like_num)


def _is_age(words: Sequence[str], at: int, last: int) -> bool:
    """True for the ages of "an 8 yo girl", "a 6 yr old", "a 16 and 17-year-old", "younger than 12"."""
    after = tuple(words[last + 1:last + 5])
    pair = after[:1] in (("and",), ("or",)) and after[2:3] and after[2] in JOINED and after[3:] == ("year",)
    return bool(pair or longest(table("number_bounds", "side", "after age"), words, last + 1)
                or ending(table("number_bounds", "side", "before age"), words, at - 1))


def _are_ages(tokens: Sequence[Token], words: Sequence[str], at: int) -> bool:
    """True for both numbers of "two boys, 12 and 16, were taken"."""
    first = at if at and words[at - 1] == "," else at - 2
    return (first > 1 and first + 3 < len(words) and tokens[first - 2].pos_ == "NOUN" and tokens[first + 2].like_num
            and (words[first - 1], words[first + 1], words[first + 3]) == (",", "and", ","))


def _is_street(tokens: Sequence[Token], last: int) -> bool:
    """True for the house or street of "6600 South", not for the people of "six South Koreans"."""
    following = [token.text for token in tokens[last + 1:last + 3]]
    side = longest(table("number_bounds", "side", "after house"), following, 0)
    return side is not None and not any(text[:1].isupper() for text in following[1:])


def _is_year(words: Sequence[str], at: int) -> bool:
    """True for the year of "in 1980 four nuns" and "in August 2012 soldiers": it counts nothing."""
    return at > 0 and _YEAR.fullmatch(words[at]) is not None and (
        words[at - 1] in ("in", "since", "during") or words[at - 1].capitalize() in MONTHS)
