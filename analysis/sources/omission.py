"""What changes in the totals when one source is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.incidents import DEFAULT, Policy, totals
from analysis.records import Article, Casualty

Range = tuple[int | None, int | None, int | None]  # low, best, high


@dataclass(frozen=True, slots=True)
class Changed:
    """A total before and after; ``after`` is None where nobody else speaks of it."""

    incident: str
    effect: str
    before: Range
    after: Range | None


def without(source: str, claims: Sequence[Casualty], articles: Mapping[str, Article], policy: Policy = DEFAULT,
            grades: Mapping[str, str] | None = None) -> list[Changed]:
    """Return the totals that change when every claim that comes from or through ``source`` is left out.

    ``source``: a voice or a root. ``grades``: {root: letter}, as for ``incidents.totals``.
    """
    rest = [c for c in claims if source not in (*c.chain, c.root)]
    before, after = (_ranges(kept, articles, policy, grades) for kept in (claims, rest))
    return [Changed(*key, figures, after.get(key)) for key, figures in before.items() if after.get(key) != figures]


def _ranges(claims: Iterable[Casualty], articles: Mapping[str, Article], policy: Policy,
            grades: Mapping[str, str] | None) -> dict[tuple[str, str], Range]:
    return {(row.incident, row.effect): (row.low, row.best, row.high)
            for row in totals(list(claims), policy, articles, grades=grades)[0]}
