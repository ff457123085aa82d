"""The analyst's handle: ``Corpus("../seeds")`` reads, extracts and assembles, and gives the tables as DataFrames.

    >>> corpus = Corpus("../seeds", progress=False)                     # doctest: +SKIP
    >>> corpus.casualties[["effect", "low", "high", "root"]]            # doctest: +SKIP
"""

from __future__ import annotations

import bisect
import os
from pathlib import Path

import pandas as pd
from tqdm.auto import tqdm

from analysis.articles import read_articles
from analysis.assembly import assemble
from analysis.extraction import extract
from analysis.records import TABLES, Span, table

SEEDS = Path(__file__).parents[1] / "seeds"


def articles_folder() -> Path:
    """Return the folder the notebooks read: ``WORKBOOK_ARTICLES``, else the seed articles."""
    return Path(os.environ.get("WORKBOOK_ARTICLES") or SEEDS)


class Corpus:
    """All tables of some articles, as attributes: ``corpus.articles``, ``corpus.casualties`` ... (see ``records``).

    ``inputs``: files and folders; ``workers``: processes that read; ``progress``: show a bar while reading.
    """

    def __init__(self, *inputs: str | Path, workers: int = 1, progress: bool = True):
        articles, problems = read_articles(*map(Path, inputs))
        extracts = extract(articles, workers)
        self.extracts = list(tqdm(extracts, total=len(articles), unit="article", disable=not progress or None))
        self.tables = {name: table(rows, TABLES[name]) for name, rows in assemble(self.extracts, problems).items()}
        self._sentences = {e.article.article_id: e.sentences for e in self.extracts}
        self._texts = {e.article.article_id: e.article.text for e in self.extracts}

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES and "tables" in self.__dict__:
            return self.tables[name]
        raise AttributeError(name)

    def text(self, article_id: str) -> str:
        """Return an article's text, into which every span counts."""
        return self._texts[article_id]

    def sentence(self, article_id: str, start: int, end: int) -> Span:
        """Return the span of the sentence or sentences that hold characters ``[start, end)``."""
        spans = self._sentences[article_id]
        first = max(bisect.bisect_right(spans, (start, float("inf"))) - 1, 0)
        last = max(bisect.bisect_left(spans, (end, 0)) - 1, first)
        return (spans[first][0], spans[last][1]) if spans else (start, end)

    def quote(self, article_id: str, start: int, end: int) -> str:
        """Return the words of the sentence or sentences that hold the span, on one line."""
        first, last = self.sentence(article_id, start, end)
        return " ".join(self.text(article_id)[first:last].split())
