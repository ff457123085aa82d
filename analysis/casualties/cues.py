"""The words that say somebody came to harm: "killed", "the murder of", "26 dead", "lost their lives"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc, Span, Token

from analysis import lexicon
from analysis.casualties.sets import fates, words_of
from analysis.language import hashes, positions, word_after, word_before

ACT, SUFFER, EVENT, PEOPLE, STATE = "act", "suffer", "event", "people", "state"
COUNTED = fates("counted")
_REACH = 6  # an idiom's other words stand so many words after its head, where the row says nothing else
_LISTING, _CASES, _ELDEST = words_of("listing"), words_of("case"), words_of("eldest")
_SUBJECTS = ("nsubj", "nsubjpass")
_VERBAL = {"VERB", "AUX"}
_BE = {"is", "are", "was", "were", "be", "been", "being", "'s", "'re", "got", "get"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A harm word at ``token``; ``frame`` says where its victims stand, ``end`` is the last token of an idiom."""

    token: Token
    effects: tuple[str, ...]
    frame: str
    means: str | None = None
    weak: bool = False
    end: int = -1


@dataclass(frozen=True, slots=True)
class _Row:
    effects: tuple[str, ...]
    frame: str
    means: str | None
    weak: bool = False
    others: tuple[str, ...] = ()
    before: int = 0
    after: int = _REACH


def verb_forms(verb: str) -> set[str]:
    """Return the regular forms of a verb: "kidnap" kidnaps, kidnapped, kidnapping."""
    stem = verb[:-1] if verb.endswith("e") else verb
    doubled = stem + stem[-1] if stem == verb and len(stem) < 7 and stem[-1] in "bgmnpt" and stem[-2] in "aeiou" and (
        stem[-3:-2] not in "aeiou") else stem
    past = verb[:-1] + "ied" if verb.endswith("y") else f"{doubled}ed"
    plural = verb + ("es" if verb.endswith(("sh", "ch", "ss", "o")) else "s")
    return {verb, plural, past, f"{doubled}ing"}


def noun_forms(noun: str) -> set[str]:
    """Return a noun and its regular plural."""
    return {noun, noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith("s") else "s")}


@cache
def _words() -> dict[str, list[_Row]]:
    table: dict[str, list[_Row]] = defaultdict(list)
    for row in lexicon.rows("harm_words"):
        word, frame = str(row["words"]), str(row["frame"])
        forms = verb_forms(word) if frame in (ACT, SUFFER) else noun_forms(word) if word[-2:] != "ed" else {word}
        for form in forms | set((row["forms"] or "").split()):
            table[form].append(_Row(tuple(str(row["effect"]).split("|")), frame, row["means"], bool(row["weak"])))
    return dict(table)


@cache
def _idioms() -> dict[str, list[_Row]]:
    forms: dict[str, set[str]] = defaultdict(set)
    table: dict[str, list[_Row]] = defaultdict(list)
    for row in lexicon.rows("harm_idioms"):
        forms[str(row["head"])] |= {*verb_forms(str(row["head"])), *(row["forms"] or "").split()}
    for row in lexicon.rows("harm_idioms"):
        for form in forms[str(row["head"])]:
            table[form].append(_Row((str(row["effect"]),), str(row["frame"]), row["means"],
                                    others=tuple(str(row["with"]).split()), before=int(row["before"] or 0),
                                    after=int(row["after"] or _REACH)))
    return dict(table)


@cache
def _window() -> tuple[int, int]:
    """How many words before and after a head the idioms look at."""
    rows = [row for rows in _idioms().values() for row in rows]
    return max(row.before for row in rows), max(row.after for row in rows)


@cache
def _heads() -> frozenset[str]:
    return frozenset(_words()) | frozenset(_idioms())


@cache
def _hashes() -> frozenset[int]:
    return hashes(_heads() | _LISTING)


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
        if token.i > end and (word := token.lower_) in _heads():
            cue = _idiom(token, word, sentence) or _word(token, word)
            if cue is not None:
                end = max(end, cue.end)
                yield cue


def _idiom(token: Token, word: str, sentence: Span) -> Cue | None:
    """The idiom whose head this is; "claimed 14 lives" and "claimed the life of" hang on their noun."""
    rows = [row for row in _idioms().get(word, ()) if row.frame != ACT or token.tag_ not in ("NN", "NNS")]
    if not rows:
        return None  # also "the shooting left a man dead"
    before, after = _window()
    first = max(token.i - before, sentence.start)
    near = list(token.doc[first:min(token.i + after + 1, sentence.end)])
    words, at = tuple(other.lower_ for other in near), token.i - first
    for row in rows:
        place = _place(row, words, at)
        if place is None or _is_anothers(row, near[at + 1:place], place - at + len(row.others) - 1):
            continue
        if row.effects == ("injured",) and {"fatal", "mortal"} & set(words[at + 1:place]) and "non" not in words:
            return Cue(token, ("killed",), row.frame, row.means, end=near[place].i)
        if row.frame == "object":
            return Cue(near[place], row.effects, PEOPLE, row.means, end=near[place].i)
        return Cue(token, row.effects, row.frame, row.means, end=max(token.i, near[place + len(row.others) - 1].i))
    return None


def _place(row: _Row, words: tuple[str, ...], at: int) -> int | None:
    """Where the other words of an idiom stand near its head, which stands at ``at``."""
    size = len(row.others)
    last = min(at + row.after + 1, len(words)) - size
    return next((i for i in range(max(at - row.before, 0), last + 1) if words[i:i + size] == row.others), None)


def _is_anothers(row: _Row, between: list[Token], reach: int) -> bool:
    """True for "to death" of "six were shot and one was stabbed to death", and for what stands in another sentence."""
    if any(other.text in ".;:" for other in between):
        return True
    harmed = row.after > _REACH and any(other.lower_ in _words() for other in between)
    return harmed and (reach > _REACH or any(other.dep_ in _SUBJECTS for other in between))


def _word(token: Token, word: str) -> Cue | None:
    rows = _words().get(word, ())
    frames = {row.frame: row for row in rows}
    row = frames.get(_frame(token, word, set(frames)))
    if row and row.frame == STATE:
        return _state(token, row)
    if row and row.frame == EVENT and row.weak and any(c.lower_ in ("fatal", "deadly") for c in token.lefts):
        return Cue(token, ("killed",), EVENT, row.means, end=token.i)
    return row and Cue(token, row.effects, row.frame, row.means, row.weak, token.i)


def _state(token: Token, row: _Row) -> Cue | None:
    """The verb of "two are in critical condition" and "four have bullet wounds", whose subject was hurt.

    Of "with 20 others in critical condition" the people themselves.
    """
    verb = next((word for word in token.ancestors if word.pos_ in _VERBAL), None)
    if token.lower_ == "wounds":
        bears = verb is not None and token.head == verb and verb.lemma_ in ("have", "bear") and not any(
            c.lower_ == "no" for c in token.lefts)
        dead = bears and any(t.lower_ in words_of("body") for t in verb.left_edge.doc[
            verb.left_edge.i:verb.i])
        return Cue(verb, row.effects, SUFFER, end=token.i) if bears and not dead else None
    if verb is None or token.i == token.sent.start or token.nbor(-1).lower_ not in words_of("condition"):
        return None
    people = token.head.head if token.dep_ == "pobj" else token
    if people.dep_ == "pobj" and people.head.lower_ == "with" and any(c.dep_ == "nummod" for c in people.children):
        return Cue(people, row.effects, PEOPLE, end=token.i)
    taken = any(c.dep_ == "dobj" and c.i < token.i for c in verb.children)  # "they rushed him to hospital in ..."
    return Cue(verb, row.effects, ACT if taken else SUFFER, end=token.i)


def _frame(token: Token, word: str, frames: set[str]) -> str | None:
    """Which of its frames a word has here; the part of speech decides only where the form does not."""
    verbal, nominal = frames & {ACT, SUFFER}, frames & {EVENT, PEOPLE, STATE}
    if not verbal or not nominal:
        frame = next(iter(frames), None)
        if frame == EVENT and token.dep_ in ("compound", "amod") and token.head.i > token.i:
            return EVENT if token.head.lower_ in _CASES else None  # not "death threats"
        noun = token.tag_ in ("NN", "NNS") and word not in COUNTED  # but "19 hurt"
        return None if verbal and noun and not word.endswith(("ed", "ing")) else frame
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
