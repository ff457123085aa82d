"""Names: what the gazetteer and the model mark, put right by what the words themselves tell."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Span, Token

from analysis import lexicon, places
from analysis.mentions.name_types import country, is_large_place, nationality, retype
from analysis.mentions.words import Found, Words, type_words

MODEL_TYPES = {"PERSON": "person", "NORP": "nationality", "ORG": "organisation", "GPE": "place", "LOC": "place",
               "FAC": "facility", "MONEY": "money"}
_EDGES = frozenset(("'s", "'", '"', ",", ".", "-", "(", ")", ":", "–", "—", "the", "a", "an", "his", "her", "its",
                    "their", "our"))
PARTS = frozenset(row["word"] for row in lexicon.rows("place_words") if row["kind"] == "part")
_WHERE = PARTS | {"in", "near", "inside", "outside", "around", "of", "from", "to", "at", "on"}
_CONFUSED = frozenset(("person", "organisation", "place", "facility"))  # what the model takes for one another
_COUNTRY = 3  # words of a country before a name
_LONGEST = 5  # words of a place's name
_SHIPS = lexicon.words_of("mention_sets", "ship")
_SOCIETIES = lexicon.words_of("mention_sets", "national society")


def names(words: Words) -> list[Found]:
    """Return the names of a Doc, one a span, typed; ``entity`` is filled where the lexicon knows it.

    **Misses:** names that neither the model nor a list knows; a person with the name of a city.
    """
    found = [one for ent in words.ents if (one := _from_entity(words, ent))]
    for one in found:
        words.at |= dict.fromkeys(range(one.first, one.last), one)
    found += _unmarked(words, found)
    _agree(words, found)
    found = [one for one in found if one.type != "none"]
    words.at = {i: one for one in found for i in range(one.first, one.last)}
    return found


def _from_entity(words: Words, ent: Span) -> Found | None:
    if ent.ent_id_:
        return None if _shouted(words, ent) else _of_a_country(words, ent)
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
        while one.last - one.first > 1 and nationality(words.text[one.first]):
            one.first += 1  # "Floridians Jeb Bush"
    retype(words, one)
    return one


def _of_a_country(words: Words, ent: Span) -> Found:
    """Return a listed name; with a country before it a national society is another one: "Kenya Red Cross"."""
    for first in range(max(ent.start - _COUNTRY, 0), ent.start) if ent.text in _SOCIETIES else ():
        before = words.doc[first:ent.start]
        if all(token.is_alpha and token.tag_ != "DT" for token in before) and (
                country(before.text) or nationality(before.text)):
            return Found(first, ent.end, ent.label_, "gazetteer")
    return Found(ent.start, ent.end, ent.label_, "gazetteer", ent.ent_id_)


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


def _unmarked(words: Words, named: list[Found]) -> list[Found]:
    """Return surnames, countries, capitals, peoples, large places and ships that the model passed over."""
    surnames = {words.text[i] for one in named if one.type == "person" for i in range(one.first + 1, one.last)}
    found = []
    for i, text in enumerate(words.text):
        if i in words.at or not text[:1].isupper() or words.tag[i] not in ("NNP", "NNPS", "JJ", "NN", "NNS"):
            continue
        one = None
        if text in surnames and words.tag[i] in ("NNP", "NNS", "NNPS"):
            one = Found(i, i + 1, "person", "surname")
        elif text in _SHIPS and words.tag[i + 1:i + 2] == ["NNP"]:
            one = Found(i, i + 2, "vehicle", "ship prefix")
        elif nationality(text):
            one = Found(i, i + 1, "nationality", "gazetteer")
        elif country(text) or places.capital_of(text):
            one = Found(i, i + 1, "place", "gazetteer")
        elif last := _place_end(words, i):
            one = Found(i, last, "place", "gazetteer")
        if one:
            found.append(one)
            words.at |= dict.fromkeys(range(one.first, one.last), one)
    return found


def _place_end(words: Words, i: int) -> int | None:
    """Return where the name of a large place ends that has a hyphen or stands as a place does: "in eastern Aleppo"."""
    if words.tag[i] != "NNP":
        return None
    said = (i > 0 and words.lower[i - 1] in _WHERE) or words.doc[i].dep_ in ("dobj", "nsubjpass")
    ends = [end for end in range(min(i + _LONGEST, len(words)), i, -1)
            if not any(at in words.at for at in range(i, end)) and words.tag[end - 1] == "NNP"]
    texts = {end: words.doc[i:end].text for end in ends}
    return next((end for end, text in texts.items() if (said or "-" in text) and is_large_place(text)), None)


def _agree(words: Words, found: list[Found]) -> None:
    """Let what is sure of a name in one sentence hold in the others: a surname, ship, place; else what it mostly is."""
    texts = [words.doc[one.first:one.last].text for one in found]
    types: dict[str, Counter[str]] = {}
    sure: dict[str, str] = {}
    for one, text in zip(found, texts, strict=True):
        types.setdefault(text, Counter())[one.type] += 1
        if one.type == "vehicle" or (one.type == "person" and one.last - one.first > 1 and not one.nominal):
            sure[words.text[one.last - 1]] = one.type
    for one, text in zip(found, texts, strict=True):
        if one.rule == "gazetteer" and sure.get(text) == "person" and _acts_alone(words.doc[one.first]):
            one.type, one.rule = "person", "surname"  # "Jordan said", where Peter Jordan is named
        if one.rule in ("model", "place name") and one.type in _CONFUSED:
            one.type = sure.get(text) or max(types[text], key=lambda t: (t == "place", types[text][t]))


def _acts_alone(token: Token) -> bool:
    """True for the one name that is the subject of a verb, and owns nothing."""
    return token.dep_ == "nsubj" and not any(c.dep_ in ("cc", "conj", "case") for c in token.children)
