"""One file to its raw articles: text, JSON Lines, CSV, HTML, PDF, Word. A new format is one more in ``READERS``."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import FileIO
from os import PathLike, fstat
from pathlib import Path

from analysis.articles.apart import read_apart
from analysis.articles.decoding import decode, mended
from analysis.articles.delimited import MAX_BYTES, Lines, csv_rows
from analysis.records import Problem

Read = Callable[[Path, str], dict]  # a document and its format to what ``documents`` answers


@dataclass(frozen=True, slots=True)
class Raw:
    """An article as the file gives it: ``article_id`` to use when ``fields`` has none, and unchecked fields.

    ``page``: what a web page says of itself, which the manifest knows better.
    """

    article_id: str
    fields: dict[str, object]
    page: dict[str, object] = field(default_factory=dict)


def read_text(path: PathLike[str], name: str) -> Iterator[Raw | Problem]:
    """Yield the one article of a text file. **Misses:** Markdown is text; its marks stay."""
    with FileIO(path) as file:  # whole, in one read: most files are small, and many
        if fstat(file.fileno()).st_size > MAX_BYTES:
            yield _too_large(name)
            return
        raw = file.read()
    text, guessed = decode(raw)
    yield Raw(name, {"text": text})
    if guessed:
        yield _guessed(name, guessed)


def read_document(path: PathLike[str], name: str, read: Read = read_apart) -> Iterator[Raw | Problem]:
    """Yield the one article of a web page, a PDF or a Word file, or why it has none; ``read`` opens the file."""
    path = Path(path)
    if path.stat().st_size > MAX_BYTES:
        yield Problem(name, "too large", f"{name} is over {MAX_BYTES // 1_000_000} MB: save its text as a .txt file")
        return
    found = read(path, path.suffix.lower())
    if "problem" in found:
        what, detail = found["problem"]
        yield Problem(name, what, f"{name} {detail}")
        return
    yield Raw(name, found["fields"], found["page"])
    yield from (Problem(name, what, f"{name} {detail}") for what, detail in found["notes"])


def read_jsonl(path: PathLike[str], name: str) -> Iterator[Raw | Problem]:
    """Yield the articles of a file with one JSON object a line; a bad line is a problem and costs no other."""
    with Lines(path, MAX_BYTES) as lines:
        if lines.encoding.guessed:
            yield _guessed(name, lines.encoding.guessed)
        while True:
            lines.row, row = 0, f"{name}:{lines.number + 1}"
            try:
                line = next(lines)
                fields = json.loads(text := mended(line)) if line.strip() else None
            except StopIteration:
                return
            except csv.Error:
                yield _too_large(row)
                continue
            except (ValueError, RecursionError) as error:
                yield Problem(row, "bad line", f"{name}, line {lines.number} is not JSON: {error}")
                continue
            if isinstance(fields, dict):
                yield Raw(row, fields)
                if text != line:
                    yield _guessed(row, "windows-1252")
            elif line.strip():
                yield Problem(row, "bad line",
                              f"{name}, line {lines.number} is not a JSON object like {{\"text\": \"...\"}}")


def read_csv(path: PathLike[str], name: str) -> Iterator[Raw | Problem]:
    """Yield the articles of a CSV file with a column ``text``; commas, semicolons or tabs between the cells."""
    header = None
    for number, row, guessed in csv_rows(path):
        if isinstance(row, str):
            yield Problem(f"{name}:{number}", "bad line", f"{name}, line {number}: {row}")
        elif header is None:
            header = row
            if guessed:
                yield _guessed(name, guessed)
            if row and "text" not in row:
                yield Problem(name, "not understood", f"{name} has no column named text")
                return
        else:
            yield Raw(f"{name}:{number}", row)
            if guessed:
                yield _guessed(f"{name}:{number}", guessed)


def _too_large(name: str) -> Problem:
    return Problem(name, "too large", f"{name} is over {MAX_BYTES // 1_000_000} MB: one article cannot be that long")


def _guessed(name: str, encoding: str) -> Problem:
    return Problem(name, "encoding guessed", f"{name} is not UTF-8 and was read as {encoding}: check its accents")


Readers = Mapping[str, Callable[[PathLike[str], str], Iterator[Raw | Problem]]]  # those of each format
READERS: Readers = {
    ".txt": read_text, ".md": read_text, ".jsonl": read_jsonl, ".csv": read_csv,
    ".html": read_document, ".htm": read_document, ".pdf": read_document, ".docx": read_document}


def readers(read: Read) -> Readers:
    """Return ``READERS`` with documents opened by ``read``."""
    return {form: partial(read_document, read=read) if reader is read_document else reader
            for form, reader in READERS.items()}
