"""Word, OpenDocument and RTF texts, and tables of articles in Excel files.

What is hidden, struck out or deleted in a text is not read, and figures in tables are left to the eye: which place or
group a cell counts stands in other cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from analysis.articles.answers import NotRead, found, is_data, left_out, parts, several
from analysis.articles.fields import known
from analysis.articles.wrapping import plain_letters

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_READ = (f"{_WORD}del", f"{_WORD}moveFrom", _FALLBACK)  # struck out, moved elsewhere, said again for old programs
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_UNSEEN = ("vanish", "webHidden", "strike", "dstrike")  # of a run's properties
_OFF = ("0", "false", "off", "none")
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _OFFICE, _TABLE = f"{{{_ODF}text:1.0}}", f"{{{_ODF}office:1.0}}", f"{{{_ODF}table:1.0}}"
_ODT_NOT_READ = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}hidden-text",
                 f"{_TEXT}hidden-paragraph", f"{_TEXT}table-of-content")
_RTF_UNSEEN = re.compile(r"\{(?:\\\w+ ?)*\\(?:v|strike|striked1|deleted)(?![\w-])[^{}]*\}")
_CELL = 32_767  # characters; what is longer Excel cuts


def read_docx(path: Path) -> dict:
    """Return the text of a Word file, paragraphs in their order as if all changes were accepted, then its footnotes.

    **Misses:** headers, footers, comments, text in pictures; what only a style hides or strikes out.
    """
    import docx
    from docx.oxml import parse_xml

    with parts(path) as packed:
        names = packed.namelist()
        notes = [parse_xml(packed.read(name)) for name in ("word/footnotes.xml", "word/endnotes.xml") if name in names]
    body = docx.Document(str(path)).element.body
    tables = []
    for table in body.iter(f"{_WORD}tbl"):
        rows = [["".join(node.text or "" for node in cell.iter(f"{_WORD}t")) for cell in row.iter(f"{_WORD}tc")]
                for row in table.iter(f"{_WORD}tr")]
        if next(table.iter(f"{_WORD}tbl"), None) is table and is_data(rows):
            tables.append((table, rows))
    for table, _ in tables:
        if table.getparent() is not None:
            table.getparent().remove(table)
    below = (note for tree in notes for note in tree if note.get(f"{_WORD}type", "normal") == "normal")
    paragraphs = (_paragraph(node) for part in (body, *below) for node in part.iter(f"{_WORD}p")
                  if next(node.iterancestors(*_NOT_READ), None) is None)
    text = plain_letters("\n\n".join(filter(str.strip, paragraphs)))
    return found(text, None, left_out([rows for _, rows in tables]))


def _paragraph(paragraph) -> str:
    """Return the words of a paragraph that are seen, without those of a text box that hangs on it."""
    said = []
    for node in paragraph.iter(f"{_WORD}t", *_BREAKS):
        shown = next(node.iterancestors(f"{_WORD}r"), None)
        marks = [] if shown is None else shown.iterfind(f"{_WORD}rPr/*")
        if (next(node.iterancestors(f"{_WORD}p")) is paragraph
                and next(node.iterancestors(*_NOT_READ), None) is None
                and not any(mark.tag.removeprefix(_WORD) in _UNSEEN and mark.get(f"{_WORD}val") not in _OFF
                            for mark in marks)):
            said.append(_BREAKS.get(node.tag) or node.text or "")
    return "".join(said)


def read_odt(path: Path) -> dict:
    """Return the text of an OpenDocument text, paragraphs and headings in their order, then its footnotes.

    **Misses:** headers, footers, comments, text in pictures.
    """
    from lxml import etree

    with parts(path) as packed:
        tree = etree.fromstring(packed.read("content.xml"), etree.XMLParser(resolve_entities=False, no_network=True))
    unseen = {style.get(f"{{{_ODF}style:1.0}}name") for style in tree.iter(f"{{{_ODF}style:1.0}}style")
              if any((name.endswith(("}text-line-through-style", "}text-line-through-type")) and value not in _OFF)
                     or (name.endswith("}display") and value == "none")
                     for node in style for name, value in node.attrib.items())}
    body, tables = tree.find(f".//{_OFFICE}text"), []
    if body is None:
        raise NotRead("unreadable", "is no .odt text: open it, and save it anew or as .txt")
    for table in list(body.iter(f"{_TABLE}table")):
        rows = [["".join(cell.itertext()) for cell in row.iter(f"{_TABLE}table-cell")]
                for row in table.iter(f"{_TABLE}table-row")]
        if is_data(rows) and table.getparent() is not None:
            tables.append(rows)
            table.getparent().remove(table)
    below = list(body.iter(f"{_TEXT}note-body"))
    texts = ["".join(_odt_words(node, unseen)) for part in (body, *below)
             for node in part.iter(f"{_TEXT}p", f"{_TEXT}h")
             if part is not body or next(node.iterancestors(*_ODT_NOT_READ), None) is None]
    return found(plain_letters("\n\n".join(filter(str.strip, texts))), None, left_out(tables))


def _odt_words(node, unseen: set) -> Iterator[str]:
    """Yield what is seen of a paragraph: a run of spaces, a tab and a line break are elements of their own."""
    yield node.text or ""
    for child in node:
        kind = child.tag
        if kind == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1")), 100)
        elif kind in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield "\t" if kind.endswith("tab") else "\n"
        elif kind not in _ODT_NOT_READ and child.get(f"{_TEXT}style-name") not in unseen and isinstance(kind, str):
            yield from _odt_words(child, unseen)
        yield child.tail or ""


def read_rtf(path: Path) -> dict:
    """Return the text of an RTF file. **Misses:** footnotes, which are named; hidden runs with more inside."""
    from striprtf.striprtf import rtf_to_text

    raw = path.read_bytes().decode("cp1252", "replace")
    if not raw.lstrip().startswith("{\\rtf"):
        raise NotRead("unreadable", "is no RTF file: open it, and save it anew or as .txt")
    lines = plain_letters(rtf_to_text(_RTF_UNSEEN.sub("", raw), errors="replace")).split("\n")
    rows = [[cell for cell in line.split("|") if cell.strip()] if line.endswith("|") else [] for line in lines]
    data = is_data(list(filter(None, rows))) and not any(row[:1] == ["HD"] for row in rows)  # that is Factiva's
    text = "\n".join(line for line, row in zip(lines, rows, strict=True) if not (data and row)).strip()
    notes = left_out([list(filter(None, rows))] if data else [])
    if count := len(re.findall(r"\\footnote\b", raw)):
        notes.append(["footnotes not read", f"has {several(count, 'footnote')}, not read: save it as .docx"])
    return found(text, None, notes)


def read_xlsx(path: Path) -> dict:
    """Return the articles of an Excel file: a row each, below a row of names on each sheet that is shown.

    **Misses:** what formulas give that Excel has not stored; rich text is plain.
    """
    import openpyxl

    parts(path).close()
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    articles, notes, columns = [], [], []
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown:
        sheet.reset_dimensions()  # what a file says of its size may be a million empty rows
        rows = ((number, [_cell(value) for value in row]) for number, row in
                enumerate(sheet.iter_rows(values_only=True), 1))
        header = next((row for _, row in rows if any(row)), [])
        if "text" not in known(dict.fromkeys(filter(None, header), "")):
            columns += filter(None, header)
            continue
        for number, row in rows:
            if any(row):
                name = str(number) if len(shown) == 1 else f"{sheet.title}:{number}"
                fields = {column: value for column, value in zip(header, row, strict=False) if column}
                articles.append({"fields": known(fields), "page": {}, "id": name})
                if any(len(value) >= _CELL for value in fields.values()):
                    notes.append(["cut off", f"has a cell in row {name} that is full: what is longer Excel has cut"])
    if not articles:
        raise NotRead("not understood", f"has no column named text, content, body or article: its columns are "
                                        f"{', '.join(columns[:12]) or 'empty'}: rename the one that holds the articles")
    return {"articles": articles, "notes": notes}


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return "" if value is None else str(value).replace("_x000D_", "").strip()
