"""What is said beside a cue rather than under it: quotations before and behind, and the sentence it interrupts."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from analysis.attributions import frames
from analysis.attributions.contents import quote_after, quote_before, subtree
from analysis.attributions.cues import cue_of
from analysis.attributions.quotes import Quotes

_PAUSES = (",", "-", "–", "—", '"', "(", ";")
_NAMING = ("NOUN", "PROPN", "PRON")
_PARENTHETICAL = ("parataxis", "ccomp", "advcl", "dep")


def beside(doc: Doc, token: Token, told: Token | None, words: set[int], quotes: Quotes) -> set[int]:
    """Words said beside the cue: a quotation before or behind, or the sentence that "he said" interrupts."""
    subject = frames.own_subject(token)
    clause = [token.i, *(c.i for c in token.children if c.dep_ in ("aux", "neg", "auxpass", "advmod")
                         and quotes.at(c.i) == quotes.at(token.i))]
    if subject is not None:
        clause += [subject.left_edge.i, subject.right_edge.i]
    if told is not None:
        clause.append(told.right_edge.i)
    start, end = min(clause), max(clause) + 1
    more = set()
    asked = token.is_sent_start and token.tag_ == "VBN"  # "Asked about it, …": it goes on, it does not close
    if not asked and (subject is not None or token.tag_ not in ("VB", "VBG")):
        before = quote_before(doc, start, quotes)
        if not any(i > token.i for i in words) or (
                before and doc[max(before) - 1].text == "," and _begins_sentence(doc, quotes.at(max(before))[0])):
            more |= before
    after = quote_after(doc, end, quotes) or quote_after(doc, token.i + 1, quotes)
    if after and not more and not words and not doc[min(after) + 1].text[0].isupper() and subject is not None:
        more |= _interrupted(token)
    more |= after
    if not words and not more:
        more = _as_reported(token) or (_interrupted(token) if subject is not None else set())
    if not words and not more:
        more = _later_clause(doc, token) or _later_quote(doc, token, quotes)
    return more


def nearest_name(doc: Doc, token: Token, quotes: Quotes) -> Token | None:
    """The noun between quotation and cue, or just behind the cue, where the parser found no subject."""
    left = token.i
    while left > token.sent.start and quotes.at(left - 1) == quotes.at(token.i):
        left -= 1
    right = token.i + 1
    while right < min(token.sent.end, token.i + 12) and quotes.at(right) == quotes.at(token.i) \
            and not doc[right].is_punct:
        right += 1
    for start, end in ((left, token.i), (token.i + 1, right)):
        nouns = [t for t in doc[start:end] if t.pos_ in _NAMING and not frames.is_time(t)]
        heads = [t for t in nouns if not start <= t.head.i < end] or [t for t in nouns if t.pos_ == "PROPN"]
        if heads:
            return heads[0] if start > token.i and heads[0] != nouns[-1] else heads[-1]
    return None


def _begins_sentence(doc: Doc, start: int) -> bool:
    """True where a quotation begins its sentence, however the parser split its mark from it."""
    return start == 0 or doc[start].is_sent_start or doc[start + 1].is_sent_start or doc[start - 1].is_space


def _as_reported(token: Token) -> set[int]:
    """The clause that "as the paper reported" or "as reported by the paper" hangs on."""
    if token.dep_ not in ("advcl", "prep", "pcomp", "pobj") or not any(c.lower_ == "as" for c in token.lefts):
        return set()
    return subtree(token.head, without=[token])


def _interrupted(token: Token) -> set[int]:
    """The clause around a parenthesis: "The road, he said, was closed"."""
    if token.dep_ not in _PARENTHETICAL or token.head == token or frames.is_passive(token):
        return set()
    edge = min(token.i, (frames.own_subject(token) or token).left_edge.i)
    if edge > token.sent.start and token.doc[edge - 1].text not in _PAUSES:
        return set()
    head = token.head.head if token.head.dep_ in ("aux", "auxpass") else token.head
    return subtree(head, without=[token])


def _later_quote(doc: Doc, token: Token, quotes: Quotes) -> set[int]:
    """The first quotation later in the sentence: "said in a statement on Monday: …"."""
    for i in range(token.i + 1, token.sent.end):
        quote = quotes.at(i)
        if quote is not None:
            return set(range(*quote)) if quote[0] == i else set()
        if doc[i].pos_ == "VERB" and cue_of(doc[i]) is not None:
            return set()
    return quote_after(doc, token.sent.end, quotes) if doc[token.sent.end - 1].text == ":" else set()


def _later_clause(doc: Doc, token: Token) -> set[int]:
    """A clause with "that" behind a comma: "said on Radio Kivu, where he works, that …"."""
    for word in doc[token.i + 1:token.sent.end]:
        if cue_of(word) is not None and word.pos_ == "VERB":
            break
        if word.lower_ == "that" and word.dep_ == "mark" and word.head.i > word.i:
            return {t.i for t in word.head.subtree if t.i >= word.i}
    return set()


def after_colon(doc: Doc, words: set[int], quotes: Quotes) -> set[int]:
    """Return the quotation behind a colon in or just behind the words: "issued a statement: …"."""
    at = next((i for i in sorted(words) if doc[i].text == ":"), max(words) + 1)
    while at < len(doc) and doc[at].is_space:
        at += 1
    return quote_after(doc, at, quotes) if at < len(doc) and doc[at].text == ":" else set()
