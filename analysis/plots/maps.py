"""Where the places are that articles name, as precisely as it is known and no more."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from analysis.places import outlines
from analysis.plots.style import BLUE, GREY, HALO, ROW, VERMILION, WIDTH, axes, legend, short

MOST_LABELS = 20
_COUNTRY = 6  # UCDP's where_prec, see places.Place
_RATIO = 1.6  # width to height of the map on the page
_WORLD = Bbox.from_extents(-180, -65, 180, 85)
_LAND = "#f4f4f4"
# where_prec: width of the mark in points, what it says, and the word after a name. A ring is not drawn to scale.
_MARKS = {1: (8, "the place itself", ""), 2: (13, "near it", " (near it)"),
          3: (20, "somewhere in this district", " (district)"), 4: (30, "somewhere in this province", " (province)"),
          5: (46, "somewhere in this part of a country", " (region)")}


def plot_places(places: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the places with coordinates, the most mentioned with their names and numbers of mentions.

    ``places``: place, country (ISO code), latitude, longitude (degrees), where_prec (UCDP's), mentions. Only a place
    itself is a point; what is known less precisely is a wide hollow ring, and a country is hatched. The map shows all
    places but the countries, and names these below it; where there are only countries, it shows them.
    **Misses:** the shape of a province; what lies on both sides of longitude 180.
    """
    fine, countries = _apart(places)
    frame = _frame(places)
    ax = axes(ax, 0.92 * WIDTH * frame.height / (frame.width * _narrowing(frame)) / ROW + 4)
    ax.set(xlim=(frame.x0, frame.x1), ylim=(frame.y0, frame.y1), aspect=1 / _narrowing(frame))
    _outlines(ax, frame, set(countries["country"].dropna()))
    for precision, (width, *_) in _MARKS.items():
        these = fine[fine["where_prec"] == precision]
        ax.plot(these["longitude"], these["latitude"], linestyle="", zorder=6 - precision, **_mark(precision, width))
    _names(ax, fine)
    drawn = [Line2D([], [], linestyle="", label=words, **_mark(precision, min(width, 12)))
             for precision, (width, words, _) in _MARKS.items() if (fine["where_prec"] == precision).any()]
    hatched = [Patch(facecolor=_LAND, edgecolor=GREY, hatch="///", label="only the country is named")]
    legend(ax, drawn + (hatched if len(countries) else []))
    for axis, edges, sides in ((ax.xaxis, frame.intervalx, "WE"), (ax.yaxis, frame.intervaly, "SN")):
        degrees = [value for value in MaxNLocator(4).tick_values(*edges) if edges[0] <= value <= edges[1]]
        axis.set_ticks(degrees, [f"{abs(value):g}°{sides[int(value > 0)] if value else ''}" for value in degrees])
    ax.tick_params(labelsize=8, colors=GREY)
    ax.set_xlabel(_beside(fine, countries, frame), fontsize=9)
    if engine := ax.figure.get_layout_engine():
        engine.set(h_pad=0.2)  # inches: of a map, whose shape is fixed, it measures the words below too short
    return ax


def outside(places: pd.DataFrame) -> pd.DataFrame:
    """Return the countries that lie outside the map of these places, which shows what is more precise."""
    countries = _apart(places)[1]
    return countries[~_inside(countries, _frame(places))]


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


def _names(ax: Axes, fine: pd.DataFrame) -> None:
    """Write the names of the places that are mentioned most beside their marks, where they cover nothing."""
    named = fine.nlargest(MOST_LABELS, "mentions", keep="first")
    names = [f"{short(row.place, 26)}{_MARKS[row.where_prec][2]} {row.mentions:,}" for row in named.itertuples()]
    labels = [ax.text(row.longitude, row.latitude, name, fontsize=8, zorder=8, path_effects=HALO)
              for row, name in zip(named.itertuples(), names, strict=True)]
    if labels:
        from adjustText import adjust_text  # late: it brings scipy, and most who draw draw no map

        adjust_text(labels, fine["longitude"].to_numpy(), fine["latitude"].to_numpy(), ax=ax, iter_lim=300,
                    expand=(1.1, 1.4), arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "zorder": 7})


def _beside(fine: pd.DataFrame, countries: pd.DataFrame, frame: Bbox) -> str:
    """Return in words what the map has no name for: countries, and places beyond ``MOST_LABELS``."""
    inside = _inside(countries, frame)
    lines = []
    for words, those in (("Only the country is named", countries[inside]),
                         ("Outside this map", countries[~inside])):
        named = ", ".join(f"{short(row.place, 20)} {row.mentions:,}" for row in those.head(MOST_LABELS).itertuples())
        more = len(those) - MOST_LABELS
        lines += [f"{words}: {named}{f' and {more:,} more' if more > 0 else ''}"] if named else []
    if (more := len(fine) - MOST_LABELS) > 0:
        lines.append(f"{more:,} more places have no name here")
    return "\n".join(line for words in lines for line in wrap(words, 110))
