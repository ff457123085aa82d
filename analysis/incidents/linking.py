"""Which events of which articles are one incident, and which facts say so.

Extraction numbers the events within an article. Two events of different articles are linked when nothing contradicts
it and enough agrees: the day and the place; or a named victim with the day, the place or the days of publication; or
the place, the days of publication and the figure. Only pairs that share a day, a place's surroundings or a named
victim are compared.

**Misses:** reports that name neither day nor place nor victim stay incidents of their own; an incident reported with
a wrong day or place is not joined.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from analysis.records import Article, Casualty, Mention

NEAR_KM = 25  # UCDP's "within about 25 km"
NEAR_DAYS = 3  # between two publications
AFTERMATH_DAYS = 14  # between an event and a report of it

EventKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Link:
    """Two events taken for one, and the facts that agreed."""

    first: EventKey
    second: EventKey
    agreed: tuple[str, ...]


@dataclass(slots=True)
class Event:
    """What one article says about one event."""

    key: EventKey
    published: date | None
    dates: set[str] = field(default_factory=set)
    places: dict[str, tuple[float, float, int] | None] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    figures: dict[str, list[tuple[int | None, int | None]]] = field(default_factory=lambda: defaultdict(list))


def link(claims: Sequence[Casualty], articles: Mapping[str, Article], mentions: Iterable[Mention],
         merged: Iterable[tuple[EventKey, EventKey]] = (), apart: Iterable[tuple[EventKey, EventKey]] = (),
         ) -> tuple[dict[EventKey, str], list[Link]]:
    """Return {(article_id, event): incident name} and the links between articles, in order of first appearance.

    ``merged`` and ``apart``: pairs of events that the analyst took for one, or for two; they win over any fact.
    """
    events = _events(claims, articles, mentions)
    groups = _Groups(events, apart)
    links = [Link(one, other, ("the analyst's judgement",)) for one, other in merged
             if {one, other} <= set(events) and groups.join(one, other, _never)]
    links += [found for found in _candidates(events) if groups.join(found.first, found.second, _contradict)]
    names: dict[EventKey, str] = {}
    for key in events:
        names.setdefault(groups.top(key), f"I{len(names) + 1}")
    return {key: names[groups.top(key)] for key in events}, links


class _Groups:
    """Events joined into incidents; a group never takes in what contradicts one of its members."""

    def __init__(self, events: Mapping[EventKey, Event], apart: Iterable[tuple[EventKey, EventKey]]):
        self.events, self.apart = events, {frozenset(pair) for pair in apart}
        self.parent = {key: key for key in events}
        self.members = {key: [key] for key in events}

    def top(self, key: EventKey) -> EventKey:
        while self.parent[key] != key:
            self.parent[key] = key = self.parent[self.parent[key]]
        return key

    def join(self, one: EventKey, other: EventKey, contradict: Callable[[Event, Event], bool]) -> bool:
        """Join the groups of two events and return True, unless they are one already or must stay apart."""
        first, second = self.top(one), self.top(other)
        if first == second or any(frozenset((a, b)) in self.apart or contradict(self.events[a], self.events[b])
                                  for a in self.members[first] for b in self.members[second]):
            return False
        self.parent[second] = first
        self.members[first] += self.members.pop(second)
        return True


def _never(one: Event, other: Event) -> bool:
    return False


def _events(claims: Sequence[Casualty], articles: Mapping[str, Article],
            mentions: Iterable[Mention]) -> dict[EventKey, Event]:
    mentions = list(mentions)
    points = {(m.article_id, m.entity): (m.latitude, m.longitude, m.where_prec) for m in mentions
              if m.latitude is not None}
    people = {(m.article_id, m.entity) for m in mentions if m.type == "person" and m.entity}
    events: dict[EventKey, Event] = {}
    for claim in claims:
        day = articles[claim.article_id].published
        event = events.setdefault((claim.article_id, claim.event),
                                  Event((claim.article_id, claim.event), date.fromisoformat(day) if day else None))
        if claim.date:
            event.dates.add(claim.date)
        if claim.place:
            event.places[claim.place] = points.get((claim.article_id, claim.place))
        if claim.victims_entity and (claim.article_id, claim.victims_entity) in people:
            event.people.add(claim.victims_entity)
        if claim.scope == "incident":
            event.figures[claim.effect].append((claim.low, claim.high))
    return events


def _candidates(events: Mapping[EventKey, Event]) -> list[Link]:
    """Return the pairs of events of different articles that agree enough, the strongest agreement first.

    Only pairs that share a block are looked at.
    """
    blocks: dict[tuple, list[EventKey]] = defaultdict(list)
    for event in events.values():
        for key in sorted(_blocks(event)):
            blocks[key].append(event.key)
    pairs: dict[tuple[EventKey, EventKey], None] = {}
    for block, keys in blocks.items():
        # A day of an open year fits any year; two days of known years meet in a block of their own.
        fits = {key for key in keys if block[0] != "any year" or _open_year(events[key])}
        pairs |= dict.fromkeys((a, b) for a, b in combinations(keys, 2) if a[0] != b[0] and (a in fits or b in fits))
    agreed = (Link(a, b, facts) for a, b in pairs if (facts := _agreement(events[a], events[b])))
    return sorted(agreed, key=lambda found: -len(found.agreed))


def _blocks(event: Event) -> set[tuple[str, str, str]]:
    """Return the keys under which an event is compared: a named victim; a day, or days of publication, with a place."""
    days = {("day", day) for day in event.dates if len(day) == 10} | {("any year", day[5:]) for day in event.dates}
    if event.published:
        window = event.published.toordinal() // (NEAR_DAYS + 1)
        days |= {("reported", str(window)), ("reported", str(window + 1))}
    cells = set(event.places) | {
        f"{round(point[0]) + i} {round(point[1]) + j}" for point in event.places.values() if point
        for i in (0, 1) for j in (0, 1)}
    return {("victim", person, "") for person in event.people} | {(*day, cell) for day in days for cell in cells}


def _open_year(event: Event) -> bool:
    return any(day.startswith("XXXX") for day in event.dates)


def _contradict(one: Event, other: Event) -> bool:
    days_apart = one.dates and other.dates and not any(same_date(a, b) for a in one.dates for b in other.dates)
    places_apart = one.places and other.places and not _same_place(one, other)
    untimely = any(event.published and _day(told) and not 0 <= (event.published - _day(told)).days <= AFTERMATH_DAYS
                   for event, source in ((one, other), (other, one)) for told in source.dates)
    return bool(days_apart or places_apart or untimely)


def _agreement(one: Event, other: Event) -> tuple[str, ...]:
    """Return the facts on which two events agree if they suffice to call them one, else ()."""
    if _contradict(one, other):
        return ()
    day = next((f"date {a}" for a in sorted(one.dates) for b in other.dates if same_date(a, b) and len(a) >= 10), None)
    place = _same_place(one, other)
    victim = next((f"victim {name}" for name in sorted(one.people & other.people)), None)
    reported = None
    if one.published and other.published and abs((one.published - other.published).days) <= NEAR_DAYS:
        reported = f"reported within {NEAR_DAYS} days"
    figure = next((f"{effect} figures agree" for effect, ours in one.figures.items() for a in ours
                   for b in other.figures.get(effect, ()) if _same_figure(a, b)), None)
    enough = (day and place) or (victim and (day or place or reported)) or (place and reported and figure)
    return tuple(fact for fact in (day, place, victim, reported, figure) if fact) if enough else ()


def _same_figure(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    return one == other or (None not in (*one, *other) and one[0] <= other[1] and other[0] <= one[1])


def same_date(one: str, other: str) -> bool:
    """True when two EDTF dates may be the same day: ``X`` stands for any digit, a month holds its days."""
    length = min(len(one), len(other))
    return "/" not in one + other and all(a == b or "X" in (a, b)
                                          for a, b in zip(one[:length], other[:length], strict=True))


@lru_cache(maxsize=65536)
def _day(edtf: str) -> date | None:
    return date.fromisoformat(edtf) if re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) else None


def _same_place(one: Event, other: Event) -> str | None:
    for name, point in one.places.items():
        for other_name, other_point in other.places.items():
            if name == other_name:
                return f"place {name}"
            if point and other_point and near(point, other_point):
                return f"place {name} / {other_name}"
    return None


def near(one: tuple, other: tuple) -> bool:
    """True when two points, each latitude, longitude and where_prec, may be one place."""
    return _kilometres(one, other) <= _reach(one, other)


def _reach(one: tuple, other: tuple) -> float:
    """Return within how many km two points may be one place: a province's point stands for about 100 km."""
    coarsest = max(one[2] or 1, other[2] or 1)
    return {4: 100.0, 5: 200.0}.get(coarsest, NEAR_KM) if coarsest < 6 else 0.0


def _kilometres(one: tuple, other: tuple) -> float:
    """Great-circle distance by the haversine formula."""
    lat1, lon1, lat2, lon2 = map(radians, (one[0], one[1], other[0], other[1]))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(h))
