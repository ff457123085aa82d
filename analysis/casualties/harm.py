"""The tables of harm words and idioms, ours and the user's, by the word forms that may begin one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, repeat

from spacy.tokens import Token

from analysis import lexicon
from analysis.casualties.sets import words_of
from analysis.inflection import verb_forms

ACT, SUFFER, BOTH, EVENT, PEOPLE, STATE = lexicon.FRAMES
REACH = 6  # an idiom's other words stand so many words after its head, where the row says nothing else
_OF_ACT = ("dobj", "auxpass", "nsubjpass", "oprd", "ccomp")


@dataclass(frozen=True, slots=True)
class Cue:
    """A harm word at ``token``; ``frame`` says where its victims stand, ``start`` and ``end`` where an idiom does.

    ``side_word``: the word itself where only one side says it so ("neutralised"). Without effects it is no harm at all.
    """

    token: Token
    effects: tuple[str, ...]
    frame: str
    means: str | None = None
    weak: str | None = None
    end: int = -1
    start: int | None = None
    side_word: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the tables. ``others``: ways to say the other words of an idiom, each a set of words for each place."""

    effects: tuple[str, ...]
    frame: str
    means: str | None
    weak: str | None = None
    side: bool = False
    others: tuple[tuple[frozenset[str], ...], ...] = ()
    before: int = 0
    after: int = REACH

    def at(self, token: Token, start: int, end: int) -> Cue:
        """Return this row's harm at a word, told by the words from ``start`` to ``end``."""
        acts = self.frame == BOTH and any(c.dep_ in _OF_ACT for c in token.children)
        frame = self.frame if self.frame != BOTH else ACT if acts else SUFFER
        side_word = token.doc[start:end + 1].text if self.side else None
        return Cue(token, self.effects, frame, self.means, self.weak, end, start, side_word)

    def place(self, words: tuple[str, ...], at: int) -> tuple[int, int]:
        """Return where an idiom's other words stand near its head, which stands at ``at``; and their number, or 0."""
        last = min(at + self.after + 1, len(words))
        for i in range(max(at - self.before, 0), last):
            for other in self.others:
                if i + len(other) <= last and all(not slot or word in slot for slot, word in zip(
                        other, words[i:i + len(other)], strict=True)):
                    return i, len(other)
        return 0, 0


@lexicon.cached
def words() -> dict[str, list[Row]]:
    """Return {form: the rows of that one word}; the user's rows stand in place of ours."""
    table: dict[str, list[Row]] = defaultdict(list)
    own = {form for word in lexicon.own() if _is_word(word) for form in word.inflected()}
    for word in lexicon.harm_words():
        if _is_word(word):
            for form in word.inflected() - (set() if word in lexicon.own() else own):
                table[form].append(_row(word))
    return dict(table)


@lexicon.cached
def idioms() -> dict[str, list[Row]]:
    """Return {form of the head: the rows of several words}: the user's, then ours, what is no harm first."""
    forms: dict[str, set[str]] = defaultdict(set)
    table: dict[str, list[Row]] = defaultdict(list)
    for word in lexicon.own():
        if isinstance(word, lexicon.HarmWord) and not _is_word(word):
            other = tuple(frozenset([each]) for each in word.words.split()[1:])
            for form in word.inflected():
                table[form].append(_row(word, others=(other,)))
    rows = lexicon.rows("harm_idioms")
    for row in rows:
        heads = str(row["head"]).split("|")
        for head, irregular in zip(heads, chain((row["forms"] or "").split("|"), repeat("")), strict=False):
            forms[head] |= {head[1:]} if head[0] == "=" else {*verb_forms(head), *irregular.split()}
    for row in sorted(rows, key=lambda row: row["effect"] != "none"):
        made = Row(_effects(str(row["effect"])), str(row["frame"]), row["means"], row["weak"], bool(row["side"]),
                   tuple(tuple(map(_slot, other.split())) for other in str(row["with"]).split("|")),
                   int(row["before"] or 0), int(row["after"] or REACH))
        for form in {form for head in str(row["head"]).split("|") for form in forms[head]}:
            table[form].append(made)
    return dict(table)


def _is_word(row: object) -> bool:
    return isinstance(row, lexicon.HarmWord) and " " not in row.words


def _effects(cell: str) -> tuple[str, ...]:
    return () if cell == "none" else tuple(cell.split("|"))


def _row(word: lexicon.HarmWord, **of_idiom: tuple) -> Row:
    return Row(_effects(word.effect), word.frame, word.means, word.weak, bool(word.side), **of_idiom)


def _slot(words: str) -> frozenset[str]:
    """Return the words that may stand in one place of an idiom: "his/her", a set's "<trauma>"; none for any, "*"."""
    return words_of(words[1:-1]) if words[0] == "<" else frozenset(words.replace("*", "").split("/")) - {""}


@lexicon.cached
def window() -> tuple[int, int]:
    """Return how many words before and after a head the idioms look at."""
    rows = [row for rows in idioms().values() for row in rows]
    return max(row.before for row in rows), max(row.after for row in rows)


@lexicon.cached
def heads() -> frozenset[str]:
    """Return the forms that may be a harm word or begin an idiom."""
    return frozenset(words()) | frozenset(idioms())
