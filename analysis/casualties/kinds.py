"""Words for people: pronouns, and what a noun says somebody is."""

from __future__ import annotations

from functools import cache

from analysis import lexicon
from analysis.casualties.sets import words_of

SINGULAR = {"he", "she", "him", "her", "himself", "herself", "his", "i", "me", "someone", "somebody"}
PLURAL = {"they", "them", "themselves", "their", "we", "us", "ourselves", "our", "both"}
RELATIVE = {"who", "whom", "which", "that", "whose"}
KIN = words_of("kin")
NOBODY = {"nobody", "none", "noone", "nothing"}
_PERSON_ENDINGS = tuple(words_of("person ending"))


@cache
def listed_kinds() -> dict[str, tuple[str, str | None]]:
    """Return {word or two words: (status, group)}."""
    return {str(row["words"]).lower(): (str(row["status"]), row["group"]) for row in lexicon.rows("victim_words")}


def singulars(word: str) -> tuple[str, ...]:
    """Return a noun and what it may be the plural of; the parser's lemma is wrong on unknown and true-cased words."""
    endings = (("ies", "y"), ("men", "man"), ("wives", "wife"), ("children", "child"), ("es", ""), ("s", ""))
    return (word, *(word[:len(word) - len(old)] + new for old, new in endings if word.endswith(old)))


@cache
def singular(word: str) -> str:
    """Return a lower-case noun in the singular, as well as its ending tells: "bodies" body, "hostages" hostage."""
    forms = singulars(word)
    return forms[1] if word.endswith(("ies", "men", "wives", "children")) else forms[-1]


@cache
def kind_of_word(word: str) -> tuple[str, str | None] | None:
    """Return (status, group) of a lower-case word for people, or None for a word that is none."""
    kinds = listed_kinds()
    for form in singulars(word):
        if form in kinds:
            return kinds[form]
    return ("unknown", None) if word.endswith(_PERSON_ENDINGS) else None
