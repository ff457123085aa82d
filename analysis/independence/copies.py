"""Which articles are copies of one story, and which passages one article takes over from another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from analysis.independence.stories import Likeness, likeness
from analysis.records import Article, Span

RUN = 4  # words
ALIKE = 0.5  # the share of runs of words that two articles have in common when one is taken for a copy
WHOLE = 0.8  # the share of an article's runs that stand in a longer one when it is taken for a cut of that
TAKEN = 30  # runs in common from which passages are taken over: over 30 words, more than a shared quotation
COVERED = 0.6  # the share of a sentence that stands in such a passage, edits aside
_NEAR = 0.2  # cosine from which on articles of one story are compared word by word
_FEW = 4  # earlier articles that one is compared with: the first of those, and the likest
_AT_ONCE = 400  # articles of one story, or of several, whose cosines are worked out at once
_HELD = 4096  # articles whose runs are in memory at once: more than a story has in its days
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


def copies(articles: Iterable[Article], known: Likeness | None = None) -> Copies:
    """Return which articles are copies, and the passages that others take over; ``known``: the articles' ``likeness``.

    Of each story an article is compared with a few earlier ones that are like it. Two are copies when at least half of
    their runs of four words are the same in both, small edits included, or when nearly all of one stands in the other
    (Broder, "On the resemblance and containment of documents", 1997). Who takes over a wire story and adds to it is no
    copy, but the passages are the wire's. The first published is the original, the first read of equals or where no
    date is known.

    **Misses:** a translation; a reworded passage; a copy that was printed when its story was over.
    """
    articles = list(articles)
    known = known or likeness(articles)
    order = sorted(range(len(articles)), key=lambda number: articles[number].published or "9999")
    articles = [articles[number] for number in order]
    place = {article.article_id: at for at, article in enumerate(articles)}
    runs = lru_cache(_HELD)(lambda at: frozenset(_runs(articles[at].text)))
    original, passages = list(range(len(order))), defaultdict(list)
    for later, earlier in enumerate(_likest(known, order)):
        article, shared = articles[later], {other: runs(later) & runs(other) for other in earlier}
        twin = place.get(article.duplicate_of, later)
        of = [twin] if twin < later else [other for other, common in shared.items() if _is_copy(
            len(runs(later)), len(runs(other)), len(common))]
        original[later] = min((original[other] for other in of), default=later)
        for other, common in shared.items() if original[later] == later else ():
            if len(common) >= min(TAKEN, max(WHOLE * len(runs(other)), TAKEN / 2)):  # fewer show that of a short one
                passages[article.article_id] += [(*span, articles[other].article_id)
                                                 for span in _passages(article.text, common)]
    return Copies({article.article_id: articles[original[at]].article_id for at, article in enumerate(articles)},
                  dict(passages))


def _is_copy(n_later: int, n_earlier: int, common: int) -> bool:
    """Return whether so many runs in common make an article a copy, or a cut, of an earlier one."""
    return common > 0 and common >= min(ALIKE * (n_later + n_earlier - common), max(WHOLE * n_later, TAKEN / 2))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Return every run of four words of a text, whatever their capitals."""
    words = [word.lower() for word in _WORD.findall(text)]
    return zip(*(words[first:] for first in range(RUN)), strict=False)


def _passages(text: str, common: Collection[tuple[str, ...]]) -> list[Span]:
    """Return the passages of a text that some runs make, those together that share a word."""
    words, found = list(_WORD.finditer(text)), []
    for first, run in enumerate(_runs(text)):
        if run in common:
            begins = found[-1][0] if found and first <= found[-1][1] else first
            found[len(found) - (begins < first):] = [(begins, first + RUN - 1)]
    return [(words[first].start(), words[last].end()) for first, last in found]


def _likest(known: Likeness, order: Sequence[int]) -> list[list[int]]:
    """Return for each article in ``order`` the places of the earlier ones of its story that are like it."""
    by_story = np.array(sorted(range(len(order)), key=lambda at: (known.story[order[at]], at)), dtype=np.int64)
    story, vectors = known.story[order][by_story], known.vectors[order][by_story]
    earlier: list[list[int]] = [[] for _ in order]
    for begin in range(0, len(order), _AT_ONCE):
        first, end = max(begin - _AT_ONCE, 0), begin + _AT_ONCE
        cosines = (vectors[begin:end] @ vectors[first:end].T).toarray()
        cosines[story[begin:end, None] != story[None, first:end]] = 0
        for row, at in enumerate(by_story[begin:end]):
            near = np.flatnonzero(cosines[row, :begin - first + row] >= _NEAR)
            likest = near[np.argsort(-cosines[row, near], kind="stable")[:_FEW]]
            earlier[at] = by_story[first + np.union1d(near[:_FEW], likest)].tolist()
    return earlier
