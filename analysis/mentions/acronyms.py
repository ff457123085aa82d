"""Acronyms: which long name has these initials, and what the article itself says that one stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from analysis import lexicon
from analysis.mentions.described import type_of
from analysis.mentions.words import Found, Head, Words, type_words

_ARMED, _CIVIL = frozenset(("armed_group", "security_force")), frozenset(("organisation", "media"))
_BODIES = _ARMED | _CIVIL | {"government"}
_LINKS = lexicon.words_of("mention_sets", "explaining")  # between a name and its acronym: ", also known as the"
_FAR = 6  # words


def explained(words: Words, found: list[Found]) -> list[Found]:
    """Return the mentions with what the article says of its acronyms, wherever they stand and whatever is listed.

    "The Blue Nile Alliance (BNA)", "BNA, the Blue Nile Alliance", "the Peace Front, known as PF" name what one stands
    for; "RSF, the media watchdog" says that it is not the force of that name.
    """
    ends, starts = ({at(one): one for one in found if one.type in _BODIES and not one.nominal}
                    for at in (lambda one: one.last, lambda one: one.first))
    known: dict[str, Found] = {}
    for i, text in enumerate(words.text):
        if text not in known and is_acronym(text) and (long := next(_beside(words, i, ends, starts), None)):
            known[text] = long
    for one in found:
        if one.rule == "gazetteer" and (text := words.text[one.first]) not in known and (
                one.last - one.first == 1 and is_acronym(text) and (type_ := _contradicted(words, one))):
            known[text] = Found(one.first, one.last, type_, "acronym", _named(text, type_))
    listed = {text: words.at[i].entity for i, text in enumerate(words.text) if text in known and i in words.at}
    for one in found:  # "RSF fighters"
        text = next((t for t in words.text[one.first:one.last] if t in known and one.entity == listed.get(t)), None)
        if text and one.rule == "apparatus":
            one.entity = _entity(words, known[text])
    alone = [Found(i, i + 1, known[text].type, "acronym", _entity(words, known[text]))
             for i, text in enumerate(words.text) if text in known]
    return [*(one for one in found if one.last - one.first > 1 or words.text[one.first] not in known), *alone]


def _entity(words: Words, long: Found) -> str:
    return long.entity or " ".join(words.doc[long.first:long.last].text.split())


def _beside(words: Words, i: int, ends: dict[int, Found], starts: dict[int, Found]) -> Iterator[Found]:
    """Yield the long name that stands just before or behind an acronym, with words between that say so."""
    for step, names in ((-1, ends), (1, starts)):
        at = i + step
        while 0 <= at < len(words) and abs(at - i) <= _FAR and words.lower[at] in _LINKS:
            long = names.get(at if step < 0 else at + 1)
            if long is not None and (acronym_of(words.text[i], words.doc[long.first:long.last].text)
                                     or words.text[i] in _initials(long.entity)):
                yield long
            at += step


def _initials(entity: str | None) -> set[str]:
    """The acronyms of a body's other names: "RSF" of Reporters Without Borders, whose own name is French."""
    rows = lexicon.by_name().get(entity or "", ())
    return {short for row in rows for name in row.aliases for short in acronyms(name)}


def _named(short: str, type_: str) -> str:
    """Return the lexicon's only civil or armed body with these initials, else the acronym, which then means nothing."""
    kind = _ARMED if type_ in _ARMED else _CIVIL
    meant = {row.name for row in lexicon.names() if row.type in kind and any(
        acronym_of(short, name) for name in (row.name, *row.aliases))}
    return meant.pop() if len(meant) == 1 else short


def _contradicted(words: Words, one: Found) -> str | None:
    """Return the type that the words beside a listed acronym give it, where it is not the kind that the list says."""
    opposite = _CIVIL if one.type in _ARMED else _ARMED if one.type in _CIVIL else ()
    apposed = [token.i for token in words.doc[one.first].children if token.dep_ == "appos"]
    for i in (*range(max(one.first - 1, 0), one.first), *apposed):
        heads = (Head(words, entry, i + 1 - len(entry.words), i + 1) for entry in type_words().get(words.lower[i], ()))
        head = next((head for head in heads if head.matches()), None)
        if head is not None and (type_ := type_of(head, words.modifiers_before(head.start))) in opposite:
            return type_
    return None


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
