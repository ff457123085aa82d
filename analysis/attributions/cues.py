"""Which words say that somebody says something: ``lexicon/reporting_cues.csv`` by word form.

A cue's ``frames`` are the complements with which it reports: ``that`` a clause, ``to`` an infinitive, ``ing``,
``object``, ``quote`` quotation marks beside it, ``tell`` an object that is told, or a preposition by its own name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from analysis import lexicon

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Cue:
    """One word that reports. ``depth`` 1: only where no other attribution encloses it (wishes and attitudes)."""

    word: str
    pos: str
    frames: frozenset[str]
    stance: str = "neutral"
    certainty: str = "asserted"
    inner: bool = True

    def hedged(self) -> Cue:
        """Return the cue where nobody stands behind it: "reports say"."""
        return replace(self, certainty="hedged") if self.certainty == "asserted" else self


@cache
def cues() -> dict[tuple[str, str], Cue]:
    """Return {(word form, "verb" or "noun" …): cue}."""
    table: dict[tuple[str, str], Cue] = {}
    for row in lexicon.rows("reporting_cues"):
        cue = Cue(row["cue"], row["pos"], frozenset((row["frames"] or "").split()), row["stance"] or "neutral",
                  row["certainty"] or "asserted", row["inner"] != "no")
        for form in (row["forms"] or "").split() + _forms(cue.word, cue.pos):
            table.setdefault((form, cue.pos), cue)
    return table


def cue_of(token: Token) -> Cue | None:
    """Return the lexicon's cue for a token, by its form and part of speech."""
    pos = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}.get(token.pos_)
    return cues().get((token.lower_, pos)) if pos else None


@cache
def words(use: str) -> frozenset[str]:
    """Return the words of one use in ``lexicon/source_words.csv``: document, rumour, view or getting."""
    return frozenset(form for row in lexicon.rows("source_words") if row["use"] == use
                     for form in (row["word"], row["plural"]) if form)


def _forms(word: str, pos: str) -> list[str]:
    """Return the regular forms of a word; irregular ones stand in the lexicon.

        >>> _forms("deny", "verb")
        ['deny', 'denies', 'denied', 'denying']
    """
    if pos not in ("verb", "noun"):
        return [word]
    y = re.fullmatch(rf"(.*[^{_VOWELS}])y", word)
    plural = f"{y[1]}ies" if y else f"{word}es" if re.search(r"(?:s|x|z|ch|sh)$", word) else f"{word}s"
    if pos == "noun":
        return [word, plural]
    stem = word[:-1] if word.endswith("e") else word
    past = f"{y[1]}ied" if y else f"{stem}ed"
    forms = [word, plural, past, f"{word if word.endswith(('ee', 'ye')) else stem}ing"]
    if re.fullmatch(rf".*[^{_VOWELS}][{_VOWELS}][bdglmnprt]", word):
        forms += [f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"]
    return forms
