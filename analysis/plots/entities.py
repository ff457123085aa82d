"""Who is named, how often and where."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.plots.style import BLUE, axes, legend, plain, short


def plot_entities(tally: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw one bar an entity, most mentioned on top. Columns: entity, type, names, nominal (numbers of mentions)."""
    ax = axes(ax, len(tally) + 2)
    rows = range(len(tally))
    ax.barh(rows, tally["names"], color=BLUE, label="by name")
    ax.barh(rows, tally["nominal"], left=tally["names"], color="white", edgecolor=BLUE, hatch="////",
            label="by a word such as “the militants”")
    for row, (names, nominal) in enumerate(zip(tally["names"], tally["nominal"], strict=True)):
        ax.annotate(f"{names + nominal:,}", (names + nominal, row), (4, 0), textcoords="offset points", va="center")
    ax.set_yticks(rows, [f"{short(name)} ({kind.replace('_', ' ')})"
                         for name, kind in zip(tally["entity"], tally["type"], strict=True)])
    ax.invert_yaxis()
    ax.margins(x=0.08)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("mentions")
    legend(ax)
    return plain(ax)


def plot_mentions(mentions: pd.DataFrame, lengths: Mapping[str, int], ax: Axes | None = None) -> Axes:
    """Draw where in the articles each entity is mentioned, the first mentioned on top.

    ``lengths``: {article_id: characters of its text}. A line is a name, a ring a word such as "the militants".
    """
    names = list(dict.fromkeys(mentions["entity"]))
    ax = axes(ax, len(names) + 2)
    where = 100 * mentions["start"] / mentions["article_id"].map(lengths)
    row = mentions["entity"].map(names.index)
    nominal = mentions["nominal"]
    ax.plot(where[~nominal], row[~nominal], "|", color=BLUE, markersize=13, markeredgewidth=2, label="by name")
    ax.plot(where[nominal], row[nominal], "o", color=BLUE, markerfacecolor="white", markersize=6,
            label="by a word such as “the militants”")
    ax.set_yticks(range(len(names)), [short(name) for name in names])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(-1, 100)
    ax.set_xlabel("place in the article (per cent of its characters)")
    ax.grid(axis="y", color="#dddddd", linewidth=0.6)
    legend(ax)
    return plain(ax)
