"""Who is cited: "the paper reported, citing the police, that …" is the word of the police, passed on by the paper."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from analysis.attributions.contents import ranges, subtree
from analysis.attributions.quotes import Quotes
from analysis.attributions.speakers import speaks
from analysis.attributions.voice import Voice

CITING = ("cite", "quote")


def cite(doc: Doc, found: list[Voice], quotes: Quotes) -> None:
    """Give what a voice says to the one it is "citing" while it says so, inside the first: two links of one chain."""
    at = {voice.token.i: voice for voice in found}
    for voice in found:
        cited = next((c for c in voice.token.children if c.dep_ == "dobj"), None)
        outer = next((at[t.i] for t in voice.token.ancestors if t.i in at), None)
        if (voice.cue.word not in CITING or voice.token.tag_ != "VBG" or outer is None or cited is None
                or not speaks(cited) or quotes.at(voice.token.i) != quotes.at(outer.token.i)):
            continue
        said = {i for start, end in outer.content for i in range(start, end)} - subtree(voice.token)
        outer.content = ranges(doc, said, quotes, outer.token) or outer.content
        voice.source, voice.content, voice.under = cited, outer.content, outer


def quoted(token: Token) -> Token | None:
    """Return the clause before "the paper quoted him as saying", which is what "saying" reports."""
    verb = token.head.head
    if token.dep_ != "pcomp" or token.head.lower_ != "as":
        return None
    return next((c for c in verb.lefts if c.dep_ == "ccomp"), None)
