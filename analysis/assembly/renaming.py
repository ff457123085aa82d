"""What names mean over all articles, and the rows under these names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from analysis import entities, independence
from analysis.assembly.extracted import Extracted
from analysis.cache import columns
from analysis.records import Entity

Voices = Mapping[tuple[str, int], tuple[independence.Voice, ...]]  # of each (article_id, attribution), outermost first


@dataclass(frozen=True, slots=True)
class Names:
    """The ``entities``, the ``parties`` of those whose side all articles agree on, the ``states`` that all take them to
    speak for, and the ``tables`` that name them.

    Of single articles, ``voices``: {(article_id, attribution): its voice and those around it}; ``sides``:
    {(article_id, name): the party that it tells, or is taken to mean}; ``unnamed``: (article_id, voice) of the phrases
    that name nobody.
    """

    entities: entities.Assembled
    parties: dict[str, str]
    states: dict[str, str]
    tables: dict[str, pa.Table]
    voices: Voices
    sides: Mapping[tuple[str, str], independence.Party]
    unnamed: Collection[tuple[str, str]]


def named(read: Extracted, decisions: Sequence[entities.Decision]) -> Names:
    """Return what names mean, after the analyst's ``decisions`` on them."""
    told, presumed = defaultdict(set), defaultdict(set)
    for (_, entity), party in read.sides.items():
        (presumed if party.presumed else told)[entity].add((party.name, party.evidence))
    published = {article.article_id: article.published for article in read.articles}
    found = entities.assemble(read.alike, decisions, published, told)
    other = {name: entity for name, entity in found.of.items() if name != entity}
    mentions = read.tables["mentions"]
    of = {pair: other[pair[1]] for pair in columns.cells(rows_of(mentions, "entity", other), "article_id", "entity")}
    means = {(said.entity, said.type, said.text): found.entity_of(said) for said in read.alike}
    mentions = put(mentions, "entity", [means.get(said) for said in columns.cells(mentions, "entity", "type", "text")])
    attributions = _renamed(read.tables["attributions"], of, "source_entity", "told_to")
    casualties = _renamed(read.tables["casualties"], of, "victims_entity", "perpetrator", "place")
    voices, chain = _voices(attributions), cache(independence.chain)
    attributions = put(attributions, "chain", [chain(way, *read.outlets[key[0]]) for key, way in voices.items()])
    sides = {(key[0], of.get(key, key[1])): party for key, party in read.sides.items()}
    return Names(found, _parties(told, found.of), _parties(presumed, found.of), {
        "entities": columns.to_arrow(found.entities, Entity), "mentions": mentions, "attributions": attributions,
        "casualties": casualties}, voices, sides, _unnamed(read, mentions, voices))


def rows_of(table: pa.Table, name: str, values: Iterable[str]) -> pa.Table:
    """Return the rows of a table that have one of some values in a column."""
    return table.filter(pc.is_in(table[name], value_set=pa.array(list(values), pa.string())))


def put(table: pa.Table, name: str, cells: Iterable[object]) -> pa.Table:
    """Return a table with other cells in one column; those that are equal are turned into Arrow's once."""
    field, number = table.schema.field(name), {}
    rows = pa.array([number.setdefault(cell, len(number)) for cell in cells], pa.int32())
    return table.set_column(table.column_names.index(name), field, columns.array(list(number), field.type).take(rows))


def _renamed(table: pa.Table, of: Mapping[tuple[str, str], str], *names: str) -> pa.Table:
    """Return rows under the names of the whole corpus where their article mentions these; a phrase keeps its words."""
    for name in names if of else ():
        table = put(table, name, [of.get(pair, pair[1]) for pair in columns.cells(table, "article_id", name)])
    return table


def _voices(attributions: pa.Table) -> Voices:
    rows = columns.cells(attributions, "article_id", "attribution", "parent", "told_to", "source", "source_entity")
    return independence.around({(article_id, number): (parent, (told_to, independence.voice(*source)))
                                for article_id, number, parent, told_to, *source in rows})


def _unnamed(read: Extracted, mentions: pa.Table, voices: Voices) -> set[tuple[str, str]]:
    said = {(article_id, way[-1][1]) for (article_id, _), way in voices.items()}
    named = rows_of(mentions.filter(pc.invert(mentions["nominal"])), "entity", {voice for _, voice in said})
    return said - set(columns.cells(named, "article_id", "entity")) - {
        (article_id, outlet) for article_id, outlets in read.outlets.items() for outlet in outlets}


def _parties(told: Mapping[str, Collection[tuple[str, str]]], of: Mapping[str, str]) -> dict[str, str]:
    """Return {entity: party} where all articles that know a party agree; an entity that changed sides has none."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity, sides in told.items():
        found[of.get(entity, entity)].update(party for party, _ in sides)
    return {entity: parties.pop() for entity, parties in found.items() if len(parties) == 1}
