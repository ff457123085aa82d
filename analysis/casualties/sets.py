"""The small sets of words in ``lexicon/casualty_sets.csv``."""

from __future__ import annotations

from functools import cache

from analysis import lexicon


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of one set; raises KeyError for a set that has none."""
    found = frozenset(str(row["words"]) for row in lexicon.rows("casualty_sets") if row["set"] == name)
    if not found:
        raise KeyError(f"lexicon/casualty_sets.csv has no set {name!r}")
    return found
