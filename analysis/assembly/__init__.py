"""The rows of all articles to the finished tables: the second stage.

    names.py      entities and sides over the corpus
    articles.py   the rows of each article under these names, with chains, roots and the analyst's word
    incidents.py  claims to incidents, to grades, to statements, to totals with their ledger
    kept.py       what an assembly keeps beside its tables, so that the next one makes anew only what has changed
    reading.py    the rows as extracted

Every table is the same whether it was made at once or after many changes: what is made anew is decided by comparing
everything that rows are made of. The analyst's judgements are applied on the way. What they change stands beside the
automatic value, and those that no longer fit the articles are problems, never applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from analysis import entities, independence, sources
from analysis.assembly import incidents
from analysis.assembly.articles import placed
from analysis.assembly.kept import ALL, Letter, Tables, to_table
from analysis.assembly.names import corpus_names, counted
from analysis.assembly.reading import Read
from analysis.cache import columns, segments
from analysis.extraction import Extract
from analysis.judgements import Judgement, applicable, stale
from analysis.records import TABLES, Article, Casualty, Problem, Source, many_rows

__all__ = ["ALL", "Tables", "assemble", "assembled"]


def assemble(extracts: Sequence[Extract], problems: Iterable[Problem] = (),
             judgements: Sequence[Judgement] = ()) -> dict[str, list]:
    """Return {table: rows} of some extracted articles, with ``judgements`` applied."""
    articles = [e.article for e in extracts]
    rows = segments.to_table({str(number): e for number, e in enumerate(extracts)})
    made = assembled(articles, rows, independence.copies(articles), problems, judgements)
    return {name: columns.rows(made[name], record) for name, record in TABLES.items()}


@many_rows()
def assembled(articles: Sequence[Article], rows: pa.Table, copied: independence.Copies,
              problems: Iterable[Problem] = (), judgements: Sequence[Judgement] = (),
              last: Tables | None = None) -> Tables:
    """Return the finished tables and what is kept for the next time (``ALL``).

    ``rows``: what was extracted from each of ``articles``, in their order (see ``cache.segments``); ``copied``: which
    of them are copies; ``last``: what this function returned before, of any articles and judgements, under the same
    rules and names of the user's.
    """
    read, extracted = Read(articles, rows), rows.column("key").to_pylist()
    decided = applicable(judgements, articles)
    named = corpus_names(read, extracted, _decisions(decided), last)
    told = placed(read, extracted, named, copied, decided, last)
    found = incidents.linked(read, told, named.parties, last)
    tables = told.tables | incidents.weighed(read, told, found, named.parties, last)
    voices = _sources(read, tables, found.claims, named.parties, _given_grades(decided))
    letters = sources.root_letters(voices, found.claims)
    tables |= incidents.totals(read, tables, found, letters, last)
    tables["incidents"] = incidents.told_apart(tables["incidents"], [
        (found.of.get(one), found.of.get(other)) for one, other in told.apart])
    known = [*(voice.source for voice in voices), *(claim.root for claim in found.claims)]
    problems = [*problems, *_unread(read), *named.found.problems, *told.problems, *_stale(judgements, read.by_id),
                *_unknown_names(decided, named.found, known)]
    return tables | {"sides": named.sides, "names": named.table} | {name: to_table(made, name) for name, made in {
        "articles": articles, "entities": named.found.entities, "sources": voices, "problems": problems,
        "letters": [Letter(root, letter) for root, letter in letters.items()]}.items()}


def _unread(read: Read) -> list[Problem]:
    """Return what could not be read in the articles."""
    numbers, cells = read.column("problems", "what", "detail")
    return columns.rows(cells.append_column("article_id", read.ids.take(pa.array(numbers))), Problem)


def _decisions(decided: Mapping[str, Sequence]) -> list[tuple[str, tuple[str, ...]]]:
    """Return what the analyst said of names, in order: (merge, split or not_same, the names)."""
    return [(kind, judgement.target) for kind in ("not_same", "split", "merge")
            for judgement, _ in decided.get(kind, ())]


def _sources(read: Read, tables: Tables, claims: Sequence[Casualty], parties: Mapping[str, str],
             given: Mapping[str, tuple[str, str]]) -> list[Source]:
    """Return one row for each voice of all articles; ``claims``: all, with their chains."""
    figures = sources.reliabilities(columns.frame(tables["statements"], sources.Statement))
    compared = {(article_id, casualty): verdict for article_id, casualty, *verdict in columns.cells(
        tables["compared"], "article_id", "casualty", "backed", "contradicted")}
    mentions = tables["mentions"].filter(tables["mentions"].column("entity").is_valid())
    return sources.sources([article.outlet for article in read.articles if article.outlet],
                           [sources.Typed(*way) for way in counted(mentions, "entity", "type", "nominal")],
                           [sources.Said(*way) for way in counted(tables["attributions"], "source", "source_entity",
                                                                  "told_to")],
                           claims, compared, figures, parties, given)


def _given_grades(decided: Mapping[str, Sequence]) -> dict[str, tuple[str, str]]:
    """Return {source: (letter, reason)} of the analyst's last word on each source."""
    return {name: (str(judgement.value), judgement.why or "no reason given")
            for judgement, _ in decided.get("grade", ()) if not judgement.anchors for name in judgement.target}


def _unknown_names(decided: Mapping[str, Sequence], named: entities.Assembled, voices: Iterable[str | None]
                   ) -> list[Problem]:
    """Return the decisions about names of which one is in no article any more: they change nothing."""
    known = {*voices, *named.of, *named.of.values(),
             *(name for entity in named.entities for name in (entity.entity, *entity.aliases))}
    return [Problem("", "judgement no longer fits", f"{judgement.kind} of {judgement.when}: nobody is named "
                    + " or ".join(f"“{name}”" for name in missing))
            for kind in ("grade", "merge", "split", "not_same") for judgement, _ in decided.get(kind, ())
            if not judgement.anchors and (missing := [name for name in judgement.target if name not in known])]


def _stale(judgements: Sequence[Judgement], articles: Mapping[str, Article]) -> list[Problem]:
    return [Problem(judgement.anchors[0].article_id, "judgement no longer fits", f"{judgement.kind}: {why}")
            for judgement, why in stale(judgements, articles.values())]
