"""The second stage: the entities of all articles, joined over the corpus and as the analyst decided.

Works on distinct names, so a million mentions cost as much as the names they hold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from analysis import lexicon, places
from analysis.entities import names
from analysis.entities.article import state_body
from analysis.entities.groups import Groups
from analysis.records import Entity, Mention, Problem

Decision = tuple[str, Sequence[str]]  # ("merge" | "split" | "not_same", names); the first name of a merge is kept
_LONGEST = frozenset(("person", "armed_group", "security_force", "government", "organisation", "media"))
_NOT_AN_ENTITY = frozenset(("date", "money"))


@dataclass(slots=True)
class Node:
    """One name as articles gave it to an entity, with what was counted of it."""

    texts: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    nominal_types: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    place_ids: Counter[str] = field(default_factory=Counter)

    @property
    def type(self) -> str:
        """The type of most mentions, general ones only where there is no other."""
        return (self.types or self.nominal_types).most_common(1)[0][0]

    @property
    def mentions(self) -> int:
        """How many mentions there are, general ones included."""
        return self.types.total() + self.nominal_types.total()


@dataclass(frozen=True, slots=True)
class Assembled:
    """``entities``; ``of`` maps (article_id, article-level entity) to the corpus' entity; ``problems`` are warnings."""

    entities: list[Entity]
    of: dict[tuple[str, str], str]
    split: dict[tuple[str, str], str]
    problems: list[Problem]

    def entity_of(self, mention: Mention) -> str | None:
        """Return the corpus' entity of a mention; an alias that was split off wins over the article's link."""
        entity = self.of.get((mention.article_id, mention.entity)) if mention.entity else None
        return self.split.get((entity, names.plain(mention.text)), entity) if entity else None


def assemble(mentions_by_article: Mapping[str, Sequence[Mention]], decisions: Iterable[Decision] = (),
             published: Mapping[str, str | None] | None = None,
             parties: Mapping[tuple[str, str], tuple[str, str]] | None = None) -> Assembled:
    """Return the entities of all articles.

    ``decisions``: the analyst's, in order; "merge" joins, "not_same" keeps apart, "split" takes the second and later
    names off the first. A merge that contradicts a "not_same" is not made and becomes a problem. ``published``:
    {article_id: ISO date}, for parties that changed. ``parties``: {(article_id, entity): (party, evidence)} as the
    articles tell them; used where the lexicon has none and they agree.
    **Misses:** two people of one name are one entity until the analyst splits them by article.
    """
    nodes, alone = _nodes(mentions_by_article)
    decisions = list(decisions)
    split = {(kept, alias): alias for kind, (kept, *aliases) in decisions if kind == "split" for alias in aliases}
    groups, why, problems = _grouped(nodes, decisions)
    entities, of_name = [], {}
    for members in groups:
        entity = _named(members, nodes, decisions)
        of_name |= dict.fromkeys(members, entity)
        entities.append(_entity(entity, members, nodes, why, published or {}, parties or {}, split))
    of = {(article, name): of_name[name] for article, name in alone}
    return Assembled(sorted(entities, key=lambda e: (-e.n_mentions, e.entity)), of, split, problems)


def _nodes(mentions_by_article: Mapping[str, Sequence[Mention]]) -> tuple[dict[str, Node], set[tuple[str, str]]]:
    nodes: dict[str, Node] = {}
    seen: set[tuple[str, str]] = set()
    for article, rows in mentions_by_article.items():
        for row in rows:
            if row.entity is None or row.type in _NOT_AN_ENTITY:
                continue
            node = nodes.setdefault(row.entity, Node())
            seen.add((article, row.entity))
            node.articles.add(article)
            if row.nominal:
                node.nominal_types[row.type] += 1
            else:
                node.types[row.type] += 1
                node.texts[row.text] += 1
            if row.place_id and not row.nominal:
                node.place_ids[row.place_id] += 1
    return nodes, seen


def _grouped(nodes: dict[str, Node], decisions: list[Decision]
             ) -> tuple[Groups, dict[str, list[str]], list[Problem]]:
    """Return the groups of names, why names were joined, and the decisions that could not be carried out."""
    groups, why, problems = Groups(nodes), defaultdict(list), []
    meant = _by_alias(nodes)
    for kind, named in decisions:
        known = [meant[name] for name in named if name in meant]
        if kind == "not_same":
            for one, other in combinations(known, 2):
                groups.part(one, other)
        elif kind == "split":
            for other in known[1:]:
                groups.part(known[0], other)
    for kind, named in decisions:
        known = [meant[name] for name in named if name in meant]
        for one, other in pairwise(known) if kind == "merge" else ():
            if groups.join(one, other):
                why[one].append(f"“{other}” was merged with “{one}” by the analyst")
            else:
                problems.append(Problem("", "merge contradicts not the same", f"“{one}” and “{other}” were merged, but "
                                        f"names among them are said not to be the same: undo one of the two"))
    for one, other, reason in _alike(nodes):
        if groups.join(one, other):
            why[one].append(reason)
    return groups, why, problems


def _by_alias(nodes: dict[str, Node]) -> dict[str, str]:
    """Return {name or alias: node}; an alias that several entities share is left out."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name, node in nodes.items():
        for text in node.texts:
            owners[names.plain(text)].add(name)
    return {alias: next(iter(found)) for alias, found in owners.items() if len(found) == 1} | {n: n for n in nodes}


def _alike(nodes: dict[str, Node]) -> Iterator[tuple[str, str, str]]:
    """Yield (name, other, reason) of names that mean the same: spellings of persons and places, state bodies, acronyms."""
    blocks: dict[tuple, list[str]] = defaultdict(list)
    for name, node in nodes.items():
        for key in _keys(name, node):
            blocks[key].append(name)
    for (kind, *_), block in sorted(blocks.items(), key=lambda item: str(item[0])):
        for one, other in combinations(sorted(block), 2) if kind == "person" else pairwise(sorted(block)):
            if kind != "person" or names.same_spelling(one, other):
                yield one, other, names.reason(other, one) or f"“{other}” and “{one}” are one {kind}"
    for short, long in _acronyms(nodes):
        yield long, short, f"“{short}” stands for {long} wherever an article says what it means"


def _keys(name: str, node: Node) -> Iterator[tuple]:
    if node.type == "person":
        yield "person", skeleton(name)
    elif node.type == "place" and node.place_ids:
        yield "place", node.place_ids.most_common(1)[0][0]
    elif key := state_body(name):
        yield "state body", *key


def skeleton(name: str) -> str:
    """Return the consonants of a name, for finding its transliterations: "Mujahid" and "Mojahed" are "mjhd"."""
    kept = []
    for letter in name.casefold().replace("q", "k"):
        if letter in "aeiouyw'’-" or kept and kept[-1] == letter:
            continue
        kept.append(letter)
    return "".join(kept)


def _acronyms(nodes: dict[str, Node]) -> Iterator[tuple[str, str]]:
    """Yield (acronym, long name) where articles that explain the acronym agree, for those that do not."""
    explained: dict[str, set[str]] = defaultdict(set)
    for name, node in nodes.items():
        for text in node.texts:
            if text != name and names.is_acronym(text):
                explained[text].add(name)
    for short, long in explained.items():
        if short in nodes and len(long) == 1:
            yield short, next(iter(long))


def _named(members: list[str], nodes: dict[str, Node], decisions: list[Decision]) -> str:
    """Return the name of a group: the analyst's, the lexicon's, a country's, else the longest or most frequent."""
    for kind, named in reversed(decisions):
        if kind == "merge" and named[0] in members and len(members) > 1:
            return named[0]
    known = [n for n in members if names.listed(n) == n or _is_country(n)]
    if known:
        return max(known, key=lambda n: nodes[n].mentions)
    if nodes[members[0]].type in _LONGEST:
        return max(members, key=lambda n: (len(n), n))
    return max(members, key=lambda n: (nodes[n].mentions, n))


def _is_country(name: str) -> bool:
    found = places.candidates(name) if places.country_code(name) else ()
    return bool(found) and found[0].name == name


def _entity(entity: str, members: list[str], nodes: dict[str, Node], why: Mapping[str, list[str]],
            published: Mapping[str, str | None], parties: Mapping[tuple[str, str], tuple[str, str]],
            split: Mapping[tuple[str, str], str]) -> Entity:
    texts: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for name in members:
        types.update({nodes[name].type: nodes[name].mentions})
        texts.update({names.plain(text): n for text, n in nodes[name].texts.items()})
    texts.update({name: 0 for name in members})
    aliases = [text for text, _ in sorted(texts.items(), key=lambda t: (-t[1], t[0]))
               if text != entity and (entity, text) not in split]
    articles = set().union(*(nodes[name].articles for name in members))
    row = next(iter(_rows(entity)), None)
    party, evidence = _party(entity, members, articles, published, parties)
    reasons = [r for alias in aliases if (r := names.reason(alias, entity))]
    decided = [r for name in members for r in why.get(name, ()) if "analyst" in r]
    return Entity(entity, row.type if row else "place" if _is_country(entity) else types.most_common(1)[0][0],
                  tuple(aliases), party, evidence, row.country if row and row.country else _country(entity, members, nodes),
                  sum(nodes[name].mentions for name in members), len(articles), tuple(dict.fromkeys(decided + reasons)))


def _rows(entity: str) -> list[lexicon.Name]:
    return [row for row in lexicon.names() if row.name == entity]


def _party(entity: str, members: list[str], articles: set[str], published: Mapping[str, str | None],
           parties: Mapping[tuple[str, str], tuple[str, str]]) -> tuple[str | None, str | None]:
    """Return (party, evidence): the lexicon's for the dates of the articles, else what the articles agree on, else None."""
    rows = [row for row in _rows(entity) if row.party]
    if rows:
        dated = {published.get(article) for article in articles}
        valid = {row.party for row in rows if not (row.party_from or row.party_to) or all(
            day and (row.party_from or "") <= day and day[:len(row.party_to or "9999")] <= (row.party_to or "9999")
            for day in dated)}
        return (valid.pop(), "the list of names") if len(valid) == 1 else (None, None)
    told = {parties[article, name] for article in articles for name in members if (article, name) in parties}
    if len({party for party, _ in told}) == 1:
        return min(told)
    return None, None


def _country(entity: str, members: list[str], nodes: dict[str, Node]) -> str | None:
    """Return the ISO code of the country a place lies in or a state body belongs to."""
    if code := places.country_code(entity):
        return code
    for name in members:
        if key := state_body(name):
            return key[0]
        ids = nodes[name].place_ids
        if ids:
            best = ids.most_common(1)[0][0].split("/")[0]
            return next((p.country for p in places.candidates(name) if p.place_id == best), None)
    return None
