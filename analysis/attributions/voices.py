"""Cues to voices: one speaker, one cue and what is said, as tokens of the Doc."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from analysis.attributions import frames
from analysis.attributions.contents import quote_after, quote_before, ranges, subtree
from analysis.attributions.cues import Cue, cue_of
from analysis.attributions.quotes import Quotes
from analysis.records import Span, Spans

_PAUSES = (",", "-", "–", "—", '"', "(", ";")
_SUBORDINATE = ("conj", "xcomp", "aux", "prep", "pcomp", "advcl", "relcl", "acl")
_PARENTHETICAL = ("parataxis", "ccomp", "advcl", "dep")


@dataclass
class Voice:
    """Who (``source``) says what (``content``, token ranges) with which word, and to whom."""

    cue: Cue
    token: Token
    words: Spans
    source: Token | None
    content: Spans
    told: Token | None = None
    source_span: Span | None = field(default=None)


def voices(doc: Doc, quotes: Quotes) -> list[Voice]:
    """Return the voices of a Doc in order of their cues."""
    found = []
    for token in doc:
        cue = cue_of(token)
        voice = _said(doc, token, cue, quotes) if cue is not None else _according(doc, token, quotes)
        if voice is not None:
            found.append(voice)
    _coordinate(doc, found, quotes)
    return found


def _coordinate(doc: Doc, found: list[Voice], quotes: Quotes) -> None:
    """Let "X told Y that … and confirmed that …" share speaker and hearer, however deep the parser hung it."""
    at = {voice.token.i: voice for voice in found}
    for voice in found:
        token = voice.token
        if token.dep_ != "conj" or frames.own_subject(token) is not None:
            continue
        first = at.get(token.head.i)
        if first is None and frames.is_passive(token.head) and any(c.dep_ == "ccomp" for c in token.children):
            first = next((at[t.i] for t in token.ancestors if t.i in at), None)  # "were hit and confirmed that"
            if first is not None:
                voice.source = first.source
                words = {i for start, end in first.content for i in range(start, end)} - subtree(token)
                first.content = ranges(doc, {i for i in words if i < token.i - 1}, quotes, first.token)
        if first is not None and voice.told is None:
            voice.told = first.told


def _said(doc: Doc, token: Token, cue: Cue, quotes: Quotes) -> Voice | None:
    """The voice of one cue word, or None where it stands without what it would report."""
    source = None if "raising" in cue.frames else frames.speaker(token)
    if source is None and not cue.inner and "raising" not in cue.frames:
        return None  # a wish is somebody's
    told = _told(token, cue)
    words: set[int] = set()
    for frame, head in frames.complements(token):
        if head != told and _allowed(cue, frame, head, token):
            words |= subtree(head)
    if words and "raising" in cue.frames and (subject := frames.own_subject(token)) is not None:
        words |= subtree(subject)
    if cue.pos == "verb" and ("that" in cue.frames or "quote" in cue.frames):
        words |= _beside(doc, token, cue, source, told, words, quotes)
    words -= _own(token, source, told)
    content = ranges(doc, words, quotes, token)
    if not content:
        return None
    return Voice(cue, token, ((token.i, token.i + 1),), source, content, told)


def _allowed(cue: Cue, frame: str, head: Token, token: Token) -> bool:
    if frame in cue.frames:
        return frame != "passive" or not any(c.dep_ == "xcomp" for c in token.children) or "that" in cue.frames
    if frame in ("passive", "to") and "that" in cue.frames and frames.is_passive(token):
        return frame == "to" or any(c.dep_ == "xcomp" for c in token.children)
    narrowed = next((f for f in cue.frames if f.startswith(f"{frame}:")), None)
    return narrowed is not None and head.lemma_.lower() in narrowed.partition(":")[2].split("|")


def _told(token: Token, cue: Cue) -> Token | None:
    """Who is told: the object of "tell", or "to reporters"."""
    if cue.pos != "verb":
        return None
    for child in token.children:
        if child.dep_ in ("dobj", "dative") and "tell" in cue.frames and child.i > token.i:
            return child
        if child.dep_ in ("prep", "dative") and child.lower_ == "to" and "to" not in cue.frames:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _own(token: Token, source: Token | None, told: Token | None) -> set[int]:
    """The words of the clause of saying itself, which are no content."""
    own = {token.i} | {c.i for c in token.children if c.dep_ in ("aux", "neg", "auxpass")}
    for word in (source, told):
        if word is not None and token.is_ancestor(word):
            own |= subtree(word)
    return own


def _beside(doc: Doc, token: Token, cue: Cue, source: Token | None, told: Token | None, words: set[int],
            quotes: Quotes) -> set[int]:
    """Words said beside the cue: a quotation before or behind, or the sentence that "he said" interrupts."""
    subject = frames.own_subject(token)
    clause = [token.i, *(c.i for c in token.children if c.dep_ in ("aux", "neg", "auxpass", "advmod"))]
    if subject is not None:
        clause += [subject.left_edge.i, subject.right_edge.i]
    if told is not None:
        clause.append(told.right_edge.i)
    start, end = min(clause), max(clause) + 1
    more = set()
    if not any(i > token.i for i in words):
        more |= quote_before(doc, start, quotes)
    more |= quote_after(doc, end, quotes) or quote_after(doc, token.i + 1, quotes)
    if not words and not more and subject is not None:
        more = _interrupted(token)
    if not words and not more:
        more = _later_quote(doc, token, quotes)
    return more


def _interrupted(token: Token) -> set[int]:
    """The clause around a parenthesis: "The road, he said, was closed"."""
    if token.dep_ not in _PARENTHETICAL or token.head == token or frames.is_passive(token):
        return set()
    edge = token.left_edge.i
    if edge > token.sent.start and token.doc[edge - 1].text not in _PAUSES:
        return set()
    return subtree(token.head, without=[token])


def _later_quote(doc: Doc, token: Token, quotes: Quotes) -> set[int]:
    """The first quotation later in the sentence: "said in a statement on Monday: …"."""
    for i in range(token.i + 1, token.sent.end):
        quote = quotes.at(i)
        if quote is not None:
            return set(range(*quote)) if quote[0] == i else set()
        if doc[i].pos_ == "VERB" and cue_of(doc[i]) is not None:
            return set()
    return quote_after(doc, token.sent.end, quotes) if doc[token.sent.end - 1].text == ":" else set()


_ACCORDING = Cue("according to", "phrase", frozenset())


def _according(doc: Doc, token: Token, quotes: Quotes) -> Voice | None:
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
    clause = _clause(top)
    words = subtree(clause) - {t.i for t in top.subtree} - {token.i, to.i}
    words -= {c.i for c in clause.children if c.dep_ == "mark" and c.i < token.i}
    return Voice(_ACCORDING, token, ((token.i, token.i + 2),), source, ranges(doc, words, quotes, token))


def _clause(token: Token) -> Token:
    """The verb of the clause that a phrase at its edge reports: the highest one that no complementizer holds."""
    head = token.head
    while head.head != head and (head.pos_ not in ("VERB", "AUX") or head.dep_ in _SUBORDINATE):
        head = head.head
    return head


def orphans(doc: Doc, found: list[Voice], quotes: Quotes) -> Iterator[Span]:
    """Give a quotation that stands alone to the voice before it: "…," she said. "We left at once."."""
    held = set()
    for voice in found:
        for start, end in voice.content:
            held.update(range(start, end))
    for quote in quotes.spans:
        if quote[0] in held or quote[0] + 1 in held:
            continue
        first = doc[quote[0]].sent
        if quote[0] > first.start + (1 if doc[first.start].is_space else 0):
            continue
        if any(t.i >= quote[1] and t.is_alpha for t in doc[quote[1] - 1].sent):
            continue
        before = [v for v in found if v.token.i < quote[0] and quotes.at(v.token.i) is None and v.cue.pos != "noun"]
        last = before[-1] if before else None
        if last is None or "quote" not in last.cue.frames:
            continue
        reach = max(last.token.sent.end, last.content[-1][1])
        if all(doc[i].is_space or doc[i].is_punct for i in range(reach, quote[0])):
            last.content = (*last.content, quote)
            yield quote
