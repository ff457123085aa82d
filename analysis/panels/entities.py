"""Who and what is named: tallies, and the mentions to tally."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.panels.page import picture_html, table_html
from analysis.panels.panel import Panel, Shown, choice, counted, number, switch, text
from analysis.panels.tables import ALL, containing, of_article, pick, picture_size
from analysis.plots import plot_entities

UNLINKED = "not linked to a name"
MOST_BARS = 25


def tally(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row an entity: entity, type, names and nominal (numbers of mentions), articles; the most named first.

    Mentions that point to no entity are one row for each type. Every mention is in exactly one row.
    """
    filled = mentions.assign(entity=mentions["entity"].fillna(UNLINKED), names=~mentions["nominal"])
    # One type an entity, the most frequent: "Washington" may act as a government here and be a place there.
    named = filled[filled["entity"] != UNLINKED].sort_values("nominal", kind="stable")
    kinds = named.groupby("entity", sort=False)["type"].agg(lambda types: types.value_counts(sort=False).idxmax())
    filled["type"] = filled["entity"].map(kinds).fillna(filled["type"])
    counts = filled.groupby(["entity", "type"], sort=False).agg(
        names=("names", "sum"), nominal=("nominal", "sum"), articles=("article_id", "nunique")).reset_index()
    return counts.sort_values(["names", "nominal", "entity"], ascending=[False, False, True], ignore_index=True)


def linked(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a tally that are about an entity."""
    return counts[counts["entity"] != UNLINKED]


def types(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row a type of mention: type, mentions, names, nominal, different entities; the most frequent first."""
    counts = mentions.assign(names=~mentions["nominal"]).groupby("type").agg(
        mentions=("type", "size"), names=("names", "sum"), nominal=("nominal", "sum"), entities=("entity", "nunique"))
    return counts.reset_index().sort_values(["mentions", "type"], ascending=[False, True], ignore_index=True)


def pick_mentions(mentions: pd.DataFrame, kind: str = ALL, text: str = "", article_id: str = ALL, minimum: int = 1,
                  nominal: bool = True) -> pd.DataFrame:
    """Return the mentions of a type, whose words or entity hold a text, of entities with so many mentions left."""
    kept = pick(of_article(mentions, article_id), type=kind)
    kept = kept if nominal else kept[~kept["nominal"]]
    kept = containing(kept, text, "text", "entity")
    counted = kept.groupby(kept["entity"].fillna(UNLINKED))["type"].transform("size")
    return kept[counted >= minimum]


def show_entities(corpus: Corpus, kind: str = ALL, words: str = "", article: str = ALL, minimum: int = 1,
                  nominal: bool = True) -> Shown:
    """Return the tally of the mentions that are wanted, as bars and as a table."""
    kept = pick_mentions(corpus.mentions, kind, words, article, minimum, nominal)
    counts = tally(kept)
    status = (f"{len(kept):,} of {counted(len(corpus.mentions), 'mention')}, "
              f"{counted(kept['entity'].nunique(), 'entity', 'entities')}, "
              f"{counted(kept['article_id'].nunique(), 'article')}")
    if counts.empty:
        return Shown(status, table_html(counts, "No mention fits all of these filters. Widen one, or press Reset."))
    known = linked(counts)
    bars = picture_html(plot_entities(known.head(MOST_BARS)), f"Bars: {status}; the numbers are in the table below")
    return Shown(status, (bars if len(known) else "") + picture_size(known, MOST_BARS) + table_html(counts))


def entities_panel(corpus: Corpus, minimum: int = 1) -> Panel:
    """Return the panel of 2-entities: filters, the tally as bars and as a table."""
    most = int(corpus.mentions.groupby("entity").size().max()) if len(corpus.mentions) else 1
    return Panel(partial(show_entities, corpus), kind=choice("Type", types(corpus.mentions)["type"]),
                 words=text("Name holds", "part of a name"), minimum=number("At least", minimum, most),
                 article=choice("Article", corpus.articles["article_id"], wide=True),
                 nominal=switch("Count words such as “the militants”"))
