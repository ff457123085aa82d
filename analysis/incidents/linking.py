"""Which events of which articles are one incident, and how likely that is.

Extraction numbers the events within an article. Only events of one story (``independence.stories``) can be one
incident. They are taken in the order of their days, those that lead their article first; each joins the incident of
its story that it agrees with most (``accounts``), if that is likelier than not, else it is a new one. The analyst's
word wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import exp
from typing import NamedTuple

from analysis.incidents.accounts import EventKey, Told, agreement, events, told_apart
from analysis.records import Article, Casualty, Mention

_MAYBE = 0.2  # likelier than this, two incidents may be one
_GROUPS = 8  # incidents of a story that an event is compared with, beside those that share a fact with it
_ENOUGH, _BOTH_LEAD = 3.5, 3.6  # points


class Linked(NamedTuple):
    """The ``incident`` of each event, by name.

    ``probability``: {event: how likely that is its incident}; ``may_be``: {incident: another that it may be}.
    """

    incident: dict[EventKey, str]
    probability: dict[EventKey, float]
    may_be: dict[str, str]


def link(claims: Sequence[Casualty], articles: Mapping[str, Article], mentions: Iterable[Mention],
         merged: Iterable[tuple[EventKey, EventKey]] = (), apart: Iterable[tuple[EventKey, EventKey]] = (),
         parties: Mapping[str, str] | None = None, stories: Mapping[str, int] | None = None) -> Linked:
    """Return the incident of each event, named in order of first appearance.

    ``merged`` and ``apart``: pairs of events that the analyst took for one, or for two; they win over any fact.
    ``parties``: {entity: party}, for those who did it. ``stories``: {article_id: its story}; without them every article
    is of one.
    """
    told = events(claims, articles, mentions, parties or {})
    never: dict[EventKey, set[EventKey]] = defaultdict(set)
    for one, other in apart:
        never[one].add(other)
        never[other].add(one)
    joined = _merged(told, merged, never)
    groups: dict[int | None, _Story] = defaultdict(_Story)
    found: dict[EventKey, _Group] = {}
    likely: dict[EventKey, float] = {}
    first = {key: number for number, key in enumerate(told)}
    for keys in sorted(joined, key=lambda keys: (not told[keys[0]].leads, not told[keys[0]].news,
                                                  min(told[keys[0]].published, default=date.max), first[keys[0]])):
        whole = told[keys[0]]
        for key in keys[1:]:
            whole.add(told[key])
        story = groups[stories.get(keys[0][0]) if stories else None]
        group, probability = story.best(keys, whole, never)
        if group is None or probability < 0.5:
            group = story.new(whole, group if probability >= _MAYBE else None)
        else:
            likely[keys[0]] = round(probability, 3)
            group.told.add(whole)
            story.index(group, whole)
        likely |= dict.fromkeys(keys[1:], 1.0)  # by the analyst's word
        group.keys += keys
        found |= dict.fromkeys(keys, group)
    names: dict[int, str] = {}
    incident = {key: names.setdefault(id(found[key]), f"I{len(names) + 1}") for key in told}
    may_be = {names[id(group)]: names[id(group.may_be)] for group in found.values() if group.may_be is not None}
    return Linked(incident, likely, may_be)


def _merged(told: Mapping[EventKey, Told], merged: Iterable[tuple[EventKey, EventKey]],
            never: Mapping[EventKey, set[EventKey]]) -> list[list[EventKey]]:
    """Return the events, those together that the analyst took for one and nowhere for two."""
    groups = {key: [key] for key in told}
    for one, other in merged:
        if one in told and other in told and groups[one] is not groups[other]:
            both = [*groups[one], *groups[other]]
            if not any(never.get(key, set()) & set(both) for key in both):
                groups |= dict.fromkeys(both, both)
    return list({id(group): group for group in groups.values()}.values())


class _Group:
    """Events taken for one incident."""

    def __init__(self, told: Told, may_be: _Group | None):
        self.told, self.may_be, self.keys = told, may_be, []


class _Story:
    """The incidents of one story, found by their days, places and figures."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self.by_fact: dict[object, dict[int, _Group]] = defaultdict(dict)

    def new(self, told: Told, may_be: _Group | None) -> _Group:
        group = _Group(Told(), may_be)
        group.told.add(told)
        self.groups.append(group)
        self.index(group, told)
        return group

    def index(self, group: _Group, told: Told) -> None:
        for fact in (*told.figures, *((day, place) for day in told.days for place in told.named), *told.victims):
            if len(self.by_fact[fact]) < _GROUPS:
                self.by_fact[fact][id(group)] = group

    def best(self, keys: Sequence[EventKey], told: Told, never: Mapping[EventKey, set[EventKey]],
             ) -> tuple[_Group | None, float]:
        """Return the incident that an event fits best, and how likely it is that."""
        near = {id(group): group for group in self.groups[:_GROUPS]}
        for fact in (*told.figures, *((day, place) for day in told.days for place in told.named), *told.victims):
            near |= self.by_fact.get(fact, {})
        forbidden = set().union(*(never.get(key, ()) for key in keys))
        best: tuple[_Group | None, float] = (None, 0.0)
        for group in near.values():
            if not told.articles.keys().isdisjoint(group.told.articles) or not forbidden.isdisjoint(group.keys):
                continue
            if told_apart(told, group.told):
                continue
            dated = told.published and group.told.published  # without a day, alike words alone join nothing
            lead = _BOTH_LEAD if told.leads and group.told.leads and dated else 0
            likely = _likely(agreement(told, group.told) + lead)
            if likely > best[1]:
                best = group, likely
        return best


def _likely(points: float) -> float:
    """Return how likely two events are one that agree so much: even at ``_ENOUGH`` points."""
    return 1 / (1 + exp(_ENOUGH - points))
