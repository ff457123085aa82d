"""Phrases around a type word: "Iraqi security forces", "the militants", "Kalma camp", "mortar shells".

    proper.py      names in capitals: "Golan Lions Brigade", "Ministry of Health"
    described.py   descriptions of actors, with a name in them or general
    sites.py       areas, facilities, weapons and vehicles
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.mentions import sites
from analysis.mentions.described import actor, inner_places
from analysis.mentions.proper import proper_name
from analysis.mentions.words import NOUNS, Found, Head, Words, type_words

_CODES = frozenset(("CD", "FW", "XX", "ADD"))  # "AK-47" may be tagged as a number


def phrases(words: Words) -> Iterator[Found]:
    """Yield the phrases whose head is a type word, named or nominal, and the actors and places that stay inside them.

    **Misses:** heads that no list holds ("the boys in the hills"); complements other than "of" and "for".
    """
    table = type_words()
    for i, lower in enumerate(words.lower):
        if lower in table and (words.tag[i] in NOUNS or (words.tag[i] in _CODES and lower != words.text[i])):
            heads = (Head(words, entry, i + 1 - len(entry.words), i + 1) for entry in table[lower])
            yield from next(filter(None, (_phrase(head) for head in heads if head.matches())), ())


def _phrase(head: Head) -> list[Found]:
    """Return what one type word at one place makes: a phrase and what stays inside it, or nothing."""
    words = head.words
    held = words.at.get(head.end - 1)
    if held is not None and held.entity is not None and held.rule == "gazetteer":
        return []
    if words.capital(head.end - 1) and (proper := proper_name(head)) is not None:
        return [proper]
    if words.tag[head.end:head.end + 1] == ["HYPH"] or "known" in head.uses:
        return []
    described = _description(head)
    if described is None or (described.nominal and head.in_compound and "attributive" not in head.uses):
        return []
    if described.rule == "complement":
        return [described, *inner_places(words, described)]
    if described.nominal or head.type in ("weapon", "vehicle"):
        return [described, *words.inner_names(described)]
    return [described]


def _description(head: Head) -> Found | None:
    if "thing" in head.uses:
        return sites.thing(head)
    return sites.site(head) if head.type in ("place", "facility") else actor(head)
