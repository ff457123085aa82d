"""One file to its raw articles: text, JSON Lines, CSV, HTML, PDF, Word. A new format is one more in ``READERS``."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import FileIO
from itertools import count
from os import PathLike, fstat
from pathlib import Path

from analysis.articles.apart import read_apart
from analysis.articles.decoding import Undecodable, decode
from analysis.records import Problem

MAX_BYTES = 20_000_000  # of one article or document; the longest novels have three million
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
    for number, line in _lines(path):
        row = f"{name}:{number}"
        if len(line) > MAX_BYTES:
            yield _too_large(row)
        elif line.strip():
            try:
                text, guessed = decode(line)
                fields = json.loads(text)
            except (ValueError, RecursionError) as error:
                yield Problem(row, "bad line", f"{name}, line {number} is not JSON: {error}")
                continue
            if not isinstance(fields, dict):
                yield Problem(row, "bad line", f"{name}, line {number} is not a JSON object like {{\"text\": \"...\"}}")
                continue
            yield Raw(row, fields)
            if guessed:
                yield _guessed(row, guessed)


def read_csv(path: PathLike[str], name: str) -> Iterator[Raw | Problem]:
    """Yield the articles of a CSV file with a column ``text``; commas, semicolons or tabs between the cells."""
    for number, row, guessed in csv_rows(path):
        if isinstance(row, str):
            yield Problem(f"{name}:{number}", "bad line", f"{name}, line {number}: {row}")
        elif number == 1 and "text" not in row:
            yield Problem(name, "not understood", f"{name} has no column named text")
            return
        elif number > 1:
            yield Raw(f"{name}:{number}", row)
            if guessed:
                yield _guessed(f"{name}:{number}", guessed)


def csv_rows(path: PathLike[str]) -> Iterator[tuple[int, dict[str, str | None] | str, str | None]]:
    """Yield (line, {column: cell or None}, guessed encoding) of a CSV file, first its header.

    Instead of a row that cannot be used comes what is wrong with it. Cells are decoded one by one, so that a bad byte
    in one of them does not change how the others are read.
    """
    csv.field_size_limit(MAX_BYTES)
    lines = _short_lines(path)
    first = next(lines, "").removeprefix(codecs.BOM_UTF8.decode("latin-1"))
    delimiter = max(",;\t", key=first.count)
    header = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=delimiter), ())]
    yield 1, dict.fromkeys(header), None
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        number = reader.line_num + 2  # the header is line 1
        try:
            cells = next(reader, None)
            if cells is None:
                return
            if len(cells) > len(header):
                yield number, (f"{len(cells)} cells where the header has {len(header)}: "
                               f"put a text that contains {delimiter!r} into double quotation marks"), None
            elif any(map(str.strip, cells)):
                row = {column: _decoded(cell) for column, cell in zip(header, cells, strict=False)}
                yield (number, {column: text if text.strip() else None for column, (text, _) in row.items()},
                       next((guessed for _, guessed in row.values() if guessed), None))
        except (csv.Error, Undecodable) as error:
            yield number, str(error), None


def _decoded(cell: str) -> tuple[str, str | None]:
    """Return what ``decode`` does of a cell that was read as Latin-1."""
    return (cell, None) if cell.isascii() and "\0" not in cell else decode(cell.encode("latin-1"))


def _short_lines(path: PathLike[str]) -> Iterator[str]:
    """Yield the lines as Latin-1, which keeps every byte. Raises csv.Error at a line that is too long to be a row."""
    for number, line in _lines(path):
        if len(line) > MAX_BYTES:
            raise csv.Error(f"line {number} is over {MAX_BYTES // 1_000_000} MB: the rest of the file is not read")
        yield line.decode("latin-1")


def _lines(path: PathLike[str]) -> Iterator[tuple[int, bytes]]:
    """Yield (number, line) in the file's bytes, UTF-16 and UTF-32 as UTF-8. Of a huge line only the beginning."""
    with Path(path).open("rb") as file:
        mark = file.read(4)
        file.seek(0)
        if mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
            yield from enumerate(decode(file.read())[0].encode("utf-8").splitlines(keepends=True), 1)
            return
        for number in count(1):
            line = file.readline(MAX_BYTES + 1)
            if not line:
                return
            yield number, line
            while len(line) > MAX_BYTES and not line.endswith(b"\n"):
                line = file.readline(MAX_BYTES + 1)


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
