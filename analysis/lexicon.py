"""The word lists in ``analysis/lexicon/*.csv``, and the user's own rows beside the articles.

A row has its ``source``: a citation that was opened, or ``unchecked``. A line that starts with ``#`` is a comment.
The user's own names go into ``lexicon.csv`` in the folder of articles, in the columns of ``names.csv``; they win
over ours.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.records import MENTION_TYPES

FOLDER = Path(__file__).with_name("lexicon")


class LexiconError(ValueError):
    """A row that cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Name:
    """An actor or a thing that is known by name. ``party`` is the side it belongs to between two ISO dates."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    party_from: str | None = None
    party_to: str | None = None
    country: str | None = None
    source: str = "unchecked"


@cache
def rows(table: str) -> tuple[dict[str, str | None], ...]:
    """Return the rows of ``lexicon/<table>.csv`` as dictionaries; an empty cell is ``None``."""
    return tuple(row for _, row in read(FOLDER / f"{table}.csv"))


def read(path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Yield (line, row) of a lexicon file. Raises LexiconError for a row of too many or few cells, or not in UTF-8."""
    with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as file:
        lines = ((number, line) for number, line in enumerate(file, 1) if line.strip() and not line.startswith("#"))
        header: list[str] = []
        for number, line in lines:
            if any("\udc80" <= mark <= "\udcff" for mark in line):
                raise LexiconError(f"{path}, line {number}: not UTF-8: save the file as UTF-8")
            cells = [cell.strip() for cell in next(csv.reader([line]))]
            if not header:
                header = cells
            elif len(cells) != len(header):
                raise LexiconError(f"{path}, line {number}: {len(cells)} cells where the header has {len(header)}: "
                                   f"put a text that contains a comma into double quotation marks")
            else:
                yield number, {column: cell or None for column, cell in zip(header, cells, strict=True)}


def names(*files: Path) -> tuple[Name, ...]:
    """Return all names, those of ``files`` first. Raises LexiconError for a bad row, with its line."""
    return tuple(_name(path, line, row) for path in (*files, FOLDER / "names.csv") for line, row in read(path))


def _name(path: Path, line: int, row: dict[str, str | None]) -> Name:
    unknown = set(row) - set(Name.__dataclass_fields__)
    if unknown or not row.get("name"):
        raise LexiconError(f"{path}, line {line}: " + (f"no such column: {', '.join(sorted(unknown))}" if unknown
                                                       else "a row needs a name"))
    if row.get("type") not in MENTION_TYPES:
        raise LexiconError(f"{path}, line {line}: the type {row.get('type')!r} is none of {', '.join(MENTION_TYPES)}")
    aliases = tuple(alias.strip() for alias in (row.pop("aliases", None) or "").split("|") if alias.strip())
    return Name(**{**{k: v for k, v in row.items() if v}, "aliases": aliases})
