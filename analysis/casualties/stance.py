"""How surely a harm is stated, and whether it is violence."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from analysis import lexicon
from analysis.casualties.clauses import agent
from analysis.casualties.cues import EVENT, PEOPLE, SUFFER, Cue, governs_figure
from analysis.casualties.sets import words_of
from analysis.language import word_at, word_before

_NEGATIONS = {"not", "n't", "never", "neither", "nor"}
_TWICE = {"twice", "double", "doubly"}
_KNOWN = {"the", "these", "those", "his", "her", "its", "their", "our"}
_NEITHER = {"neither", "nor"}
_ANYBODY = {"anyone", "anybody", "whoever", "those", "everyone", "everybody"}
_NEAR = 15  # words before and after a harm that say what it is about
_SCORE = re.compile(r"\b\d{1,2}[-–]\d{1,2}(?= *(?:[.,;:!?]|$))")
_ANY = {"anyone", "anybody"}


@cache
def _words(place: str) -> dict[str, str]:
    return {str(row["words"]): str(row["stance"]) for row in lexicon.rows("stance_words") if row["place"] == place}


def _is_purpose(verb: Token, auxiliaries: set[str]) -> bool:
    """True for "to kill", unless the verb above says that it came about ("managed to kill", "is believed to have")."""
    if verb.tag_ != "VB" or "to" not in auxiliaries or auxiliaries & {"have", "having"} or verb.dep_ not in (
            "xcomp", "advcl", "acl", "relcl", "ccomp", "ROOT"):
        return False
    above = verb.head.lemma_.lower()
    if any(c.lower_ == "how" for c in verb.children):
        return True
    return verb.head == verb or not (_words("infinitive").get(above) or _words("verb").get(above) == "hedged")


def certainty(cue: Cue, head: Token) -> str:
    """Return asserted, hedged, denied or hypothetical for a harm word and the head of its victims."""
    own = range(cue.token.i if cue.start is None else cue.start, cue.end + 1)  # its "not" is part of "did not survive"
    found = {_beside(cue.token, own), *_above(cue.token, cue.frame)}
    if {head.left_edge.lower_, word_before(head.left_edge)} & _NEITHER:
        found.add("denied")
    if any(word.lower_ == "no" for word in cue.token.doc[cue.token.i + 1:cue.end]):
        found.add("denied")  # "suffered no wounds"
    if _is_order(cue.token) or (cue.token.dep_ == "conj" and _is_order(cue.token.head)):
        found.add("hypothetical")
    if "denied" not in found and (head.lower_ in _ANY or any(c.lower_ == "any" for c in head.lefts)):
        found.add("hypothetical")  # "prayers for anyone injured", "aware of any other person being shot"
    if cue.frame != "act" and head != cue.token:
        found |= {_beside(head)}
    return next((stance for stance in ("hypothetical", "denied", "hedged") if stance in found), "asserted")


def _beside(word: Token, own: range = range(0)) -> str:
    """What the auxiliaries, adverbs and conjunctions of one word say."""
    children = list(word.children)
    lower = {child.lower_ for child in children}
    if any(c.lower_ in _words("conjunction") and c.i < word.i for c in children):
        return "hypothetical"
    modal = next((stance for c in children if c.dep_ == "aux" and (stance := _words("aux").get(c.lower_))), None)
    if modal == "hypothetical" or (modal and not lower & {"have", "'ve"}):
        return "hypothetical"
    if any((c.dep_ == "neg" or c.lower_ in _NEGATIONS) and c.i not in own for c in children):
        return "denied"
    if any(_words("adjective").get(c.lower_) == "hypothetical" for c in children if c.i < word.i):
        return "hypothetical"
    hedge = any(_words("adverb").get(c.lower_) or (_words("adjective").get(c.lower_) and c.dep_ == "amod")
                for c in children)
    return "hedged" if modal or hedge else "asserted"


def _is_order(verb: Token) -> bool:
    """True for an imperative: "Do not kill"."""
    return verb.dep_ in ("ROOT", "ccomp") and verb.tag_ == "VB" and not any(
        c.dep_ in ("nsubj", "nsubjpass", "aux") and c.lower_ != "do" for c in verb.children)


def _above(word: Token, frame: str) -> set[str]:
    """What governs the clause: "denied that", "threatened to", "a plan to", "believed to have been"."""
    found: set[str] = set()
    below = current = word
    is_noun = frame in (EVENT, PEOPLE)
    stated = not is_noun  # whether a statement holds the harm: "that nine died", "the figure of nine dead"
    for _ in range(8):
        lower = {c.lower_ for c in current.children if c.dep_ in ("aux", "auxpass")}
        head = current.head
        if not is_noun and _is_purpose(current, lower):
            found.add("hypothetical")
        of = below.dep_ != "prep" or below.lower_ == "of"  # not "charges over the deaths"
        stated = stated or (of and current.lemma_.lower() in _words("statement"))
        if head == current or (is_noun and not stated and current.pos_ in ("VERB", "AUX") and current != word):
            break
        if current.dep_ == "relcl" and not any(c.dep_ == "mark" for c in current.lefts):
            if current.tag_ in ("VBZ", "VBP") and head.lower_ in _ANYBODY:
                found.add("hypothetical")  # "those who kill"
            break
        if current.dep_ == "conj":
            below, current = current, head
            continue
        if any(c.dep_ == "expl" for c in head.children):
            found |= {_words("aux").get(c.lower_, "asserted") for c in head.children}  # "there may be many wounded"
        if is_noun and current.dep_ == "nsubj" and _beside(head) == "hypothetical" and not any(
                c.lower_ in _KNOWN for c in current.lefts):
            found.add("hypothetical")  # "one more casualty would have"
        if frame == PEOPLE and current == word and word.dep_ == "dobj" and _beside(head) == "hypothetical":
            found.add("hypothetical")  # "nobody should take the life of another", "we will not have a fatality"
        if head.lower_ == "going" and current.tag_ == "VB" and word in (current, *current.children):
            found.add("hypothetical")
        if current.dep_ == "ccomp" and _beside(head) == "denied" and any(
                c.lower_ in ("true", "correct") for c in head.children):
            found.add("denied")  # "it is not true that"
        if stated and current.dep_ != "conj" and _is_called_false(head, current):
            found.add("denied")
        if current.dep_ in ("ccomp", "xcomp", "pcomp", "acl", "dobj", "pobj", "prep", "oprd", "acomp", "nsubjpass",
                            "nsubj", "advcl"):
            lemma = head.lemma_.lower()
            stance = _words("noun" if head.pos_ in ("NOUN", "PROPN") else "verb").get(lemma)
            misread = current.dep_ == "advcl" and current.lower_ in _statement_verbs()
            if current.dep_ in ("nsubj", "advcl") and stance != "hedged" and not misread:
                stance = None
            if stance == "denied" and _beside(head) == "denied":
                stance = "hedged"  # "did not deny that"
            if current.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX") and any(
                    _words("adjective").get(c.lower_) for c in current.children):
                found.add("hedged")
            if is_noun and not stated and stance == "denied" and (current != word or lemma != "deny"):
                stance = None  # "denied any link with the murder", "rejected the murder": it happened
            if is_noun and stance == "hypothetical" and any(c.lower_ == "the" for c in word.lefts):
                stance = None  # "who planned the murder of": it happened
            if stance and (head.i < current.i or stance == "hedged" or current.dep_ == "nsubjpass"):
                found.add(stance)
            subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
            if current.dep_ == "ccomp" and subject is not None and any(
                    _words("adjective").get(c.lower_) for c in subject.children):
                found.add("hedged")
            if current.dep_ in ("ccomp", "xcomp", "pobj", "dobj") and head.pos_ in ("VERB", "AUX"):
                found |= {_beside(head)} & {"hedged"}
        below, current = current, head
    return found


def _is_called_false(verb: Token, statement: Token) -> bool:
    """True for "rumours that ten had died were false" and "called baseless the claim that ten had died"."""
    if verb.lemma_ == "be" and statement.dep_ == "nsubj":
        return any(c.dep_ in ("acomp", "attr") and c.lower_ in _words("predicate") for c in verb.rights)
    return verb.lemma_ in _words("calling") and any(
        word.lower_ in _words("predicate") for word in verb.doc[verb.i + 1:verb.right_edge.i + 1])


@cache
def _statement_verbs() -> frozenset[str]:
    """The nouns for statements that a verb looks like: "dismissed rebel claims that …"."""
    return frozenset(f"{word}s" for word in _words("statement"))


def is_recount(cue: Cue) -> bool:
    """True for the dead of a mistake: "six bodies had been counted twice"."""
    verb = cue.token.head
    return cue.frame == PEOPLE and verb.lemma_ == "count" and (
        word_before(verb) in _TWICE or any(word.lower_ in _TWICE for word in verb.children))


def is_no_violence(cue: Cue) -> bool:
    """True for illness, old age, sport, fiction, feelings ("died of cancer", "injured in the match", "the ban hurt").

    Words of violence in the sentence ("when police opened fire at the match") outweigh sport and old age.
    """
    token, sentence = cue.token, cue.token.sent
    near = token.doc[max(token.i - _NEAR, sentence.start):min(token.i + _NEAR, sentence.end)]
    following = [t.lower_ for t in token.doc[token.i + 1:min(token.i + _NEAR, sentence.end)]]
    words, after = {t.lower_ for t in near}, set(following[:8])
    dying = token.lower_ in words_of("dying") or (cue.frame == SUFFER and cue.effects == ("killed",))
    if dying and (set(following) & set(_words("illness")) or _is_of_old_age(cue)):
        return True
    if token.lemma_ == "hurt" and token.tag_ in ("VBG", "VBZ") and not (
            token.lower_ == "being" or governs_figure(token)):
        return True
    if _is_played(token) or any(_is_told_in(t, token) for t in near if t.lower_ in _words("fiction")):
        return True
    if cue.effects[0] in ("injured", "captured") and (
            after & set(_words("feeling")) or ((doer := agent(cue)) is not None and doer.lemma_ in _words("doer"))):
        return True
    boasted = token.lemma_ in _words("boast") and (words & set(_words("sport")) or _SCORE.search(near.text))
    return bool(boasted or ("injured" in cue.effects and bool(after & set(_words("sport"))))) and not (
        words & words_of("violence"))


def _is_told_in(work: Token, harm: Token) -> bool:
    """True for the film of "in the film two men are shot" and "the film tells of the murder of two men"."""
    if work.dep_ == "pobj" and work.head.lower_ == "in":
        return not any(c.lower_ == "of" for c in work.children)
    return work.dep_ == "nsubj" and work.head in (harm, *harm.ancestors)


def _is_played(harm: Token) -> bool:
    """True for "she plays a nurse who is kidnapped"."""
    return harm.dep_ == "relcl" and harm.head.dep_ == "dobj" and harm.head.head.lemma_ in _words("acting")


def _is_of_old_age(cue: Cue) -> bool:
    """True for "died aged 88", "has died at 91", where no violence is told."""
    doc, start = cue.token.doc, cue.token.i + 1
    told = {t.lower_ for t in doc[max(start - _NEAR, 0):start + _NEAR]}
    return not told & words_of("violence") and any(
        doc[i].lower_ in ("aged", "at", "of") and re.fullmatch(r"[7-9]\d|1[01]\d", word_at(doc, i + 1))
        and not word_at(doc, i + 2).isalpha() for i in range(start, min(start + 5, cue.token.sent.end)))
