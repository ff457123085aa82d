"""The finished tables of a corpus as Parquet, for as long as nothing that they are made of has changed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from analysis.cache import columns, parquet

_log = logging.getLogger(__name__)


def saved(folder: Path, signature: str, records: Mapping[str, type]) -> dict[str, pa.Table] | None:
    """Return {table: its rows} as saved under the signature; None unless every table is there and whole.

    ``records``: {table: its record}.
    """
    found = {}
    for name, record in records.items():
        found[name] = parquet.whole(_path(folder, signature, name), columns.schema(record))
        if found[name] is None:
            return None
    return found


def save(folder: Path, signature: str, made: Mapping[str, pa.Table]) -> None:
    """Write the tables under the signature, instead of all others. A disk that is full costs the cache, not the run."""
    try:
        for name, table in made.items():
            parquet.write(_path(folder, signature, name), table.schema, [table])
    except OSError as error:
        _log.warning("The tables cannot be kept in %s, the next run makes them again: %s", folder, error)
    for path in folder.glob("table-*.parquet"):
        if not path.name.startswith(f"table-{signature}-"):
            with suppress(OSError):
                path.unlink()


def _path(folder: Path, signature: str, name: str) -> Path:
    return folder / f"table-{signature}-{name}.parquet"
