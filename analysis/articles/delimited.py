"""Files of many rows, CSV and JSON Lines: one encoding for the whole file, and no row longer than an article can be."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from os import PathLike
from pathlib import Path

from analysis.articles.decoding import Undecodable, encoding_of, mended

MAX_BYTES = 20_000_000  # of one article or document; the longest novels have three million
LONGEST_ROW = 4_000_000  # characters of a row of CSV; more is a quotation mark that nobody closed
Row = dict[str, str | None]
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_SURE = re.compile(r"\d{4}-\d\d-\d\d.{0,30}|\d{1,2}[./]\d{1,2}[./]\d{4}|https?://\S+")
_WHY = {"expected after": 'a quotation mark inside a quoted cell has to be doubled ("")',
        "million characters": "a quotation mark opens a cell and is never closed, or only after millions of characters",
        "": "a quotation mark opens a cell and is never closed"}  # by what ``csv`` says of them
_REWINDS = 20  # each reads the file anew


class Lines:
    """The lines of a text file, each with its own line end, as ``csv.reader`` takes them; old Mac ones too.

    ``number``: of the last line that was given; set ``row`` to 0 where a new row begins. Iterating raises csv.Error
    at a row of over ``longest`` characters, and goes on after that line; Undecodable.
    """

    def __init__(self, path: PathLike[str], longest: int):
        self.path, self.longest, self.number, self.row = path, longest, 0, 0
        self.encoding = encoding_of(path)
        self._file = Path(path).open(encoding=self.encoding.name, errors=self.encoding.errors, newline="")  # noqa: SIM115

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        try:
            line = self._file.readline(self.longest + 1)
            self.number, self.row = self.number + 1, self.row + len(line)
            if not line:
                raise StopIteration
            if self.row > self.longest:
                while line and not line.endswith(("\n", "\r")):
                    line = self._file.readline(self.longest)
                raise csv.Error(f"over {self.longest // 1_000_000} million characters without an end")
        except UnicodeDecodeError as error:
            raise Undecodable(f"is no {self.encoding.name} after line {self.number}: save it as UTF-8") from error
        return line

    def rewind(self, number: int) -> None:
        """Go back to after a line."""
        self._file.seek(0)
        self.number = 0
        while self.number < number:
            self.row = 0
            with suppress(csv.Error):
                next(self)


def csv_rows(path: PathLike[str]) -> Iterator[tuple[int, Row | str, str | None]]:
    """Yield (line, {column: cell or None}, guessed encoding) of a CSV file, first its header.

    Instead of rows that cannot be used comes what is wrong with them: after a fault up to the next row that is surely
    one (``_next_certain``), since what lies between may be the inside of a text. Raises Undecodable.
    """
    csv.field_size_limit(MAX_BYTES)
    with Lines(path, LONGEST_ROW) as lines:
        try:
            first = next((line for line in lines if line.strip()), "")
            if separator := _SEPARATOR.fullmatch(first):  # Excel's own line above the header
                first = next(lines, "")
        except csv.Error as error:
            yield 1, {}, None
            yield lines.number, f"the header is {error}", None
            return
        delimiter = separator[1] if separator else max(",;\t|", key=first.count)
        header = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=delimiter), ())]
        yield lines.number, dict.fromkeys(header), lines.encoding.guessed
        for start, cells in _rows(lines, delimiter, len(header)):
            if isinstance(cells, str):
                yield start, cells, None
            elif len(cells) > len(header):
                yield start, (f"{len(cells)} cells where the header has {len(header)}: "
                              f"put a text that contains {delimiter!r} into double quotation marks"), None
            elif any(map(str.strip, cells)):
                row = {column: mended(cell) for column, cell in zip(header, cells, strict=False)}
                odd = "windows-1252" if list(row.values()) != cells[:len(row)] else None
                yield start, {column: cell if cell.strip() else None for column, cell in row.items()}, odd


def _rows(lines: Lines, delimiter: str, width: int) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (its first line, its cells) of each row, or what is wrong and up to which line nothing is read for it."""
    reader, back = csv.reader(lines, delimiter=delimiter, strict=True), _REWINDS
    while True:
        start, lines.row = lines.number + 1, 0
        try:
            yield start, next(reader)
            continue
        except StopIteration:
            return
        except csv.Error as error:
            why = next(why for said, why in _WHY.items() if said in str(error))
            if "never" in why and back:
                back -= 1
                lines.rewind(start)
        found = _next_certain(lines, delimiter, width)
        until = f"line {lines.number - 1}" if found else "the end of the file"
        yield start, f"not read, up to {until}: {why}"
        if not found:
            return
        yield lines.number, found


def _next_certain(lines: Lines, delimiter: str, width: int) -> list[str] | None:
    """Return the next row that stands in one line, has all cells, a date or an address in one, and no fault."""
    while True:
        lines.row = 0
        try:
            cells = next(csv.reader([next(lines)], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        except StopIteration:
            return None
        if len(cells) == width and any(map(_SURE.fullmatch, cells)) and '"' not in "".join(cells):
            return cells
