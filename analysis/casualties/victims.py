"""From a harm word to the noun phrases of its victims."""

from __future__ import annotations

from spacy.tokens import Token

from analysis.casualties.clauses import (
    SUBJECTS,
    above_place,
    is_passive,
    objects_of,
    resolved,
    subject_of,
    subjects_of,
)
from analysis.casualties.cues import ACT, COUNTED, EVENT, PEOPLE, SUFFER, Cue
from analysis.casualties.kinds import RELATIVE, kind_of_word, means_things_too
from analysis.casualties.phrases import is_people
from analysis.casualties.sets import words_of
from analysis.casualties.word_order import counted_before, left_so, next_people, of_bare, previous_people
from analysis.language import word_after, word_before
from analysis.mentions import MentionIndex

_ON = {"in", "on", "to", "across", "throughout", "around", "over"}
_PREDICATES = ("acomp", "oprd", "xcomp", "attr", "ccomp", "conj", "advcl", "ROOT")
_SOME = {"part", "parts", "side", "most"}  # of a body that lives
_WOUNDS, _BODIES = words_of("wounds"), words_of("body") | words_of("life")  # "a head injury", "the lives of"
_OF_THINGS = words_of("of things")


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
    if (left := left_so(verb, mentions)) is not None:
        return [left]
    if not is_passive(verb):
        clause = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i and cue.end >= c.i]
        inner = [s for c in clause if (s := subject_of(c)) is not None and s.i > verb.i]
        found = objects_of(verb) or inner
        if not found and verb.dep_ == "relcl":
            subject = subject_of(verb)
            found = [] if subject in (None, verb.head) or subject.lower_ in RELATIVE else [verb.head]
        return found or (verb.lemma_ not in _OF_THINGS and of_bare(cue, mentions)) or next_people(cue, mentions)
    if (counted := counted_before(verb)) is not None:
        return [counted]
    if verb.dep_ in ("acl", "amod", "relcl") and not any(c.dep_ in SUBJECTS for c in verb.children):
        return [_person_above(verb.head, mentions)]
    inverted = [c for c in verb.children if c.dep_ in SUBJECTS and c.i > verb.i]
    number = [c for c in verb.lefts if c.like_num]
    return inverted or subjects_of(verb) or number[-1:] or previous_people(cue, mentions)


def _of_suffer(cue: Cue, mentions: MentionIndex) -> list[Token]:
    verb = cue.token
    if verb.dep_ in ("acl", "relcl") and not any(c.dep_ in SUBJECTS for c in verb.children):
        return [verb.head]
    after = [c for c in verb.children if c.dep_ in ("nsubj", "dobj", "attr") and c.i > verb.i]  # "with him died two"
    return subjects_of(verb) or after or previous_people(cue, mentions)


def _of_event(cue: Cue, mentions: MentionIndex) -> list[Token]:
    noun = cue.token
    counted = any(c.dep_ == "nummod" or c.like_num or c.lower_ == "no" for c in noun.lefts)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            more = [c for c in child.children if c.dep_ == "conj" and c.lower_ == "of"]
            found = [subject_of(c) or c for of in (child, *more) for c in of.children if c.dep_ in ("pobj", "pcomp")]
            if found:
                return [noun] if counted and found[0].lower_ == "own" else found  # "no losses of its own"
    case = noun.head if noun.dep_ == "compound" else noun  # "the murder case of Orsino Vell"
    if case != noun:
        return [c for of in case.children if of.lower_ == "of" for c in of.children if c.dep_ == "pobj"]
    owner = [c for c in noun.children if (c.dep_ == "poss" and noun.lemma_ != "injury")
             or (c.dep_ in ("compound", "nmod") and noun.lemma_ not in _WOUNDS and is_people(c, mentions)
                 and not (cue.weak and kind_of_word(c.lower_)))]  # not "a police shooting"
    if owner:
        return owner[:1]
    if not cue.weak and (found := _later_of(noun, mentions)) is not None:
        return [found]
    return [noun] if counted else []


def _later_of(noun: Token, mentions: MentionIndex) -> Token | None:
    """The people of an "of" that the parser hung elsewhere: "the killings in the past days of a judge"."""
    doc = noun.doc
    for i in range(noun.i + 1, min(noun.i + 9, noun.sent.end - 1)):
        if doc[i].pos_ in ("VERB", "AUX", "PUNCT", "CCONJ") and doc[i].tag_ != "VBN":
            return None
        if doc[i].lower_ == "against" and any(word.lemma_ == "charge" for word in noun.ancestors):
            return None  # "a charge of homicide against Vell"
        if doc[i].lower_ in ("of", "against"):
            found = next((c for c in doc[i].children if c.dep_ == "pobj"), None)
            if found is not None and is_people(found, mentions):
                return found
    return None


def _of_people(cue: Cue, mentions: MentionIndex) -> list[Token]:
    word = cue.token
    inner = [p for c in word.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
    if word.lower_ in _BODIES:
        inner = [p for p in inner if is_people(p, mentions)]
        owner = [c for c in word.children if c.dep_ == "poss" and c.lower_ not in ("their", "its", "our")
                 and not _is_alive(word)]
        counted = any(c.like_num or c.dep_ == "nummod" for c in word.children)
        robbed = [c for c in word.head.children if c.dep_ == "dative" and word.head.lemma_ == "cost"]
        return robbed or inner[:1] or ([word] if counted else owner[:1])  # "cost two boys their lives"
    before = word.i > 0 and word.nbor(-1).like_num
    if word.dep_ == "amod" and word.head.i > word.i and not (before and word.head.like_num):  # "5 dead, 12 injured"
        return [word.head]
    if before:
        return [word]
    if (left := left_so(word, mentions)) is not None:
        return [left]
    if word.dep_ == "amod":
        return [word.head]
    if word.dep_ in _PREDICATES and word.tag_ in ("JJ", "VBN", "RB"):
        subject = next((c for c in word.children if c.dep_ in SUBJECTS), None) or subject_of(word)
        number = [c for c in word.children if c.like_num or c.dep_ in ("nummod", "npadvmod")]
        if number and number[0].i < word.i:
            return [word]
        found = [c for c in word.head.children if c.dep_ == "dobj" and c.i < word.i] if word.dep_ == "oprd" else []
        if found and not is_passive(word.head):
            return found  # "officers discovered Vell dead"
        if subject is not None and word.head.lemma_ not in ("leave",):
            return [subject]
        if (word.dep_, word.head.dep_) == ("oprd", "acl"):
            return [word.head.head]  # "nine feared dead"
        return objects_of(word.head) if word.head != word else []
    return [word]


def _is_alive(body: Token) -> bool:
    """True for the body of "a wound to his body" and "in several parts of his body"."""
    return body.dep_ == "pobj" and (body.head.lower_ in _ON or body.head.head.lower_ in _SOME)


def _last_word(token: Token) -> Token:
    """The noun of a number, and the name after the word that was taken for it ("the murdered candidate Galdo")."""
    if token.like_num and kind_of_word(word_after(token)):
        return token.nbor(1)
    named = token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.head.i > token.i
    return token.head if named else token


def _antecedent(head: Token, mentions: MentionIndex) -> Token:
    """The noun that a relative pronoun stands for; any other word is its own."""
    return _person_above(resolved(head), mentions) if head.lower_ in RELATIVE else head


def _person_above(noun: Token, mentions: MentionIndex) -> Token:
    """Whom a relative clause is about: the parser hangs it on the nearest noun.

    "a clerk of the law school, who was shot"; of "Ana Ruiz, one of the nuns who was killed" it is Ruiz.
    """
    found = above_place(noun)
    while not is_people(found, mentions) and found.dep_ in ("pobj", "prep", "acl") and found.head != found:
        found = found.head
    if not is_people(found, mentions):
        return noun
    of = found.head if found.dep_ == "pobj" else found
    clauses = [word for clause in found.children if clause.dep_ == "relcl" for word in clause.children]
    if of.lower_ == "of" and of.head.lower_ == "one" and any(c.lower_ in ("was", "has") for c in clauses):
        one = of.head
        return one.head if one.dep_ == "appos" and is_people(one.head, mentions) else one
    return found
