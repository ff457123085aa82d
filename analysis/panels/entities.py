"""Who and what is named: how often, when, with whom, where; and the mentions to count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis import places
from analysis.corpus import Corpus
from analysis.panels.grid import Listing
from analysis.panels.page import picture_html, table_html, words
from analysis.panels.panel import Panel, Picked, Shown, choice, counted, day, number, suggestion, switch, text
from analysis.panels.prepared import Prepared, mentions_view
from analysis.panels.reader import Reader, read_row
from analysis.panels.settings import Settings
from analysis.panels.tables import ALL, containing, of_article, pick, picture_size, sentence
from analysis.plots import date_words, outside, plot_entities, plot_places, plot_times, plot_together
from analysis.spreadsheets import to_harmless_csv
from analysis.tallies import (
    NOT_KNOWN,
    UNLINKED,
    by_entity,
    by_time,
    by_type,
    first_and_last,
    linked,
    off_map,
    on_map,
    time_unit,
    together,
)

ORDER = {"words": "text", "type": "type", "entity": "entity", "article": "article_id"}
# UCDP's where_prec in words, see places.Place.
PRECISIONS = {1: "the place itself", 2: "near it", 3: "its district", 4: "its province", 5: "its part of the country",
              6: "its country"}
MOST_BARS = 25
MOST_TOGETHER = 20
_MOST_SUGGESTED = 1000  # names that travel to the browser


@dataclass(frozen=True, slots=True)
class View:
    """A table with its name and picture, None where there is nothing to draw, and HTML about both.

    ``read``: the table's rows as they are read.
    """

    name: str
    table: pd.DataFrame
    draw: Callable[[], Axes] | None
    note: str = ""
    read: Callable[[pd.DataFrame], pd.DataFrame] = field(default=lambda rows: rows)


def pick_articles(articles: pd.DataFrame, article_id: str = ALL, outlet: str = ALL, since: date | str | None = None,
                  until: date | str | None = None) -> pd.DataFrame:
    """Return the articles of an outlet (``NOT_KNOWN`` is one), published from a day to a day, both included.

    An article whose date is not known is in no span of time.
    """
    kept = pick(of_article(articles, article_id).assign(of=lambda rows: rows["outlet"].fillna(NOT_KNOWN)), of=outlet)
    kept = kept if since is None else kept[kept["published"].ge(str(since)).fillna(False).astype(bool)]
    kept = kept if until is None else kept[kept["published"].le(str(until)).fillna(False).astype(bool)]
    return kept.drop(columns="of")


def pick_mentions(mentions: pd.DataFrame, kind: str = ALL, text: str = "", article_id: str = ALL, minimum: int = 1,
                  nominal: bool = True) -> pd.DataFrame:
    """Return the mentions of a type, whose words or entity hold a text, of entities with so many mentions left."""
    kept = pick(of_article(mentions, article_id), type=kind)
    kept = kept if nominal else kept[~kept["nominal"]]
    kept = containing(kept, text, "text", "entity")
    counted = kept.groupby(kept["entity"].fillna(UNLINKED))["type"].transform("size")
    return kept[counted >= minimum]


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
    """Return where each entity is first and last mentioned: by the articles' dates, then in the text."""
    ends = first_and_last(mentions, corpus.articles)
    shown = ends[["entity", "mentions"]].assign(**{"in articles without a date": ends["undated"]})
    for end in ("first", "last"):
        shown[f"{end} on"] = ends[f"{end}_published"].map(date_words)
        spans = zip(*(ends[f"{end}_{column}"] for column in ("article_id", "start", "end")), strict=True)
        shown[f"{end} sentence"] = pd.Series([None if pd.isna(span[0]) else sentence(corpus, *span) for span in spans],
                                             dtype=object)
    return shown


def map_places(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the places with coordinates, as ``plot_places`` takes them: those of ``on_map``, and country (ISO)."""
    found = on_map(mentions)
    known = [None if pd.isna(place_id) else places.by_id(place_id) for place_id in found["place_id"]]
    return found.assign(country=pd.Series([place and place.country for place in known], dtype="str"))


def places_view(found: pd.DataFrame) -> pd.DataFrame:
    """Return places for reading, with the country's name, and how exactly the place is known instead of a number."""
    exactly = found["where_prec"].map(PRECISIONS).astype("str")
    return found.assign(country=_countries(found["country"]), where_prec=exactly).rename(
        columns={"where_prec": "known to"})


def entities_view(corpus: Corpus) -> pd.DataFrame:
    """Return all entities for reading: entity, type, side, country, other names, and why they were joined."""
    known = corpus.entities
    return pd.DataFrame({
        "entity": known["entity"], "type": known["type"], "side": known["party"],
        "country": _countries(known["country"]), "other names": known["aliases"],
        "why they are one": known["evidence"]})


def _countries(codes: pd.Series) -> pd.Series:
    """Return the names of countries given by their ISO codes."""
    return pd.Series([None if pd.isna(code) else places.country_place(code).name for code in codes], codes.index,
                     dtype="str")


def beside_map(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the places that the map of these mentions does not show: place, mentions, articles, why."""
    left = off_map(mentions)
    why = [_why_not(place, nominal) for place, nominal in zip(left["place"], left["nominal"], strict=True)]
    far = outside(map_places(mentions))
    columns = ["place", "mentions", "articles"]
    return pd.concat([left[columns].assign(why=pd.Series(why, dtype="str")),
                      far[columns].assign(why="a whole country, outside the map")], ignore_index=True)


def _why_not(place: str, nominal: bool) -> str:
    if nominal:
        return "a general word, no name"
    if found := len(places.candidates(place)):
        return f"{counted(found, 'place')} of this name, and the article does not say which"
    return "not in the gazetteer"


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
    beside = table_html(beside_map(kept), "Every place that is named is on the map.")
    columns = ["place", "country", "where_prec", "mentions", "articles", "latitude", "longitude"]
    return View("Places with coordinates", found[columns], partial(plot_places, found) if len(found) else None,
                f"<h4>Not on the map</h4>{beside}", places_view)


VIEWS = {"how often": _how_often, "over time": _over_time, "with whom": _with_whom, "on a map": _on_a_map}


def _view(prepared: Prepared, corpus: Corpus, view: str, kind: str, words: str, outlet: str, article: str,
          since: date | None, until: date | None, minimum: int, nominal: bool) -> tuple[np.ndarray, View]:
    """Return the positions of the mentions that are wanted, and the view of them."""
    kept = prepared.keep(kind, words, article, outlet, since, until, minimum, nominal)
    articles = pick_articles(corpus.articles, article, outlet, since, until)
    return kept, VIEWS[view](corpus, prepared.mentions.iloc[kept], articles)


def show_entities(corpus: Corpus, view: str = "how often", kind: str = ALL, words: str = "", outlet: str = ALL,
                  article: str = ALL, since: date | None = None, until: date | None = None, minimum: int = 1,
                  nominal: bool = True, folder: str = "") -> Shown:
    """Return the mentions that are wanted, and a view of them as a picture and as a table."""
    prepared = _prepared(corpus)
    keep, made = _view(prepared, corpus, view, kind, words, outlet, article, since, until, minimum, nominal)
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
    below = Listing(made.table.reset_index(drop=True), made.read, {name: name for name in made.table})
    return Shown(status, picture + made.note, listing, {made.name: below})


def _prepared(corpus: Corpus) -> Prepared:
    """Return the mentions made ready, anew only after a judgement has changed them."""
    ready = corpus.__dict__.get("_prepared_mentions")
    if ready is None or ready.mentions is not corpus.mentions:
        ready = corpus._prepared_mentions = Prepared(corpus.mentions, corpus.articles)
    return ready


def save_view(corpus: Corpus, view: str, folder: str, picked: Picked | None = None, **filters: object) -> str:
    """Write the table of a view and the mentions it counts as CSV into a folder, and return what was done or why not.

    Texts that a spreadsheet program would take for a formula get an apostrophe (``spreadsheets``). A file that is
    there already is not written over.
    """
    if not folder.strip():
        return "Not saved: name a folder first."
    keep, made = _view(_prepared(corpus), corpus, view, **filters)
    kept = corpus.mentions.iloc[keep]
    name = view.replace(" ", "-")
    tables = {name: made.table, f"{name}-mentions": kept}
    into = Path(folder.strip()).expanduser()
    if there := [f"{table}.csv" for table in tables if (into / f"{table}.csv").exists()]:
        return f"Not saved: {into} already holds {there[0]}; name another folder."
    try:
        files = [to_harmless_csv(frame, into / f"{table}.csv") for table, frame in tables.items()]
    except OSError as error:
        return f"Not saved: {error.strerror or error}"
    return f"Saved: {counted(len(made.table), 'row')} in {files[0]}, {counted(len(kept), 'mention')} in {files[1].name}"


def entities_panel(corpus: Corpus, minimum: int = 1) -> Panel:
    """Return the panel of 2-entities: filters, and the mentions counted, over time, in company or on a map."""
    most = int(corpus.mentions.groupby("entity").size().max()) if len(corpus.mentions) else 1
    return Panel(partial(show_entities, corpus), actions={"Save as CSV": partial(save_view, corpus)},
                 read=partial(_read_mention, corpus), table="Mentions",
                 saved=Settings.beside(corpus.journal, "entities"),
                 view=choice("Show", VIEWS, first=None), kind=choice("Type", by_type(corpus.mentions)["type"]),
                 words=suggestion("Name holds", "part of a name", corpus.entities["entity"].head(_MOST_SUGGESTED)),
                 minimum=number("At least", minimum, most),
                 outlet=choice("Outlet", sorted(corpus.articles["outlet"].fillna(NOT_KNOWN).unique())),
                 since=day("From"), until=day("To"),
                 article=choice("Article", corpus.articles["article_id"], wide=True),
                 nominal=switch("Count words such as “the militants”", wide=True),
                 folder=text("Save into", "a folder of yours"))


def _read_mention(corpus: Corpus, reader: Reader, row: pd.Series | None, **_: object) -> None:
    by = "" if row is None else f"{words(row['entity'])} ({words(row['type'])}) — found by {words(row['extracted_by'])}"
    read_row(corpus, reader, row, by, entities=True)
