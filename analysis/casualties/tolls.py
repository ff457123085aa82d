"""Figures of a toll: "the death toll rose to 31", "officials put the number at 23", "brings to 14 the number"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from analysis.casualties.sets import fates, words_of

_TOLLS, _FATES = words_of("toll"), fates("toll")
_RISING, _RAISING, _PUTTING, _BRINGING = map(words_of, ("rising", "raising", "putting", "bringing"))
_QUALIFIERS = words_of("qualifier")
_BEFORE_FIGURE = {"to", "at", "from", "by", "of", "is", "was", "put"}


@dataclass(frozen=True, slots=True)
class Toll:
    """One figure of a toll. ``effect`` is None where it is that of the people counted last ("put it at 100").

    ``newer``: it takes the place of the figure before ("rose to 9"); ``older``: it is the one replaced ("from 7").
    """

    figure: Token
    effect: str | None
    newer: bool = False
    older: bool = False


def tolls(sentence: Span) -> Iterator[Toll]:
    """Yield the figures of a toll; of a correction ("to 17 from 23") the newer one first.

    **Misses:** a toll told only by what was added ("three more names were put on the list").
    """
    found = next((token for token in sentence if token.lower_ in _TOLLS), None)
    if found is None:
        yield from _put_at(sentence)
        return
    before = [token.lower_ for token in sentence.doc[max(found.i - 6, sentence.start):found.i]]
    after = [token.lower_ for token in sentence.doc[found.i:min(found.i + 8, sentence.end)]]
    changed = bool(_RISING & set(after) or _RAISING & set(before))
    put = bool(_PUTTING & set(before))
    near = {*before[-1:], *after}
    effect = next((effect for word, effect in _FATES.items() if word in near), None)
    if effect is None and found.lower_ == "toll" and (changed or put):
        effect = "killed"  # unless it says of what, a toll is of deaths
    if (effect is None and not put) or (found.lower_ == "number" and "of" not in after and not put):
        return
    brought = bool(_BRINGING & set(before))
    figures = [(t, word) for t in sentence if t.like_num and (t.i > found.i or (brought and t.i > found.i - 4))
               if (word := _word_before(t, sentence)) in _BEFORE_FIGURE]
    replaced = after[1:2] == ["of"] and before[-2:-1] == ["from"]  # "rose from the toll of 59"
    yield from (Toll(t, effect, newer=changed) for t, word in figures if word not in ("from", "by") and not replaced)
    yield from (Toll(t, effect, older=True) for t, word in figures if word == "from" or replaced)


def _word_before(figure: Token, sentence: Span) -> str:
    """The word before a number and its qualifier: the "at" of "at around 80", the "by" of "by about 100"."""
    i = figure.i - 1
    while i > sentence.start and sentence.doc[i].lower_ in _QUALIFIERS:
        i -= 2 if sentence.doc[i].lower_ == "least" else 1  # "to at least 31"
    return sentence.doc[i].lower_ if i >= sentence.start else ""


def _put_at(sentence: Span) -> Iterator[Toll]:
    """The number of "officials put it at more than 100", "put the dead at 49"."""
    doc = sentence.doc
    for token in sentence:
        if token.lower_ not in _PUTTING:
            continue
        said = [t.lower_ for t in doc[token.i + 1:min(token.i + 4, sentence.end)]]
        if "at" not in said or said[0] not in ("it", "them", "the", "deaths", "fatalities"):
            continue
        effect = next((effect for word, effect in _FATES.items() if word in said), None)
        if effect or said[1] == "at":
            at = token.i + 1 + said.index("at")
            yield from (Toll(t, effect) for t in doc[at + 1:min(at + 6, sentence.end)] if t.like_num)
            return
