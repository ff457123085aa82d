"""A table of any length of which only one page travels to the browser.

    grid = Grid("Claims")
    grid.show(Listing(rows, view=partial(claims_view, corpus), order={"effect": "effect"}))
    grid.observe(lambda _: print(grid.row), names="chosen")

Arrows, Page Up and Down, Home and End move in it; Enter, Space or a click chooses a row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import anywidget
import numpy as np
import pandas as pd
import traitlets

from analysis.markup import seen
from analysis.panels.page import ROWS, UNDER, Quote, under_rows, words
from analysis.panels.tables import as_sorted

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Listing:
    """Rows to be shown a page at a time.

    ``rows``: all of them, their index a name for each that lasts (it finds the chosen row again). ``view``: some of
    the rows to what is read, row by row. ``order``: {column that is read: column of ``rows`` to sort by}. ``nothing``:
    what an empty table says. ``keep``: the positions of the rows that are shown, None for all: picking a few of very
    many rows is quicker than making a frame of them. ``under``: columns that stand under their row where there are
    many (``under_rows``).
    """

    rows: pd.DataFrame
    view: Callable[[pd.DataFrame], pd.DataFrame] = field(default=lambda rows: rows)
    order: Mapping[str, str] = field(default_factory=dict)
    nothing: str = "Nothing found."
    keep: np.ndarray | None = None
    under: Sequence[str] = UNDER


class Grid(anywidget.AnyWidget):
    """The table: ``show`` a listing, observe ``chosen`` and read ``row``.

    ``chosen``: the position of the row chosen, -1 for none. ``page``: what the browser has. ``chooses``: False for a
    table that is only read.
    """

    _esm = HERE / "grid.js"
    _css = HERE / "grid.css"
    name = traitlets.Unicode("Table").tag(sync=True)
    chooses = traitlets.Bool(True).tag(sync=True)
    page = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)

    def __init__(self, name: str = "Table", **more: object):
        super().__init__(name=name, **more)
        self._sorted: tuple[str, bool] | None = None
        self.on_msg(lambda _, message, __: self._asked(message))
        self.show(Listing(pd.DataFrame()))

    def show(self, listing: Listing) -> None:
        """Show other rows from the top, or the page of the chosen row where it is still among them."""
        kept = self.row
        self._listing = listing
        self._arrange(None if kept is None else kept.name)

    def sort(self, column: str, descending: bool = False) -> None:
        """Sort by a column that is read; rows without a value come last. What cannot be sorted by is left alone."""
        if column in self._listing.order:
            kept = self.row
            self._sorted = (column, descending)
            self._arrange(None if kept is None else kept.name)

    def turn(self, first: int) -> None:
        """Show the page that begins with this row."""
        last = max(len(self._order) - 1, 0)
        self._page(min(max(first, 0), last) // ROWS * ROWS)

    def choose(self, row: int) -> None:
        """Choose a row by its position, as a click does."""
        self.chosen = row if 0 <= row < len(self._order) else -1

    @property
    def row(self) -> pd.Series | None:
        """The chosen row, None where there is none."""
        if not 0 <= self.chosen < len(getattr(self, "_order", ())):
            return None
        return self._listing.rows.iloc[self._order[self.chosen]]

    def _asked(self, message: Mapping[str, object]) -> None:
        if message.get("ask") == "choose":
            self._pointed(int(message["row"]), str(message["name"]))
        elif message.get("ask") == "turn":
            self.turn(int(message["first"]))
        elif message.get("ask") == "sort":
            self.sort(str(message["column"]), bool(message["descending"]))

    def _pointed(self, row: int, name: str) -> None:
        """Choose the row that was pointed at, whose place may be another's by now: the browser had an older page."""
        if self._named(row) != name:
            first = self.page["first"]
            row = next((at for at in range(first, first + ROWS) if self._named(at) == name), -1)
        self.choose(row)
        self.send_state("chosen")  # the browser may have marked another

    def _named(self, row: int) -> str | None:
        return seen(str(self._listing.rows.index[self._order[row]])) if 0 <= row < len(self._order) else None

    def _arrange(self, chosen: object) -> None:
        """Put the rows in order, and find the chosen one again by its name."""
        rows = self._listing.rows
        column, descending = self._sorted or (None, False)
        by = self._listing.order.get(column)
        kept = np.arange(len(rows)) if self._listing.keep is None else self._listing.keep
        self._order = kept if by is None else kept[ordered(rows[by].iloc[kept], descending)]
        found = -1 if chosen is None else rows.index.get_indexer_for([chosen])[0]
        position = int(next(iter(np.flatnonzero(self._order == found)), -1)) if found >= 0 else -1
        with self.hold_sync():
            self._page(max(position, 0) // ROWS * ROWS)
            self.chosen = position

    def _page(self, first: int) -> None:
        shown = self._listing.view(self._listing.rows.iloc[self._order[first:first + ROWS]])
        names = [self._named(row) for row in range(first, first + len(shown))]
        self.page = {"columns": self._columns(shown), "rows": cells(shown), "names": names, "first": first,
                     "size": ROWS, "total": len(self._order), "nothing": self._listing.nothing}

    def _columns(self, shown: pd.DataFrame) -> list[dict[str, object]]:
        column, descending = self._sorted or (None, False)
        way = "descending" if descending else "ascending"
        under = under_rows(list(shown), self._listing.under)
        return [{"name": str(name), "right": kind.kind in "iuf", "under": name in under,
                 "sort": None if name not in self._listing.order else way if name == column else "none"}
                for name, kind in zip(shown.columns, shown.dtypes, strict=True)]


def ordered(values: pd.Series, descending: bool = False) -> np.ndarray:
    """Return the positions of values in their order, equals as they stand, and what is not known last.

    >>> ordered(pd.Series([3, None, 1], dtype="Int64")).tolist()
    [2, 0, 1]
    """
    values = as_sorted(values.reset_index(drop=True))
    if values.dtype == object:
        values = values.map(words)
    return values.sort_values(ascending=not descending, kind="stable", na_position="last").index.to_numpy()


def cells(shown: pd.DataFrame) -> list[list[object]]:
    """Return the cells of a page: text, or three texts of which the second is what was found."""
    return [[_cell(value) for value in row] for row in shown.itertuples(index=False, name=None)]


def _cell(value: object) -> str | list[str]:
    if isinstance(value, Quote):
        return [seen(value.before), seen(value.found), seen(value.after)]
    return seen(words(value))
