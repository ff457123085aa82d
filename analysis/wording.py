"""Bounds and dates as a reader would say them."""

from __future__ import annotations

import calendar
import json
import re
from itertools import takewhile

import pandas as pd

_DOUBTS = {"~": "about", "?": "perhaps", "%": "perhaps about"}
_PARTS = dict(enumerate(calendar.month_name)) | {21: "spring", 22: "summer", 23: "autumn", 24: "winter"} | {
    33: "first quarter of", 34: "second quarter of", 35: "third quarter of", 36: "fourth quarter of",
    40: "first half of", 41: "second half of"}  # as EDTF numbers them
del _PARTS[0]
_NOT_READ = ("low", "high", "bound", "scope", "event", "restates", "superseded_by", "part_of", "moved_from")
_DATE = re.compile(r"(\d{4}|XXXX)-(\d\d)(?:-(\d\d))?")


def figure_words(low: int | None, high: int | None, bound: str | None = None) -> str:
    """Return a lower and an upper bound as words: "5", "at least 2", "up to 30", "5 to 7", "not known".

    >>> figure_words(2, None), figure_words(None, 30), figure_words(30, 30, "about"), figure_words(None, None)
    ('at least 2', 'up to 30', 'about 30', 'not known')
    """
    low, high = (None if pd.isna(value) else int(value) for value in (low, high))
    if low is None and high is None:
        return "not known"
    if high is None:
        return f"at least {low:,}"
    if low is None:
        return f"up to {high:,}"
    number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return number if pd.isna(bound) or bound != "about" else f"about {number}"


def found_words(found: str | None) -> str:
    """Return what was found before a correction (``Casualty.found``), "" for nothing.

    >>> found_words('{"low": 3, "high": 3, "source": "Police", "place": null}'), found_words(None)
    ('3, Police, no place', '')
    """
    before = {} if pd.isna(found) else json.loads(found)
    low, high, bound = map(before.get, ("low", "high", "bound"))
    number = [figure_words(low, high, bound)] if {"low", "high"} <= set(before) else []
    others = [f"no {name}" if value is None else str(value) for name, value in before.items() if name not in _NOT_READ]
    return ", ".join(number + others + (["another event"] if "event" in before and "role" not in before else []))


def side_word_words(word: str | None) -> str:
    """Return that a harm is told in one side's own word, "" for a plain word.

    >>> side_word_words("neutralised"), side_word_words(None)
    ('in their word “neutralised”', '')
    """
    return "" if pd.isna(word) else f"in their word “{word}”"


def date_words(edtf: str | None) -> str:
    """Return an EDTF date or interval as words; what is none of EDTF's stays as it is.

    >>> date_words("XXXX-03-19"), date_words("2021-08"), date_words("2021-21"), date_words(None)
    ('19 March, year not known', 'August 2021', 'spring 2021', 'not known')
    >>> date_words("2014/2016"), date_words("2019-03-04/2019-03-05"), date_words("2021-08-19~")
    ('2014 to 2016', '4 to 5 March 2019', 'about 19 August 2021')
    """
    if pd.isna(edtf):
        return "not known"
    if "/" in edtf:
        return _interval_words(*edtf.split("/", 1))
    if edtf[-1:] in _DOUBTS:
        return f"{_DOUBTS[edtf[-1]]} {date_words(edtf[:-1])}"
    match = _DATE.fullmatch(edtf)
    part = _PARTS.get(int(match[2])) if match else None
    if part is None:
        return edtf
    day = f"{int(match[3])} " if match[3] else ""
    year = ", year not known" if match[1] == "XXXX" else f" {match[1]}"
    return f"{day}{part}{year}"


def _interval_words(start: str, end: str) -> str:
    """Return "4 to 5 March 2019": what both ends share is said once."""
    if start in ("", "..") or end in ("", ".."):
        return f"until {date_words(end)}" if start in ("", "..") else f"from {date_words(start)} on"
    first, last = date_words(start).split(), date_words(end).split()
    alike = list(takewhile(lambda pair: pair[0] == pair[1], zip(reversed(first), reversed(last), strict=False)))
    shared = len(alike) if len(first) == len(last) else 0
    return f"{' '.join(first[:len(first) - shared] or first)} to {' '.join(last)}" if first != last else date_words(end)
