"""Which articles are copies of one story, and which passages one article takes over from another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import compress

import numpy as np

from analysis.independence.runs import RUN, Runs, Words, runs, words
from analysis.records import Article, Span

ALIKE = 0.5  # the share of runs of words that two articles have in common when one is taken for a copy
WHOLE = 0.8  # the share of an article's runs that stand in a longer one when it is taken for a cut of that
TAKEN = 30  # runs in common from which passages are taken over: over 30 words, more than a shared quotation
COVERED = 0.6  # the share of a sentence that stands in such a passage, edits aside
_LIKELY = 0.5  # the part of what makes a copy from which on those runs too are compared that four others had before
_AT_ONCE = 500  # articles compared with all before them at once: enough for speed, few enough for memory


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
            if start < sentence[1] and end > sentence[0]:
                told[source] += min(end, sentence[1]) - max(start, sentence[0])
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
    included, or when nearly all of one stands in the other (Broder, "On the resemblance and containment of documents",
    1997). Who takes over a wire story and adds to it is no copy, but the passages are the wire's. The first published
    is the original, the first read of equals or where no date is known. A run is looked up in the first four articles
    that print it and no others, so that time grows with the words and not with the pairs of articles.

    **Misses:** a translation; a reworded passage; a copy most of whose runs four others had before its original.
    """
    articles = sorted(articles, key=lambda article: article.published or "9999")
    ids = [article.article_id for article in articles]
    order = {article_id: number for number, article_id in enumerate(ids)}
    cut = words([article.text for article in articles])
    every = runs(cut, len(articles))
    original = np.arange(len(articles))
    passages: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for begin in range(0, len(articles), _AT_ONCE):
        shared = _shared(every, begin, min(begin + _AT_ONCE, len(articles)))
        similar: dict[int, list[int]] = defaultdict(list)
        for later, earlier in shared.similar(every):
            similar[later].append(earlier)
        for number, article in enumerate(articles[begin:begin + _AT_ONCE], begin):
            twin = order.get(article.duplicate_of, number)
            earlier = [twin] if twin < number else similar[number]
            original[number] = min((original[other] for other in earlier), default=number)
        for later, start, end, earlier in shared.taken(original, cut):
            passages[ids[later]].append((start, end, ids[earlier]))
    return Copies({ids[number]: ids[first] for number, first in enumerate(original)}, passages)


@dataclass(frozen=True, slots=True)
class _Shared:
    """Articles with earlier ones that hold runs of theirs: how many, and how many different runs each has.

    ``first``, ``last``: the words where each stretch of such runs begins and ends; ``pair``: the pair that it is of.
    """

    later: np.ndarray
    earlier: np.ndarray
    common: np.ndarray
    n_later: np.ndarray
    n_earlier: np.ndarray
    pair: np.ndarray
    first: np.ndarray
    last: np.ndarray

    def similar(self, every: Runs) -> Iterator[tuple[int, int]]:
        """Yield the pairs (later, earlier) of which the later is a copy, or a cut, of the earlier."""
        likely = np.flatnonzero(self.common >= _LIKELY * _copied(self.n_later, self.n_earlier, self.common))
        later, earlier = self.later[likely].tolist(), self.earlier[likely].tolist()
        common = np.array([every.common(*pair) for pair in zip(later, earlier, strict=True)])
        similar = (common >= _copied(self.n_later[likely], self.n_earlier[likely], common)).tolist()
        return compress(zip(later, earlier, strict=True), similar)

    def taken(self, original: np.ndarray, cut: Words) -> Iterator[tuple[int, int, int, int]]:
        """Yield the passages of those that are no copies: later, start, end, earlier."""
        enough = np.minimum(TAKEN, np.maximum(WHOLE * self.n_earlier, TAKEN / 2))  # fewer show that of a short earlier
        chosen = ((self.common >= enough) & (original[self.later] == self.later))[self.pair]
        pair, first, last = self.pair[chosen], self.first[chosen], self.last[chosen]
        begins = np.append(True, (pair[1:] != pair[:-1]) | (first[1:] > last[:-1]))[:len(pair)]
        start, end = cut.start[first[begins]], cut.end[last[np.roll(begins, -1)]]
        columns = self.later[pair[begins]], start, end, self.earlier[pair[begins]]
        return zip(*(column.tolist() for column in columns), strict=True)


def _copied(n_later: np.ndarray, n_earlier: np.ndarray, common: np.ndarray) -> np.ndarray:
    """Return how many runs in common make an article a copy, or a cut, of an earlier one."""
    return np.minimum(ALIKE * (n_later + n_earlier - common), np.maximum(WHOLE * n_later, TAKEN / 2))


def _shared(every: Runs, begin: int, end: int) -> _Shared:
    """Return what the articles from ``begin`` to ``end`` share with those before them."""
    rows = slice(every.bounds[begin], every.bounds[end])
    found = []
    for holders in every.holders:
        holder = holders[every.number[rows]]
        held = holder < every.text[rows]
        pair = every.text[rows][held] * np.int64(end) + holder[held]
        word = every.word[rows][held]
        begins = np.flatnonzero((np.diff(pair, prepend=-1) != 0) | (np.diff(word, prepend=-1) != 1))
        ends = np.append(begins[1:], len(word))[:len(begins)] - 1
        common = np.add.reduceat(every.new[rows][held], begins, dtype=np.int64)
        found.append((pair[begins], common, word[begins], word[ends] + RUN - 1))
    pair, common, first, last = map(np.concatenate, zip(*found, strict=True))
    order = np.lexsort((first, pair))
    pair, of = np.unique(pair[order], return_inverse=True)
    later, earlier = np.divmod(pair, end)
    return _Shared(later, earlier, np.bincount(of, common[order], len(pair)), every.sizes[later], every.sizes[earlier],
                   of, first[order], last[order])
