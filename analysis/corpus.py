"""The analyst's handle: ``Corpus("../seeds")`` reads, extracts and assembles, and gives the tables as DataFrames.

    >>> corpus = Corpus("../seeds", progress=False)                     # doctest: +SKIP
    >>> corpus.casualties[["effect", "low", "high", "root"]]            # doctest: +SKIP
"""

from __future__ import annotations

import bisect
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis import lexicon
from analysis.articles import read_articles
from analysis.cache import Cache, place
from analysis.cache.columns import frame, values
from analysis.cache.documents import Documents
from analysis.cache.segments import from_table
from analysis.judgements import Anchor, Journal, Judgement, anchor, in_force, journal_path
from analysis.records import TABLES, Article, Problem, Span

if TYPE_CHECKING:
    import pyarrow as pa

    from analysis.assembly import Tables
    from analysis.extraction import Extract
    from analysis.independence import Copies

WORTH_KEEPING = 1.0  # seconds that tables take to make
SEEDS = Path(__file__).parents[1] / "seeds"


def articles_folder() -> Path:
    """Return the folder the notebooks read: ``WORKBOOK_ARTICLES``, else the seed articles."""
    return Path(os.environ.get("WORKBOOK_ARTICLES") or SEEDS)


class Corpus:
    """All tables of some articles, as attributes: ``corpus.articles``, ``corpus.casualties`` ... (see ``records``).

    ``inputs``: files and folders; the user's own names lie beside each (``lexicon.csv``), the journal of judgements
    beside the first, and so does what was extracted, so that only new and changed articles are read again (see
    ``cache``). ``workers``: processes that read; ``progress``: show a bar while reading; ``make``: what
    extracts instead, in the order of the articles (see ``cluster``).
    """

    def __init__(self, *inputs: str | Path, workers: int = 1, progress: bool = True,
                 make: Callable[[Iterable[Article]], Iterator[Extract]] | None = None):
        paths = [Path(path) for path in inputs]
        folders = [path if path.is_dir() else path.parent for path in paths]
        self._names, bad = lexicon.own_names(*(folder / "lexicon.csv" for folder in folders))
        lexicon.use(self._names)
        folder = place(paths)
        documents = Documents(folder, progress)
        articles, problems = read_articles(*paths, read=documents.read)
        documents.tidy()
        self._problems = [*bad, *problems]
        self._articles = {article.article_id: article for article in articles}
        self._cache = Cache(folder, articles)
        self._make, self._workers, self._progress = make, workers, progress
        self._last: Tables | None = None
        self.journal = Journal(journal_path(paths[0]))
        self.assemble()

    @property
    def extracts(self) -> list[Extract]:
        """The rows of each article as they were extracted, before anything else was known."""
        return list(from_table(self._rows, list(self._articles.values())))

    @cached_property
    def _rows(self) -> pa.Table:
        from analysis.extraction import extract  # late: tables that are found need no spaCy, which takes a second

        return self._cache.rows(self._make or partial(extract, workers=self._workers), self._progress)

    @cached_property
    def sentences(self) -> dict[str, list[Span]]:
        """{article_id: the spans of its sentences}."""
        found = {} if "_rows" in self.__dict__ else self._cache.sentences()
        if found.keys() != self._articles.keys():
            found = dict(zip(self._articles, map(list, values(self._rows.column("sentences"))), strict=True))
        return found

    def assemble(self) -> None:
        """Make the tables from what was extracted and from the judgements in force, or find them made already."""
        lexicon.use(self._names)  # another corpus may have been read since
        judgements, torn = self.journal.read()
        problems, standing = [*self._problems, *torn], in_force(judgements)
        with ThreadPoolExecutor() as beside:  # files and numbers are read and written beside other work
            made, saved = self._cache.saved(TABLES, problems, standing), None
            if made is None:
                start = time.monotonic()
                made = self._last = self._assembled(problems, standing, beside)
                if time.monotonic() - start > WORTH_KEEPING:
                    saved = beside.submit(self._cache.save, made, problems, standing)
            self.tables = {name: frame(made[name], record) for name, record in TABLES.items()}
        if saved:
            saved.result()

    def _assembled(self, problems: Sequence[Problem], standing: Sequence[Judgement], beside: Executor) -> Tables:
        from analysis.assembly import ALL, assembled  # late, as above

        if self._workers > 1:
            _ = self._rows  # processes are begun before threads, whose locks they would inherit
        last = beside.submit(lambda: self._last or self._cache.last(ALL))
        copied = beside.submit(lambda: self._copied)
        rows = self._rows
        return assembled(list(self._articles.values()), rows, copied.result(), problems, standing, last.result())

    @cached_property
    def _copied(self) -> Copies:
        from analysis.independence import copies  # late, as above

        return copies(self._articles.values())

    def judge(self, kind: str, *target: str, anchors: tuple[Anchor, ...] = (), value: object = None,
              why: str | None = None) -> Judgement:
        """Write a judgement into the journal and apply it: ``corpus.judge("grade", "Press TV", value="D", why="...")``.

        ``target``: the names it is about; ``anchors``: the words it is about (see ``anchor``). Raises JudgementError
        where it cannot be saved.
        """
        judgement = self.journal.append(kind, target=target, anchors=anchors, value=value, why=why)
        self.assemble()
        return judgement

    def undo(self, judgement_id: str) -> Judgement:
        """Take a judgement back, by a line of its own in the journal, and return that line."""
        judgement = self.journal.undo(judgement_id)
        self.assemble()
        return judgement

    def anchor(self, article_id: str, start: int, end: int) -> Anchor:
        """Return the anchor of some words, for a judgement about them."""
        return anchor(self._articles[article_id], start, end)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES and "tables" in self.__dict__:
            return self.tables[name]
        raise AttributeError(name)

    def text(self, article_id: str) -> str:
        """Return an article's text, into which every span counts."""
        return self._articles[article_id].text

    def sentence(self, article_id: str, start: int, end: int) -> Span:
        """Return the span of the sentence or sentences that hold characters ``[start, end)``."""
        spans = self.sentences[article_id]
        first = max(bisect.bisect_right(spans, (start, float("inf"))) - 1, 0)
        last = max(bisect.bisect_left(spans, (end, 0)) - 1, first)
        return (spans[first][0], spans[last][1]) if spans else (start, end)

    def quote(self, article_id: str, start: int, end: int) -> str:
        """Return the words of the sentence or sentences that hold the span, on one line."""
        first, last = self.sentence(article_id, start, end)
        return " ".join(self.text(article_id)[first:last].split())
