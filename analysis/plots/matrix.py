"""Who appears with whom."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from analysis.plots.style import BLUE, GREY, axes, short

_NUMBERS_UP_TO = 25  # entities; beyond, the numbers would touch
_SHADES = LinearSegmentedColormap.from_list("shades", ["#f2f8fc", BLUE])  # one hue: told apart without seeing colours


def plot_together(counts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw in how many sentences two entities are both mentioned, one square a pair, darker for more.

    ``counts``: a square table, its rows and columns entities. The framed squares of the diagonal are the sentences that
    mention the entity at all; they have no shade. An empty square is a pair that no sentence mentions.
    """
    ax = axes(ax, 1.15 * len(counts) + 7)
    values = counts.to_numpy(dtype=float)
    pairs = np.where(np.eye(len(values), dtype=bool) | (values == 0), np.nan, values)
    most = np.nanmax(pairs) if np.isfinite(pairs).any() else 1
    ax.pcolormesh(pairs, cmap=_SHADES, vmin=0, vmax=most, edgecolor="white", linewidth=1)
    for row, column in np.argwhere(values > 0) if len(counts) <= _NUMBERS_UP_TO else ():
        dark = row != column and values[row, column] > 0.7 * most
        ax.text(column + 0.5, row + 0.5, f"{values[row, column]:,.0f}", ha="center", va="center", fontsize=8,
                color="white" if dark else GREY if row == column else "black")
    at = np.arange(len(counts)) + 0.5
    ax.plot(*_frames(len(counts)), color=GREY, linewidth=0.8)
    ax.set_yticks(at, [short(name, 34) for name in counts.index])
    ax.set_xticks(at, [short(name, 22) for name in counts.columns], rotation=90)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_xlim(0, max(len(counts), 1))
    ax.set_ylim(max(len(counts), 1), 0)
    ax.spines[:].set_visible(False)
    ax.set_xlabel("sentences that mention both; framed: sentences that mention the one")
    ax.xaxis.set_label_position("bottom")
    return ax


def _frames(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a line around each square of the diagonal, broken between squares."""
    corners = np.arange(size)[:, None]
    x, y = np.array([0.04, 0.96, 0.96, 0.04, 0.04, np.nan]), np.array([0.06, 0.06, 0.94, 0.94, 0.06, np.nan])
    return (corners + x).ravel(), (corners + y).ravel()
