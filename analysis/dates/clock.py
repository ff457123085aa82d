"""What a time expression can be relative to: the article's date, its dateline, and what was said last."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from analysis.dates.edtf import parts
from analysis.dates.grammar import one_of, words

REACH = 400  # characters back to the date that "two days later" counts from
SENTENCE = 70  # characters read back for a verb


@dataclass
class Clock:
    """The time at a place in the text. ``today`` is the article's date, None if not known."""

    text: str
    today: date | None
    day_first: bool | None = None
    said: list[tuple[int, str | None]] = field(default_factory=list)  # (end, date) of the expressions so far

    def last_said(self, start: int) -> str | None:
        """Return the date said last before ``start``, None where there is none near."""
        return self.said[-1][1] if self.said and start - self.said[-1][0] <= REACH else None

    def last_told(self, start: int) -> str | None:
        """Return the date said last before ``start``, rather one that is not the day of a report ("said on Sunday").

        "That night" is the night of what happened, not of when somebody told of it.
        """
        near = [said for said in reversed(self.said) if start - said[0] <= REACH]
        return next((said[1] for said in near if not self._of_report(said[0])), near[0][1] if near else None)

    def _of_report(self, end: int) -> bool:
        clause = re.split(r"[.,;:!?\"\n]\s|\bthat\b", self.text[max(0, end - SENTENCE):end])[-1]
        return bool(_reports().search(clause))

    def ahead(self, start: int) -> bool | None:
        """True where the verb before ``start`` speaks of what is to come, None where there is none."""
        before = re.split(r"[.;!?]\s", self.text[max(0, start - SENTENCE):start])[-1]
        verbs = list(_verbs().finditer(before))
        return verbs[-1]["future"] is not None if verbs else None

    def day(self, days: int) -> str | None:
        """Return the day that many days from the article's date."""
        return (self.today + timedelta(days)).isoformat() if self.today else None

    def days(self, first: int, last: int) -> str | None:
        """Return an interval of days counted from the article's date."""
        return f"{self.day(first)}/{self.day(last)}" if self.today else None


@cache
def _reports() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of(*words('report'))})\b")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?P<future>{one_of(*words('future'))})|{one_of(*words('past'))})\b")


def published(value: str | None) -> date | None:
    """Return the day an article was published, None where only its month or year is known."""
    known = parts((value or "")[:10])
    return date(*known) if known and all(known) else None
