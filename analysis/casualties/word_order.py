"""Victims by the order of the words, where the parse gives a harm word no subject or object."""

from __future__ import annotations

from spacy.tokens import Token

from analysis.casualties.clauses import BE, objects_of
from analysis.casualties.cues import COUNTED, Cue
from analysis.casualties.kinds import RELATIVE, kind_of_word
from analysis.casualties.phrases import is_people
from analysis.casualties.sets import words_of
from analysis.language import word_after
from analysis.mentions import MentionIndex

_NOUNS = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET")
_HELD = words_of("held")
_AIMED = {"at", "into", "towards", "toward", "back", "out", "up", "off"}  # "shot at the car"


def counted_before(verb: Token) -> Token | None:
    """The "several" of "six were killed and several injured": a number of its own right before the word."""
    i = verb.i - 1
    while i > verb.sent.start and verb.doc[i].pos_ == "ADV" and verb.doc[i].lower_ not in words_of("counting"):
        i -= 1
    before = verb.doc[i] if i > verb.sent.start else None
    if before is None or not (before.like_num or before.lower_ in words_of("counting")):
        return None
    joined = verb.doc[i - 1].lower_ in ("and", ",", "than", "least", "some", "about", "other", "but")
    return before if joined else None


def of_bare(cue: Cue, mentions: MentionIndex) -> list[Token]:
    """The people before a participle without its auxiliary: "three killed, the imam wounded", "GUNMAN SHOT DEAD"."""
    verb = cue.token
    if verb.tag_ not in ("VBD", "VBN", "VBP") or verb.lower_ == verb.lemma_ != "hurt" or word_after(verb) in _AIMED:
        return []
    number = verb.i > 0 and verb.nbor(-1).like_num
    if verb.doc[cue.end].lower_ in _HELD or any(token.pos_ in (*_NOUNS, "CCONJ", "ADV") and not (
            number and word_after(token) in COUNTED) for token in verb.doc[cue.end + 1:cue.end + 2]):
        return []  # "took 20 soldiers prisoner", but "7 killed 15 hurt"
    own = [child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i]
    if not own or own[-1].lower_ in RELATIVE:
        return previous_people(cue, mentions)
    armed = (kind_of_word(own[-1].lower_) or ("",))[0] == "combatant"  # may have done it: "rebels killed on Monday, in"
    return [] if armed and word_after(verb) in ("in", "on") else own[-1:]


def left_so(word: Token, mentions: MentionIndex) -> Token | None:
    """The noun before "wounded" in "left a man dead and three teenagers wounded", where no auxiliary stands between."""
    i = word.i - 1
    while i > word.sent.start and word.doc[i].pos_ == "ADV":
        i -= 1
    if word.lower_ not in COUNTED or i < word.sent.start or objects_of(word) or not is_people(word.doc[i], mentions):
        return None
    opened = any(t.lemma_ == "leave" for t in word.doc[max(word.sent.start, word.i - 18):word.i])
    first = word.doc[i]
    while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN", "NUM") and 0 < first.i - first.head.i < 12 and (
            not any(t.lower_ in COUNTED for t in word.doc[first.head.i:first.i])):  # "a man dead and others injured"
        first = first.head  # "three men and three women wounded"
    return first if opened and first.pos_ in ("NOUN", "PROPN", "NUM") and first.lower_ not in COUNTED else None


def next_people(cue: Cue, mentions: MentionIndex) -> list[Token]:
    """Where the parse gives no object: the head of the noun phrase that follows at once."""
    straddles = cue.start == cue.token.i and cue.end > cue.start + 1  # "took 20 soldiers prisoner"
    doc, i = cue.token.doc, (cue.start if straddles else cue.end) + 1
    while i < min(len(doc), cue.end + 8) and doc[i].pos_ in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "ADV", "VERB"):
        if doc[i].pos_ in ("NOUN", "PROPN", "NUM") and not (
                i + 1 < len(doc) and doc[i + 1].pos_ in ("NOUN", "PROPN") and doc[i + 1].lower_ not in _HELD):
            return [doc[i]] if is_people(doc[i], mentions) and doc[i].lower_ not in COUNTED else []
        i += 1
    return []


def previous_people(cue: Cue, mentions: MentionIndex) -> list[Token]:
    """Where the parse gives no subject: the head of the noun phrase that ends just before the verb."""
    doc, i = cue.token.doc, cue.token.i - 1
    start = cue.token.sent.start
    while i >= start and (doc[i].pos_ in ("AUX", "ADV", "PART") or doc[i].lower_ in BE or doc[i].lower_ in RELATIVE):
        i -= 1
    if i < start or i < cue.token.i - 6 or doc[i].pos_ not in _NOUNS:
        return []
    return [doc[i]] if is_people(doc[i], mentions) else []
