"""Who did what to whom in a clause: its subject, its objects, its agent, and whether it is passive."""

from __future__ import annotations

from spacy.tokens import Token

from analysis.casualties.cues import ACT, COUNTED, EVENT, Cue
from analysis.casualties.kinds import RELATIVE
from analysis.casualties.sets import words_of
from analysis.language import word_after, word_before

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_OBJECTS = ("dobj", "obj", "oprd", "dative", "attr")
_HELD = words_of("held")
BE = {"is", "are", "was", "were", "be", "been", "being", "got", "get"}


def agent(cue: Cue) -> Token | None:
    """Return the head of the noun phrase of the one who did it: the active subject, or "by" in the passive."""
    token = cue.token
    if cue.frame == EVENT or (cue.frame == ACT and is_passive(token)):
        return _by(token)
    if cue.frame != ACT:
        return None
    subject = subject_of(token)
    if subject is None and token.dep_ in ("advcl", "xcomp", "pcomp", "acl") and token.tag_ == "VBG":
        head = token.head
        while head.pos_ not in ("VERB", "AUX") and head.head != head:
            head = head.head
        subject = subject_of(head)
    return resolved(subject) if subject is not None else None


def _by(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def is_passive(verb: Token) -> bool:
    """True for a participle whose victims stand before it: "was killed", "soldiers killed in", "killed were"."""
    if verb.tag_ == "VBG" or verb.lower_.endswith("ing"):
        return any(child.lower_ == "being" for child in verb.children)
    if verb.tag_ in ("VB", "VBP", "VBZ") and verb.lower_ == verb.lemma_:
        return False
    children = {child.dep_ for child in verb.children if child.lower_ not in _HELD}
    if children & {"auxpass", "nsubjpass", "agent"}:
        return True
    if any(child.lower_ in BE for child in verb.lefts):
        return True
    if "dobj" in children:
        return False
    if verb.dep_ == "acl" or (verb.dep_ == "amod" and verb.head.i < verb.i):
        return True
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX", "ADJ"):
        own = any(child.dep_ in SUBJECTS for child in verb.children)
        return is_passive(verb.head) if not own or is_passive(verb.head) else False
    if verb.tag_ == "VBD" and word_after(verb) == "," and any(
            c.dep_ == "nummod" for word in verb.children if word.dep_ == "nsubj" for c in word.children):
        return True  # "Four people killed, five injured in a blast"
    return word_before(verb) in BE or (verb.tag_ == "VBN" and "aux" not in children)


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb it is coordinated with; the noun of its relative clause."""
    for _ in range(6):
        spoken = (verb, *(child for child in verb.lefts if child.dep_ == "auxpass"))
        own = [child for word in spoken for child in word.children if child.dep_ in SUBJECTS and child.i < verb.i]
        if own:
            cut_off = len(own) > 1 and word_before(own[-1].left_edge) == ","
            return own[0] if cut_off else own[-1]  # "two guards, members of the force, were shot"
        if verb.dep_ == "relcl":
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "oprd", "acomp", "auxpass", "aux"):
            return None
        verb = verb.head
    return None


def subjects_of(verb: Token) -> list[Token]:
    """Return the subjects of a verb, where the parser hung two that "and" joins on it, else the one."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS and child.i < verb.i]
    joined = {c.dep_ for c in own[0].children} if own else set()
    if len(own) > 1 and "cc" in joined and "conj" not in joined:
        return own
    subject = subject_of(verb)
    return [subject] if subject is not None else []


def objects_of(verb: Token) -> list[Token]:
    """The objects of a verb, or of the verb coordinated after it ("killed and injured several")."""
    for _ in range(4):
        counted = verb.i > 0 and verb.nbor(-1).like_num  # "9 killed 30 wounded"
        own = [child for child in verb.children if child.dep_ in _OBJECTS and child.i > verb.i
               and child.lower_ not in COUNTED and not (child.lower_ in _HELD and not child.nbor(-1).like_num)
               and not (counted and child.like_num and word_after(child) in COUNTED)]
        if own:
            return own[:1]
        following = [child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB"
                     and child.i - verb.i <= 3]
        if not following:
            return []
        verb = following[0]
    return []


def resolved(token: Token) -> Token:
    """A relative pronoun's noun; a name's head for a title in apposition is left alone."""
    if token.lower_ in RELATIVE:
        clause = token.head
        while clause.dep_ not in ("relcl", "ROOT") and clause.head != clause:
            clause = clause.head
        if clause.dep_ == "relcl":
            return above_place(clause.head)
    return token


def above_place(token: Token) -> Token:
    """The person of "a student of Norvik who was shot": the parser hangs the clause on the place."""
    if token.dep_ == "pobj" and token.ent_type_ in ("GPE", "LOC") and token.head.head.pos_ in ("NOUN", "PROPN"):
        return token.head.head
    return token
