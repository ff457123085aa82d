"""spaCy's attribute ruler, remembered: parts of speech from tags, an eighth of a pipeline's time, at a fraction of it.

Nearly all of its patterns look at one word alone, so what they give one word they give its equals; the few words that
a longer pattern matches go through the ruler itself, and so does all where a pattern looks at anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token

NAME = "remembered_ruler"
_SEEN = (TAG, LOWER, DEP, IS_SPACE)
_GIVEN = (POS, MORPH, LEMMA, TAG, DEP)
_LOOKED_AT = frozenset(("TAG", "LOWER", "DEP", "IS_SPACE"))


@Language.factory(NAME)
def remembered_ruler(nlp: Language, name: str) -> RememberedRuler:
    """Return the component that stands for the pipeline's ``attribute_ruler``."""
    return RememberedRuler(nlp.get_pipe("attribute_ruler"))


class RememberedRuler:
    """Gives every word what the ruler gave its first equal."""

    def __init__(self, ruler: AttributeRuler):
        patterns = [pattern for rule in ruler.patterns for pattern in rule["patterns"]]
        self.ruler = ruler
        self.known: dict[tuple[int, ...], list[int]] = {}
        self.longer = Matcher(ruler.vocab)
        if long := [pattern for pattern in patterns if len(pattern) > 1]:
            self.longer.add("longer", long)
        self.quick = all(set(word) <= _LOOKED_AT for pattern in patterns for word in pattern)

    def __call__(self, doc: Doc) -> Doc:
        """Fill in what the ruler would."""
        if not self.quick or not len(doc):
            return self.ruler(doc)
        words = list(map(tuple, doc.to_array(_SEEN).tolist()))
        if new := {word: doc[at] for at, word in enumerate(words) if word not in self.known}:
            self._remember(new)
        given = [self.known[word] for word in words]
        for start, end in self._runs(doc):
            given[start:end] = self._ask(doc[start:end])
        doc.from_array([POS, MORPH, LEMMA], np.array([row[:3] for row in given], dtype="uint64"))
        for at, ((tag, _, dep, _), row) in enumerate(zip(words, given, strict=True)):
            if (tag, dep) != (row[3], row[4]):
                doc[at].tag, doc[at].dep = row[3], row[4]
        return doc

    def _remember(self, new: Mapping[tuple[int, ...], Token]) -> None:
        """Ask the ruler about words that it was not asked about before, together where no longer pattern joins them."""
        told = list(new.values())
        given = self._ask(told)
        for start, end in self._runs(_apart(told)):
            given[start:end] = (self._ask([token])[0] for token in told[start:end])
        self.known |= zip(new, given, strict=True)

    def _runs(self, doc: Doc) -> list[tuple[int, int]]:
        """Return the stretches of words that patterns of several words match, those that overlap as one."""
        runs: list[tuple[int, int]] = []
        for start, end in sorted((start, end) for _, start, end in self.longer(doc, allow_missing=True)):
            if runs and start < runs[-1][1]:
                start, end = runs[-1][0], max(end, runs.pop()[1])
            runs.append((start, end))
        return runs

    def _ask(self, words: Sequence[Token]) -> list[list[int]]:
        """Return what the ruler gives some words that stand in a row, with nothing around them."""
        return self.ruler(_apart(words)).to_array(_GIVEN).tolist()


def _apart(words: Sequence[Token]) -> Doc:
    return Doc(words[0].vocab, [token.text for token in words], tags=[token.tag_ for token in words],
               heads=list(range(len(words))), deps=[token.dep_ for token in words])
