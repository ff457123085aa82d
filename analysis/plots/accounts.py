"""Who speaks when, how many accounts there are of each incident, and which way a party leans."""

from __future__ import annotations

from math import ceil

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.plots.style import BLUE, GREY, HALO, VERMILION, axes, legend, plain, short, thin_labels, two_lines
from analysis.wording import date_words

_NEVER = "date unknown"
_STEPS = 24  # of time in a picture: discs of more would touch
_RATIOS = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16)  # at which the axis of ratios has a line
_COUNTS = (("articles", "o", GREY), ("outlets", "s", BLUE), ("roots", "D", VERMILION))


def plot_statements(statements: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many statements each voice makes when, one line a voice: a bigger disc is more, with its number.

    ``statements``: voice, day (of publication, an ISO date, null where it is not known), statements (their number).
    Days are taken together where there are too many to tell apart. Those of unknown date stand apart at the right.
    """
    voices = list(dict.fromkeys(statements["voice"]))
    day = pd.to_datetime(statements["day"])
    first = day.min()
    step = 1 if day.isna().all() else max(ceil((day.max() - first).days / _STEPS), 1)
    bins = (day - first).dt.days // step
    apart = (0 if day.isna().all() else bins.max()) + 2
    told = statements.assign(at=bins.fillna(apart).astype(int)).groupby(["voice", "at"], sort=False)["statements"].sum()
    ax = axes(ax, 1.1 * len(voices) + 3)
    for (voice, at), number in told.items():
        ax.scatter(at, voices.index(voice), s=110 + 40 * min(number, 9), color="#dcecf8", edgecolor=BLUE)
        ax.text(at, voices.index(voice), f"{number:,}", ha="center", va="center", fontsize=8)
    ax.set_yticks(range(len(voices)), [short(voice, 34) for voice in voices])
    ax.set_ylim(len(voices) - 0.4, -0.6)
    shown = sorted(set(bins.dropna().astype(int)))
    labels = [date_words((first + pd.Timedelta(days=at * step)).date().isoformat()) for at in shown]
    unknown = [apart] if day.isna().any() else []
    ax.set_xticks([*shown, *unknown], [*labels, *[_NEVER] * len(unknown)])
    ax.set_xlim(-0.8 if shown else apart - 1, max(told.index.get_level_values("at"), default=0) + 0.8)
    ax.grid(axis="y", color="#e6e6e6", linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_xlabel("publication of the article; a number is how many statements"
                  + (f" from this day on, in {step} days" if step > 1 else ""))
    thin_labels(ax, always=len(unknown))
    return plain(ax)


def plot_independence(readings: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many articles, outlets and independent sources speak on each incident: the roots are what counts.

    ``readings``: name (what the line is about), articles, outlets, roots (numbers).
    """
    ax = axes(ax, 2.1 * len(readings) + 3)
    for row, reading in enumerate(readings.itertuples()):
        counts = [getattr(reading, column) for column, _, _ in _COUNTS]
        for (_, marker, color), count, shift in zip(_COUNTS, counts, (-0.28, 0.0, 0.28), strict=True):
            ax.plot(count, row + shift, marker, color=color, markersize=6, zorder=2)
            ax.annotate(f"{count:,}", (count, row + shift), (7, 0), textcoords="offset points", va="center", fontsize=8)
    ax.set_yticks(range(len(readings)), [two_lines(name, 34) for name in readings["name"]])
    ax.set_ylim(len(readings) - 0.4, -0.6)
    ax.set_xlim(left=0)
    ax.margins(x=0.08)
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    ax.set_xlabel("number")
    names = {"roots": "independent sources"}
    legend(ax, [Line2D([], [], color=color, marker=marker, linewidth=0, label=names.get(column, column))
                for column, marker, color in _COUNTS], columns=3)
    return plain(ax)


def plot_leanings(leanings: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw each party's figures over those of the others, with the 90 % interval, for own and for enemy losses.

    ``leanings``: party, losses (own, enemy), n (incidents compared), ratio, low, high. Where there are too few
    incidents for a ratio the line says so and nothing is drawn.
    """
    ax = axes(ax, 1.6 * len(leanings) + 3.5)
    ends = leanings[["low", "high"]].astype(float).stack().dropna()
    least, most = min([0.4, *ends]), max([2.5, *ends])
    ax.set_xscale("log")
    ax.set_xlim(least / 1.3, most * 1.3)
    ax.axvline(1, color=GREY, linewidth=1, linestyle="--")
    for row, one in enumerate(leanings.itertuples()):
        if pd.isna(one.ratio):
            ax.annotate(f"too few incidents to compare ({one.n})", (1, row), (6, 0), textcoords="offset points",
                        va="center", color=GREY, fontsize=9)
            continue
        color, marker = (BLUE, "o") if one.losses == "own" else (VERMILION, "D")
        ax.plot([one.low, one.high], [row, row], color=color)
        ax.plot(one.ratio, row, marker, color=color)
        ax.annotate(f"×{one.ratio:.2g}", (one.ratio, row), (0, 7), textcoords="offset points", ha="center", fontsize=8,
                    path_effects=HALO)
    labels = [f"{short(one.party, 26)}\n{one.losses} losses (incidents: {one.n})" for one in leanings.itertuples()]
    ax.set_yticks(range(len(leanings)), labels)
    ax.set_ylim(len(leanings) - 0.4, -0.8)
    ax.set_xticks([ratio for ratio in _RATIOS if least / 1.3 <= ratio <= most * 1.3])
    ax.minorticks_off()
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"×{value:g}" if value >= 1 else f"×1/{1 / value:g}"))
    ax.set_xlabel("its figure over the other sources' median; bar: 90 % interval; dashed: no leaning")
    legend(ax, [Line2D([], [], color=BLUE, marker="o", label="own losses"),
                Line2D([], [], color=VERMILION, marker="D", label="enemy losses")])
    return plain(ax)
