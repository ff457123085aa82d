"""Which articles are copies of one story, and which passages one article takes over from another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

import numpy as np

from analysis.records import Article, Span

ALIKE = 0.5  # the share of runs of words that two articles have in common when one is taken for a copy
WHOLE = 0.8  # the share of an article's runs that stand in a longer one when it is taken for a cut of that
TAKEN = 30  # runs in common from which passages are taken over: over 30 words, more than a shared quotation
COVERED = 0.6  # the share of a sentence that stands in such a passage, edits aside
_RUN = 4  # words
_LIKELY = 0.5  # the part of that from which on all runs are compared, those too that four others had before
_EARLIEST = 4  # articles that a run may be taken from; later ones have it from these
_WORD = re.compile(r"\w+")
_PRIME = np.uint64(0x9E3779B97F4A7C15)  # any large odd number spreads the numbers of words


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
    runs = _runs([article.text for article in articles])
    pairs = _pairs(runs)
    order = {article.article_id: number for number, article in enumerate(articles)}
    similar: dict[int, list[int]] = defaultdict(list)
    for later, earlier in pairs.similar(articles):
        similar[later].append(earlier)
    original: list[int] = []
    for number, article in enumerate(articles):
        twin = order.get(article.duplicate_of, number)
        earlier = [twin] if twin < number else similar[number]
        original.append(min((original[other] for other in earlier), default=number))
    taken = [pair for pair in pairs.used() if original[pair[0]] == pair[0]]
    return Copies({article.article_id: articles[first].article_id
                   for article, first in zip(articles, original, strict=True)}, _passages(articles, runs, taken))


@dataclass(frozen=True, slots=True)
class _Runs:
    """The runs that an earlier article prints too, one row each: the article, the first word, who prints it first.

    ``holders``: four columns of article numbers, -1 where fewer printed it; ``again``: whether the same article has it
    before; ``sizes``: how many different runs each article has in all.
    """

    article: np.ndarray
    word: np.ndarray
    holders: np.ndarray
    again: np.ndarray
    sizes: np.ndarray


def _runs(texts: Sequence[str]) -> _Runs:
    article, word, code = _coded(texts)
    order = np.argsort(code, kind="stable")  # equal runs stand together, by article and then by word
    by_code, by_article = code[order], article[order]
    begins = np.diff(by_code, prepend=~by_code[:1]) != 0
    first = begins | (np.diff(by_article, prepend=-1) != 0)  # the first time that an article prints it
    group = np.cumsum(begins) - 1
    rank = np.arange(first.sum()) - np.flatnonzero(begins[first])[group[first]]
    holders = np.full((len(begins[begins]), _EARLIEST), -1)
    early = rank < _EARLIEST
    holders[group[first][early], rank[early]] = by_article[first][early]
    shared = holders[group, 0] < by_article
    rows, of_row = order[shared], holders[group[shared]]
    return _Runs(article[rows], word[rows], np.where(of_row < article[rows, None], of_row, -1), ~first[shared],
                 np.bincount(by_article[first], minlength=len(texts)))


def _coded(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the article, the first word and a number, equal for equal ones, of every run of every text."""
    number_of: dict[str, int] = defaultdict(count().__next__)
    words = [[number_of[word] for word in map(str.lower, _WORD.findall(text))] for text in texts]
    lengths = np.array([len(of_text) for of_text in words], dtype=np.int64)
    article = np.repeat(np.arange(len(texts)), lengths)
    word = np.arange(len(article)) - (np.cumsum(lengths) - lengths)[article]
    numbers = np.fromiter(chain(*words, [0] * _RUN), np.uint64)  # a run begins at every word
    code = np.lib.stride_tricks.sliding_window_view(numbers, _RUN) @ _PRIME ** np.arange(_RUN, dtype=np.uint64)
    whole = word + _RUN <= lengths[article]
    return article[whole], word[whole], code[:len(whole)][whole]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Articles with earlier ones that hold runs of theirs: how many, and how many different runs each has."""

    later: np.ndarray
    earlier: np.ndarray
    common: np.ndarray
    n_later: np.ndarray
    n_earlier: np.ndarray

    def similar(self, articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
        """Yield the pairs (later, earlier) of which the later is a copy, or a cut, of the earlier."""
        likely = self.common >= _LIKELY * np.minimum(ALIKE * (self.n_later + self.n_earlier - self.common),
                                                     np.maximum(WHOLE * self.n_later, TAKEN / 2))
        return (pair for pair in self._where(likely) if _is_copy(*(articles[number].text for number in pair)))

    def used(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of which the later takes passages over; fewer runs show that of a short earlier one."""
        return self._where(self.common >= np.minimum(TAKEN, np.maximum(WHOLE * self.n_earlier, TAKEN / 2)))

    def _where(self, chosen: np.ndarray) -> Iterator[tuple[int, int]]:
        return zip(self.later[chosen].tolist(), self.earlier[chosen].tolist(), strict=True)


def _is_copy(later: str, earlier: str) -> bool:
    ours, theirs = (set(zip(*(words[i:] for i in range(_RUN)), strict=False))
                    for words in (_WORD.findall(text.lower()) for text in (later, earlier)))
    common = len(ours & theirs)
    return common >= ALIKE * len(ours | theirs) > 0 or common >= max(WHOLE * len(ours), TAKEN / 2)


def _pairs(runs: _Runs) -> _Pairs:
    once = ~runs.again
    pair = runs.article[once, None] * len(runs.sizes) + runs.holders[once]
    pair, common = np.unique(pair[runs.holders[once] >= 0], return_counts=True)
    later, earlier = np.divmod(pair, max(len(runs.sizes), 1))
    return _Pairs(later, earlier, common, runs.sizes[later], runs.sizes[earlier])


def _passages(articles: Sequence[Article], runs: _Runs, taken: Sequence[tuple[int, int]]
              ) -> dict[str, list[tuple[int, int, str]]]:
    """Return the stretches of each text whose runs an earlier article holds, for the pairs (later, earlier)."""
    pair = runs.article[:, None] * len(articles) + runs.holders
    row, column = np.nonzero(np.isin(pair, [later * len(articles) + earlier for later, earlier in taken])
                             & (runs.holders >= 0))
    order = np.lexsort((runs.word[row], pair[row, column]))
    pair, word = pair[row, column][order], runs.word[row][order]
    begins = np.flatnonzero((np.diff(pair, prepend=-1) != 0) | (np.diff(word, prepend=0) >= _RUN))
    ends = np.append(begins[1:], len(word))[:len(begins)] - 1
    later, earlier = np.divmod(pair[begins], max(len(articles), 1))
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    of_whom, spans = -1, []
    for number, source, first, last in zip(later.tolist(), earlier.tolist(), word[begins].tolist(),
                                           (word[ends] + _RUN - 1).tolist(), strict=True):
        if number != of_whom:
            of_whom, spans = number, [match.span() for match in _WORD.finditer(articles[number].text)]
        found[articles[number].article_id].append((spans[first][0], spans[last][1], articles[source].article_id))
    return found
