"""The parts of a noun phrase: whether it may be people, where it begins, what its "of" holds, what its words say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Token

from analysis.casualties.kinds import (
    NOBODY,
    PLURAL,
    RELATIVE,
    SINGULAR,
    kind_of_word,
    listed_kind,
    listed_kinds,
    singulars,
)
from analysis.casualties.sets import words_of
from analysis.language import word_after, word_before
from analysis.mentions import MentionIndex
from analysis.mentions.words import type_words

PEOPLE_TYPES = {"person", "armed_group", "security_force", "nationality"}
_THING_TYPES = {"place", "facility", "date", "weapon", "vehicle", "money", "media", "organisation", "government"}
_INSTITUTIONS = {"facility", "organisation", "government"}
_PLURALS, _ANIMALS = words_of("plural"), words_of("animal")
_OLD, _AGE_UNITS = {"old", "olds"}, words_of("age unit")
_NAME_ENDS = words_of("name end")
_LIKE_NAMES = {"place", "organisation", "facility", "media"}
_ARTICLES = {"the", "a", "an"}
_ONES = {"one", "other", "another", "others", "those", "latter", "former"}
# Nouns that only count or gather what stands in their "of": "dozens of", "a group of", "the lives of".
SHARES = words_of("share")
GATHERING = words_of("gathering") | SHARES


def is_people(token: Token, mentions: MentionIndex, harmed: bool = False) -> bool:
    """True where a noun phrase with this head may be people: a word for people, a person's name, a pronoun, a number.

    ``harmed``: a verb of harm has it as its object, so that a name is a person's even if it looks like a place's.
    """
    word = token.lower_
    if is_aged(token):
        return True
    if token.text.islower() and _ANIMALS.intersection(singulars(word)):
        return False
    if word in _NAME_ENDS and word_before(token) == ",":
        return False  # "Peter Lorrimer, Jr.,"
    if word in SINGULAR or word in PLURAL or word in RELATIVE or word in NOBODY or listed_kind(word) or (
            token.pos_ == "NOUN" and kind_of_word(word)):
        return word not in ("which", "that") or token.dep_ in ("nsubj", "nsubjpass", "dobj")
    mention = mentions.at(token)
    if mention is not None and mention.type in PEOPLE_TYPES | _THING_TYPES:
        return mention.type in PEOPLE_TYPES or (harmed and token.pos_ == "PROPN" and mention.type in _LIKE_NAMES
                                                and not _is_institution(token))
    if harmed and is_adjective(token):
        return True
    if harmed and token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "TIME") and not any(
            child.lower_ in _ARTICLES for child in token.lefts):
        return True
    if token.ent_type_ in ("PERSON", "NORP"):
        return True
    if word in SHARES and (inner := inner_of(token)) is not None:
        return is_people(inner, mentions)  # not "half of the town"
    if token.like_num or word in GATHERING or word in _ONES:
        inner = mentions.at(of) if (of := inner_of(token)) is not None else None
        if (inner is not None and inner.type in ("vehicle", "weapon", "facility")) or (
                of is not None and _ANIMALS.intersection(singulars(of.lower_))):
            return False
        return word != "number" or word_after(token) == "of"
    return token.pos_ == "PROPN" and token.ent_type_ not in ("GPE", "LOC", "FAC", "DATE", "ORG", "PRODUCT", "EVENT")


def _is_institution(token: Token) -> bool:
    """True for "the Sorata", "Norvik High School": with an article or such a word it is no person's name."""
    return any(child.lower_ in _ARTICLES for child in token.lefts) or any(
        entry.type in _INSTITUTIONS for entry in type_words().get(token.lower_, ()))


def is_aged(token: Token) -> bool:
    """Return whether a word ends "a six-year-old": somebody told by the age alone."""
    return token.lower_ in _OLD and token.i > 2 and token.nbor(-1).text in "-–" and (
        token.nbor(-2).lower_ in _AGE_UNITS and token.dep_ not in ("amod", "compound"))


def is_adjective(token: Token) -> bool:
    """Return whether an adjective stands for people: "the old", "the youngest"."""
    return token.tag_ in ("JJ", "JJS") and not token.like_num and token.lower_ not in _ONES and any(
        child.lower_ == "the" for child in token.lefts) and (word_before(token) not in ("-", "–"))  # "the 6-year-old"


def spoken(tokens: Iterable[Token]) -> Iterator[tuple[int, tuple[str, str | None]]]:
    """Yield (token, (status, group)) for the words of a phrase; "attorney general" speaks before "general"."""
    tokens = list(tokens)
    at = 0
    while at < len(tokens):
        pair = _pair(f"{tokens[at].lower_} {tokens[at + 1].lower_}") if at + 1 < len(tokens) else None
        at += 2 if pair else 1
        if kind := pair or kind_of_word(tokens[at - 1].lower_):
            yield tokens[at - 1].i, kind


def is_coordinated(token: Token) -> bool:
    """True where "and" follows somewhere in the list that this phrase is in."""
    return any(c.dep_ in ("cc", "conj") for t in (token, *(c for c in token.children if c.dep_ in ("conj", "appos")))
               for c in t.children)


@cache
def _pair(words: str) -> tuple[str, str | None] | None:
    kinds = listed_kinds()
    return next((kinds[form] for form in singulars(words) if form in kinds), None)


def left_edge_of(token: Token) -> int:
    """The first token of a noun phrase: back over its own modifiers, not over clauses or coordinated phrases."""
    doc, first = token.doc, token.i
    for i in range(token.i - 1, max(token.left_edge.i, token.sent.start) - 1, -1):
        other = doc[i]
        if other.lower_ in RELATIVE or other.is_space:
            break
        if other.pos_ in ("ADP", "SCONJ", "AUX") and doc[i + 1].text != "-":
            break
        if other.pos_ == "CCONJ" and other.head.dep_ not in ("amod", "compound", "nummod", "poss"):
            break
        if other.pos_ == "PUNCT" and other.text not in ('-', '"', ","):
            break
        if other.text == "," and not (doc[i - 1].dep_ == "amod" if i else False):
            break
        if other.pos_ == "VERB" and other.dep_ not in ("amod", "compound"):
            break
        first = i
    return first


def inner_of(token: Token) -> Token | None:
    """The noun in the "of" of a noun: "dozens of soldiers"."""
    for preposition in token.rights:
        if preposition.dep_ == "prep" and preposition.lower_ == "of" and preposition.i - token.i <= 2:
            return next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return None


def is_plural(token: Token) -> bool:
    """Return whether a noun stands for more than one."""
    fate = token.lower_ in ("wounded", "injured", "dead") and not any(
        c.lower_ in ("a", "an", "another", *_OLD) for c in token.lefts)  # "left a 17-year-old dead"
    return token.tag_ in ("NNS", "NNPS") or token.lower_ in _PLURALS or fate or (
        token.tag_ == "JJ" and is_adjective(token))


def is_name(token: Token, mentions: MentionIndex) -> bool:
    """Return whether a noun is a person's name, not a word for what somebody is."""
    if listed_kind(token.lower_) and not (token.i and token.nbor(-1).dep_ == "compound" and token.nbor(-1).ent_type_
                                           == token.ent_type_ == "PERSON"):
        return False
    if token.left_edge.lower_ in ("a", "an"):
        return False  # "a 22-year-old Norviker"
    mention = mentions.at(token)
    if mention is not None and mention.type == "person" and not mention.nominal:
        return True
    if not token.text[:1].isupper() or token.tag_ == "NNPS":
        return token.ent_type_ == "PERSON" and token.tag_ == "NNP"
    return token.ent_type_ == "PERSON" or token.pos_ == "PROPN"


def name_of(head: Token) -> list[Token]:
    """The words of a name that ends with this word, without titles and roles."""
    first, doc = head.i, head.doc
    while first > head.sent.start and doc[first - 1].text[:1].isupper() and doc[first - 1].pos_ != "PUNCT" and (
            not listed_kind(doc[first - 1].lower_)) and doc[first - 1].pos_ not in ("VERB", "ADP", "DET", "PRON"):
        first -= 1
    return [word for word in doc[first:head.i + 1] if word.text[0].isalpha() and len(word) > 2
            and word.text[1] != "."] or [head]
