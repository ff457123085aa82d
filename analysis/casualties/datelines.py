"""The dateline that a report begins with: "SORATA, Norvik (AP) - A boy was killed". Its words are no victims."""

from __future__ import annotations

from spacy.tokens import Span, Token

from analysis.casualties.kinds import listed_kind

_DASHES = ("-", "–", "—")
_REACH = 16
_SUBJECTS = ("nsubj", "nsubjpass")


def text_start(sentence: Span) -> int:
    """Return the first token after the dateline that a sentence begins with; its own first where it has none."""
    first = sentence[0]
    if not (first.text.isupper() and len(first) > 1) and first.ent_type_ not in ("GPE", "LOC"):
        return sentence.start
    for token in sentence[1:_REACH]:
        if token.text.endswith(_DASHES) and (len(token) > 1 or token.text != "-" or token.nbor(-1).whitespace_):
            return token.i + 1
        if token.text[:1].islower() or listed_kind(token.lower_):
            break
    return sentence.start


def past_dateline(head: Token) -> Token | None:
    """Return whom a clause is about where the parser made its subject of the dateline and an apposition of him."""
    start = text_start(head.sent)
    if head.i >= start:
        return head
    return next((token for token in head.doc[start:start + _REACH]
                 if token.head.i < start or token.dep_ in _SUBJECTS), None)
