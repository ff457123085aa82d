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
_DOERS = ("er", "or")
_PERSON_ENDINGS = tuple(words_of("person ending"))


@cache
def listed_kinds() -> dict[str, tuple[str, str | None]]:
    """Return {word or two words: (status, group)}."""
    return {str(row["words"]).lower(): (str(row["status"]), row["group"]) for row in lexicon.rows("victim_words")}


@cache
def _nouns() -> dict[str, tuple[tuple[str, str | None], bool]]:
    """{noun for a person: ((status, group), whether it also means a thing)} of those that WordNet has beside ours."""
    return {str(row["words"]): ((str(row["status"]), row["group"]), bool(row["also"]))
            for row in lexicon.rows("person_words")}


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
def listed_kind(word: str) -> tuple[str, str | None] | None:
    """Return (status, group) of a lower-case word of ``victim_words.csv`` or with a person's ending, else None."""
    kinds = listed_kinds()
    for form in singulars(word):
        if form in kinds:
            return kinds[form]
    return ("unknown", None) if word.endswith(_PERSON_ENDINGS) else None


@cache
def kind_of_word(word: str) -> tuple[str, str | None] | None:
    """Return (status, group) of a lower-case word for people, or None for a word that is none."""
    return listed_kind(word) or next((found[0] for form in singulars(word) if (found := _noun(form))), None)


@cache
def means_things_too(word: str) -> bool:
    """True for a word that may be a person or a thing ("conductor"); not for those of ``victim_words.csv``."""
    found = None if listed_kind(word) else next((found for form in singulars(word) if (found := _noun(form))), None)
    return found is not None and found[1]


def _noun(word: str) -> tuple[tuple[str, str | None], bool] | None:
    """The entry of a noun for a person, or of the doer that it ends in: a deminer is a miner."""
    if word in _nouns() or not word.endswith(_DOERS):
        return _nouns().get(word)
    ends = (word[i:] for i in range(2, len(word) - 4))
    return next((_nouns().get(end) or (listed_kinds()[end], True) for end in ends
                 if end in _nouns() or end in listed_kinds()), None)
