"""PDF files to running text: pages without their running heads, columns one after the other, words in one piece."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
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
_NOTE = re.compile(r"\s*(?:\d{1,3}\b|[*†‡])\W*\w")
_SMALLER = 0.9  # of the letters of the text: those of footnotes
_ROWS = 3  # lines side by side that make columns or a table
_COLUMNS = 4  # side by side, at most
_WIDEST = 500  # characters of a line that is laid out
_LONG_CELL = 18  # characters of the typical line of a column; the cells of tables are shorter


def read_pdf(path: Path) -> dict:
    """Return the text of a PDF, its lines joined to paragraphs where that is likely what they were.

    Footnotes, told by their smaller letters at the foot of a page without columns, come last. **Misses:** the text in
    pictures; tables, which are named as not read.
    """
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotRead("encrypted", "asks for a password: save a copy without one")
        tables: list[list[list[str]]] = []
        notes: list[str] = []
        pages = [plain_letters(_page(page, tables, notes)) for page in reader.pages]
    except pypdf.errors.DependencyError as error:
        raise NotRead("encrypted", "is encrypted: open it and print it into a PDF without a password") from error
    blank = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(blank) == len(pages):
        raise NotRead("no text", "has no text, only pictures: run it through text recognition (OCR), and save that")
    odd = left_out(tables)
    if blank:
        odd.append(["pages without text", f"has no text on page {', '.join(map(str, blank))}: look at the file"])
    pages = list(_without_heads([text for text in pages if text.strip()]))
    if is_export(whole := "\n".join(pages)):
        return found(undivided(whole), None, odd)
    chunks = pages[:1]
    for page in pages[1:]:
        if chunks[-1].rstrip().endswith(ENDS) or not page.lstrip()[:1].islower():
            chunks.append(page)
        else:
            chunks[-1] = f"{chunks[-1].rstrip()}\n{page.lstrip()}"  # a sentence goes on
    chunks += map(plain_letters, notes)
    return found("\n\n".join(unwrapped(undivided(chunk, chunks[:9])) for chunk in chunks), None, odd)


def _page(page, tables: list[list[list[str]]], notes: list[str]) -> str:
    """Return the lines of a page, one column after the other; a table goes to ``tables``, a footnote to ``notes``."""
    sizes: list[tuple[float, str]] = []
    text = page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.append(
        (round(abs(size * (tm[3] or 1) * (cm[3] or 1)), 1), text))) or ""
    if foot := _foot(sizes):
        lines = text.rstrip().split("\n")
        cut = next((n for n in range(len(lines)) if "".join("".join(lines[n:]).split()) == "".join(foot.split())), None)
        if cut:
            notes.append(foot.strip())
            return "\n".join(lines[:cut])
    if text.count("\n") < _ROWS - 1:
        return text
    lines = [line.rstrip()[:_WIDEST] for line in page.extract_text(extraction_mode="layout").split("\n")]
    ordered = _ordered(lines, tables)
    return text if ordered == lines else "\n".join(" ".join(line.split()) for line in ordered if line.strip())


def _foot(sizes: list[tuple[float, str]]) -> str:
    """Return the end of a page where it is written smaller than the rest and begins with a number, as footnotes do."""
    letters = Counter()
    for size, text in sizes:
        letters[size] += len(text.strip())
    body = max(letters, key=letters.get, default=0.0)
    small = list(takewhile(lambda part: part[0] < _SMALLER * body or not part[1].strip(), reversed(sizes)))
    foot = "".join(text for _, text in reversed(small))
    return foot if _NOTE.match(foot) and len(foot) < sum(letters.values()) / 2 else ""


def _ordered(lines: list[str], tables: list[list[list[str]]], depth: int = 0) -> list[str]:
    """Return the lines of a page, or of a column that may be two; ``tables``: where the rows of tables go."""
    gaps = [gap for line in lines for gap in _GAP.finditer(line) if line[:gap.start()].strip()]
    white = Counter(at for gap in gaps for at in range(gap.start() + 1, gap.end()))
    at, count = max(white.items(), key=itemgetter(1), default=(0, 0))  # a strip of white that most lines share
    if count < _ROWS or depth > _COLUMNS:
        return lines
    ordered: list[str] = []
    for parted, group in groupby(lines, lambda line: not line[at - 1:at + 1].strip()):
        block = list(group)
        right = [n for n, line in enumerate(block) if line[at:].strip()]
        sides = [" ".join(side.split()) for line in block if line[:at].strip() and line[at:].strip()
                 for side in (line[:at], line[at:])]
        if not parted or len(sides) < 2 * _ROWS:
            ordered += block
        elif median(map(len, sides)) < _LONG_CELL:
            tables.append([_GAP.split(line.strip()) for line in block[right[0]:right[-1] + 1] if line])
            ordered += [*block[:right[0]], *block[right[-1] + 1:]]
        else:
            end = next((n for n in range(right[-1] + 1, len(block)) if not block[n]), len(block))
            for column in ([line[:at].rstrip() for line in block[:end]], [line[at:] for line in block[:end]]):
                ordered += _ordered(column, tables, depth + 1)
            ordered += block[end:]  # what stands below both
    return ordered


def _without_heads(pages: Sequence[str]) -> Iterator[str]:
    """Yield the pages without their numbers, and without what most of them repeat at the top or the bottom."""
    split = [page.split("\n") for page in pages]
    edges = Counter(key for lines in split for key in {_key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])} if key)
    heads = {key for key, count in edges.items() if count >= max(2, 0.6 * len(pages))} if len(pages) > 1 else set()
    for number, lines in enumerate(split):
        top = range(min(_EDGE, len(lines) // 2))
        edge = {*top, *range(max(len(lines) - _EDGE, 0), len(lines))}
        yield "\n".join(line for n, line in enumerate(lines)
                        if not (n in edge and len(pages) > 1 and ((_key(line) in heads and (number or n not in top))
                                or (n in (0, len(lines) - 1) and _NUMBER.fullmatch(line)))))


def _key(line: str) -> str:
    """Return what a line has in common with the same line of other pages, whatever their numbers."""
    return "" if is_mark(line.strip()) else _DIGITS.sub("0", " ".join(line.split())).lower()
