"""Place names to the keys they are looked up by: however the name was spelt, one key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.fuzz import ratio

LIKENESS = 60  # percent of letters that two names of a place share if one is a spelling of the other

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ə": "a", "þ": "th",
                          "ħ": "h", **dict.fromkeys("'’‘ʿʾʻʼ`´ʹ.", ""), **dict.fromkeys("-‐‑–—,/()[]", " ")})
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_PARTICLES = frozenset(("al", "el", "an", "as", "ash", "ad", "ar", "at", "az", "ed", "es", "esh", "ez", "en", "er",
                        "et", "e", "i", "ul", "ol", "us", "ud", "ur", "uz"))
# How one Arabic, Persian or Cyrillic sound is written in English reports; applied in this order.
_SOUNDS = [(re.compile(pattern), sound) for pattern, sound in (
    (r"sch", "sh"), (r"dj", "j"), (r"ph", "f"), (r"dh", "d"), (r"q|ck", "k"), (r"oo|ou|aw|au|o|w", "u"),
    (r"a?[eiy]+", "i"), (r"(?<=..)(?:i?a|i)h?\b", "a"), (r" ", ""), (r"([kstz]h|.)\1+", r"\1"))]
_CLOSE = 77  # percent of letters that a name shares with a spelling of it


@lru_cache(maxsize=65536)
def exact_key(name: str) -> str:
    """Return a name without case, accents, apostrophes, full stops and hyphens: "Mazar-i-Sharif": "mazar i sharif"."""
    name = unicodedata.normalize("NFKD", name.casefold())
    name = "".join(c for c in name if not unicodedata.combining(c)).translate(_LETTERS)
    words = [_SHORT.get(word, word) for word in name.split()]
    return " ".join(words[1:] if words[:1] == ["the"] and words[1:] else words)


def loose_key(name: str) -> str:
    """Return a key that spellings of one name share: "Mazar-e-Sharif", "Mazār-i Sharīf": "mazarsharif".

    Linking particles and spaces are left out, and letters that transliterations write for one sound are one.
    """
    words = exact_key(name).split()
    key = " ".join([word for word in words if word not in _PARTICLES] or words)
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    return key


def close(one: str, other: str) -> bool:
    """True for two exact keys of which one may be another spelling of the other, not only sound like it."""
    return ratio(one, other) >= _CLOSE


def alike(one: str, other: str) -> bool:
    """True for two names of a place of which one is a spelling or a part of the other."""
    words = [[loose_key(word) for word in exact_key(name).split()] for name in (one, other)]
    return max(words[1], key=len, default="") in words[0] or ratio(loose_key(one), loose_key(other)) >= LIKENESS


def is_latin(name: str) -> bool:
    """True for a name in Latin script, whatever its accents."""
    return all(not c.isalpha() or c < "ɐ" or "Ḁ" <= c <= "ỿ" or c in "ʿʾʻʼʹ" for c in name)
