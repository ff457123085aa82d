"""Descriptions of actors: "Iraqi army", "police of the Kunar district", "Taliban government", "the rebels"."""

from __future__ import annotations

from collections.abc import Iterator

from analysis import lexicon
from analysis.mentions.words import NOUNS, Found, Head, Words, is_ordinal, modifier, type_words

_DETERMINERS = frozenset(("DT", "PRP$", "POS"))
_DEFINITE = frozenset(("the", "this", "these", "that", "those"))
_RELATION_BEFORE = frozenset(("anti", "pro", "ex", "non"))
_PREFIXES, _SUFFIXES = ("anti-", "pro-", "ex-"), tuple(lexicon.words_of("mention_sets", "behind"))
_ACTORS = frozenset(("armed_group", "security_force", "government", "organisation", "media"))
_NAMED_USES = frozenset(("apparatus", "group", "nominal", "bare", "modified", "open", "named", "the", "nominal-plural"))


def actor(head: Head) -> Found | None:
    """Return the description of an actor: named by a place, a group or a capital in it, or else a general mention."""
    words = head.words
    first = possessor(head, words.whole_names(words.modifiers_before(head.start), head.start))
    if head.type == "media" and (last := _name_after(words, head.end)) > head.end:
        return Found(first, last, "media", "type word")
    last = _place_complement(words, head.end) if "of" in head.uses and head.before_of else head.end
    if last > head.end:
        return of_actor(head, Found(first, last, type_of(head, first), "complement"))
    if _namers(words, first, head.start) and _NAMED_USES & head.uses:
        first = _without_relation(words, first, head.start)
        return of_actor(head, Found(first, head.end, type_of(head, first), "type word"))
    if general(head, first):
        return Found(first, head.end, type_of(head, first), "general mention", nominal=True)
    return None


def possessor(head: Head, first: int) -> int:
    """Take in "Iraq's" before "security forces": what belongs to a state or a group is named by it."""
    words = head.words
    if "apparatus" not in head.uses or first < 2 or words.tag[first - 1] != "POS":
        return first
    held = words.at.get(first - 2)
    named = held is not None and (held.type == "place" or held.entity is not None
                                  or (held.type == "person" and head.type == "government"))
    return held.first if named else first


def type_of(head: Head, first: int) -> str:
    """Return the type that the words before make of the type word's own: "rebel forces", "4th Brigade"."""
    words = head.words
    if "open" not in head.uses:
        return head.type
    before = range(head.start - 1, first - 1, -1)
    for i in before:
        if (means := modifier(words.lower[i])) not in (None, "skip", "any"):
            return means
        if inner := [entry.type for entry in type_words().get(words.lower[i], ()) if entry.type in _ACTORS]:
            return inner[0]  # "armed forces high command"
    if "numbered" in head.uses and (any(is_ordinal(words.text[i]) for i in before) or any(
            held.type in ("nationality", "place") for held in words.names_within(first, head.start))):
        return "security_force"
    return head.type


def of_actor(head: Head, one: Found) -> Found:
    """Give a group's apparatus and fighters to the group: "Taliban government", "FARC guerrillas"."""
    if {"apparatus", "group"} & head.uses:
        for held in head.words.names_within(one.first, head.start):
            if held.type in _ACTORS and held.entity is not None and not _relation(head.words, held.last - 1):
                one.entity, one.rule = held.entity, "apparatus"
                one.type = held.type if held.type == "armed_group" else one.type
    return one


def general(head: Head, first: int) -> bool:
    """True where a description without a name is a general mention: "the militants", "an armed group"."""
    words, uses = head.words, head.uses
    before = words.tag[first - 1] if first else ""
    definite = first > 0 and (words.lower[first - 1] in _DEFINITE or before in ("PRP$", "POS"))
    modified = any(modifier(words.lower[i]) not in (None, "skip") for i in range(first, head.start))
    if head.word.plural and {"nominal", "bare", "nominal-plural"} & uses:
        return True
    if "attributive" in uses and (words.capital(head.end - 1) or head.in_compound):
        return True
    if "bare" in uses and ("nominal" not in uses or words.tag[head.end - 1] == "NNS" or before in _DETERMINERS):
        return True
    if "nominal" in uses and (before in _DETERMINERS or modified):
        return True
    if "nominal-the" in uses or "the" in uses:
        return (definite or (modified and "the" in uses)) and not head.before_of
    return modified and bool({"modified", "open"} & uses) and not head.before_of


def inner_places(words: Words, whole: Found) -> Iterator[Found]:
    """Yield the place inside a description, which stays a mention of its own: the Kunar district of its police."""
    held = words.at.get(whole.last - 1) or words.at.get(whole.last - 2)
    if held is not None and held.first > whole.first and not words.text[whole.first][:1].isupper():
        yield Found(held.first, whole.last, "place", held.rule, inner=True)


def relation_free(words: Words, i: int) -> bool:
    """True where the word is a name that says who one is, not only whom one is for or against."""
    return words.capital(i) and not _relation(words, i)


def _namers(words: Words, first: int, start: int) -> bool:
    """True where a name stands among the modifiers, not only in "US-led" or "anti-Taliban"."""
    return any(relation_free(words, i) or is_ordinal(words.text[i]) for i in range(first, start))


def _relation(words: Words, i: int) -> bool:
    """True for the name in "US-backed", "ISIS-held", "anti-Taliban"."""
    if words.tag[i + 1:i + 2] == ["HYPH"] and words.tag[i + 2:i + 3] in (["VBN"], ["VBD"], ["JJ"]):
        return True
    if i >= 2 and words.text[i - 1] == "-" and words.lower[i - 2] in _RELATION_BEFORE:
        return True
    return words.lower[i].startswith(_PREFIXES) or words.lower[i].endswith(_SUFFIXES)


def _without_relation(words: Words, first: int, start: int) -> int:
    """Leave out "US-backed" where a name follows it: "US-backed Afghan government" is the Afghan government."""
    for i in range(start - 1, first, -1):
        if words.tag[i] in ("VBN", "VBD") and words.tag[i - 1] == "HYPH":
            return i + 1
    return first


def _name_after(words: Words, end: int) -> int:
    """Return where the name after "news agency" ends; ``end`` where none follows."""
    while end < len(words) and words.capital(end) and words.tag[end] in NOUNS:
        end += 1
    return end


def _place_complement(words: Words, end: int) -> int:
    """Return where "of the Kunar district" ends, ``end`` where no place follows "of"."""
    i = end + 2 if words.lower[end + 1:end + 2] == ["the"] else end + 1
    if i >= len(words):
        return end
    held = words.at.get(i)
    last = i + 1 if held is None else held.last
    if _is_area(words, last) and (words.capital(i) if held is None else held.type in ("place", "person")):
        return last + 1
    if held is None or held.type != "place" or (last < len(words) and words.tag[last] in NOUNS):
        return end  # "government of US President Joe Biden"
    return last


def _is_area(words: Words, i: int) -> bool:
    return i < len(words) and any("area" in e.uses and len(e.words) == 1 for e in type_words().get(words.lower[i], ()))
