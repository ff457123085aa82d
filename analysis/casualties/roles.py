"""Which part a claim plays in its article: toll, part of one, the same people again, another event, over time.

Two linear models share their features (``features``). One says whether a claim is of the news, of another event or
over a time; the other whether its people are told for the first time, are part of a toll, or were told before. Their
weights are a table, ``lexicon/role_weights.csv``, learned by ``tools/learn_roles.py`` from the rows in
``tests/roles/roles.csv``.

**Misses:** what only a reader's knowledge tells apart; roles are right for three claims in four of unseen articles.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp

from analysis import lexicon
from analysis.records import ROLES

TOLL, PART, AGAIN, OTHER, OVER_TIME = ROLES
NEWS = (TOLL, PART, AGAIN)
BIAS = "always"  # the row that holds the intercepts
_REASONS = 3
_IN_DOUBT = 1.3  # a claim is of the news unless something else is so much likelier


@dataclass(frozen=True, slots=True)
class Role:
    """A role with its probability and the features that speak most for it, in words.

    ``told``: "first", "part" or "again", which a claim of another event or over a time has as well.
    """

    name: str
    probability: float
    reasons: tuple[str, ...]
    told: str


@cache
def weights() -> dict[str, dict[str, float]]:
    """Return {feature: {"other", "over time", "part", "again": weight}}; of the news and told first have 0."""
    return {str(row["feature"]): {name: float(row[name] or 0) for name in (OTHER, OVER_TIME, PART, AGAIN)}
            for row in lexicon.rows("role_weights")}


@cache
def _words() -> dict[str, str]:
    return {str(row["feature"]): str(row["words"]) for row in lexicon.rows("role_weights")}


def role(features: Collection[str], table: Mapping[str, Mapping[str, float]] | None = None) -> Role:
    """Return the likeliest role of a claim with these features; ``table``: other weights than the package's."""
    table = weights() if table is None else table
    rows = [BIAS, *(feature for feature in features if feature in table)]
    scope = _shares(table, rows, ("news", OTHER, OVER_TIME))
    told = _shares(table, rows, ("first", PART, AGAIN))
    which = max(scope, key=lambda name: scope[name] * (_IN_DOUBT if name == "news" else 1))
    how = "first" if told["first"] >= 0.5 else max((PART, AGAIN), key=told.__getitem__)
    name = which if which != "news" else TOLL if how == "first" else how
    probability = scope[which] * (told[how] if which == "news" else 1)
    return Role(name, probability, _reasons(table, rows[1:], which, how), how)


def _shares(table: Mapping[str, Mapping[str, float]], rows: Collection[str], classes: Collection[str],
            ) -> dict[str, float]:
    scores = {name: exp(sum(table[row].get(name, 0) for row in rows)) for name in classes}
    total = sum(scores.values())
    return {name: score / total for name, score in scores.items()}


def _reasons(table: Mapping[str, Mapping[str, float]], rows: Collection[str], which: str, how: str) -> tuple[str, ...]:
    """Return the words of the features that speak most for a role, against the mean of its two rivals."""
    def speaks(row: str) -> float:
        weight = table[row]
        scope = {"news": 0, OTHER: weight[OTHER], OVER_TIME: weight[OVER_TIME]}
        told = {"first": 0, PART: weight[PART], AGAIN: weight[AGAIN]}
        chosen = [(scope, which)] if which != "news" else [(scope, which), (told, how)]
        return sum(values[name] - (sum(values.values()) - values[name]) / 2 for values, name in chosen)

    best = sorted(rows, key=lambda row: -speaks(row))[:_REASONS]
    return tuple(_words().get(row, row) for row in best if speaks(row) > 0)
