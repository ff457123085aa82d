"""How surely something is said, and with what stance: by the cue itself, and by what stands around and under it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from analysis import lexicon
from analysis.attributions.frames import own_subject
from analysis.attributions.speakers import is_nobody
from analysis.attributions.voice import Voice

_MODALS = frozenset(("would", "could", "might", "may", "can", "should", "must", "will", "'ll", "'d"))
_SELF = frozenset(("it", "they", "we", "i", "he", "she", "its", "their", "our", "my", "his", "her"))
_CLAIMING = ("claim", "take", "assume")
_COMPLEMENTS = ("dobj", "attr", "acomp", "nsubjpass")


def certainty(voice: Voice) -> str:
    """Return asserted, hedged, denied or hypothetical for a voice.

    What somebody would, may or did not say was not said: hypothetical. "Did not deny" is no more than hedged.
    """
    token, cue = voice.token, voice.cue
    around = {child.lower_ for child in token.children}
    subject = own_subject(token)
    negated = any(child.dep_ == "neg" for child in token.children) or (subject is not None and is_nobody(subject))
    if cue.certainty == "denied":
        return "hedged" if negated else "denied"
    if negated or any(c.dep_ == "aux" and c.lower_ in _MODALS for c in token.children):
        return "hypothetical"
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in token.children):
        return "hypothetical"
    if cue.certainty == "asserted" and (around & _words("saying") or token.head.lemma_ in ("seem", "appear")):
        return "hedged"
    return cue.certainty


def stance(voice: Voice) -> str:
    """Return the stance of the cue; of a neutral one, what the speaker says of a deed of his own.

    "It had killed nine", "its jets struck the depot" is claimed; "it was not involved", "no such attack took place" is
    denied. **Misses:** a deed told in the passive ("the raid was carried out by two men").
    """
    if voice.cue.stance != "neutral":
        return voice.cue.stance
    doc, content = voice.token.doc, {i for start, end in voice.content for i in range(start, end)}
    verbs = [doc[i] for i in sorted(content) if doc[i].pos_ in ("VERB", "AUX")]
    if any(doc[i].lower_ == "responsibility" and doc[i].head.lemma_ in _CLAIMING for i in content):
        return "claimed"
    told = (_of_deed(verb) for verb in verbs if not any(t.i in content for t in _above(verb)))
    return next(filter(None, told), "neutral") if voice.cue.frames & {"that", "quote"} else "neutral"


def _above(verb: Token) -> Iterator[Token]:
    """The verbs that a verb stands under, those that "and" joins to it left out."""
    while verb.dep_ == "conj":
        verb = verb.head
    return (t for t in verb.ancestors if t.pos_ in ("VERB", "AUX"))


def _of_deed(verb: Token) -> str | None:
    """"claimed" or "denied" for a clause about a deed of the speaker's, or about having to do with one."""
    subject = next((c for c in verb.lefts if c.dep_.startswith("nsubj")), None)
    said = [c for c in verb.children if c.dep_ in _COMPLEMENTS] + [
        c for word in verb.rights if word.dep_ == "prep" for c in word.children if c.dep_ == "pobj"]
    if subject is None or any(c.lower_ in _MODALS for c in verb.lefts):
        return None
    none = [word for word in (subject, *said) if word.lower_ == "nothing" or any(c.lower_ == "no" for c in word.lefts)]
    negated = none or any(c.dep_ == "neg" for c in verb.children)
    if negated and {word.lower_ for word in (verb, *said, *none)} & _words("involved"):
        return "denied"
    active = subject.dep_ == "nsubj" and _is_own(subject)
    if active and negated and verb.lemma_ in _words("deed") | _words("product"):
        return "denied"
    behind = verb.lemma_ == "be" and any(c.lower_ == "behind" for c in verb.rights)
    return "claimed" if active and not negated and (behind or verb.lemma_ in _words("deed")) else None


def _is_own(subject: Token) -> bool:
    """True for "it", "its fighters", "two of its men"."""
    return subject.lower_ in _SELF or any(word.lower_ in _SELF for word in subject.subtree if word.dep_ == "poss")


@cache
def _words(place: str) -> frozenset[str]:
    return frozenset(str(row["words"]) for row in lexicon.rows("stance_words") if row["place"] == place)
