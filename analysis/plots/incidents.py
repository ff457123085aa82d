"""How many are said to be harmed, and who says so: each toll, under it what repeats it and its parts."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.outline import (
    KINDS,
    NEWS,
    OTHER,
    OVER_TIME,
    ROLE_WORDS,
    in_short,
    incident_kinds,
    outline,
    percent,
    role_words,
)
from analysis.plots.style import BLUE, GREY, VERMILION, axes, legend, plain, short
from analysis.wording import date_words, figure_words

_APART = {OTHER: "Other events told in these articles", OVER_TIME: "Counts over time, which are in no total"}
_DARKER = "#d0d0d0"
_PART = "part of another"
_STEP = "\u2003"  # a space that no viewer swallows
_LINEAR_UP_TO = 100  # people; beyond, the axis is logarithmic, or five dead beside a thousand could not be seen


def plot_incidents(incidents: pd.DataFrame, claims: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw low, best and high of each incident and effect, and under it each toll with what repeats it and its parts.

    ``incidents``: rows of one policy. ``claims``: columns of ``Casualty``, source, used and reason, and told_as where
    some claims are left out (as ``panels.statements`` returns them). What the articles tell as their news comes first,
    other events and counts over time stand apart. An arrow is a side on which no bound is known. Nothing is drawn where
    nothing is known or counted, and the row says so.
    """
    claims = claims[claims["incident"].isin(incidents["incident"])]
    # A filter may hide the claims that make an incident news.
    kinds = (dict(zip(claims["incident"], claims["told_as"], strict=True)) if "told_as" in claims
             else incident_kinds(claims))
    told = dict(iter(outline(claims, kinds).groupby(["incident", "effect"], sort=False)))
    rows = sorted(incidents.itertuples(), key=lambda row: KINDS.index(kinds.get(row.incident, NEWS)))  # stable
    groups = [(row, told.get((row.incident, row.effect), claims.head(0))) for row in rows]
    shown = [kinds.get(row.incident, NEWS) for row in rows]
    ax = axes(ax, sum(2.4 + len(group) for _, group in groups) + 1.4 * len({*shown} - {NEWS}) + 4)
    far = people_axis(ax, incidents, *(group for _, group in groups))
    at, labels, y = [], [], 0.0
    for (row, group), kind, before in zip(groups, shown, [NEWS, *shown], strict=False):
        if kind != before:
            heading(ax, y, _APART[kind], _DARKER)
            y += 1.4
        heading(ax, y, _title(row))
        y += 1
        low, best, high = (None if pd.isna(value) else int(value) for value in (row.low, row.best, row.high))
        said = figure_words(low, high) if group.empty or group["used"].any() else "not counted"
        said += _families(group[group["used"]])
        said += "" if best is None or low == best == high else f", best {best:,}"
        draw_range(ax, y, low, high, far, said, color="black", linewidth=4)
        ax.plot([] if best is None else best, [] if best is None else y, "D", color="black", markersize=9, zorder=4)
        at, labels, y = [*at, y], [*labels, "low, best, high"], y + 1
        for claim in group.itertuples():
            _draw_claim(ax, y, claim, far)
            at, labels, y = [*at, y], [*labels, _label(claim)], y + 1
        y += 0.4
    ax.set_yticks(at, labels)
    left_labels(ax)
    ax.set_ylim(y - 0.5, -0.7)
    legend(ax, [Line2D([], [], color="black", marker="D", linewidth=4, label="low to high, best"),
                Line2D([], [], color=BLUE, marker="o", label="statement used"),
                Line2D([], [], color=GREY, marker="s", markerfacecolor="white", label="part of a toll, not added"),
                Line2D([], [], color=GREY, marker=">", label="no bound stated on this side"),
                Line2D([], [], color=VERMILION, marker="o", markerfacecolor="white", label="statement left out")],
           columns=3)
    return plain(ax)


def _families(claims: pd.DataFrame) -> str:
    """Return the unit of a figure that rests on some claims, where it is not persons."""
    in_families = "unit" in claims and len(claims) and (claims["unit"] == "family").all()
    return " families" if in_families else ""


def _title(row: object) -> str:
    """Return what a heading says of an incident and effect."""
    where = [short(row.place)] if pd.notna(row.place) else []
    when = [date_words(row.date)] if pd.notna(row.date) else []
    doubt = [f"doubt {percent(row.doubt)}"] if pd.notna(row.doubt) else []
    may_be = [f"may be {row.may_be}"] if pd.notna(row.may_be) else []
    return " · ".join([row.effect, *where, *when, f"incident {row.incident}", *doubt, *may_be])


def _draw_claim(ax: Axes, y: float, claim: object, far: float) -> None:
    """Draw what one claim says, with why it does not count."""
    figure = figure_words(claim.low, claim.high, claim.bound) + (
        " families" if getattr(claim, "unit", "person") == "family" else "")
    if claim.used:
        draw_range(ax, y, claim.low, claim.high, far, figure, color=BLUE)
    elif (why := in_short(claim.reason)) == _PART:
        draw_range(ax, y, claim.low, claim.high, far, f"{figure} (part)", color=GREY, filled=False, mark="s")
    else:
        draw_range(ax, y, claim.low, claim.high, far, f"{figure} ({why})", color=VERMILION, filled=False)


def _label(claim: object) -> str:
    """Return who says so and in which words, further in than what it repeats or is part of."""
    role = role_words(claim, sure=False)
    if claim.depth == 0 and role in (ROLE_WORDS["toll"], ROLE_WORDS["other"], ROLE_WORDS["over time"]):
        return short(claim.source, 28) + _quoted(claim.wording, 18)
    return _STEP * claim.depth + f"{role.partition(': ')[2] or role} · {short(claim.source, 22)}" + _quoted(
        claim.wording, 14)


def _quoted(wording: object, characters: int) -> str:
    return "" if pd.isna(wording) else f": “{short(wording, characters)}”"


def left_labels(ax: Axes) -> None:
    """Put the labels of the rows flush left, so that what stands under another is seen to."""
    labels = ax.get_yticklabels()
    width = max((label.get_window_extent().width for label in labels), default=0)
    ax.tick_params(axis="y", pad=width * 72 / ax.figure.dpi + 6)
    for label in labels:
        label.set_horizontalalignment("left")


def heading(ax: Axes, y: float, words: str, color: str = "#eeeeee") -> None:
    """Write a heading on a grey band across the whole picture."""
    band = ax.axhspan(y - 0.5, y + 0.5, xmin=-5, xmax=5, color=color, linewidth=0, clip_on=False)
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
               linewidth: float = 1.5, filled: bool = True, mark: str = "o") -> None:
    """Draw one range with its figure in words at the right edge."""
    ax.annotate(said, (1, y), (12, 0), ("axes fraction", "data"), "offset points", va="center",
                weight="bold" if color == "black" else "normal")
    if pd.isna(low) and pd.isna(high):
        return
    left, right = (0 if pd.isna(low) else low), (far * 0.985 if pd.isna(high) else high)
    ax.plot([left, right], [y, y], color=color, linewidth=linewidth, solid_capstyle="butt", zorder=2)
    ends = [value for value in (low, high) if pd.notna(value)]
    mark, size = ("|", 14) if color == "black" else (mark, 7)
    ax.plot(ends, [y] * len(ends), mark, color=color, markersize=size, markeredgewidth=linewidth,
            markerfacecolor=color if filled else "white", zorder=3)
    for open_end, place, marker in ((low, left, "<"), (high, right, ">")):
        if pd.isna(open_end):
            ax.plot([place], [y], marker, color=color, markersize=8, zorder=3, clip_on=False)
