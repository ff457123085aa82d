"""All articles with the rows that were extracted from them, as columns; as objects only where they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.assembly.kept import place_in, to_table, together
from analysis.cache import columns, segments
from analysis.extraction import Extract
from analysis.independence import voice
from analysis.records import Article

AT_ONCE = 512  # articles whose rows are objects at one time
_NAMES = {"mentions": ("entity",), "attributions": ("source_entity", "told_to", "source"),
          "casualties": ("victims_entity", "perpetrator", "place")}


@dataclass(frozen=True)
class Read:
    """``rows``: one row for each of ``articles``, in their order (see ``cache.segments``)."""

    articles: Sequence[Article]
    rows: pa.Table

    @cached_property
    def by_id(self) -> dict[str, Article]:
        """{article_id: article}."""
        return {article.article_id: article for article in self.articles}

    @cached_property
    def ids(self) -> pa.Array:
        """The ids of the articles, in order."""
        return pa.array([article.article_id for article in self.articles], pa.string())

    def extracts(self, numbers: Collection[int]) -> Iterator[list[Extract]]:
        """Yield the articles of those numbers with their rows, in order, some hundred at a time."""
        numbers = sorted(numbers)
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start:start + AT_ONCE]
            yield list(segments.from_table(columns.pick(self.rows, some), [self.articles[number] for number in some]))

    def column(self, table: str, *names: str) -> tuple[np.ndarray, pa.Table]:
        """Return columns of a table as extracted, and the number of the article of each row."""
        return columns.flat(self.rows.column(table), names)

    def naming(self, names: Collection[str]) -> set[int]:
        """Return the numbers of the articles in whose rows one of some names stands."""
        found: set[int] = set()
        for table, of_table in _NAMES.items() if names else ():
            articles, cells = self.column(table, *of_table)
            for name in of_table:
                column = cells.column(name)
                wanted = names if name != "source" else [phrase for phrase in column.unique().to_pylist()
                                                         if voice(phrase, None) in names]
                found.update(articles[pc.is_in(column, value_set=pa.array(wanted, pa.string()))].tolist())
        return found

    def renewed(self, name: str, made: Sequence[object] | pa.Table, last: dict[str, pa.Table] | None,
                anew: Collection[int]) -> pa.Table:
        """Return a table in the order of the articles: what was ``made`` of those ``anew``, else the last rows."""
        made = made if isinstance(made, pa.Table) else to_table(made, name)
        kept = last[name] if last else made.slice(0, 0)
        at = place_in(kept.column("article_id"), self.ids)
        kept = kept.filter(pa.array((at >= 0) & ~np.isin(at, list(anew))))
        return together(kept, made, [place_in(rows.column("article_id"), self.ids) for rows in (kept, made)])
