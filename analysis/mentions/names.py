"""Names: what the gazetteer and the model mark, put right by what the words themselves tell."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span

from analysis import lexicon, places
from analysis.mentions.words import Found, Words, plurals, type_words

MODEL_TYPES = {"PERSON": "person", "NORP": "nationality", "ORG": "organisation", "GPE": "place", "LOC": "place",
               "FAC": "facility", "MONEY": "money"}
_EDGES = frozenset(("'s", "'", '"', ",", ".", "-", "(", ")", ":", "–", "—", "the", "a", "an", "his", "her", "its",
                    "their", "our"))
LARGE = 50_000  # people: a name of one word that the model takes for a person is such a place, if nothing says person
_CONFUSED = frozenset(("person", "organisation", "place", "facility"))  # what the model takes for one another
_SHIPS = frozenset(("HMS", "USS", "INS", "FS", "HMAS", "HMCS", "USNS", "RFS", "ROKS"))
_IN = frozenset(("in", "near", "inside", "throughout", "outside", "around"))  # a place follows, not a person


def names(words: Words) -> list[Found]:
    """Return the names of a Doc, one a span, typed; ``entity`` is filled where the lexicon knows it.

    **Misses:** names that neither the model nor a list knows; a person with the name of a city.
    """
    found = [one for ent in words.ents if (one := _from_entity(words, ent))]
    for one in found:
        words.at |= dict.fromkeys(range(one.first, one.last), one)
    found += _unmarked(words)
    _agree(words, found)
    found = [one for one in found if one.type != "none"]
    words.at = {i: one for one in found for i in range(one.first, one.last)}
    return found


def _from_entity(words: Words, ent: Span) -> Found | None:
    if ent.ent_id_:
        return None if _shouted(words, ent) else Found(ent.start, ent.end, ent.label_, "gazetteer", ent.ent_id_)
    type_ = MODEL_TYPES.get(ent.label_)
    if type_ is None:
        return None
    first, last = _trimmed(words, ent.start, ent.end)
    if first == last:
        return None
    if type_ == "money":
        first = next((i for i in range(max(first - 1, 0), last) if words.tag[i] in ("$", "CD")), first)
        return Found(first, last, "money", "model")
    if not any(text[:1].isupper() for text in words.text[first:last]):
        return None
    if last - first == 1 and words.lower[first] in type_words():
        return None  # "the Army" is a general mention: see phrases
    one = Found(first, last, type_, "model")
    if words.text[first] in _SHIPS and last - first > 1:
        one.type, one.rule = "vehicle", "ship prefix"
        return one
    if type_ == "person":
        one.last = _name_end(words, one)
    return _typed(words, one)


def _trimmed(words: Words, first: int, last: int) -> tuple[int, int]:
    """Leave out articles, possessives and marks at both ends of a span."""
    while first < last and (words.lower[first] in _EDGES or words.text[first].isspace()):
        first += 1
    while last > first and (words.lower[last - 1] in _EDGES or words.text[last - 1].isspace()):
        last -= 1
    return first, last


def _shouted(words: Words, ent: Span) -> bool:
    """True for an alias that is a word of a headline in capitals: "SYRIA IS AT WAR"."""
    around = [words.text[i] for i in (ent.start - 1, ent.end) if 0 <= i < len(words) and words.text[i].isalpha()]
    return len(ent.text) < 4 and bool(around) and all(text.isupper() and len(text) > 1 for text in around)


def _name_end(words: Words, one: Found) -> int:
    """Return the end of a person's name that the model broke off: "Yusuf" of "Yusuf al-Amin"."""
    head = words.doc[one.last - 1].head.i
    if one.last <= head < one.last + 3 and all(words.tag[i] == "NNP" and not words.doc[i].ent_type_
                                               for i in range(one.last, head + 1)):
        return head + 1
    return one.last


def _typed(words: Words, one: Found) -> Found:
    """Give a model's name the type that gazetteer and type words say it has."""
    while one.type == "person" and one.last - one.first > 1 and nationality(words.text[one.first]):
        one.first += 1
    text = words.doc[one.first:one.last].text
    if one.type == "person" and one.last - one.first > 1:
        return one
    if nationality(text):
        one.type, one.rule = "nationality", "gazetteer"
    elif country(text):
        one.type, one.rule = "place", "gazetteer"
    elif one.last < len(words) and any("area" in e.uses for e in type_words().get(words.text[one.last], ())):
        one.type = "place"  # "Kunar district"
    elif (by_word := _type_of_name(words, one)) is not None:
        one.type, one.nominal = by_word, by_word == "person" and words.lower[one.first + 1] in ("of", "for")
    elif one.type != "place" and (" " not in text or one.type == "organisation") and _is_place(text):
        one.type, one.rule = "place", "place name"
    elif one.type == "person" and one.first and words.lower[one.first - 1] in _IN:
        one.type = "place"
    elif one.type == "nationality" and one.last - one.first > 1:
        one.type = "organisation"
    return one


def _is_place(text: str) -> bool:
    spellings = ("exact", "other") if "-" in text else ("exact",)
    return any(place.spelling in spellings and (place.kind == "division" or place.population >= LARGE)
               for place in places.candidates(text))


def _type_of_name(words: Words, one: Found) -> str | None:
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
    return "person" if lower[one.first] in title_words() and one.type == "organisation" else None


@cache
def title_words() -> frozenset[str]:
    """Return the titles of one word, in small letters."""
    return frozenset(row["word"].lower() for row in lexicon.rows("titles") if " " not in row["word"])


def _unmarked(words: Words) -> list[Found]:
    """Return countries, capitals, peoples, large places and ships that the model passed over."""
    found = []
    for i, text in enumerate(words.text):
        if i in words.at or not text[:1].isupper() or words.tag[i] not in ("NNP", "NNPS", "JJ", "NN", "NNS"):
            continue
        one = None
        if text in _SHIPS and words.tag[i + 1:i + 2] == ["NNP"]:
            one = Found(i, i + 2, "vehicle", "ship prefix")
        elif nationality(text):
            one = Found(i, i + 1, "nationality", "gazetteer")
        elif country(text) or places.capital_of(text) or (words.tag[i] == "NNP" and "-" in text and _is_place(text)):
            one = Found(i, i + 1, "place", "gazetteer")
        if one:
            found.append(one)
            words.at |= dict.fromkeys(range(one.first, one.last), one)
    return found


def _agree(words: Words, found: list[Found]) -> None:
    """Let what is sure of a name in one sentence hold for the same word in the others: surnames, places, ships."""
    sure: dict[str, str] = {}
    for one in found:
        last = words.text[one.last - 1]
        if one.type == "vehicle":
            sure[last] = "vehicle"
        elif one.type == "person" and one.last - one.first > 1 and not one.nominal:
            sure[last] = "person"
    for one in found:
        if one.type == "place":
            sure.setdefault(words.doc[one.first:one.last].text, "place")
    for one in found:
        if one.rule in ("model", "place name") and one.type in _CONFUSED:
            one.type = sure.get(words.doc[one.first:one.last].text, one.type)


@cache
def _peoples() -> dict[str, str]:
    table = {}
    for row in lexicon.rows("peoples"):
        for form in (row["name"], *(row["forms"] or "").split("|")):
            table |= dict.fromkeys((form, *(plurals(form) if form else ())), row["name"])
    return table


@cache
def nationality(text: str) -> str | None:
    """Return the people that a word means ("Syrians" -> "Syrian", "Kurdish" -> "Kurd"), or None."""
    if text in _peoples():
        return _peoples()[text]
    if text[:1].isupper() and not country(text) and places.country_code(text):
        return text.removesuffix("s") if places.country_code(text.removesuffix("s")) else text
    return None


@cache
def country(text: str) -> str | None:
    """Return the name of the country that a text names ("US" -> "United States"), or None; capitals are none."""
    code = places.country_code(text) if text[:1].isupper() else None
    found = places.candidates(text) if code else ()
    return found[0].name if found and found[0].kind == "country" else None


@cache
def country_names() -> dict[str, str]:
    """Return {ISO code: name} of all countries."""
    return {row["code"]: row["name"] for row in lexicon.rows("countries")}
