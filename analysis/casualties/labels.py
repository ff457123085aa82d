"""Figures with a label, as notes, headlines and situation reports have them: "12 dead / 30 injured", "Killed: 12"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Span, Token

from analysis.casualties.identity import GENERIC
from analysis.casualties.kinds import kind_of_word
from analysis.casualties.sets import fates, words_of
from analysis.language import word_at
from analysis.mentions import MentionIndex
from analysis.quantities import Quantity
from analysis.records import Mention

_LABELS, _MARKS, _COLONS, _IN = fates("label"), words_of("field mark"), words_of("label mark"), words_of("label place")
_VERBAL, _ENDS = {"VERB", "AUX"}, {",", "(", ";", ":", "-", "–", "—"}
_LONGEST, _REACH = 5, 30  # words of a label; between a place and its figures


@dataclass(frozen=True, slots=True)
class Label:
    """A word of fate and the head of the figure that it labels; ``victims`` is the label's own word for people."""

    word: Token
    head: Token
    effect: str
    victims: Token | None = None


def labels(sentence: Span, numbers: Sequence[Quantity]) -> Iterator[Label]:
    """Yield the labelled figures of a sentence.

    **Misses:** labels and figures in two rows ("KIA/WIA: 12/30"), a table without marks.
    """
    doc, taken = sentence.doc, sentence.start
    for number in numbers:
        if number.first < taken:
            continue
        word = doc[number.last + 1] if number.last + 1 < sentence.end else None
        figure = next((t for t in doc[number.first:number.last + 1] if t.like_num), doc[number.last])
        if (label := _label(number, taken, figure, sentence)) is not None:
            yield label
        elif word is not None and word.lower_ in _LABELS and _ends(number.first - 1, sentence) and (
                _ends(word.i + 1, sentence) or word_at(doc, word.i + 1) in _IN):
            yield Label(word, word if word.lower_ in GENERIC else figure, _LABELS[word.lower_] or "")
        taken = number.last + 1


def _ends(i: int, sentence: Span) -> bool:
    """True where a field ends: at the sentence's edge, at a mark, at a line break."""
    return not sentence.start <= i < sentence.end or sentence.doc[i].lower_ in _MARKS or sentence.doc[i].is_space


def _label(number: Quantity, first: int, figure: Token, sentence: Span) -> Label | None:
    """The label before a figure: "Number of dead:", "Children killed in Arbat -", "KIA"."""
    doc, i, after = sentence.doc, number.first - 1, number.last + 1
    if not _ends(after, sentence) and kind_of_word(doc[after].lower_):
        figure, after = doc[after], after + 1  # "Killed: 12 people"
    following = word_at(doc, after) in _LABELS and word_at(doc, after + 1) in _COLONS  # "KIA: 4 WIA: 9"
    if i < first or not (following or _ends(after, sentence)) or (doc[i].lower_ not in _COLONS and not doc[i].is_upper):
        return None
    i -= doc[i].lower_ in _COLONS
    words: list[Token] = []
    while i >= first and not _ends(i, sentence) and len(words) <= _LONGEST:
        words.insert(0, doc[i])
        i -= 1
    place = next((at for at, token in enumerate(words) if token.lower_ in _IN), len(words))
    before = words[:place]
    effects = {effect: token for token in before if (effect := _LABELS.get(token.lower_))}
    people = next((token for token in before if kind_of_word(token.lower_) and token.lower_ not in _LABELS), None)
    plain = all(token in effects.values() or token == people or token.lower_ in words_of("label word")
                for token in before)
    if len(words) > _LONGEST or len(effects) != 1 or not plain:
        return None
    (effect, word), = effects.items()
    return Label(word, figure, effect, people)


def place_before(head: Token, sentence: Span, mentions: MentionIndex) -> Mention | None:
    """Return the place at the head of a field: the Aden of "Aden: 12 killed, 30 wounded"."""
    doc = sentence.doc
    for i in range(head.i - 1, max(sentence.start, head.i - _REACH), -1):
        named = mentions.at(doc[i - 1]) if doc[i].lower_ in _COLONS else None
        if named is not None and named.type == "place" and doc[i - 1].idx + len(doc[i - 1]) == named.end:
            return named
    return None


def listed_under(number: int, heading: Span) -> Iterator[tuple[int, Span, Label]]:
    """Yield (number, sentence, label) of the lines below a heading that says what became of those in them.

    "Killed:", "Names of the dead:", each followed by lines with a name or people and no verb of their own.
    """
    doc, said = heading.doc, [token for token in heading if not token.is_space]
    effects = {effect for token in said if (effect := _LABELS.get(token.lower_))}
    plain = all(token.pos_ not in _VERBAL or token.lower_ in _LABELS for token in said)
    if len(effects) != 1 or not plain or len(said) > _LONGEST + 1 or said[-1].text != ":":
        return
    while heading.end < len(doc) and doc[heading.end - 1].is_space:
        number, heading = number + 1, doc[heading.end].sent
        item = [token for token in takewhile(lambda t: t.text not in _ENDS, heading) if token.is_alpha]
        if not item or len(heading) > _REACH or any(t.pos_ in _VERBAL or t.text == ":" for t in heading):
            return
        head = item[-1]
        yield number, heading, Label(heading[0] if heading[0] != head else heading[-1], head, *effects)
