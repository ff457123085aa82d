"""A table of rows to search, filter, sort, copy and choose from: DataTables, through the widget of itables.

    table = Table("Claims")
    table.show(Listing(rows, view=partial(claims_view, corpus), order={"effect": "effect"}))
    table.on_select(lambda table: print(table.row, len(table.selected)))
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import itables.widget
import numpy as np
import pandas as pd
import traitlets
from itables.javascript import JavascriptFunction

from analysis.markup import escape, seen
from analysis.panels.page import LONG, words
from analysis.panels.tables import as_sorted

HERE = Path(__file__).parent
MOST = 10_000  # rows that travel to the browser
PAGE = 20  # rows on a page of the table, to begin with
_VERSIONS = 50  # earlier rows whose names are remembered: a click may be an answer to them
_ORDER = "wb-order"  # the class of columns that only sort

# A cell that a spreadsheet program would take for a formula gets an apostrophe, as in analysis.spreadsheets.
_HARMLESS = JavascriptFunction("""function (data) {
    for (const row of data.body) row.forEach((cell, at) => {
        if (/^\\s*[=+\\-@]/.test(cell) && !/^-?[\\d.,]+$/.test(cell)) row[at] = "'" + cell; }); }""")
_EXPORTED = {"exportOptions": {"columns": f":visible:not(.{_ORDER})", "customizeData": _HARMLESS, "stripHtml": False,
                               "modifier": {"search": "applied", "order": "applied", "selected": None}}, "title": None}
_BUTTONS = [{"extend": "copyHtml5", "text": "Copy", **_EXPORTED}, {"extend": "csvHtml5", "text": "CSV", **_EXPORTED},
            {"extend": "excelHtml5", "text": "Excel", **_EXPORTED},
            {"extend": "colvis", "text": "Columns", "columns": f":not(.{_ORDER})"}]
_OPTIONS = {"classes": "display compact", "style": "width:100%;table-layout:auto;margin:0", "maxBytes": 0,
            "maxColumns": 0, "showIndex": False, "pageLength": PAGE, "lengthMenu": [10, PAGE, 50, 100],
            "text_in_header_can_be_selected": False, "deferRender": True, "autoWidth": False,
            "select": {"style": "os", "info": False}, "columnControl": ["searchDropdown"],
            "layout": {"topStart": {"buttons": _BUTTONS}, "topEnd": "search", "bottomStart": ["pageLength", "info"],
                       "bottomEnd": "paging"},
            "warn_on_undocumented_option": False}


@dataclass(frozen=True)
class Listing:
    """Rows to be shown.

    ``rows``: all of them, their index a name for each that lasts (it finds the chosen rows again). ``view``: some of
    the rows to what is read, row by row. ``order``: {column that is read: column of ``rows`` to sort by}, where that
    is not what is read. ``nothing``: what an empty table says. ``keep``: the positions of the rows that are shown,
    None for all. ``hidden``: columns that are shown only when asked for; they are searched all the same.
    ``opens``: the rows that are chosen to the filters that show what is behind them.
    """

    rows: pd.DataFrame
    view: Callable[[pd.DataFrame], pd.DataFrame] = field(default=lambda rows: rows)
    order: Mapping[str, str] = field(default_factory=dict)
    nothing: str = "Nothing found."
    keep: np.ndarray | None = None
    hidden: Collection[str] = ()
    opens: Callable[[pd.DataFrame], Mapping[str, object]] | None = None


def _static(name: str) -> str:
    return (Path(itables.widget.__file__).parent / "static" / name).read_text("utf-8")


def _source() -> str:
    """Return the code of itables' widget with ours behind it."""
    whole, found = re.subn(r"export\s*\{\s*(\w+) as default\s*\};?", r"const itable = \1;", _static("widget.js"))
    if found != 1:
        raise ImportError("the widget of this version of itables is not the one that panels/table.js goes with")
    return whole + (HERE / "table.js").read_text("utf-8")


class Table(itables.widget.ITable):
    """The table: ``show`` a listing, then read ``rows``, ``selected`` and ``row``; ``on_select`` tells of a choice.

    ``selected_rows``: the positions, among ``rows``, of those that are selected. ``shown``: what is read, as text.
    ``version``: how often the rows changed; the browser says with each choice which of them it was made in.
    No cell is taken for HTML.
    """

    _esm = _source()
    _css = _static("widget.css") + (HERE / "table.css").read_text("utf-8")
    name = traitlets.Unicode("Table").tag(sync=True)
    version = traitlets.Int(0).tag(sync=True)

    def __init__(self, name: str = "Table", chooses: bool = True, **more: object):
        super().__init__(**_OPTIONS)
        self.listing, self._kept, self._callbacks = Listing(pd.DataFrame()), np.arange(0), []
        self._names = {0: pd.Index([])}
        self._more = {} if chooses else {"select": False}
        if chooses:
            self.add_class("wb-chooses")
        self.set_trait("name", name)
        for trait, value in more.items():
            self.set_trait(trait, value)
        self.on_msg(lambda _, message, __: self._chosen(int(message["of"]), list(map(int, message["rows"]))))
        self.show(self.listing)

    def show(self, listing: Listing) -> None:
        """Show other rows; those that were selected and are still among them stay so."""
        names = self._names[self.version][self.selected_rows]
        self.listing = listing
        kept = np.arange(len(listing.rows)) if listing.keep is None else listing.keep
        self._kept = kept[:MOST]
        index = listing.rows.index[self._kept]
        with self.hold_sync():
            if not index.equals(self._names[self.version]):
                self.version += 1
                self._names[self.version] = index
                self._names.pop(self.version - _VERSIONS, None)
            self._draw(self._positions(names), len(kept))

    @property
    def rows(self) -> pd.DataFrame:
        """The rows that are shown, in the order in which they were given."""
        return self.listing.rows.iloc[self._kept]

    @property
    def nothing(self) -> str:
        """What the table says when it is empty."""
        return self.listing.nothing

    @property
    def selected(self) -> pd.DataFrame:
        """The rows that are selected."""
        return self.listing.rows.iloc[self._kept[self.selected_rows]]

    @property
    def row(self) -> pd.Series | None:
        """The first row that is selected, None where there is none."""
        return self.listing.rows.iloc[self._kept[self.selected_rows[0]]] if self.selected_rows else None

    def on_select(self, callback: Callable[[Table], object]) -> None:
        """Have a function called with the table whenever other rows are selected."""
        self._callbacks.append(callback)

    def choose(self, *positions: int) -> None:
        """Select the rows at these positions, as clicks do; none of them for no position."""
        self._chosen(self.version, list(positions))

    def come(self) -> None:
        """Have the page scroll to the table."""
        self.send({"come": True})

    def _chosen(self, version: int, positions: list[int]) -> None:
        """Select rows that were pointed at in the rows of a version, whose places may be others' by now."""
        names = self._names.get(version, pd.Index([]))
        there = [at for at in positions if 0 <= at < len(names)]
        wanted = there if version == self.version else self._positions(names[there])
        changed = wanted != self.selected_rows
        self.selected_rows = wanted
        self.send_state("selected_rows")  # the browser may have marked others
        for callback in self._callbacks if changed else ():
            callback(self)

    def _positions(self, names: pd.Index) -> list[int]:
        """Return where rows stand now, by their names; those that are gone are left out."""
        found = self._names[self.version].get_indexer_for(names) if len(names) else ()
        return [int(at) for at in found if at >= 0]

    def _draw(self, selected: list[int], total: int) -> None:
        shown = self.listing.view(self.rows)
        self.shown = pd.DataFrame({name: cells(shown[name]) for name in shown} or {"": []})
        frame, defs = self.shown.copy(), []
        for at, name in enumerate(shown):
            long = frame[name].dtype == object and frame[name].str.len().max() > LONG
            by = _order(shown[name], self.rows.get(self.listing.order.get(name)))
            side = "dt-right" if shown[name].dtype.kind in "iuf" else "wb-long" if long else "dt-left"
            defs.append({"targets": at, "className": side, "visible": name not in self.listing.hidden,
                         **({} if by is None else {"type": "rank", "render": _ranked(len(frame.columns))})})
            if by is not None:
                defs.append({"targets": len(frame.columns), "visible": False, "searchable": False, "className": _ORDER})
                frame[f"{name} {_ORDER}"] = by
        said = f" (the first {MOST:,} of {total:,} rows; filter above to see others)" if total > MOST else ""
        language = {"emptyTable": escape(self.listing.nothing), "zeroRecords": "No row matches this search.",
                    "search": "Find in these rows", "lengthMenu": "_MENU_ rows",
                    "info": f"_START_ to _END_ of _TOTAL_{said}", "infoEmpty": "", "infoFiltered": "(of _MAX_)",
                    "columnControl": {"searchDropdown": "Filter this column"}}
        self.update(frame.head(0), selected_rows=[], columnDefs=defs, language=language, **{**_OPTIONS, **self._more})
        # Its own writing of the rows takes three times as long as all the rest.
        columns = [[escape(cell) if isinstance(cell, str) else cell for cell in frame[name].tolist()] for name in frame]
        self._dt_args = {**self._dt_args, "data_json": json.dumps(list(zip(*columns, strict=True)))}
        self.selected_rows = selected


def cells(column: pd.Series) -> list[object]:
    """Return what is read in a column: text on one line, or whole numbers."""
    if column.dtype.kind in "iu" and not column.hasnans:
        return column.tolist()
    if isinstance(column.dtype, (pd.StringDtype, pd.CategoricalDtype)):  # each different text once
        codes, different = pd.factorize(column)
        said = np.array([*map(_text, different), words(None)], dtype=object)  # -1: not known
        return said[codes].tolist()
    return list(map(_text, column))


def _text(value: object) -> str:
    return re.sub(r"\s+", " ", seen(words(value)))


def _ranked(place: int) -> JavascriptFunction:
    return JavascriptFunction(f"function (data, type, row) {{ return type === 'sort' ? row[{place}] : data; }}")


def _order(shown: pd.Series, by: pd.Series | None) -> np.ndarray | None:
    """Return numbers to sort a column by, -1 for what is not known; None where it is sorted by what is read."""
    if by is None and (shown.dtype.kind not in "iuf" or (shown.dtype.kind in "iu" and not shown.hasnans)):
        return None
    values = as_sorted(shown if by is None else by)
    values = values.map(words, na_action="ignore") if values.dtype == object else values
    return pd.factorize(values, sort=True)[0]
