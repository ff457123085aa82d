"""Rows to choose and columns to read: what all panels do with the tables, without widgets."""

from __future__ import annotations

import re

import pandas as pd

from analysis.corpus import Corpus
from analysis.exports import records
from analysis.independence import voice_name
from analysis.outline import incident_key
from analysis.panels.page import Quote
from analysis.plots import date_words, figure_words
from analysis.records import EFFECTS, Attribution

ALL = "all"
UNNAMED = "no one named"


def of_article(frame: pd.DataFrame, article_id: str) -> pd.DataFrame:
    """Return the rows of one article; of every article for ``ALL``."""
    return frame if article_id == ALL else frame[frame["article_id"] == article_id]


def named_by(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the frame with rows named by some columns, so that a chosen row is found again in another frame."""
    keys = zip(*(frame[column] for column in columns), strict=True)
    return frame.set_axis(pd.Index([" · ".join(map(str, key)) for key in keys], dtype=object))


def pick(frame: pd.DataFrame, **wanted: str | tuple) -> pd.DataFrame:
    """Return the rows whose columns hold the wanted value, or one of several; ``ALL`` and () leave a column alone."""
    for column, value in wanted.items():
        if isinstance(value, tuple):
            frame = frame[frame[column].isin(value)] if value else frame
        else:
            frame = frame if value == ALL else frame[frame[column] == value]
    return frame


def article_names(corpus: Corpus) -> dict[str, str]:
    """Return {title, outlet and date of an article, and its id: its id}."""
    rows = corpus.articles[["article_id", "title", "outlet", "published"]].itertuples(index=False, name=None)
    return {" · ".join([*(words for words in (title, outlet, None if pd.isna(day) else date_words(day))
                          if pd.notna(words)), name]): name for name, title, outlet, day in rows}


def as_sorted(column: pd.Series) -> pd.Series:
    """Return what a column is sorted by: effects by ``EFFECTS``, the killed first; incidents I2 before I10."""
    if column.name == "incident":
        place = {name: n for n, name in enumerate(sorted(column.dropna().unique(), key=incident_key))}
        return column.map(place)
    return column.map(EFFECTS.index) if column.name == "effect" else column


def containing(frame: pd.DataFrame, text: str, *columns: str) -> pd.DataFrame:
    """Return the rows in which one of the columns holds the text, capitals or not."""
    if not text.strip():
        return frame
    hits = [frame[column].str.contains(text.strip(), case=False, regex=False, na=False) for column in columns]
    return frame[pd.concat(hits, axis=1).any(axis=1)]


def quote(text: str, start: int, found_start: int, found_end: int, end: int) -> Quote:
    """Return words of a text on one line, with what stands around them up to ``start`` and ``end``."""
    return Quote(*(re.sub(r"\s+", " ", text[a:b]) for a, b in
                   ((start, found_start), (found_start, found_end), (found_end, end))))


def sentence(corpus: Corpus, article_id: str, start: int, end: int) -> Quote:
    """Return the sentence or sentences that hold a span, with the span's words apart."""
    first, last = corpus.sentence(article_id, start, end)
    return quote(corpus.text(article_id), min(first, start), start, end, max(last, end))


def in_short(said: Quote, around: int = 60) -> Quote:
    """Return words with whole words of at most so many characters on each side, and "…" where more is left out."""
    before, after = said.before, said.after
    if len(before) > around:
        before = f"… {before[-around:].partition(' ')[2]}"
    if len(after) > around:
        after = f"{after[:around].rpartition(' ')[0]} …"
    return Quote(before, said.found, after)


def with_sentence(corpus: Corpus, frame: pd.DataFrame) -> pd.Series:
    """Return the sentence of each row by its article_id, start and end."""
    spans = zip(frame["article_id"], frame["start"], frame["end"], strict=True)
    return pd.Series([sentence(corpus, *span) for span in spans], index=frame.index, dtype=object)


def figures(frame: pd.DataFrame) -> pd.Series:
    """Return low, high and bound of each row in words."""
    said = map(figure_words, frame["low"], frame["high"], frame["bound"])
    return pd.Series(list(said), index=frame.index, dtype="str")


def claim_names(corpus: Corpus, claims: pd.DataFrame) -> list[str]:
    """Return the number of each claim, after its article where there are several."""
    names = zip(claims["article_id"], claims["casualty"], strict=True)
    return [str(number) if len(corpus.articles) == 1 else f"{article} · {number}" for article, number in names]


def without_lone_article(frame: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the frame without its column of articles where there is only one."""
    return frame.drop(columns="article") if len(corpus.articles) == 1 else frame


def rows(frame: pd.DataFrame, record: type) -> list:
    """Return the rows of a table as its records, with None for what is not known; further columns stay behind."""
    return [record(**row) for row in records(frame[list(record.__dataclass_fields__)])]


def voices(attributions: pd.DataFrame) -> list[str]:
    """Return who speaks in each attribution: the entity, else the words for it, else ``UNNAMED``."""
    return [voice_name(attribution) or UNNAMED for attribution in rows(attributions, Attribution)]


def picture_size(frame: pd.DataFrame, most: int) -> str:
    """Return a line on what a picture leaves out, empty when it shows all."""
    return f"<p>The picture shows the first {most} of {len(frame):,}.</p>" if len(frame) > most else ""


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "claim"), counted(2, "claim"), counted(0, "entity", "entities")
    ('1 claim', '2 claims', '0 entities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
