"""What one statement comes to as a figure, how rival figures combine, and how different victims add up."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis import independence
from analysis.incidents.policies import Policy
from analysis.quantities import may_be_equal
from analysis.records import Article, Casualty

WORDS_ONLY = ("vague", "plural", "shared")
GRADES = "ABCFDE"  # who cannot be judged comes before who is known to be unreliable
_NEAR = 2 / 3  # of a number is a minimum that may mean it
WITHOUT_TOTAL, OTHERS_TOO = "at least: parts without a stated total", "at least: others of the total may count, too"
LESS_PRECISE, HIGHER = "compatible but less precise", "higher than the most conservative figure"


@dataclass(frozen=True, slots=True)
class Figure:
    """What one statement, or several that stand together, comes to. ``rank``: the root's grade, the
    last day first; ``groups``: how many sets of victims are added up."""

    low: int | None
    high: int | None
    best: int | None
    why: str
    rank: tuple[str, int]
    claims: tuple[Casualty, ...] = ()
    groups: int = 1

    @property
    def closed(self) -> bool:
        """Whether both bounds are known."""
        return self.low is not None and self.high is not None

    @property
    def words_only(self) -> bool:
        """Whether it rests on words without a number: "several", "soldiers"."""
        return all(claim.bound in WORDS_ONLY for claim in self.claims)

    def order(self, backing: Mapping[int | None, int]) -> tuple:
        """What puts the best figure first: its root's grade, the last day, how many roots give it, the lower number.

        ``backing``: {best figure: roots}. "None were hurt" comes after every number of the same grade: a denial is no
        best figure beside a count.
        """
        grade, *day = self.rank
        return (self.best is None, GRADES.index(grade), self.best == 0, *day, -backing.get(self.best, 0),
                self.low or 0, self.why)

    @property
    def is_unreliable(self) -> bool:
        """Whether it comes from a root that is known to be unreliable."""
        return self.rank[0] in "DE"

    def agrees(self, other: Figure) -> bool:
        """True for an open figure beside a closed one that may be the same, and is not less reliable."""
        return not self.closed and other.closed and self._may_be(other)

    def is_vaguer(self, other: Figure) -> bool:
        """True where another figure says the same more precisely.

        Words beside a number are vaguer, a lesser minimum of the same root, and "at least 20" beside 23, not beside 61.
        """
        if self.closed or not self._may_be(other):
            return False
        if self.words_only != other.words_only:
            return self.words_only
        same = {claim.account for claim in self.claims} & {claim.account for claim in other.claims}
        near = other.closed and (self.low or other.low or 0) >= _NEAR * (other.low or 0)
        return bool(same or self.words_only or near) and (other.closed or (self.low or 0) < (other.low or 0))

    def _may_be(self, other: Figure) -> bool:
        return may_be_equal((self.low, self.high), (other.low, other.high)) and not (
            other.is_unreliable and not self.is_unreliable and not self.words_only)


NO_FIGURE = Figure(None, None, None, "no claim in scope", ("F", 0))


def figure_of(claim: Casualty, vague: Mapping[str, int], article: Article, grades: Mapping[str, str]) -> Figure:
    """Return the figure of one claim where the words in ``vague`` stand for so many people."""
    low, high = claim.low, claim.high
    if claim.bound in WORDS_ONLY and claim.wording:
        word = next((w for w in vague if re.search(rf"\b{w}\b", claim.wording, re.IGNORECASE)), None)
        low, high = (vague[word],) * 2 if word else (low, high)
    best = None if low is None or (low != high and claim.bound in WORDS_ONLY) else low
    letter = grades.get(claim.root or "", "F")
    day = int((article.published or "0").replace("-", "") or 0)
    said = f"{root_words(claim)}, grade {letter}" + (f", {article.published}" if article.published else "")
    return Figure(low, high, best, f"the figure of {said}" if best is not None else f"{said}, gives no number",
                  (letter, -day), (claim,))


def root_words(claim: Casualty) -> str:
    """Return the root of a claim as a reader would say it."""
    return independence.root_words(claim.root, claim.article_id)


def rivals(figures: Sequence[Figure], policy: Policy) -> tuple[Figure, dict[tuple[str, int], str]]:
    """Combine figures for the same victims; return what they come to and {claim: why it does not count}.

    An open figure that agrees with a closed one ("at least 20" beside 23, "several" beside any number) never opens the
    range. Far from it and of another root it stays the low. What only an unreliable root says makes no
    number of another less precise.
    """
    if len(figures) == 1 and policy.rivals == "range":
        return figures[0], {}
    support = [f for f in figures if not f.closed and any(f.is_vaguer(other) for other in figures)]
    spare = _said_of(support, LESS_PRECISE)
    kept = [f for f in figures if f not in support]
    roots: dict[int | None, set[str | None]] = defaultdict(set)
    for figure in kept:
        roots[figure.best] |= {claim.account for claim in figure.claims}
    backing = {best: len(voices) for best, voices in roots.items()}
    first = min(kept, key=lambda figure: figure.order(backing))
    lows = [f.low for f in kept]
    highs = [f.high for f in kept if not any(f.agrees(other) for other in kept)]
    low, high = None if None in lows else min(lows), None if None in highs else max(highs)
    best, why = first.best, first.why
    if policy.rivals == "lowest":
        best, high, why = low, low, "the most conservative figure"
        spare |= _said_of([f for f in kept if f.low != low], HIGHER)
        kept = [f for f in kept if f.low == low]
    elif policy.rivals == "extremes":
        best, why = None, "this policy names no best figure"
    claims = tuple(claim for figure in kept for claim in figure.claims)
    groups = max(figure.groups for figure in kept)
    return Figure(low, high, best, why, first.rank, claims, groups), spare


def _said_of(figures: Sequence[Figure], why: str) -> dict[tuple[str, int], str]:
    return {(claim.article_id, claim.casualty): why for figure in figures for claim in figure.claims}


def added(parts: Sequence[Figure]) -> Figure:
    """Add up different victims of one article; what is open or unknown in one part is so in the sum."""
    if len(parts) == 1:
        return parts[0]
    low, high, best = (None if None in values else sum(values)
                       for values in ([p.low for p in parts], [p.high for p in parts], [p.best for p in parts]))
    why = f"the sum over {len(parts)} groups of victims: " + "; ".join(dict.fromkeys(p.why for p in parts))
    rank = max((p.rank for p in parts), key=lambda rank: (GRADES.index(rank[0]), rank[1]))
    return Figure(low, high, best, why, rank, tuple(c for p in parts for c in p.claims), len(parts))


def at_least(parts: Sequence[Figure], high: int | None, why: str) -> Figure:
    """Add up parts of a whole of which others may count, too: ``high`` in all, None where that is not known.

    Parts that come to more than their whole are not different people: then the largest stands.
    """
    total, lows = added(parts), [part.low for part in parts if part.low is not None]
    if high is not None and max(lows, default=0) > high:
        high = None  # a part above its whole: they contradict each other
    low = None if not lows else max(lows) if high is not None and sum(lows) > high else sum(lows)
    best = low if low == high else total.best if why == WITHOUT_TOTAL else None
    return dataclasses.replace(total, low=low, high=high, best=best, why=f"{why}; {total.why}")
