"""Every picture of the notebooks as a file, to print or to paste."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from analysis import plots, tallies
from analysis.corpus import Corpus
from analysis.panels.claims import statements
from analysis.panels.comparing import independence, leanings, statements_over_time
from analysis.panels.entities import sentences
from analysis.panels.maps import map_places
from analysis.panels.sources import chains
from analysis.panels.totals import toll, totals

MOST_LINES, MOST_NAMES, MOST_EVENTS = 30, 20, 12  # of a picture: what a printed page holds


def pictures(corpus: Corpus, policy: str) -> dict[str, Callable[[], Axes]]:
    """Return {name: what draws it} of every picture that has something to show.

    A picture of many rows shows the first of them, as the notebooks do.
    """
    return {name: partial(draw, table) for name, draw, table in _tables(corpus, policy) if len(table)}


def _tables(corpus: Corpus, policy: str) -> Iterator[tuple[str, Callable[[pd.DataFrame], Axes], pd.DataFrame]]:
    found, told = totals(corpus, policy), statements(corpus, policy)
    yield "incidents", plots.plot_ranges, found.head(MOST_LINES)
    yield "statements-behind-incidents", lambda rows: plots.plot_incidents(rows, told), found.head(MOST_EVENTS)
    yield "killed-and-injured-over-time", plots.plot_toll, toll(corpus, found).head(MOST_EVENTS)
    mentions = corpus.mentions
    named = tallies.linked(tallies.by_entity(mentions)).head(MOST_NAMES)
    lengths = corpus.articles.set_index("article_id")["text"].str.len()
    yield "entities", plots.plot_entities, named
    yield "where-in-the-articles", partial(plots.plot_mentions, lengths=lengths), mentions[
        mentions["entity"].isin(named["entity"])]
    yield "mentions-over-time", plots.plot_times, tallies.by_time(mentions, corpus.articles,
                                                                  tallies.time_unit(corpus.articles))
    yield "named-together", plots.plot_together, tallies.together(mentions, sentences(corpus), MOST_NAMES)
    yield "map", plots.plot_places, map_places(mentions)
    yield "who-passes-on-what", plots.plot_chains, chains(corpus, corpus.attributions).nlargest(
        MOST_EVENTS, "statements")
    yield "who-speaks-when", plots.plot_statements, statements_over_time(corpus, MOST_NAMES)
    yield "independent-sources", plots.plot_independence, independence(corpus).head(MOST_EVENTS)
    yield "leanings", plots.plot_leanings, leanings(corpus)


def save_picture(draw: Callable[[], Axes], path: Path) -> None:
    """Draw a picture and save it on white; the path's ending, ``.png`` or ``.svg``, says in which form."""
    ax = draw()
    # Text stays text in SVG, and the names inside the picture are the same each time.
    with plt.rc_context({"svg.hashsalt": "workbook", "svg.fonttype": "none"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        dated = {"metadata": {"Date": None}} if path.suffix == ".svg" else {}
        ax.figure.savefig(path, dpi=200, facecolor="white", **dated)
    plt.close(ax.figure)
