"""The second stage: the entities of all articles, joined over the corpus and as the analyst decided.

Works on distinct names, so a million mentions cost as much as the names they hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from analysis.entities import names
from analysis.entities.article import state_body
from analysis.entities.groups import Groups
from analysis.entities.rows import Alike, Context, Node, entity_row, group_name
from analysis.records import Entity, Mention, Problem

Decision = tuple[str, Sequence[str]]  # ("merge" | "split" | "not_same", names); the first name of a merge is kept
NOT_AN_ENTITY = ("date", "money")


@dataclass(frozen=True, slots=True)
class Assembled:
    """``entities``; ``of`` maps an article's name of an entity to the corpus' name; ``problems`` are warnings.

    ``split`` maps (entity, alias) to the entity of its own that the analyst made of the alias.
    """

    entities: list[Entity]
    of: dict[str, str]
    split: dict[tuple[str, str], str]
    problems: list[Problem]

    def entity_of(self, mention: Mention) -> str | None:
        """Return the corpus' entity of a mention; an alias that was split off wins over the article's link."""
        name = _split_off(mention, self.split) or mention.entity
        return self.of.get(name) if name and mention.type not in NOT_AN_ENTITY else None


def assemble(mentions: Iterable[Alike], decisions: Iterable[Decision] = (),
             published: Mapping[str, str | None] | None = None,
             parties: Mapping[str, Collection[tuple[str, str]]] | None = None) -> Assembled:
    """Return the entities of all articles, most mentioned first; ``mentions``: those that say the same
    of one name counted together.

    ``decisions``: the analyst's, in order; "merge" joins and keeps the first name, "not_same" keeps apart, "split"
    takes the second and later names off the first. A merge that contradicts a "not_same" is not made: a problem.
    ``published``: {article_id: ISO date}, for parties that changed. ``parties``: {name: every (party, evidence) that
    an article tells of it}; used where the lexicon has none and they agree.
    **Misses:** two people of one name, who are one entity.
    """
    decisions = [(kind, tuple(named)) for kind, named in decisions]
    split = {(named[0], alias): alias for kind, named in decisions if kind == "split" for alias in named[1:]}
    nodes = _nodes(mentions, split)
    groups, why, problems = _grouped(nodes, decisions)
    context = Context(published or {}, parties or {}, why)
    kept = {named[0] for kind, named in decisions if kind == "merge"}
    of, entities = {}, []
    for members in groups:
        entity = group_name(members, nodes, kept)
        entities.append(entity_row(entity, members, nodes, context))
        of |= dict.fromkeys(members, entity)
    return Assembled(sorted(entities, key=lambda e: (-e.n_mentions, e.entity)), of, split, problems)


def _nodes(mentions: Iterable[Alike], split: Mapping[tuple[str, str], str]) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for said in mentions:
        nodes.setdefault((split and _split_off(said, split)) or said.entity, Node()).add(said)
    return nodes


def _split_off(mention: Mention | Alike, split: Mapping[tuple[str, str], str]) -> str | None:
    return split.get((mention.entity, names.plain(mention.text))) if mention.entity else None


def _grouped(nodes: dict[str, Node], decisions: list[Decision]) -> tuple[Groups, dict[str, list[str]], list[Problem]]:
    """Return the groups of names, why the analyst's are one, and the merges that could not be carried out."""
    groups, why, problems = Groups(nodes), defaultdict(list), []
    meant = _by_alias(nodes)
    known = [(kind, [meant[name] for name in named if name in meant]) for kind, named in decisions]
    for kind, named in known:
        apart = combinations(named, 2) if kind == "not_same" else ((named[0], other) for other in named[1:])
        for one, other in apart if kind in ("not_same", "split") else ():
            groups.part(one, other)
    for kind, named in known:
        for one, other in pairwise(named) if kind == "merge" else ():
            if groups.join(one, other):
                why[one].append(f"“{other}” was merged with “{one}” by the analyst")
            else:
                problems.append(Problem("", "merge contradicts not the same", f"“{one}” and “{other}” were merged, but "
                                        f"names among them are said not to be the same: undo one of the two"))
    for one, other in _alike(nodes):
        groups.join(one, other)
    return groups, why, problems


def _by_alias(nodes: dict[str, Node]) -> dict[str, str]:
    """Return {name or alias: node}; an alias that several entities share is left out."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name, node in nodes.items():
        for text in node.texts:
            owners[names.plain(text)].add(name)
    return {alias: next(iter(found)) for alias, found in owners.items() if len(found) == 1} | {n: n for n in nodes}


def _alike(nodes: dict[str, Node]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that mean the same: spellings of persons and places, state bodies, explained acronyms."""
    blocks: dict[tuple, list[str]] = defaultdict(list)
    for name, node in sorted(nodes.items()):
        if (key := _key(name, node)) is not None:
            blocks[key].append(name)
    for (kind, *_), block in blocks.items():
        if kind == "person":
            yield from (pair for pair in combinations(block, 2) if names.same_spelling(*pair))
        else:
            yield from pairwise(block)
    yield from _acronyms(nodes)


def _key(name: str, node: Node) -> tuple | None:
    """Return what names of one entity share, so that only names of one key are compared."""
    if node.type == "person":
        return "person", names.skeleton(name)
    if node.type == "place" and node.place_ids:
        return "place", node.place_ids.most_common(1)[0][0]
    body = state_body(name)
    return body and ("state body", *body)


def _acronyms(nodes: dict[str, Node]) -> Iterator[tuple[str, str]]:
    """Yield (long name, acronym) where the articles that explain an acronym agree, for those that do not explain it."""
    explained: dict[str, set[str]] = defaultdict(set)
    for name, node in sorted(nodes.items()):
        for text in node.texts:
            if text != name and names.is_acronym(text):
                explained[text].add(name)
    yield from ((next(iter(long)), short) for short, long in explained.items() if short in nodes and len(long) == 1)
