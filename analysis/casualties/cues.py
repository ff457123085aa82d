"""The words that say somebody came to harm: "killed", "the murder of", "26 dead", "lost their lives"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc, Span, Token

from analysis import lexicon
from analysis.casualties import harm
from analysis.casualties.harm import ACT, BOTH, EVENT, PEOPLE, REACH, STATE, SUFFER, Cue, Row
from analysis.casualties.sets import fates, words_of
from analysis.language import hashes, positions, word_after, word_at, word_before

COUNTED = fates("counted")
_LISTING, _CASES, _ELDEST = words_of("listing"), words_of("case"), words_of("eldest")
_SUBJECTS = ("nsubj", "nsubjpass")
_VERBAL, _NOUNS = {"VERB", "AUX"}, {"NN", "NNS", "NNP", "NNPS"}
_BE = {"is", "are", "was", "were", "be", "been", "being", "'s", "'re", "got", "get"}


@lexicon.cached
def _hashes() -> frozenset[int]:
    return hashes(harm.heads() | _LISTING)


def sentences(doc: Doc) -> Iterator[tuple[int, Span, list[Cue]]]:
    """Yield (number, sentence, its harm words) of the sentences that have one or may list victims."""
    if not len(doc):
        return
    first = np.flatnonzero(doc.to_array("SENT_START").astype("int64") == 1)
    told = np.array(positions(doc, _hashes()), dtype="int64")
    numbers = {max(int(number), 1) for number in np.searchsorted(first, told, side="right")}
    follows = {number + 1 for number in numbers if number < len(first) and _goes_on(doc, int(first[number]))}
    for number in sorted(numbers | follows):
        sentence = doc[int(first[number - 1]):int(first[number]) if number < len(first) else len(doc)]
        found = list(cues(sentence, told[(told >= sentence.start) & (told < sentence.end)]))
        if found or number in follows or any(doc[int(i)].lower_ in _LISTING for i in told[
                (told >= sentence.start) & (told < sentence.end)]):
            yield number - 1, sentence, found


def _goes_on(doc: Doc, start: int) -> bool:
    """True for a sentence about the people of the one before: "They were A and B", "Most of them were children",
    "Eleven were children", "The youngest was nine"."""
    opening = doc[start:start + 5]
    words = [token.lower_ for token in opening]
    counted = any(token.like_num for token in opening) and bool({"were", "are"}.intersection(words))
    return counted or words[:1] == ["they"] or bool(_ELDEST.intersection(words)) or any(
        pair == ("of", "them") for pair in pairwise(words))


def cues(sentence: Span, places: Iterable[int] | None = None) -> Iterator[Cue]:
    """Yield the harm words of a sentence in order; ``places`` are the tokens that may be one, where they are known."""
    end = -1
    for i in places if places is not None else range(sentence.start, sentence.end):
        token = sentence.doc[int(i)]
        if token.i > end and (word := token.lower_) in harm.heads():
            cue = _idiom(token, word, sentence) or _word(token, word)
            if cue is not None:
                end = max(end, cue.end)
            if cue is not None and cue.effects:
                yield cue


def _idiom(token: Token, word: str, sentence: Span) -> Cue | None:
    """The idiom whose head this is; "claimed 14 lives" and "claimed the life of" hang on their noun."""
    rows = [row for row in harm.idioms().get(word, ()) if row.frame != ACT or token.tag_ not in _NOUNS
            or is_counted(token)]
    if not rows:
        return None  # also "the shooting left a man dead"
    before, after = harm.window()
    first = max(token.i - before, sentence.start)
    near = list(token.doc[first:min(token.i + after + 1, sentence.end)])
    words, at = tuple(other.lower_ for other in near), token.i - first
    for row in rows:
        place, size = row.place(words, at)
        if not size or _is_anothers(row, near[at + 1:place], place - at + size - 1):
            continue
        found = row.at(token, min(token.i, near[place].i), max(token.i, near[place + size - 1].i))
        if row.effects == ("injured",) and {"fatal", "mortal"} & set(words[at + 1:place + size]) and (
                "non" not in words):
            return replace(found, effects=("killed",))
        if row.frame == STATE:
            return _state(token, row, named=True)
        if row.frame == "object":
            return replace(found, token=near[place], frame=PEOPLE)
        return replace(found, frame=PEOPLE) if row.frame == ACT and token.tag_ in _NOUNS else found  # "six shot dead"
    return None


def _is_anothers(row: Row, between: list[Token], reach: int) -> bool:
    """True for "to death" of "six were shot and one was stabbed to death", for the "dead" of "4 shot, 1 dead", and for
    what stands in another sentence."""
    if any(other.text in ".;:" for other in between) or any(
            one.text == "," and two.like_num for one, two in pairwise(between)):
        return True
    harmed = row.after > REACH and any(other.lower_ in harm.words() for other in between)
    return harmed and (reach > REACH or any(other.dep_ in _SUBJECTS for other in between))


def _word(token: Token, word: str) -> Cue | None:
    rows = harm.words().get(word, ())
    frames = {row.frame: row for row in rows}
    frame = _frame(token, word, set(frames))
    row = frames.get(frame) or (replace(rows[0], frame=PEOPLE) if frame == PEOPLE else None)
    if row and row.frame == STATE:
        return _state(token, row)
    if row and row.frame == EVENT and row.weak and any(c.lower_ in ("fatal", "deadly") for c in token.lefts):
        return Cue(token, ("killed",), EVENT, row.means, end=token.i)
    return row and row.at(token, token.i, token.i)


def _state(token: Token, row: Row, named: bool = False) -> Cue | None:
    """The verb of "two are in critical condition" and "four have bullet wounds", whose subject was hurt.

    Of "with 20 others in critical condition" the people themselves.
    """
    verb = next((word for word in token.ancestors if word.pos_ in _VERBAL), None)
    if token.lower_ in words_of("trauma"):
        bears = verb is not None and token.head == verb and verb.lemma_ in ("have", "bear", "nurse") and not any(
            c.lower_ == "no" for c in token.lefts)
        dead = bears and any(t.lower_ in words_of("body") for t in verb.left_edge.doc[
            verb.left_edge.i:verb.i])
        return Cue(verb, row.effects, SUFFER, end=token.i) if bears and not dead else None
    stated = verb is not None and verb.lemma_ in ("be", "remain", "stay") if named else (
        word_before(token) in words_of("condition"))
    if verb is None or not stated:
        return None
    people = token.head.head if token.dep_ == "pobj" else token
    if people.dep_ == "pobj" and people.head.lower_ == "with" and any(c.dep_ == "nummod" for c in people.children):
        return Cue(people, row.effects, PEOPLE, end=token.i)
    taken = any(c.dep_ == "dobj" and c.i < token.i for c in verb.children)  # "they rushed him to hospital in ..."
    return Cue(verb, row.effects, ACT if taken else SUFFER, end=token.i)


def _frame(token: Token, word: str, frames: set[str]) -> str | None:
    """Which of its frames a word has here; the part of speech decides only where the form does not."""
    verbal, nominal = frames & {ACT, SUFFER, BOTH}, frames & {EVENT, PEOPLE, STATE}
    if verbal and token.tag_ in _NOUNS:  # the tagger takes a headline's verbs for nouns
        if governs_figure(token):
            return next(iter(verbal))
        if is_counted(token) and word in words_of("bare") and word_at(token.doc, token.i - 2) != "and":
            return PEOPLE  # but the 19 of "34 were killed and 19 hurt" are counted as theirs
    if not verbal or not nominal:
        frame = next(iter(frames), None)
        if frame == EVENT and token.dep_ in ("compound", "amod") and token.head.i > token.i:
            return EVENT if token.head.lower_ in _CASES else None  # not "death threats"
        noun = token.tag_ in ("NN", "NNS") and word not in COUNTED  # but "19 hurt"
        return None if verbal and noun and not word.endswith(("ed", "ing")) else frame
    if word == "missing" and {"dobj"} == {c.dep_ for c in token.rights} - {"punct", "prep"} and not (
            token.i and token.nbor(-1).like_num):
        return None  # "are missing their striker"
    if word in ("wounded", "injured", "missing"):
        return PEOPLE if _is_people(token) else next(iter(verbal))
    is_verb = token.pos_ in _VERBAL or token.dep_ in ("ROOT", "relcl", "advcl", "ccomp", "xcomp", "pcomp", "acl")
    if word.endswith("ed"):
        return next(iter(verbal))
    governs = token.tag_ == "VBG" and any(child.dep_ == "dobj" for child in token.children)  # "of killing two people"
    if token.pos_ == "NOUN" or (word_before(token) in ("the", "a", "an", "'s", "of") and not governs):
        is_verb = False
    if not is_verb and token.dep_ == "compound" and token.head.i > token.i and token.head.lower_ not in _CASES:
        return None  # "murder charges", "arrest warrant"
    return next(iter(verbal if is_verb else nominal))


def governs_figure(token: Token) -> bool:
    """True for "kills" and "wounds" in "blast kills 12, wounds at least 30"; not for "wounds 30 years old"."""
    i, words = token.i + 1, words_of("qualifier") | {"at"}
    while word_at(token.doc, i) in words:
        i += 1
    return i < token.sent.end and (token.doc[i].like_num or token.doc[i].lower_ in words_of("counting")) and (
        word_at(token.doc, i + 1) not in words_of("measure"))


def is_counted(token: Token) -> bool:
    """True for "hurt" in "8 dead, 20 hurt": a number stands right before the word."""
    return token.i > token.sent.start and token.nbor(-1).tag_ == "CD" and word_before(token) != "one"


def _is_people(token: Token) -> bool:
    """True for "the wounded", "18 wounded", "nine wounded soldiers"; not for "were wounded", "soldiers wounded by"."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "agent") for child in token.children):
        return False
    before = token.nbor(-1) if token.i else None
    if before is None or before.lower_ in _BE or any(child.dep_ == "dobj" for child in token.children):
        return False
    if token.dep_ == "amod" and token.head.i > token.i:
        return True
    noun = token.pos_ in ("NOUN", "ADJ", "PROPN") or token.tag_ in ("NN", "NNS", "JJ")
    return before.lower_ in ("the", "those", "these", "seriously", "critically") or (
        (noun or before.like_num) and word_after(token) != "by" and (before.like_num or before.pos_ in ("DET", "ADJ")))
