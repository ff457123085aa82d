"""What the rules of this package share: a Doc's words as lists, the word tables, and the spans that rules find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from analysis import lexicon

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_ARABIC_ARTICLE = re.compile(r"(?:al|el|ul|as|ash|an|ar|at|ad|az)-[A-Z]")
_TIMES = frozenset(("DATE", "TIME"))
_MODIFIERS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "HYPH", "AFX", "ADD"))
_PARTICIPLES = frozenset(("VBN", "VBG"))


@dataclass(slots=True)
class Found:
    """Tokens ``[first, last)`` that a rule takes for a mention. ``inner``: it stays although a longer one holds it."""

    first: int
    last: int
    type: str
    rule: str
    entity: str | None = None
    nominal: bool = False
    inner: bool = False


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A word or phrase that says what kind of thing is meant; ``uses`` are those of lexicon/type_words.csv."""

    words: tuple[str, ...]
    type: str
    uses: frozenset[str]
    plural: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A type word at tokens ``[start, end)``, the head of a phrase."""

    words: Words
    word: TypeWord
    start: int
    end: int

    @property
    def type(self) -> str:
        """The type that the word gives by itself."""
        return self.word.type

    @property
    def uses(self) -> frozenset[str]:
        """How the word may be used: see lexicon/type_words.csv."""
        return self.word.uses

    @property
    def in_compound(self) -> bool:
        """True where another noun follows: "police dog"."""
        return self.end < len(self.words) and self.words.tag[self.end] in NOUNS

    @property
    def before_of(self) -> bool:
        """True where "of" follows."""
        return self.words.lower[self.end:self.end + 1] == ["of"]

    def matches(self) -> bool:
        """True where all words of the entry stand here."""
        return self.start >= 0 and tuple(self.words.lower[self.start:self.end]) == self.word.words


class Words:
    """A Doc's words, tags and numbers by position, made once; ``at`` is the name found at a word."""

    def __init__(self, doc: Doc):
        tokens = list(doc)
        self.doc = doc
        self.ents = doc.ents
        self.text = [token.text for token in tokens]
        self.lower = [text.lower() for text in self.text]
        self.tag = [token.tag_ for token in tokens]
        self.at: dict[int, Found] = {}
        self.counted = {i for ent in self.ents if ent.label_ in _TIMES for i in range(ent.start, ent.end)}
        self.counted |= {i for i, tag in enumerate(self.tag) if tag == "CD" and self.text[i].isalnum()}
        self.first_of_sentence = {i for i, token in enumerate(tokens) if token.is_sent_start}

    def __len__(self) -> int:
        return len(self.text)

    def capital(self, i: int) -> bool:
        """True where a word is written like a name: with a capital that its place in the sentence does not explain."""
        text = self.text[i]
        if not text[:1].isupper():
            return _ARABIC_ARTICLE.match(text) is not None
        return i in self.at or self.tag[i] in ("NNP", "NNPS") or i not in self.first_of_sentence

    def modifiers_before(self, head: int) -> int:
        """Return the position where the words that modify the noun at ``head`` begin; ``head`` when there are none."""
        i = head
        while i > 0 and i not in self.first_of_sentence and self._modifies(i - 1):
            i -= 1
        while i < head and (self.tag[i] in ("HYPH", "AFX") or modifier(self.lower[i]) == "skip"):
            i += 1
        return i

    def _modifies(self, i: int) -> bool:
        if i in self.counted or modifier(self.lower[i]) == "skip":
            return False
        tag, text = self.tag[i], self.text[i]
        if tag == "HYPH" and (i == 0 or self.doc[i - 1].whitespace_):
            return False  # a dash
        if tag in _PARTICIPLES:
            return (i > 0 and self.tag[i - 1] == "HYPH") or self.doc[i].dep_ == "amod"
        return tag in _MODIFIERS or (tag == "CD" and text[0].isalpha() and not text.isalpha())  # "T-72"

    def whole_names(self, first: int, start: int) -> int:
        """Return ``first``, or where the name begins that it would cut in two."""
        held = self.at.get(first) if first < start else None
        return held.first if held is not None and held.first < first else first

    def names_within(self, first: int, last: int) -> list[Found]:
        """Return the names that lie in a span, in order."""
        return list({id(self.at[i]): self.at[i] for i in range(first, last) if i in self.at}.values())

    def inner_names(self, whole: Found) -> Iterator[Found]:
        """Yield the actors and places named inside a description, to be kept as mentions of their own."""
        for held in self.names_within(whole.first, whole.last):
            known = held.rule != "model" or held.type != "organisation"  # "Barrel" of "Barrel bombs" is none
            if known and held.type not in ("person", "nationality") and held.last < whole.last:
                yield replace(held, inner=True)


@cache
def _modifier_table() -> dict[str, str]:
    return {row["word"]: row["means"] for row in lexicon.rows("modifiers")}


def modifier(word: str) -> str | None:
    """Return what a word before a type word tells of it; "skip" when it is no part of the mention."""
    return _modifier_table().get(word)


@cache
def type_words() -> Mapping[str, tuple[TypeWord, ...]]:
    """Return the type words, and the weapons and vehicles, by their last word (plurals too), the longest first."""
    rows = [(row["word"], row["type"], frozenset((row["use"] or "").split("|"))) for row in lexicon.rows("type_words")]
    rows += [(_tokens(row["name"]), row["type"], frozenset(("thing",))) for row in lexicon.rows("weapons")]
    table: dict[str, list[TypeWord]] = {}
    for word, type_, uses in rows:
        *before, last = word.lower().split()
        for form, plural in ((last, last.endswith("s")), *((p, True) for p in plurals(last))):
            table.setdefault(form, []).append(TypeWord((*before, form), type_, uses, plural))
    return {form: tuple(sorted(entries, key=lambda e: -len(e.words))) for form, entries in table.items()}


def _tokens(name: str) -> str:
    """Return a weapon's name as the tokenizer splits it: at the hyphen of "anti-tank", not at that of "AK-47"."""
    return name.replace("-", " - ") if name.islower() else name


def plurals(noun: str) -> Iterator[str]:
    """Yield the plural of an English noun: "militia" -> "militias", "policeman" -> "policemen"."""
    if noun.endswith("man"):
        yield noun[:-2] + "en"
    elif noun.endswith("y") and noun[-2:-1] not in "aeou":
        yield noun[:-1] + "ies"
    elif noun.endswith(("s", "x", "ch", "sh")):
        yield noun + "es"
    else:
        yield noun + "s"


def outermost(found: Iterable[Found]) -> list[Found]:
    """Return the spans in order without those that overlap a longer one; inner ones stay inside it."""
    taken: dict[int, Found] = {}
    kept = []
    for one in sorted(found, key=lambda f: (f.first - f.last, f.rule == "model", f.first)):
        holders = {id(held): held for i in range(one.first, one.last) if (held := taken.get(i)) is not None}
        if not holders:
            taken |= dict.fromkeys(range(one.first, one.last), one)
        elif not one.inner or any(held.first > one.first or held.last < one.last for held in holders.values()) or (
                any((held.first, held.last) == (one.first, one.last) for held in kept)):
            continue
        kept.append(one)
    return sorted(kept, key=lambda f: (f.first, -f.last))


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|d)", re.IGNORECASE)


def is_ordinal(text: str) -> bool:
    """True for "4th", "1st", and "3d" as armies write it."""
    return _ORDINAL.fullmatch(text) is not None
