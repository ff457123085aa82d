"""The rows of single articles under the names, sides and roots that all articles give them, and the analyst's word.

Only articles of which something has changed are done anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import ChainMap, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from analysis import entities, independence, review
from analysis.assembly.kept import Mark, Tables, to_table
from analysis.assembly.names import Names
from analysis.assembly.reading import Read
from analysis.cache import columns
from analysis.extraction import Extract
from analysis.judgements import Judgement, Located
from analysis.records import Casualty, Problem, Span, replaced
from analysis.review import EventKey

TABLES = ("mentions", "attributions", "casualties")
Decided = Mapping[str, Sequence[tuple[Judgement, tuple[Located, ...]]]]


@dataclass(frozen=True, slots=True)
class Placed:
    """The ``tables`` of all articles, the numbers of those done ``anew``, and what the analyst's decisions came to.

    ``apart``, ``merged``: pairs of events that are two, or one; ``grades``: {(article_id, casualty): (number, why)};
    ``problems``: the decisions that fit nothing.
    """

    tables: Tables
    anew: set[int]
    apart: list[tuple[EventKey, EventKey]]
    merged: list[tuple[EventKey, EventKey]]
    grades: dict[tuple[str, int], tuple[int, str]]
    problems: list[Problem]


def placed(read: Read, extracted: Sequence[str], named: Names, copied: independence.Copies, decided: Decided,
           last: Tables | None) -> Placed:
    """Return the rows of all articles; those of articles that a decision is about are always made anew."""
    judged = {place[0] for made in decided.values() for _, places in made for place in places}
    marks = _marks(read, extracted, named, copied, decided)
    known = set(columns.rows(last["marks"], Mark)) if last else set()
    anew = {number for number, mark in enumerate(marks) if mark not in known or mark.article_id in judged}
    anew |= read.naming(named.moved)
    made: dict[str, list[pa.Table]] = {name: [to_table([], name)] for name in TABLES}
    claims, problems, on_claims = [], [], review.decisions(decided)
    for some in read.extracts(anew):
        sides = named.sides_in([e.article.article_id for e in some])
        done = []
        for e in some:
            of = _own_names(e, named.found)
            e, unfit = _reviewed(_renamed(e, named.found, of), on_claims.get(e.article.article_id, ()))
            told = {of.get(entity, entity): party for entity, party in sides[e.article.article_id].items()}
            done.append(_with_roots(e, read, told, named.parties, copied))
            problems += unfit
        claims += [claim for e in done if e.article.article_id in judged for claim in e.casualties]
        for name in TABLES:
            made[name].append(to_table([row for e in done if name != "casualties" or e.article.article_id not in judged
                                        for row in getattr(e, name)], name))
    pairs = {kind: decided.get(kind, ()) for kind in ("incident_split", "incident_merged")}
    problems += review.unplaced(claims, [pair for of_kind in pairs.values() for pair in of_kind])
    claims, apart = review.events(claims, pairs["incident_split"])
    claims, merged = review.events(claims, pairs["incident_merged"])
    grades, misfits = review.item_grades(claims, [pair for pair in decided.get("grade", ()) if pair[0].anchors])
    made["casualties"].append(to_table(claims, "casualties"))
    tables = {name: read.renewed(name, pa.concat_tables(parts), last, anew) for name, parts in made.items()}
    return Placed(tables | {"marks": to_table(marks, "marks")}, anew, apart, merged, grades, problems + misfits)


def _marks(read: Read, extracted: Sequence[str], named: Names, copied: independence.Copies,
           decided: Decided) -> list[Mark]:
    """Return what each article's rows depend on beside what its own names mean."""
    words: dict[str, list[str]] = defaultdict(list)
    for made in decided.values():
        for judgement, places in made:
            for article_id in dict.fromkeys(place[0] for place in places):
                words[article_id].append(repr(judgement))
    split = sorted(named.found.split)
    marks = []
    for article, key in zip(read.articles, extracted, strict=True):
        taken = copied.passages.get(article.article_id, ())
        firsts = list({copied.original[source]: None for source in (article.article_id, *(of for *_, of in taken))})
        outlets = [(name := read.by_id[first].outlet, named.parties.get(name)) for first in firsts]
        marks.append(Mark(article.article_id, key, repr((firsts, outlets, named.parties.get(article.outlet), taken,
                                                         words.get(article.article_id), split))))
    return marks


def _own_names(extract: Extract, named: entities.Assembled) -> dict[str, str]:
    """Return {name: the corpus' name} of the entities an article mentions; what is only a phrase keeps its words."""
    return {m.entity: new for m in extract.mentions if m.entity and (new := named.of.get(m.entity))}


def _renamed(extract: Extract, named: entities.Assembled, of: Mapping[str, str]) -> Extract:
    """Return an article's rows under the names that the whole corpus gives its entities."""
    def renamed(row, *of_columns):
        known = ((column, name, of.get(name, name)) for column in of_columns if (name := getattr(row, column)))
        other = {column: new for column, name, new in known if new != name}
        return replaced(row, **other) if other else row

    mentions = [m if (entity := named.entity_of(m)) == m.entity else replaced(m, entity=entity)
                for m in extract.mentions]
    return replaced(extract, mentions=mentions,
                    attributions=[renamed(a, "source_entity", "told_to") for a in extract.attributions],
                    casualties=[renamed(c, "victims_entity", "perpetrator", "place") for c in extract.casualties])


def _reviewed(extract: Extract, decided: Sequence[review.Decision]) -> tuple[Extract, list[Problem]]:
    """Return an article with the analyst's word on its claims, and the judgements that fit no claim any more."""
    claims, unfit = review.review(extract.casualties, extract.attributions, decided)
    return replaced(extract, casualties=claims), unfit


def _with_roots(e: Extract, read: Read, sides: Mapping[str, str], parties: Mapping[str, str],
                copied: independence.Copies) -> Extract:
    """Return an article with the chains of its attributions and claims, and the root that each claim counts as.

    A name's side is the one its own article tells of (``sides``), else the one that all others agree on.
    """
    article, by_number = e.article, {a.attribution: a for a in e.attributions}
    through = (article.outlet, read.by_id[copied.original[article.article_id]].outlet)
    unnamed = independence.nameless(e.mentions, e.attributions) - set(through)
    known = ChainMap(sides, dict.fromkeys(unnamed), parties)
    attributions = [replaced(a, chain=independence.chain(a.attribution, by_number, *through)) for a in e.attributions]
    claims = []
    for claim in e.casualties:
        source = copied.source(article.article_id, _sentence(e, claim), review.claim_span(claim))
        links = independence.chain(claim.attribution, by_number, article.outlet, read.by_id[source].outlet)
        claims.append(replaced(claim, chain=links, root=independence.root(links, known, source, unnamed)))
    return replaced(e, attributions=attributions, casualties=claims)


def _sentence(extract: Extract, claim: Casualty) -> Span:
    """Return the sentence in which a claim's victims stand."""
    start = review.claim_span(claim)[0]
    return extract.sentences[max(bisect_right(extract.sentences, (start, len(extract.article.text))) - 1, 0)]
