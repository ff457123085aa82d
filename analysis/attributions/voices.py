"""Cues to voices: each reporting word with its speaker, its hearer and what is said."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from analysis.attributions import frames
from analysis.attributions.beside import after_colon, beside, nearest_name
from analysis.attributions.citing import CITING, cite, quoted
from analysis.attributions.contents import and_that, asides, quote_after, ranges, subtree, trailing
from analysis.attributions.cues import Cue, cue_of, cues
from analysis.attributions.formulas import FORMULAS, enclose, title_end, titled
from analysis.attributions.phrases import phrase
from analysis.attributions.quotes import Quotes
from analysis.attributions.speakers import is_medium, is_nobody, is_rumour, passed_on_by
from analysis.attributions.turns import continue_quotes, coordinate
from analysis.attributions.voice import Voice
from analysis.language import hashes, positions, word_after

_WRITER, _READER = ("i", "me", "my"), ("you", "your")
_INFINITIVES = ("acl", "relcl", "conj", "ccomp")
_FINITE = ("VBD", "VBZ", "VBP")
_SAID = {"ccomp", "dobj", "xcomp", "acomp", "attr", "oprd"}  # what is said, where it follows its verb
_WHEN = ("after", "before", "during", "since", "until", "amid", "following", "despite")
_THROUGH = ("via", "through")
_VERBAL, _JOINING = ("VERB", "AUX"), ("and", ",", ", and")
_NAMED = ("name", "identify", "quote")


def voices(doc: Doc, quotes: Quotes) -> list[Voice]:
    """Return the voices of a Doc in order of their cues."""
    found = []
    title = title_end(doc)
    for at in sorted({*range(title), *positions(doc, _triggers())}):
        token = doc[at]
        cue = cue_of(token)
        if cue is not None:
            voice = _said(doc, token, cue, quotes)
        else:
            voice = next((v for formula in FORMULAS.get(token.lower_, ()) if (v := formula(doc, token, quotes))), None)
        if voice is None and token.i < title:
            voice = titled(doc, token, title, quotes)
        if voice is not None:
            found.append(voice)
    found = [voice for voice in found if not _says_how(voice, found)]
    enclose(doc, found, quotes)
    coordinate(doc, found, quotes)
    cite(doc, found, quotes)
    continue_quotes(doc, found, quotes)
    return found


@cache
def _triggers() -> frozenset[int]:
    return hashes({*FORMULAS, *(word for word, _ in cues())})


def _says_how(voice: Voice, found: list[Voice]) -> bool:
    """True for the "statement" of "said in a statement that": it reports nothing of its own."""
    return voice.source is None and voice.token.pos_ == "NOUN" and voice.token.dep_ == "pobj" and any(
        other.token == voice.token.head.head and other.source is not None for other in found)


def _said(doc: Doc, token: Token, cue: Cue, quotes: Quotes) -> Voice | None:
    """The voice of one cue word, or None where it stands without what it would report."""
    raising = "raising" in cue.frames  # "the rebels seem to have left": nobody is named who says so
    trail = trailing(token, quotes) if "that" in cue.frames and _is_active(token) else None
    source = None if raising else frames.speaker(token)
    if trail is not None and (source is None or source.i in trail[0]):
        source = trail[1]
    if not _is_report(token, cue, source, quotes):
        return None
    told = _told(token, cue, source)
    words = _complement(token, cue, told)
    heads = {doc[i].dep_ for i in words if doc[i].head == token}
    clause = "ccomp" in heads
    if words and not clause and (after := after_colon(doc, words, quotes)):
        words = after
    elif not words and (clause := quoted(token)) is not None:
        words = subtree(clause)
    elif trail is not None and (not heads & _SAID or source.i > token.i or word_after(token) == ","):
        words = trail[0]
    if words and "that" in cue.frames:
        words |= and_that(doc, words)
    if words and all(doc[i].lower_ == "it" for i in words):  # "as the mayor put it, “…”"
        words = quote_after(doc, max(words) + 1, quotes) or words
    if cue.pos == "verb" and cue.frames & {"that", "quote"}:
        said = beside(doc, token, told, words, quotes)
        if said and not frames.is_passive(token) and (source is None or quotes.at(source.i) != quotes.at(token.i)):
            source = nearest_name(doc, token, quotes) or source
        words = said | (set() if said and all(doc[i].pos_ == "PRON" for i in words) else words)
    if source is None and words and not raising and _is_active(token):
        source = nearest_name(doc, token, quotes)
    content = ranges(doc, words - _own(token, source, told), quotes, token)
    at = ((token.i, token.i + 1),)
    if source is not None and is_rumour(source):
        at, cue = tuple(sorted(((source.i, source.i + 1), *at))), cue.hedged()
    nobody = source is None or is_rumour(source) or is_nobody(source)
    return Voice(cue, token, at, None if nobody else source, content, told) if content else None


def _complement(token: Token, cue: Cue, told: Token | None) -> set[int]:
    """The words of the complements with which the cue reports."""
    held = [(frame, head) for frame, head in frames.complements(token)
            if head != told and _allowed(cue, frame, head, token)]
    follows = any(head.i > token.i for _, head in held)
    words: set[int] = set()
    for frame, head in held:
        if frame == "that" and head.i < token.i and follows:
            continue  # the clause before it is the writer's
        words |= _gap(token) if head.tag_ in ("WDT", "WP") and token.dep_ == "relcl" else subtree(
            head, without=asides(head, frame == "that"))
        if frame == "object":
            words |= _phrases_after(token, head, told)
    relative = token.head if token.dep_ == "conj" else token
    if not words and relative.dep_ == "relcl" and _allowed(cue, "object", relative.head, token):
        words = _gap(relative)
    if not words and token.dep_ == "acl" and frames.agent_of(token) is not None and "agent" in cue.frames:
        words = set(range(*phrase(token.head, token)))  # "the raid, claimed by the rebels"
    subject = frames.own_subject(token) if words and "raising" in cue.frames else None
    if subject is not None and subject.lower_ != "it":
        words |= subtree(subject)
    return words


def _phrases_after(token: Token, head: Token, told: Token | None) -> set[int]:
    """The phrases that follow an object at once: "praised the crew for its work", "put it at nine dead and 25 hurt"."""
    words: set[int] = set()
    beside = {t.i for c in head.children if c.dep_ == "appos" for t in c.subtree}
    last = max(t.i for t in head.subtree if t.i not in beside)
    for child in token.rights:
        first = child.nbor(-1) if child.dep_ == "conj" and child.pos_ == "VERB" else child.left_edge
        joined = child.dep_ == "conj" and (child.pos_ not in _VERBAL or (first.like_num and first.dep_ == "nsubj"))
        between = token.doc[last + 1:first.i].text
        phrase_of = child.dep_ == "prep" and child.lower_ not in _WHEN and (told is None or told.head != child)
        if (phrase_of and not between) or (words and joined and between in _JOINING) or (
                words and phrase_of and child.lower_ == "with" and between == ","):
            words |= subtree(child)
            last = child.right_edge.i
    return words


def _gap(token: Token) -> set[int]:
    """What a relative clause reports of its noun: "the ban that the governor announced"."""
    subject = frames.own_subject(token)
    if subject is None or frames.antecedent(subject, token) != subject or subject.head != token:
        return set()
    return set(range(*phrase(token.head, token)))


def _is_active(token: Token) -> bool:
    """True for a finite verb, or "have said"."""
    finite = token.tag_ in _FINITE or any(c.dep_ == "aux" and c.tag_ in (*_FINITE, "MD") for c in token.children)
    return token.pos_ == "VERB" and finite and not frames.is_passive(token)


def _is_report(token: Token, cue: Cue, source: Token | None, quotes: Quotes) -> bool:
    """False for the writer's and the reader's own thoughts, for "a chance to deny", and for wishes that nobody has."""
    if "raising" in cue.frames:
        return not any(c.dep_ == "xcomp" and cue_of(c) is not None for c in token.children)  # "seemed to deny"
    if source is None and not frames.is_passive(token) and (not cue.inner or cue.pos == "adjective"):
        return False
    if source is None and cue.pos == "noun" and not any(frame == "that" for frame, _ in frames.complements(token)):
        return False
    if _asks_for_no_name(token) or any(c.dep_ == "nsubjpass" and is_nobody(c) for c in token.children):
        return False
    if "person" in cue.frames and not frames.is_person(source):
        return False
    if source is not None and (source.lower_ in _WRITER or (source.lower_ in _READER and quotes.at(token.i) is None)):
        return False
    if frames.quoted_as(token) is not None or (token.dep_ == "acl" and passed_on_by(token.head) is not None
                                               and cue.word in CITING):
        return False
    if source is None and token.tag_ == "VB" and token.dep_ == "ROOT":
        return False  # "look at the map" asks the reader
    if token.tag_ == "VB" and token.dep_ in _INFINITIVES:
        return any((c.dep_ == "aux" and c.tag_ != "TO") or c.dep_ == "nsubj" for c in token.children)
    return not (token.tag_ == "VBN" and token.dep_ in ("acl", "amod") and source is None)


def _asks_for_no_name(token: Token) -> bool:
    """True for "asked not to be named" and "declined to be identified", which describe a source."""
    return any((c.dep_ == "xcomp" and c.lemma_ in _NAMED and any(w.dep_ == "auxpass" for w in c.children))
               or c.lower_ == "anonymity" for c in token.children)


def _allowed(cue: Cue, frame: str, head: Token, token: Token) -> bool:
    """True where the cue reports with this complement; a passive's subject is the object of its agent."""
    if frame == "object" and frames.is_passive(token) and frames.agent_of(token) is None:
        return False
    if frame == "passive" and cue.frames & {"agent", "object"} and frames.agent_of(token) is not None:
        return True
    if frame in cue.frames:
        return frame != "passive" or not any(c.dep_ == "xcomp" for c in token.children) or "that" in cue.frames
    if frame in ("passive", "to") and "that" in cue.frames and frames.is_passive(token):
        return frame == "to" or any(c.dep_ == "xcomp" for c in token.children)
    narrowed = next((f for f in cue.frames if f.startswith(f"{frame}:")), None)
    return narrowed is not None and head.lemma_.lower() in narrowed.partition(":")[2].split("|")


def _told(token: Token, cue: Cue, source: Token | None) -> Token | None:
    """Who is told: the object of "tell", "to reporters", and the paper that quotes somebody as saying."""
    if cue.pos != "verb":
        return None
    if source is not None and (relay := passed_on_by(source)) is not None:
        return relay
    if token.dep_ == "pcomp" and frames.quoted_as(token.head.head) == token:
        return frames.agent_of(token.head.head)
    of_object = any(c.dep_ == "dobj" and cue_of(c) is None for c in token.rights)  # "mourned the blow to the town"
    for child in token.children:
        if child.dep_ in ("dobj", "dative") and "tell" in cue.frames and child.i > token.i:
            return child
        noun = next((c for c in child.children if c.dep_ == "pobj"), None)
        if noun is not None and (child.lower_ in _THROUGH and is_medium(noun)):
            return noun
        if noun is not None and child.lower_ == "in" and (relay := passed_on_by(noun)) is not None:
            return relay  # "said in a statement carried by state media"
    return frames.hearer_of(token) if "to" not in cue.frames and not of_object else None


def _own(token: Token, source: Token | None, told: Token | None) -> set[int]:
    """The words of the clause of saying itself, which are no content."""
    own = {token.i} | {c.i for c in token.children if c.dep_ in ("aux", "neg", "auxpass")}
    for word in (source, told):
        if word is not None and token.is_ancestor(word):
            own |= subtree(word)
        elif word is not None and word.pos_ != "VERB":
            own |= set(range(*phrase(word, token)))
    return own
