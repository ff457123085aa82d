"""Article text and tables as HTML. Everything that comes from an article goes through ``markup.escape``.

Spans of several layers may nest, overlap and cross: the text is split at every boundary, and each piece carries the
marks of all layers that cover it. The marks differ in shape as well as in colour.
"""

from __future__ import annotations

import base64
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML
from matplotlib.axes import Axes

from analysis.markup import escape
from analysis.records import MENTION_TYPES

NOT_KNOWN = "not known"
ROWS = 50  # rows of a table that travel to the browser
LONG = 50  # characters of a cell that no narrow column should hold: its row would fill the page
UNDER = ("sentence", "what", "why", "why this best", "why they are one", "in words", "first mention", "last mention",
         "claims about casualties", "backed by", "contradicted by", "passed on by", "article", "claim", "why this role",
         "rests on", "why this doubt", "may be the same event as", "its role", "its doubt",
         "its parts")  # see under_rows
SHORT_COLUMNS = 4  # beside so many columns a long text still has room

_LONG_WORD = re.compile(r"\S{20,}")  # a file name, which may be broken

# One tag and style a layer: a box of colour, a thick line below, a dotted line, a line above, bold type.
LAYERS = {
    "entities": ("mark", "background:#cfe8f7;color:#111;padding:0 1px", "a name, a place, a time or a thing"),
    "claims": ("u", "text-decoration:none;border-bottom:3px solid #b34700", "who is said to be harmed"),
    "content": ("span", "text-decoration:underline dotted #005a8c;text-underline-offset:4px", "what a source says"),
    "source": ("span", "border-top:2px solid #005a8c", "who says it"),
    "cue": ("b", "color:#005a8c", "the words that say so"),
    "note": ("span", "outline:2px dashed #006b3c", "a note of yours"),
    "found": ("mark", "background:#f0e442;color:#111", "what you searched for"),
}
# Dollar signs in an article are no formulas: these classes keep the page's typesetting away from it.
_LITERAL = 'class="mathjax_ignore tex2jax_ignore"'
_PAPER = "background:#fff;color:#1a1a1a;padding:4px 12px"
_ARTICLE = f"{_PAPER};max-width:52em;line-height:1.9;white-space:pre-wrap;overflow-wrap:anywhere"
_TABLE = f'<table {_LITERAL} style="max-width:100%;border-collapse:collapse;font-size:13px;line-height:1.4">'
_LINE = ";border-bottom:1px solid #ccc"
_CELL = "white-space:normal;overflow-wrap:break-word;padding:3px 6px;vertical-align:top;text-align:"
_PART = "display:inline-block;margin-right:2em"  # short texts stand beside each other, a long one has its own line
_NAME = '<span style="opacity:0.75">'  # of a column that stands under its row
_LABEL = "color:#8a3700;font-size:75%;white-space:nowrap;user-select:none"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span ``[start, end)`` shown in one of ``LAYERS``; ``note`` appears when pointed at, ``label`` at its end."""

    start: int
    end: int
    layer: str
    note: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article with what stands before and after them."""

    before: str
    found: str
    after: str

    def __str__(self) -> str:
        return self.before + self.found + self.after


def pieces(text: str, marks: Iterable[Mark], cuts: Iterable[int] = ()) -> Iterator[tuple[int, int, list[Mark]]]:
    """Yield the text in pieces ``[start, end)``, each with all marks that cover it; ``cuts``: further edges."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    opening, closing = defaultdict(list), defaultdict(list)
    for number, mark in enumerate(inside):
        opening[mark.start].append(number)
        closing[mark.end].append(number)
    over: set[int] = set()
    for start, end in pairwise(sorted({0, len(text), *opening, *closing, *cuts})):
        over = (over - set(closing[start])) | set(opening[start])
        yield start, end, [inside[number] for number in sorted(over)]


def marked_html(text: str, marks: Iterable[Mark]) -> str:
    """Return an article's text with its marks, as HTML."""
    found = (_piece(text[start:end], over, end) for start, end, over in pieces(text, marks))
    return f'<div {_LITERAL} dir="auto" style="{_ARTICLE}">{"".join(found)}</div>'


def _piece(text: str, marks: Sequence[Mark], end: int) -> str:
    piece = escape(text)
    for layer, (tag, style, _) in LAYERS.items():
        if over := [mark for mark in marks if mark.layer == layer]:
            title = escape(" · ".join(dict.fromkeys(mark.note for mark in over if mark.note)))
            piece = f'<{tag} style="{style}" title="{title}">{piece}</{tag}>'
    label = labels(marks, end)
    return piece + (f'<sup style="{_LABEL}"> {escape(label)}</sup>' if label else "")


def labels(marks: Iterable[Mark], end: int) -> str:
    """Return what is written after a piece: the labels of the marks that end with it."""
    return "; ".join(mark.label for mark in marks if mark.label and mark.end == end)


def legend_html(layers: Iterable[str], paper: bool = True) -> str:
    """Return one line that shows how each layer is marked and says what it is.

    ``paper``: in the colours of ``marked_html``; else in those of the reader, which follow the page's theme.
    """
    wanted = set(layers)
    shown = [(f'<{tag} style="{style}">' if paper else f'<{tag} class="wb-{layer}">') + f"{meaning}</{tag}>"
             for layer, (tag, style, meaning) in LAYERS.items() if layer in wanted]
    line = " ".join(f'<span style="white-space:nowrap;margin-right:2em">{mark}</span>' for mark in shown)
    return f'<div {_look(paper)}>{line or "no layer is on"}</div>'


def _look(paper: bool) -> str:
    return f'style="{_PAPER};max-width:52em"' if paper else 'class="wb-reader" style="line-height:1.8"'


def under_rows(columns: Sequence[str], under: Sequence[str] = UNDER) -> list[str]:
    """Return the columns of long texts that stand under each row, over the whole width of a table.

    Beside many columns they would be cut on a narrow page, or a word wide and the row as high as the page.

    >>> under_rows(["effect", "number", "victims", "status", "who says so", "sentence"]), under_rows(["start", "why"])
    (['sentence'], [])
    """
    found = [name for name in columns if name in under]
    return found if len(columns) - len(found) > SHORT_COLUMNS else []


def table_html(frame: pd.DataFrame, nothing: str = "Nothing found.", rows: int = ROWS) -> str:
    """Return the first ``rows`` rows as an HTML table without the index, or the words of ``nothing``.

    What is not known says so, a yes-or-no says yes or no, and a ``Quote`` has its words in bold type. Columns of
    ``under_rows`` stand under their row, each with its name; one that holds an empty list has nothing to say there.
    """
    if frame.empty:
        return f"<p>{escape(nothing)}</p>"
    under = under_rows(list(frame))
    short = frame.drop(columns=under)
    right = [kind.kind in "iuf" for kind in short.dtypes]
    head = "".join(f'<th scope="col" style="{_CELL}{_side(number)}{_LINE}">{escape(name)}</th>'
                   for name, number in zip(short, right, strict=True))
    values = zip(short.head(rows).itertuples(index=False, name=None),
                 frame[under].head(rows).itertuples(index=False, name=None) if under else [()] * min(rows, len(frame)),
                 strict=True)
    made = [_row(cells, right, dict(zip(under, told, strict=True))) for cells, told in values]
    body = "".join(f"<tbody>{row}</tbody>" for row in made) if under else f"<tbody>{''.join(made)}</tbody>"
    left_out = (f"<p>The first {rows} of {len(frame):,} rows; show(…, rows={len(frame)}) shows all.</p>"
                if len(frame) > rows else "")
    return f"{_TABLE}<thead><tr>{head}</tr></thead>{body}</table>{left_out}"


def show(frame: pd.DataFrame, nothing: str = "Nothing found.", rows: int = ROWS) -> HTML:
    """Return the first ``rows`` rows of a table for a notebook's output, or the words of ``nothing``."""
    return HTML(table_html(frame, nothing, rows))


def prose(text: str) -> HTML:
    """Return words of several paragraphs for a notebook's output, in lines that fit the page."""
    return HTML(prose_html(text))


def prose_html(text: str) -> str:
    """Return words as HTML, a paragraph for what an empty line sets apart."""
    return "".join(f'<p style="max-width:52em">{escape(paragraph)}</p>' for paragraph in text.split("\n\n"))


def _row(values: Sequence[object], right: Sequence[bool], under: Mapping[str, object]) -> str:
    """Return a row, and below it a second one for what stands under it, if anything does."""
    told = "".join(f"<div style=\"{_PART}\">{_NAME}{escape(name)}:</span> {_content(value)}</div>"
                   for name, value in under.items() if not isinstance(value, (list, tuple)) or value)
    line = "" if told else _LINE
    cells = "".join(_cell(value, number, line) for value, number in zip(values, right, strict=True))
    below = f'<tr><td colspan="{len(right)}" style="{_CELL}left{_LINE}">{told}</td></tr>' if told else ""
    return f"<tr>{cells}</tr>{below}"


def _cell(value: object, right: bool, line: str) -> str:
    width = ";min-width:12em" if len(words(value)) > LONG else ""
    return f'<td style="{_CELL}{_side(right)}{width}{line}">{_content(value)}</td>'


def _content(value: object) -> str:
    if isinstance(value, Quote):
        return f"{escape(value.before)}<b>{escape(value.found)}</b>{escape(value.after)}"
    return _LONG_WORD.sub(lambda match: match[0].replace("_", "_<wbr>").replace(".", ".<wbr>"), escape(words(value)))


def _side(right: bool) -> str:
    return "right;padding-right:14px" if right else "left"  # apart from words that follow at once


def words(value: object) -> str:
    """Return a table's value as a reader would say it.

    >>> words(None), words(True), words(("a", "b")), words(0.5), words("armed_group")
    ('not known', 'yes', 'a, b', '0.50', 'armed group')
    """
    if isinstance(value, (list, tuple)):
        return ", ".join(map(words, value)) or "none"
    if value is None or value is pd.NA or value != value:
        return NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in MENTION_TYPES:
        return value.replace("_", " ")
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def picture_html(ax: Axes, description: str) -> str:
    """Return a plot as an ``<img>`` that fits the page, with its description for who does not see it; closes it."""
    file = io.BytesIO()
    ax.figure.savefig(file, format="png", dpi=100)
    plt.close(ax.figure)
    data = base64.b64encode(file.getvalue()).decode()
    return (f'<img alt="{escape(description)}" class="wb-picture" style="max-width:100%;background:#fff" '
            f'src="data:image/png;base64,{data}">')
