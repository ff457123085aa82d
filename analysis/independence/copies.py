"""Which articles are copies of one story, and which passages one article takes over from another."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from datasketch import MinHash, MinHashLSH

from analysis.records import Article, Span

ALIKE = 0.5  # the share of runs of words that two articles have in common when one is taken for a copy
WHOLE = 0.8  # the share of an article's runs that stand in a longer one when it is taken for a cut of that
TAKEN = 30  # runs in common from which passages are taken over: over 30 words, more than a shared quotation
COVERED = 0.6  # the share of a sentence that stands in such a passage, edits aside
_RUN = 4  # words
_BANDS = (40, 3)  # bands and rows of the hash table: finds 99.5 % of the pairs at the limit
_SAMPLE = 8  # one run in so many is looked up: of 30 shared runs one at least with a chance of 98 %
_EARLIEST = 4  # articles in which a run is looked up; later ones have it from these
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Copies:
    """``original``: {article: the one it is a copy of, or itself}; ``passages``: {article: [(start, end, source)]}."""

    original: dict[str, str] = field(default_factory=dict)
    passages: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)

    def source(self, article_id: str, sentence: Span, words: Span) -> str:
        """Return the article that some words in a sentence come from: the words themselves and most of the sentence."""
        told: Counter[str] = Counter()
        holding = set()
        for start, end, source in self.passages.get(article_id, ()):
            told[source] += max(0, min(end, sentence[1]) - max(start, sentence[0]))
            if start <= words[0] and words[1] <= end:
                holding.add(source)
        found = [source for source, covered in told.most_common()
                 if source in holding and covered >= COVERED * (sentence[1] - sentence[0])]
        return self.original[found[0] if found else article_id]


def originals(articles: Iterable[Article]) -> dict[str, str]:
    """Return {article_id: the article it is a copy of, or itself}; a copy's own voice is no second root."""
    return copies(articles).original


def copies(articles: Iterable[Article]) -> Copies:
    """Return which articles are copies, and the passages that others take over.

    Two articles are one story when at least half of their runs of four words are the same in both, small edits
    included, or when nearly all of one stands in the other. Who takes over a wire story and adds to it is no copy, but
    the passages are the wire's. The first published is the original, the first read of equals or where no date is
    known. Copies are found by MinHash and locality-sensitive hashing, passages by a sample of the runs (both Broder,
    "On the resemblance and containment of documents", 1997), which spares comparing all pairs.

    **Misses:** a translation; a reworded passage; one pair in 200 at the limit of a half, one in 50 at that of 30 runs.
    """
    found, index = Copies(), MinHashLSH(params=_BANDS, num_perm=_BANDS[0] * _BANDS[1])
    runs: dict[str, np.ndarray] = {}
    holders: dict[int, list[str]] = defaultdict(list)
    order: dict[str, int] = {}
    for article in sorted(articles, key=lambda article: article.published or "9999"):
        name, own = article.article_id, np.unique(_runs(_WORD.findall(article.text.lower())))
        sketch = MinHash(num_perm=_BANDS[0] * _BANDS[1], hashfunc=int)
        sketch.update_batch(own.tolist())
        shared = _shared(own, runs, holders)
        similar = {other for other in index.query(sketch) if _alike(own, runs[other])} if len(own) else set()
        similar |= {other for other, number in shared.items() if number >= max(WHOLE * len(own), TAKEN / 2)}
        earlier = {article.duplicate_of} & order.keys() or similar
        found.original[name] = min((found.original[other] for other in earlier), key=order.get, default=name)
        if found.original[name] == name:
            found.passages[name] = [passage for other, number in shared.items() if number >= _enough(runs[other])
                                    for passage in _passages(article.text, runs[other], other)]
        order[name], runs[name] = len(order), own
        if len(own):
            index.insert(name, sketch)
        for run in own[own % _SAMPLE == 0].tolist():
            holders[run] += [name] * (len(holders[run]) < _EARLIEST)
    return found


def _enough(source: np.ndarray) -> float:
    """Return how many runs in common show that a source was used: fewer where nearly all of a short one is taken."""
    return min(TAKEN, max(WHOLE * len(source), TAKEN / 2))


def _runs(words: list[str]) -> np.ndarray:
    """Return a number for each run of four words."""
    return np.fromiter((zlib.crc32(" ".join(words[i:i + _RUN]).encode()) for i in range(len(words) - _RUN + 1)),
                       dtype=np.uint32)


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common >= ALIKE * (len(one) + len(other) - common)


def _shared(own: np.ndarray, runs: dict[str, np.ndarray], holders: dict[int, list[str]]) -> dict[str, int]:
    """Return {earlier article: runs in common} for those that share a run of the sample."""
    others = {other for run in own[own % _SAMPLE == 0].tolist() for other in holders.get(run, ())}
    return {other: len(np.intersect1d(own, runs[other], assume_unique=True)) for other in sorted(others)}


def _passages(text: str, source: np.ndarray, name: str) -> list[tuple[int, int, str]]:
    """Return the stretches of a text whose runs all stand in a source."""
    spans = [match.span() for match in _WORD.finditer(text.lower())]
    taken = np.isin(_runs([text.lower()[a:b] for a, b in spans]), source)
    found: list[tuple[int, int, str]] = []
    for i in np.flatnonzero(taken).tolist():
        start, end = spans[i][0], spans[i + _RUN - 1][1]
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end, name)
        else:
            found.append((start, end, name))
    return found
