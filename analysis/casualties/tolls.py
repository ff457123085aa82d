"""Figures of a toll: "the death toll rose to 31", "officials put the number at 23", "brings to 14 the number", and
what another voice counts of the same people: "the authorities acknowledge nine", "insisted that only nine had died".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from analysis.casualties.claims import Claim
from analysis.casualties.features import speaker
from analysis.casualties.identity import is_more, is_share
from analysis.casualties.kinds import kind_of_word
from analysis.casualties.sets import fates, words_of
from analysis.language import word_at
from analysis.quantities import Quantity

_FATES = fates("toll")
_TOLLS, _CHANGING, _PUTTING, _COUNTING, _ONLY, _QUALIFIERS, _AGAINST, _BEFORE_FIGURE, _POSSIBLE = map(words_of, (
    "toll", "changing", "putting", "tallying", "only", "qualifier", "against", "before figure", "possible"))
_NAMED = {"it", "them", "that", "to", "the", "at", "of", "dead", "deaths", "fatalities", "figure", "number"}


@dataclass(frozen=True, slots=True)
class Toll:
    """One figure of a toll. ``effect`` is None where it is that of the people counted last ("put it at 100").

    ``newer``: it takes the place of the figure before ("rose to 9"); ``older``: it is the one replaced ("from 7");
    ``rival``: another count of the people counted last.
    """

    figure: Token
    effect: str | None
    newer: bool = False
    older: bool = False
    rival: bool = False


def tolls(sentence: Span, numbers: Sequence[Quantity]) -> Iterator[Toll]:
    """Yield the figures of the tolls of a sentence; of a correction ("to 17 from 23") the newer one first.

    **Misses:** a toll told only by what was added ("three more names were put on the list").
    """
    nouns = [token for token in sentence if token.lower_ in _TOLLS and not (
        token.lower_ in _COUNTING and token.pos_ == "VERB")
             and (token.i + 1 == sentence.end or sentence.doc[token.i + 1].lower_ not in _TOLLS)]
    ends = (*(noun.i for noun in nouns[1:]), sentence.end)
    found: list[Toll] = []
    for noun, end in zip(nouns, ends, strict=False):
        found += _of_noun(noun, end, sentence, numbers, found[-1].effect if found else None)
    yield from found or _counted_by(sentence, numbers)


def _of_noun(noun: Token, end: int, sentence: Span, numbers: Sequence[Quantity], known: str | None) -> Iterator[Toll]:
    """Yield the figures of one toll up to ``end``; ``known`` is the effect of the toll before in its sentence."""
    doc, word = sentence.doc, noun.lower_
    figures = [(q, before) for q in numbers if noun.i - 6 < q.first < end and not _counts_things(q, sentence)
               and (before := _word_before(q, noun, sentence)) and (q.first > noun.i or (before == "to" and all(
                   t.pos_ in ("DET", "ADJ") for t in doc[q.last + 1:noun.i])))]
    first = next((q.first for q, _ in figures if q.first > noun.i), min(noun.i + 8, end))
    before = [token.lower_ for token in doc[max(noun.i - 6, sentence.start):noun.i]]
    after = [token.lower_ for token in doc[noun.i:max(first, noun.i + 1)]]
    changed, put = bool(_CHANGING & {*before, *after}), bool(_PUTTING & {*before, *after})
    near = {*before[-1:], *after, *(word_at(doc, q.last + 1) for q, _ in figures[:1])}  # "stands at 12 dead"
    effect = next((effect for fate, effect in _FATES.items() if fate in near), None)
    if effect is None and word == "toll":
        effect = "killed"  # unless it says of what, a toll is of deaths
    elif effect is None and "of" not in after:
        effect = known
    if _POSSIBLE & {*after}:
        return  # "is likely to pass 40"
    put = put or any(word in ("is", "was") for _, word in figures)
    if effect is None and ("of" in after or not (changed or put) or (changed and word == "number")):
        return
    replaced = after[1:2] == ["of"] and before[-2:-1] == ["from"]  # "rose from the toll of 59"
    newer = [Toll(_figure(q, sentence), effect, newer=changed, rival=effect is None and not changed)
             for q, word in figures if word not in ("from", "by") and not replaced]
    yield from newer[:1] if changed else newer
    yield from [Toll(_figure(q, sentence), effect, older=True) for q, word in figures if word == "from" or replaced][:1]


def _figure(number: Quantity, sentence: Span) -> Token:
    return next((t for t in sentence.doc[number.first:number.last + 1] if t.like_num), sentence.doc[number.last])


def _word_before(number: Quantity, noun: Token, sentence: Span) -> str:
    """The word before a figure that makes it the toll's: the "to" of "rose to only 31", "" where there is none."""
    doc, i = sentence.doc, number.first - 1
    while i > sentence.start and doc[i].lower_ in _QUALIFIERS:
        i -= 1
    if i >= sentence.start and (doc[i].lower_ in _BEFORE_FIGURE | _CHANGING or i == noun.i):
        return doc[i].lower_
    return doc[number.first].lower_ if doc[number.first].lower_ in _CHANGING else ""  # "topped 300"


def _counts_things(number: Quantity, sentence: Span) -> bool:
    """True for "12 dollars", "12 days of fighting", "12 of them": no word for people or their fate follows."""
    after = sentence.doc[number.last + 1] if number.last + 1 < sentence.end else None
    if after is None or kind_of_word(after.lower_) or after.lower_ in _FATES:
        return False
    return after.pos_ == "NOUN" or after.lower_ == "of"


def _counted_by(sentence: Span, numbers: Sequence[Quantity]) -> Iterator[Toll]:
    """The number of "officials put it at more than 100", "put the dead at 49", "the army confirmed only two"."""
    doc = sentence.doc
    for number in numbers:
        after = doc[number.last + 1] if number.last + 1 < sentence.end else None
        if number.bound == "vague" or (after is not None and after.pos_ not in ("PUNCT", "CCONJ", "SCONJ", "SPACE")
                                       and after.lower_ not in ("in", "on", "at")):
            continue
        i, between = number.first - 1, []
        while i > sentence.start and doc[i].lower_ in _NAMED | _QUALIFIERS and len(between) < 4:
            between.append(doc[i].lower_)
            i -= 1
        if i < sentence.start or doc[i].pos_ not in ("VERB", "AUX"):
            continue
        effect = next((effect for fate, effect in _FATES.items() if fate in between), None)
        if (doc[i].lower_ in _PUTTING and "at" in between) or (doc[i].lower_ in _COUNTING and "at" not in between):
            yield Toll(_figure(number, sentence), effect, rival=effect is None)
            return


def mark_rivals(claims: Sequence[Claim], before: Sequence[Claim]) -> None:
    """Say of "the UN put the toll at 62, while the government insisted only nine had died" that both count the same."""
    for claim in claims:
        if not claim.head.like_num or claim.total is not None or claim.rival is not None or (
                is_more(claim) or is_share(claim) or claim.high == 0):
            continue
        other = next((c for c in reversed([*before, *claims]) if c.effect == claim.effect and c.high not in (0, 1)
                      and c.total is None and c.head.i < claim.people.first and claim.sentence - c.sentence < 2), None)
        if other is None or None in (speaker(claim), speaker(other)) or speaker(claim) == speaker(other):
            continue
        between = {token.lower_ for token in claim.head.doc[other.people.last:claim.people.first]}
        if between & _ONLY or (other.sentence == claim.sentence and between & _AGAINST):
            claim.rival = other
