"""The shapes of time expressions: what a month, a day, a number looks like, and how they go together."""

from __future__ import annotations

import calendar
import re
from functools import cache

from analysis import lexicon

MONTHS = {name: number for table in (calendar.month_name, calendar.month_abbr)
          for number, name in enumerate(table) if name} | {"Sept": 9}
WEEKDAYS = {name: number for number, name in enumerate(calendar.day_name)}


@cache
def words(role: str) -> dict[str, str | None]:
    """Return {word: value} of the time words with that role; a word may have several roles."""
    return {row["word"]: row["value"] for row in lexicon.rows("time_words") if row["role"] == role}


def one_of(*names: str) -> str:
    """Return a pattern for any of the words, longest first; a straight apostrophe stands for itself."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def after_one_of(*roles: str) -> str:
    """Return a pattern for the place after any word of the roles, written small or with a capital."""
    both = {form for role in roles for word in words(role) for form in (word, word.capitalize())}
    return "(?:(?<= )(?:" + "|".join(f"(?<=\\b{word} )" for word in sorted(both)) + "))"


def _months() -> str:
    """Return the pattern of a month's name; small letters are the verbs "may" and "march"."""
    long = [name for name in MONTHS if len(name) > 4 or name == "May"]
    short = [name for name in MONTHS if name not in long]
    return f"(?:{one_of(*long, *(n.upper() for n in long))}|(?:{one_of(*short, *(n.upper() for n in short))})\\.?)"


@cache
def pieces() -> dict[str, str]:
    """Return the patterns that the rules are made of, by name; none of them has a group."""
    number = one_of(*words("number"))
    numbers = f"(?i:\\d{{1,3}}|{number}|{one_of(*words('vague_number'))})"
    weekday = f"(?:{one_of(*WEEKDAYS)})"
    names = f"(?! (?:{one_of(*words('name_word'))})\\b)"
    month, day, year = _months(), r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?", r"(?:1[5-9]|20)\d\d"
    end = rf"(?![\w%]|[.,/:]\d){names}"
    years = rf"(?:,? {year}| (?:of|in) {year}|,? ['’]?\d\d(?=[,.)]? (?:\(|--|—|–|-)))"
    return {"MONTH": month, "DAY": day, "YEAR": year, "YEARS": years, "WEEKDAY": weekday, "NUMBER": numbers, "END": end,
            "DAY_MONTH": rf"(?:the )?{day}(?: of)? {month}{years}?{end}",
            "MONTH_DAY": rf"{month} {day}{years}?{end}",
            "UNIT": f"(?:{one_of(*words('unit'))})s?", "SEASON": f"(?i:{one_of(*words('season'))})",
            "TIME": f"(?:{one_of(*words('time_of_day'))})", "HOLIDAY": f"(?:{one_of(*words('holiday'))})",
            "WITHIN": f"(?i:(?:the )?(?:(?:very )?(?:{one_of(*words('within'))}))[ -])",
            "ORDINAL": f"(?i:(?:the )?(?:{one_of(*words('ordinal'))}))", "PART": f"(?:{one_of(*words('part'))})",
            "NOT_NAMED": "".join(f"(?<!{word} )" for word in words("before_name")), "ON": after_one_of("takes_time"),
            "IN": after_one_of("takes_time", "takes_year"), "TO": r"(?: ?[-–] ?| to | until | till | through )"}


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a rule's pattern: ``<MONTH>`` is a piece, ``<month:MONTH>`` a piece with a name."""
    filled = re.sub(r"<(?:(\w+):)?([A-Z_]+)>",
                    lambda m: f"(?P<{m[1]}>{pieces()[m[2]]})" if m[1] else f"(?:{pieces()[m[2]]})", pattern)
    return re.compile(rf"(?<![\w$€£/.-]){filled}(?![\w])")
