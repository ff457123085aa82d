"""What the words around a place name say of where it lies."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.inflection import MONTHS
from analysis.places.choice import KNOWN_ABROAD, country_and_division, may_lie_in
from analysis.places.gazetteer import candidates, capital_of, country_code, country_names, first_words
from analysis.places.keys import exact_key
from analysis.places.phrase import kinds

if TYPE_CHECKING:  # spaCy takes a second, and tables that are kept need none
    from spacy.tokens import Doc

_WORD = r"[^\W\d_a-z](?:[\w'’-]*\w)?"
_NAME = rf"(?:(?:St|Mt)\. )?{_WORD}(?:[ -](?:(?:de|del|la|al|el|of|and|the) )?{_WORD})*"
_CAPITALISED = re.compile(r"\b[^\W\d_a-z](?:\.[^\W\d_a-z]\.?(?:[^\W\d_a-z]\.?)?|[\w'’]*)(?:-\w+)*")
_AFTER = re.compile(rf"(?:,| \() ?(?:in |of )?(?:the )?(?:[a-z-]+ )?(?P<list>{_NAME})|"
                    rf"(?: in| of) (?:the )?(?:[a-z-]+ )?(?:the )?(?P<prose>{_NAME})")
_BEFORE = re.compile(r"(?:(?P<people>[^\W\d_a-z]\w+) |\b)(?P<kind>[a-z-]+)(?: of)? (?:the )?$")
_NEAR = re.compile(r"\b(?:near|outside|close to|around|(?:north|south|east|west)\w* of|(?:km|kilometers|kilometres|"
                   r"miles) (?:\w+ )?(?:of|from)|outskirts of)(?: the)?(?: \w+){0,4} $", re.IGNORECASE)
_LANGUAGE = re.compile(r" (?:at|to|on|by|and|or|for|with)\b|[.,;:)\"']|$")  # after "in Spanish"
WORDS_AROUND = 80  # characters read before and after a name
LONGEST = 5  # words in a country's name
SHARE = 0.1  # of the mentions of the country named most; the article is hardly about those named less


def context(doc: Doc, start: int, end: int) -> dict[str, object]:
    """Return what the text says of the place at characters ``[start, end)``, as arguments for ``resolve``.

    countries (ISO codes by how often the article names them), within ("in Balkh province", "Aleppo, Syria"), kind
    ("the Afghan city of"), near. **Misses:** what another sentence says.
    """
    text, countries, within, kind = _text_of(doc), article_countries(doc), [], None
    before, after = text[max(0, start - WORDS_AROUND):start], text[end:end + WORDS_AROUND]
    if match := _BEFORE.search(before):
        kind = kinds().get(match["kind"])
        if kind and match["people"] and (code := country_code(match["people"])):
            within.append(match["people"])
            countries = (code, *(c for c in countries if c != code))
    after_kind = re.match(r" ([a-z-]+)", after)
    if kind is None and after_kind and kinds().get(after_kind[1]) not in (None, "part"):
        kind, after = kinds()[after_kind[1]], after[after_kind.end():]
    if match := _AFTER.match(after):
        container = _known_part(match["list"] or match["prose"])
        if container not in MONTHS and (match["prose"] or may_lie_in(text[start:end], container)):
            within.append(container)
    return {"countries": countries, "within": tuple(within), "kind": None if kind == "part" else kind,
            "near": bool(_NEAR.search(before))}


def _text_of(doc: Doc) -> str:
    from analysis.language import text_of  # late, as above

    return text_of(doc)


def _known_part(name: str) -> str:
    """Return "Idlib" of "Idlib and Homs", but "Sistan and Baluchestan" whole."""
    return name if country_code(name) or candidates(name) else name.split(" and ")[0]


def article_countries(doc: Doc) -> tuple[str, ...]:
    """Return the codes of the countries the article names, by how often; their peoples count, capitals half."""
    if "countries" not in doc.user_data:
        doc.user_data["countries"] = _count(_text_of(doc))
    return doc.user_data["countries"]


def _count(text: str) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    words, at = [match.span() for match in _CAPITALISED.finditer(text)], 0
    while at < len(words):
        start, length = words[at][0], _longest_name(text, words[at:at + LONGEST])
        end = words[at + max(length, 1) - 1][1]
        if length and not _is_language(text, start, end):
            counts.update(_told_by(text[start:end]))
        at += length or 1
    most = max(counts.values(), default=0)
    return tuple(code for code, count in counts.most_common() if count >= SHARE * most)


def _longest_name(text: str, words: list[tuple[int, int]]) -> int:
    """Return how many of the words make the name of a country, a people or a capital."""
    if exact_key(_bare(text[slice(*words[0])])) not in first_words():
        return 0
    for length in range(len(words), 0, -1):
        name = _bare(text[words[0][0]:words[length - 1][1]])
        if len(name) < 60 and (country_code(name) or capital_of(name)):
            return length
    return 0


def _is_language(text: str, start: int, end: int) -> bool:
    """True for "in Spanish at noon", which is about no country."""
    people = exact_key(text[start:end]) not in country_names() and not capital_of(text[start:end])
    return people and text[max(start - 3, 0):start] == "in " and _LANGUAGE.match(text, end) is not None


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s").rstrip("'’")


@lru_cache(maxsize=4096)
def _told_by(name: str) -> dict[str, int]:
    """Return the country that a name speaks of, and how strongly: a capital half as much as a country or a people."""
    name = _bare(name)
    code = country_code(name)
    return {} if _is_shared(name) else {code: 2} if code else {capital_of(name): 1}


@lru_cache(maxsize=4096)
def _is_shared(name: str) -> bool:
    """True for a name that says little about the country: Georgia is also a state, Tripoli a large city of Lebanon."""
    found = candidates(name)
    cities = [place for place in found if place.kind == "city" and place.population >= KNOWN_ABROAD]
    return bool(country_and_division(found)) or len({place.country for place in cities}) > 1
