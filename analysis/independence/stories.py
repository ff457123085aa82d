"""Which articles tell one story: alike in their words and near in their days.

Words weigh by how rare they are (TF-IDF), counted over the articles and over ``lexicon/common_words.csv``, so that a
folder of three articles knows, too, that "killed" and "police" are in every report. Articles are joined by average
likeness (scikit-learn), some hundreds at a time in the order of their days; what later ones are like is the mean of a
story. No step compares all pairs of a large folder.

**Misses:** two attacks of one kind in one town in one week are one story: ``incidents`` tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from scipy import sparse

from analysis import lexicon
from analysis.records import Article

ALIKE = 0.15  # mean cosine of two groups of articles that tell one story
DAYS = 8  # between two articles of one story
_AT_ONCE = 400  # articles joined at once
_HEADLINE = 3  # times that the words of a headline count: it says what the article is about
_UNDATED = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike articles are: a row of unit length for each, whose product is their cosine, and its story's number."""

    vectors: sparse.csr_matrix
    story: np.ndarray


def likeness(articles: Sequence[Article]) -> Likeness:
    """Return how alike articles are."""
    vectors = _vectors([f"{article.title or ''}\n" * _HEADLINE + article.text for article in articles])
    days = np.array([date.fromisoformat(a.published).toordinal() if a.published else _UNDATED for a in articles],
                    dtype=np.int64)
    return Likeness(vectors, _joined(vectors, days))


def stories(articles: Iterable[Article], known: Likeness | None = None) -> dict[str, int]:
    """Return {article_id: the number of its story}, in order of first appearance."""
    articles = list(articles)
    names: dict[int, int] = {}
    return {article.article_id: names.setdefault(int(story), len(names))
            for article, story in zip(articles, (known or likeness(articles)).story, strict=True)}


def _vectors(texts: Sequence[str]) -> sparse.csr_matrix:
    """Return one row of unit length for each text: the counts of its words, weighed by how rare they are."""
    from sklearn.feature_extraction.text import CountVectorizer  # late: takes half a second, and caches need it not
    from sklearn.preprocessing import normalize

    common, n_common = _common_words()
    counter = CountVectorizer(stop_words="english")
    try:
        counts = counter.fit_transform(texts)
    except ValueError:  # no text has a word
        return sparse.csr_matrix((len(texts), 1))
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    held = held + np.array([common.get(word, 0) for word in counter.get_feature_names_out()])
    weights = np.log((1 + len(texts) + n_common) / (1 + held)) + 1
    return normalize(counts @ sparse.diags(weights)).tocsr()


@cache
def _common_words() -> tuple[dict[str, int], int]:
    """Return in how many passages words stand, and of how many; the row without a word says of how many."""
    rows = {str(row["word"]): int(row["passages"] or 0) for row in lexicon.rows("common_words")}
    return rows, rows.pop("*")


def _joined(vectors: sparse.csr_matrix, days: np.ndarray) -> np.ndarray:
    """Return the number of the story of each article."""
    order = np.argsort(days, kind="stable")
    story = np.empty(len(days), dtype=np.int64)
    sums, sizes, last = sparse.csr_matrix((0, vectors.shape[1])), np.zeros(0), np.zeros(0, dtype=np.int64)
    for start in range(0, len(order), _AT_ONCE):
        some = order[start:start + _AT_ONCE]
        group = _grouped(vectors[some], days[some])
        n = group.max() + 1
        member = sparse.csr_matrix((np.ones(len(some)), (group, np.arange(len(some)))), shape=(n, len(some)))
        new, counts = member @ vectors[some], np.bincount(group)
        first = np.full(n, _UNDATED)
        np.minimum.at(first, group, days[some])
        latest = np.zeros(n, dtype=np.int64)
        np.maximum.at(latest, group, days[some])
        of = _matched(new, counts, first, sums, sizes, last)
        fresh = of < 0
        of[fresh] = len(sizes) + np.arange(fresh.sum())
        sums, sizes, last = _grown(sums, sizes, last, new, counts, latest, of)
        story[some] = of[group]
    return story


def _grouped(vectors: sparse.csr_matrix, days: np.ndarray) -> np.ndarray:
    """Return the group of each of some hundred articles, joined by average likeness."""
    from sklearn.cluster import AgglomerativeClustering

    if len(days) < 2:
        return np.zeros(len(days), dtype=np.int64)
    apart = 1 - (vectors @ vectors.T).toarray()
    far = np.abs(days[:, None] - days[None, :])
    apart[(far > DAYS) & (far < _UNDATED // 2)] = 1
    np.fill_diagonal(apart, 0)
    model = AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average",
                                    distance_threshold=1 - ALIKE)
    return model.fit_predict(np.clip(apart, 0, 1))


def _matched(new: sparse.csr_matrix, counts: np.ndarray, first: np.ndarray, sums: sparse.csr_matrix,
             sizes: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return the story that each new group goes on with: the likest of those not yet over, -1 for none."""
    undated = first == _UNDATED
    open_ = np.flatnonzero(last >= np.where(undated, 0, first).min() - DAYS)
    if not len(open_):
        return np.full(len(counts), -1)
    alike = (sparse.diags(1 / counts) @ new @ sums[open_].T @ sparse.diags(1 / sizes[open_])).toarray()
    alike[(last[open_][None, :] < first[:, None] - DAYS) & ~undated[:, None]] = 0
    best = alike.argmax(axis=1)
    return np.where(alike[np.arange(len(best)), best] >= ALIKE, open_[best], -1)


def _grown(sums: sparse.csr_matrix, sizes: np.ndarray, last: np.ndarray, new: sparse.csr_matrix, counts: np.ndarray,
           latest: np.ndarray, of: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
    """Return the stories with the new groups in them."""
    n = max(int(of.max()) + 1, len(sizes))
    into = sparse.csr_matrix((np.ones(len(of)), (of, np.arange(len(of)))), shape=(n, len(of)))
    old = sparse.vstack([sums, sparse.csr_matrix((n - len(sizes), sums.shape[1]))]).tocsr()
    sizes, last = np.append(sizes, np.zeros(n - len(sizes))), np.append(last, np.zeros(n - len(last), dtype=np.int64))
    np.add.at(sizes, of, counts)
    np.maximum.at(last, of, latest)
    return (old + into @ new).tocsr(), sizes, last
