"""The formats of articles. A new one is a function in one file and a line in ``READERS``.

A function of this file yields ``Raw`` articles and problems of a path and a name. One that is named as a string,
"module:function" of this folder, is given a path in a process of its own (``apart``), and answers as
``answers.found``.
"""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import FileIO
from os import PathLike, fstat
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.articles.collection import pieces
from analysis.articles.decoding import Undecodable, decode, mended
from analysis.articles.delimited import MAX_BYTES, Lines, csv_rows
from analysis.articles.fields import known
from analysis.records import Problem

UNPACKED = 500_000_000  # bytes of what a .gz file holds
Read = Callable[[Path, str], dict]  # a document and its format to what ``documents`` answers
_OTHERS = {b"%PDF-": ".pdf", b"{\\rtf": ".rtf", b"PK\x03\x04": "a packed format such as .docx, .xlsx or .zip",
           b"\x1f\x8b": ".gz", b"\xd0\xcf\x11\xe0": "an old Office format: save it anew, as .docx or .xlsx",
           b"<!DOCTYPE html": ".html", b"<!doctype html": ".html", b"<html": ".html"}


@dataclass(frozen=True, slots=True)
class Raw:
    """An article as the file gives it: ``article_id`` to use when ``fields`` has none, and unchecked fields.

    ``page``: what a document says of itself, which the manifest knows better.
    """

    article_id: str
    fields: dict[str, object]
    page: dict[str, object] = field(default_factory=dict)


def read_text(path: PathLike[str], name: str) -> Iterator[Raw | Problem]:
    """Yield the one article of a text file, or those of an export. **Misses:** Markdown is text; its marks stay."""
    with FileIO(path) as file:  # whole, in one read: most files are small, and many
        if fstat(file.fileno()).st_size > MAX_BYTES:
            yield _too_large(name)
            return
        raw = file.read()
    if other := next((form for mark, form in _OTHERS.items() if raw.startswith(mark)), None):
        yield Problem(name, "unreadable", f"{name} is no text but {other}: give it its right name")
        return
    text, guessed = decode(raw)
    yield from _articles(name, {"articles": [{"fields": {"text": text}, "page": {}, "id": None}], "notes": ()})
    if guessed:
        yield _guessed(name, guessed)


def read_document(path: PathLike[str], name: str, form: str, read: Read) -> Iterator[Raw | Problem]:
    """Yield the articles of a document, or why it has none; ``read`` opens the file."""
    path = Path(path)
    if path.stat().st_size > MAX_BYTES:
        yield Problem(name, "too large", f"{name} is over {MAX_BYTES // 1_000_000} MB: save its text as a .txt file, "
                                         f"or many articles as .jsonl")
        return
    found = read(path, form)
    if "problem" in found:
        what, detail = found["problem"]
        yield Problem(name, what, f"{name} {detail}")
    else:
        yield from _articles(name, found)


def _articles(name: str, found: dict) -> Iterator[Raw | Problem]:
    """Yield the articles of an answer; a lone text may be an export of many."""
    for article in found["articles"]:
        text = article["fields"].get("text")
        split = pieces(text) if article["id"] is None and isinstance(text, str) else None
        if split is None:
            at = name if article["id"] is None else f"{name}:{article['id']}"
            yield Raw(at, article["fields"], article["page"])
            continue
        for number, piece in enumerate(split[0], 1):
            at = name if len(split[0]) == 1 else f"{name}:{number}"
            alone = {"text": piece.fields.get("text")}  # of which the manifest knows better
            yield Raw(at, alone if at == name else piece.fields, {**article["page"], **piece.fields})
            yield from (Problem(at, what, f"{at} {detail}") for what, detail in piece.notes)
        yield from (Problem(name, what, f"{name} {detail}") for what, detail in split[1])
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
            except Undecodable:  # no other line can be had
                raise
            except csv.Error:
                yield _too_large(row)
                continue
            except (ValueError, RecursionError) as error:
                yield Problem(row, "bad line", f"{name}, line {lines.number} is not JSON: {error}")
                continue
            if isinstance(fields, dict):
                yield Raw(row, known(fields))
                if text != line:
                    yield _guessed(row, "windows-1252")
            elif line.strip():
                yield Problem(row, "bad line",
                              f"{name}, line {lines.number} is not a JSON object like {{\"text\": \"...\"}}")


def read_csv(path: PathLike[str], name: str) -> Iterator[Raw | Problem]:
    """Yield the articles of a CSV file, a row each; commas, semicolons or tabs between the cells."""
    header = None
    for number, row, guessed in csv_rows(path):
        if isinstance(row, str):
            yield Problem(f"{name}:{number}", "bad line", f"{name}, line {number}: {row}")
        elif header is None:
            header = row
            if guessed:
                yield _guessed(name, guessed)
            if row and "text" not in known(dict.fromkeys(row, "")):
                yield Problem(name, "not understood", f"{name} has no column named text, content, body or article: "
                                                      f"its columns are {', '.join(row)[:200]}: rename the one that "
                                                      f"holds the articles")
                return
        else:
            yield Raw(f"{name}:{number}", {"text": None, **known(row)})
            if guessed:
                yield _guessed(f"{name}:{number}", guessed)


def read_gz(path: PathLike[str], name: str, read: Read) -> Iterator[Raw | Problem]:
    """Yield the articles of a packed file, as of the file in it."""
    inner = Path(name).with_suffix("").suffix.lower()
    if inner not in READERS or inner == ".gz":
        yield Problem(name, "not understood", f"{name}: unpack it. In .gz files {', '.join(READERS)[:-5]} are read")
        return
    with TemporaryDirectory() as folder:
        unpacked, size = Path(folder) / f"unpacked{inner}", 0
        try:
            with gzip.open(path) as packed, unpacked.open("wb") as file:
                while chunk := packed.read(1 << 20):
                    if (size := size + len(chunk)) > UNPACKED:
                        yield Problem(name, "too large", f"{name} unpacks to over {UNPACKED // 1_000_000} MB: unpack "
                                                         f"and divide it")
                        return
                    file.write(chunk)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield Problem(name, "unreadable", f"{name} is broken or no .gz file ({error}): unpack it, or fetch it anew")
            return
        yield from articles_of(unpacked, name, inner, read)


READERS: dict[str, Callable[[PathLike[str], str], Iterator[Raw | Problem]] | str | None] = {
    ".txt": read_text, ".md": read_text, ".jsonl": read_jsonl, ".ndjson": read_jsonl, ".csv": read_csv,
    ".tsv": read_csv,
    ".html": "webpages:read_html", ".htm": "webpages:read_html", ".mhtml": "mail:read_mhtml", ".mht": "mail:read_mhtml",
    ".pdf": "pdfs:read_pdf", ".docx": "office:read_docx", ".odt": "office:read_odt", ".rtf": "office:read_rtf",
    ".xlsx": "office:read_xlsx", ".eml": "mail:read_eml", ".json": "feeds:read_json", ".xml": "feeds:read_feed",
    ".rss": "feeds:read_feed", ".atom": "feeds:read_feed", ".gz": None}
HINTS = {".doc": "open it and save it as .docx", ".xls": "open it and save it as .xlsx", ".zip": "unpack it",
         ".pages": "export it as .docx", ".epub": "save its text as .txt", ".msg": "save it as .eml",
         ".warc": "save its pages as .html", ".ods": "save it as .xlsx", ".parquet": "save it as .jsonl"}


def articles_of(path: PathLike[str], name: str, form: str, read: Read) -> Iterator[Raw | Problem]:
    """Yield the articles of a file of a format; documents are opened by ``read``."""
    reader = READERS.get(form, "")
    if reader == "":
        advice = f"{HINTS[form]}. Articles" if form in HINTS else "articles"
        yield Problem(name, "not understood", f"{name}: {advice} are read from {', '.join(READERS)} files")
    elif reader is None:
        yield from read_gz(path, name, read)
    elif isinstance(reader, str):
        yield from read_document(path, name, form, read)
    else:
        yield from reader(path, name)


def _too_large(name: str) -> Problem:
    return Problem(name, "too large", f"{name} is over {MAX_BYTES // 1_000_000} MB: one article cannot be that long")


def _guessed(name: str, encoding: str) -> Problem:
    return Problem(name, "encoding guessed", f"{name} is not UTF-8 and was read as {encoding}: check its accents")
