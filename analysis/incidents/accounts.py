"""What the reports say of an event, whether that tells it apart from another, and how much the two agree.

Day and place tell events apart; figures, days, places, means, doers and named victims bring them together, in points.
The points were set by hand on clusters of news reports read by hand: too few pairs of events are marked to learn them.

**Misses:** two attacks of one kind in one town on one day with like figures; an event whose report names no day,
place or figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from analysis.dates.edtf import bounds
from analysis.incidents.figures import WORDS_ONLY
from analysis.incidents.places import PROVINCE, Point, apart
from analysis.records import Article, Casualty, Mention

EventKey = tuple[str, int]  # article_id, event
_LARGE = 5  # people: no small number that two events share by chance
_NEAR = 0.4  # of two figures that may be rivals the less is at least so much of the more
_WEEKEND = 2  # days
_AFTERMATH = 14  # days between an event and a report of it


@dataclass(slots=True)
class Told:
    """What some reports say of an event: the days, places, figures, means and doers with how many say so."""

    days: Counter = field(default_factory=Counter)
    places: dict[str, Point | None] = field(default_factory=dict)
    named: Counter = field(default_factory=Counter)
    figures: Counter = field(default_factory=Counter)
    means: Counter = field(default_factory=Counter)
    doers: Counter = field(default_factory=Counter)
    victims: Counter = field(default_factory=Counter)
    articles: Counter = field(default_factory=Counter)
    published: list[date] = field(default_factory=list)
    leads: bool = False
    news: bool = False

    def add(self, other: Told) -> None:
        """Take in what another report says."""
        for name in ("days", "named", "figures", "means", "doers", "victims", "articles"):
            if said := getattr(other, name):
                getattr(self, name).update(said)
        self.places |= other.places
        self.published += other.published[:1]
        self.leads, self.news = self.leads or other.leads, self.news or other.news

    @property
    def day(self) -> str | None:
        """The day that most say."""
        return max(self.days, key=lambda day: (is_short(day), self.days[day]), default=None)


def events(claims: Sequence[Casualty], articles: Mapping[str, Article], mentions: Iterable[Mention],
           parties: Mapping[str, str]) -> dict[EventKey, Told]:
    """Return what each article says of each of its events."""
    points = {(m.article_id, m.entity): (m.latitude, m.longitude, m.where_prec, m.place_id) for m in mentions
              if m.latitude is not None}
    told: dict[EventKey, Told] = {}
    for claim in claims:
        key = (claim.article_id, claim.event)
        event = told.get(key)
        if event is None:
            day = articles[claim.article_id].published
            event = told[key] = Told(published=[date.fromisoformat(day)] if day else [],
                                     articles=Counter([claim.article_id]))
        if claim.judged == "rejected" or claim.scope == "cumulative":
            continue
        event.news = event.news or claim.scope == "incident"
        if claim.date and claim.part_of is None and claim.moved_from is None:
            event.days[claim.date] += 1
        if claim.place:
            event.named[claim.place] += 1
            event.places[claim.place] = points.get((claim.article_id, claim.place))
        if claim.role in ("toll", "other") and claim.bound not in WORDS_ONLY and (claim.low or 0) > 0:
            event.figures[claim.effect, claim.low] += 1
        if claim.bound == "named" and claim.victims_entity:
            event.victims[claim.victims_entity] += 1
        if claim.means:
            event.means[claim.means] += 1
        if claim.perpetrator:
            event.doers[parties.get(claim.perpetrator, claim.perpetrator)] += 1
    led: set[str] = set()
    for (article, _), event in told.items():
        event.leads = event.news and article not in led
        led |= {article} if event.leads else set()
    return told


def told_apart(one: Told, other: Told) -> bool:
    """True where day or place say that two accounts are of two events; one shared figure outweighs a day's error."""
    mine, theirs = one.day, other.day
    gap = days_between(mine, theirs) if mine and theirs else None
    if gap is not None and gap > (1 if _shared_figure(one, other) >= _LARGE else 0):
        return True
    if (known := mine or theirs) and gap is None and (span := bounds(known)):
        reported = (one if not mine else other).published
        if reported and not any(0 <= (day - span[0]).days <= _AFTERMATH for day in reported):
            return True
    here, there = _points(one), _points(other)
    return bool(here and there) and all(apart(a, b) for a in here for b in there) and not _share_a_name(one, other)


def agreement(one: Told, other: Told) -> float:
    """Return how much two accounts agree, in points."""
    low = _shared_figure(one, other)
    dated = one.published and other.published
    points = (1 if low < _LARGE else 4 if dated else 3.25) if low else _near_figures(one, other)
    if one.day and other.day and days_between(one.day, other.day) == 0 and is_short(one.day) and is_short(other.day):
        points += 2
    if _share_a_name(one, other):
        points += 1.5
    elif _points(one) and _points(other):
        points += 0.5
    for mine, theirs in ((one.means, other.means), (one.doers, other.doers)):
        if mine and theirs:
            points += -0.5 if mine.keys().isdisjoint(theirs) else 0.5
    return points + 3 * (not one.victims.keys().isdisjoint(other.victims))


def _shared_figure(one: Told, other: Told) -> int:
    """The most people that both give for one effect; 0 for none."""
    return max((low for effect, low in one.figures if (effect, low) in other.figures), default=0)


def _share_a_name(one: Told, other: Told) -> bool:
    """True where both name a place finer than a province."""
    return any(name in other.named and (one.places[name] is None or (one.places[name][2] or 9) < PROVINCE)
               for name in one.named)


def _near_figures(one: Told, other: Told) -> float:
    """The points of figures that are not the same: near, or far from each other, by the effect that both tell of."""
    for effect in ("killed", "injured"):
        mine, theirs = ([low for what, low in told.figures if what == effect] for told in (one, other))
        if mine and theirs:
            return 0.5 if max(min(a, b) / max(a, b) for a in mine for b in theirs) >= _NEAR else -1.5
    return 0


@lru_cache(4096)
def is_short(edtf: str) -> bool:
    """Return whether a date is a day, of an open year too, or a night or weekend."""
    span = bounds(edtf.replace("XXXX", "2000"))
    return span is not None and (span[1] - span[0]).days <= _WEEKEND


def days_between(one: str, other: str) -> int | None:
    """Return how many days lie between two EDTF dates at least, of an open year in the same one; None: not known."""
    if one[:4] == "XXXX" or other[:4] == "XXXX":
        one, other = (re.sub(r"^....", "2000", value) for value in (one, other))
    spans = bounds(one), bounds(other)
    if None in spans:
        return None
    return max(0, (spans[0][0] - spans[1][1]).days, (spans[1][0] - spans[0][1]).days)


def _points(told: Told) -> list[Point]:
    """The places finer than a province, else all."""
    points = [point for point in told.places.values() if point]
    return [point for point in points if (point[2] or 9) < PROVINCE] or points
