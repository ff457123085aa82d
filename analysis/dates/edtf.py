"""Dates as EDTF (ISO 8601-2) and sums with them. What is not said stays open: XXXX for a year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

OPEN = "XXXX"
_PARTS = re.compile(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?")
_LONG = {"week": 7, "day": 1, "night": 1}  # days
_MONTHS = {"month": 1}
_YEARS = {"year": 1, "decade": 10}


def edtf(year: int | str | None, month: int | None = None, day: int | None = None) -> str | None:
    """Return a date, ``XXXX`` where the year is not known; None for a day that no calendar has (31 April)."""
    try:
        date(int(year) if year else 2000, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year or OPEN:>04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def parts(value: str | None) -> tuple[int | None, int | None, int | None] | None:
    """Return year, month and day of a plain date, None for what it does not have; None if it is none."""
    match = _PARTS.fullmatch(value or "")
    if match is None or (match[2] and int(match[2]) > 12):
        return None
    return None if match[1] == OPEN else int(match[1]), match[2] and int(match[2]), match[3] and int(match[3])


@lru_cache(4096)  # the same few days are compared over and over
def bounds(value: str | None) -> tuple[date, date] | None:
    """Return the first and the last day that a date or an interval of known years may mean, else None.

    >>> bounds("2020-02/2020-03-04")
    (datetime.date(2020, 2, 1), datetime.date(2020, 3, 4))
    """
    ends = [parts(end) for end in (value or "").split("/")]
    if not all(end and end[0] for end in ends):
        return None
    (first, month, day), (last, last_month, last_day) = ends[0], ends[-1]
    last_month = last_month or 12
    try:
        return date(first, month or 1, day or 1), date(last, last_month, last_day or monthrange(last, last_month)[1])
    except ValueError:  # 31 April
        return None


def truncated(value: str | None, unit: str) -> str | None:
    """Return the day, month or year that a date lies in; None where it is vaguer than that."""
    length = {"day": 10, "night": 10, "month": 7, "year": 4}.get(unit)
    if length is None or parts(value) is None or len(value) < length or value[:length] == OPEN:
        return None
    return value[:length]


def shift(value: str | None, number: int, unit: str) -> str | None:
    """Return the date that many units later (earlier if negative), as exactly as the unit says; None if unknown.

    Days and weeks need a day, months at least a month, years a known year: "two months after 3 May 2015" is 2015-07.
    """
    known = parts(value)
    if known is None:
        return None
    year, month, day = known
    if unit in _LONG:
        return _shift_days(year, month, day, number * _LONG[unit]) if day else None
    if unit in _MONTHS and month:
        count = (year or 2000) * 12 + month - 1 + number
        return edtf(count // 12 if year else None, count % 12 + 1)
    if unit in _YEARS and year:
        return edtf(year + number * _YEARS[unit])
    return None


def _shift_days(year: int | None, month: int, day: int, days: int) -> str | None:
    """Without a year the answer must be the same in a leap year and in another one."""
    try:
        moved = [date(y, month, day) + timedelta(days) for y in ([year] if year else [2000, 2001])]
    except ValueError:
        return None
    if len({(d.month, d.day) for d in moved}) > 1:
        return None
    return edtf(moved[0].year if year else None, moved[0].month, moved[0].day)


def interval(start: str | None, end: str | None) -> str | None:
    """Return ``start/end``; None where one is not known or the end comes first."""
    if start is None or end is None:
        return None
    return f"{start}/{end}" if OPEN in start + end or start <= end else None


def nearest(month: int, day: int | None, today: date, future: bool) -> str | None:
    """Return the last such day or month on or before today, or the next one on or after it."""
    for year in range(today.year, today.year + 9) if future else range(today.year, today.year - 9, -1):
        value = edtf(year, month, day)
        this = today.isoformat()[:len(value)] if value else ""
        if value and (value >= this if future else value <= this):
            return value
    return None


def is_date(value: str) -> bool:
    """Return whether a text is a date of the calendar as EDTF, or two with a stroke between them.

    >>> is_date("2019-03"), is_date("XXXX-03-04"), is_date("2019-02-30"), is_date("4 March")
    (True, True, False, False)
    """
    ends = value.split("/")
    known = [parts(end) for end in ends]
    return len(ends) <= 2 and all(part and edtf(*part) == end for part, end in zip(known, ends, strict=True))
