"""Reports without a verb of saying: "according to X", "X: …" at the head of a paragraph."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span, Token

from analysis import lexicon
from analysis.attributions.contents import ranges, subtree
from analysis.attributions.cues import Cue
from analysis.attributions.quotes import Quotes
from analysis.attributions.voice import Voice

_ACCORDING = Cue("according to", "phrase", frozenset())
_COLON = Cue(":", "mark", frozenset(("that", "quote")))
_LONGEST_NAME, _SHORTEST_HEADLINE = 6, 3  # words
_SPEAKERS = ("PERSON", "ORG", "NORP")  # a place before a colon says where, not who
_NO_NAME = ("VERB", "AUX", "NUM", "ADV", "SCONJ")
_SUBORDINATE = ("conj", "xcomp", "aux", "prep", "pcomp", "advcl", "relcl", "acl")


def according(doc: Doc, token: Token, quotes: Quotes) -> Voice | None:
    """"according to X": the clause it belongs to, else the rest of the sentence."""
    if token.lower_ != "according" or token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    to = doc[token.i + 1]
    source = next((c for c in to.children if c.dep_ == "pobj"), None)
    if source is None:
        return None
    top = token if to.head == token else to
    if top.dep_ == "ROOT" or top.head == top:
        return None
    clause = _reported_clause(top)
    words = subtree(clause) - {t.i for t in top.subtree} - {token.i, to.i}
    words -= {c.i for c in clause.children if c.dep_ == "mark" and c.i < token.i}
    return Voice(_ACCORDING, token, ((token.i, token.i + 2),), source, ranges(doc, words, quotes, token))


def _reported_clause(token: Token) -> Token:
    """The verb of the clause that a phrase at its edge reports: the highest one that no complementizer holds."""
    head = token.head
    while head.head != head and (head.pos_ not in ("VERB", "AUX") or head.dep_ in _SUBORDINATE):
        head = head.head
    return head


def headed(doc: Doc, token: Token, quotes: Quotes) -> Voice | None:
    """"Minister: Dam will hold": a short name at the start of a paragraph, a colon, and what it says."""
    start = token.i
    while start > 0 and token.i - start <= _LONGEST_NAME and "\n" not in doc[start - 1].text:
        start -= 1
    if not _is_speaker(doc[start:token.i]) or quotes.at(token.i) is not None:
        return None
    end = token.i + 1
    while end < len(doc) and "\n" not in doc[end].text:
        end += 1
    content = ranges(doc, set(range(token.i + 1, end)), quotes, token)
    if sum(last - first for first, last in content) < _SHORTEST_HEADLINE:
        return None
    return Voice(_COLON, token, ((token.i, token.i + 1),), doc[token.i - 1], content)


def _is_speaker(name: Span) -> bool:
    """True for up to six words that end in a name or in the word for somebody who speaks ("minister")."""
    if not 0 < len(name) <= _LONGEST_NAME or not name[0].text[0].isupper() or name[-1].pos_ not in ("PROPN", "NOUN"):
        return False
    if any(token.pos_ in _NO_NAME or token.is_punct for token in name):
        return False
    return name[-1].lower_ in _roles() or any(token.ent_type_ in _SPEAKERS for token in name)


@cache
def _roles() -> frozenset[str]:
    return frozenset(form for row in lexicon.rows("speaker_roles") for form in (row["role"], row["plural"]) if form)
