"""Which sources say the same too often to be independent.

The test of Dong, Berti-Équille and Srivastava (2009): sharing a true value means little, sharing a false one means
much, differing speaks against copying. Sources that a chain of likely copying joins are one group.

**Misses:** sources that copy only some of what they print, or that share fewer than eight items. Sources that always
agree, and that nobody else checks, are taken for copies: they look the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.sources.votes import Votes

COPY_RATE = 0.8  # the share of its values that a copier copies; Dong et al. use the same
PRIOR = 0.02  # that two sources of a pair are dependent
FEWEST = 8  # shared items below which nothing can be said
MOST_SOURCES = 30  # per item that are compared with each other
FALSE_VALUES = 10


@dataclass(frozen=True, slots=True)
class Meetings:
    """The pairs of roots that speak of the same items, and each time that they do.

    ``of_pair``: the pair that meets, ``candidate``: what the first of it says, ``same``: whether the second does too.
    """

    first: np.ndarray
    second: np.ndarray
    of_pair: np.ndarray
    candidate: np.ndarray
    same: np.ndarray


def copying_groups(votes: Votes, met: Meetings, accuracy: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the group number of each statement: its root, joined with the roots that copy it.

    ``met``: the ``meetings`` of the votes. ``accuracy``: of each source, 0 to 1. ``truth``: the probability of each
    candidate.
    """
    accuracy = _by_root(votes, accuracy)
    a, b = accuracy[met.first], accuracy[met.second]
    either = (a + b) / 2
    same_true = np.log(COPY_RATE * either / (a * b) + 1 - COPY_RATE)
    same_false = np.log(COPY_RATE * (1 - either) * FALSE_VALUES / ((1 - a) * (1 - b)) + 1 - COPY_RATE)
    at, true = met.of_pair, truth[met.candidate]
    evidence = np.where(met.same, true * same_true[at] + (1 - true) * same_false[at], np.log(1 - COPY_RATE))
    total = np.bincount(at, evidence) + np.log(PRIOR / (1 - PRIOR))
    copied = (total > 0) & (np.bincount(at) >= FEWEST)
    return _joined(len(accuracy), met.first[copied], met.second[copied])[votes.root]


def _by_root(votes: Votes, accuracy: np.ndarray) -> np.ndarray:
    count = np.bincount(votes.root)
    return np.bincount(votes.root, accuracy[votes.source]) / np.maximum(count, 1)


def meetings(votes: Votes) -> Meetings:
    """Return who meets whom on which items; a statement counts as the candidate that it supports most."""
    best = np.zeros(len(votes.item))
    np.maximum.at(best, votes.pair_statement, votes.pair_support)
    chosen = np.full(len(votes.item), -1)
    main = votes.pair_support >= best[votes.pair_statement] - 1e-9
    chosen[votes.pair_statement[main]] = votes.pair_candidate[main]
    n, n_candidates = int(votes.root.max()) + 1, len(votes.candidate_item)
    root, value = np.divmod(np.unique((votes.root * n_candidates + chosen)[chosen >= 0]), n_candidates)
    order = np.argsort(votes.candidate_item[value], kind="stable")
    root, value = root[order], value[order]
    item = votes.candidate_item[value]
    starts = np.searchsorted(item, item)
    rank = np.arange(len(item)) - starts
    kept = rank < MOST_SOURCES
    item, root, value = item[kept], root[kept], value[kept]
    one = [np.flatnonzero(item[:-step] == item[step:]) for step in range(1, MOST_SOURCES)]
    other = np.concatenate([rows + step for step, rows in enumerate(one, 1)])
    one = np.concatenate(one)
    apart = root[one] != root[other]
    one, other = one[apart], other[apart]
    pairs, of_pair = np.unique(root[one] * n + root[other], return_inverse=True)
    return Meetings(pairs // n, pairs % n, of_pair, value[one], value[one] == value[other])


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
