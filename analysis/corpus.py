"""The analyst's handle: ``Corpus("../seeds")`` reads, extracts and assembles, and gives the tables as DataFrames."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from tqdm.auto import tqdm

from analysis.articles import read_articles
from analysis.extraction import Extract, extract
from analysis.records import TABLES, Article, Problem, table


class Corpus:
    """All tables of some articles. ``inputs``: files and folders; ``workers``: processes that read."""

    def __init__(self, *inputs: str | Path, workers: int = 1, progress: bool = True):
        articles, problems = read_articles(*map(Path, inputs))
        extracts = tqdm(extract(articles, workers), total=len(articles), unit="article", disable=not progress)
        self.tables = assemble(list(extracts), problems)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES:
            return self.tables[name]
        raise AttributeError(name)


def assemble(extracts: list[Extract], problems: Iterable[Problem]) -> dict[str, pd.DataFrame]:
    """Return every table, with the columns that depend on other articles filled."""
    rows = {"articles": [e.article for e in extracts], "mentions": [m for e in extracts for m in e.mentions],
            "attributions": [a for e in extracts for a in e.attributions],
            "casualties": [c for e in extracts for c in e.casualties], "problems": list(problems)}
    return {name: table(rows.get(name, ()), record) for name, record in TABLES.items()}
