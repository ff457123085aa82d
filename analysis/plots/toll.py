"""How many are said to be harmed, over time."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.plots.incidents import draw_range, heading, people_axis
from analysis.plots.style import BLUE, GREY, VERMILION, axes, legend, plain, short
from analysis.wording import date_words, figure_words

_COLOURS = {"killed": VERMILION, "injured": BLUE}  # told apart by their names as well


def plot_toll(toll: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw low, best and high of each effect in each month or day, the earliest first, what has no known date last.

    ``toll``: time (an ISO month or day, or other words where it is not known), effect, low, best, high, covers. A row
    is one time and effect, its figure at the right, what it covers under its name. An arrow is a side on which no
    bound is known. Nothing is drawn where nothing is known, and the row says so.
    """
    times = list(dict.fromkeys(toll["time"]))
    ax = axes(ax, len(toll) * 1.5 + len(times) + 3)
    far = people_axis(ax, toll)
    at, labels, y = [], [], 0.0
    for time in times:
        dated = time[:4].isdigit()
        heading(ax, y, date_words(time) if dated else "date unknown")
        y += 1.1
        for row in toll[toll["time"] == time].itertuples():
            low, best, high = (None if pd.isna(value) else int(value) for value in (row.low, row.best, row.high))
            said = figure_words(low, high) + ("" if best is None or low == best == high else f", best {best:,}")
            draw_range(ax, y, low, high, far, said, color=_COLOURS.get(row.effect, GREY))
            ax.plot([] if best is None else best, [] if best is None else y, "D", color="black", markersize=4, zorder=4)
            at, labels, y = [*at, y], [*labels, f"{row.effect}\n{short(row.covers.split(';')[0], 34)}"], y + 1.5
    ax.set_yticks(at, labels)
    ax.set_ylim(y - 0.4, -0.7)
    legend(ax, [Line2D([], [], color=GREY, marker="o", label="low to high"),
                Line2D([], [], color="black", marker="D", markersize=4, linewidth=0, label="best"),
                Line2D([], [], color=GREY, marker=">", label="no bound known on this side")])
    return plain(ax)
