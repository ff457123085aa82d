"""The controls of a panel, each with a label that is seen and read out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import anywidget
import ipywidgets as widgets
import traitlets
from rapidfuzz import process, utils

from analysis.markup import seen
from analysis.panels.page import words
from analysis.panels.table import HERE
from analysis.panels.tables import ALL

_MOST_OFFERED = 1000  # values that travel to the browser
_LABEL = {"description_width": "104px"}


class Button(anywidget.AnyWidget):
    """A button that acts on what the page shows: on all that was changed before it was pressed, and nothing older.

    The page holds changes back while the kernel works; a press of the button of ipywidgets would overtake them.
    """

    _esm = HERE / "button.js"
    description = traitlets.Unicode("").tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)

    def __init__(self, label: str, action: Callable[[], None]):
        super().__init__(description=label)
        self._action = action
        self.on_msg(lambda _, message, __: self._asked(message))

    def click(self) -> None:
        """Do what the button is for."""
        self._action()

    def _asked(self, message: Mapping[str, object]) -> None:
        if message.get("ask") == "sign":
            self.send({"sign": True})
        elif message.get("ask") == "act":
            self.click()


def choice(label: str, values: Iterable[object], first: str | None = ALL, wide: bool = False,
           said: Callable[[object], str] = words) -> widgets.Dropdown:
    """Return a list to choose one value from, as ``said``; ``first`` (for ``ALL``, all of them) at the top."""
    different = dict.fromkeys([*([] if first is None else [first]), *values])
    return _wide(widgets.Dropdown(description=label, options=[(seen(said(value)), value) for value in different],
                                  style=_LABEL, layout=_layout()), wide)


def text(label: str, hint: str, value: str = "", wide: bool = False) -> widgets.Text:
    """Return a field for words, which counts when Enter is pressed or the field is left."""
    return _wide(widgets.Text(value, description=label, placeholder=hint, continuous_update=False, style=_LABEL,
                              layout=_layout()), wide)


def suggestion(label: str, hint: str, values: Iterable[str], value: str = "", wide: bool = False) -> widgets.Combobox:
    """Return a field for words that offers the values which hold what is typed."""
    return _wide(widgets.Combobox(value=value, options=tuple(dict.fromkeys(values)), description=label,
                                  placeholder=hint, ensure_option=False, continuous_update=False, style=_LABEL,
                                  layout=_layout()), wide)


def day(label: str) -> widgets.DatePicker:
    """Return a field for a day, empty to begin with."""
    return widgets.DatePicker(description=label, style=_LABEL, layout=_layout())


class Several(widgets.VBox):
    """A field for some of many values: type to be offered some, Enter adds one, a click on its ✕ drops it.

    ``value``: those that are chosen, a tuple; none of them means all. ``options``: {what is read: value}.
    """

    value = traitlets.Tuple()

    def __init__(self, label: str, options: Mapping[str, object], hint: str = "all"):
        self.description, self.options = label, {seen(said): value for said, value in options.items()}
        self.typed = suggestion(label, hint, list(self.options)[:_MOST_OFFERED])
        self.typed.observe(lambda change: self._add(change["new"]), names="value")
        self.said, self.chosen = widgets.Label(), widgets.Box(layout=widgets.Layout(flex_flow="row wrap"))
        super().__init__([self.typed, self.said, self.chosen], layout=_layout())
        self._say("")

    @traitlets.validate("value")
    def _known(self, proposal: Mapping[str, object]) -> tuple:
        known = set(self.options.values())
        if unknown := [value for value in proposal["value"] if value not in known]:
            raise traitlets.TraitError(f"{unknown[0]} is none of the values of {self.description}")
        return proposal["value"]

    @traitlets.observe("value")
    def _show(self, _: object) -> None:
        said = {value: said for said, value in self.options.items()}
        self.chosen.children = [self._dropping(said[value], value) for value in self.value]

    def _dropping(self, said: str, value: object) -> widgets.Button:
        button = widgets.Button(description=f"{said} ✕", tooltip=f"Drop {said}", layout=_layout())
        button.on_click(lambda _: setattr(self, "value", tuple(one for one in self.value if one != value)))
        return button

    def _add(self, words: str) -> None:
        """Add the value that was typed: as it is read, or the only one that holds the words; else say what is meant."""
        wanted = utils.default_process(words)
        if not wanted:
            return
        read = {said: utils.default_process(said) for said in self.options}
        found = [said for said, plain in read.items() if plain == wanted] or [
            said for said, plain in read.items() if wanted in plain]
        if len(found) == 1:
            self.typed.value = ""
            self._say("")
            self.value = tuple(dict.fromkeys([*self.value, self.options[found[0]]]))
            return
        close = found[:3] or [said for _, _, said in process.extract(wanted, read, limit=3, score_cutoff=60)]
        self._say(f"Did you mean {' or '.join(close)}?" if close else f"Nothing here is like “{words}”.")

    def _say(self, words: str) -> None:
        self.said.value = seen(words)
        self.said.layout.display = None if words else "none"


def number(label: str, value: int, most: int) -> widgets.BoundedIntText:
    """Return a field for a whole number from 1 to ``most``."""
    return widgets.BoundedIntText(value, min=1, max=max(most, 1), description=label, style=_LABEL, layout=_layout())


def switch(label: str, value: bool = True, wide: bool = False) -> widgets.Checkbox:
    """Return a box to tick."""
    layout = widgets.Layout(width="auto", margin="2px 16px", min_width="0")
    return _wide(widgets.Checkbox(value, description=label, indent=False, layout=layout), wide)


def columns(*children: widgets.Widget) -> widgets.GridBox:
    """Return controls in as many columns as the window has room for."""
    return widgets.GridBox(children, layout=widgets.Layout(
        grid_template_columns="repeat(auto-fill, minmax(225px, 1fr))", grid_gap="2px 6px", align_items="center"))


def row(*children: widgets.Widget) -> widgets.Box:
    """Return controls side by side, on further lines where the window is narrow."""
    return widgets.Box(children, layout=widgets.Layout(flex_flow="row wrap", align_items="center"))


def _layout() -> widgets.Layout:
    return widgets.Layout(width="auto", min_width="0")


def _wide(control: widgets.ValueWidget, wide: bool) -> widgets.ValueWidget:
    """Let a control have two columns (status.css) where it needs them."""
    return control.add_class("wb-wide") if wide else control
