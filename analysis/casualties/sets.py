"""The small sets of words in ``lexicon/casualty_sets.csv``, and the patterns in ``lexicon/scope_patterns.csv``."""

from __future__ import annotations

import re
from functools import cache

from analysis import lexicon


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of one set; raises KeyError for a set that has none."""
    found = frozenset(str(row["words"]) for row in lexicon.rows("casualty_sets") if row["set"] == name)
    if not found:
        raise KeyError(f"lexicon/casualty_sets.csv has no set {name!r}")
    return found


@cache
def pattern_of(*scopes: str) -> re.Pattern[str]:
    """Return what finds whole words that say one of the scopes."""
    patterns = "|".join(str(row["pattern"]) for row in lexicon.rows("scope_patterns") if row["scope"] in scopes)
    return re.compile(rf"\b(?:{patterns})(?!(?<=\w)\w)", re.IGNORECASE)
