"""What an article says of an event, and whether two articles speak of one: what agrees, what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from math import asin, cos, radians, sin, sqrt

from analysis import lexicon, places
from analysis.dates.edtf import OPEN, bounds
from analysis.quantities import Range, may_be_equal
from analysis.records import Casualty

NEAR_DAYS = 3  # between two publications
AFTERMATH_DAYS = 14  # between an event and a report of it
PROVINCE, COUNTRY = 4, 6  # UCDP's where_prec

EventKey = tuple[str, int]
Point = tuple[float, float, int, str | None]  # latitude, longitude, where_prec, the gazetteer's id


@dataclass
class Event:
    """What one article says about one event. ``hands``: the sides that did it; ``roots``: those who say so."""

    key: EventKey
    published: date | None
    dates: set[str] = field(default_factory=set)
    places: dict[str, Point | None] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    figures: dict[str, list[Range]] = field(default_factory=dict)
    hands: set[str] = field(default_factory=set)
    roots: set[str] = field(default_factory=set)
    means: set[str] = field(default_factory=set)
    victims: set[str] = field(default_factory=set)

    @cached_property
    def days(self) -> list[date | None]:
        """Its dates, None for one that is no day."""
        return [_day(told) for told in self.dates]

    @cached_property
    def fine(self) -> dict[str, Point]:
        """The places that are finer than a province."""
        return {name: point for name, point in self.places.items() if point and (point[2] or 1) < PROVINCE}


def is_whole(claim: Casualty) -> bool:
    """True unless it tells of some of the victims only: who died of wounds on Thursday was not attacked then."""
    return claim.part_of is None and claim.moved_from is None


def contradict(one: Event, other: Event) -> bool:
    """True where days, places, days of publication or the way of the attack say that these are two events."""
    days_apart = (one.dates and other.dates and one.dates.isdisjoint(other.dates)
                  and not any(same_date(a, b) for a in one.dates for b in other.dates))
    return bool(days_apart or _places_apart(one, other) or _untimely(one, other.days) or _untimely(other, one.days)
                or _attacks_apart(one, other))


def agreement(one: Event, other: Event) -> tuple[str, ...]:
    """Return the facts on which two events agree if they suffice to call them one, else ().

    Enough is a day and a place; a named victim with the day, the place or the days of publication; or the place, the
    days of publication and the figure. A place that is only near, or a whole province, has to come with the figure, or
    with the same hands and means; a country with the figure and one of them.
    """
    if contradict(one, other):
        return ()
    day = next((f"date {a}" for a in sorted(one.dates) for b in other.dates if is_day(a) and same_date(a, b)), None)
    place, precision = _same_place(one, other)
    victim = next((f"victim {name}" for name in sorted(one.people & other.people)), None)
    reported = None
    if one.published and other.published and abs((one.published - other.published).days) <= NEAR_DAYS:
        reported = f"reported within {NEAR_DAYS} days"
    figure = _agreeing_figure(one, other)
    hands = next((f"by {side}" for side in sorted(one.hands & other.hands)), None)
    means = next((f"by {what}" for what in sorted(one.means & other.means)), None)
    exact = place if precision < PROVINCE else None
    supported = figure and (hands or means) if precision >= COUNTRY else figure or (hands and means)
    enough = ((day and (exact or (place and supported))) or (victim and (day or place or reported))
              or (exact and reported and figure))
    return tuple(fact for fact in (day, place, victim, reported, figure, hands, means) if fact) if enough else ()


def _untimely(event: Event, days: Sequence[date | None]) -> bool:
    """True where a report came out before every one of the days, or long after."""
    return bool(event.published and days and None not in days) and not any(
        0 <= (event.published - day).days <= AFTERMATH_DAYS for day in days)


def _attacks_apart(one: Event, other: Event) -> bool:
    """True where two of doer, means and victims differ, and no figure agrees: two attacks in one town on one day.

    Sides that accuse each other may well speak of one attack.
    """
    if not (one.hands and other.hands) and not (one.means and other.means):
        return False
    accused = one.hands & other.roots or other.hands & one.roots
    hands = bool(one.hands and other.hands) and one.hands.isdisjoint(other.hands) and not accused
    means = bool(one.means and other.means) and not any(_alike(a, b) for a in one.means for b in other.means)
    if not (hands or means) or _agreeing_figure(one, other) or one.people & other.people:
        return False
    victims = bool(one.victims and other.victims) and one.victims.isdisjoint(other.victims)
    return hands + means + (victims or _figures_differ(one, other)) >= 2


def _alike(one: str, other: str) -> bool:
    """True for two means that reports mix up, such as a rocket and a mortar."""
    return one == other or bool(kinds_of_means().get(one, frozenset()) & kinds_of_means().get(other, frozenset()))


@cache
def kinds_of_means() -> dict[str, frozenset[str]]:
    """Return {means: how people are harmed with it}; what is in no list may be anything."""
    return {str(row["means"]): frozenset(str(row["kinds"]).split()) for row in lexicon.rows("means_kinds")}


def _agreeing_figure(one: Event, other: Event) -> str | None:
    return next((f"{effect} figures agree" for effect, ours in one.figures.items() for a in ours
                 for b in other.figures.get(effect, ())
                 if a == b or (None not in (*a, *b) and may_be_equal(a, b))), None)


def _figures_differ(one: Event, other: Event) -> bool:
    shared = [effect for effect in one.figures if effect in other.figures]
    return bool(shared) and not any(may_be_equal(a, b) for effect in shared for a in one.figures[effect]
                                    for b in other.figures[effect])


@lru_cache(maxsize=65536)
def same_date(one: str, other: str) -> bool:
    """True when two EDTF dates may be the same day: ``X`` stands for any digit, a month or interval holds its days."""
    if "/" in one + other:
        if OPEN in one + other:
            one, other = (re.sub(rf"(?:\d{{4}}|{OPEN})(?=-\d\d-)", "2000", value) for value in (one, other))
        spans = bounds(one), bounds(other)
        return None in spans or (spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1])
    length = min(len(one), len(other))
    return all(a == b or "X" in (a, b) for a, b in zip(one[:length], other[:length], strict=True))


@lru_cache(maxsize=65536)
def is_day(edtf: str) -> bool:
    """True for a day, of an open year too, and for a night between two days."""
    if "/" not in edtf:
        return len(edtf) == 10
    span = bounds(edtf.replace(OPEN, "2000"))
    return span is not None and (span[1] - span[0]).days == 1


@lru_cache(maxsize=65536)
def _day(edtf: str) -> date | None:
    return date.fromisoformat(edtf) if re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) else None


def _places_apart(one: Event, other: Event) -> bool:
    """True where no place of one may be a place of the other; of those with coordinates the finest decide."""
    if not one.places or not other.places:
        return False
    if one.fine and other.fine:
        return not any(a == b or near(one.fine[a], other.fine[b]) for a in one.fine for b in other.fine)
    return _same_place(one, other)[0] is None


def _same_place(one: Event, other: Event) -> tuple[str | None, int]:
    """Return the finest place that both may be at, and its where_prec; two names are as vague as a province."""
    found: list[tuple[int, str]] = []
    for name, point in one.places.items():
        for other_name, other_point in other.places.items():
            if name == other_name:
                found.append(((point or other_point or (0, 0, 1, None))[2] or 1, f"place {name}"))
            elif point and other_point and near(point, other_point):
                found.append((max(PROVINCE, point[2] or 1, other_point[2] or 1), f"place {name} / {other_name}"))
    precision, words = min(found, default=(9, None))
    return words, precision


def near(one: Point, other: Point) -> bool:
    """True when two points may be one place; the gazetteer knows best which town lies in which province."""
    if one[3] and other[3]:
        return gazetteer_says(one[3], other[3])
    return _kilometres(one, other) <= _reach(one, other)


@lru_cache(maxsize=65536)
def gazetteer_says(one_id: str, other_id: str) -> bool:
    """True where the gazetteer has two places for one, near each other, or one inside the other."""
    return places.may_be_one(one_id, other_id)


def _reach(one: Point, other: Point) -> float:
    """Return within how many km two points may be one place: a province's point stands for about 100 km."""
    coarsest = max(one[2] or 1, other[2] or 1)
    return {4: 100.0, 5: 200.0}.get(coarsest, places.NEAR_KM) if coarsest < COUNTRY else 0.0


def _kilometres(one: Point, other: Point) -> float:
    """Great-circle distance by the haversine formula."""
    lat1, lon1, lat2, lon2 = map(radians, (one[0], one[1], other[0], other[1]))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(h))
