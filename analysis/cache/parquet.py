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
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if not file.schema_arrow.equals(schema):
                raise pa.ArrowInvalid("it has other columns")
            for number in range(file.num_row_groups):
                yield file.read_row_group(number, names)
    except FileNotFoundError:
        return
    except (OSError, pa.ArrowException) as error:
        _log.warning("%s is damaged and its articles are read again: %s", path, str(error).splitlines()[0])
        with suppress(OSError):
            path.unlink()
