"""What the fields of an article are called in files of many makers, and how days are written in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

# By the letters of their names alone, best first: "published_at", "PublishedAt" and "published at" are one.
NAMES = {
    "text": ("text content body article articletext articlebody fulltext maintext bodytext contenttext plaintext story "
             "contenthtml bodyhtml message description leadparagraph summary abstract snippet"),
    "title": "title headline heading webtitle articletitle subject",
    "outlet": "outlet source publication publisher newspaper sourcename sitename site media channel sourcedomain",
    "published": ("published publishedat date pubdate publicationdate publisheddate publishdate datepublished "
                  "datepublish webpublicationdate firstpublished datetime timestamp createdat"),
    "url": "url link href permalink weburl articleurl canonicalurl",
    "language": "language lang",
    "rights": "rights licence license copyright",
}
_BY_NAME = {field: names.split() for field, names in NAMES.items()}
_EMPTY = 100  # ranks by which an empty field comes later
# Of a field that has fields itself, the one that names it.
_INSIDE = ("name", "title", "main", "rendered", "text", "value", "plaintext", "created", "code")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
          r"nov(?:ember)?|dec(?:ember)?)\b\.?")
_ISO = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)(?!\d)")
_DAY_FIRST = re.compile(rf"(?<!\w)(\d\d?)(?:st|nd|rd|th|\.)?[\s-]+{_MONTH},?[\s-]+(\d{{4}}|\d\d)(?![\d:])",
                        re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"(?<!\w){_MONTH}[\s-]+(\d\d?)(?:st|nd|rd|th)?,?[\s-]+(\d{{4}})(?!\d)", re.IGNORECASE)
NUMERIC = re.compile(r"(?<![\d/.-])(\d\d?)([/.-])(\d\d?)\2(\d{4})(?![\d/-])")
_UNIX = re.compile(r"1\d{9}(?:\d{3})?")  # seconds or milliseconds, from 2001 to 2033


def known(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields under the names of ours: an empty one does not count where another is filled.

    >>> known({"Headline": "Five hurt", "publishedAt": "2024-03-19", "source": {"name": "Herald"}, "n": 3})
    {'title': 'Five hurt', 'published': '2024-03-19', 'outlet': 'Herald'}
    """
    best: dict[str, tuple[int, object]] = {}
    for name, value in fields.items():
        field, rank = _place(str(name))
        rank += _EMPTY if value == "" else 0
        if field and value is not None and (field not in best or rank < best[field][0]):
            best[field] = rank, value
    return {field: _joined(value) if field == "text" else _inside(value) for field, (_, value) in best.items()}


@lru_cache(maxsize=10_000)  # the same few in every row
def _place(name: str) -> tuple[str | None, int]:
    """Return which field of ours a name stands for, and how many names for it are better."""
    if name.strip().lower() == "id":
        return "id", 0
    letters = "".join(filter(str.isalnum, name.lower()))
    return next(((field, names.index(letters)) for field, names in _BY_NAME.items() if letters in names), (None, 0))


def _inside(value: object) -> object:
    """Return the name in a field like ``{"id": null, "name": "The Herald"}``, or in the first of several such."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        value = value[0]
    if isinstance(value, Mapping):
        return next((value[key] for key in _INSIDE if isinstance(value.get(key), str)), value)
    return value


def _joined(value: object) -> object:
    """Return a text that comes in pieces as one: Telegram's runs of letters as they are, others as paragraphs."""
    if isinstance(value, list):
        runs = [run if isinstance(run, str) else _inside(run) for run in value]
        if all(isinstance(run, str) for run in runs):
            return ("" if any(isinstance(run, Mapping) for run in value) else "\n\n").join(runs)
    return _inside(value)


def day(value: object, order: str | None = None) -> str | None:
    """Return the day that a text begins with or holds, as an ISO date; None where it holds none, or not surely.

    ``order``: "day" or "month", which of them comes first in numbers like 3/4/2024 (see ``order_of``). Years have four
    digits, but after a month's name. "2021-08" is no day.

    >>> day("Tue, 19 Mar 2024 08:00 GMT"), day("March 19th, 2024"), day("19/03/2024"), day("3/4/2024"), day("3/4/24")
    ('2024-03-19', '2024-03-19', '2024-03-19', None, None)
    """
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    if _UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).date().isoformat()
    if iso := _ISO.match(text):
        return _date(iso[1], iso[3], iso[4]) if len(text) == iso.end() or text[iso.end()] in "T ,+Z" else None
    if named := _DAY_FIRST.search(text):
        return _date(named[3] if len(named[3]) == 4 else f"20{named[3]}", _month(named[2]), named[1])
    if named := _MONTH_FIRST.search(text):
        return _date(named[3], _month(named[1]), named[2])
    if number := NUMERIC.search(text):
        readings = {"day": _date(number[4], number[3], number[1]), "month": _date(number[4], number[1], number[3])}
        possible = {found for found in readings.values() if found}
        weekday = next((n for n, name in enumerate(_WEEKDAYS) if re.search(rf"\b{name}", text, re.IGNORECASE)), None)
        if weekday is not None:
            possible = {found for found in possible if date.fromisoformat(found).weekday() == weekday}
        return possible.pop() if len(possible) == 1 else readings[order] if order and possible else None
    return None


def without_day(text: str) -> str:
    """Return a text without the day that is named in it."""
    return _MONTH_FIRST.sub("", _DAY_FIRST.sub("", text, 1), 1)


def order_of(values: Iterable[object]) -> str | None:
    """Return which comes first in a file's dates of numbers, "day" or "month"; None where none shows it, or both do.

    >>> order_of(["3/4/2024", "19/3/2024"]), order_of(["3/4/2024"])
    ('day', None)
    """
    found = set()
    for value in values:
        if isinstance(value, str) and (number := NUMERIC.search(value)):
            found |= {"day"} if int(number[1]) > 12 else {"month"} if int(number[3]) > 12 else set()
    return found.pop() if len(found) == 1 else None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _date(year: object, month: object, day_: object) -> str | None:
    try:
        return date(int(year), int(month), int(day_)).isoformat()
    except ValueError:
        return None
