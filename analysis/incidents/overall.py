"""What several incidents come to together: one sum an effect, over incidents that are known to be different.

A sum takes one figure an incident and effect. It leaves out, and names, every incident that may be one that is already
in it; what is not known in one incident is not known in the sum, save that at least the lowest figures stand.
Cumulative statements and parts of other figures are in no incident's figure, hence in no sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.dates.edtf import parts
from analysis.incidents.facts import AFTERMATH_DAYS, near
from analysis.records import EFFECTS, Article, Casualty, Incident

DATE_UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Overall:
    """The sum of one effect. ``added``, ``not_known`` and ``not_added`` name its incidents; the last says why not."""

    effect: str
    low: int | None
    best: int | None
    high: int | None
    added: tuple[str, ...]
    not_known: tuple[str, ...]
    not_added: Mapping[str, str]
    cumulative: int
    covers: str


def overall(totals: Sequence[Incident], claims: Iterable[Casualty], articles: Mapping[str, Article]) -> list[Overall]:
    """Return the sum of each effect over ``totals``, rows of one policy, with what it covers in words.

    ``claims``: those of the incidents; ``articles``: {article_id: article}. ``low`` adds the lowest figures known;
    ``best`` and ``high`` are None unless every incident has one and none is left out. Raises ValueError where an
    incident and effect stands twice, as when rows of two policies are mixed.

    **Misses:** two incidents that one event is, told with different days or far places, are added; so are two of one
    article, which are taken to be different.
    """
    if len({(row.incident, row.effect) for row in totals}) < len(totals):
        raise ValueError("an incident and effect stands twice: give the rows of one policy")
    told = _claims_of(claims)
    return [_sum(effect, rows, told, not_added(rows, told, articles)) for effect in EFFECTS
            if (rows := [row for row in totals if row.effect == effect])]


def by_time(totals: Sequence[Incident], claims: Iterable[Casualty], articles: Mapping[str, Article],
            unit: str = "month") -> dict[str, list[Overall]]:
    """Return {day or month of the incident: its sums}, in order, last what has no known date.

    ``unit``: "day" or "month". An incident whose date is vaguer than that, or whose year is not known, has no place in
    time. What may be one incident is added in none of them.
    """
    told, groups = _claims_of(claims), defaultdict(list)
    for row in totals:
        groups[_period(row.date, unit)].append(row)
    left = {effect: not_added([row for row in totals if row.effect == effect], told, articles) for effect in EFFECTS}
    return {period: [_sum(effect, rows, told, {i: why for i, why in left[effect].items()
                                               if i in {row.incident for row in rows}})
                     for effect in EFFECTS if (rows := [row for row in groups[period] if row.effect == effect])]
            for period in sorted(groups, key=lambda period: (period == DATE_UNKNOWN, period))}


def not_added(rows: Sequence[Incident], told: Mapping[str, Sequence[Casualty]], articles: Mapping[str, Article],
              ) -> dict[str, str]:
    """Return {incident: why} for the incidents of one effect that a sum must leave out, the best known kept."""
    kept: list[Incident] = []
    left: dict[str, str] = {}
    spans = {row.incident: _days(row, told[row.incident], articles) for row in rows}
    best_known = sorted(_events(rows, told),
                        key=lambda row: (row.low is None, -row.n_articles, row.date is None, row.place is None))
    for row in best_known:
        same = next((other for other in kept if _may_be_one(row, other, told, spans)), None)
        if any(c.unit != "person" and c.effect == row.effect for c in told[row.incident]):
            left[row.incident] = "counted in families"
        elif same:
            left[row.incident] = f"may be {same.incident}"
        else:
            kept.append(row)
    return left


def _claims_of(claims: Iterable[Casualty]) -> dict[str, list[Casualty]]:
    told: dict[str, list[Casualty]] = defaultdict(list)
    for claim in claims:
        if claim.judged != "rejected":
            told[claim.incident or ""].append(claim)
    return told


def _events(rows: Iterable[Incident], told: Mapping[str, Sequence[Casualty]]) -> list[Incident]:
    """Return the rows that tell of an event: not those of which only cumulative figures or rejected claims are left."""
    return [row for row in rows if any(c.effect == row.effect and c.scope != "cumulative" for c in told[row.incident])]


def _may_be_one(one: Incident, other: Incident, told: Mapping[str, Sequence[Casualty]],
                spans: Mapping[str, tuple[date, date]]) -> bool:
    """True unless one article tells the two incidents, or their days or places contradict each other."""
    (first, last), (start, end) = spans[one.incident], spans[other.incident]
    if last < start or end < first or _places_apart(one, other):  # the quick questions first
        return False
    return {c.article_id for c in told[one.incident]}.isdisjoint(c.article_id for c in told[other.incident])


def _days(row: Incident, claims: Iterable[Casualty], articles: Mapping[str, Article]) -> tuple[date, date]:
    """Return the first and last day that an incident may have been: by its date, else by when it was reported."""
    ends = [parts(end) for end in (row.date or "").split("/")]
    if all(end and end[0] for end in ends):
        return _first_day(*ends[0]), _last_day(*ends[-1])
    days = [date.fromisoformat(day) for c in claims if (day := articles[c.article_id].published)]
    return (min(days) - timedelta(AFTERMATH_DAYS), max(days)) if days else (date.min, date.max)


def _first_day(year: int, month: int | None, day: int | None) -> date:
    return date(year, month or 1, day or 1)


def _last_day(year: int, month: int | None, day: int | None) -> date:
    if day:
        return date(year, month, day)
    return date(year + (month in (None, 12)), (month or 12) % 12 + 1, 1) - timedelta(1)


def _places_apart(one: Incident, other: Incident) -> bool:
    if not one.place or not other.place or one.place == other.place:
        return False
    here, there = ((row.latitude, row.longitude, row.where_prec) for row in (one, other))
    return None not in (*here[:2], *there[:2]) and not near(here, there)


def _sum(effect: str, rows: Sequence[Incident], told: Mapping[str, Sequence[Casualty]],
         left: Mapping[str, str]) -> Overall:
    events = _events(rows, told)
    added = [row for row in events if row.incident not in left]
    figures = [row for row in added if (row.low, row.best, row.high) != (None, None, None)]
    not_known = tuple(row.incident for row in added if row not in figures)
    whole = not left and not not_known
    low = sum(row.low or 0 for row in figures) if any(row.low is not None for row in figures) else None
    best, high = (_whole([getattr(row, side) for row in figures], whole) for side in ("best", "high"))
    cumulative = sum(c.scope == "cumulative" and c.effect == effect for row in rows for c in told[row.incident])
    names = tuple(row.incident for row in figures)
    covers = _covers(names, [row for row in figures if row.best is None], not_known, left, cumulative, len(events))
    return Overall(effect, low, best, high, names, not_known, dict(left), cumulative, covers)


def _whole(values: Collection[int | None], whole: bool) -> int | None:
    return sum(values) if whole and values and None not in values else None


def _covers(added: Collection[str], without_best: Collection[Incident], not_known: Collection[str],
            left: Mapping[str, str], cumulative: int, number: int) -> str:
    """Return what a sum is made of, and what it is not, in words."""
    said = [f"{len(added)} of {number} incident{'s' * (number > 1)} added" if number else "no incident"]
    if without_best:
        said.append("no best figure in " + ", ".join(row.incident for row in without_best))
    if not_known:
        said.append("not known in " + ", ".join(not_known))
    said += [f"{incident} not added: {why}" for incident, why in left.items()]
    if cumulative:
        said.append(f"{cumulative} cumulative statement{'s' * (cumulative > 1)} not added")
    return "; ".join(said)


def _period(edtf: str | None, unit: str) -> str:
    length = {"day": 10, "month": 7}[unit]
    ends = (edtf or "").split("/")
    known = all((end := parts(edge)) and end[0] and len(edge) >= length for edge in ends)
    return ends[0][:length] if known and len({edge[:length] for edge in ends}) == 1 else DATE_UNKNOWN
