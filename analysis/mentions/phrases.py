"""Phrases around a type word: "Iraqi security forces", "the militants", "Kalma camp", "mortar shells"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.mentions.words import NOUNS, Found, TypeWord, Words, modifier, type_words

_DETERMINERS = frozenset(("DT", "PRP$", "POS"))
_RELATION_BEFORE = frozenset(("anti", "pro", "ex", "non"))
_ACTORS = frozenset(("armed_group", "security_force", "government", "organisation", "media"))
_COMPLEMENT_LINKS = frozenset(("the", "and", "&", "of", "for"))
_CODES = frozenset(("CD", "FW", "XX", "ADD"))  # "AK-47" may be tagged as a number
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)


def phrases(words: Words) -> Iterator[Found]:
    """Yield the phrases whose head is a type word, named or nominal; names inside keep their own mention only as ``inner``.

    **Misses:** heads that no list holds ("the boys in the hills"); complements other than "of".
    """
    table = type_words()
    for i, lower in enumerate(words.lower):
        if lower in table and (words.tag[i] in NOUNS or words.tag[i] in _CODES and lower != words.text[i]):
            for entry in table[lower]:
                start = i + 1 - len(entry.words)
                if start >= 0 and tuple(words.lower[start:i + 1]) == entry.words:
                    found = list(_phrase(words, entry, start, i + 1))
                    yield from found
                    if found:
                        break


def _phrase(words: Words, entry: TypeWord, start: int, end: int) -> Iterator[Found]:
    held = words.at.get(end - 1)
    if held is not None and held.entity is not None and held.rule == "gazetteer":
        return
    if words.capital(end - 1):
        proper = _proper_name(words, entry, start, end)
        if proper is not None:
            yield proper
            return
    if end < len(words) and words.tag[end] == "HYPH":
        return
    compound = end < len(words) and words.tag[end] in NOUNS
    described = _described(words, entry, start, end)
    if described is None or compound and described.nominal and "attributive" not in entry.uses:
        return
    yield described
    if described.rule == "complement":
        yield from _inner_places(words, described)
    elif described.nominal or entry.type in ("weapon", "vehicle"):
        yield from words.inner_names(described)


def _proper_name(words: Words, entry: TypeWord, start: int, end: int) -> Found | None:
    """Return the capitalised name that the type word closes or opens: "Golan Lions Brigade", "Ministry of Health"."""
    if not {"suffix", "suffix-name", "area", "names"} & entry.uses:
        return None
    first, last = start, end
    while first > 0 and first not in words.first_of_sentence and _belongs(words, first - 1, first):
        first -= 1
    if {"of", "names"} & entry.uses or (entry.type == "armed_group" and "suffix" in entry.uses):
        last = _complement(words, end, any_name=True)
    elif "area" in entry.uses and first == start:
        last = _complement(words, end, any_name=True)
    if first == start and last == end and (end - start == 1 or not all(map(words.capital, range(start, end)))):
        return None
    if "known" in entry.uses and (first not in words.at or words.at[first].type != "place"):
        return None
    type_ = _type(words, entry, first, start) if first < start else entry.type
    one = Found(_possessor(words, entry, first), last, type_, "type word")
    return _with_actor(words, entry, one, start)


def _belongs(words: Words, i: int, right: int) -> bool:
    """True where the word before a name is a part of it."""
    if words.text[i] in ("-", "&", "/") and i and words.capital(i - 1):
        return True
    if _ORDINAL.fullmatch(words.text[i]):
        return True
    person = words.at.get(i)
    if person is not None and person.type == "person" and person.last - person.first > 1:
        return False
    return words.text[i][:1].isupper() and words.tag[i] in ("NNP", "NNPS", "NN", "NNS", "JJ", "VBN", "VBG", "CD") and words.capital(i)


def _complement(words: Words, end: int, any_name: bool) -> int:
    """Return where "of Kenya", "for the Defence of Oruma" ends, or ``end`` when nothing of the kind follows."""
    if end + 1 >= len(words) or words.lower[end] not in ("of", "for"):
        return end
    i, last = end + 1, end
    while i < len(words) and (words.lower[i] in _COMPLEMENT_LINKS or words.capital(i) and words.tag[i] not in ("PRP", "DT")):
        held = words.at.get(i)
        if held is not None and held.type == "person":
            return end
        if words.capital(i) and words.lower[i] not in _COMPLEMENT_LINKS:
            last = i + 1
            if not any_name:
                return held.last if held else last
        elif words.lower[i] == "and" and not (any_name and words.doc[i].head.i < i and i + 1 < len(words) and words.capital(i + 1)):
            break
        i += 1
    return last


def _described(words: Words, entry: TypeWord, start: int, end: int) -> Found | None:
    """Return the description whose head is the type word: "Iraqi army", "police of the Kunar district", "the rebels"."""
    first = words.modifiers_before(start)
    first = _whole_names(words, first, start)
    first = _possessor(words, entry, first)
    uses = entry.uses
    if "thing" in uses:
        return _thing(words, entry, first, start, end)
    if entry.type in ("place", "facility") and "known" not in uses:
        return _place(words, entry, first, start, end)
    named = _namers(words, first, start)
    if entry.type == "media" and end < len(words) and words.capital(end) and words.tag[end] in NOUNS:
        return Found(first, _name_after(words, end), "media", "type word")
    last = end
    if "known" in uses:
        return None
    if "of" in uses and words.lower[end:end + 1] == ["of"]:
        last = _place_complement(words, end)
    if last > end:
        one = Found(first, last, _type(words, entry, first, start), "complement")
        return _with_actor(words, entry, one, start)
    if named and {"apparatus", "group", "nominal", "bare", "modified", "open", "named", "the", "nominal-plural"} & uses:
        first = _without_relation(words, first, start)
        one = Found(first, end, _type(words, entry, first, start), "type word")
        return _with_actor(words, entry, one, start)
    if _general(words, entry, first, start, end):
        return Found(first, end, _type(words, entry, first, start), "general mention", nominal=True)
    return None


def _thing(words: Words, entry: TypeWord, first: int, start: int, end: int) -> Found | None:
    """Return a weapon with the words that describe it, a vehicle with its owner's name too: "Israeli jets"."""
    if end - 1 in words.at and words.at[end - 1].first < start:
        return None  # part of a name: "National Rifle Association"
    if end < len(words) and words.tag[end] in NOUNS:
        first = start  # "tough gun laws"
    elif entry.type == "weapon":
        first = max([first, *(held.last for held in words.names_within(first, start))])
    return Found(first, end, entry.type, "type word")


def _name_after(words: Words, end: int) -> int:
    """Return where the name after "news agency" ends."""
    while end < len(words) and words.capital(end) and words.tag[end] in NOUNS:
        end += 1
    return end


def _whole_names(words: Words, first: int, start: int) -> int:
    """Take in the whole of a name that the modifiers begin inside of."""
    held = words.at.get(first) if first < start else None
    return held.first if held is not None and held.first < first else first


def _possessor(words: Words, entry: TypeWord, first: int) -> int:
    """Take in "Iraq's" before "security forces": what belongs to a state or a group is named by it."""
    if "apparatus" not in entry.uses or first < 2 or words.tag[first - 1] != "POS":
        return first
    held = words.at.get(first - 2)
    if held is not None and (held.type == "place" or held.entity or held.type == "person" and entry.type == "government"):
        return held.first
    return first


def _namers(words: Words, first: int, start: int) -> bool:
    """True where a name stands among the modifiers, not only in "US-led" or "anti-Taliban"."""
    return any((words.capital(i) or _ORDINAL.fullmatch(words.text[i])) and not _relation(words, i) for i in range(first, start))


def _relation(words: Words, i: int) -> bool:
    """True for the name in "US-backed", "ISIS-held", "anti-Taliban": it says whom one is for or against, not who one is."""
    if i + 2 < len(words) and words.tag[i + 1] == "HYPH" and words.tag[i + 2] in ("VBN", "VBD", "JJ"):
        return True
    if i >= 2 and words.text[i - 1] == "-" and words.lower[i - 2] in _RELATION_BEFORE:
        return True
    return words.lower[i].startswith(("anti-", "pro-", "ex-")) or words.lower[i].endswith(("-led", "-backed", "-held", "-controlled"))


def _without_relation(words: Words, first: int, start: int) -> int:
    """Leave out "US-backed" where a name follows it: "US-backed Afghan government" is the Afghan government."""
    for i in range(start - 1, first, -1):
        if words.tag[i] in ("VBN", "VBD") and words.tag[i - 1] == "HYPH":
            return i + 1
    return first


def _place_complement(words: Words, end: int) -> int:
    """Return where "of the Kunar district" ends; only a place may follow."""
    i = end + 1
    if i < len(words) and words.lower[i] == "the":
        i += 1
    held = words.at.get(i)
    if held is None and not (i < len(words) and words.capital(i) and _area_after(words, i + 1)):
        return end
    if held is not None and held.type not in ("place", "person") or held is not None and held.type == "person" and not _area_after(words, held.last):
        return end
    last = held.last if held is not None else i + 1
    if _area_after(words, last):
        return last + 1
    return end if last < len(words) and words.tag[last] in NOUNS else last  # "of US President Joe Biden"


def _area_after(words: Words, i: int) -> bool:
    return i < len(words) and any("area" in e.uses and len(e.words) == 1 for e in type_words().get(words.lower[i], ()))


def _inner_places(words: Words, whole: Found) -> Iterator[Found]:
    """Yield the place inside a description, which stays a mention of its own: the Kunar district of its police."""
    i = whole.last - 1
    held = words.at.get(i) or words.at.get(i - 1)
    if held is not None and held.first > whole.first and not words.text[whole.first][:1].isupper():
        yield Found(held.first, whole.last, "place", held.rule, inner=True)


def _with_actor(words: Words, entry: TypeWord, one: Found, start: int) -> Found:
    """Give a group's apparatus and fighters to the group: "Taliban government", "FARC guerrillas", "UN peacekeepers"."""
    if {"apparatus", "group"} & entry.uses:
        for held in words.names_within(one.first, start):
            if held.type in _ACTORS and held.entity is not None and not _relation(words, held.last - 1):
                one.entity, one.type, one.rule = held.entity, held.type, "apparatus"
    return one


def _type(words: Words, entry: TypeWord, first: int, start: int) -> str:
    """Return the type that the modifiers make of the type word's own: "rebel forces", "4th Brigade"."""
    if "open" not in entry.uses:
        return entry.type
    for i in range(start - 1, first - 1, -1):
        means = modifier(words.lower[i])
        if means not in (None, "skip", "any"):
            return means
    held = words.names_within(first, start)
    if "numbered" in entry.uses and (any(_ORDINAL.fullmatch(words.text[i]) for i in range(first, start))
                                     or any(h.type in ("nationality", "place") for h in held)):
        return "security_force"
    return entry.type


def _general(words: Words, entry: TypeWord, first: int, start: int, end: int) -> bool:
    """True where a description without a name is a general mention: "the militants", "security forces", "an armed group"."""
    uses, before = entry.uses, words.tag[first - 1] if first else ""
    definite = first > 0 and (words.lower[first - 1] in ("the", "this", "these", "that", "those") or before in ("PRP$", "POS"))
    of = end < len(words) and words.lower[end] == "of"
    modified = any(modifier(words.lower[i]) not in (None, "skip") for i in range(first, start))
    if entry.plural and {"nominal", "bare", "nominal-plural"} & uses:
        return True
    if "attributive" in uses and (words.capital(end - 1) or end < len(words) and words.tag[end] in NOUNS):
        return True
    if "bare" in uses and ("nominal" not in uses or words.tag[end - 1] == "NNS" or before in _DETERMINERS):
        return True
    if "nominal" in uses and (before in _DETERMINERS or modified):
        return True
    if "nominal-the" in uses:
        return definite and not of
    if modified and {"modified", "the", "open"} & uses:
        return not of
    return "the" in uses and definite and not of


def _place(words: Words, entry: TypeWord, first: int, start: int, end: int) -> Found | None:
    """Return the area or facility that is named before its type word, or meant in general ("the city", "a hospital")."""
    i = start
    while i > first and words.capital(i - 1) and not _relation(words, i - 1):
        i -= 1
    i = _whole_names(words, i, start)
    held = words.at.get(i) if i < start else None
    only_people = held is not None and held.type == "nationality" and held.last == start
    if i < start and not only_people and {"area", "nominal"} & entry.uses:
        return Found(i, end, entry.type, "type word")
    if entry.type == "place" and words.lower[end:end + 1] == ["of"]:
        return None
    if _general(words, entry, first, start, end):
        return Found(first, end, entry.type, "general mention", nominal=True)
    return None
