"""Who goes on speaking: coordinated and trailing cues, and quotations that stand alone."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from analysis.attributions import frames
from analysis.attributions.citing import CITING
from analysis.attributions.contents import ranges
from analysis.attributions.quotes import Quotes
from analysis.attributions.voice import Voice
from analysis.records import Span

_BREAKS = (",", "while", "-", "–", "—", '"')


def coordinate(doc: Doc, found: list[Voice], quotes: Quotes) -> None:
    """Let "X told Y that … and confirmed that …" share speaker and hearer, however deep the parser hung it."""
    at = {voice.token.i: voice for voice in found}
    for voice in found:
        token = voice.token
        if token.pos_ != "VERB" or frames.own_subject(token) is not None or voice.cue.word in CITING:
            continue
        first = at.get(token.head.i) if token.dep_ == "conj" else None
        kept = not voice.cue.inner and token.tag_ != "VBG"  # "said he was safe and hoped to stay": it was said too
        outer = None if first is not None or kept else _goes_on(token, at, quotes)
        if outer is not None:
            first, voice.source = outer, outer.source
            said = {i for start, end in outer.content for i in range(start, end) if i < token.i - 2 or (
                i < token.i and doc[i].dep_ != "cc")}
            outer.content = ranges(doc, said, quotes, outer.token) or outer.content
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


def continue_quotes(doc: Doc, found: list[Voice], quotes: Quotes) -> None:
    """Give a quotation that stands alone to the voice before it: "…," she said. "We left at once.".

    Where a paragraph of speech ends without a closing mark and the next one opens with a mark, one speech goes on.
    """
    held = {i: voice for voice in found if quotes.at(voice.token.i) is None
            for start, end in voice.content for i in range(start, end)}
    named = {id(voice) for voice in found if voice.source is not None and voice.source.pos_ != "PRON"}
    _open_speeches(doc, held, quotes, named)
    for quote in quotes.spans:
        if quote[0] in held or quote[0] + 1 in held or not _stands_alone(doc, quote):
            continue
        last = _last_speaker(doc, quote[0], found, quotes)
        if last is None:
            continue
        reach = max(last.token.sent.end, last.content[-1][1])
        if all(doc[i].is_space or doc[i].is_punct for i in range(reach, quote[0])):
            last.content = (*last.content, quote)
            held.update(dict.fromkeys(range(*quote), last))
    _open_speeches(doc, held, quotes, set(map(id, found)))


def _open_speeches(doc: Doc, held: dict[int, Voice], quotes: Quotes, speakers: set[int]) -> None:
    """Give a speaker the paragraphs of speech that end without a mark, before the one that says who speaks."""
    for quote, after in zip(quotes.spans[-2::-1], quotes.spans[:0:-1], strict=True):
        voice, begins = held.get(after[0] + 1), quote[0] == 0 or doc[quote[0] - 1].is_space
        if id(voice) in speakers and begins and quote[0] not in held and doc[quote[1] - 1].text != '"' and (
                doc[quote[1]:after[0]].text.isspace()):
            voice.content = (quote, *voice.content)
            held.update(dict.fromkeys(range(*quote), voice))


def _stands_alone(doc: Doc, quote: Span) -> bool:
    """True for a quotation that begins its sentence and is not gone on with: no word of the writer's beside it."""
    first = doc[quote[0] + 1].sent  # the parser may leave the mark with the sentence before
    if quote[0] > first.start + doc[first.start].is_space:
        return False
    return not any(t.i >= quote[1] and t.is_alpha for t in doc[quote[1] - 1].sent)


def _last_speaker(doc: Doc, at: int, found: list[Voice], quotes: Quotes) -> Voice | None:
    """The voice that a quotation at token ``at`` goes on with: the last quoted one, else the main verb's."""
    before = [v for v in found if v.token.i < at and quotes.at(v.token.i) is None and "quote" in v.cue.frames]
    if not before:
        return None
    near = [v for v in before if v.token.sent.start == before[-1].token.sent.start]
    quoted = [v for v in near if any(quotes.at(start) or quotes.at(end - 1) for start, end in v.content)]
    main = [v for v in near if v.token.dep_ == "ROOT"]
    return ([v for v in quoted if v in main] or quoted or main or near)[-1]
