"""Parts that a sentence makes of a total: "one fatally", "four of whom were policemen", "most of them were women"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from analysis.casualties.kinds import kind_of_word
from analysis.casualties.phrases import SHARES
from analysis.casualties.rolls import last_noun
from analysis.casualties.sets import fates, words_of
from analysis.language import word_at
from analysis.quantities import Quantity

_DEGREES, _FATES, _ELDEST = fates("degree"), fates("share"), words_of("eldest")
_GOES_ON = {"AUX", "VERB", "PUNCT"}  # after "the youngest", which is then nobody's attribute
_OPENING = {"and", ";", "that", ",", ":", '"'}
_DETERMINERS, _OF_THEM = {"the", "these", "those"}, {"them", "whom"}


@dataclass(frozen=True, slots=True)
class Part:
    """So many of a total at ``figure``; ``effect`` and ``role`` are None where the total's hold for them too.

    ``share`` are the words of a part without a number of its own ("most"); ``backward``: the total may stand before.
    """

    figure: Token
    effect: str | None
    role: Token | None
    share: Span | None
    backward: bool


def parts(sentence: Span, numbers: Sequence[Quantity]) -> Iterator[Part]:
    """Yield the parts that a sentence makes of a total, with what it says about them."""
    ends = {number.first: number for number in numbers}
    for token in sentence:
        number = ends.get(token.i)
        share = number is None and token.lower_ in SHARES and token.dep_ != "det"
        if token.lower_ in _ELDEST and any(t.pos_ in _GOES_ON for t in sentence.doc[token.i + 1:sentence.end][:1]):
            yield Part(token, None, None, None, True)
        if not share and (number is None or number.bound == "vague") and not (number and number.whole):
            continue
        after = (token.i if share else number.last) + 1
        if after == sentence.end:
            continue
        begins = sentence.doc[max(token.i - 1, sentence.start):token.i + 1] if share else None
        if number is not None and (degree := _DEGREES.get(sentence.doc[after].lower_)):
            yield Part(token, degree, None, None, False)
        elif number is not None and word_at(sentence.doc, number.first - 2) == "of" and (
                word_at(sentence.doc, number.first - 1) in _OF_THEM) and (said := _said(sentence, after)):
            yield Part(token, *said, None, False)  # "of whom four were women"
        elif (fate := _fate(sentence, after, number)) is not None and fate[1] + 1 < sentence.end:
            said = _said(sentence, fate[1])
            if said is not None:
                yield Part(token, said[0] or fate[0], said[1], begins, fate[2])
            elif sentence.doc[fate[1] - 1].lower_ in ("them", "whom"):
                yield Part(token, None, None, begins, False)
            elif fate[0] is not None:
                yield Part(token, fate[0], None, begins, True)


def _fate(sentence: Span, at: int, number: Quantity | None) -> tuple[str | None, int, bool] | None:
    """(effect, where it ends, whether the total stands before) of "of them", "of the dead", "of the 30 dead".

    Nothing of them need be said where a number opens its clause: "Eleven were children".
    """
    words = [token.lower_ for token in sentence.doc[at:min(at + 4, sentence.end)]]
    if words[:1] and words[0] in ("were", "are") and number is not None and _opens(sentence, number):
        return None, at, True
    if number is not None and number.whole is not None:
        return (_FATES[words[0]], at + 1, True) if words and words[0] in _FATES else None
    if words[:1] != ["of"]:
        return None
    if words[1:2] and words[1] in _OF_THEM:
        return None, at + 2, words[1] == "them"
    if words[1:2] and words[1] in _DETERMINERS and len(words) > 2 and words[2] in _FATES:
        return _FATES[words[2]], at + 3, True
    return None


def _opens(sentence: Span, number: Quantity) -> bool:
    """True for a number that begins a sentence or the clause after "and", ";" or "that"."""
    return number.first == sentence.start or sentence.doc[number.first - 1].lower_ in _OPENING


def _said(sentence: Span, at: int) -> tuple[str | None, Token | None] | None:
    """(effect, role) of what is said about a part: "seriously", "were policemen", "children"; else None."""
    word = sentence.doc[at]
    if word.lower_ in _DEGREES:
        return _DEGREES[word.lower_], None
    start = at + 1 if word.lemma_ == "be" else at
    if word.lemma_ != "be" and word.pos_ not in ("NOUN", "ADJ", "DET"):
        return None
    role = last_noun(start, sentence)
    return (None, role) if role.i >= start and kind_of_word(role.lower_) and role.pos_ != "PROPN" else None
