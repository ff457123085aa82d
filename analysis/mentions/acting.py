"""Countries and capitals that act for their government: "Washington has been supporting", "Syria accuses"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from analysis import lexicon, places
from analysis.mentions.name_types import country, country_names
from analysis.mentions.words import Found, Words


def countries_act(words: Words, found: list[Found]) -> None:
    """Make governments of the countries and capitals that act or are spoken to; ``entity`` is then the country.

    **Misses:** "including Russia and Iran"; a country that acts through a noun the list lacks.
    """
    acting: set[int] = set()
    for one in found:
        if one.type != "place" or one.nominal:
            continue
        text = words.doc[one.first:one.last].text
        name = country(text)
        capital = None if name else places.capital_of(text)
        if name:
            one.entity = name
        if (name or capital) and _acts(words.doc[one.first:one.last].root, capital is not None, acting):
            one.type, one.entity, one.rule = "government", name or country_names()[capital], "acting"
            acting.update(range(one.first, one.last))


_WITH = frozenset(("with", "between", "against"))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("acting") if row["kind"] == kind)


def _acts(token: Token, capital: bool, acting: set[int]) -> bool:
    head, dep = token.head, token.dep_
    if dep == "nsubj" and head.pos_ in ("VERB", "AUX"):
        if head.lemma_ == "be":
            return any(child.lower_ in _words("able") for child in head.children if child.dep_ == "acomp")
        return head.lemma_ in _words("acts") if capital else head.lemma_ not in _words("still")
    if dep in ("dobj", "nsubjpass", "dative"):
        return not capital and head.lemma_ in _words("addressed")
    if dep in ("poss", "compound", "nmod"):
        return head.lower_ in _words("noun")
    if dep == "pobj":
        return head.dep_ == "agent" or (not capital and head.lower_ in _WITH and head.head.lower_ in _words("with"))
    return dep == "conj" and head.i in acting
