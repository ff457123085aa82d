"""Which incidents may be one, although linking did not find enough to join them: no sum may add them both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis import places
from analysis.dates.edtf import bounds
from analysis.incidents.facts import AFTERMATH_DAYS, COUNTRY, PROVINCE, gazetteer_says, near
from analysis.records import Article, Casualty, Incident

_BUCKET = 16  # days: an event told without its date lies in the 15 before its report
_LONG = 2 * _BUCKET
_EVERYWHERE = ("everywhere",)


@dataclass(frozen=True, slots=True)
class _Told:
    """One incident with what a comparison needs: its days, its articles, its regions (itself and around it)."""

    row: Incident
    days: tuple[date, date]
    articles: frozenset[str]
    at: tuple
    around: tuple


def twins(rows: Sequence[Incident], told: Mapping[str, Sequence[Casualty]], articles: Mapping[str, Article],
          ) -> dict[str, str]:
    """Return {incident: the incident that it may be} for the rows of one effect, the best known of each two kept.

    ``told``: {incident: its claims}. Two incidents are different where one article tells them both, where their days or
    places contradict each other, or where the analyst said so. Only incidents of one time and region are compared.
    """
    best_known = sorted(rows, key=lambda row: (row.low is None, -row.n_articles, row.date is None, row.place is None))
    kept, found = _Index(), {}
    for row in best_known:
        one = _Told(row, _days(row, told[row.incident], articles),
                    frozenset(c.article_id for c in told[row.incident]), *_regions(row))
        same = next((other for other in kept.near(one) if _may_be_one(one, other)), None)
        if same:
            found[row.incident] = same.row.incident
        else:
            kept.add(one)
    return found


class _Index:
    """The incidents kept so far, by time and region; what is vague in one of them is found by the other."""

    def __init__(self) -> None:
        self.told: dict[tuple, list[_Told]] = defaultdict(list)

    def add(self, one: _Told) -> None:
        for time in (*_buckets(one.days), "any time"):
            for region in (*one.around, "anywhere"):
                self.told[time, region].append(one)

    def near(self, one: _Told) -> Iterator[_Told]:
        """Yield what may lie near in time and space, each at least once."""
        times = [*_buckets(one.days), "long"] if _is_short(one.days) else ["any time"]
        regions = ["anywhere"] if one.at == _EVERYWHERE else [*one.at, *_EVERYWHERE]
        for time in times:
            for region in regions:
                yield from self.told.get((time, region), ())


def _is_short(days: tuple[date, date]) -> bool:
    return (days[1] - days[0]).days <= _LONG


def _buckets(days: tuple[date, date]) -> list:
    """Return the stretches of time that some days fall into; "long" for what would fall into many."""
    if not _is_short(days):
        return ["long"]
    return list(range(days[0].toordinal() // _BUCKET, days[1].toordinal() // _BUCKET + 1))


def _regions(row: Incident) -> tuple[tuple, tuple]:
    """Return the regions of a place, and those from which it may be meant: its province, the degrees around a town."""
    if row.latitude is None or row.longitude is None or (row.where_prec or 1) > PROVINCE:
        return _EVERYWHERE, _EVERYWHERE
    place = places.by_id(row.place_id) if row.place_id else None
    province = ((place.country, place.division),) if place else ()
    if (row.where_prec or 1) == PROVINCE:
        return province or _EVERYWHERE, province or _EVERYWHERE
    north, east = round(row.latitude), round(row.longitude)
    around = tuple((north + i, east + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
    return ((north, east), *province), (*around, *province)


def _may_be_one(one: _Told, other: _Told) -> bool:
    if one.days[1] < other.days[0] or other.days[1] < one.days[0] or not one.articles.isdisjoint(other.articles):
        return False  # the quick questions first
    apart = one.row.incident in (other.row.told_apart or ()) or other.row.incident in (one.row.told_apart or ())
    return not (apart or _places_apart(one.row, other.row))


def _days(row: Incident, claims: Iterable[Casualty], articles: Mapping[str, Article]) -> tuple[date, date]:
    """Return the first and last day that an incident may have been: by its date, else by when it was reported."""
    if known := bounds(row.date):
        return known
    days = [date.fromisoformat(day) for c in claims if (day := articles[c.article_id].published)]
    return (min(days) - timedelta(AFTERMATH_DAYS), max(days)) if days else (date.min, date.max)


def _places_apart(one: Incident, other: Incident) -> bool:
    """True where the gazetteer or the map says so; a place without coordinates may be anywhere."""
    if not one.place or not other.place or one.place == other.place:
        return False
    if one.place_id and other.place_id:
        return not gazetteer_says(one.place_id, other.place_id)
    here, there = ((row.latitude, row.longitude, row.where_prec, None) for row in (one, other))
    if None in (*here[:2], *there[:2]) or max(one.where_prec or 1, other.where_prec or 1) >= COUNTRY:
        return False
    return not near(here, there)
