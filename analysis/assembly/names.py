"""What names mean over all articles: entities, sides, and which names mean something else than last time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from analysis import entities, independence
from analysis.assembly.kept import Mark, Name, Side, Tables, rows_of, to_table
from analysis.assembly.reading import Read
from analysis.cache import columns

_SAYS = ["entity", "type", "text", "nominal", "place_id"]


@dataclass(frozen=True, slots=True)
class Names:
    """``found``: the entities; ``parties``: {entity: party}; ``sides``: as each article tells them.

    ``table`` is what the names mean, and ``moved`` which of them meant something else in the last assembly.
    """

    found: entities.Assembled
    parties: dict[str, str]
    sides: pa.Table
    table: pa.Table
    moved: set[str]

    def sides_in(self, article_ids: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return {article_id: {entity: party}} as some articles tell them."""
        of_article: dict[str, dict[str, str]] = {article_id: {} for article_id in article_ids}
        for side in columns.rows(rows_of(self.sides, "article_id", article_ids), Side):
            of_article[side.article_id][side.entity] = side.party
        return of_article


def corpus_names(read: Read, keys: Sequence[str], decisions: Iterable[entities.Decision], last: Tables | None) -> Names:
    """Return what names mean; ``keys``: of what was extracted from each article; ``decisions``: the analyst's."""
    sides = _sides(read, keys, last)
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entity, *side in distinct(sides, "entity", "party", "evidence"):
        told[entity].add(tuple(side))
    published = {article.article_id: article.published for article in read.articles}
    found = entities.assemble(_mentioned(read), decisions, published, told)
    parties = _parties(told, found.of)
    table = to_table([Name(name, found.of.get(name), parties.get(name)) for name in sorted({*found.of, *parties})],
                     "names")
    return Names(found, parties, sides, table, _moved(table, last["names"], found.split) if last else set())


def distinct(table: pa.Table, *names: str) -> Iterable[tuple]:
    """Return the different combinations of values in some columns, the first found first."""
    return columns.cells(table.group_by(list(names), use_threads=False).aggregate([]), *names)


def counted(table: pa.Table, *names: str) -> Iterable[tuple]:
    """Return the different combinations of values in some columns with how many rows have each, first found first."""
    return columns.cells(table.group_by(list(names), use_threads=False).aggregate([([], "count_all")]), *names,
                         "count_all")


def _sides(read: Read, keys: Sequence[str], last: Tables | None) -> pa.Table:
    known = {mark.article_id: mark.key for mark in columns.rows(last["marks"], Mark)} if last else {}
    anew = {number for number, article in enumerate(read.articles) if known.get(article.article_id) != keys[number]}
    made = [Side(e.article.article_id, entity, party.name, party.evidence)
            for some in read.extracts(anew) for e in some
            for entity, party in independence.parties(e.article, e.mentions, e.attributions).items()]
    return read.renewed("sides", made, last, anew)


def _mentioned(read: Read) -> list[entities.Alike]:
    articles, cells = read.column("mentions", *_SAYS)
    is_entity = pc.and_(cells.column("entity").is_valid(),
                        pc.invert(pc.is_in(cells.column("type"), value_set=pa.array(entities.NOT_AN_ENTITY))))
    cells = cells.append_column("article", pa.array(articles)).filter(is_entity)
    alike = cells.group_by(_SAYS, use_threads=False).aggregate([("article", "count"), ("article", "distinct")])
    ids = [article.article_id for article in read.articles]
    return [entities.Alike(*said, n, [ids[number] for number in held])
            for *said, n, held in columns.cells(alike, *_SAYS, "article_count", "article_distinct")]


def _parties(told: Mapping[str, Collection[tuple[str, str]]], of: Mapping[str, str]) -> dict[str, str]:
    """Return {entity: party} where all articles that know a party agree; an entity that changed sides has none."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity, sides in told.items():
        found[of.get(entity, entity)].update(party for party, _ in sides)
    return {entity: parties.pop() for entity, parties in found.items() if len(parties) == 1}


def _moved(now: pa.Table, last: pa.Table, split: Mapping[tuple[str, str], str]) -> set[str]:
    """Return the names that mean something else, those whose entity does, and those of which such an alias was split.

    Such an alias is no article's own name: it stands in rows under the name that it was split from.
    """
    now, last = (set(columns.rows(table, Name)) for table in (now, last))
    changed = {name.name for name in now ^ last}
    changed |= {name.name for name in now | last if name.entity in changed}
    return changed | {name for (name, _), own in split.items() if own in changed}
