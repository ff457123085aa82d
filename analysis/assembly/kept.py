"""What an assembly keeps for the next one, and rows of the two put together.

Beside the finished tables it keeps what says which of their rows still hold: ``marks`` of the articles, the ``sides``
that each tells of, the ``names`` over the corpus, the ``statements`` and comparisons behind the sources, the letters
of the roots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cache import columns
from analysis.records import TABLES
from analysis.sources import Statement

Tables = dict[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Mark:
    """An article by the ``key`` of what was extracted from it, and what else its rows depend on, in words."""

    article_id: str
    key: str
    depends_on: str


@dataclass(frozen=True, slots=True)
class Side:
    """Which party an entity speaks for, as one article tells it."""

    article_id: str
    entity: str
    party: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Name:
    """What a name in an article means over the corpus: its entity, and the party that all articles agree on."""

    name: str
    entity: str | None
    party: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim that stands beside those of others: whether they back it, and whether they contradict it."""

    incident: str
    article_id: str
    casualty: int
    backed: bool
    contradicted: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """The Admiralty letter of a root."""

    root: str
    letter: str


KEPT = {"marks": Mark, "sides": Side, "names": Name, "statements": Statement, "compared": Compared, "letters": Letter}
ALL = TABLES | KEPT


def place_in(column: pa.ChunkedArray, values: Sequence[str] | pa.Array) -> np.ndarray:
    """Return the place of each value of a column in a list, -1 where it is not there."""
    found = pc.index_in(column, value_set=pa.array(values, pa.string()))
    return found.fill_null(-1).to_numpy()


def rows_of(table: pa.Table, name: str, values: Sequence[str] | pa.Array) -> pa.Table:
    """Return the rows of a table that have one of some values in a column."""
    return table.filter(pc.is_in(table.column(name), value_set=pa.array(values, pa.string())))


def together(one: pa.Table, other: pa.Table, order: Sequence[np.ndarray]) -> pa.Table:
    """Return the rows of two tables in the order of their numbers in ``order``; rows of one number as they come."""
    return columns.pick(pa.concat_tables([one, other]), np.argsort(np.concatenate(order), kind="stable"))


def renamed(table: pa.Table, names: Mapping[str, str]) -> pa.Table:
    """Return the rows of the incidents in ``names``, {new name: old name}, under their new names."""
    at = place_in(table.column("incident"), list(names.values()))
    new = pa.array(list(names), pa.string()).take(pa.array(at[at >= 0]))
    kept = table.filter(pa.array(at >= 0))
    return kept.set_column(kept.column_names.index("incident"), "incident", new)


def to_table(rows: Sequence[object], name: str) -> pa.Table:
    """Return rows as a table of that name."""
    return columns.to_arrow(rows, ALL[name])
