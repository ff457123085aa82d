"""Rules for expressions that count from the article's date or from a date said before: "yesterday", "a week later"."""

from __future__ import annotations

import re
from datetime import timedelta

from analysis.dates.absolute import RULES as ABSOLUTE
from analysis.dates.absolute import month_number
from analysis.dates.clock import Clock
from analysis.dates.edtf import edtf, interval, nearest, shift, truncated
from analysis.dates.grammar import WEEKDAYS, compiled, words

Match = re.Match[str]
STEP = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
NAMED_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


def _unit(printed: str) -> str:
    return printed.lower().removesuffix("s")


def _number(printed: str) -> int | None:
    """Return how many; None for "several"."""
    if printed.isdigit():
        return int(printed)
    value = words("number").get(printed.lower())
    return int(value) if value else None


def _named_day(match: Match, clock: Clock) -> str | None:
    return clock.day(NAMED_DAYS[match["name"].lower()])


def _part_of_today(match: Match, clock: Clock) -> str | None:
    return clock.day(-1 if match["which"].lower() == "last" else 0)


def _tonight(match: Match, clock: Clock) -> str | None:
    return clock.day(0)


def _overnight(match: Match, clock: Clock) -> str | None:
    """The night before the article came out has two dates."""
    return clock.days(-1, 0)


def _weekday(match: Match, clock: Clock) -> str | None:
    """"Tuesday": the last one, today included; the next one where the verb is in the future."""
    if clock.today is None:
        return None
    which = (match["which"] or "").strip().lower()
    back = (clock.today.weekday() - WEEKDAYS[match["weekday"]]) % 7
    if which in ("next", "coming") or (not which and clock.ahead(match.start())):
        return clock.day(7 - back if which or back else 0)
    return clock.day(-back if back or which != "last" else -7)


def _weekday_of_week(match: Match, clock: Clock) -> str | None:
    """"Tuesday of last week", "Friday two weeks ago"."""
    said = match.groupdict()
    weeks = STEP[said["which"].lower()] if said.get("which") else -(_number(said["number"]) or 0)
    if clock.today is None or (weeks == 0 and not said.get("which")):
        return None
    return clock.day(7 * weeks - clock.today.weekday() + WEEKDAYS[match["weekday"]])


def _night(match: Match, clock: Clock) -> str | None:
    """"overnight Friday" begins then, unless its end is still to come; "overnight into Tuesday" began on Monday."""
    if clock.today is None:
        return None
    back = (clock.today.weekday() - WEEKDAYS[match["weekday"]]) % 7
    return clock.days(-back - 1, -back) if back == 0 or match.groupdict().get("into") else clock.days(-back, 1 - back)


def _weekdays(match: Match, clock: Clock) -> str | None:
    """"from Friday to Sunday", "overnight from Monday to Tuesday": the last ones that are over or end today."""
    if clock.today is None or clock.ahead(match.start()):
        return None
    back = (clock.today.weekday() - WEEKDAYS[match["until"]]) % 7
    return clock.days(-back - (WEEKDAYS[match["until"]] - WEEKDAYS[match["weekday"]]) % 7, -back)


def _weekend(match: Match, clock: Clock) -> str | None:
    """The last weekend that has begun, the next one where the verb is in the future; "this" needs a verb that tells."""
    ahead = clock.ahead(match.start())
    if clock.today is None or (ahead is None and match["which"].lower() == "this"):
        return None
    saturday = (7 if ahead and clock.today.weekday() < 5 else 0) - (clock.today.weekday() + 2) % 7
    return clock.days(saturday, saturday + 1)


def _calendar_unit(match: Match, clock: Clock) -> str | None:
    """"last week" is Monday to Sunday, "this month" a month, "next year" a year."""
    if clock.today is None:
        return None
    step, unit = STEP[match["which"].lower()], match["unit"].lower()
    monday = clock.today - timedelta(clock.today.weekday()) + timedelta(7 * step)
    if unit in ("week", "weekend"):
        return f"{monday + timedelta(5 if unit == 'weekend' else 0)}/{monday + timedelta(6)}"
    return truncated(shift(clock.today.isoformat(), step, unit), unit) if step else truncated(clock.day(0), unit)


def _this_season(match: Match, clock: Clock) -> str | None:
    """"this summer" is of this year; which was the "last summer" is not told, nor the year of a winter."""
    season = match["season"].lower()
    known = clock.today and match["which"].lower() == "this" and season != "winter"
    return f"{clock.today.year}-{words('season')[season]}" if known else None


def _named_month(match: Match, clock: Clock) -> str | None:
    """"last December", "this May"."""
    if clock.today is None:
        return None
    month, which = month_number(match["month"]), match["which"].lower()
    if which == "this":
        return edtf(clock.today.year, month)
    ahead = which in ("next", "coming")
    other = (clock.today.replace(day=28) + timedelta(4)).replace(day=1) if ahead \
        else clock.today.replace(day=1) - timedelta(1)
    return nearest(month, None, other, ahead)


def _ago(match: Match, clock: Clock) -> str | None:
    """Days are exact, weeks and decades are round numbers (~), months and years are as exact as their unit."""
    number, unit = _number(match["number"]), _unit(match["unit"])
    if number is None or clock.today is None:
        return None
    value = shift(clock.day(0), -number, unit)
    return f"{value}~" if value and unit in ("week", "decade") else value


def _span(match: Match, clock: Clock) -> str | None:
    """"the past 24 hours", "the last three days", "the past week": up to the article's date."""
    number, unit = _number(match["number"] or "one"), _unit(match["unit"])
    if number is None or clock.today is None:
        return None
    if unit == "hour":
        number, unit = -(-number // 24), "day"
    now = truncated(clock.day(0), unit) or clock.day(0)
    return interval(shift(clock.day(0), -number, unit), now)


def _counted(match: Match, clock: Clock) -> str | None:
    """"two days later": from the date said last, if it was said near by."""
    number = _number(match["number"])
    sign = 1 if match["way"].lower() in ("later", "afterwards", "afterward") else -1
    return None if number is None else shift(clock.last_said(match.start()), sign * number, _unit(match["unit"]))


def _counted_from(match: Match, clock: Clock) -> str | None:
    """"a week after 3 May 2015" has a date, "a week after the truce" has none."""
    number = _number(match["number"])
    if number is None or not match["date"]:
        return None
    for pattern, rule in _absolute_days():
        if inner := pattern.fullmatch(clock.text, match.start("date"), match.end("date")):
            return shift(rule(inner, clock), number * (-1 if match["way"] == "before" else 1), _unit(match["unit"]))
    return None


def _absolute_days() -> list:
    return [(compiled(pattern), rule) for pattern, rule in ABSOLUTE[:2]]


def _neighbour(match: Match, clock: Clock) -> str | None:
    """"the next day", "the same month": from the date said last."""
    step = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(match["which"].lower(), 0)
    said, unit = clock.last_told(match.start()), _unit(match["unit"])
    unit = "day" if unit in words("time_of_day") else unit
    return shift(said, step, unit) if step else truncated(said, unit)


def _unknown(match: Match, clock: Clock) -> str | None:
    """"the coming days", "the day after the attack": a time, but which is not said."""
    return None


_THE = r"(?:[Tt]he )?"
_INTO = r"(?:in)?to (?:early |the early hours of )?"
_NIGHT = r"(?:[Oo]vernight|(?:[Tt]he )?[Nn]ight) (?:from |between |of |on )?"
RULES = (
    (r"(?P<name>[Tt]he day before yesterday|[Tt]he day after tomorrow)", _named_day),
    (r"(?P<name>[Tt]oday|[Yy]esterday|[Tt]omorrow)(?:(?: at)? <TIME>)?", _named_day),
    (r"(?P<which>[Ll]ast|[Tt]his) (?:night|morning|afternoon|evening)(?<![Ll]ast morning)", _part_of_today),
    (r"[Tt]onight", _tonight),
    (rf"[Oo]vernight (?P<into>{_INTO})?(?:on )?<weekday:WEEKDAY><END>", _night),
    (r"<NOT_NAMED><weekday:WEEKDAY> overnight", _night),
    (rf"(?:{_NIGHT}|(?<=\bfrom ))<weekday:WEEKDAY>(?: <TIME>)?(?: {_INTO}|[-–])<until:WEEKDAY><END>", _weekdays),
    (rf"<NOT_NAMED><weekday:WEEKDAY> <TIME> {_INTO}<until:WEEKDAY><END>", _weekdays),
    (rf"(?:{_NIGHT}|(?<=\bbetween ))<weekday:WEEKDAY> and <until:WEEKDAY><END>", _weekdays),
    (r"<WEEKDAY> to <WEEKDAY><END>", _unknown),
    (r"[Oo]vernight", _overnight),
    (r"<NOT_NAMED><weekday:WEEKDAY> (?:of )?(?P<which>[Ll]ast|[Tt]his|[Nn]ext) week(?!['’]s)",
     _weekday_of_week),
    (r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext) week (?:on )?<weekday:WEEKDAY><END>", _weekday_of_week),
    (r"<NOT_NAMED><weekday:WEEKDAY> <number:NUMBER> weeks? ago", _weekday_of_week),
    (r"(?:[Tt]he )?(?:[Pp]revious|[Pp]receding) <WEEKDAY><END>", _unknown),
    (r"<NOT_NAMED>(?:(?i:the )?(?i:(?:night|morning|evening|afternoon|early hours) of ))?"
     r"(?:[Ee]arly |[Ll]ate |(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming) )?<weekday:WEEKDAY><END>"
     r"(?:(?: at)? <TIME>)?", _weekday),
    (r"(?P<which>[Tt]his|(?:(?<=\bover )|(?<=\bat )|(?<=\bduring ))the(?: past)?) weekend", _weekend),
    (r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>week|weekend|month|year|decade)", _calendar_unit),
    (r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext) <season:SEASON>", _this_season),
    (r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext) <month:MONTH>(?! \d)", _named_month),
    (r"<number:NUMBER> <unit:UNIT> ago", _ago),
    (rf"{_THE}(?:[Pp]ast|[Ll]ast) <number:NUMBER> <unit:UNIT>", _span),
    (rf"{_THE}[Pp]ast (?P<number>)(?P<unit>day|week|month|year)", _span),
    (r"<number:NUMBER> <unit:UNIT> (?P<way>later|earlier|before(?=[.,;])|afterwards?)", _counted),
    (r"<number:NUMBER> <unit:UNIT> (?P<way>after|before)(?: (?P<date><DAY_MONTH>|<MONTH_DAY>))?", _counted_from),
    (r"(?:[Tt]he|[Tt]hat) (?P<which>same|very|next|following|previous|preceding) "
     r"(?P<unit>day|night|week|month|year|morning|evening|afternoon)", _neighbour),
    (r"(?P<which>[Tt]hat) (?P<unit>day|night|month|year|morning|evening|afternoon)", _neighbour),
    (r"[Tt]he <UNIT> (?:after|before|following)", _unknown),
    (rf"{_THE}(?:[Cc]oming|[Nn]ext|[Rr]ecent|[Pp]ast|[Ll]ast) (?:few |several )?"
     r"(?:hours|days|nights|weeks|months|years|decades)", _unknown),
    (r"[Tt]he weekend|(?:<ON>|(?<=\bin the )|(?<=\bIn the ))(?!fall)<SEASON>(?! (?:of|\d))", _unknown),
)
