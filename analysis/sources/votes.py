"""Statements about items, as arrays: which candidate value each statement supports, and how strongly.

An item's candidates are the values that are stated for it, and "none of these". A statement's support for a candidate
says how much likelier the statement is when the candidate is true, if its source is reliable: an exact figure supports
one candidate much, "at least 5" supports all from 5 up a little; over all candidates it is 1 on average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

ALTERNATIVES = 10  # how many values an item could have, at least; the fewer, the less an agreement means
CLOSE = 0.05  # figures about 5 % apart still support each other
_TOLD_APART = CLOSE * np.sqrt(np.pi)  # the width of one figure's support, as a share of the figure
MOST_CANDIDATES = 50  # per item, the most often stated


@dataclass(frozen=True, slots=True)
class Votes:
    """Row numbers of items, sources and roots for each statement; each pair is a statement and a candidate it supports.

    ``pair_side``: 1 where the statement lies above the candidate, -1 below, 0 where it supports it (a category that
    differs makes no pair). ``share``: of its source's statements on the item. ``log_prior``: of each candidate, its
    item's last being "none of these".
    """

    item: np.ndarray
    source: np.ndarray
    root: np.ndarray
    share: np.ndarray
    candidate_item: np.ndarray
    log_prior: np.ndarray
    pair_statement: np.ndarray
    pair_candidate: np.ndarray
    pair_support: np.ndarray
    pair_side: np.ndarray


def votes(claims: pd.DataFrame, items: np.ndarray, sources: np.ndarray,
          roots: np.ndarray) -> tuple[Votes, pd.DataFrame]:
    """Return the votes of claims (see ``estimate``) and the candidates: ``item``, ``value`` (null: none of these)."""
    candidates, pairs = _category_pairs(claims, items) if "value" in claims else _number_pairs(claims, items)
    of_item = candidates["item"].to_numpy()
    none_of_these = candidates["value"].isna().to_numpy()
    listed = np.bincount(of_item) - 1
    alternatives = np.maximum(_alternatives(candidates), listed + 1)
    size = np.where(none_of_these, (alternatives - listed)[of_item], 1)
    statement, candidate, close, side = (pairs[c].to_numpy() for c in ("statement", "candidate", "close", "side"))
    expected = np.bincount(statement, close * size[candidate], len(items)) / alternatives[items]
    _, same = np.unique(items * (sources.max() + 1) + sources, return_inverse=True)
    return Votes(items, sources, roots, 1 / np.bincount(same)[same], of_item, np.log(size), statement, candidate,
                 np.divide(close, expected[statement], out=np.zeros(len(close)), where=close > 0), side), candidates


def _category_pairs(claims: pd.DataFrame, items: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    statements = pd.DataFrame({"item": items, "value": claims["value"], "statement": np.arange(len(items))})
    candidates = _candidates(statements)
    pairs = statements.merge(candidates, on=["item", "value"])
    return candidates, pairs.assign(close=1.0, side=0)[["statement", "candidate", "close", "side"]]


def _number_pairs(claims: pd.DataFrame, items: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    low, high = (claims[c].astype("Float64").to_numpy(dtype=float, na_value=np.nan) for c in ("low", "high"))
    ends = pd.concat([pd.DataFrame({"item": items, "value": end}) for end in (low, high)]).dropna()
    candidates = _candidates(ends)
    statements = pd.DataFrame({"item": items, "statement": np.arange(len(items)), "low": np.nan_to_num(low, nan=0.0),
                               "high": np.nan_to_num(high, nan=np.inf)})
    pairs = statements.merge(candidates, on="item")
    value = pairs["value"].to_numpy()
    outside = np.log1p(np.maximum(pairs["low"], value)) - np.log1p(np.minimum(pairs["high"], value))
    none_of_these = np.where(np.isinf(pairs["high"]), 0.5, 0.0)
    pairs["close"] = np.where(np.isnan(value), none_of_these, np.exp(-(outside / CLOSE) ** 2))
    far = pairs["close"] <= 0.01
    pairs.loc[far, "close"] = 0.0
    pairs["side"] = np.where(far, (pairs["low"] > value).astype(int) - (pairs["high"] < value), 0)
    return candidates, pairs.loc[~far | (pairs["side"] != 0), ["statement", "candidate", "close", "side"]]


def _candidates(values: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct values of each item, lowest first, then a null for "none of these"."""
    counts = values.groupby(["item", "value"], sort=True).size().reset_index(name="n")
    rank = counts.groupby("item")["n"].rank(method="first", ascending=False)
    kept = counts[rank <= MOST_CANDIDATES]
    others = kept[["item"]].drop_duplicates()
    rows = pd.concat([kept[["item", "value"]], others]).sort_values("item", kind="stable", ignore_index=True)
    return rows.assign(candidate=np.arange(len(rows)))


def _alternatives(candidates: pd.DataFrame) -> np.ndarray:
    """Return how many values each item could have: for numbers, those up to the highest that can be told apart."""
    if not pd.api.types.is_numeric_dtype(candidates["value"]):
        return np.full(candidates["item"].nunique(), ALTERNATIVES)
    highest = candidates.groupby("item")["value"].max().to_numpy(dtype=float)
    told_apart = (1 + np.log(np.maximum(highest * _TOLD_APART, 1))) / _TOLD_APART
    return np.maximum(ALTERNATIVES, np.minimum(highest, told_apart))
