"""The answer at a glance: one line an incident."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.plots.incidents import draw_range, left_labels, people_axis
from analysis.plots.style import BLUE, GREY, VERMILION, axes, legend, plain, short
from analysis.wording import date_words, figure_words

_COLOURS = {"killed": VERMILION, "injured": BLUE}  # told apart by their names as well


def plot_ranges(incidents: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the range of each incident and effect as one line, with its best figure and its doubt at the right.

    ``incidents``: rows of one policy, drawn in their order. An arrow is a side on which no bound is known. Nothing is
    drawn where nothing is known, and the row says so.
    """
    ax = axes(ax, 0.9 * len(incidents) + 3)
    far = people_axis(ax, incidents)
    labels = []
    for y, row in enumerate(incidents.itertuples()):
        low, best, high = (None if pd.isna(value) else int(value) for value in (row.low, row.best, row.high))
        said = figure_words(low, high) + ("" if best is None or low == best == high else f", best {best:,}")
        draw_range(ax, y, low, high, far, said, color=_COLOURS.get(row.effect, GREY), linewidth=2.5)
        if best is not None and not low == best == high:
            ax.plot([best], [y], "D", color="black", markeredgecolor="white", markersize=6, zorder=4)
        known = [(row.place, lambda name: short(name, 30)), (row.date, date_words)]
        where = ", ".join(words(value) for value, words in known if pd.notna(value))
        labels.append(f"{row.incident} {row.effect} · {where or 'place and date not known'}")
    ax.set_yticks(range(len(labels)), labels)
    left_labels(ax)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    legend(ax, [Line2D([], [], color=VERMILION, marker="o", linewidth=2.5, label="killed, low to high"),
                Line2D([], [], color=BLUE, marker="o", linewidth=2.5, label="injured"),
                Line2D([], [], color="black", marker="D", markersize=5, linewidth=0, label="best"),
                Line2D([], [], color=GREY, marker=">", label="open: no bound known")], columns=4)
    return plain(ax)
