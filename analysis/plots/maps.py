"""Where the places are that articles name, as precisely as it is known and no more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from analysis.places import outlines
from analysis.plots.style import BLUE, GREY, ROW, VERMILION, WIDTH, axes, legend, short

MOST_LABELS = 20
_COUNTRY = 6  # UCDP's where_prec, see places.Place
_RATIO = 1.17  # width to height of the map on the page
_WORLD = Bbox.from_extents(-180, -65, 180, 85)
_LAND = "#f4f4f4"
# where_prec: width of the mark in points, what it says, and the word after a name. A ring is not drawn to scale.
_MARKS = {1: (8, "the place itself", ""), 2: (13, "near it", " (near it)"),
          3: (20, "somewhere in this district", " (district)"), 4: (30, "somewhere in this province", " (province)"),
          5: (46, "somewhere in this part of a country", " (region)")}


def plot_places(places: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the places with coordinates, and their names with their numbers of mentions beside the map.

    ``places``: place, country (ISO code), latitude, longitude (degrees), where_prec (UCDP's), mentions. Only a place
    itself is a point; what is known less precisely is a wide hollow ring, and a country is hatched. The map shows all
    places but the countries, and names the countries outside it; where there are only countries, it shows these.
    **Misses:** the shape of a province; what lies on both sides of longitude 180.
    """
    fine, countries = _apart(places)
    frame = _frame(places)
    ax = ax or _page(frame)
    ax.set(xlim=(frame.x0, frame.x1), ylim=(frame.y0, frame.y1), aspect=1 / _narrowing(frame))
    _outlines(ax, frame, set(countries["country"].dropna()))
    for precision, (width, *_) in _MARKS.items():
        these = fine[fine["where_prec"] == precision]
        ax.plot(these["longitude"], these["latitude"], linestyle="", zorder=6 - precision, **_mark(precision, width))
    _names(ax, fine, countries, frame)
    drawn = [Line2D([], [], linestyle="", label=words, **_mark(precision, min(width, 16)))
             for precision, (width, words, _) in _MARKS.items() if (fine["where_prec"] == precision).any()]
    hatched = [Patch(facecolor=_LAND, edgecolor=GREY, hatch="///", label="only the country is named")]
    legend(ax, drawn + (hatched if len(countries) else []))
    for axis, edges, sides in ((ax.xaxis, frame.intervalx, "WE"), (ax.yaxis, frame.intervaly, "SN")):
        degrees = [value for value in MaxNLocator(4).tick_values(*edges) if edges[0] <= value <= edges[1]]
        axis.set_ticks(degrees, [f"{abs(value):g}°{sides[int(value > 0)] if value else ''}" for value in degrees])
    ax.tick_params(labelsize=8, colors=GREY)
    return ax


def outside(places: pd.DataFrame) -> pd.DataFrame:
    """Return the countries that lie outside the map of these places, which shows what is more precise."""
    countries = _apart(places)[1]
    return countries[~_inside(countries, _frame(places))]


def _page(frame: Bbox) -> Axes:
    """Return the axes of a new figure with room for the names at the right and the legend above."""
    width = 0.56
    high = max(width * WIDTH * frame.height / (frame.width * _narrowing(frame)), 3)  # inches
    ax = axes(None, (high + 1.2) / ROW)
    ax.figure.set_layout_engine("none")  # it takes no account of names beside a map whose shape is fixed
    ax.set_position((0.07, 0.35 / (high + 1.2), width, high / (high + 1.2)))
    ax.set_anchor("NW")
    return ax


def _apart(places: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the places that are more precise than a country, and the countries."""
    return places[places["where_prec"] < _COUNTRY], places[places["where_prec"] == _COUNTRY]


def _mark(precision: int, width: float) -> dict[str, object]:
    """Return how a precision is drawn: only the first is filled."""
    if precision == 1:
        return {"marker": "o", "color": BLUE, "markersize": width, "markeredgecolor": "white"}
    return {"marker": "o", "markerfacecolor": "none", "markeredgewidth": 1.8, "markersize": width,
            "markeredgecolor": BLUE if precision == 2 else VERMILION}


def _frame(places: pd.DataFrame) -> Bbox:
    """Return the degrees that the map shows, with a margin and of the page's shape; without places the world."""
    fine, countries = _apart(places)
    shown = fine if len(fine) else countries
    if shown.empty:
        return _WORLD
    margin = 3.0 if len(fine) else 10.0
    west, east = shown["longitude"].min(), shown["longitude"].max()
    south, north = shown["latitude"].min(), shown["latitude"].max()
    frame = Bbox.from_extents(west, south, east, north)
    high = 1.2 * (north - south) + 2 * margin
    wide = 1.2 * (east - west) + 2 * margin / _narrowing(frame)
    wide, high = max(wide, high * _RATIO / _narrowing(frame)), max(high, wide * _narrowing(frame) / _RATIO)
    x, y = (west + east) / 2, (south + north) / 2
    return Bbox.intersection(Bbox.from_bounds(x - wide / 2, y - high / 2, wide, high), _WORLD)


def _narrowing(frame: Bbox) -> float:
    """Return how much shorter a degree of longitude is there than one of latitude."""
    return max(float(np.cos(np.radians((frame.y0 + frame.y1) / 2))), 0.2)


def _rings(frame: Bbox) -> Iterator[tuple[str | None, Path]]:
    """Yield the outlines of countries that reach into the frame, with the code of their country."""
    table = outlines()
    for code, longitudes, latitudes in zip(table["country"], table["longitude"], table["latitude"], strict=True):
        ring = Path(np.column_stack([longitudes, latitudes]))
        if ring.intersects_bbox(frame, filled=True):
            yield code, ring


def _inside(countries: pd.DataFrame, frame: Bbox) -> pd.Series:
    """Return which countries reach into the frame."""
    return countries["country"].isin({code for code, _ in _rings(frame) if isinstance(code, str)})


def _outlines(ax: Axes, frame: Bbox, hatched: set[str]) -> None:
    """Draw the countries, hatched where only the country is named."""
    for code, ring in _rings(frame):
        hatch = {"hatch": "///", "zorder": 0.5} if code in hatched else {"zorder": 0}
        ax.add_patch(PathPatch(ring, facecolor=_LAND, edgecolor="#aaaaaa", linewidth=0.7, **hatch))


def _names(ax: Axes, fine: pd.DataFrame, countries: pd.DataFrame, frame: Bbox) -> None:
    """Write the names in a column beside the map, from north to south, each with a line to its mark."""
    pointed = fine.head(MOST_LABELS).sort_values("latitude", ascending=False, kind="stable")
    where = ["hatched" if inside else "outside this map" for inside in _inside(countries, frame)]
    lines = [f"{short(row.place, 20)} (country, {side}): {row.mentions:,}"
             for row, side in zip(countries.itertuples(), where, strict=True)]
    if left_out := len(fine) - len(pointed) + max(len(pointed) + len(lines) - MOST_LABELS, 0):
        lines = [*lines[:MOST_LABELS - len(pointed)], f"and {left_out:,} more"]
    heights = 1 - (np.arange(len(pointed) + len(lines)) + 0.5) / max(len(pointed) + len(lines), 12)
    for y, row in zip(heights, pointed.itertuples(), strict=False):
        ax.annotate("", (row.longitude, row.latitude), (1.05, y), textcoords="axes fraction", annotation_clip=False,
                    arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 3})
    names = [f"{short(row.place, 26)}{_MARKS[row.where_prec][2]}: {row.mentions:,}" for row in pointed.itertuples()]
    for y, line in zip(heights, names + lines, strict=True):
        color = "black" if line in names else GREY
        ax.text(1.06, y, line, transform=ax.transAxes, va="center", fontsize=9, color=color)
