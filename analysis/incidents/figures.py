"""What one statement comes to as a figure, how rival figures combine, and how different victims add up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis import independence
from analysis.incidents.policies import Policy
from analysis.quantities import may_be_equal
from analysis.records import Article, Casualty

WORDS_ONLY = ("vague", "plural", "shared")


@dataclass(frozen=True, slots=True)
class Figure:
    """What one statement, or several that stand together, comes to. ``rank``: the root's grade, the last day first."""

    low: int | None
    high: int | None
    best: int | None
    why: str
    rank: tuple[str, int]
    claims: tuple[Casualty, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether both bounds are known."""
        return self.low is not None and self.high is not None

    @property
    def words_only(self) -> bool:
        """Whether it rests on words without a number: "several", "soldiers"."""
        return all(claim.bound in WORDS_ONLY for claim in self.claims)

    @property
    def roots(self) -> set[str | None]:
        """Whose figure it is."""
        return {claim.root for claim in self.claims}

    @property
    def order(self) -> tuple:
        """What puts the best figure first: that there is one, its rank, the lower number.

        "None were hurt" comes after every number of the same grade: a denial is no best figure beside a count.
        """
        grade, *day = self.rank
        return self.best is None, grade, self.best == 0, *day, self.low or 0

    def agrees(self, other: Figure) -> bool:
        """True when some number of people fits both."""
        return may_be_equal((self.low, self.high), (other.low, other.high))


NO_FIGURE = Figure(None, None, None, "no claim in scope", ("F", 0))


def figure_of(claim: Casualty, vague: Mapping[str, int], article: Article, grades: Mapping[str, str]) -> Figure:
    """Return the figure of one claim where the words in ``vague`` stand for so many people."""
    low, high = claim.low, claim.high
    if claim.bound in WORDS_ONLY and claim.wording:
        word = next((w for w in vague if re.search(rf"\b{w}\b", claim.wording, re.IGNORECASE)), None)
        low, high = (vague[word],) * 2 if word else (low, high)
    best = None if low is None or (high is None and claim.bound in WORDS_ONLY) else low
    letter = grades.get(claim.root or "", "F")
    day = int((article.published or "0").replace("-", "") or 0)
    said = f"{root_words(claim)}, grade {letter}" + (f", {article.published}" if article.published else "")
    return Figure(low, high, best, f"the figure of {said}" if best is not None else f"{said}, gives no number",
                  (letter, -day), (claim,))


def root_words(claim: Casualty) -> str:
    """Return the root of a claim as a reader would say it."""
    return independence.root_words(claim.root, claim.article_id)


def rivals(figures: Sequence[Figure], policy: Policy) -> tuple[Figure, list[Casualty]]:
    """Combine figures for the same victims; open ones that agree with a closed one never open the range.

    Such a figure is only support, unless another root gives it a number: "at least 20" beside a rival's 61 stays the
    low.
    """
    agreeing, supporting = _open(figures) if len(figures) > 1 else ([], [])
    kept = [figure for figure in figures if figure not in supporting] if supporting else figures
    if len(kept) == 1 and policy.rivals == "range":
        return kept[0], [c for f in supporting for c in f.claims]
    first = min(kept, key=lambda figure: figure.order)
    lows = [f.low for f in kept if f.low is not None or f not in agreeing]
    highs = [f.high for f in kept if f.high is not None or f not in agreeing]
    low = None if None in lows else min(lows)
    high = None if None in highs else max(highs)
    best, why = first.best, first.why
    if policy.rivals == "lowest":
        best = high = low
        why = "the most conservative figure"
    elif policy.rivals == "extremes":
        best, why = None, "this policy names no best figure"
    claims = tuple(claim for figure in kept for claim in figure.claims)
    return Figure(low, high, best, why, first.rank, claims), [c for f in supporting for c in f.claims]


def _open(figures: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Return the open figures that agree with a closed one, and those that are only support."""
    if all(figure.closed for figure in figures):
        return [], []
    closed = [figure for figure in figures if figure.closed]
    numeric = [figure for figure in figures if not figure.words_only]
    agreeing = [f for f in figures if not f.closed and any(f.agrees(c) for c in closed)]
    supporting = [f for f in agreeing if any(f.roots & c.roots for c in closed if f.agrees(c))]
    supporting += [f for f in figures if f.words_only and not f.closed and any(f.agrees(n) for n in numeric)]
    return agreeing, supporting


def overlapping(parts: Sequence[Figure]) -> Figure:
    """Return what figures come to whose victims may be the same: at least the largest, at most all of them."""
    if len(parts) == 1:
        return parts[0]
    low = max((p.low for p in parts if p.low is not None), default=None)
    highs = [p.high for p in parts]
    bests = [p for p in parts if p.best is not None and p.best >= (low or 0)]  # two are no best figure beside dozens
    best = max(bests, key=lambda p: p.best or 0) if bests else next((p for p in parts if p.low == low), parts[0])
    why = best.why + "; the article does not tell whether its other figures are of the same people"
    return Figure(low, None if None in highs else sum(highs), best.best, why, best.rank,
                  tuple(c for p in parts for c in p.claims))


def added(parts: Sequence[Figure]) -> Figure:
    """Add up different victims of one article; what is open or unknown in one part is so in the sum."""
    if len(parts) == 1:
        return parts[0]
    low, high, best = (None if None in values else sum(values)
                       for values in ([p.low for p in parts], [p.high for p in parts], [p.best for p in parts]))
    why = f"the sum over {len(parts)} groups of victims: " + "; ".join(dict.fromkeys(p.why for p in parts))
    return Figure(low, high, best, why, max(p.rank for p in parts), tuple(c for p in parts for c in p.claims))


def at_least(parts: Sequence[Figure], high: int | None) -> Figure:
    """Add up the told parts of a total of which up to ``high`` may count: a minimum is no best figure."""
    figure = added(parts)
    high = None if high is None else max(high, figure.low or 0)
    return replace(figure, high=high, best=None, why=f"{figure.why}; others of the total may be in scope too")
