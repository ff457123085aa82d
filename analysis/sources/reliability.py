"""How often each source is right, and which figure is true, from agreement alone.

The model is ACCU with copying (Dong, Berti-Équille and Srivastava, "Integrating conflicting data: the role of source
dependence", PVLDB 2(1), 2009): a source states the truth with its own probability, else one of several false values;
what copies each other has one vote. Adapted in three ways:

- a number is an interval: "at least 5" supports 5 and 12 alike, and near figures support each other a little;
- a source is judged only by what the *others* say: its own vote, and those of its root and its copiers, are left out;
- a reliability is a posterior distribution, shown by its mean and its central 90 %. Without anything to compare with
  it is null, from 0 to 1: it cannot be judged.

**Misses:** sources that copy only now and then; an error that all independent sources share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.sources.copying import copying_groups

ALTERNATIVES = 10  # how many values an item could have, at least; the fewer, the less an agreement means
CLOSE = 0.05  # figures about 5 % apart still support each other
PRIOR_MEAN, PRIOR_STRENGTH = 0.7, 3.0  # of a source's reliability, in statements; the mean moves with the sources
COVERAGE = 0.9
MOST_CANDIDATES = 50  # per item, the most often stated
ROUNDS, STEPS = 3, 12  # of looking for copies, of estimation within
_GRID = (np.arange(60) + 0.5) / 60


@dataclass(frozen=True, slots=True)
class Votes:
    """Statements as arrays of row numbers. A pair is a statement with a candidate value that it supports."""

    item: np.ndarray  # of each statement
    source: np.ndarray
    root: np.ndarray
    share: np.ndarray  # of its source's statements on the item
    candidate_item: np.ndarray
    log_prior: np.ndarray  # of each candidate; the last candidate of an item is "none of these"
    pair_statement: np.ndarray
    pair_candidate: np.ndarray
    pair_support: np.ndarray  # how much more likely the statement is if the candidate is true; 1 on average


def estimate(claims: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the likeliest value of each item and the reliability of each source.

    ``claims``: one row per statement: ``item``, ``source``, and either ``value`` (a category) or ``low`` and ``high``
    (people; null where open); optionally ``root``: statements of one root have one vote. Returns ``items``, by item:
    ``best`` (a stated value; the lower of ties), ``probability``, and for numbers ``low``, ``high`` (the candidates
    that hold 90 %); and ``sources``, by source: ``reliability`` (0 to 1), ``reliability_low``, ``reliability_high``
    (90 %) and ``n``, the items on which an independent source speaks too.
    """
    stated = claims.dropna(subset=["item", "source"])
    said = stated[[c for c in ("value", "low", "high") if c in stated]].notna().any(axis=1)
    stated = stated[said].reset_index(drop=True)
    items, item_names = pd.factorize(stated["item"])
    voices, voice_names = pd.factorize(stated["source"])
    if stated.empty:
        return _items_table(None, None, item_names, "value" not in claims), _sources_table(None, None, voice_names)
    candidates, pairs = _category_pairs(stated, items) if "value" in stated else _number_pairs(stated, items)
    roots = pd.factorize(stated["root"].fillna(stated["source"]))[0] if "root" in stated else voices
    votes = _votes(items, voices, roots, candidates, pairs)
    posterior = np.tile(_prior(PRIOR_MEAN), (len(voice_names), 1))
    groups = roots
    for _ in range(ROUNDS):
        groups = copying_groups(votes, posterior @ _GRID, _truth(votes, groups, posterior @ _GRID)[0])
        for _ in range(STEPS):
            last = posterior
            posterior, compared = _judge(votes, groups, posterior @ _GRID)
            if np.abs((posterior - last) @ _GRID).max() < 1e-3:
                break
    truth = _truth(votes, groups, posterior @ _GRID)[0]
    return (_items_table(candidates.assign(probability=truth), votes, item_names, "value" not in stated),
            _sources_table(posterior, _compared_items(votes, compared, len(voice_names)), voice_names))


def _category_pairs(stated: pd.DataFrame, items: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    statements = pd.DataFrame({"item": items, "value": stated["value"], "statement": np.arange(len(items))})
    candidates = _common(statements)
    pairs = statements.merge(candidates, on=["item", "value"])
    return candidates, pairs.assign(close=1.0)[["statement", "candidate", "close"]]


def _number_pairs(stated: pd.DataFrame, items: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    low, high = (stated[c].astype("Float64").to_numpy(dtype=float, na_value=np.nan) for c in ("low", "high"))
    ends = pd.concat([pd.DataFrame({"item": items, "value": end}) for end in (low, high)]).dropna()
    statements = pd.DataFrame({"item": items, "statement": np.arange(len(items)), "low": np.nan_to_num(low, nan=0.0),
                               "high": np.nan_to_num(high, nan=np.inf)})
    candidates = _common(ends.sort_values(["item", "value"]))
    pairs = statements.merge(candidates, on="item")
    value = pairs["value"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        outside = np.log1p(np.maximum(pairs["low"], value)) - np.log1p(np.minimum(pairs["high"], value))
    none_of_these = np.where(np.isinf(pairs["high"]), 0.5, 0.0)
    pairs["close"] = np.where(np.isnan(value), none_of_these, np.exp(-(outside / CLOSE) ** 2))
    return candidates, pairs.loc[pairs["close"] > 0.01, ["statement", "candidate", "close"]]


def _common(values: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct values of each item, lowest first, then a null for "none of these"."""
    counts = values.groupby(["item", "value"], sort=True).size().reset_index(name="n")
    rank = counts.groupby("item")["n"].rank(method="first", ascending=False)
    counts = counts[rank <= MOST_CANDIDATES]
    others = counts[["item"]].drop_duplicates()
    candidates = pd.concat([counts[["item", "value"]], others]).sort_values("item", kind="stable", ignore_index=True)
    return candidates.assign(candidate=np.arange(len(candidates)))


def _votes(items: np.ndarray, voices: np.ndarray, roots: np.ndarray, candidates: pd.DataFrame,
           pairs: pd.DataFrame) -> Votes:
    of_item = candidates["item"].to_numpy()
    none_of_these = candidates["value"].isna().to_numpy()
    listed = np.bincount(of_item) - 1
    alternatives = np.maximum(ALTERNATIVES, listed + 1)
    size = np.where(none_of_these, (alternatives - listed)[of_item], 1)
    statement, candidate, close = (pairs[c].to_numpy() for c in ("statement", "candidate", "close"))
    expected = np.bincount(statement, close * size[candidate], len(items)) / alternatives[items]
    _, same, count = np.unique(np.stack([items, voices]), axis=1, return_inverse=True, return_counts=True)
    return Votes(items, voices, roots, 1 / count[same.ravel()], of_item, np.log(size), statement, candidate,
                 close / expected[statement])


def _truth(votes: Votes, groups: np.ndarray, accuracy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each candidate's probability, and how likely each statement is by the word of the other groups alone.

    The second is relative to chance: 1 where nobody else speaks, above 1 where others agree.
    """
    n_items, n_candidates = votes.item.max() + 1, len(votes.candidate_item)
    odds = (accuracy / (1 - accuracy))[votes.source]
    weight = _vote_share(votes, groups)
    vote = weight * np.log1p(odds[votes.pair_statement] * votes.pair_support)
    score = votes.log_prior + np.bincount(votes.pair_candidate, vote, n_candidates)
    top = np.full(n_items, -np.inf)
    np.maximum.at(top, votes.candidate_item, score)
    score -= top[votes.candidate_item]
    mass = np.exp(score)
    total = np.bincount(votes.candidate_item, mass, n_items)

    _, group = np.unique(np.stack([votes.item, groups]), axis=1, return_inverse=True)
    group = group.ravel()
    keys, at = np.unique(group[votes.pair_statement] * n_candidates + votes.pair_candidate, return_inverse=True)
    without = np.exp(score[keys % n_candidates] - np.bincount(at, vote))
    lost = np.bincount(keys // n_candidates, mass[keys % n_candidates] - without, group.max() + 1)
    rest = total[votes.item] - lost[group]
    expected = np.bincount(votes.pair_statement, votes.pair_support * without[at], len(votes.item))
    return mass / total[votes.candidate_item], expected / np.maximum(rest, 1e-9)


def _vote_share(votes: Votes, groups: np.ndarray) -> np.ndarray:
    """Return the weight of each pair: the statements of one group for one value share one vote."""
    key = groups[votes.pair_statement] * len(votes.candidate_item) + votes.pair_candidate
    _, same = np.unique(key, return_inverse=True)
    return 1 / np.bincount(same)[same]


def _judge(votes: Votes, groups: np.ndarray, accuracy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each source's posterior over the grid, and which statements could be compared."""
    _, expected = _truth(votes, groups, accuracy)
    compared = np.abs(expected - 1) > 1e-6
    n_sources = len(accuracy)
    order = np.argsort(votes.source[compared], kind="stable")
    source, share, ratio = (a[compared][order] for a in (votes.source, votes.share, expected))
    likelihood = np.zeros((n_sources, len(_GRID)))
    if len(source):
        starts = np.flatnonzero(np.r_[True, source[1:] != source[:-1]])
        terms = share[:, None] * np.log(1 + _GRID[None, :] * (ratio[:, None] - 1))
        likelihood[source[starts]] = np.add.reduceat(terms, starts, axis=0)
    judged = np.bincount(source, minlength=n_sources) > 0
    mean = (5 * PRIOR_MEAN + accuracy[judged].sum()) / (5 + judged.sum())
    logs = likelihood + np.log(_prior(mean))
    posterior = np.exp(logs - logs.max(axis=1, keepdims=True))
    return posterior / posterior.sum(axis=1, keepdims=True), compared


def _prior(mean: float) -> np.ndarray:
    density = _GRID ** (mean * PRIOR_STRENGTH - 1) * (1 - _GRID) ** ((1 - mean) * PRIOR_STRENGTH - 1)
    return density / density.sum()


def _compared_items(votes: Votes, compared: np.ndarray, n_sources: int) -> np.ndarray:
    return np.rint(np.bincount(votes.source[compared], votes.share[compared], n_sources)).astype(int)


def _items_table(candidates: pd.DataFrame | None, votes: Votes | None, names: pd.Index, numbers: bool) -> pd.DataFrame:
    columns = ["best", "probability", *(("low", "high") if numbers else ())]
    if candidates is None:
        return pd.DataFrame(columns=columns, index=names)
    likely = candidates.dropna(subset=["value"]).sort_values(["item", "probability"], ascending=[True, False],
                                                             kind="stable")
    items = likely.groupby("item").first()[["value", "probability"]].rename(columns={"value": "best"})
    if numbers:
        total = likely.groupby("item")["probability"].transform("sum")
        share = likely["probability"] / total
        before = share.groupby(likely["item"]).cumsum() - share
        held = likely[before < COVERAGE].groupby("item")["value"]
        items = items.assign(low=held.min(), high=held.max())
        items = items.astype({"best": "Int64", "low": "Int64", "high": "Int64"})
    return items.reindex(range(len(names))).set_axis(names)[columns]


def _sources_table(posterior: np.ndarray | None, n: np.ndarray | None, names: pd.Index) -> pd.DataFrame:
    columns = ["reliability", "reliability_low", "reliability_high", "n"]
    if posterior is None:
        return pd.DataFrame(columns=columns, index=names)
    below = np.cumsum(posterior, axis=1)
    tail = (1 - COVERAGE) / 2
    low, high = (_GRID[(below < share).sum(axis=1).clip(max=len(_GRID) - 1)] for share in (tail, 1 - tail))
    judged = n > 0
    return pd.DataFrame({"reliability": np.where(judged, posterior @ _GRID, np.nan),
                         "reliability_low": np.where(judged, low, 0.0),
                         "reliability_high": np.where(judged, high, 1.0), "n": n}, index=names)
