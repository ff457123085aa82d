"""Names in capitals that a type word closes or opens: "Golan Lions Brigade", "Ministry of Health"."""

from __future__ import annotations

from analysis.mentions.described import of_actor, possessor, type_of
from analysis.mentions.words import Found, Head, Words, is_ordinal

_IN_NAMES = frozenset(("NNP", "NNPS", "NN", "NNS", "JJ", "VBN", "VBG", "CD"))
_LINKS = frozenset(("the", "and", "&", "of", "for"))


def proper_name(head: Head) -> Found | None:
    """Return the capitalised name around a capitalised type word, None for the type word alone ("the Army")."""
    words, uses = head.words, head.uses
    if not {"suffix", "suffix-name", "area", "names"} & uses:
        return None
    first, last = head.start, head.end
    while first > 0 and first not in words.first_of_sentence and _belongs(words, first - 1):
        first -= 1
    bare = first == head.start
    if {"of", "names"} & uses or (head.type == "armed_group" and "suffix" in uses) or ("area" in uses and bare):
        last = _complement(words, head.end)
    if bare and last == head.end and not _all_capitals(head):
        return None
    if "known" in uses and (first not in words.at or words.at[first].type != "place"):
        return None
    type_ = head.type if bare else type_of(head, first)
    return of_actor(head, Found(possessor(head, first), last, type_, "type word"))


def _all_capitals(head: Head) -> bool:
    """True for a type word of several words that are all capitals: "the Interior Ministry"."""
    return head.end - head.start > 1 and all(map(head.words.capital, range(head.start, head.end)))


def _belongs(words: Words, i: int) -> bool:
    """True where the word before a name is a part of it."""
    text, held = words.text[i], words.at.get(i)
    if (text in ("-", "&", "/") and i and words.capital(i - 1)) or is_ordinal(text):
        return True
    if held is not None and held.type == "person" and held.last - held.first > 1:
        return False
    return text[:1].isupper() and words.tag[i] in _IN_NAMES and words.capital(i)


def _complement(words: Words, end: int) -> int:
    """Return where "of Kenya", "for the Defence of Oruma" ends, or ``end`` when nothing of the kind follows."""
    if words.lower[end:end + 1] not in (["of"], ["for"]):
        return end
    i, last = end + 1, end
    while i < len(words):
        held = words.at.get(i)
        if held is not None and held.type == "person":
            return end
        if words.lower[i] in _LINKS:
            if words.lower[i] == "and" and not _goes_on(words, i):
                break
        elif words.capital(i) and words.tag[i] not in ("PRP", "DT"):
            last = i + 1
        else:
            break
        i += 1
    return last


def _goes_on(words: Words, i: int) -> bool:
    """True where an "and" joins two parts of one name: "Ministry of Defence and Aviation"."""
    return words.doc[i].head.i < i and i + 1 < len(words) and words.capital(i + 1)
