"""The analyst's handle: ``Corpus("../seeds")`` gives the tables as DataFrames.

Files are read, rows extracted and tables made when they are first asked for.

    >>> corpus = Corpus("../seeds", progress=False)                     # doctest: +SKIP
    >>> corpus.casualties[["effect", "low", "high", "root"]]            # doctest: +SKIP
"""

from __future__ import annotations

import bisect
import os
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis import lexicon
from analysis.articles import read_articles
from analysis.cache import Cache, place
from analysis.cache.columns import frame
from analysis.cache.documents import Documents
from analysis.cache.segments import from_table
from analysis.judgements import Anchor, Journal, Judgement, anchor, in_force, journal_path
from analysis.records import TABLES, Article, Problem, Span

if TYPE_CHECKING:
    import pyarrow as pa

    from analysis.assembly import Assembly
    from analysis.extraction import Extract
    from analysis.lexicon import Own

WORTH_KEEPING = 0.5  # seconds that tables take to make
SEEDS = Path(__file__).parents[1] / "seeds"
EXERCISE = Path(__file__).parents[1] / "notebooks" / "exercise" / "articles"  # made up, to practise on


def articles_folder() -> Path:
    """Return the folder the notebooks read: ``WORKBOOK_ARTICLES``, else the seed articles."""
    return Path(os.environ.get("WORKBOOK_ARTICLES") or SEEDS)


class Corpus:
    """All tables of some articles, as attributes: ``corpus.articles``, ``corpus.casualties`` ... (see ``records``).

    ``inputs``: files and folders; the user's own names and harm words lie beside each (``lexicon.csv``,
    ``harm_words.csv``), the journal of judgements
    beside the first, and so does what was extracted, so that only new and changed articles are read again (see
    ``cache``). ``workers``: processes that read; ``progress``: show a bar while reading; ``make``: what
    extracts instead, in the order of the articles (see ``cluster``).
    """

    def __init__(self, *inputs: str | Path, workers: int = 1, progress: bool = True,
                 make: Callable[[Iterable[Article]], Iterator[Extract]] | None = None):
        self._paths = [Path(path) for path in inputs]
        self._make, self._workers, self._progress = make, workers, progress
        self._framed: dict[str, tuple[pa.Table, pd.DataFrame]] = {}
        self._judged, self._unsaved = False, {}
        self.journal = Journal(journal_path(self._paths[0]))

    @cached_property
    def _lexicon(self) -> tuple[tuple[Own, ...], list[Problem]]:
        folders = [path if path.is_dir() else path.parent for path in self._paths]
        return lexicon.own_rows(*(folder / name for name in ("lexicon.csv", lexicon.HARM_WORDS) for folder in folders))

    @property
    def own(self) -> tuple[Own, ...]:
        """The user's own names and harm words."""
        return self._lexicon[0]

    @cached_property
    def _folder(self) -> Path:
        return place(self._paths)

    @cached_property
    def _read(self) -> tuple[dict[str, Article], list[Problem]]:
        """The articles by their ids, and what could not be read."""
        documents = Documents(self._folder, self._progress)
        articles, problems = read_articles(*self._paths, read=documents.read)
        documents.tidy()
        return {article.article_id: article for article in articles}, [*self._lexicon[1], *problems]

    @cached_property
    def _cache(self) -> Cache:
        articles, _ = self._read
        with lexicon.using(self.own):
            return Cache(self._folder, list(articles.values()))

    @cached_property
    def _assembly(self) -> Assembly:
        from analysis.assembly import Assembly  # late: tables that are found need no spaCy, which takes a second
        from analysis.extraction import extract

        with lexicon.using(self.own):
            rows = self._cache.rows(self._make or partial(extract, workers=self._workers), self._progress)
        return Assembly(self._cache.articles, rows)

    @property
    def extracts(self) -> list[Extract]:
        """The rows of each article as they were extracted, before anything else was known."""
        return list(from_table(self._assembly.read.rows, self._assembly.read.articles))

    @cached_property
    def sentences(self) -> dict[str, list[Span]]:
        """{article_id: the spans of its sentences}."""
        found = {} if "_assembly" in self.__dict__ else self._cache.sentences()
        return found if found.keys() == self._read[0].keys() else self._assembly.read.sentences

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """{table: its rows}, made from what was extracted and the judgements in force, or found made already."""
        judgements, torn = self.journal.read()
        problems, standing = [*self._read[1], *torn], in_force(judgements)
        made = None if self._judged else self._cache.saved(TABLES, problems, standing)
        if made is None:
            start, assembly = time.monotonic(), self._assembly  # at first also what loads the code that makes them
            with lexicon.using(self.own):
                made = assembly.tables(problems, standing)
            if "tables" in self._unsaved or time.monotonic() - start > WORTH_KEEPING:
                self._unsaved["tables"] = made, problems, standing
                if not self._judged:  # else at the end, lest each judgement waits for the disk
                    _save(self._cache, self._unsaved)
        for name, record in TABLES.items():
            if name not in self._framed or self._framed[name][0] is not made[name]:  # few judgements change all
                self._framed[name] = made[name], frame(made[name], record)
        return {name: shown for name, (_, shown) in self._framed.items()}

    def assemble(self) -> None:
        """Make the tables from the journal as it is now."""
        if not self._judged:
            self._judged = True
            weakref.finalize(self, _save, self._cache, self._unsaved)
        self.__dict__.pop("tables", None)
        _ = self.tables

    def judge(self, kind: str, *target: str, anchors: tuple[Anchor, ...] = (), value: object = None,
              why: str | None = None) -> Judgement:
        """Write a judgement into the journal and apply it: ``corpus.judge("grade", "Press TV", value="D", why="...")``.

        ``target``: the names it is about; ``anchors``: the words it is about (see ``anchor``). Raises JudgementError
        where it cannot be saved.
        """
        return self.judge_all([{"kind": kind, "target": target, "anchors": anchors, "value": value, "why": why}])[0]

    def judge_all(self, judgements: Iterable[Mapping[str, object]]) -> list[Judgement]:
        """Write several judgements, all or none, and apply them at once; each has ``Journal.append``'s arguments."""
        made = self.journal.append_all(judgements)
        self.assemble()
        return made

    def undo(self, *judgement_ids: str) -> list[Judgement]:
        """Take judgements back, all or none, by lines of their own in the journal, and return these lines."""
        made = self.journal.undo_all(judgement_ids)
        self.assemble()
        return made

    def review_queue(self) -> pd.DataFrame:
        """Return the decisions to take next, the most urgent first (see ``review_queue``)."""
        from analysis.review_queue import review_queue  # late, as above

        return review_queue(self.casualties, self.incidents, self.ledger, self.journal.in_force())

    def anchor(self, article_id: str, start: int, end: int) -> Anchor:
        """Return the anchor of some words, for a judgement about them."""
        return anchor(self._read[0][article_id], start, end)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES:
            return self.tables[name]
        raise AttributeError(name)

    def text(self, article_id: str) -> str:
        """Return an article's text, into which every span counts."""
        return self._read[0][article_id].text

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


def _save(cache: Cache, unsaved: dict[str, tuple]) -> None:
    """Keep the latest tables of a corpus, if they took long to make and are not kept yet."""
    if unsaved:
        with suppress(OSError):  # a folder that is gone by now
            cache.save(*unsaved.pop("tables"))
