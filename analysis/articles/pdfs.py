"""PDF files to running text: pages without their running heads, columns one after the other, words in one piece."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from statistics import median

from analysis.articles.answers import NotRead, found, left_out
from analysis.articles.collection import is_export, is_mark
from analysis.articles.wrapping import ENDS, plain_letters, undivided, unwrapped

_GAP = re.compile(r" {3,}")  # between the columns of a page as it is laid out
_EDGE = 3  # lines at the top and at the bottom of a page among which running heads are sought
_NUMBER = re.compile(r"\W*(?:(?:page|p\.|pg\.) ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ROWS = 3  # lines side by side that make columns or a table
_LONG_CELL = 18  # characters of the typical line of a column; the cells of tables are shorter


def read_pdf(path: Path) -> dict:
    """Return the text of a PDF, its lines joined to paragraphs where that is likely what they were.

    **Misses:** the text in pictures; tables, which are named as not read; footnotes, which stand where their page ends.
    """
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotRead("encrypted", "asks for a password: save a copy without one")
        tables: list[list[list[str]]] = []
        pages = [plain_letters(_page(page, tables)) for page in reader.pages]
    except pypdf.errors.DependencyError as error:
        raise NotRead("encrypted", "is encrypted: open it and print it into a PDF without a password") from error
    blank = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(blank) == len(pages):
        raise NotRead("no text", "has no text, only pictures: run it through text recognition (OCR), and save that")
    notes = left_out(tables)
    if blank:
        notes.append(["pages without text", f"has no text on page {', '.join(map(str, blank))}: look at the file"])
    pages = list(_without_heads([text for text in pages if text.strip()]))
    if is_export(whole := "\n".join(pages)):
        return found(undivided(whole), None, notes)
    chunks = pages[:1]
    for page in pages[1:]:
        if chunks[-1].rstrip().endswith(ENDS) or not page.lstrip()[:1].islower():
            chunks.append(page)
        else:
            chunks[-1] += f"\n{page.lstrip()}"  # a sentence goes on
    return found("\n\n".join(unwrapped(undivided(chunk, chunks[:9])) for chunk in chunks), None, notes)


def _page(page, tables: list[list[list[str]]]) -> str:
    """Return the lines of a page, one column after the other; a table goes to ``tables``."""
    text = page.extract_text() or ""
    if text.count("\n") < _ROWS:
        return text
    lines = [line.rstrip() for line in page.extract_text(extraction_mode="layout").split("\n") if line.strip()]
    starts = Counter(gap.end() for line in lines for gap in _GAP.finditer(line) if line[:gap.start()].strip())
    at, count = max(starts.items(), key=itemgetter(1), default=(0, 0))  # where most second columns begin
    if count < _ROWS:
        return text
    ordered: list[str] = []
    for parted, group in groupby(lines, lambda line: not line[at - 2:at].strip() or not line[at:].strip()):
        block = list(group)
        sides = [part.strip() for line in block if line[:at].strip() and line[at:].strip()
                 for part in (line[:at], line[at:])]
        if not parted or len(sides) < 2 * _ROWS:
            ordered += block
        elif median(map(len, sides)) < _LONG_CELL:
            tables.append([_GAP.split(line.strip()) for line in block if line[at:].strip()])
            ordered += [line for line in block if not line[at:].strip()]
        else:
            ordered += [line[:at] for line in block] + [line[at:] for line in block]
    return text if ordered == lines else "\n".join(" ".join(line.split()) for line in ordered if line.strip())


def _without_heads(pages: Sequence[str]) -> Iterator[str]:
    """Yield the pages without their numbers, and without what most of them repeat at the top or the bottom."""
    split = [page.split("\n") for page in pages]
    edges = Counter(key for lines in split for key in {_key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])} if key)
    heads = {key for key, count in edges.items() if count >= max(2, 0.6 * len(pages))} if len(pages) > 1 else set()
    for number, lines in enumerate(split):
        kept = [line for n, line in enumerate(lines)
                if not (n < _EDGE or n >= len(lines) - _EDGE) or (number == 0 and n < _EDGE) or not (
                    _key(line) in heads or (n in (0, len(lines) - 1) and len(pages) > 1 and _NUMBER.fullmatch(line)))]
        yield "\n".join(kept)


def _key(line: str) -> str:
    """Return what a line has in common with the same line of other pages, whatever their numbers."""
    return "" if is_mark(line.strip()) else _DIGITS.sub("0", " ".join(line.split())).lower()
