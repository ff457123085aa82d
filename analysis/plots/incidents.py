"""How many are said to be harmed, and who says so."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.plots.style import BLUE, GREY, VERMILION, axes, legend, plain, short
from analysis.plots.words import date_words, figure_words

_LINEAR_UP_TO = 100  # people; beyond, the axis is logarithmic, or five dead beside a thousand could not be seen


def plot_incidents(incidents: pd.DataFrame, claims: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw low, best and high of each incident and effect, and under it each statement with its source.

    ``incidents``: rows of one policy. ``claims``: incident, effect, low, high, bound, source, wording, used. An arrow
    is a side on which no bound is known. Nothing is drawn where nothing is known or counted, and the row says so.
    """
    groups = [(row, claims[(claims["incident"] == row.incident) & (claims["effect"] == row.effect)])
              for row in incidents.itertuples()]
    ax = axes(ax, sum(2.4 + len(group) for _, group in groups) + 3)
    far = people_axis(ax, incidents, *(group for _, group in groups))
    at, labels, y = [], [], 0.0
    for row, group in groups:
        where = [short(row.place)] if pd.notna(row.place) else []
        when = [date_words(row.date)] if pd.notna(row.date) else []
        heading(ax, y, " · ".join([row.effect, *where, *when, f"incident {row.incident}"]))
        y += 1
        low, best, high = (None if pd.isna(value) else int(value) for value in (row.low, row.best, row.high))
        said = figure_words(low, high) if group.empty or group["used"].any() else "not counted"
        said += "" if best is None or low == best == high else f", best {best:,}"
        draw_range(ax, y, low, high, far, said, color="black", linewidth=4)
        ax.plot([] if best is None else best, [] if best is None else y, "D", color="black", markersize=9, zorder=4)
        at, labels, y = [*at, y], [*labels, "low, best, high"], y + 1
        for claim in group.itertuples():
            draw_range(ax, y, claim.low, claim.high, far, figure_words(claim.low, claim.high, claim.bound),
                   color=BLUE if claim.used else VERMILION, filled=claim.used)
            at, labels, y = [*at, y], [*labels, short(claim.source, 28) + _quoted(claim.wording)], y + 1
        y += 0.4
    ax.set_yticks(at, labels)
    ax.set_ylim(y - 0.5, -0.7)
    legend(ax, [Line2D([], [], color="black", marker="D", linewidth=4, label="low to high, best"),
                 Line2D([], [], color=GREY, marker=">", label="no bound stated on this side"),
                 Line2D([], [], color=BLUE, marker="o", label="statement used"),
                 Line2D([], [], color=VERMILION, marker="o", markerfacecolor="white", label="statement left out")])
    return plain(ax)


def heading(ax: Axes, y: float, words: str) -> None:
    """Write a heading on a grey band across the whole picture."""
    band = ax.axhspan(y - 0.5, y + 0.5, xmin=-5, xmax=5, color="#eeeeee", linewidth=0, clip_on=False)
    text = ax.annotate(words, (0, y), (6, 0), ("figure fraction", "data"), "offset points", va="center", weight="bold")
    for artist in (band, text):
        artist.set_in_layout(False)


def people_axis(ax: Axes, *tables: pd.DataFrame) -> float:
    """Set the axis of people for all bounds in the tables, and return the place where open ends point to."""
    bounds = [frame[side].dropna().max() for frame in tables for side in ("low", "high")]
    largest = max([1, *(int(bound) for bound in bounds if pd.notna(bound))])
    logarithmic = largest > _LINEAR_UP_TO
    if logarithmic:
        ax.set_xscale("symlog", linthresh=10)
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    else:
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    far = largest * 3 if logarithmic else max(largest * 1.25, largest + 1)
    ax.set_xlim(-0.02 * far if not logarithmic else -0.5, far)
    ax.set_xlabel("people" + (" (logarithmic from 10)" if logarithmic else ""))
    ax.grid(axis="x", color="#dddddd", linewidth=0.6)
    return far


def draw_range(ax: Axes, y: float, low: int | None, high: int | None, far: float, said: str, color: str,
               linewidth: float = 1.5, filled: bool = True) -> None:
    """Draw one range with its figure in words at the right edge."""
    ax.annotate(said, (1, y), (6, 0), ("axes fraction", "data"), "offset points", va="center",
                weight="bold" if color == "black" else "normal")
    if pd.isna(low) and pd.isna(high):
        return
    left, right = (0 if pd.isna(low) else low), (far * 0.985 if pd.isna(high) else high)
    ax.plot([left, right], [y, y], color=color, linewidth=linewidth, solid_capstyle="butt", zorder=2)
    ends = [value for value in (low, high) if pd.notna(value)]
    mark, size = ("|", 14) if color == "black" else ("o", 7)
    ax.plot(ends, [y] * len(ends), mark, color=color, markersize=size, markeredgewidth=linewidth,
            markerfacecolor=color if filled else "white", zorder=3)
    for open_end, place, marker in ((low, left, "<"), (high, right, ">")):
        if pd.isna(open_end):
            ax.plot(place, y, marker, color=color, markersize=8, zorder=3)


def _quoted(wording: object) -> str:
    return "" if pd.isna(wording) else f": “{short(wording, 18)}”"
