"""When do two names mean the same? Pure functions on strings, each with the reason it gives an analyst."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import zip_longest

from rapidfuzz import fuzz

from analysis import lexicon, places
from analysis.mentions.acronyms import acronym_of, is_acronym
from analysis.mentions.words import type_words

SAME_NAME = 80  # rapidfuzz ratio of two full names that may be one in two transliterations ("Zabihullah Mojahed")
_SOUNDS = (("ee", "i"), ("ie", "i"), ("oo", "u"), ("ou", "u"), ("y", "i"), ("dh", "d"), ("ph", "f"), ("w", "v"),
           ("q", "k"), ("gh", "g"))
_CLOSE = frozenset(map(frozenset, ("ae", "ei", "ou", "gk", "eu")))  # letters for one sound; not a and i, a and o
_NOT_A_LETTER, _DOUBLED, _VOWEL = re.compile(r"[\W_]"), re.compile(r"(.)\1+"), re.compile(r"[aeiou]")
_SPACE = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"['’]s?$")
__all__ = ["acronym_of", "is_acronym", "listed", "ordinary_case", "person", "place", "plain", "reason", "same_place",
           "same_spelling", "shortened", "skeleton", "surname_of", "thing"]
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a name on one line without article and possessive: "the  FSA's" -> "FSA"."""
    return _POSSESSIVE.sub("", _ARTICLE.sub("", _SPACE.sub(" ", text).strip()))


@cache
def _titles() -> re.Pattern[str]:
    words = sorted((row["word"] for row in lexicon.rows("titles")), key=len, reverse=True)
    title = "|".join(re.escape(word.removesuffix(".")) + r"\.?" for word in words)
    return re.compile(rf".*(?<![\w.-])(?:{title})(?:\s+|(?<=\.)\s*)(?=\S)", re.IGNORECASE | re.DOTALL)


def person(text: str) -> str:
    """Return a person's name without the titles before it: "US President Joe Biden" -> "Joe Biden"."""
    name = plain(text)
    match = _titles().match(name)
    return ordinary_case(name[match.end():] if match else name)


def place(text: str) -> str:
    """Return a place's name alone: "Balkh province" -> "Balkh", "Aleppo, Syria" -> "Aleppo"."""
    words = plain(text).split(", ")[0].split(" ")
    while len(words) > 1 and words[-1].islower() and _is_area(words[-1]):
        words.pop()
    return ordinary_case(" ".join(words))


def ordinary_case(name: str) -> str:
    """Return a name in capitals, as datelines have it, as it is written elsewhere; short ones may be acronyms.

    >>> ordinary_case("EL FASHER"), ordinary_case("KHARTOUM"), ordinary_case("NWFP")
    ('El Fasher', 'Khartoum', 'NWFP')
    """
    return name.title() if name.isupper() and (" " in name or len(name) > 4) else name


def _is_area(word: str) -> bool:
    return any("area" in entry.uses for entry in type_words().get(word, ()))


def thing(text: str) -> str:
    """Return the singular of a weapon or vehicle in small letters: "Mortar shells" -> "mortar shell"."""
    words = plain(text).split(" ")
    last = words[-1]
    if (last.islower() and last.endswith("s") and not last.endswith(("ss", "us"))) or re.search(r"[A-Z0-9]s$", last):
        last = last[:-1]
    words = [*words[:-1], last]
    return " ".join(w.lower() if w[1:].islower() or w == "A" else w for w in words)


def surname_of(short: str, full: str) -> bool:
    """True where one word is a later part of a full name: "Parada" of "Ramon Parada Garcia"."""
    parts = full.casefold().split()[1:]
    return short.casefold() in (*parts, *(part.split("-")[-1] for part in parts))


def shortened(short: str, full: str) -> bool:
    """True where a name of two words or more leaves out words of a longer one: "John Kennedy" of "John F. Kennedy"."""
    few, many = short.casefold().split(), full.casefold().split()
    rest = iter(many)
    return 1 < len(few) < len(many) and few[0] == many[0] and all(word in rest for word in few)


def same_spelling(one: str, other: str) -> bool:
    """True where two full names are one in two transliterations; a single word is never enough.

    Every word must sound alike: "Ahmed" and "Ahmad" do; "Maria" and "Mario", "Jamal" and "Jamil" do not.
    """
    first, second = one.casefold(), other.casefold()
    if " " not in first or first.count(" ") != second.count(" ") or fuzz.ratio(first, second) < SAME_NAME:
        return False
    return all(map(_sounds_alike, first.split(), second.split()))


def _sounds_alike(one: str, other: str) -> bool:
    pairs = list(zip_longest(_sound(one), _sound(other)))
    return all(a == b or frozenset((a, b)) in _CLOSE for a, b in pairs)


@lru_cache(maxsize=65536)
def _sound(word: str) -> str:
    """Return a word with one letter for each sound: "Gadhafi" and "Gaddafi" are "gadafi"."""
    word = _NOT_A_LETTER.sub("", word.casefold())
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return _DOUBLED.sub(r"\1", word)


def skeleton(name: str) -> str:
    """Return the consonants of a name, the same for all its transliterations: "Mujahid" and "Mojahed" are "mjhd"."""
    return " ".join(_VOWEL.sub("", _sound(word)).replace("g", "k") for word in name.split())


def same_place(one: str, other: str) -> bool:
    """True where two place names are spelled alike for the gazetteer: "Mazar-e-Sharif", "Mazar-i Sharif"."""
    return places.loose_key(one) == places.loose_key(other)


@lexicon.cached
def _listed() -> dict[str, str]:
    return {alias.casefold(): row.name for row in lexicon.names() for alias in (*row.aliases, row.name)}


def listed(name: str) -> str | None:
    """Return the lexicon's name for a name, whatever its capitals."""
    return _listed().get(plain(name).casefold())


def reason(alias: str, name: str) -> str | None:
    """Return why a name was joined to an entity's, in words for the analyst; None where they are the same."""
    if plain(alias) == plain(name):
        return None
    return f"“{alias}” " + next((wording for true, wording in _reasons(alias, name) if true),
                                f"was read as {name} from its context")


def _reasons(alias: str, name: str) -> Iterator[tuple[bool, str]]:
    short, words, code = place(person(alias)), alias.split(), places.country_code(name)
    yield listed(alias) == name, f"is listed as a name of {name}"
    yield code is not None and places.country_code(alias) == code, f"is a name of the country {name}"
    yield (code is not None and places.capital_of(alias) == code,
           f"is the capital of {name} and stands for its government")
    yield acronym_of(alias, name) or acronym_of(name, alias), f"has the initials of {name}"
    yield person(alias) == name, f"is {name} with a title"
    yield short == name, f"is {name} with a word for what it is"
    yield surname_of(short, name), f"is the surname of {name}, in an article that names nobody else so"
    yield shortened(short, name), f"is {name} with fewer of the names"
    yield same_spelling(short, name) or same_place(short, name), f"is another spelling of {name}"
    yield any(listed(" ".join(words[:n])) == name for n in range(1, len(words))), f"is what belongs to {name}"
