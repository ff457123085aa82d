"""Doc to time expressions: find the words that tell a time, try the rules around them, keep the longest match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.attrs import LOWER, SHAPE
from spacy.strings import StringStore
from spacy.tokens import Doc

from analysis.dates import absolute, relative
from analysis.dates.clock import Clock, published
from analysis.dates.grammar import MONTHS, WEEKDAYS, compiled, words
from analysis.language import hashes, text_of

Rule = Callable[[re.Match[str], Clock], str | None]
WINDOW = 60  # characters around a time word in which its expression is sought
DATELINE = 250  # characters at the head of an article in which its dateline stands
_AFTER_DATELINE = re.compile(r"\)?,? ?(?:\([^()\n]{2,40}\) ?)?(?:--|—|–| - )")
_NUMBERS = (absolute.year, absolute.years)  # rules that a mere number of things may match
_DIGITS = re.compile(r"(?:[xX]{3,4}[-–])?dddd|dd?[/.]d")  # shapes of years and of dates in digits


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression at characters ``[start, end)``; ``date`` is EDTF, or None where it cannot be known."""

    start: int
    end: int
    date: str | None


def dates(doc: Doc, day_first: bool | None = None) -> list[TimeExpression]:
    """Return the time expressions of a Doc in order. The article's date is ``doc._.article.published``.

    Without a publication date the dateline's is taken, and without one a relative expression has no date and a year
    stays open. "19 March" with one is the last 19 March, or the next where the verb is in the future; "two days later"
    counts from the date said last. ``day_first`` reads 03/04/2013 as 3 April (True) or March 4 (False); without it
    only what is unambiguous is read.

    **Misses:** clock times, lengths of time ("for two weeks"), "recently", dates that hang on an event ("a day after
    the attack" has no date), dates in words ("the fifth of May"), other calendars.
    """
    found = list(_expressions(doc))
    article = doc._.article if Doc.has_extension("article") else None
    clock = Clock(text_of(doc), published(article.published) if article else None, day_first)
    clock.today = clock.today or _dateline(found, clock)
    rows = []
    for match, rule in found:
        value = _value(rule, match, clock)
        clock.said.append((match.end(), value))
        rows.append(TimeExpression(*match.span(), value))
    return rows


def _value(rule: Rule, match: re.Match[str], clock: Clock) -> str | None:
    try:
        return rule(match, clock)
    except OverflowError:  # "3,000,000 years ago" is before the calendar
        return None


def _expressions(doc: Doc) -> Iterator[tuple[re.Match[str], Rule]]:
    """Yield the matches of the rules in order: of those that overlap the first, then the longest."""
    text = text_of(doc)
    matches = sorted(((match, rule) for start, end in _windows(doc, len(text)) for pattern, rule in _rules()
                      for match in pattern.finditer(text, start, end)),
                     key=lambda pair: (pair[0].start(), -pair[0].end()))
    reached = -1
    for match, rule in matches:
        if match.start() >= reached and not (rule in _NUMBERS and _counts_things(doc, match)):
            reached = match.end()
            yield match, rule


def _windows(doc: Doc, length: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text around time words, without overlaps."""
    start = end = -1
    for at in _time_words(doc):
        token = doc[at]
        if token.idx - WINDOW > end:
            if end > 0:
                yield start, end
            start = max(0, token.idx - WINDOW)
        end = min(length, token.idx + len(token) + WINDOW)
    if end > 0:
        yield start, end


def _time_words(doc: Doc) -> list[int]:
    """Return the positions of the tokens that may tell a time. spaCy numbers a word alike in every vocabulary."""
    words, strings = _triggers(), doc.vocab.strings
    return [at for at, (word, shape) in enumerate(doc.to_array([LOWER, SHAPE]).tolist())
            if word in words or _is_numeric(shape, strings)]


@cache
def _triggers() -> frozenset[int]:
    ours = [word for role in ("unit", "season", "holiday", "time_of_day") for word in words(role)]
    months = [name.lower() for name in MONTHS]
    return hashes([word.lower().split()[0] for word in ours] + [f"{u}s" for u in words("unit")]
                  + months + [f"{name}." for name in months] + [name.lower() for name in WEEKDAYS]
                  + ["yesterday", "today", "tomorrow", "tonight", "overnight", "weekend", "century"])


_numeric: dict[int, bool] = {}


def _is_numeric(shape: int, strings: StringStore) -> bool:
    known = _numeric.get(shape)
    if known is None:
        known = _numeric[shape] = bool(_DIGITS.match(strings[shape]))
    return known


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    return tuple((compiled(pattern), rule) for pattern, rule in (*absolute.RULES, *relative.RULES))


def _counts_things(doc: Doc, match: re.Match[str]) -> bool:
    """True for "of 2014 people", "1950 metres"; but "the 2014 elections" are of that year."""
    span = doc.char_span(*match.span(), alignment_mode="expand")
    if span is None or span.end == len(doc):
        return False
    after, before = doc[span.end], doc[span.start - 1] if span.start else None
    return after.tag_ == "NNS" and after.is_lower and not (before and before.tag_ in ("DT", "PRP$", "POS"))


def _dateline(found: list, clock: Clock) -> date | None:
    """Return the day of "SAN VICENTE, 16 Nov 89 (AFP) --" at the head of a text."""
    for match, rule in found[:2]:
        if match.end() < DATELINE and _AFTER_DATELINE.match(clock.text, match.end()):
            return published(_value(rule, match, clock))
    return None
