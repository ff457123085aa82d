"""Controls around plain functions. A panel has no logic of its own: it hands its controls' values to a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import ipywidgets as widgets

from analysis.panels.tables import ALL

_LABEL = {"description_width": "110px"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a panel shows: one plain line that says how much, and the rest as HTML."""

    status: str
    html: str


class Panel(widgets.VBox):
    """Controls above, a line on how much is shown, the result below; ``show`` gets the controls' values by name.

    ``panel.status.value`` is that line, as plain text. Reset puts every control back to where it began. ``actions``:
    {label of a button: function of the same values that does something and returns what it did}.
    """

    def __init__(self, show: Callable[..., Shown], actions: Mapping[str, Callable[..., str]] | None = None,
                 **controls: widgets.ValueWidget):
        self.show, self.choices = show, controls
        self.status, self.result = widgets.Label(), widgets.HTML()
        self._begin = {name: control.value for name, control in controls.items()}
        self.buttons = {label: _button(label, partial(self.act, action)) for label, action in (actions or {}).items()}
        self.buttons["Reset"] = _button("Reset", self.reset)
        for control in controls.values():
            control.observe(lambda _: self.refresh(), names="value")
        row = widgets.Box([*controls.values(), *self.buttons.values()], layout=widgets.Layout(flex_flow="row wrap"))
        super().__init__([row, self.status, self.result])
        self.refresh()

    def refresh(self) -> None:
        """Show what the controls ask for."""
        self.status.value = "Working …"
        shown = self.show(**self.values())
        self.result.value, self.status.value = shown.html, shown.status

    def values(self) -> dict[str, object]:
        """Return what the controls are set to."""
        return {name: control.value for name, control in self.choices.items()}

    def act(self, action: Callable[..., str]) -> None:
        """Do what a button is for, show the result anew, and say what was done."""
        done = action(**self.values())
        self.refresh()
        self.status.value = f"{done} — {self.status.value}"

    def reset(self) -> None:
        """Put every control back to where it began."""
        for name, control in self.choices.items():
            control.value = self._begin[name]


def _button(label: str, action: Callable[[], None]) -> widgets.Button:
    button = widgets.Button(description=label)
    button.on_click(lambda _: action())
    return button


def choice(label: str, values: Iterable[str], first: str | None = ALL, wide: bool = False) -> widgets.Dropdown:
    """Return a list to choose one value from, ``first`` (for ``ALL``, all of them) at the top."""
    options = list(dict.fromkeys([*([] if first is None else [first]), *values]))
    return widgets.Dropdown(description=label, options=options, style=_LABEL, layout=_layout(wide))


def text(label: str, hint: str, value: str = "") -> widgets.Text:
    """Return a field for words, which counts when Enter is pressed or the field is left."""
    return widgets.Text(value, description=label, placeholder=hint, continuous_update=False, style=_LABEL,
                        layout=_layout())


def suggestion(label: str, hint: str, values: Iterable[str], value: str = "") -> widgets.Combobox:
    """Return a field for words that offers the values which hold what is typed."""
    return widgets.Combobox(value=value, options=tuple(dict.fromkeys(values)), description=label, placeholder=hint,
                            ensure_option=False, continuous_update=False, style=_LABEL, layout=_layout())


def day(label: str) -> widgets.DatePicker:
    """Return a field for a day, empty to begin with."""
    return widgets.DatePicker(description=label, style=_LABEL, layout=_layout())


def number(label: str, value: int, most: int) -> widgets.BoundedIntText:
    """Return a field for a whole number from 1 to ``most``."""
    return widgets.BoundedIntText(value, min=1, max=max(most, 1), description=label, style=_LABEL, layout=_layout())


def switch(label: str, value: bool = True) -> widgets.Checkbox:
    """Return a box to tick."""
    layout = widgets.Layout(width="auto", margin="2px 16px")
    return widgets.Checkbox(value, description=label, indent=False, layout=layout)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "claim"), counted(2, "claim"), counted(0, "entity", "entities")
    ('1 claim', '2 claims', '0 entities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _layout(wide: bool = False) -> widgets.Layout:
    return widgets.Layout(width="640px" if wide else "310px")
