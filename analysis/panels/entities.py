"""Who and what is named: how often, when, with whom, where; and the mentions to count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.corpus import Corpus
from analysis.panels.controls import choice, day, number, suggestion, switch, text
from analysis.panels.maps import beside_map, country_names, map_places, places_view
from analysis.panels.page import picture_html, words
from analysis.panels.panel import Panel, Picked, Shown
from analysis.panels.prepared import mentions_view, prepared
from analysis.panels.reader import Reader, read_row
from analysis.panels.settings import Settings
from analysis.panels.table import Listing
from analysis.panels.tables import ALL, counted, in_short, of_article, pick, picture_size, sentence
from analysis.panels.writing import write_files
from analysis.plots import date_words, plot_entities, plot_places, plot_times, plot_together
from analysis.spreadsheets import to_harmless_csv
from analysis.tallies import (
    NOT_KNOWN,
    by_entity,
    by_time,
    by_type,
    first_and_last,
    linked,
    time_unit,
    together,
)

ORDER = {"words": "text", "type": "type", "entity": "entity", "article": "article_id"}
MOST_BARS = 25
MOST_TOGETHER = 20
_MOST_SUGGESTED = 1000  # names that travel to the browser


@dataclass(frozen=True, slots=True)
class View:
    """A table with its name and picture, None where there is nothing to draw, and HTML about the picture.

    ``read``: the table's rows as they are read. ``beside``: other tables that belong to it.
    """

    name: str
    table: pd.DataFrame
    draw: Callable[[], Axes] | None
    note: str = ""
    read: Callable[[pd.DataFrame], pd.DataFrame] = field(default=lambda rows: rows)
    beside: Mapping[str, Listing] = field(default_factory=dict)


def pick_articles(articles: pd.DataFrame, article_id: str = ALL, outlet: str = ALL, since: date | str | None = None,
                  until: date | str | None = None) -> pd.DataFrame:
    """Return the articles of an outlet (``NOT_KNOWN`` is one), published from a day to a day, both included.

    An article whose date is not known is in no span of time.
    """
    kept = pick(of_article(articles, article_id).assign(of=lambda rows: rows["outlet"].fillna(NOT_KNOWN)), of=outlet)
    kept = kept if since is None else kept[kept["published"].ge(str(since)).fillna(False).astype(bool)]
    kept = kept if until is None else kept[kept["published"].le(str(until)).fillna(False).astype(bool)]
    return kept.drop(columns="of")


def sentences(corpus: Corpus) -> pd.DataFrame:
    """Return all sentences: article_id, start, end (characters)."""
    spans = [(article_id, *span) for article_id, spans in corpus.sentences.items() for span in spans]
    return pd.DataFrame(spans, columns=["article_id", "start", "end"])


def pairs(counts: pd.DataFrame) -> pd.DataFrame:
    """Return one row a pair of a table of who is with whom: entity, with, sentences; the most frequent first."""
    listed = [(one, other, counts.iat[row, column]) for row, one in enumerate(counts.index)
              for column, other in enumerate(counts.columns[:row]) if counts.iat[row, column]]
    made = pd.DataFrame([(other, one, n) for one, other, n in listed], columns=["entity", "with", "sentences"])
    return made.sort_values(["sentences", "entity", "with"], ascending=[False, True, True], ignore_index=True)


def ends_view(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return where each entity is first and last mentioned, in short: by the articles' dates, then in the text.

    The last mention is "the same" where it is the first too.
    """
    ends = first_and_last(mentions, corpus.articles)
    shown = ends[["entity", "mentions"]].assign(**{"in articles without a date": ends["undated"]})
    for end in ("first", "last"):
        shown[f"{end} on"] = ends[f"{end}_published"].map(date_words)
        spans = zip(*(ends[f"{end}_{column}"] for column in ("article_id", "start", "end")), strict=True)
        shown[f"{end} mention"] = pd.Series([None if pd.isna(span[0]) else in_short(sentence(corpus, *span))
                                             for span in spans], dtype=object)
    article, start = (ends[f"first_{column}"].eq(ends[f"last_{column}"]) for column in ("article_id", "start"))
    shown.loc[(article & start).fillna(False).astype(bool), "last mention"] = "the same"
    return shown


def entities_view(corpus: Corpus) -> pd.DataFrame:
    """Return all entities for reading: entity, type, side, country, other names, and why they were joined."""
    known = corpus.entities
    return pd.DataFrame({
        "entity": known["entity"], "type": known["type"], "side": known["party"],
        "country": country_names(known["country"]), "other names": known["aliases"],
        "why they are one": known["evidence"]})


def _how_often(corpus: Corpus, kept: pd.DataFrame, articles: pd.DataFrame) -> View:
    counts = by_entity(kept)
    known = linked(counts)
    return View("Who is named how often", counts, partial(plot_entities, known.head(MOST_BARS)) if len(known) else None,
                picture_size(known, MOST_BARS))


def _over_time(corpus: Corpus, kept: pd.DataFrame, articles: pd.DataFrame) -> View:
    times = by_time(kept, articles, time_unit(articles))
    return View("When they are named", times, partial(plot_times, times))


def _with_whom(corpus: Corpus, kept: pd.DataFrame, articles: pd.DataFrame) -> View:
    counts = together(kept, sentences(corpus), MOST_TOGETHER)
    return View("Who stands in one sentence with whom", pairs(counts),
                partial(plot_together, counts) if len(counts) else None,
                picture_size(pd.DataFrame(index=kept["entity"].dropna().unique()), MOST_TOGETHER))


def _on_a_map(corpus: Corpus, kept: pd.DataFrame, articles: pd.DataFrame) -> View:
    found = map_places(kept)
    left = beside_map(kept)
    beside = Listing(left, nothing="Every place that is named is on the map.")
    columns = ["place", "country", "where_prec", "mentions", "articles", "latitude", "longitude"]
    return View("Places with coordinates", found[columns], partial(plot_places, found) if len(found) else None,
                read=places_view, beside={"Not on the map": beside})


VIEWS = {"how often": _how_often, "over time": _over_time, "with whom": _with_whom, "on a map": _on_a_map}


def _view(corpus: Corpus, view: str, kind: str, words: str, outlet: str, article: str, since: date | None,
          until: date | None, minimum: int, nominal: bool) -> tuple[np.ndarray, View]:
    """Return the positions of the mentions that are wanted, and the view of them."""
    kept = prepared(corpus).keep(kind, words, article, outlet, since, until, minimum, nominal)
    articles = pick_articles(corpus.articles, article, outlet, since, until)
    return kept, VIEWS[view](corpus, corpus.mentions.iloc[kept], articles)


def show_entities(corpus: Corpus, view: str = "how often", kind: str = ALL, words: str = "", outlet: str = ALL,
                  article: str = ALL, since: date | None = None, until: date | None = None, minimum: int = 1,
                  nominal: bool = True) -> Shown:
    """Return the mentions that are wanted, and a view of them as a picture and as a table."""
    keep, made = _view(corpus, view, kind, words, outlet, article, since, until, minimum, nominal)
    kept = corpus.mentions.iloc[keep]
    listing = Listing(corpus.mentions, mentions_view, ORDER, keep=keep,
                      nothing="No mention fits all of these filters. Widen one, or press Reset.")
    status = (f"{len(kept):,} of {counted(len(corpus.mentions), 'mention')}, "
              f"{counted(kept['entity'].nunique(), 'entity', 'entities')}, "
              f"{counted(kept['article_id'].nunique(), 'article')}")
    undated = corpus.articles["published"].isna().sum() if since or until else 0
    status += f"; {counted(undated, 'article')} without a date left out" if undated else ""
    if kept.empty:
        return Shown(status, listing=listing)
    picture = picture_html(made.draw(), f"{view}: {status}; the numbers are in the table below") if made.draw else ""
    below = Listing(made.table.reset_index(drop=True), made.read,
                    opens=partial(_behind, view) if {"entity", "place"} & set(made.table) else None)
    return Shown(status, picture + made.note, listing, {made.name: below, **made.beside})


def _behind(view: str, rows: pd.DataFrame) -> dict[str, str]:
    """Return the filters that leave the mentions of an entity or a place; of what is not linked to a name, of all."""
    name = rows["entity" if "entity" in rows else "place"].iloc[0]
    return {"view": view, "words": "" if pd.isna(name) else name}


def save_view(corpus: Corpus, view: str, folder: str, picked: Picked | None = None, **filters: object) -> str:
    """Write the table of a view and the mentions it counts as CSV into a folder; see ``write_files``.

    Texts that a spreadsheet program would take for a formula get an apostrophe (``spreadsheets``).
    """
    keep, made = _view(corpus, view, **filters)
    name = view.replace(" ", "-")
    return write_files(folder, {f"{name}.csv": partial(to_harmless_csv, made.table),
                                f"{name}-mentions.csv": partial(to_harmless_csv, corpus.mentions.iloc[keep])})


def entities_panel(corpus: Corpus, minimum: int = 1) -> Panel:
    """Return the panel of 2-entities: filters, and the mentions counted, over time, in company or on a map."""
    most = int(corpus.mentions.groupby("entity").size().max()) if len(corpus.mentions) else 1
    return Panel(partial(show_entities, corpus), actions={"Save as CSV": partial(save_view, corpus)},
                 read=partial(_read_mention, corpus), table="Mentions",
                 fields={"folder": text("Save into", "a folder of yours", wide=True)},
                 saved=Settings.beside(corpus.journal, "entities"),
                 view=choice("Show", VIEWS, first=None), kind=choice("Type", by_type(corpus.mentions)["type"]),
                 words=suggestion("Name holds", "part of a name", corpus.entities["entity"].head(_MOST_SUGGESTED)),
                 minimum=number("At least", minimum, most),
                 outlet=choice("Outlet", sorted(corpus.articles["outlet"].fillna(NOT_KNOWN).unique())),
                 since=day("From"), until=day("To"),
                 article=choice("Article", corpus.articles["article_id"], wide=True),
                 nominal=switch("Count words such as “the militants”", wide=True))


def _read_mention(corpus: Corpus, reader: Reader, row: pd.Series | None, **_: object) -> None:
    by = "" if row is None else f"{words(row['entity'])} ({words(row['type'])}) — found by {words(row['extracted_by'])}"
    read_row(corpus, reader, row, by, entities=True)
