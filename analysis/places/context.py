"""What the words around a place name say of where it lies."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from spacy.tokens import Doc

from analysis.places.choice import KNOWN_ABROAD, country_and_division, kinds
from analysis.places.gazetteer import candidates, capital_of, country_code

_NAME = r"[^\W\d_a-z][\w'’.-]*(?:[ -](?:de|del|la|al|el|of|and|the|[^\W\d_a-z][\w'’.-]*))*"
_CAPITALISED = re.compile(r"\b[^\W\d_a-z][\w'’.]*(?:-\w+)*")
_AFTER = re.compile(rf"(?:,| \() ?(?:in |of )?(?:the )?(?:[a-z-]+ )?(?P<list>{_NAME})|"
                    rf"(?: in| of) (?:the )?(?:[a-z-]+ )?(?:the )?(?P<prose>{_NAME})")
_BEFORE = re.compile(r"(?:(?P<people>[^\W\d_a-z]\w+) |\b)(?P<kind>[a-z-]+)(?: of)? (?:the )?$")
_NEAR = re.compile(r"\b(?:near|outside|close to|around|(?:north|south|east|west)\w* of|(?:km|kilometers|kilometres|"
                   r"miles) (?:\w+ )?(?:of|from)|outskirts of)(?: the)?(?: \w+){0,4} $", re.IGNORECASE)
WORDS_AROUND = 80  # characters read before and after a name


def context(doc: Doc, start: int, end: int) -> dict[str, object]:
    """Return what the text says of the place at characters ``[start, end)``, as arguments for ``resolve``.

    countries (ISO codes by how often the article names them), within ("in Balkh province", "Aleppo, Syria"), kind
    ("the Afghan city of"), near. **Misses:** what another sentence says.
    """
    before, after = doc.text[max(0, start - WORDS_AROUND):start], doc.text[end:end + WORDS_AROUND]
    countries, within, kind = article_countries(doc), [], None
    if match := _BEFORE.search(before):
        kind = kinds().get(match["kind"])
        if kind and match["people"] and (code := country_code(match["people"])):
            within.append(match["people"])
            countries = (code, *(c for c in countries if c != code))
    after_kind = re.match(r" ([a-z-]+)", after)
    if kind is None and after_kind and kinds().get(after_kind[1]) not in (None, "part"):
        kind, after = kinds()[after_kind[1]], after[after_kind.end():]
    if match := _AFTER.match(after):
        within.append(match["list"] or match["prose"])
    return {"countries": countries, "within": tuple(within), "kind": None if kind == "part" else kind,
            "near": bool(_NEAR.search(before))}


def article_countries(doc: Doc) -> tuple[str, ...]:
    """Return the codes of the countries the article names, by how often; their peoples count, capitals half."""
    if "countries" not in doc.user_data:
        doc.user_data["countries"] = _count(doc.text)
    return doc.user_data["countries"]


def _count(text: str) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    words = [(match.start(), match.end(), match[0]) for match in _CAPITALISED.finditer(text)]
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            run = words[at:at + length]
            name = text[run[0][0]:run[-1][1]] if len(run) == length and run[-1][1] - run[0][0] < 40 else ""
            code = country_code(name.removesuffix("'s").removesuffix("’s")) if name else None
            capital = capital_of(name) if name and code is None else None
            if code or capital:
                counts[code or capital] += 0 if _is_shared(name) else 2 if code else 1
                at += length - 1
                break
        at += 1
    return tuple(code for code, count in counts.most_common() if count)


@lru_cache(maxsize=4096)
def _is_shared(name: str) -> bool:
    """True for a name that says little about the country: Georgia is also a state, Tripoli a large city of Lebanon."""
    found = candidates(name)
    cities = [place for place in found if place.kind == "city" and place.population >= KNOWN_ABROAD]
    return bool(country_and_division(found)) or len({place.country for place in cities}) > 1
