"""Figures with a label, as notes, headlines and situation reports have them: "12 dead / 30 injured", "Killed: 12"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from analysis.casualties.identity import GENERIC
from analysis.casualties.kinds import kind_of_word
from analysis.casualties.sets import fates, words_of
from analysis.language import word_at
from analysis.mentions import MentionIndex
from analysis.quantities import Quantity
from analysis.records import Mention

_LABELS, _MARKS, _COLONS, _IN = fates("label"), words_of("field mark"), words_of("label mark"), words_of("label place")
_LONGEST, _REACH = 5, 30  # words of a label; between a place and its figures


@dataclass(frozen=True, slots=True)
class Label:
    """A word of fate and the head of the figure that it labels."""

    word: Token
    head: Token
    effect: str


def labels(sentence: Span, numbers: Sequence[Quantity]) -> Iterator[Label]:
    """Yield the labelled figures of a sentence.

    **Misses:** a label apart from its figure ("KIA/WIA: 12/30", "Killed in Arbat: 12"), a table without marks.
    """
    doc = sentence.doc
    for number in numbers:
        after = doc[number.last + 1] if number.last + 1 < sentence.end else None
        figure = next((t for t in doc[number.first:number.last + 1] if t.like_num), doc[number.last])
        colon = number.first > sentence.start and doc[number.first - 1].lower_ in _COLONS
        before = doc[number.first - 1 - colon] if number.first - colon > sentence.start else None
        people = after is not None and kind_of_word(after.lower_)  # "Killed: 12 people"
        if before is not None and (effect := _LABELS.get(before.lower_)) and (colon or before.is_upper) and (
                people or _ends(number.last + 1, sentence) or after.lower_ in _LABELS) and _is_field(before, sentence):
            yield Label(before, after if people else figure, effect)
        elif after is not None and after.lower_ in _LABELS and _ends(number.first - 1, sentence) and (
                _ends(after.i + 1, sentence) or word_at(doc, after.i + 1) in _IN):
            yield Label(after, after if after.lower_ in GENERIC else figure, _LABELS[after.lower_] or "")


def _ends(i: int, sentence: Span) -> bool:
    """True where a field ends: at the sentence's edge, at a mark, at a line break."""
    return not sentence.start <= i < sentence.end or sentence.doc[i].lower_ in _MARKS or sentence.doc[i].is_space


def _is_field(label: Token, sentence: Span) -> bool:
    """True for the name of a field, "Number of dead", not for "22 people were killed"."""
    i = label.i - 1
    while not _ends(i, sentence):
        if sentence.doc[i].pos_ in ("VERB", "AUX") or label.i - i > _LONGEST:
            return False
        i -= 1
    return True


def place_before(head: Token, sentence: Span, mentions: MentionIndex) -> Mention | None:
    """Return the place at the head of a field: the Aden of "Aden: 12 killed, 30 wounded"."""
    doc = sentence.doc
    for i in range(head.i - 1, max(sentence.start, head.i - _REACH), -1):
        named = mentions.at(doc[i - 1]) if doc[i].lower_ in _COLONS else None
        if named is not None and named.type == "place" and doc[i - 1].idx + len(doc[i - 1]) == named.end:
            return named
    return None
