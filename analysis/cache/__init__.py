"""What was extracted before, kept on the disk: only new and changed articles are read again.

An extract is found by the content of its article and by the rules, the model and the user's names that it depends on
(``keys``); it is kept in Parquet files of plain types (``segments``), and so are finished tables that took long to
make (``tables``). What was read of web pages, PDFs, Office files and other documents lies beside them (``documents``).
The cache may be deleted at any time: all it costs is time.
"""

from __future__ import annotations

import dataclasses
import logging
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pyarrow as pa
from filelock import FileLock, Timeout

from analysis import lexicon
from analysis.cache import columns, keys, tables
from analysis.cache.progress import bar
from analysis.cache.segments import Segments
from analysis.files import CACHE
from analysis.records import Article, Span

PATIENCE = 50  # articles that are read without showing a bar
_ALL_BUT_TEXT = attrgetter(*(field.name for field in dataclasses.fields(Article) if field.name != "text"))
_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from analysis.extraction import Extract

    Make = Callable[[Iterable[Article]], Iterator[Extract]]


class Cache:
    """The cache of some articles in a folder (see ``place``)."""

    def __init__(self, folder: Path, articles: Sequence[Article]):
        self.folder = folder
        self.segments = Segments(folder)
        self.articles = articles
        self._own = repr(lexicon.own())
        key = keys.keys()
        self.key = {article.article_id: key(article) for article in articles}

    def rows(self, make: Make, progress: bool = True) -> pa.Table:
        """Return the extract of each article, in order (see ``segments``): found, else made and kept.

        ``make`` extracts in order. Stopped in the middle, as by Ctrl-C, it keeps what was made, says so, and the next
        call goes on from there. Killed, it can say nothing, and the next call does.
        """
        wanted = self._by_key(self.articles)
        found = self.segments.known(wanted)
        held = set(found.column("key").to_pylist())
        missing = [same[0] for key, same in wanted.items() if key not in held]
        with self._marked(len(held)):
            if missing:
                self._read(missing, make, progress)
        self.segments.tidy(wanted)
        found = pa.concat_tables([found, *self.segments.added])
        row = {key: number for number, key in enumerate(found.column("key").to_pylist())}
        return columns.pick(found, [row[self.key[article.article_id]] for article in self.articles])

    def _read(self, missing: Sequence[Article], make: Make, progress: bool) -> None:
        """Extract articles and keep what is found."""
        made = make(missing)
        shown = bar(made, "reading", " articles", len(missing), shown=progress and len(missing) >= PATIENCE)
        n_read = len(self.articles) - len(missing)
        try:
            for one in shown:
                self.segments.add(self.key[one.article.article_id], one)
                n_read += 1
        except BaseException as error:
            _log.warning("Stopped by %s with %s of %s articles read. They are kept: the next call goes on from there.",
                         type(error).__name__, f"{n_read:,}", f"{len(self.articles):,}")
            raise
        finally:
            shown.close()
            made.close()
            self.segments.flush()

    @contextmanager
    def _marked(self, n_found: int) -> Iterator[None]:
        """Leave a mark while articles are read, and say it where an earlier reading left its own: it was killed.

        Of several programs that read at once one leaves a mark.
        """
        mark, lock = self.folder / "reading", FileLock(self.folder / "reading.lock", timeout=0)
        with ExitStack() as stack:
            with suppress(Timeout, OSError):
                stack.enter_context(lock)
                if mark.exists():
                    _log.warning("An earlier reading was ended from outside. %s of %s articles had been kept; the "
                                 "others are read now.", f"{n_found:,}", f"{len(self.articles):,}")
                stack.callback(mark.unlink, missing_ok=True)
                mark.touch()
            yield

    def sentences(self) -> dict[str, list[Span]]:
        """Return {article_id: the spans of its sentences} of the articles that are found."""
        return self.segments.sentences(self._by_key(self.articles))

    def saved(self, records: Mapping[str, type], *others: Iterable[object]) -> dict[str, pa.Table] | None:
        """Return the finished tables, {table: its record} being ``records``, or None unless all are found.

        ``others``: the problems and judgements that they depend on beside the articles.
        """
        return tables.saved(self.folder, self._signature(*others), records)

    def save(self, made: Mapping[str, pa.Table], *others: Iterable[object]) -> None:
        """Keep finished tables, to be found as ``saved``."""
        tables.save(self.folder, self._signature(*others), made)

    def _signature(self, *others: Iterable[object]) -> str:
        """Return what stands for all that finished tables are made of; a text's check sum is among it."""
        return keys.digest(keys.code_version(), keys.model_version(), self._own,
                           list(map(_ALL_BUT_TEXT, self.articles)), *(list(map(repr, rows)) for rows in others))

    def _by_key(self, articles: Iterable[Article]) -> dict[str, list[Article]]:
        wanted: Mapping[str, list[Article]] = defaultdict(list)
        for article in articles:
            wanted[self.key[article.article_id]].append(article)
        return dict(wanted)


def place(inputs: Sequence[Path]) -> Path:
    """Return the folder of the cache of some files and folders, made where it is not there yet.

    It lies beside the first of them, in the user's own cache where that cannot be written, or where WORKBOOK_CACHE
    says.
    """
    first = inputs[0].absolute()
    beside = first if first.is_dir() else first.parent
    named = keys.digest(*(os.path.relpath(path.absolute(), beside) for path in inputs))  # holds when the folder moves
    own = keys.digest(str(beside))
    places = [beside / CACHE, Path(platformdirs.user_cache_dir("conflict-workbook", appauthor=False)) / own]
    if chosen := os.environ.get("WORKBOOK_CACHE"):
        places = [Path(chosen) / own]
    for number, folder in enumerate(places):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / named).mkdir(exist_ok=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            _say_once(f"What is read cannot be kept in {folder}: {error.strerror}.")
        else:
            if number:
                _say_once(f"What is read is kept in {folder}.")
            return folder / named
    return Path(tempfile.mkdtemp(prefix="conflict-workbook-"))


@cache
def _say_once(words: str) -> None:
    _log.warning(words)
