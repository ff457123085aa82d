"""Noun phrases as the text has them: a speaker with title and apposition."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from analysis.attributions.contents import subtree
from analysis.language import word_before
from analysis.records import Span, Spans

_EDGES = frozenset(',;:—–-("\'')


def source_spans(source: Token | None, cue: Token) -> Spans:
    """Return the token ranges of a source: the whole phrase, and "who" where that is the subject beside the cue."""
    if source is None:
        return ()
    start, end = phrase(source, cue)
    clause = next((t for t in (cue, *cue.ancestors) if t.dep_ == "relcl" and t.head == source), cue)
    pronoun = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if pronoun is not None and source.i < pronoun.i < cue.i and pronoun.lower_ in ("who", "which", "that"):
        return ((start, min(end, pronoun.i)), (pronoun.i, pronoun.i + 1))
    return ((start, end),)


def phrase(head: Token, cue: Token) -> Span:
    """Return the token range of a noun phrase, without a clause that holds the cue or that goes on reporting."""
    doc = head.doc
    cut: set[int] = set()
    for child in head.subtree:
        if (child != head and (child == cue or child.is_ancestor(cue))) or (
                child.dep_ in ("acl", "advcl") and child.tag_ == "VBG" and word_before(child) == ","):
            cut |= subtree(child)
    words = {t.i for t in head.subtree} - cut
    start, end = head.i, head.i + 1
    while start - 1 in words:
        start -= 1
    while end in words:
        end += 1
    while end > head.i + 1 and (doc[end - 1].is_space or doc[end - 1].text in _EDGES or doc[end - 1].tag_ == "POS"):
        end -= 1
    while start < head.i and (doc[start].is_space or doc[start].text in _EDGES):
        start += 1
    return start, end


def characters(doc: Doc, spans: Spans) -> Spans:
    """Return token ranges as character spans; both apostrophes of a doubled mark belong to it."""
    text = doc._.article.text
    found = []
    for first, last in spans:
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        found.append((start - (text[max(start - 1, 0):start + 1] == "''"), end + (text[end - 1:end + 1] == "''")))
    return tuple(found)
