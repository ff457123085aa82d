"""Cues to voices: one speaker, one cue and what is said, as tokens of the Doc."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from analysis.attributions import frames
from analysis.attributions.contents import asides, quote_after, quote_before, ranges, subtree
from analysis.attributions.cues import Cue, cue_of
from analysis.attributions.phrases import phrase
from analysis.attributions.quotes import Quotes
from analysis.records import Span, Spans

_PAUSES = (",", "-", "–", "—", '"', "(", ";")
_WRITER, _READER = ("i", "me", "my"), ("you", "your")
_INFINITIVES = ("acl", "relcl", "conj", "ccomp")
_FINITE = ("VBD", "VBZ", "VBP")
_LONGEST_NAME, _SHORTEST_HEADLINE = 6, 3  # words
_NO_NAME = ("VERB", "AUX", "NUM", "ADV", "SCONJ")
_BREAKS = (",", "while", "-", "–", "—", '"')
_NAMING = ("NOUN", "PROPN", "PRON")
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
    source_spans: Spans = ()


def voices(doc: Doc, quotes: Quotes) -> list[Voice]:
    """Return the voices of a Doc in order of their cues."""
    found = []
    for token in doc:
        cue = cue_of(token)
        if cue is not None:
            voice = _said(doc, token, cue, quotes)
        else:
            voice = _headed(doc, token, quotes) if token.text == ":" else _according(doc, token, quotes)
        if voice is not None:
            found.append(voice)
    _coordinate(doc, found, quotes)
    return found


def _coordinate(doc: Doc, found: list[Voice], quotes: Quotes) -> None:
    """Let "X told Y that … and confirmed that …" share speaker and hearer, however deep the parser hung it."""
    at = {voice.token.i: voice for voice in found}
    for voice in found:
        token = voice.token
        if token.pos_ != "VERB" or frames.own_subject(token) is not None:
            continue
        first = at.get(token.head.i) if token.dep_ == "conj" else None
        outer = None if first is not None else _goes_on(token, at, quotes)
        if outer is not None:
            first, voice.source = outer, outer.source
            said = {i for start, end in outer.content for i in range(start, end)} - subtree(token)
            said = {i for i in said if i < token.i - 2 or (i < token.i and doc[i].dep_ != "cc")}
            outer.content = ranges(doc, said, quotes, outer.token)
        if first is not None and voice.told is None:
            voice.told = first.told


def _goes_on(token: Token, at: dict[int, Voice], quotes: Quotes) -> Voice | None:
    """The voice that goes on with this cue though the parser put it into its content: "…, adding that"."""
    before = token.doc[max(token.i - 1, 0)].text
    trailing = token.dep_ in ("advcl", "acl") and token.tag_ == "VBG" and before in _BREAKS
    if token.dep_ != "conj" and not trailing:
        return None
    holders = [at[t.i] for t in token.ancestors if t.i in at and quotes.at(t.i) == quotes.at(token.i)
               and any(start <= token.i < end for start, end in at[t.i].content)]
    if not holders:
        return None
    outer = next((voice for voice in holders if not trailing and voice.token.tag_ == token.tag_), holders[0])
    if trailing:
        return outer
    clause = any(c.dep_ == "ccomp" for c in token.children)
    return outer if token.tag_ == outer.token.tag_ or (clause and frames.is_passive(token.head)) else None


def _said(doc: Doc, token: Token, cue: Cue, quotes: Quotes) -> Voice | None:
    """The voice of one cue word, or None where it stands without what it would report."""
    source = None if "raising" in cue.frames else frames.speaker(token)
    if source is None and not cue.inner and "raising" not in cue.frames and not frames.is_passive(token):
        return None  # a wish is somebody's
    if not _is_report(token, source, quotes) or ("person" in cue.frames and not frames.is_person(source)):
        return None
    told = _told(token, cue)
    words: set[int] = set()
    held = [(frame, head) for frame, head in frames.complements(token)
            if head != told and _allowed(cue, frame, head, token)]
    follows = any(head.i > token.i for _, head in held)
    for frame, head in held:
        if frame != "that" or head.i > token.i or not follows:
            words |= subtree(head, without=asides(head, frame == "that"))
            if frame == "object":
                words |= _phrases_after(token, head)
    if not words and token.dep_ == "relcl" and _allowed(cue, "object", token.head, token):
        words = _gap(token)
    if words and "raising" in cue.frames and (subject := frames.own_subject(token)) is not None:
        words |= subtree(subject)
    if words and (quoted := _after_colon(doc, max(words) + 1, quotes)):
        words = quoted  # "issued a statement: …"
    if cue.pos == "verb" and ("that" in cue.frames or "quote" in cue.frames):
        beside = _beside(doc, token, told, words, quotes)
        if beside and not frames.is_passive(token) and (source is None or quotes.at(source.i) != quotes.at(token.i)):
            source = _nearest_name(doc, token, quotes) or source
        words |= beside
    if source is None and words and "raising" not in cue.frames and _is_active(token):
        source = _nearest_name(doc, token, quotes)
    words -= _own(token, source, told)
    content = ranges(doc, words, quotes, token)
    if not content:
        return None
    return Voice(cue, token, ((token.i, token.i + 1),), source, content, told)


def _phrases_after(token: Token, head: Token) -> set[int]:
    """The prepositional phrases that follow an object at once: "praised the crew for its work"."""
    words: set[int] = set()
    last = head.right_edge.i
    for child in token.rights:
        if child.dep_ == "prep" and child.left_edge.i == last + 1:
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


def _is_report(token: Token, source: Token | None, quotes: Quotes) -> bool:
    """False for the writer's and the reader's own thoughts, and for "a chance to deny", which says nothing was said."""
    if source is not None and (source.lower_ in _WRITER or (source.lower_ in _READER and quotes.at(token.i) is None)):
        return False
    if token.tag_ == "VB" and token.dep_ in _INFINITIVES:
        return any((c.dep_ == "aux" and c.tag_ != "TO") or c.dep_ == "nsubj" for c in token.children)
    return not (token.tag_ == "VBN" and token.dep_ in ("acl", "amod") and source is None)


def _after_colon(doc: Doc, at: int, quotes: Quotes) -> set[int]:
    while at < len(doc) and doc[at].is_space:
        at += 1
    return quote_after(doc, at, quotes) if at < len(doc) and doc[at].text == ":" else set()


def _allowed(cue: Cue, frame: str, head: Token, token: Token) -> bool:
    if frame == "object" and frames.is_passive(token) and frames.agent_of(token) is None:
        return False
    if frame == "passive" and cue.frames & {"agent", "object"} and frames.agent_of(token) is not None:
        return True
    if frame == "as" and frames.is_passive(token) and any(c.dep_ == "pcomp" for c in head.children):
        return False  # "is quoted as saying": the saying reports
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
        elif word is not None and word.pos_ != "VERB":
            own |= set(range(*phrase(word, token)))
    return own


def _nearest_name(doc: Doc, token: Token, quotes: Quotes) -> Token | None:
    """The noun between quotation and cue, or just behind the cue, where the parser found no subject."""
    left = token.i
    while left > token.sent.start and quotes.at(left - 1) == quotes.at(token.i):
        left -= 1
    right = token.i + 1
    while right < min(token.sent.end, token.i + 12) and quotes.at(right) == quotes.at(token.i) \
            and not doc[right].is_punct:
        right += 1
    for start, end in ((left, token.i), (token.i + 1, right)):
        nouns = [t for t in doc[start:end] if t.pos_ in _NAMING]
        heads = [t for t in nouns if not start <= t.head.i < end] or [t for t in nouns if t.pos_ == "PROPN"]
        if heads:
            return heads[0] if start > token.i and heads[0] != nouns[-1] else heads[-1]
    return None


def _beside(doc: Doc, token: Token, told: Token | None, words: set[int], quotes: Quotes) -> set[int]:
    """Words said beside the cue: a quotation before or behind, or the sentence that "he said" interrupts."""
    subject = frames.own_subject(token)
    clause = [token.i, *(c.i for c in token.children if c.dep_ in ("aux", "neg", "auxpass", "advmod"))]
    if subject is not None:
        clause += [subject.left_edge.i, subject.right_edge.i]
    if told is not None:
        clause.append(told.right_edge.i)
    start, end = min(clause), max(clause) + 1
    more = set()
    if not any(i > token.i for i in words) and (subject is not None or token.tag_ not in ("VB", "VBG")):
        more |= quote_before(doc, start, quotes)
    more |= quote_after(doc, end, quotes) or quote_after(doc, token.i + 1, quotes)
    if not words and not more:
        more = _as_reported(token) or (_interrupted(token) if subject is not None else set())
    if not words and not more:
        more = _later_quote(doc, token, quotes) or _later_clause(doc, token)
    return more


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


def _later_clause(doc: Doc, token: Token) -> set[int]:
    """A clause with "that" behind a comma: "said on Radio Kivu, where he works, that …"."""
    for word in doc[token.i + 1:token.sent.end]:
        if cue_of(word) is not None and word.pos_ == "VERB":
            break
        if word.lower_ == "that" and word.dep_ == "mark" and word.head.i > word.i:
            return {t.i for t in word.head.subtree if t.i >= word.i}
    return set()


def _later_quote(doc: Doc, token: Token, quotes: Quotes) -> set[int]:
    """The first quotation later in the sentence: "said in a statement on Monday: …"."""
    for i in range(token.i + 1, token.sent.end):
        quote = quotes.at(i)
        if quote is not None:
            return set(range(*quote)) if quote[0] == i else set()
        if doc[i].pos_ == "VERB" and cue_of(doc[i]) is not None:
            return set()
    return quote_after(doc, token.sent.end, quotes) if doc[token.sent.end - 1].text == ":" else set()


_COLON = Cue(":", "mark", frozenset(("that", "quote")))


def _headed(doc: Doc, token: Token, quotes: Quotes) -> Voice | None:
    """"Minister: Dam will hold": a short name at the start of a paragraph, a colon, and what it says."""
    start = token.i
    while start > 0 and token.i - start <= _LONGEST_NAME and "\n" not in doc[start - 1].text:
        start -= 1
    name = doc[start:token.i]
    if not 0 < len(name) <= _LONGEST_NAME or name[-1].pos_ not in ("PROPN", "NOUN") or quotes.at(token.i) is not None:
        return None
    if any(t.pos_ in _NO_NAME or t.is_punct for t in name) or not doc[start].text[0].isupper():
        return None
    if not any(t.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") for t in name):
        return None
    end = token.i + 1
    while end < len(doc) and "\n" not in doc[end].text:
        end += 1
    content = ranges(doc, set(range(token.i + 1, end)), quotes, token)
    if sum(b - a for a, b in content) < _SHORTEST_HEADLINE:
        return None
    return Voice(_COLON, token, ((token.i, token.i + 1),), name[-1], content)


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
        last = _last_speaker(doc, quote[0], found, quotes)
        if last is None:
            continue
        reach = max(last.token.sent.end, last.content[-1][1])
        if all(doc[i].is_space or doc[i].is_punct for i in range(reach, quote[0])):
            last.content = (*last.content, quote)
            yield quote


def _last_speaker(doc: Doc, at: int, found: list[Voice], quotes: Quotes) -> Voice | None:
    """The voice that a quotation at token ``at`` goes on with: the last quoted one, else the main verb's."""
    before = [v for v in found if v.token.i < at and quotes.at(v.token.i) is None and "quote" in v.cue.frames]
    if not before:
        return None
    near = [v for v in before if v.token.sent.start == before[-1].token.sent.start]
    quoted = [v for v in near if any(quotes.at(start) or quotes.at(end - 1) for start, end in v.content)]
    main = [v for v in near if v.token.dep_ == "ROOT"]
    return ([v for v in quoted if v in main] or quoted or main or near)[-1]
