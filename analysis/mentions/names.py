"""Names: what the gazetteer and the model mark, put right by what the words themselves tell."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span

from analysis import lexicon, places
from analysis.mentions.words import Found, Words, plurals, type_words

MODEL_TYPES = {"PERSON": "person", "NORP": "nationality", "ORG": "organisation", "GPE": "place", "LOC": "place",
               "FAC": "facility", "MONEY": "money"}
_EDGES = frozenset(("'s", "'", '"', "the", "a", "an", "his", "her", "its", "their", "our", ",", ".", "-", "(", ")", ":", "–", "—"))
LARGE = 50_000  # people: a name of one word that the model takes for a person is such a place, if nothing says person
_SHIPS = frozenset(("HMS", "USS", "INS", "FS", "HMAS", "HMCS", "USNS", "RFS", "ROKS"))


def names(words: Words) -> list[Found]:
    """Return the names of a Doc, one a span, typed; ``entity`` is filled where the lexicon or the gazetteer knows it.

    **Misses:** names that neither the model nor a list knows; a person with the name of a city.
    """
    surnames = {ent[-1].text for ent in words.doc.ents if ent.label_ == "PERSON" and len(ent) > 1}
    found = [one for ent in words.doc.ents if (one := _from_entity(words, ent, surnames))]
    for one in found:
        words.at |= dict.fromkeys(range(one.first, one.last), one)
    return found + list(_unmarked(words))


def _from_entity(words: Words, ent: Span, surnames: set[str]) -> Found | None:
    if ent.ent_id_:
        return None if ent.text == "IS" and words.tag[ent.start] == "VBZ" else Found(
            ent.start, ent.end, ent.label_, "gazetteer", ent.ent_id_)
    type_ = MODEL_TYPES.get(ent.label_)
    if type_ is None:
        return None
    first, last = ent.start, ent.end
    while first < last and (words.lower[first] in _EDGES or words.text[first].isspace()):
        first += 1
    while last > first and (words.lower[last - 1] in _EDGES or words.text[last - 1].isspace()):
        last -= 1
    if first == last:
        return None
    if type_ == "money":
        return Found(first, last, "money", "model")
    if words.text[first] in _SHIPS and last - first > 1:
        return Found(first, last, "vehicle", "ship prefix")
    if not any(text[:1].isupper() for text in words.text[first:last]):
        return None
    return _typed(words, Found(first, last, type_, "model"), surnames)


def _typed(words: Words, one: Found, surnames: set[str]) -> Found:
    """Give a model's name the type that gazetteer and type words say it has."""
    text = words.doc[one.first:one.last].text
    if one.type == "person" and one.last - one.first > 1:
        return one
    if (known := nationality(text)) is not None:
        one.type, one.rule = "nationality", "gazetteer"
    elif country(text):
        one.type, one.rule = "place", "gazetteer"
    elif one.type in ("person", "organisation", "nationality", "facility") and _is_place(text) and text not in surnames:
        one.type, one.rule = "place", "gazetteer"
    elif one.type == "nationality":
        one.type = "organisation" if known is None and not text.endswith(("n", "i", "s", "sh", "ese")) else "nationality"
    elif (by_word := _type_of_name(words, one)) is not None:
        one.type = by_word
    return one


def _is_place(text: str) -> bool:
    return " " not in text and any(place.spelling == "exact" and (place.kind == "division" or place.population >= LARGE)
                                   for place in places.candidates(text))


def _type_of_name(words: Words, one: Found) -> str | None:
    """Return the type that the last word of a name says, or its first ("Ministry of Health", "Radio Kivu")."""
    last = [e for e in type_words().get(words.lower[one.last - 1], ()) if _ends_with(words, one, e)]
    if last and one.last - one.first > 1:
        return last[0].type
    first = [e for e in type_words().get(words.lower[one.first], ()) if len(e.words) == 1]
    if first and one.last - one.first > 1 and (words.lower[one.first + 1] in ("of", "for") or first[0].type == "media"):
        return first[0].type
    return None


def _ends_with(words: Words, one: Found, entry) -> bool:
    start = one.last - len(entry.words)
    return start >= one.first and tuple(words.lower[start:one.last]) == entry.words


def _unmarked(words: Words):
    """Yield countries, capitals and peoples that the model passed over, and enter them."""
    for i, text in enumerate(words.text):
        if i in words.at or not text[:1].isupper() or words.tag[i] not in ("NNP", "NNPS", "JJ", "NN", "NNS"):
            continue
        type_ = "nationality" if nationality(text) else "place" if country(text) or places.capital_of(text) else None
        if type_:
            words.at[i] = Found(i, i + 1, type_, "gazetteer")
            yield words.at[i]


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
