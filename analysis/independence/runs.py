"""The words of many texts at once, and their runs of four: which are equal, and which texts have each run first."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

RUN = 4  # words: two pairs of two
_EARLIEST = 4  # texts that a run may be taken from; later ones have it from these
_LETTER = re.compile(r"\w")  # or digit, of any script
_AT_ONCE = 500  # texts cut into words at once: enough for speed, few enough for memory


@dataclass(frozen=True, slots=True)
class Words:
    """Words in reading order: the number of the text, one number for equal words, and the characters in the text."""

    text: np.ndarray
    number: np.ndarray
    start: np.ndarray
    end: np.ndarray


def words(texts: Sequence[str]) -> Words:
    """Return every word of the texts, as the pattern ``\\w+`` cuts it; small and capital letters are equal."""
    parts = [_cut(texts[first:first + _AT_ONCE]) for first in range(0, max(len(texts), 1), _AT_ONCE)]
    spelt, n_words, start, end = zip(*parts, strict=True)
    every = pa.concat_arrays(spelt)
    small = [spelling.decode("utf-32-le").lower() for spelling in every.dictionary.to_pylist()]
    number = pd.factorize(np.array(small, dtype=object))[0].astype(np.int32)
    text = np.repeat(np.arange(len(texts), dtype=np.int32), np.concatenate(n_words))
    return Words(text, number[every.indices.to_numpy()], np.concatenate(start), np.concatenate(end))


def _cut(texts: Sequence[str]) -> tuple[pa.DictionaryArray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the words as they are spelt, in UTF-32, how many each text has, and where each begins and ends."""
    characters = np.frombuffer("".join(text + "\n" for text in texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    is_letter = np.zeros(sys.maxunicode + 1, bool)
    is_letter[characters] = True  # at first all that occur, so that few are looked up
    is_letter[is_letter] = [bool(_LETTER.match(chr(character))) for character in np.flatnonzero(is_letter)]
    inside = is_letter[characters]
    start, end = np.flatnonzero(np.diff(inside, prepend=False)).reshape(-1, 2).T
    bounds = np.insert(np.cumsum(end - start), 0, 0) * characters.itemsize
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(characters[inside])]
    spelt = pa.Array.from_buffers(pa.large_binary(), len(start), buffers).dictionary_encode()
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    n_words = np.diff(np.searchsorted(start, begins))
    before = np.repeat(begins[:-1], n_words)
    return spelt, n_words, (start - before).astype(np.int32), (end - before).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs in reading order: the text, the first word, one number for equal runs, and whether they are new in the text.

    Some runs that stand only once in all are left out; ``sizes``, how many different ones each text has, counts them.
    ``bounds``: where the runs of each text begin; ``holders``: the first texts that have each number, in four rows.
    """

    text: np.ndarray
    word: np.ndarray
    number: np.ndarray
    new: np.ndarray
    sizes: np.ndarray
    bounds: list[int]
    holders: np.ndarray

    def common(self, one: int, other: int) -> int:
        """Return how many different runs two texts have in common."""
        ours, theirs = (set(self.number[self.bounds[text]:self.bounds[text + 1]].tolist()) for text in (one, other))
        return len(ours & theirs)


def runs(cut: Words, n_texts: int) -> Runs:
    """Return the runs of ``n_texts`` texts that are cut into words; equal numbers always stand for equal words."""
    two = _paired(cut.number[:-1], cut.number[1:])
    again = (np.bincount(two) > 1)[two]  # where a pair of words stands once, so does its run
    whole = cut.text[:1 - RUN] == cut.text[RUN - 1:]
    word = np.flatnonzero(whole & again[:-2] & again[2:]).astype(np.int32)
    text, number = cut.text[word], _paired(two[word], two[word + 2])
    key = text * np.int64(len(two)) + number
    order = np.argsort(key, kind="stable")
    new = np.ones(len(order), bool)
    new[order[1:]] = np.diff(key[order]) != 0
    sizes = np.bincount(cut.text[:1 - RUN][whole], minlength=n_texts) - np.bincount(text[~new], minlength=n_texts)
    bounds = np.searchsorted(text, np.arange(n_texts + 1)).tolist()
    return Runs(text, word, number, new, sizes, bounds, _holders(text, number, n_texts))


def _paired(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return one number for equal pairs of numbers, counted from 0."""
    return pd.factorize(left.astype(np.int64) << 32 | right)[0].astype(np.int32)


def _holders(text: np.ndarray, number: np.ndarray, nobody: int) -> np.ndarray:
    holders = np.full((_EARLIEST, number.max(initial=-1) + 1), nobody, np.int32)
    for row in holders:
        row[number[::-1]] = text[::-1]  # what is written last stays: the first text of those left
        left = row[number] < text
        text, number = text[left], number[left]
    return holders
