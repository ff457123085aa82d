"""One group of names to its row in the entities table: name, type, aliases, party, country, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

from analysis import lexicon, places
from analysis.entities import names
from analysis.entities.article import state_body
from analysis.mentions.name_types import country_names
from analysis.records import Entity

_LONGEST = frozenset(("person", "armed_group", "security_force", "government", "organisation", "media"))


@dataclass(frozen=True, slots=True)
class Alike:
    """Mentions that say the same of one name: how many there are, and the articles that hold them."""

    entity: str
    type: str
    text: str
    nominal: bool
    place_id: str | None
    n: int
    articles: Collection[str]


@dataclass(slots=True)
class Node:
    """One name as articles gave it to an entity, with what was counted of it."""

    texts: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    nominal_types: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    place_ids: Counter[str] = field(default_factory=Counter)

    def add(self, said: Alike) -> None:
        """Count mentions that say the same."""
        self.articles.update(said.articles)
        if said.nominal:
            self.nominal_types[said.type] += said.n
            return
        self.types[said.type] += said.n
        self.texts[said.text] += said.n
        if said.place_id:
            self.place_ids[said.place_id] += said.n

    @property
    def type(self) -> str:
        """The type of most mentions, general ones only where there is no other."""
        return (self.types or self.nominal_types).most_common(1)[0][0]

    @property
    def mentions(self) -> int:
        """How many mentions there are, general ones included."""
        return self.types.total() + self.nominal_types.total()


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows need from outside: dates, parties as articles tell them, why the analyst joined names."""

    published: Mapping[str, str | None]
    parties: Mapping[str, Collection[tuple[str, str]]]
    why: Mapping[str, list[str]]


def group_name(members: list[str], nodes: Mapping[str, Node], kept: Collection[str]) -> str:
    """Return the name of a group: the analyst's, the lexicon's or a country's, else the longest or most frequent."""
    if chosen := [name for name in members if name in kept]:
        return chosen[0]
    if known := [name for name in members if name in lexicon.by_name() or _is_country(name)]:
        return max(known, key=lambda name: nodes[name].mentions)
    if nodes[members[0]].type in _LONGEST:
        return max(members, key=lambda name: (len(name), name))
    return max(members, key=lambda name: (nodes[name].mentions, name))


def entity_row(entity: str, members: list[str], nodes: Mapping[str, Node], context: Context) -> Entity:
    """Return the row of one group; ``n_mentions`` counts general mentions too."""
    aliases = _aliases(entity, members, nodes)
    articles = set().union(*(nodes[name].articles for name in members))
    party, evidence = _party(entity, members, articles, context)
    decided = [reason for name in members for reason in context.why.get(name, ())]
    reasons = [reason for alias in aliases if (reason := names.reason(alias, entity))]
    return Entity(entity, _type(entity, members, nodes), aliases, party, evidence, _country(entity, members, nodes),
                  sum(nodes[name].mentions for name in members), len(articles), tuple(dict.fromkeys(decided + reasons)))


def _aliases(entity: str, members: list[str], nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """Return the other names, the most frequent first."""
    texts: Counter[str] = Counter(dict.fromkeys(members, 0))
    for name in members:
        for text, count in nodes[name].texts.items():
            texts[names.plain(text)] += count
    return tuple(text for text, _ in sorted(texts.items(), key=lambda item: (-item[1], item[0])) if text != entity)


def _type(entity: str, members: list[str], nodes: Mapping[str, Node]) -> str:
    """Return the lexicon's type, place for a country, else that of most mentions."""
    if listed := lexicon.by_name().get(entity):
        return listed[0].type
    if _is_country(entity):
        return "place"
    types: Counter[str] = Counter()
    for name in members:
        types.update(nodes[name].types or nodes[name].nominal_types)
    return types.most_common(1)[0][0]


@cache
def _country_names() -> frozenset[str]:
    return frozenset(country_names().values())


def _is_country(name: str) -> bool:
    return name in _country_names()


def _party(entity: str, members: list[str], articles: Collection[str], context: Context
           ) -> tuple[str | None, str | None]:
    """Return (party, evidence): the lexicon's for the articles' dates, else what the articles agree on, else None."""
    rows = [row for row in lexicon.by_name().get(entity, ()) if row.party]
    if rows:
        days = {context.published.get(article) for article in articles}
        valid = {row.party for row in rows if all(_holds(row, day) for day in days)}
        return (valid.pop(), "the list of names") if len(valid) == 1 else (None, None)
    told = {side for name in members for side in context.parties.get(name, ())}
    return min(told) if len({party for party, _ in told}) == 1 else (None, None)


def _holds(row: lexicon.Name, day: str | None) -> bool:
    """True where a party's row is valid on a day, or always; a date of the list may be a year or a month."""
    if not (row.party_from or row.party_to):
        return True
    if day is None:
        return False
    begun = not row.party_from or row.party_from <= day
    return begun and (not row.party_to or day[:len(row.party_to)] <= row.party_to)


def _country(entity: str, members: list[str], nodes: Mapping[str, Node]) -> str | None:
    """Return the ISO code that the lexicon gives, or of the country that a place lies in or a state body belongs to."""
    if listed := lexicon.by_name().get(entity):
        return listed[0].country
    if nodes[members[0]].type == "person":
        return None
    for name in members:
        if code := places.country_code(name) or (state_body(name) or (None,))[0]:
            return code
        if ids := nodes[name].place_ids:
            best = ids.most_common(1)[0][0].split("/")[0]
            return next((place.country for place in places.candidates(name) if place.place_id == best), None)
    return None
