"""How often each source is right, and which figure is true, from agreement alone.

The model is ACCU with copying (Dong, Berti-Équille and Srivastava, "Integrating conflicting data: the role of source
dependence", PVLDB 2(1), 2009): a source states the truth with its own probability, else one of several false values;
what copies each other has one vote. Adapted in three ways:

- a number is an interval: "at least 5" supports 5 and 12 alike, and near figures support each other a little;
- false figures may lie above the truth more often than below it, or the other way about: the share above is learned
  from the figures themselves, as POPACCU learns the distribution of false values (Dong, Saha and Srivastava, "Less is
  more: selecting sources wisely for integration", PVLDB 6(2), 2012); it speaks where two sources differ;
- a source is judged only by what the *others* say: its own vote, and those of its root and its copiers, are left out;
- a reliability is a posterior distribution, shown by its mean and its central 90 %. Without anything to compare with
  it is null, from 0 to 1: it cannot be judged.

**Misses:** sources that copy only now and then; an error that all independent sources share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.sources.copying import copying_groups, meetings
from analysis.sources.votes import Votes, votes

PRIOR_MEAN, PRIOR_STRENGTH = 0.7, 3.0  # of a source's reliability, in statements; the mean moves with the sources
PRIOR_SOURCES = 5  # how many sources the prior mean weighs as much as
PRIOR_SIDE = 10  # false figures above the truth, and as many below it, that are assumed before any is seen
COVERAGE = 0.9
CLEARLY = 2  # times as likely: where two numbers are nearer than that, the lower is best
ROUNDS, STEPS = 3, 12  # of looking for copies, of estimation within
_GRID = (np.arange(60) + 0.5) / 60


@dataclass(frozen=True, slots=True)
class _Blocs:
    """Who shares a vote: a bloc is one group's word on one candidate, a camp all of a group's blocs on an item."""

    of_pair: np.ndarray
    candidate: np.ndarray  # of each bloc
    camp: np.ndarray  # of each bloc
    of_statement: np.ndarray  # the camp of each statement
    weight: np.ndarray  # of each pair in its bloc, among those that support it or those that do not


def estimate(claims: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the likeliest value of each item and the reliability of each source.

    ``claims``: one row per statement: ``item``, ``source``, and either ``value`` (a category) or ``low`` and ``high``
    (people; null where open); optionally ``root``: statements of one root have one vote. Returns ``items``, by item:
    ``best`` (a stated value; of numbers the lowest that no other is clearly likelier than), ``probability``, and for
    numbers ``low``, ``high`` (the candidates that hold 90 %); and ``sources``, by source: ``reliability`` (0 to 1),
    ``reliability_low``, ``reliability_high`` (90 %) and ``n``, the items on which an independent source speaks too.
    """
    said = claims[[c for c in ("value", "low", "high") if c in claims]].notna().any(axis=1)
    stated = claims[said & claims["item"].notna() & claims["source"].notna()].reset_index(drop=True)
    items, item_names = pd.factorize(stated["item"])
    sources, source_names = pd.factorize(stated["source"])
    if stated.empty:
        return (pd.DataFrame(columns=["best", "probability", *(() if "value" in claims else ("low", "high"))]),
                pd.DataFrame(columns=["reliability", "reliability_low", "reliability_high", "n"]))
    roots = pd.factorize(stated["root"].fillna(stated["source"]))[0] if "root" in stated else sources
    ballot, candidates = votes(stated, items, sources, roots)
    truth, posterior, compared = _settle(ballot, len(source_names))
    return (_items_table(candidates.assign(probability=truth), item_names, "value" not in stated),
            _sources_table(posterior, np.bincount(sources, compared * ballot.share), source_names))


def _settle(ballot: Votes, n_sources: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each candidate's probability, each source's posterior, and which statements could be compared."""
    accuracy = np.full(n_sources, PRIOR_MEAN)
    truth = np.ones(len(ballot.candidate_item))  # at first nothing is held against a value, for the copies may be many
    above, groups, met = 0.5, None, meetings(ballot)
    for _ in range(ROUNDS):
        before, groups = groups, copying_groups(ballot, met, accuracy, truth)
        if not np.array_equal(before, groups):
            blocs = _blocs(ballot, groups)
        for _ in range(STEPS):
            truth, expected = _truth(ballot, blocs, accuracy, above)
            posterior, compared = _judge(ballot, expected, accuracy)
            above = _share_above(ballot, truth)
            moved = np.abs(posterior @ _GRID - accuracy).max()
            accuracy = posterior @ _GRID
            if moved < 1e-3:
                break
        truth = _truth(ballot, blocs, accuracy, above)[0]
    return truth, posterior, compared


def _share_above(ballot: Votes, truth: np.ndarray) -> float:
    """Return the share of the false figures that lie above the true one."""
    weight = truth[ballot.pair_candidate] * ballot.share[ballot.pair_statement]
    above, below = (weight[ballot.pair_side == side].sum() for side in (1, -1))
    return (PRIOR_SIDE + above) / (2 * PRIOR_SIDE + above + below)


def _blocs(ballot: Votes, groups: np.ndarray) -> _Blocs:
    n_candidates, n_groups = len(ballot.candidate_item), groups.max() + 1
    of_statement = np.unique(ballot.item * n_groups + groups, return_inverse=True)[1]
    pair = of_statement[ballot.pair_statement] * n_candidates + ballot.pair_candidate
    keys, of_pair = np.unique(pair, return_inverse=True)
    alike = 2 * of_pair + (ballot.pair_side != 0)
    return _Blocs(of_pair, keys % n_candidates, keys // n_candidates, of_statement, 1 / np.bincount(alike)[alike])


def _truth(ballot: Votes, blocs: _Blocs, accuracy: np.ndarray, above: float) -> tuple[np.ndarray, np.ndarray]:
    """Return each candidate's probability, and how likely each statement is by the word of the other camps alone.

    The second is relative to chance: 1 where nobody else speaks, above 1 where others agree.
    """
    n_items, n_candidates = ballot.item.max() + 1, len(ballot.candidate_item)
    odds = (accuracy / (1 - accuracy))[ballot.source]
    tilt = np.log([1, 2 * above, 2 * (1 - above)])[ballot.pair_side]  # of -1 the last
    vote = blocs.weight * (np.log1p(odds[ballot.pair_statement] * ballot.pair_support) + tilt)
    score = ballot.log_prior + np.bincount(ballot.pair_candidate, vote, n_candidates)
    top = np.full(n_items, -np.inf)
    np.maximum.at(top, ballot.candidate_item, score)
    score -= top[ballot.candidate_item]
    mass = np.exp(score)
    total = np.bincount(ballot.candidate_item, mass, n_items)

    without = np.exp(score[blocs.candidate] - np.bincount(blocs.of_pair, vote))
    lost = np.bincount(blocs.camp, mass[blocs.candidate] - without, blocs.of_statement.max() + 1)
    rest = total[ballot.item] - lost[blocs.of_statement]
    expected = np.bincount(ballot.pair_statement, ballot.pair_support * without[blocs.of_pair], len(ballot.item))
    return mass / total[ballot.candidate_item], expected / np.maximum(rest, 1e-9)


def _judge(ballot: Votes, expected: np.ndarray, accuracy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each source's posterior over the grid, and which statements could be compared."""
    compared = np.abs(expected - 1) > 1e-6
    order = np.flatnonzero(compared)[np.argsort(ballot.source[compared], kind="stable")]
    source, starts = np.unique(ballot.source[order], return_index=True)
    share, surplus = ballot.share[order], expected[order] - 1
    likelihood = np.zeros((len(accuracy), len(_GRID)))
    for column, point in enumerate(_GRID):  # one by one: at once it would be sixty numbers a statement
        likelihood[source, column] = np.add.reduceat(share * np.log1p(point * surplus), starts)
    mean = (PRIOR_SOURCES * PRIOR_MEAN + accuracy[source].sum()) / (PRIOR_SOURCES + len(source))
    logs = likelihood + np.log(_prior(mean))
    posterior = np.exp(logs - logs.max(axis=1, keepdims=True))
    return posterior / posterior.sum(axis=1, keepdims=True), compared


def _prior(mean: float) -> np.ndarray:
    density = _GRID ** (mean * PRIOR_STRENGTH - 1) * (1 - _GRID) ** ((1 - mean) * PRIOR_STRENGTH - 1)
    return density / density.sum()


def _items_table(candidates: pd.DataFrame, names: pd.Index, numbers: bool) -> pd.DataFrame:
    likely = candidates.dropna(subset=["value"])
    likely = likely.sort_values(["item", "probability"], ascending=[True, False], kind="stable")
    best = _most_conservative(likely) if numbers else likely
    items = best.groupby("item")[["value", "probability"]].first().rename(columns={"value": "best"})
    if numbers:
        share = likely["probability"] / likely.groupby("item")["probability"].transform("sum")
        before = share.groupby(likely["item"]).cumsum() - share
        held = likely[before < COVERAGE].groupby("item")["value"]
        items = items.assign(low=held.min(), high=held.max()).astype(
            dict.fromkeys(("best", "low", "high"), "Int64"))
    return items.set_axis(names[items.index])


def _most_conservative(likely: pd.DataFrame) -> pd.DataFrame:
    """Return each item's numbers that none is clearly likelier than, lowest first.

    Where reports differ the field takes the most conservative (ACLED's codebook). A zero is no low count but a denial:
    it must be likelier than any number.
    """
    probability, harmed = likely["probability"], likely["value"] > 0
    top = probability.groupby(likely["item"]).transform("max")
    top_harmed = probability.where(harmed, 0.0).groupby(likely["item"]).transform("max")
    stands = (probability * CLEARLY >= top) & (harmed | (probability > top_harmed))
    return likely[stands].sort_values(["item", "value"], kind="stable")


def _sources_table(posterior: np.ndarray, compared: np.ndarray, names: pd.Index) -> pd.DataFrame:
    below = np.cumsum(posterior, axis=1)
    tail = (1 - COVERAGE) / 2
    low, high = (_GRID[(below < share).sum(axis=1).clip(max=len(_GRID) - 1)] for share in (tail, 1 - tail))
    n = np.rint(compared).astype(int)
    return pd.DataFrame({"reliability": np.where(n > 0, posterior @ _GRID, np.nan),
                         "reliability_low": np.where(n > 0, low, 0.0),
                         "reliability_high": np.where(n > 0, high, 1.0), "n": n}, index=names)
