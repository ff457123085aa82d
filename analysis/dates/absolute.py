"""Rules for expressions that say when: "19 March", "Jan. 25, 2013", "the 1980s", "early 2021"."""

from __future__ import annotations

import re
from datetime import date

from analysis.dates.clock import Clock
from analysis.dates.edtf import edtf, interval, nearest, parts
from analysis.dates.grammar import MONTHS, WEEKDAYS, words

Match = re.Match[str]


def month_number(name: str) -> int:
    """Return 1 to 12 of a month as it is printed: "Sept.", "NOV"."""
    return MONTHS[name.rstrip(".").title()]


def year_number(printed: str | None) -> int | None:
    """Return the year of ", 2013" or " 89"; two digits from 50 on are of the 20th century."""
    digits = re.search(r"\d+$", printed or "")
    if digits is None:
        return None
    number = int(digits[0])
    return number if number > 99 else number + (1900 if number >= 50 else 2000)


def complete(month: int, day: int | None, year: int | None, match: Match, clock: Clock) -> str | None:
    """Return the date, its year from the article's date if need be; a wrong day of the week leaves the year open."""
    if year or clock.today is None:
        return edtf(year, month, day)
    value = nearest(month, day, clock.today, clock.ahead(match.start()))
    weekday = (match.groupdict().get("weekday") or "").rstrip(",")
    if day and value and weekday and date.fromisoformat(value).weekday() != WEEKDAYS[weekday]:
        return edtf(None, month, day)
    return value


def _day(match: Match, clock: Clock) -> str | None:
    return complete(month_number(match["month"]), int(re.match(r"\d+", match["day"])[0]), year_number(match["years"]),
                    match, clock)


def _days(match: Match, clock: Clock) -> str | None:
    """"3 to 5 May 2015", "28 February to 3 March": the second may bring its own month."""
    first, last = (int(re.match(r"\d+", match[name])[0]) for name in ("day", "until"))
    month, year = month_number(match["month"]), year_number(match["years"])
    begins = month_number(match["begins"]) if match.groupdict().get("begins") else month
    end = complete(month, last, year, match, clock)
    known = parts(end)
    if known is None:
        return None
    return interval(edtf(known[0] and known[0] - (begins > month), begins, first), end)


def _two_days(match: Match, clock: Clock) -> str | None:
    """"3 and 4 May" are two days, not all from the one to the other."""
    both = _days(match, clock)
    return both and f"{{{both.replace('/', ',')}}}"


def _month(match: Match, clock: Clock) -> str | None:
    return complete(month_number(match["month"]), None, year_number(match["years"]), match, clock)


def _months(match: Match, clock: Clock) -> str | None:
    first, end = month_number(match["begins"]), _month(match, clock)
    last_year, last, _ = parts(end) or (None, 0, None)
    return interval(edtf(last_year and last_year - (first > last), first), end)


def _numeric(match: Match, clock: Clock) -> str | None:
    """Day and month in digits: only where one order makes a date, or the reader says which."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    orders = {True: edtf(year, second, first), False: edtf(year, first, second)}
    if clock.day_first is not None:
        return orders[clock.day_first]
    possible = {value for value in orders.values() if value}
    return possible.pop() if len(possible) == 1 else None


def _iso(match: Match, clock: Clock) -> str | None:
    return edtf(int(match["year"]), int(match["month"]), int(match["day"]))


def year(match: Match, clock: Clock) -> str | None:
    """"in 2011", "the 2014 offensive"."""
    return edtf(int(match["number"]))


def years(match: Match, clock: Clock) -> str | None:
    """"1980-88", "between 2011 and 2013"."""
    first, last = match["year"], match["until"]
    return interval(first, first[:4 - len(last)] + last)


def _decade(match: Match, clock: Clock) -> str | None:
    return match["year"][:3] + "X"


def _century(match: Match, clock: Clock) -> str | None:
    number = int(re.match(r"\d+", match["number"])[0])
    return f"{number - 1:02}XX" if 10 <= number <= 21 else None


def _season(match: Match, clock: Clock) -> str | None:
    return f"{match['year']}-{words('season')[match['season'].lower()]}"


def _part(match: Match, clock: Clock) -> str | None:
    """"the first half of 2015", "the second quarter of 2014"; a week of a month is only known to lie in the month."""
    ordinal = words("ordinal").get(re.sub(r"(?i)^the ", "", match["ordinal"]).lower())
    base = words("part")[match["part"]]
    if match["month"]:
        return _month(match, clock)
    if base is None or ordinal is None:
        return match["year"]
    return f"{match['year']}-{int(base) + int(ordinal) - 1}"


def _holiday(match: Match, clock: Clock) -> str | None:
    value = words("holiday")[match["holiday"]]
    if value.count("-") == 2:
        return value
    month, day = map(int, value.split("-"))
    return complete(month, day, year_number(match["years"]), match, clock)


_NIGHT = r"(?:(?:[Tt]he )?(?i:(?:night|morning|evening|afternoon|early hours|overnight) (?:of |from |on )?)(?:the )?)?"
_WHEN = rf"(?:{_NIGHT}(?:<weekday:WEEKDAY>(?: (?:at )?<TIME>)?,? )?(?:the (?=\d+[a-z]|\D))?{_NIGHT}"
RULES = (
    (rf"{_WHEN}<day:DAY>(?: of)? <month:MONTH><years:YEARS>?<END>)", _day),
    (rf"{_WHEN}<month:MONTH> <day:DAY><years:YEARS>?<END>)", _day),
    (rf"{_NIGHT}<day:DAY><TO><until:DAY>(?: of)? <month:MONTH><years:YEARS>?<END>", _days),
    (rf"{_NIGHT}<month:MONTH> <day:DAY><TO><until:DAY><years:YEARS>?<END>", _days),
    (rf"{_NIGHT}<day:DAY> <begins:MONTH><TO><until:DAY> <month:MONTH><years:YEARS>?<END>", _days),
    (rf"{_NIGHT}<begins:MONTH> <day:DAY><TO><month:MONTH> <until:DAY><years:YEARS>?<END>", _days),
    (r"(?<=\bbetween )<day:DAY> and <until:DAY> <month:MONTH><years:YEARS>?<END>", _days),
    (r"<day:DAY> and <until:DAY> <month:MONTH><years:YEARS>?<END>", _two_days),
    (r"<month:MONTH> <day:DAY> and <until:DAY><years:YEARS>?<END>", _two_days),
    (r"<begins:MONTH>(?:<TO>|(?<=[a-z]) and )<month:MONTH>(?P<years>,? (?:of )?<YEAR>)", _months),
    (r"<ON><begins:MONTH>(?:<TO>| and )<month:MONTH>(?P<years>)(?! \d)<END>", _months),
    (r"<WITHIN>?<month:MONTH>(?P<years>,? (?:of )?<YEAR>)<END>", _month),
    (r"<WITHIN><month:MONTH>(?P<years>)(?! \d)<END>", _month),
    (r"<ON><month:MONTH>(?P<years>)(?! \d)(?! [A-Z])<END>", _month),  # April alone is also a name
    (r"<year:YEAR>(?P<mark>[/-])(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)", _iso),
    (r"(?P<first>[0-3]?\d)(?P<mark>[/.-])(?P<second>[0-3]?\d)(?P=mark)<year:YEAR>", _numeric),
    (r"<year:YEAR><TO>(?P<until>(?:1[5-9]|20)\d\d|\d\d)", years),
    (r"(?<=\b[Bb]etween )<year:YEAR> and (?P<until>(?:1[5-9]|20)\d\d)", years),
    (r"<WITHIN><number:YEAR>", year),
    (r"(?:the )?<WITHIN>?<year:YEAR>'?s", _decade),
    (r"(?:the )?(?:<WITHIN>)?(?P<number>\d\dth) [Cc]entury", _century),
    (r"(?:the )?(?:<WITHIN>)?<season:SEASON>,?(?: of)? <year:YEAR>", _season),
    (r"<ordinal:ORDINAL> <part:PART> of (?:(?:<month:MONTH>)(?P<years>,? (?:of )?<YEAR>)?|<year:YEAR>)", _part),
    (r"<holiday:HOLIDAY>(?P<years>,? (?:of )?<YEAR>)?", _holiday),
    (r"(?:<IN>|(?<='s )|(?<=\()|(?<=\d\d\d\d, ))(?P<number>(?:1[7-9]|20)\d\d)(?!,\d|\.\d|-)", year),
)
