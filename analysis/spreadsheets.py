"""Tables for spreadsheet programs: one workbook with a sheet a table, or CSV that no such program acts on.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet program, and an article may hold one.
In a workbook texts are marked as text; in CSV they get a leading apostrophe, also where white space or what nobody sees
comes first. Characters that a cell cannot hold become U+FFFD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from analysis.exports import LINE_END, records
from analysis.files import replacing

CELL = 32_767  # characters of a cell, the limit of the xlsx format
ROWS = 1_048_576  # of a sheet, likewise
CUT = " [cut here: a cell holds no more]"
_WIDEST, _LOOKED_AT = 60, 200  # characters of a column; rows whose texts say how wide it is
_WRAPPED, _TOP = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
_UNSEEN = r"[\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*"
_FORMULA = re.compile(rf"{_UNSEEN}[=+\-@＝＋－＠]|[\t\r\n]")
_NO_CELL = re.compile(rf"{ILLEGAL_CHARACTERS_RE.pattern}|[\ud800-\udfff\ufffe\uffff]")  # XML has no such characters


def to_excel(tables: Mapping[str, pd.DataFrame], path: Path) -> Path:
    """Write one sheet a table into an xlsx file and return its path; lists are JSON, what is not known is empty.

    The first row stays in sight and has filters; columns are as wide as their words; a long first one is wrapped.

    A text longer than a cell is cut and says so. Raises ValueError for a table with more rows than a sheet has: then
    nothing is written.
    """
    for name, frame in tables.items():
        if len(frame) >= ROWS:
            raise ValueError(f"{name} has {len(frame):,} rows, more than a sheet of a spreadsheet: write CSV instead")
    book = Workbook(write_only=True)
    for name, frame in tables.items():
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(frame.columns), 1))}{len(frame) + 1}"
        rows, long = records(frame), set()
        for number, column in enumerate(frame, 1):
            widest = max((len(str(_plain(row[column]))) for row in rows[:_LOOKED_AT]), default=0)
            sheet.column_dimensions[get_column_letter(number)].width = min(max(widest, len(column) + 3) + 2, _WIDEST)
            long |= {column} if widest > _WIDEST else set()
        sheet.append([_cell(sheet, column, bold=True) for column in frame])
        for row in rows:
            sheet.append([_cell(sheet, value, wrapped=column == next(iter(row)) and column in long)
                          for column, value in row.items()])
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as unfinished:
        book.save(unfinished)
    return path


def to_harmless_csv(frame: pd.DataFrame, path: Path) -> Path:
    """Write CSV for a spreadsheet program and return its path: UTF-8 with a mark, texts that look like formulas quoted.

    For other programs write ``exports.to_csv``, which changes no text.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    changed = [{column: harmless(_plain(value)) for column, value in row.items()} for row in records(frame)]
    with replacing(path) as unfinished:
        pd.DataFrame(changed, columns=list(frame), dtype=object).to_csv(
            unfinished, index=False, lineterminator=LINE_END, encoding="utf-8-sig")
    return path


def harmless(value: object) -> object:
    """Return a text that a spreadsheet program shows and does not compute; anything else as it is.

    >>> harmless("=1+1"), harmless("-5"), harmless("five"), harmless(-5)
    ("'=1+1", "'-5", 'five', -5)
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _plain(value: object) -> object:
    """Return a list as its JSON, and a text without what no cell can hold."""
    value = json.dumps(value, ensure_ascii=False) if isinstance(value, (tuple, list)) else value
    return _NO_CELL.sub("\ufffd", value) if isinstance(value, str) else value


def _cell(sheet: object, value: object, bold: bool = False, wrapped: bool = False) -> WriteOnlyCell:
    value = _plain(value)
    if isinstance(value, str):
        value = value if len(value) <= CELL else value[:CELL - len(CUT)] + CUT
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl makes a formula of "=..."
        cell.quotePrefix = bool(_FORMULA.match(value))  # and so does the program, once somebody edits the cell
    cell.alignment = _WRAPPED if wrapped else _TOP
    if bold:
        cell.font = Font(bold=True)
    return cell
