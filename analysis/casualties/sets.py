"""The small sets of words in ``lexicon/casualty_sets.csv``, the words of fate, and the patterns of scope."""

from __future__ import annotations

import re
from functools import cache

from analysis import lexicon


def words_of(name: str) -> frozenset[str]:
    """Return the words of one set; raises KeyError for a set that has none."""
    return lexicon.words_of("casualty_sets", name)


@cache
def fates(use: str) -> dict[str, str | None]:
    """Return {word: effect} of the words of fate with one use; raises KeyError for a use that has none."""
    found = {str(row["words"]): row["effect"] for row in lexicon.rows("fate_words")
             if use in str(row["use"]).split("|")}
    if not found:
        raise KeyError(f"lexicon/fate_words.csv has no use {use!r}")
    return found


@cache
def pattern_of(*scopes: str) -> re.Pattern[str]:
    """Return what finds whole words that say one of the scopes."""
    patterns = "|".join(str(row["pattern"]) for row in lexicon.rows("scope_patterns") if row["scope"] in scopes)
    return re.compile(rf"\b(?:{patterns})(?!(?<=\w)\w)", re.IGNORECASE)
