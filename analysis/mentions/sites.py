"""Areas, facilities, weapons and vehicles by their type words: "Kalma camp", "the city", "mortar shells"."""

from __future__ import annotations

from analysis.mentions.described import general, relation_free
from analysis.mentions.name_types import country
from analysis.mentions.words import Found, Head


def site(head: Head) -> Found | None:
    """Return the area or facility that is named before its type word, or meant in general ("the city")."""
    words = head.words
    first = words.modifiers_before(head.start)
    name = head.start
    while name > first and relation_free(words, name - 1):
        name -= 1
    name = words.whole_names(name, head.start)
    held = words.at.get(name) if name < head.start else None
    whose = held is not None and held.last == head.start and (held.type == "nationality" or country(words.text[name]))
    if name < head.start and not whose and {"area", "nominal"} & head.uses:
        return Found(name, head.end, head.type, "type word")
    if (head.type == "facility" or not head.before_of) and general(head, words.whole_names(first, head.start)):
        return Found(words.whole_names(first, head.start), head.end, head.type, "general mention", nominal=True)
    return None


def thing(head: Head) -> Found | None:
    """Return a weapon with the words that describe it, a vehicle with its owner's name too."""
    words = head.words
    held = words.at.get(head.end - 1)
    if held is not None and held.first < head.start:
        return None  # part of a name: "National Rifle Association"
    first = words.whole_names(words.modifiers_before(head.start), head.start)
    if head.in_compound:
        first = head.start  # "tough gun laws"
    elif head.type == "weapon":
        first = max([first, *(held.last for held in words.names_within(first, head.start))])
    return Found(first, head.end, head.type, "type word")
