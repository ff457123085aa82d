"""Acronyms: which long name has these initials, and those that the article itself explains in brackets."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.mentions.words import Found, Words

_BODIES = frozenset(("armed_group", "security_force", "government", "organisation", "media"))


def explained(words: Words, found: list[Found]) -> list[Found]:
    """Return the acronyms that stand in brackets after their long name, wherever the article has them."""
    known: dict[str, Found] = {}
    for one in found:
        if one.type in _BODIES and not one.nominal and words.text[one.last:one.last + 1] == ["("]:
            short = words.text[one.last + 1:one.last + 2]
            if short and acronym_of(short[0], words.doc[one.first:one.last].text):
                known[short[0]] = one
    return [Found(i, i + 1, known[text].type, "acronym", known[text].entity)
            for i, text in enumerate(words.text) if text in known] if known else []


def is_acronym(name: str) -> bool:
    """True for "FSA", "ISIS-K", "U.N."."""
    return 2 <= len(name) <= 10 and " " not in name and sum(c.isupper() for c in name) >= max(2, len(name) / 2)


@lru_cache(maxsize=65536)
def acronyms(name: str) -> frozenset[str]:
    """Return the acronyms a long name can have: with and without its small words and its parts after a hyphen."""
    words = [w for w in re.split(r"[\s/]+", name) if w[:1].isalnum()]
    parts = [p for w in words for p in w.split("-") if p]
    found = set()
    for chosen in (words, parts):
        found.add("".join(w[0] for w in chosen).upper())
        found.add("".join(w[0] for w in chosen if w[0].isupper()))
    return frozenset(a for a in found if len(a) >= 2)


def acronym_of(short: str, long: str) -> bool:
    """True where the letters of a short name are the initials of a long one."""
    return " " in long and is_acronym(short) and re.sub(r"[^A-Z]", "", short.upper()) in acronyms(long)
