"""From a harm word to the noun phrases of its victims: by the parse, else by the order of the words."""

from __future__ import annotations

from spacy.tokens import Token

from analysis.casualties.clauses import (
    BE,
    SUBJECTS,
    above_place,
    is_passive,
    objects_of,
    resolved,
    subject_of,
    subjects_of,
)
from analysis.casualties.cues import ACT, COUNTED, EVENT, PEOPLE, SUFFER, Cue
from analysis.casualties.people import RELATIVE, kind_of_word, means_things_too
from analysis.casualties.phrases import is_people
from analysis.casualties.sets import words_of
from analysis.language import word_after, word_before
from analysis.mentions import MentionIndex

_ON = {"in", "on", "to", "across", "throughout", "around", "over"}
_SOME = {"part", "parts", "side", "most"}  # of a body that lives
_PREDICATES = ("acomp", "oprd", "xcomp", "attr", "ccomp", "conj", "advcl", "ROOT")
_BODIES = words_of("body") | words_of("life")  # "the lives of"
_OF_THINGS = words_of("of things")
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET")
_HELD = words_of("held")
_AIMED = {"at", "into", "towards", "toward", "back", "out", "up", "off"}  # "shot at the car"


def victims(cue: Cue, mentions: MentionIndex) -> list[Token]:
    """Return the heads of the noun phrases that are harmed, without their coordinated ones.

    **Misses:** victims named only in another sentence.
    """
    token = cue.token
    found = {ACT: _of_act, SUFFER: _of_suffer, EVENT: _of_event, PEOPLE: _of_people}[cue.frame](cue, mentions)
    if cue.frame == SUFFER or (cue.frame == ACT and is_passive(token)):
        found += [child for child in token.rights if child.dep_ == "conj" and child.pos_ in ("NOUN", "NUM") and (
            word_before(child.left_edge) == "and" and not _tells_fate(child))]  # "arrested on Monday, and two today"
    found = [_last_word(_antecedent(head, mentions)) for head in found if head is not None]
    things = cue.frame != SUFFER and (token.lemma_ in _OF_THINGS or cue.weak == "yes")
    strong = cue.frame == SUFFER or (cue.frame == ACT and token.lemma_ not in _OF_THINGS)
    return [head for head in found if head == token or (
        is_people(head, mentions, strong) and not (things and means_things_too(head.lower_)))]


def _tells_fate(noun: Token) -> bool:
    """True for "12 dead", "a dozen wounded", "a soldier killed in": it says itself what became of them."""
    clause = any(child.dep_ in ("acl", "relcl") for child in noun.rights)
    return clause or noun.lower_ in COUNTED or word_after(noun) in COUNTED


def _of_act(cue: Cue, mentions: MentionIndex) -> list[Token]:
    verb = cue.token
    if verb.dep_ == "amod" and verb.head.i > verb.i:
        return [] if cue.weak else [verb.head]
    if (left := _left_so(verb, mentions)) is not None:
        return [left]
    if not is_passive(verb):
        clause = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i and cue.end >= c.i]
        inner = [s for c in clause if (s := subject_of(c)) is not None and s.i > verb.i]
        found = objects_of(verb) or inner
        if not found and verb.dep_ == "relcl":
            subject = subject_of(verb)
            found = [] if subject in (None, verb.head) or subject.lower_ in RELATIVE else [verb.head]
        return found or (verb.lemma_ not in _OF_THINGS and _of_bare(cue, mentions)) or _next_people(cue, mentions)
    if verb.dep_ in ("acl", "amod", "relcl") and not any(c.dep_ in SUBJECTS for c in verb.children):
        return [_person_above(verb.head, mentions)]
    inverted = [c for c in verb.children if c.dep_ in SUBJECTS and c.i > verb.i]
    number = [c for c in verb.lefts if c.like_num]
    return inverted or subjects_of(verb) or number[-1:] or _previous_people(cue, mentions)


def _of_suffer(cue: Cue, mentions: MentionIndex) -> list[Token]:
    verb = cue.token
    if verb.dep_ in ("acl", "relcl") and not any(c.dep_ in SUBJECTS for c in verb.children):
        return [verb.head]
    after = [c for c in verb.children if c.dep_ in ("nsubj", "dobj", "attr") and c.i > verb.i]  # "with him died two"
    return subjects_of(verb) or after or _previous_people(cue, mentions)


def _of_event(cue: Cue, mentions: MentionIndex) -> list[Token]:
    noun = cue.token
    counted = any(c.dep_ == "nummod" or c.like_num or c.lower_ == "no" for c in noun.lefts)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            more = [c for c in child.children if c.dep_ == "conj" and c.lower_ == "of"]
            found = [subject_of(c) or c for of in (child, *more) for c in of.children if c.dep_ in ("pobj", "pcomp")]
            if found:
                return [noun] if counted and found[0].lower_ == "own" else found  # "no losses of its own"
    return [noun] if counted else []


def _of_people(cue: Cue, mentions: MentionIndex) -> list[Token]:
    word = cue.token
    inner = [p for c in word.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
    if word.lower_ in _BODIES:
        inner = [p for p in inner if is_people(p, mentions)]
        alive = word.dep_ == "pobj" and (word.head.lower_ in _ON or word.head.head.lower_ in _SOME)
        owner = [c for c in word.children if c.dep_ == "poss" and c.lower_ not in ("their", "its", "our") and not alive]
        counted = any(c.like_num or c.dep_ == "nummod" for c in word.children)
        robbed = [c for c in word.head.children if c.dep_ == "dative" and word.head.lemma_ == "cost"]
        return robbed or inner[:1] or ([word] if counted else owner[:1])  # "cost two boys their lives"
    before = word.i > 0 and word.nbor(-1).like_num
    if word.dep_ == "amod" and word.head.i > word.i and not (before and word.head.like_num):  # "5 dead, 12 injured"
        return [word.head]
    if before:
        return [word]
    if (left := _left_so(word, mentions)) is not None:
        return [left]
    if word.dep_ == "amod":
        return [word.head]
    if word.dep_ in _PREDICATES and word.tag_ in ("JJ", "VBN", "RB"):
        subject = next((c for c in word.children if c.dep_ in SUBJECTS), None) or subject_of(word)
        number = [c for c in word.children if c.like_num or c.dep_ in ("nummod", "npadvmod")]
        if number and number[0].i < word.i:
            return [word]
        if subject is not None and word.head.lemma_ not in ("leave",):
            return [subject]
        if (word.dep_, word.head.dep_) == ("oprd", "acl"):
            return [word.head.head]  # "nine feared dead"
        return objects_of(word.head) if word.head != word else []
    return [word]


def _last_word(token: Token) -> Token:
    """The name after the word that was taken for it ("the murdered candidate Galdo")."""
    named = token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.head.i > token.i
    return token.head if named else token


def _antecedent(head: Token, mentions: MentionIndex) -> Token:
    """The noun that a relative pronoun stands for; any other word is its own."""
    return _person_above(resolved(head), mentions) if head.lower_ in RELATIVE else head


def _person_above(noun: Token, mentions: MentionIndex) -> Token:
    """Whom a relative clause is about, which the parser hangs on the nearest noun: "a clerk of the law school, who"."""
    found = above_place(noun)
    while not is_people(found, mentions) and found.dep_ in ("pobj", "prep", "acl") and found.head != found:
        found = found.head
    return found if is_people(found, mentions) else noun


def _of_bare(cue: Cue, mentions: MentionIndex) -> list[Token]:
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
        return _previous_people(cue, mentions)
    armed = (kind_of_word(own[-1].lower_) or ("",))[0] == "combatant"  # may have done it: "rebels killed on Monday, in"
    return [] if armed and word_after(verb) in ("in", "on") else own[-1:]


def _left_so(word: Token, mentions: MentionIndex) -> Token | None:
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


def _next_people(cue: Cue, mentions: MentionIndex) -> list[Token]:
    """Where the parse gives no object: the head of the noun phrase that follows at once."""
    straddles = cue.start == cue.token.i and cue.end > cue.start + 1  # "took 20 soldiers prisoner"
    doc, i = cue.token.doc, (cue.start if straddles else cue.end) + 1
    while i < min(len(doc), cue.end + 8) and doc[i].pos_ in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "ADV", "VERB"):
        if doc[i].pos_ in ("NOUN", "PROPN", "NUM") and not (
                i + 1 < len(doc) and doc[i + 1].pos_ in ("NOUN", "PROPN") and doc[i + 1].lower_ not in _HELD):
            return [doc[i]] if is_people(doc[i], mentions) and doc[i].lower_ not in COUNTED else []
        i += 1
    return []


def _previous_people(cue: Cue, mentions: MentionIndex) -> list[Token]:
    """Where the parse gives no subject: the head of the noun phrase that ends just before the verb."""
    doc, i = cue.token.doc, cue.token.i - 1
    start = cue.token.sent.start
    while i >= start and (doc[i].pos_ in ("AUX", "ADV", "PART") or doc[i].lower_ in BE or doc[i].lower_ in RELATIVE):
        i -= 1
    if i < start or i < cue.token.i - 6 or doc[i].pos_ not in _NOUNS:
        return []
    return [doc[i]] if is_people(doc[i], mentions) else []
