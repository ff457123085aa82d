"""How surely something is said: what the cue itself implies, and what stands around it ("would say", "did not say")."""

from __future__ import annotations

from analysis import lexicon
from analysis.attributions.frames import own_subject
from analysis.attributions.speakers import is_nobody
from analysis.attributions.voice import Voice

_MODALS = frozenset(("would", "could", "might", "may", "can", "should", "must", "will", "'ll", "'d"))
_HEDGES = frozenset(row["words"] for row in lexicon.rows("stance_words") if row["place"] == "saying")


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
    if cue.certainty == "asserted" and (around & _HEDGES or token.head.lemma_ in ("seem", "appear")):
        return "hedged"
    return cue.certainty
