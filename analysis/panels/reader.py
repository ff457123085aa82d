"""An article to read, with a place in it marked and in sight, and other marks around it.

    reader = Reader()
    reader.read(corpus, "a.txt", 120, 131)                       # or, for a row with article_id, start and end:
    read_row(corpus, reader, row, claims=True)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import anywidget
import pandas as pd
import traitlets

from analysis.corpus import Corpus
from analysis.markup import seen, unseen
from analysis.panels.marks import marks
from analysis.panels.page import Mark, labels, pieces
from analysis.panels.table import HERE
from analysis.plots import date_words
from analysis.records import Span

AROUND = 50_000  # characters of an article on each side of the place that travel to the browser
NOTHING = "Choose a row (click, or Enter) to read its sentence here."


class Reader(anywidget.AnyWidget):
    """The reader. ``selection``: the span that was selected since the last turn, () for none; ``page``: what is shown.

    ``article_id``: the article that is open, None for none.
    """

    _esm = HERE / "reader.js"
    _css = HERE / "reader.css"
    page = traitlets.Dict({"nothing": NOTHING}).tag(sync=True)
    selection = traitlets.List(traitlets.Int())
    article_id: str | None = None
    _at: tuple[str | None, Span | None] = (None, None)

    def __init__(self, **more: object):
        super().__init__(**more)
        self.on_msg(lambda _, message, __: self._asked(message))

    def _asked(self, message: Mapping[str, object]) -> None:
        """Take note of the words that were selected, unless another article is open by now."""
        if message.get("ask") == "select" and message["article"] == self.article_id:
            self.selection = message["span"]

    def read(self, corpus: Corpus, article_id: str, start: int | None = None, end: int | None = None,
             around: Iterable[Mark] = (), about: str = "") -> None:
        """Show an article with the characters ``[start, end)`` marked in their sentence and in sight, else its top.

        ``around``: other marks; ``about``: a line on what is shown.
        """
        span = None if start is None else (start, end)
        self._turn(article_id, span)
        shown = passage(corpus, article_id, span, around)
        self.page = {**shown, "about": seen(about)}

    def clear(self, nothing: str = NOTHING) -> None:
        """Show no article, but what to do."""
        self._turn(None)
        self.page = {"nothing": nothing}

    def _turn(self, article_id: str | None, span: Span | None = None) -> None:
        """Open an article at a place; words selected at another place are not meant any more."""
        if (article_id, span) != self._at:
            self.selection = []
        self.article_id, self._at = article_id, (article_id, span)


def passage(corpus: Corpus, article_id: str, span: Span | None, around: Iterable[Mark] = ()) -> dict[str, object]:
    """Return what the browser needs to show an article: heading, article, pieces, marks, at.

    A piece is [start, end, text, layers, label, unseen]; a mark is [start, end, what it is]. Of a very long article
    only the part around the span is sent, and the heading says so.
    """
    text, around = corpus.text(article_id), list(around)
    at = span or (0, 0)
    left, right = max(at[0] - AROUND, 0), min(at[1] + AROUND, len(text))
    told = [Mark(*_sentence(corpus, article_id, *span), "sentence"), Mark(*span, "chosen")] if span else []
    near = [Mark(max(m.start, left) - left, min(m.end, right) - left, m.layer, m.note, m.label)
            for m in [*told, *around] if m.start < right and m.end > left]
    part = text[left:right]
    odd = set(unseen(part))
    cuts = {edge for place in odd for edge in (place, place + 1)}
    return {"heading": seen(source_line(corpus, article_id) + _part(left, right, len(text))), "article": article_id,
            "pieces": [[start + left, end + left, seen(part[start:end]), list(dict.fromkeys(m.layer for m in over)),
                        seen(labels(over, end)), start in odd] for start, end, over in pieces(part, near, cuts)],
            "marks": [list(mark) for mark in dict.fromkeys(
                (m.start, m.end, seen(m.note)) for m in sorted(around, key=lambda m: (m.start, -m.end))
                if m.note and m.start < right and m.end > left)],
            "at": list(span) if span else None}


def read_row(corpus: Corpus, reader: Reader, row: pd.Series | None, about: str = "", *, entities: bool = False,
             claims: bool = False, attributions: bool = False, **_: object) -> None:
    """Open the words of a row in the reader, with the layers that are asked for; for no row, say what to do.

    ``row``: has article_id, start and end; a row whose span is not known opens nothing. ``about``: a line on it.
    """
    if row is None or pd.isna(row["start"]):
        reader.clear()
    else:
        name = row["article_id"]
        reader.read(corpus, name, int(row["start"]), int(row["end"]),
                    marks(corpus, name, entities, claims, attributions), about)


def _sentence(corpus: Corpus, article_id: str, start: int, end: int) -> Span:
    first, last = corpus.sentence(article_id, start, end)
    return min(first, start), max(last, end)


def _part(left: int, right: int, length: int) -> str:
    return f" · characters {left:,} to {right:,} of {length:,}" if right - left < length else ""


def source_line(corpus: Corpus, article_id: str) -> str:
    """Return who published an article and when, and its id: "Gazette · 5 March 2020 · a.txt"."""
    row = corpus.articles[corpus.articles["article_id"] == article_id].iloc[0]
    outlet = "outlet not known" if pd.isna(row["outlet"]) else row["outlet"]
    day = "date unknown" if pd.isna(row["published"]) else date_words(row["published"])
    return " · ".join([outlet, day, article_id])
