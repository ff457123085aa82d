"""Which sources say the same too often to be independent.

The test of Dong, Berti-Équille and Srivastava (2009): sharing a true value means little, sharing a false one means
much, differing speaks against copying. Sources that a chain of likely copying joins are one group.

**Misses:** sources that copy only some of what they print, or that share fewer than eight items. Sources that always
agree, and that nobody else checks, are taken for copies: they look the same.
"""

from __future__ import annotations

import numpy as np

from analysis.sources.votes import Votes

COPY_RATE = 0.8  # the share of its values that a copier copies; Dong et al. use the same
PRIOR = 0.02  # that two sources of a pair are dependent
FEWEST = 8  # shared items below which nothing can be said
MOST_SOURCES = 30  # per item that are compared with each other
FALSE_VALUES = 10


def copying_groups(votes: Votes, accuracy: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the group number of each statement: its root, joined with the roots that copy it.

    ``accuracy``: of each source, 0 to 1. ``truth``: the probability of each candidate.
    """
    accuracy = _by_root(votes, accuracy)
    first, second, same, true = _pairs(votes, truth)
    if not len(first):
        return votes.root
    n = int(votes.root.max()) + 1
    pair, at = np.unique(first * n + second, return_inverse=True)
    a, b = accuracy[pair // n][at], accuracy[pair % n][at]
    either = (a + b) / 2
    same_true = np.log(COPY_RATE * either / (a * b) + 1 - COPY_RATE)
    same_false = np.log(COPY_RATE * (1 - either) * FALSE_VALUES / ((1 - a) * (1 - b)) + 1 - COPY_RATE)
    evidence = np.where(same, true * same_true + (1 - true) * same_false, np.log(1 - COPY_RATE))
    total = np.bincount(at, evidence) + np.log(PRIOR / (1 - PRIOR))
    copied = pair[(total > 0) & (np.bincount(at) >= FEWEST)]
    return _joined(n, copied // n, copied % n)[votes.root]


def _by_root(votes: Votes, accuracy: np.ndarray) -> np.ndarray:
    count = np.bincount(votes.root)
    return np.bincount(votes.root, accuracy[votes.source]) / np.maximum(count, 1)


def _pairs(votes: Votes, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return, for each item and pair of roots on it: the roots, whether they say the same, how surely that is true."""
    best = np.zeros(len(votes.item))
    np.maximum.at(best, votes.pair_statement, votes.pair_support)
    chosen = np.full(len(votes.item), -1)
    main = votes.pair_support >= best[votes.pair_statement] - 1e-9
    chosen[votes.pair_statement[main]] = votes.pair_candidate[main]
    rows = np.unique(np.stack([votes.item, votes.root, chosen]), axis=1)
    item, root, value = rows[:, rows[2] >= 0]
    starts = np.searchsorted(item, item)
    rank = np.arange(len(item)) - starts
    kept = rank < MOST_SOURCES
    item, root, value = item[kept], root[kept], value[kept]
    found = []
    for step in range(1, MOST_SOURCES):
        i = np.flatnonzero(item[:-step] == item[step:]) if step < len(item) else np.array([], int)
        i = i[root[i] != root[i + step]]
        if not len(i):
            continue
        low, high = np.minimum(root[i], root[i + step]), np.maximum(root[i], root[i + step])
        found.append((low, high, value[i] == value[i + step], truth[value[i]]))
    if not found:
        return (np.array([], int),) * 4
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def _joined(n: int, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the smallest member of the group of each of ``n`` things that pairs join."""
    group = np.arange(n)
    while True:
        low = np.minimum(group[first], group[second])
        last = group.copy()
        np.minimum.at(group, first, low)
        np.minimum.at(group, second, low)
        group = group[group]
        if (group == last).all():
            return group
