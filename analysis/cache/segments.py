"""The extracts of articles in Parquet files of some hundred articles each, found again by their keys.

A file is written whole or not at all and never changed afterwards, so any number of programs may read and add at once;
only tidying up needs a lock. What cannot be read, or is none of ours, is said and extracted anew.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from filelock import FileLock, Timeout

from analysis.cache import columns, keys, parquet
from analysis.records import Article, Attribution, Casualty, Mention, Problem, Span

FULL = 512  # articles of a new file: so many are lost at most when a run is killed
MANY = 16  # files, from which on they become one
RECORDS = {"mentions": Mention, "attributions": Attribution, "casualties": Casualty, "problems": Problem}
SCHEMA = pa.schema([("key", pa.string()), *((name, columns.nested_type(record)) for name, record in RECORDS.items()),
                    ("sentences", pa.list_(pa.list_(pa.int64())))])
if TYPE_CHECKING:
    from analysis.extraction import Extract

_FORM = f"rows-{keys.digest(str(SCHEMA))[:8]}"  # files of another form are an older version's
_log = logging.getLogger(__name__)


class Segments:
    """The extracts in the files ``rows-*.parquet`` of one folder, which must exist; ``added``: since it was opened."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.added: list[pa.Table] = []
        self._new: dict[str, Extract] = {}

    def known(self, wanted: Collection[str]) -> pa.Table:
        """Return what is found of the keys in ``wanted``, one row each."""
        return pa.concat_tables([SCHEMA.empty_table(), *_living(self._tables(), wanted)])

    def sentences(self, wanted: Mapping[str, Sequence[Article]]) -> dict[str, list[Span]]:
        """Return {article_id: the spans of its sentences} of what is found; ``wanted``: {key: the articles with it}."""
        return {article.article_id: list(spans) for table in self._tables(["key", "sentences"])
                for key, spans in zip(table.column("key").to_pylist(), columns.values(table.column("sentences")),
                                      strict=True)
                for article in wanted.get(key, ())}

    def add(self, key: str, extract: Extract) -> None:
        """Keep an extract; it is on the disk once enough have come together, or after ``flush``."""
        self._new[key] = extract
        if len(self._new) >= FULL:
            self.flush()

    def flush(self) -> None:
        """Write what was added. A disk that is full costs the cache, not the run."""
        if self._new:
            self.added.append(to_table(self._new))
            self._write(self.added[-1:], self._new)
            self._new = {}

    def tidy(self, live: Collection[str]) -> None:
        """Make one file of many, in the order of ``live`` and without other keys; not while another program does."""
        with suppress(Timeout, OSError), FileLock(self.folder / "tidy.lock", timeout=0):
            files = self._files()
            held = [key for file in files for key in _keys(file)]
            n_live = len(set(held) & set(live))
            older = set(self.folder.glob("rows-*.parquet")) - set(files)
            if len(files) > MANY or len(held) >= 2 * n_live > 0:
                read = (table for file in files for table in parquet.read(file, SCHEMA))
                found = pa.concat_tables([SCHEMA.empty_table(), *_living(read, live)])
                row = {key: number for number, key in enumerate(found.column("key").to_pylist())}
                if self._write([columns.pick(found, [row[key] for key in live if key in row])], row):
                    older |= set(files) - {self._name(row)}
            for file in older:
                file.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"{_FORM}-*.parquet"))

    def _name(self, contents: Iterable[str]) -> Path:
        return self.folder / f"{_FORM}-{keys.digest(*sorted(contents))}.parquet"

    def _tables(self, names: list[str] | None = None) -> Iterator[pa.Table]:
        """Yield all that the files hold; when another program tidies up meanwhile, the new file for those it read."""
        seen: set[Path] = set()
        while files := [file for file in self._files() if file not in seen]:
            for file in files:
                seen.add(file)
                yield from parquet.read(file, SCHEMA, names)

    def _write(self, tables: Iterable[pa.Table], contents: Iterable[str]) -> bool:
        """Write tables as one file named after its contents, and return whether that went well."""
        try:
            parquet.write(self._name(contents), SCHEMA, tables, FULL)
        except OSError as error:
            _log.warning("The cache in %s cannot be written, the next run does this work again: %s", self.folder, error)
            return False
        return True


def to_table(extracts: Mapping[str, Extract]) -> pa.Table:
    """Return {key: extract} as a table, one row each."""
    rows = extracts.values()
    arrays = [columns.nested([getattr(row, name) for row in rows], record) for name, record in RECORDS.items()]
    sentences = pa.array([row.sentences for row in rows], SCHEMA.field("sentences").type)
    return pa.table([pa.array(list(extracts), pa.string()), *arrays, sentences], schema=SCHEMA)


def from_table(table: pa.Table, articles: Sequence[Article]) -> Iterator[Extract]:
    """Yield the extracts that the rows of a table are, one for each of ``articles``."""
    from analysis.extraction import Extract  # late: finished tables are found without spaCy, which takes a second

    ids = [article.article_id for article in articles]
    parts = [columns.unnested(table.column(name).combine_chunks(), ids, record) for name, record in RECORDS.items()]
    sentences = map(list, columns.values(table.column("sentences")))
    return map(Extract, articles, *parts, sentences)


def _keys(file: Path) -> list[str]:
    return [key for table in parquet.read(file, SCHEMA, ["key"]) for key in table.column("key").to_pylist()]


def _living(tables: Iterable[pa.Table], live: Collection[str]) -> Iterator[pa.Table]:
    """Yield what the tables hold of the keys in ``live``, each once."""
    waiting = set(live)
    for table in tables:
        keys_ = table.column("key").to_pylist()
        found = [row for row, key in enumerate(keys_) if key in waiting]
        waiting -= set(keys_)
        yield columns.pick(table, found)
