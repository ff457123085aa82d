"""Tables to files: Parquet, CSV and JSON Lines. The same tables give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from analysis.files import results

LINE_END = "\r\n"  # RFC 4180's; with another one a lone "\r" in a text is not quoted, and what follows begins a row


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path, form: str = "parquet") -> list[Path]:
    """Write one file a table into ``folder`` and return their paths; ``form`` is parquet, csv or jsonl.

    Lists are JSON in CSV, integers stay integers, and what is not known is empty (CSV) or null. All files are written
    beside their places before the first is moved there: on a full disk what was there stays, and tables of two runs do
    not mix. Raises OSError where they cannot be written, FileExistsError where one would take the place of a file that
    is not as the workbook wrote it.
    """
    names = file_names(tables, form)
    with results(folder, names) as paths:
        for path, frame in zip(paths, tables.values(), strict=True):
            WRITERS[form](frame, path)
    return [folder / name for name in names]


def file_names(tables: Iterable[str], form: str) -> list[str]:
    """Return the names of the tables' files."""
    return [f"{name}.{form}" for name in tables]


def to_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write UTF-8 CSV; a list becomes its JSON."""
    lists = {column: frame[column].map(_json) for column in frame if frame[column].dtype == object}
    frame.assign(**lists).to_csv(path, index=False, lineterminator=LINE_END, errors="backslashreplace")


def to_jsonl(frame: pd.DataFrame, path: Path) -> None:
    """Write one JSON object a row; what is not known is null."""
    # A lone surrogate has no UTF-8; backslashreplace writes it as "\\ud800", which is its JSON escape.
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(_json(row) + "\n" for row in records(frame))


def to_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write zstd-compressed Parquet."""
    frame.to_parquet(path, index=False, compression="zstd")


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows as dictionaries of plain Python values, with None for what is not known."""
    columns = {name: [None if _is_missing(value) else value for value in frame[name].tolist()] for name in frame}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value != value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {"parquet": to_parquet, "csv": to_csv, "jsonl": to_jsonl}
