"""What the readers of documents have in common: how they answer, and which tables they leave out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

UNPACKED = 200_000_000  # bytes of a document once unpacked; books with pictures have a tenth of that
_SHORT_CELL = 40  # characters


class NotRead(ValueError):
    """A document without text to read: ``args`` are what it is, and what to do about it."""


def found(text: str, page: dict | None = None, notes: Iterable[Sequence[str]] = ()) -> dict:
    """Return the answer about a document of one text; ``page``: what it says of itself. Raises NotRead without text."""
    notes = list(notes)
    if not text.strip():
        raise NotRead(*(notes[0] if notes else ("no text", "has no text")))
    return {"articles": [{"fields": {"text": text}, "page": page or {}, "id": None}], "notes": notes}


def parts(path: Path) -> zipfile.ZipFile:
    """Return the parts of a packed document. Raises NotRead where they are too large to be unpacked."""
    packed = zipfile.ZipFile(path)
    if sum(part.file_size for part in packed.infolist()) > UNPACKED:
        raise NotRead("too large", f"unpacks to over {UNPACKED // 1_000_000} MB: save its text as a .txt file")
    return packed


def is_data(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table is one of short cells with figures, and not a page that was laid out in a table."""
    rows = [[cell.strip() for cell in row] for row in rows]
    cells = [cell for row in rows for cell in row if cell]
    return (sum(len(row) > 1 for row in rows) > 1 and median(map(len, cells or ["x" * 99])) < _SHORT_CELL
            and any(cell[0].isdigit() for cell in cells))


def left_out(tables: Sequence[Sequence[Sequence[str]]]) -> list[list[str]]:
    """Return the note about tables that are not read: what a figure in a cell counts stands elsewhere."""
    heads = "; ".join(" | ".join(" ".join(cell.split()) for cell in table[0])[:80] for table in tables)
    count = several(len(tables), "table")
    said = f"holds {count} whose figures are not read ({heads}): look at the file"
    return [["table not read", said]] if tables else []


def several(number: int, noun: str) -> str:
    """Return "1 table", "2 tables"."""
    return f"{number} {noun}{'s' if number != 1 else ''}"
