"""What a name is, by the gazetteer of places, by the words in it, and by the words around it."""

from __future__ import annotations

from functools import cache, lru_cache

from analysis import lexicon, places
from analysis.mentions.words import Found, Words, plurals, type_words

LARGE = 50_000  # people: a bare name that the model takes for a person is such a place, if nothing says person
_IN = frozenset(("in", "near", "inside", "throughout", "outside", "around"))  # a place follows, not a person


def retype(words: Words, one: Found) -> None:
    """Give a model's name the type that gazetteer and type words say it has; two words that are a person stay one."""
    text, length = words.doc[one.first:one.last].text, one.last - one.first
    if _is_called(words, one):
        one.type, one.rule = "place", "place name"
        return
    if one.type == "person" and length == 2 and not (_follows_in(words, one) and (
            is_large_place(text) or _in_a_country(words, one))):
        return  # but "in Khan Younis", "in Bani Walid, Libya"
    if nationality(text):
        one.type, one.rule = "nationality", "gazetteer"
    elif country(text):
        one.type, one.rule = "place", "gazetteer"
    elif one.last < len(words) and any("area" in e.uses for e in type_words().get(words.text[one.last], ())):
        one.type = "place"  # "Kunar district"
    elif by_word := _by_type_word(words, one):
        one.type, one.nominal = by_word, by_word == "person" and words.lower[one.first + 1] in ("of", "for")
    elif _is_place(words, one, text):
        one.type, one.rule = "place", "place name"
    elif one.type == "nationality" and length > 1:
        one.type = "organisation"


def _is_called(words: Words, one: Found) -> bool:
    """True for the name in "the town of Halmat"."""
    return one.first > 1 and words.lower[one.first - 1] == "of" and words.lower[one.first - 2] in _settlements()


@cache
def _settlements() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("place_words") if row["kind"] in ("city", "district"))


def _is_place(words: Words, one: Found, text: str) -> bool:
    """True for the name of a large place, and for a bare name after "in"."""
    bare, inside = one.last == one.first + 1, _follows_in(words, one)
    if one.type != "place" and (bare or inside or one.type == "organisation") and is_large_place(text):
        return True
    return inside and (bare or _in_a_country(words, one)) and not text.isupper()


def _in_a_country(words: Words, one: Found) -> bool:
    return words.text[one.last:one.last + 1] == [","] and any(map(country, words.text[one.last + 1:one.last + 2]))


def _follows_in(words: Words, one: Found) -> bool:
    return one.first > 0 and words.lower[one.first - 1] in _IN


@lru_cache(maxsize=65536)
def is_large_place(text: str) -> bool:
    """True where a division or a city of at least ``LARGE`` people bears exactly this name."""
    spellings = ("exact", "other") if "-" in text or " " in text else ("exact",)
    return any(place.spelling in spellings and (place.kind == "division" or place.population >= LARGE)
               for place in places.candidates(text))


def _by_type_word(words: Words, one: Found) -> str | None:
    """Return the type that the last word of a name says, or its first words ("Ministry of Health", "Radio Kivu")."""
    lower, length = words.lower, one.last - one.first
    if length < 2:
        return None
    for entry in type_words().get(lower[one.last - 1], ()):
        if len(entry.words) < length and tuple(lower[one.last - len(entry.words):one.last]) == entry.words:
            return entry.type
    for size in (1, 2):
        for entry in type_words().get(lower[one.first + size - 1], ()) if size < length else ():
            if tuple(lower[one.first:one.first + size]) == entry.words and (
                    lower[one.first + size] in ("of", "for") or entry.type in ("media", "none")):
                return entry.type
    return "person" if lower[one.first] in _title_words() and one.type == "organisation" else None


@cache
def _title_words() -> frozenset[str]:
    return frozenset(row["word"].lower() for row in lexicon.rows("titles") if " " not in row["word"])


@cache
def _peoples() -> dict[str, str]:
    table = {}
    for row in lexicon.rows("peoples"):
        for form in filter(None, (row["name"], *(row["forms"] or "").split("|"))):
            table |= dict.fromkeys((form, *plurals(form)), row["name"])
    return table


@lru_cache(maxsize=65536)
def nationality(text: str) -> str | None:
    """Return the people that a word means ("Syrians" -> "Syrian", "Kurdish" -> "Kurd"), or None."""
    if text in _peoples():
        return _peoples()[text]
    if text[:1].isupper() and not country(text) and places.country_code(text):
        return text.removesuffix("s") if places.country_code(text.removesuffix("s")) else text
    return None


@lru_cache(maxsize=65536)
def country(text: str) -> str | None:
    """Return the name of the country that a text names ("US" -> "United States"), or None; capitals are none."""
    code = places.country_code(text) if text[:1].isupper() else None
    found = places.candidates(text) if code else ()
    return found[0].name if found and found[0].kind == "country" else None


@cache
def country_names() -> dict[str, str]:
    """Return {ISO code: name} of all countries."""
    return {row["code"]: row["name"] for row in lexicon.rows("countries")}
