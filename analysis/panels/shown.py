"""What a panel shows, what a person points at in it, and what it says that was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock

import anywidget
import pandas as pd
import traitlets

from analysis.panels.table import HERE, Listing
from analysis.records import Span

ONE_AT_A_TIME = RLock()  # what a button starts may not run into what another panel does
FAILED = ("Not ", "This did not work")  # how what was not done begins


@dataclass(frozen=True, slots=True)
class Shown:
    """What a panel shows: a plain line on how much, a table to choose from, HTML, further tables or what makes them."""

    status: str
    html: str = ""
    listing: Listing | None = None
    tables: Mapping[str, Listing | Callable[[], Listing]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picked:
    """What a person points at: the chosen row, the article that is open, the words selected in it."""

    row: pd.Series | None
    article_id: str | None
    selection: Span | None


@dataclass(frozen=True, slots=True)
class Done:
    """What a button did, in words, and how it is undone, None for what cannot be."""

    words: str
    undo: Callable[[], object] | None = None


class Status(anywidget.AnyWidget):
    """One line of plain text, read out when it changes, with a busy sign on whatever takes over half a second.

    ``failed``: whether it says that something was not done; such a line looks like an error.
    """

    _esm = HERE / "status.js"
    _css = HERE / "status.css"
    value = traitlets.Unicode("").tag(sync=True)
    busy = traitlets.Bool(False).tag(sync=True)
    failed = traitlets.Bool(False).tag(sync=True)

    @traitlets.observe("value")
    def _look(self, change: Mapping[str, object]) -> None:
        self.failed = change["new"].startswith(FAILED)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Look busy while something is done, one thing at a time over all panels; say what went wrong, and raise it."""
        with ONE_AT_A_TIME:
            self.busy = True
            try:
                yield
            except Exception as error:
                self.value = f"This did not work: {error}"
                raise
            finally:
                self.busy = False
