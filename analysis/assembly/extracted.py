"""What the articles say by themselves, whatever the analyst decides: worked out once, when it is first asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from analysis import entities, independence
from analysis.cache import columns, segments
from analysis.records import Article, Span

AT_ONCE = 512  # articles whose rows are objects at one time
_SAYS = ["entity", "type", "text", "nominal", "place_id"]


@dataclass(frozen=True, eq=False)
class Extracted:
    """Articles and what was extracted from each, a row of ``rows`` for each article in order (``cache.segments``)."""

    articles: Sequence[Article]
    rows: pa.Table

    @cached_property
    def by_id(self) -> dict[str, Article]:
        """{article_id: article}."""
        return {article.article_id: article for article in self.articles}

    @cached_property
    def tables(self) -> dict[str, pa.Table]:
        """The articles, and {table: the rows as extracted, of one article after another}."""
        ids = pa.array([article.article_id for article in self.articles], pa.string())
        found = {"articles": columns.to_arrow(self.articles, Article)}
        for name, record in segments.RECORDS.items():
            names = columns.schema(record).names
            articles, rows = columns.flat(self.rows[name], [column for column in names if column != "article_id"])
            found[name] = rows.append_column("article_id", ids.take(pa.array(articles))).select(names)
        return found

    @cached_property
    def likeness(self) -> independence.Likeness:
        """How alike the articles are."""
        return independence.likeness(self.articles)

    @cached_property
    def copies(self) -> independence.Copies:
        """Which articles are copies, and the passages that others take over."""
        return independence.copies(self.articles, self.likeness)

    @cached_property
    def stories(self) -> dict[str, int]:
        """{article_id: the number of the story that it tells}."""
        return independence.stories(self.articles, self.likeness)

    @cached_property
    def outlets(self) -> dict[str, tuple[str | None, str | None]]:
        """{article_id: its outlet, and the outlet that printed it first}."""
        return {name: (article.outlet, self.by_id[self.copies.original[name]].outlet)
                for name, article in self.by_id.items()}

    @cached_property
    def outlet_names(self) -> set[str]:
        """The outlets that are known."""
        return {article.outlet for article in self.articles if article.outlet}

    @cached_property
    def sentences(self) -> dict[str, list[Span]]:
        """{article_id: the spans of its sentences}."""
        return dict(zip(self.by_id, map(list, columns.values(self.rows["sentences"])), strict=True))

    def source(self, article_id: str, words: Span) -> str:
        """Return the article that some words come from: their own, the one it copies, or takes that passage from."""
        if article_id not in self.copies.passages:
            return self.copies.original[article_id]
        sentences = self.sentences[article_id]
        number = bisect_right(sentences, (words[0], len(self.by_id[article_id].text))) - 1
        return self.copies.source(article_id, sentences[max(number, 0)], words)

    @cached_property
    def sides(self) -> dict[tuple[str, str], independence.Party]:
        """{(article_id, entity): the party that it speaks for, as that article tells it}."""
        return {(e.article.article_id, entity): party for start in range(0, len(self.articles), AT_ONCE)
                for e in segments.from_table(self.rows.slice(start, AT_ONCE), self.articles[start:start + AT_ONCE])
                for entity, party in independence.parties(e.article, e.mentions, e.attributions).items()}

    @cached_property
    def alike(self) -> list[entities.Alike]:
        """The mentions of entities, those that say the same of one name counted together."""
        mentions = self.tables["mentions"]
        is_entity = pc.and_(mentions["entity"].is_valid(), pc.invert(
            pc.is_in(mentions["type"], value_set=pa.array(entities.NOT_AN_ENTITY))))
        alike = mentions.filter(is_entity).group_by(_SAYS, use_threads=False).aggregate(
            [("article_id", "count"), ("article_id", "distinct")])
        return [entities.Alike(*said) for said in columns.cells(
            alike, *_SAYS, "article_id_count", "article_id_distinct")]
