"""The lexicon's tables of words for amounts and of words beside them, looked up in a row of words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from analysis import lexicon

JOINED = {"-", "–", "—"}
_LONGEST = 5  # words of the longest row in the tables

Words = tuple[str, ...]


@cache
def table(name: str, column: str, value: str) -> dict[Words, dict[str, str | None]]:
    """The rows of a lexicon table with one value in one column, by their words."""
    return {tuple(str(row["words"]).split()): row for row in lexicon.rows(name) if row[column] == value}


def longest(table: dict[Words, dict[str, str | None]], words: Sequence[str],
            at: int) -> tuple[int, dict[str, str | None]] | None:
    """(size, row) of the longest row whose words start at a position."""
    for size in range(_LONGEST, 0, -1):
        if (row := table.get(tuple(words[at:at + size]))) and at + size <= len(words):
            return size, row
    return None


def ending(table: dict[Words, dict[str, str | None]], words: Sequence[str],
           at: int) -> tuple[int, dict[str, str | None]] | None:
    """(size, row) of the longest row whose words end at a position."""
    for size in range(min(_LONGEST, at + 1), 0, -1):
        if row := table.get(tuple(words[at - size + 1:at + 1])):
            return size, row
    return None
