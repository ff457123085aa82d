"""What several incidents come to together: one sum an effect, over incidents that are known to be different.

A sum takes one figure an incident and effect. It leaves out, and names, every incident that may be one that is already
in it; what is not known in one incident is not known in the sum, save that at least the lowest figures stand.
Cumulative statements and parts of other figures are in no incident's figure, hence in no sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.dates.edtf import parts
from analysis.records import EFFECTS, Casualty, Incident

DATE_UNKNOWN = "not known"
NAMED = 20  # incidents that a sum's words name at most; the tuples name them all


@dataclass(frozen=True, slots=True)
class Overall:
    """The sum of one effect. ``added``, ``not_known`` and ``not_added`` name its incidents; the last says why not.

    ``n_reviewed`` of the ``n_claims`` of all these incidents a person has looked at.
    """

    effect: str
    low: int | None
    best: int | None
    high: int | None
    added: tuple[str, ...]
    not_known: tuple[str, ...]
    not_added: Mapping[str, str]
    cumulative: int
    covers: str
    n_reviewed: int
    n_claims: int


def overall(totals: Sequence[Incident], claims: Iterable[Casualty]) -> list[Overall]:
    """Return the sum of each effect over ``totals``, rows of one policy, with what it covers in words.

    ``claims``: those of the incidents. ``low`` adds the lowest figures known;
    ``best`` and ``high`` are None unless every incident has one and none is left out. Raises ValueError where an
    incident and effect stands twice, as when rows of two policies are mixed.

    **Misses:** two incidents that one event is, told with different days or far places, are added; so are two of one
    article, which are taken to be different.
    """
    if len({(row.incident, row.effect) for row in totals}) < len(totals):
        raise ValueError("an incident and effect stands twice: give the rows of one policy")
    told = _claims_of(claims)
    return [_sum(effect, rows, told, not_added(rows, told)) for effect in EFFECTS
            if (rows := [row for row in totals if row.effect == effect])]


def by_time(totals: Sequence[Incident], claims: Iterable[Casualty], unit: str = "month") -> dict[str, list[Overall]]:
    """Return {day or month of the incident: its sums}, in order, last what has no known date.

    ``unit``: "day" or "month". An incident whose date is vaguer than that, or whose year is not known, has no place in
    time. What may be one incident is added in none of them.
    """
    told, groups = _claims_of(claims), defaultdict(list)
    for row in totals:
        groups[_period(row.date, unit)].append(row)
    left = {effect: not_added([row for row in totals if row.effect == effect], told) for effect in EFFECTS}
    return {period: [_sum(effect, rows, told, {row.incident: left[effect][row.incident] for row in rows
                                               if row.incident in left[effect]})
                     for effect in EFFECTS if (rows := [row for row in groups[period] if row.effect == effect])]
            for period in sorted(groups, key=lambda period: (period == DATE_UNKNOWN, period))}


def not_added(rows: Sequence[Incident], told: Mapping[str, Sequence[Casualty]]) -> dict[str, str]:
    """Return {incident: why} for the incidents of one effect that a sum must leave out, the best known kept."""
    events = _events(rows, told)
    families = {row.incident: "counted in families" for row in events
                if any(c.unit != "person" and c.effect == row.effect for c in told[row.incident])}
    here = {row.incident for row in events}
    same = {row.incident: row.may_be for row in events if row.may_be in here and row.may_be not in row.told_apart}
    return {row.incident: families.get(row.incident) or f"may be {same[row.incident]}" for row in events
            if row.incident in families or row.incident in same}


def _claims_of(claims: Iterable[Casualty]) -> dict[str, list[Casualty]]:
    told: dict[str, list[Casualty]] = defaultdict(list)
    for claim in claims:
        if claim.judged != "rejected":
            told[claim.incident or ""].append(claim)
    return told


def _events(rows: Iterable[Incident], told: Mapping[str, Sequence[Casualty]]) -> list[Incident]:
    """Return the rows that tell of an event: not those of which only cumulative figures or rejected claims are left."""
    return [row for row in rows if any(c.effect == row.effect and c.scope != "cumulative" for c in told[row.incident])]


def _sum(effect: str, rows: Sequence[Incident], told: Mapping[str, Sequence[Casualty]],
         left: Mapping[str, str]) -> Overall:
    events = _events(rows, told)
    added = [row for row in events if row.incident not in left]
    figures = [row for row in added if _is_known(row)]
    not_known = tuple(row.incident for row in added if not _is_known(row))
    whole = not left and not not_known
    low = sum(row.low or 0 for row in figures) if any(row.low is not None for row in figures) else None
    best, high = (_whole([getattr(row, side) for row in figures], whole) for side in ("best", "high"))
    cumulative = sum(c.scope == "cumulative" and c.effect == effect for row in rows for c in told[row.incident])
    names = tuple(row.incident for row in figures)
    covers = _covers(names, [row for row in figures if row.best is None], not_known, left, cumulative, len(events))
    return Overall(effect, low, best, high, names, not_known, dict(left), cumulative, covers,
                   sum(row.n_reviewed for row in rows), sum(row.n_claims for row in rows))


def _is_known(row: Incident) -> bool:
    return (row.low, row.best, row.high) != (None, None, None)


def _whole(values: Collection[int | None], whole: bool) -> int | None:
    return sum(values) if whole and values and None not in values else None


def _covers(added: Collection[str], without_best: Collection[Incident], not_known: Collection[str],
            left: Mapping[str, str], cumulative: int, number: int) -> str:
    """Return what a sum is made of, and what it is not, in words."""
    said = [f"{len(added)} of {number} incident{'s' * (number > 1)} added" if number else "no incident"]
    if without_best:
        said.append("no best figure in " + _listed(row.incident for row in without_best))
    if not_known:
        said.append("not known in " + _listed(not_known))
    if left:
        said.append(_listed((f"{incident} not added: {why}" for incident, why in left.items()), "; "))
    if cumulative:
        said.append(f"{cumulative} cumulative statement{'s' * (cumulative > 1)} not added")
    return "; ".join(said)


def _listed(words: Iterable[str], between: str = ", ") -> str:
    words = list(words)
    return between.join(words[:NAMED] + [f"and {len(words) - NAMED} more"] * (len(words) > NAMED))


def _period(edtf: str | None, unit: str) -> str:
    length = {"day": 10, "month": 7}[unit]
    ends = (edtf or "").split("/")
    known = all((end := parts(edge)) and end[0] and len(edge) >= length for edge in ends)
    return ends[0][:length] if known and len({edge[:length] for edge in ends}) == 1 else DATE_UNKNOWN
