"""What all pictures share: colours, sizes, legends, and text that matplotlib draws as it is."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

# Two of the colours of Okabe and Ito, "Color Universal Design", 2008 (unchecked), and one for lines and headings.
BLUE, VERMILION, GREY = "#0072B2", "#D55E00", "#5f5f5f"
WIDTH, ROW = 9.0, 0.3  # inches
HALO = [withStroke(linewidth=3, foreground="white")]  # keeps lines out of letters and digits


def axes(ax: Axes | None, rows: float) -> Axes:
    """Return ``ax``, or the axes of a new figure that is high enough for ``rows`` lines of text.

    The page behind a new figure shows through. A notebook marks such a picture as one for light pages, and the panels'
    style sheet turns these dark in a dark theme.
    """
    if ax is None:
        figure, ax = plt.subplots(figsize=(WIDTH, max(ROW * rows, 1.2)), layout="constrained")
        figure.set_facecolor("none")
        ax.set_facecolor("none")
    return ax


def thin_labels(ax: Axes, always: int = 0) -> None:
    """Hide labels below the picture that would touch the one before; the last ``always`` of them are kept."""
    ax.figure.draw_without_rendering()  # only then is known how wide the picture is
    labels = ax.get_xticklabels()
    last = len(labels) - always
    shown = [label.get_window_extent() for label in labels[last:]]
    for label in labels[:last]:
        box = label.get_window_extent()
        if any(box.x0 < other.x1 + 14 and other.x0 < box.x1 + 14 for other in shown):
            label.set_visible(False)
        else:
            shown.append(box)


def legend(ax: Axes, handles: Sequence[Line2D] | None = None, columns: int = 2) -> None:
    """Put the legend above the plot, where it covers nothing."""
    place = {"loc": "lower center", "bbox_to_anchor": (0.5, 1.0), "ncols": columns, "frameon": False}
    ax.legend(**place) if handles is None else ax.legend(handles=handles, **place)


def plain(ax: Axes) -> Axes:
    """Take away the lines that say nothing."""
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax


def short(text: str, characters: int = 40) -> str:
    """Return the text on one line, cut with an ellipsis where it is longer."""
    text = one_line(text)
    return literal(text if len(text) <= characters else text[:characters - 1].rstrip() + "…")


def two_lines(text: str, characters: int = 24) -> str:
    """Return the text on at most two lines of so many characters."""
    text = one_line(text)
    return literal("\n".join(textwrap.wrap(text, characters, max_lines=2, placeholder="…")))


def one_line(text: str) -> str:
    """Return the text without line breaks and without characters that cannot be drawn."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def literal(text: str) -> str:
    """Return text in which a dollar sign starts no formula."""
    return text.replace("$", r"\$")
