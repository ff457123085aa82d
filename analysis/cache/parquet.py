"""Parquet files with check sums: written whole or not at all, and left out, with a word, where they are damaged."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.files import replacing

pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own asks the kernel for pages anew at every file
_DAMAGED = (OSError, ValueError, pa.ArrowException)  # ValueError: column names that are no UTF-8
_log = logging.getLogger(__name__)


def write(path: Path, schema: pa.Schema, tables: Iterable[pa.Table], rows: int | None = None) -> None:
    """Write tables into one file, in groups of ``rows`` rows. Raises OSError where it cannot be written."""
    with (replacing(path) as unfinished,
          pq.ParquetWriter(unfinished, schema, compression="zstd", write_page_checksum=True) as file):
        for table in tables:
            file.write_table(table, rows)


def read(path: Path, schema: pa.Schema, names: list[str] | None = None) -> Iterator[pa.Table]:
    """Yield a file's groups of rows; of a file that has gone nothing, of a damaged or foreign one what comes before.

    A damaged file is said and deleted, since what it held is made again.
    """
    try:
        yield from _groups(path, schema, names)
    except FileNotFoundError:
        return
    except _DAMAGED as error:
        _say_and_delete(path, error)


def whole(path: Path, schema: pa.Schema) -> pa.Table | None:
    """Return all that a file holds; None, and never a part, of one that has gone or is damaged, which is deleted."""
    try:
        return pa.concat_tables([schema.empty_table(), *_groups(path, schema)])
    except FileNotFoundError:
        return None
    except _DAMAGED as error:
        _say_and_delete(path, error)
        return None


def _groups(path: Path, schema: pa.Schema, names: list[str] | None = None) -> Iterator[pa.Table]:
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        if not file.schema_arrow.equals(schema):
            raise pa.ArrowInvalid("it has other columns")
        told = file.metadata  # which has no check sum of its own, as pages have
        if told.num_rows != sum(told.row_group(number).num_rows for number in range(told.num_row_groups)):
            raise pa.ArrowInvalid("it lacks rows")
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, names)


def _say_and_delete(path: Path, error: Exception) -> None:
    _log.warning("%s is damaged and what it held is made again: %s", path, str(error).splitlines()[0])
    with suppress(OSError):
        path.unlink()
