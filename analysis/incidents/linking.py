"""Which events of which articles are one incident, and which facts say so.

Extraction numbers the events within an article. Two events of different articles are linked when nothing contradicts
it and enough agrees (``facts``). Only pairs that share a day, a place's surroundings or a named victim are compared.

**Misses:** reports that name neither day nor place nor victim stay incidents of their own; an incident reported with
a wrong day or place is not joined; two attacks in one town on one day are one where nothing but the figure differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from analysis.incidents.facts import NEAR_DAYS, Event, EventKey, agreement, contradict, is_day, is_whole
from analysis.incidents.figures import WORDS_ONLY
from analysis.records import Article, Casualty, Mention


@dataclass(frozen=True, slots=True)
class Link:
    """Two events taken for one, and the facts that agreed."""

    first: EventKey
    second: EventKey
    agreed: tuple[str, ...]


def link(claims: Sequence[Casualty], articles: Mapping[str, Article], mentions: Iterable[Mention],
         merged: Iterable[tuple[EventKey, EventKey]] = (), apart: Iterable[tuple[EventKey, EventKey]] = (),
         parties: Mapping[str, str] | None = None) -> tuple[dict[EventKey, str], list[Link]]:
    """Return {(article_id, event): incident name} and the links between articles, in order of first appearance.

    ``merged`` and ``apart``: pairs of events that the analyst took for one, or for two; they win over any fact.
    ``parties``: {entity: party}, for those who did it.
    """
    events = _events(claims, articles, mentions, parties or {})
    groups = _Groups(events, apart)
    links = [Link(one, other, ("the analyst's judgement",)) for one, other in merged
             if {one, other} <= set(events) and groups.join(one, other, _never)]
    links += [found for found in _candidates(events) if groups.join(found.first, found.second, contradict)]
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
        if first == second or any((self.apart and frozenset((a, b)) in self.apart)
                                  or contradict(self.events[a], self.events[b])
                                  for a in self.members[first] for b in self.members[second]):
            return False
        self.parent[second] = first
        self.members[first] += self.members.pop(second)
        return True


def _never(one: Event, other: Event) -> bool:
    return False


def _events(claims: Sequence[Casualty], articles: Mapping[str, Article], mentions: Iterable[Mention],
            parties: Mapping[str, str]) -> dict[EventKey, Event]:
    mentions = list(mentions)
    points = {(m.article_id, m.entity): (m.latitude, m.longitude, m.where_prec, m.place_id) for m in mentions
              if m.latitude is not None}
    people = {(m.article_id, m.entity) for m in mentions if m.type == "person" and m.entity}
    dated = {(c.article_id, c.event) for c in claims if c.date and is_whole(c) and c.judged != "rejected"}
    events: dict[EventKey, Event] = {}
    for claim in claims:
        day, key = articles[claim.article_id].published, (claim.article_id, claim.event)
        event = events.get(key) or events.setdefault(key, Event(key, date.fromisoformat(day) if day else None))
        if claim.judged == "rejected":
            continue
        if claim.date and (is_whole(claim) or key not in dated):
            event.dates.add(claim.date)
        if claim.place:
            event.places[claim.place] = points.get((claim.article_id, claim.place))
        if claim.victims_entity and (claim.article_id, claim.victims_entity) in people:
            event.people.add(claim.victims_entity)
        if claim.scope == "incident" and is_whole(claim):
            _add_attack(event, claim, parties)
    return events


def _add_attack(event: Event, claim: Casualty, parties: Mapping[str, str]) -> None:
    if claim.bound not in WORDS_ONLY:
        event.figures.setdefault(claim.effect, []).append((claim.low, claim.high))
    if claim.victim_status != "unknown":
        event.victims.add("civilian" if claim.victim_status == "civilian" else "armed")
    event.hands |= {parties.get(claim.perpetrator, claim.perpetrator)} if claim.perpetrator else set()
    event.roots |= {claim.root} if claim.root else set()
    event.means |= {claim.means} if claim.means else set()


def _candidates(events: Mapping[EventKey, Event]) -> list[Link]:
    """Return the pairs of events of different articles that agree enough, the strongest agreement first.

    Only pairs that share a block are looked at.
    """
    blocks: dict[tuple, list[EventKey]] = defaultdict(list)
    for event in events.values():
        for key in sorted(_blocks(event)):
            blocks[key].append(event.key)
    pairs = dict.fromkeys((a, b) for block, keys in blocks.items() for a, b in _pairs(block, keys, events)
                          if a[0] != b[0])
    agreed = (Link(a, b, facts) for a, b in pairs if (facts := agreement(events[a], events[b])))
    return sorted(agreed, key=lambda found: -len(found.agreed))


def _pairs(block: tuple, keys: Sequence[EventKey], events: Mapping[EventKey, Event],
           ) -> Iterator[tuple[EventKey, EventKey]]:
    """Yield the pairs of a block. A day of an open year fits any year; known years meet in a block of their own."""
    if block[0] != "any year":
        yield from combinations(keys, 2)
    elif any_year := [key for key in keys if _open_year(events[key])]:
        yield from (pair for pair in product(any_year, keys) if pair[0] != pair[1])


def _blocks(event: Event) -> set[tuple[str, str, str]]:
    """Return the keys under which an event is compared: a named victim; a day, or days of publication, with a place."""
    told = [day for date_ in event.dates if is_day(date_) for day in date_.split("/")]
    days = {("day", day) for day in told} | {("any year", day[5:]) for day in told}
    if event.published:
        window = event.published.toordinal() // (NEAR_DAYS + 1)
        days |= {("reported", str(window)), ("reported", str(window + 1))}
    cells = set(event.places) | {
        f"{round(point[0]) + i} {round(point[1]) + j}" for point in event.places.values() if point
        for i in (0, 1) for j in (0, 1)}
    return {("victim", person, "") for person in event.people} | {(*day, cell) for day in days for cell in cells}


def _open_year(event: Event) -> bool:
    return any(day.startswith("XXXX") for day in event.dates)
