"""The frame of every panel: filters, how much they leave, a table with its reader, buttons, undo, kept settings.

A panel has no logic of its own: it hands its controls' values to a function and shows what that returns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial

import ipywidgets as widgets
import pandas as pd
import traitlets

from analysis.panels.controls import Button, Several, columns, row
from analysis.panels.kept import Kept
from analysis.panels.reader import Reader
from analysis.panels.settings import Settings
from analysis.panels.shown import ONE_AT_A_TIME, Done, Picked, Shown, Status
from analysis.panels.table import Listing, Table
from analysis.panels.tables import ALL

# One control is answered at a time: a JupyterLab that was not opened by workbook.py may have each answered in a thread
# of its own, and what an older one finds would be shown last.


class Panel(widgets.VBox):
    """Controls above, a line on how much is shown, a table with its reader, and the result as HTML below.

    ``show`` gets the controls' values by name and returns ``Shown``. ``panel.status.value`` is its plain line.
    ``actions``: {label of a button: function of the values of controls and ``fields`` that does something and returns
    what it did, as text or as ``Done``}. ``read``: opens the chosen row, None for no row, in the reader; with it the
    panel has a table called ``table``, and actions get ``picked`` too. ``panel.tables``: the tables below, by name.
    ``fields``: controls that only actions use; once an action that can be undone is done, all but those that are
    ``held`` are as they were at first, lest what was meant for one row be said of the next. ``stands``: gets what
    actions get and returns {name of a field: what is in force of what is chosen}, which the field says whenever
    another is chosen or it has changed. ``saved``: where filters are kept by name. Undo takes back the last change of
    a control, or the last action.
    """

    def __init__(self, show: Callable[..., Shown], actions: Mapping[str, Callable[..., str | Done]] | None = None, *,
                 read: Callable[..., None] | None = None, table: str = "Table",
                 fields: Mapping[str, widgets.ValueWidget] | None = None, held: Collection[str] = (),
                 stands: Callable[..., Mapping[str, object]] = lambda **_: {}, saved: Settings | None = None,
                 **controls: widgets.ValueWidget):
        self.show, self.choices, self.fields, self.read = show, controls, dict(fields or {}), read
        self.status, self.result, self.below = Status(), widgets.HTML(), widgets.Tab()
        self._tables, self._waiting = {}, {}
        self.table = Table(table, layout=widgets.Layout(flex="3 1 440px", min_width="0"))
        self.reader = Reader(layout=widgets.Layout(flex="2 1 340px", min_width="0", margin="0 0 0 8px"))
        self._begin, self._before, self._steps, self._quiet = self.values(), self.values(), [], False
        self._stands, self._told = stands, None
        self._empty = {name: control.value for name, control in self.fields.items() if name not in held}
        done = {label: Button(label, partial(self.act, action)) for label, action in (actions or {}).items()}
        self.buttons = {**done, "Undo": Button("Undo", self.undo), "Reset": Button("Reset", self.reset)}
        self.buttons["Undo"].disabled = True
        for control in controls.values():
            control.observe(lambda _: self._changed(), names="value")
        self.table.on_select(lambda _: self.follow())
        self.below.observe(lambda _: self._draw_tab(), names="selected_index")
        general = [self.buttons["Undo"], self.buttons["Reset"]]
        if saved is not None:
            self.kept = Kept(saved, self.values, lambda values: self.set({**self._begin, **values}), self._say)
            self.buttons |= self.kept.buttons
            general += self.kept.controls
        below = [columns(*self.fields.values()), row(*done.values())] if self.fields else []
        above = [columns(*controls.values()), row(*([] if self.fields else done.values()), *general)]
        pair = row(self.table, self.reader)
        pair.layout.align_items = "flex-start"
        super().__init__([*above, self.status, *([pair] if read else []), *below, self.result, self.below])
        self.add_class("wb-panel")
        self.refresh()

    def __repr__(self) -> str:
        return f"Panel: {self.status.value}"

    def refresh(self) -> None:
        """Show what the controls ask for."""
        with self.status.working():
            shown = self.show(**self.values())
            if shown.listing is not None:
                self.table.show(shown.listing)
            self.result.value, self.status.value = shown.html, shown.status
            self._show_tables(shown.tables)
            self.follow()

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables below, by name, each with the rows that the filters leave."""
        for name in list(self._waiting):
            self._drawn(name)
        return self._tables

    def _show_tables(self, listings: Mapping[str, Listing | Callable[[], Listing]]) -> None:
        """Show tables below the rest, a tab each; one of the same name keeps its search and order.

        Only that of the open tab is drawn at once: the others would make every filter slower.
        """
        self._waiting = dict(listings)
        if list(self._tables) != list(listings):
            at = self.below.selected_index
            open_tab = None if at is None else self.below.children[at]
            self._tables = {name: self._tables.get(name) or self._below(name) for name in listings}
            self.below.set_trait("children", tuple(self._tables.values()))
            self.below.titles = tuple(self._tables)
            places = [at for at, table in enumerate(self.below.children) if table is open_tab]
            self.below.selected_index = next(iter(places), 0 if listings else None)
        self._draw_tab()

    def _draw_tab(self) -> None:
        if self.below.selected_index is not None:
            self._drawn(list(self._tables)[self.below.selected_index])

    def _drawn(self, name: str) -> None:
        if name in self._waiting:
            listing = self._waiting.pop(name)
            self._tables[name].show(listing() if callable(listing) else listing)

    def _below(self, name: str) -> Table:
        made = Table(name)
        made.on_select(lambda table: self._open(table.selected, table.listing))
        return made

    def _open(self, rows: pd.DataFrame, listing: Listing) -> None:
        """Filter what is shown to that behind the rows chosen in a table below, and open its first sentence."""
        if rows.empty or listing.opens is None:
            return
        here = self.table.rows.index.get_indexer_for(rows.index[:1])[0] if listing.opens(rows) == {} else -1
        if here < 0:
            self.set({**self._begin, **listing.opens(rows)})
        self.table.choose(max(int(here), 0))
        self.table.come()

    def follow(self) -> None:
        """Show the chosen row in the reader, and what is in force of it in the fields."""
        with ONE_AT_A_TIME:
            row = self.table.row
            if self.read:
                self.read(self.reader, row, **self.values())
            standing = self._stands(**self._given())
            told = (self.values(), None if row is None else row.name, standing)
            if told != self._told:  # else what the analyst has begun to change stays
                self._told = told
                self._fill(standing)

    def _fill(self, values: Mapping[str, object]) -> None:
        for name, value in values.items():
            self.fields[name].value = value

    def values(self) -> dict[str, object]:
        """Return what the controls are set to."""
        return {name: control.value for name, control in self.choices.items()}

    def set(self, values: Mapping[str, object]) -> list[str]:
        """Set several controls at once and show the result once; return the labels of those that refused."""
        refused = []
        self._quiet = True
        for name, control in self.choices.items():
            try:
                control.value = _as_set(control, values.get(name, control.value))
            except (traitlets.TraitError, TypeError, ValueError):
                refused.append(control.description)
        self._quiet = False
        self._changed()
        return refused

    def act(self, action: Callable[..., str | Done]) -> None:
        """Do what a button is for, show the result anew, and say what was done."""
        with self.status.working():
            done = action(**self._given())
            done = done if isinstance(done, Done) else Done(done)
            if done.undo:
                self._step(done.undo)
                self._fill({**self._empty, **self._stands(**self._given())})
            self.refresh()
        self._say(done.words)

    def _given(self) -> dict[str, object]:
        """Return what an action gets to know."""
        given = {**self.values(), **{name: control.value for name, control in self.fields.items()}}
        if self.read:
            span = tuple(self.reader.selection)
            given["picked"] = Picked(self.table.row, self.reader.article_id, span if len(span) == 2 else None)
        return given

    def undo(self) -> None:
        """Take back the last change of a control, or the last action that can be taken back."""
        if not self._steps:
            return
        step = self._steps.pop()
        self.buttons["Undo"].disabled = not self._steps
        with self.status.working():
            said = step()
            self.refresh()
        self._say(said if isinstance(said, str) else "Undone")

    def reset(self) -> None:
        """Put every control back to where it began."""
        self.set(self._begin)

    def _changed(self) -> None:
        """Take note of what the controls were set to before, and show what they ask for now."""
        if not self._quiet and self.values() != self._before:
            self._step(partial(self._back, self._before))
            self._before = self.values()
            self.refresh()

    def _back(self, values: Mapping[str, object]) -> None:
        self._before = dict(values)  # so that going back is no change of its own
        self.set(values)

    def _step(self, undo: Callable[[], object]) -> None:
        self._steps.append(undo)
        self.buttons["Undo"].disabled = False

    def _say(self, words: str) -> None:
        self.status.value = f"{words} — {self.status.value}"


def _as_set(control: widgets.ValueWidget, value: object) -> object:
    """Return a saved value as a control takes it: a day is saved as text, several values as a list."""
    if isinstance(control, widgets.DatePicker) and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(control, Several):
        return () if value == ALL else (value,) if isinstance(value, str) else tuple(value)
    return value
