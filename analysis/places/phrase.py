"""A place phrase and its parts: "Balkh province", "the city of Homs", "northern Iraq", "Aleppo, Syria"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from analysis import lexicon
from analysis.places.gazetteer import candidates, is_world_region
from analysis.places.keys import exact_key


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place name with what its own words say: its kind, the part of it that is meant, what it lies in."""

    name: str
    kind: str | None = None
    part: str | None = None
    within: tuple[str, ...] = ()


@cache
def kinds() -> dict[str, str]:
    """Return {word: kind of place that it means, or "part"}."""
    return {row["word"]: row["kind"] for row in lexicon.rows("place_words") if row["kind"] != "world_region"}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = "|".join(sorted((re.escape(w) for w, kind in kinds().items() if kind != "part"), key=len, reverse=True))
    parts = "|".join(sorted((re.escape(w) for w, kind in kinds().items() if kind == "part"), key=len, reverse=True))
    return (re.compile(rf"(?:the )?({words}) of (.+)", re.IGNORECASE), re.compile(rf"(.+?) ({words})", re.IGNORECASE),
            re.compile(rf"(?:the )?({parts})(?: part of)?(?: of)? (.+)", re.IGNORECASE))


@lru_cache(maxsize=16384)
def taken_apart(name: str) -> Phrase:
    """Take a phrase apart, unless the gazetteer knows it whole (North Darfur, Gaza City)."""
    name = " ".join(name.split()).removeprefix("the ").removesuffix("'s").removesuffix("’s")
    if is_world_region(name):
        return Phrase(name)
    of, after, part = _patterns()
    if match := of.fullmatch(name):
        return replace(taken_apart(match[2]), kind=kinds()[match[1].lower()])
    if (match := after.fullmatch(name)) and not _whole_name(name, match[2]):
        return replace(taken_apart(match[1]), kind=kinds()[match[2].lower()])
    if candidates(name) and any(place.spelling != "loose" for place in candidates(name)):
        return Phrase(name)
    if ", " in name:
        first, *rest = name.split(", ")
        return replace(taken_apart(first), within=tuple(rest))
    if match := part.fullmatch(name):
        return replace(taken_apart(match[2]), part=match[1].lower())
    return Phrase(name)


def _whole_name(name: str, word: str) -> bool:
    """True where the word belongs to the name: Gaza City, Gulf Province; but not in small letters: "Balkh province"."""
    return word[0].isupper() and any(exact_key(place.name) == exact_key(name) for place in candidates(name))
