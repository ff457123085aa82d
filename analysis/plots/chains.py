"""Who passes on what."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from analysis.plots.style import BLUE, GREY, axes, two_lines


def plot_chains(chains: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw who passes on what, from the outlet at the left to the root, who says it, at the right.

    ``chains``: chain (names, outermost first), counts_as (the one account that the root belongs to), statements (their
    number). Chains that begin alike share their boxes.
    """
    rows = sorted(zip(map(tuple, chains["chain"]), chains["counts_as"], chains["statements"], strict=True))
    paths = [path for path, _, _ in rows]
    columns = max([2, *map(len, paths)])
    ax = axes(ax, 1.7 * len(paths) + 1.5)
    ax.set_xlim(0, columns + 0.75)
    ax.set_ylim(len(paths) - 0.4, -1.0)
    ax.axis("off")
    for column, title in enumerate(["outlet", *["passed on by"] * (columns - 2), "root: who says it"]):
        ax.text(column + 0.42, -0.75, title, ha="center", va="center", color=GREY)
    _side_notes(ax, columns, -0.75, "grouped under", "statements", color=GREY)
    for row, (path, counts_as, statements) in enumerate(rows):
        _node(ax, columns - 1, row, two_lines(path[-1], 72 // columns), root=True)
        _side_notes(ax, columns, row, two_lines(counts_as, 13), f"{statements:,}", color="black")
    for start in dict.fromkeys(path[:length] for path in paths for length in range(1, len(path))):
        below = [(path[:len(start) + 1], row) for row, path in enumerate(paths)
                 if path[:len(start)] == start and len(path) > len(start)]
        y = _middle(paths, start)
        _node(ax, len(start) - 1, y, two_lines(start[-1], 72 // columns), root=False)
        for longer, row in below:
            ends = longer == paths[row]
            _link(ax, len(start) - 1, y, columns - 1 if ends else len(start), row if ends else _middle(paths, longer))
    return ax


def _middle(paths: Sequence[tuple[str, ...]], start: tuple[str, ...]) -> float:
    """Return the middle of the rows whose chain goes on after ``start``."""
    rows = [row for row, path in enumerate(paths) if path[:len(start)] == start and len(path) > len(start)]
    return sum(rows) / len(rows)


def _node(ax: Axes, column: int, y: float, name: str, root: bool) -> None:
    ax.add_patch(FancyBboxPatch((column + 0.02, y - 0.34), 0.8, 0.68, boxstyle="round,pad=0,rounding_size=0.05",
                                facecolor="#dcecf8" if root else "white", edgecolor=BLUE if root else GREY))
    ax.text(column + 0.42, y, name, ha="center", va="center", fontsize=9)


def _link(ax: Axes, column: int, y: float, to_column: int, to_y: float) -> None:
    """Draw a line with one bend, so that it runs along its own row and through no other box."""
    bend = column + 0.88
    ax.plot([column + 0.82, bend, bend], [y, y, to_y], color=GREY, linewidth=1)
    ax.annotate("", (to_column + 0.02, to_y), (bend, to_y),
                arrowprops={"arrowstyle": "->", "color": GREY, "shrinkA": 0, "shrinkB": 0})


def _side_notes(ax: Axes, columns: int, y: float, counts_as: str, statements: str, color: str) -> None:
    ax.text(columns - 0.12, y, counts_as, va="center", fontsize=9, color=color)
    ax.text(columns + 0.74, y, statements, va="center", ha="right", fontsize=9, color=color)
