"""Bounds and dates as a reader would say them."""

from __future__ import annotations

import calendar
import re

import pandas as pd

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


def date_words(edtf: str | None) -> str:
    """Return an EDTF date as words; a date of another form than year, month and day stays as it is.

    >>> date_words("XXXX-03-19"), date_words("2021-08"), date_words("2014/2016"), date_words(None)
    ('19 March, year not known', 'August 2021', '2014/2016', 'not known')
    """
    if pd.isna(edtf):
        return "not known"
    match = _DATE.fullmatch(edtf)
    if not match or not 1 <= int(match[2]) <= 12:
        return edtf
    day = f"{int(match[3])} " if match[3] else ""
    year = ", year not known" if match[1] == "XXXX" else f" {match[1]}"
    return f"{day}{calendar.month_name[int(match[2])]}{year}"
