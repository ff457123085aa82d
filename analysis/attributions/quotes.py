"""Where the text quotes: spans of quotation marks, however they were typed.

The Doc's view has straight marks only, as long as the text; the article's own text still tells “ from ”.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from analysis.language import text_of
from analysis.records import Span

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_DOUBLE = re.compile('"')
# A mark, then what stands before it: where a pattern begins with a letter of its own, it is found quickly.
_SINGLE_OPEN = re.compile(r"'(?:(?<=[\s(\[—–:-]')|(?<=^'))(?=[A-Z\"\[]|\w+\W)(?!(?:em|til|tis|twas|cause|\d0s)\b)")
_SINGLE_CLOSE = re.compile(r"'(?:(?<=[.,!?…]')(?=[\s,.;:)\]—–-]|$)|(?<=[\w.)]')(?=[,.;:)\]—–]|\s|$))")
_LEAST_SINGLE = 2  # words: a shorter pair of single marks is too often two apostrophes


def quotations(doc: Doc) -> list[Span]:
    """Return the quotations of a Doc as character spans with their marks, in order.

    A quotation ends at its closing mark. Without one it runs to the end of its paragraph, as a speech over several
    paragraphs is printed, or where an odd mark was typed (see ``odd_marks``).
    """
    text, original = _texts(doc)
    found: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        double = _double(text, original, paragraph.start(), paragraph.end())
        found += double or _single(text, paragraph.start(), paragraph.end())
    return found


def _double(text: str, original: str, start: int, end: int) -> list[Span]:
    """Pair the double marks of one paragraph: what a mark is follows from its form, else from the spaces around it."""
    spans, opened = [], None
    for at in _marks(text, start, end):
        side = _side(text, original, at, start, end)
        if opened is None or (side == "open" and at > opened + 1):
            if side == "close" and opened is None:
                continue  # an odd mark: it closes nothing
            opened = at
        else:
            spans.append((opened, at + 1))
            opened = None
    if opened is not None and end - opened > 2:
        spans.append((opened, end))
    return spans


def odd_marks(doc: Doc) -> list[int]:
    """Return the characters at which a double mark stands without its other half: what is quoted there is a guess.

    A paragraph without a closing mark is no oddity where the next one opens with a mark: the speech goes on.
    """
    text, original = _texts(doc)
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)]
    odd = []
    for (start, end), (after, _) in zip(paragraphs, [*paragraphs[1:], (len(text), len(text))], strict=False):
        marks = _marks(text, start, end)
        goes_on = marks and text[after:].lstrip()[:1] == '"'
        spans = _double(text, original, start, end)
        paired = {at for first, last in spans for at in (first, last - 1) if text[last - 1] == '"' or goes_on}
        odd += [at for at in marks if at not in paired]
    return odd


def _texts(doc: Doc) -> tuple[str, str]:
    """Return the text as the parser saw it and as it was printed."""
    return text_of(doc), doc._.article.text if doc._.article else text_of(doc)


def _marks(text: str, start: int, end: int) -> list[int]:
    return [match.start() for match in _DOUBLE.finditer(text, start, end)]


def _side(text: str, original: str, at: int, start: int, end: int) -> str:
    """Whether the mark at a character opens, closes, or may do either; spaces outweigh a curly mark's form."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    opens = before in " \t\n([—–-" and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    if original[at] in "“„«" and not (closes and after.isspace()):
        return "open"
    if original[at] in "”»" and not (opens and before.isspace()):
        return "close"
    if opens:
        return "open"
    return "close" if closes else "either"


def _single(text: str, start: int, end: int) -> list[Span]:
    """Pair single marks in a paragraph that has no double ones; apostrophes open nothing and seldom close."""
    spans, at = [], start
    while opening := _SINGLE_OPEN.search(text, at, end):
        closings = list(_SINGLE_CLOSE.finditer(text, opening.end(), end))
        following = _SINGLE_OPEN.search(text, opening.end(), end)
        limit = following.start() if following else end
        closings = [m for m in closings if m.start() < limit]
        if not closings:
            break
        sure = [m for m in closings if text[m.start() - 1] in ".,!?…"]
        close = next((m for m in closings if text[m.start() - 1] != "s"), None)
        close = min((m for m in (close, *sure[:1]) if m), key=lambda m: m.start(), default=closings[0])
        if len(text[opening.end():close.start()].split()) >= _LEAST_SINGLE:
            spans.append((opening.start(), close.end()))
        at = close.end()
    return spans


class Quotes:
    """The quotations of a Doc by token; ``spans`` has the outer ones only."""

    def __init__(self, doc: Doc):
        self.spans: list[Span] = []  # token ranges, half-open, marks included
        self._at: dict[int, Span] = {}
        for start, end in quotations(doc):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None and len(span) > 1:
                self._at.update((i, (span.start, span.end)) for i in range(span.start, span.end))
                self.spans.append((span.start, span.end))
                self._inside(doc, start + 1, end - 1)

    def _inside(self, doc: Doc, start: int, end: int) -> None:
        """Note what is quoted with single marks inside a quotation: "the guard shouted 'Run!'"."""
        text = text_of(doc)
        for first, last in _single(text, start, end) if text[start - 1] == '"' else ():
            span = doc.char_span(first, last, alignment_mode="contract")
            if span is not None and len(span) > 1:
                self._at.update((i, (span.start, span.end)) for i in range(span.start, span.end))

    def at(self, i: int) -> Span | None:
        """Return the token range of the innermost quotation that holds token ``i``."""
        return self._at.get(i)
