"""Mentions made ready for many filters: numbers for every value, so that a million are filtered in milliseconds."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus import Corpus
from analysis.panels.tables import ALL
from analysis.tallies import NOT_KNOWN

_NEVER = "~"  # after all dates: an article without a date is in no span of time


class Prepared:
    """The mentions of some articles. ``keep`` gives the positions of those wanted, ``pick`` their rows."""

    def __init__(self, mentions: pd.DataFrame, articles: pd.DataFrame):
        self.mentions, self.articles = mentions, articles
        self._ids = articles["article_id"].to_numpy(object)
        self._outlets = articles["outlet"].fillna(NOT_KNOWN).to_numpy(object)
        self._days = articles["published"].fillna(_NEVER).to_numpy("U10")
        self._article = pd.Index(self._ids).get_indexer(mentions["article_id"]).astype("int32")
        self._type, self._types = pd.factorize(mentions["type"])
        self._entity, entities = pd.factorize(mentions["entity"])
        self._text, texts = pd.factorize(mentions["text"])
        self._names, self._words = (pc.utf8_lower(pa.array(found, pa.string())) for found in (entities, texts))
        self._is_name = ~mentions["nominal"].to_numpy(bool)

    def keep(self, kind: str = ALL, text: str = "", article_id: str = ALL, outlet: str = ALL,
             since: date | str | None = None, until: date | str | None = None, minimum: int = 1,
             nominal: bool = True) -> np.ndarray:
        """Return the positions of the mentions of a type, whose words or entity hold a text, of some articles.

        ``minimum``: mentions that an entity must have among them. ``since``, ``until``: days of publication, both
        included. ``nominal``: also those that are no names.
        """
        by_code = self._wanted(kind, article_id, outlet, since, until)
        wanted = [mask[codes] for mask, codes in by_code if mask is not None]
        wanted += [] if nominal else [self._is_name]
        wanted += [self._holding(text.strip().lower())] if text.strip() else []
        kept = np.flatnonzero(np.logical_and.reduce(wanted)) if wanted else np.arange(len(self.mentions))
        if minimum > 1 and len(kept):
            counts = np.bincount(self._entity[kept] + 1)  # the first counts those that point to no entity
            kept = kept[counts[self._entity[kept] + 1] >= minimum]
        return kept

    def pick(self, **wanted: object) -> pd.DataFrame:
        """Return the rows of the mentions wanted; all of them are not copied."""
        kept = self.keep(**wanted)
        return self.mentions if len(kept) == len(self.mentions) else self.mentions.iloc[kept]

    def _wanted(self, kind: str, article_id: str, outlet: str, since: object, until: object) -> list[tuple]:
        """Return pairs of which values are wanted, None for all, and the values' numbers row by row."""
        articles = [self._ids == article_id if article_id != ALL else None,
                    self._outlets == outlet if outlet != ALL else None,
                    self._days >= str(since) if since else None,
                    self._days <= str(until) if until else None]
        articles += [self._days != _NEVER] if since or until else []
        given = [mask for mask in articles if mask is not None]
        return [(self._types == kind if kind != ALL else None, self._type),
                (np.logical_and.reduce(given) if given else None, self._article)]

    def _holding(self, text: str) -> np.ndarray:
        """Return which mentions hold a text in lower case, looking at each different word and name once."""
        found = [np.append(pc.match_substring(values, text).to_numpy(zero_copy_only=False), False)  # -1: no entity
                 for values in (self._words, self._names)]
        return found[0][self._text] | found[1][self._entity]


def prepared(corpus: Corpus) -> Prepared:
    """Return the mentions of a corpus made ready, anew only after a judgement has changed them."""
    ready = corpus.__dict__.get("_prepared_mentions")
    if ready is None or ready.mentions is not corpus.mentions:
        ready = corpus._prepared_mentions = Prepared(corpus.mentions, corpus.articles)
    return ready


def pick_mentions(corpus: Corpus, **wanted: object) -> pd.DataFrame:
    """Return the mentions that are wanted; see ``Prepared.keep`` for what may be."""
    return prepared(corpus).pick(**wanted)


def mentions_view(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return mentions for reading: words, type, entity, article."""
    return pd.DataFrame({"words": mentions["text"], "type": mentions["type"], "entity": mentions["entity"],
                         "article": mentions["article_id"]})
