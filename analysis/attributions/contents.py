"""What exactly was said: the words of a cue's complements and of the quotations beside it, as token ranges."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from analysis.attributions.frames import is_time
from analysis.attributions.quotes import Quotes
from analysis.attributions.speakers import speaks
from analysis.language import word_before
from analysis.records import Span, Spans

_EDGE = frozenset(",;:-–—.")
_SKIP = frozenset(",:-–—")
_MARKS = (",", '"')
_PAUSES = frozenset(",-–—")
_TELLING = ("VBD", "VBN", "VBZ", "VBP")
_NAMING = {"NOUN", "PROPN", "ADJ", "DET"}
_LINKING = ("CC", "IN", "WDT", "WP", "WRB")
_SHORTEST, _LONGEST_SPEAKER = 3, 12  # words of a headline before its comma, of the speaker behind it
_CONTRASTS = ("while", "although", "though", "even", "whereas")


def subtree(token: Token, without: Iterable[Token] = ()) -> set[int]:
    """Return the token numbers of a subtree without those of the subtrees of ``without``."""
    words = {t.i for t in token.subtree}
    for branch in without:
        words.difference_update(t.i for t in branch.subtree)
    return words


def asides(head: Token, clause: bool) -> list[Token]:
    """Return the branches at the end of a complement in which the writer goes on: ", while …", ", who …", ", a town".

    A relative clause behind a comma describes an object that somebody names; within a clause it was said as well.
    """
    end = head.right_edge.i
    found = []
    for token in head.subtree:
        if token.i <= head.i or token.right_edge.i < end:
            continue
        first = token.left_edge
        if word_before(first) not in _PAUSES:
            continue
        relative = token.dep_ == "relcl" and first.tag_ in ("WP", "WDT", "WRB")
        apposed = token.dep_ == "appos" and first.i > head.i + 1 and (not clause or first.lower_ in ("a", "an"))
        contrast = token.dep_ == "advcl" and (first.lower_ in _CONTRASTS or (first.lower_ == "as" and not clause))
        if contrast or apposed or (not clause and relative):
            found.append(token)
    return found


def ranges(doc: Doc, words: set[int], quotes: Quotes, at: Token) -> Spans:
    """Return the words as token ranges: whole quotations, no loose punctuation, all on one side of a quotation mark.

    ``at`` is the cue: content inside the quotation that holds the cue stays inside it.
    """
    inside = quotes.at(at.i)
    spans: list[Span] = []
    for start, end in _runs(doc, words):
        if inside is not None:
            start, end = max(start, inside[0] + 1), min(end, inside[1] - 1)
        else:
            start, end = _whole_quotes(start, end, quotes, at.i)
            if at.i < end < len(doc) and doc[end - 1].is_alpha and (more := quotes.at(end)) and more[0] == end:
                end = more[1]  # the parser cut the sentence at the mark: he had been led by "insiders"
        start, end = _trim(doc, start, end, quotes)
        if start < end and not (end - start == 1 and not doc[start].text.isalnum()):
            spans.append((start, end))
    return _merged(spans)


def and_that(doc: Doc, words: set[int]) -> set[int]:
    """The clauses that go on with "and that …" just behind the words, wherever the parser hung them."""
    more: set[int] = set()
    end = max(words) + 1
    while end + 2 < len(doc):
        at = end + (doc[end].text in _MARKS)
        if doc[at].lower_ not in ("and", "but", "or") or doc[at + 1].lower_ != "that" or doc[at + 1].dep_ != "mark":
            break
        clause = {t.i for t in doc[at + 1].head.subtree if t.i > at}
        more |= set(range(end, at + 1)) | clause
        end = max(clause) + 1
    return more


def _runs(doc: Doc, words: set[int]) -> list[Span]:
    """Neighbouring words; white space between them does not part them."""
    runs: list[Span] = []
    for i in sorted(words):
        if runs and all(doc[k].is_space for k in range(runs[-1][1], i)):
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _whole_quotes(start: int, end: int, quotes: Quotes, cue: int) -> Span:
    first, last = quotes.at(start), quotes.at(end - 1)
    if first and not first[0] <= cue < first[1]:
        start = first[0]
    if last and not last[0] <= cue < last[1]:
        end = last[1]
    return (start, min(end, cue) if start < cue < end else end)


def _trim(doc: Doc, start: int, end: int, quotes: Quotes) -> Span:
    while start < end and (doc[start].is_space or doc[start].text in _EDGE):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in _EDGE) and quotes.at(end - 1) is None:
        end -= 1
    return start, end


def _merged(spans: list[Span]) -> Spans:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def quote_before(doc: Doc, at: int, quotes: Quotes) -> set[int]:
    """Return the words of the sentence that a quotation ends, just before token ``at``: "…," he said."""
    i = at - 1
    while i >= 0 and (doc[i].text in _SKIP or doc[i].is_space):
        i -= 1
    quote = quotes.at(i) if i >= 0 else None
    if quote is None or quote[0] <= at < quote[1] or i < quote[1] - 1 or "\n" in doc[i + 1:at].text:
        return set()
    start = min(quote[0], doc[quote[0]].sent.start)
    if any(t.pos_ in ("VERB", "AUX") and t.i < quote[0] for t in doc[quote[1] - 1].sent) is False:
        start = quote[0]
    return set(range(start, quote[1]))


def trailing(token: Token, quotes: Quotes) -> tuple[set[int], Token] | None:
    """Return what stands before "…, the ministry said on Monday" and who says so, whatever the parser made of them.

    Who says so may stand behind the verb: "…, says ministry". A clause of the writer's own with "while" or "as" before
    it is not said: "While talks went on, he spoke".
    """
    doc, start, first = token.doc, token.sent.start, token.i
    while first > start and token.i - first <= _LONGEST_SPEAKER and doc[first - 1].text != "," and (
            doc[first - 1].pos_ not in ("VERB", "AUX") or doc[first - 1].head == token):
        first -= 1
    before = [t for t in doc[start:first - 1] if not t.is_space]
    if not before or doc[first - 1].text != "," or quotes.at(first - 1) or quotes.at(before[-1].i) or (
            token.dep_ == "relcl" or doc[first].tag_ in _LINKING):
        return None
    named = [t for t in (doc[first:token.i] if first < token.i else token.rights) if t.pos_ in (*_NAMING, "PRON")
             and (first < token.i or (speaks(t) and not is_time(t) and not any(quotes.at(b.i) for b in before)))]
    speaker = next((t for t in named if not first <= t.head.i < token.i), None)
    told = [t for t in before if t.tag_ in _TELLING and t.pos_ in ("VERB", "AUX") and t.i > start
            and not any(a.pos_ in ("VERB", "AUX") and start <= a.i < first - 1 for a in t.ancestors)
            and not any(c.dep_ == "mark" or c.tag_ in ("WDT", "WP", "WRB") for c in t.lefts)]
    after = {t.pos_ for t in doc[token.i + 1:token.sent.end] if t.is_alpha and (
        t.pos_ not in ("VERB", "AUX") or t.tag_ in (*_TELLING, "MD"))} - _NAMING
    if speaker is None or (after & {"VERB", "AUX"} and (token.dep_ != "ROOT" or not told)):
        return None  # "The road, he said, was closed"
    return ({t.i for t in before}, speaker) if told or (not after and len(before) >= _SHORTEST) else None


def quote_after(doc: Doc, at: int, quotes: Quotes) -> set[int]:
    """Return the words of the quotation that opens just behind token ``at``, after a comma or a colon perhaps."""
    i = at
    while i < len(doc) and (doc[i].text in _SKIP or doc[i].is_space or doc[i].lower_ == "that"):
        i += 1
    quote = quotes.at(i) if i < len(doc) else None
    return set(range(*quote)) if quote is not None and quote[0] == i else set()
