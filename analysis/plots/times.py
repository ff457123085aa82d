"""When somebody is mentioned."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.plots.style import BLUE, axes, legend, plain, thin_labels
from analysis.wording import date_words

_NUMBERS_UP_TO = 24  # bars; beyond, the numbers would touch
_NAMES = {4: "Y", 7: "M", 10: "D"}  # an ISO date's characters to pandas' period


def plot_times(times: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the mentions of each day, month or year of publication; a gap is a time without an article.

    ``times``: time (an ISO date, month or year, all of one length; or other words where it is not known), articles,
    names, nominal. What has no known date stands apart at the right.
    """
    ax = axes(ax, 9)
    known = times["time"].str.fullmatch(r"\d{4}(-\d\d){0,2}").astype(bool)
    at = _positions(times["time"], known)
    ax.bar(at, times["names"], color=BLUE, label="by name")
    ax.bar(at, times["nominal"], bottom=times["names"], color="white", edgecolor=BLUE, hatch="////",
           label="by a word such as “the militants”")
    if len(times) <= _NUMBERS_UP_TO:
        for x, count in zip(at, times["names"] + times["nominal"], strict=True):
            ax.annotate(f"{count:,}", (x, count), (0, 3), textcoords="offset points", ha="center")
    ax.set_xticks(at, [_label(*row) for row in zip(times["time"], times["articles"], strict=True)])
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.margins(y=0.12)
    ax.set_xlim(-1.5, max(*at, 4, 4) + 1.5)
    ax.set_ylabel("mentions")
    ax.set_xlabel("publication of the article")
    legend(ax)
    thin_labels(ax, always=int((~known).sum()))
    return plain(ax)


def _positions(times: pd.Series, known: pd.Series) -> list[int]:
    """Return where each bar stands: known times by the calendar, the others two steps after the last."""
    ordinals = [pd.Period(time, _NAMES[len(time)]).ordinal if is_known else None
                for time, is_known in zip(times, known, strict=True)]
    inside = [ordinal for ordinal in ordinals if ordinal is not None]
    first, last = min(inside, default=0), max(inside, default=-2)
    return [last + 2 - first if ordinal is None else ordinal - first for ordinal in ordinals]


def _label(time: str, articles: int) -> str:
    return f"{date_words(time)}\n{articles:,} article{'' if articles == 1 else 's'}"
