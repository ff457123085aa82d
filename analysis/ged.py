"""Incidents in the columns of the UCDP Georeferenced Event Dataset: deaths only, one row an incident.

Names and order of the columns are those of the published files of GED Global (22.1), the codes those of its codebook
(where_prec and type_of_violence checked against descriptions of 20.1 and 22.1; date_prec and the order of two armed
groups unchecked). What neither the articles nor the gazetteer say stays empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from analysis import lexicon, places
from analysis.dates.edtf import bounds
from analysis.exports import records
from analysis.incidents import POLICIES, Policy, root_words, totals
from analysis.independence import speaks_of_rule
from analysis.records import Article, Casualty, Entity, Incident, LedgerEntry, Source
from analysis.sources import root_letters

COLUMNS = {
    "id": "str", "year": "Int64", "type_of_violence": "Int64", "side_a": "str", "side_b": "str",
    "number_of_sources": "Int64", "source_article": "str", "source_office": "str", "source_date": "str",
    "source_headline": "str", "source_original": "str", "where_prec": "Int64", "where_coordinates": "str",
    "adm_1": "str", "adm_2": "str", "latitude": "Float64", "longitude": "Float64", "country": "str",
    "event_clarity": "Int64", "date_prec": "Int64", "date_start": "str", "date_end": "str", "deaths_a": "Int64",
    "deaths_b": "Int64", "deaths_civilians": "Int64", "deaths_unknown": "Int64", "best": "Int64", "high": "Int64",
    "low": "Int64",
    # The workbook's own, after GED's:
    "n_outlets": "Int64", "n_roots": "Int64", "may_be": "str"}
STATE, GROUP = "state", "armed group"
CIVILIANS = "Civilians"  # as GED writes the other side of one-sided violence
_FIGHTERS = ("combatant", "police")  # police stand with the state's side
_KINDS = {"government": STATE, "security_force": STATE, "armed_group": GROUP}
_AT_HAND = {"gun", "blade"}  # means that are turned on the people they kill


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The rows that every incident is looked up in."""

    articles: Mapping[str, Article]
    letters: Mapping[str, str]
    entities: Mapping[str, Entity]
    policy: Policy

    def side(self, entity: str | None) -> str | None:
        """Return the party of an entity, else the entity."""
        known = self.entities.get(entity or "")
        return known.party if known and known.party else entity

    def kind(self, entity: str | None) -> str | None:
        """Return whether an entity is a state's or an armed group; not known of a group that is said to govern."""
        known = self.entities.get(entity or "")
        kind = known and _KINDS.get(known.type)
        governs = known and any(map(speaks_of_rule, (known.entity, *known.aliases)))
        return None if kind == GROUP and governs else kind

    def best(self, claims: Sequence[Casualty]) -> int | None:
        """Return the best figure of some claims of one incident, by the rules of the policy."""
        rows, _ = totals(claims, self.policy, self.articles, grades=self.letters)
        return rows[0].best if rows else None


def ged(tables: Mapping[str, pd.DataFrame], policy: str = "UCDP-style") -> pd.DataFrame:
    """Return one row an incident with deaths in a policy's scope, in GED's columns and three of our own.

    ``tables``: those of a corpus. The sides are the perpetrator and the sides of the fighters and police who died: a
    state is ``side_a``; of two armed groups the first by name. ``type_of_violence`` is known where both sides are (1 a
    state and another side, 2 two armed groups) or where a side killed civilians with guns or blades (3, side_b is
    "Civilians"). The deaths by side add up to ``best``; who is on no known side is in ``deaths_unknown``.
    ``source_original`` names the roots of the claims used. ``may_be`` names the incident that this one may be told
    twice: add up only rows where it is empty. Raises ValueError for a policy that counts no deaths.

    **Misses:** civilians killed by bombs or from the air have no type, for the articles do not say who was aimed at; a
    part of a total ("26 people, four of them policemen") stays in ``deaths_unknown``; adm_2 is known only where the
    place is a district; an incident told over several days of open years has no date.
    """
    if "killed" not in POLICIES[policy].effects:
        raise ValueError(f"the policy {policy!r} counts no deaths")
    claims = [claim for claim in _rows(tables["casualties"], Casualty) if claim.effect == "killed"]
    used = {(e.article_id, e.casualty) for e in _rows(_of(tables["ledger"], policy), LedgerEntry) if e.used}
    told, said = defaultdict(list), defaultdict(list)
    for claim in claims:
        told[claim.incident].append(claim)
        if (claim.article_id, claim.casualty) in used:
            said[claim.incident].append(claim)
    rows = [row for row in _rows(_of(tables["incidents"], policy), Incident) if said[row.incident]]
    articles = {article.article_id: article for article in _rows(tables["articles"], Article)}
    corpus = _Corpus(articles, root_letters(_rows(tables["sources"], Source), claims),
                     {entity.entity: entity for entity in _rows(tables["entities"], Entity)}, POLICIES[policy])
    found = [_row(row, told[row.incident], said[row.incident], corpus) for row in rows]  # denied, rejected: no row
    return pd.DataFrame({column: pd.Series([row.get(column) for row in found], dtype=dtype)
                         for column, dtype in COLUMNS.items()})


def _rows(frame: pd.DataFrame, record: type) -> list:
    return [record(**row) for row in records(frame)]


def _of(frame: pd.DataFrame, policy: str) -> pd.DataFrame:
    return frame[(frame["policy"] == policy) & (frame["effect"] == "killed")]


def _row(total: Incident, told: Sequence[Casualty], said: Sequence[Casualty], corpus: _Corpus) -> dict[str, object]:
    printed = [corpus.articles[name] for name in dict.fromkeys(c.article_id for c in said)]
    start, end, precision = days(total.date)
    side_a, side_b, type_ = _sides(total, said, corpus)
    return {
        "id": total.incident, "year": int(start[:4]) if start and start[:4] == end[:4] else None,
        "type_of_violence": type_, "side_a": side_a, "side_b": side_b,
        "number_of_sources": len(printed), "source_article": _listed(a.url or a.article_id for a in printed),
        "source_office": _listed(a.outlet for a in printed), "source_date": _listed(a.published for a in printed),
        "source_headline": _listed(a.title for a in printed), "source_original": _listed(map(root_words, said)),
        "where_prec": total.where_prec, "where_coordinates": total.place, **_division(total),
        "latitude": total.latitude, "longitude": total.longitude,
        "event_clarity": 1 if precision == 1 and total.place else None,
        "date_prec": precision, "date_start": start, "date_end": end,
        **_deaths(total.best, told, side_a, side_b, corpus), "best": total.best, "high": total.high, "low": total.low,
        "n_outlets": total.n_outlets, "n_roots": total.n_roots, "may_be": total.may_be}


def _division(total: Incident) -> dict[str, str | None]:
    """Return the country and the province and district that the gazetteer gives the place."""
    place = places.by_id(total.place_id) if total.place_id else None
    if place is None:
        return {}
    return {"country": places.country_place(place.country).name, "adm_1": place.division,
            "adm_2": place.name if place.kind == "district" else None}


def _sides(total: Incident, said: Sequence[Casualty], corpus: _Corpus) -> tuple[str | None, str | None, int | None]:
    """Return side_a, side_b and the type of violence, as far as they are known."""
    doer = corpus.side(total.perpetrator)
    fighters = {corpus.side(c.victims_entity) for c in said if c.victim_status in _FIGHTERS and c.victims_entity}
    sides = sorted(fighters | ({doer} if doer else set()), key=lambda side: (side != doer, side))
    kinds = {corpus.side(name): corpus.kind(name) for name in (total.perpetrator, *(c.victims_entity for c in said))}
    if len(sides) == 2 and None not in (known := [kinds[side] for side in sides]):
        first, second = sorted(sides, key=lambda side: (kinds[side] != STATE, side))
        return first, second, 1 if STATE in known else 2
    if doer and len(sides) == 1 and not fighters and kinds[doer] and all(_aimed_at_civilians(c) for c in said):
        return doer, CIVILIANS, 3
    if len(sides) == 2:
        return sides[0], sides[1], None
    return doer, None if doer or not sides else sides[0], None


def _aimed_at_civilians(claim: Casualty) -> bool:
    return claim.victim_status == "civilian" and _kinds_of_means().get(claim.means or "", {"unknown"}) <= _AT_HAND


def _deaths(best: int | None, told: Sequence[Casualty], side_a: str | None, side_b: str | None,
            corpus: _Corpus) -> dict[str, int | None]:
    """Return the deaths by side, which add up to ``best``; nothing by side where the sides come to more than that."""
    if best is None:
        return {}
    by_side = {"deaths_civilians": [c for c in told if c.victim_status == "civilian"]} | {
        column: [c for c in told if c.victim_status in _FIGHTERS and c.victims_entity
                 and corpus.side(c.victims_entity) == side]
        for column, side in (("deaths_a", side_a), ("deaths_b", side_b)) if side}
    in_scope = {column: [c for c in claims if c.victim_status in corpus.policy.statuses]
                for column, claims in by_side.items()}
    known = {column: number for column, claims in in_scope.items() if (number := corpus.best(claims)) is not None}
    if sum(known.values()) > best:
        return {"deaths_unknown": best}
    return {**known, "deaths_unknown": best - sum(known.values())}


def days(edtf: str | None) -> tuple[str | None, str | None, int | None]:
    """Return the first day, the last day and GED's date_prec of an EDTF date; all None where the year is not known.

    1 a day, 2 up to six days, 3 a week, 4 up to a month, 5 up to a year.

    >>> days("2021-08-19"), days("2021-02"), days("XXXX-03-19")
    (('2021-08-19', '2021-08-19', 1), ('2021-02-01', '2021-02-28', 4), (None, None, None))
    """
    span = bounds(edtf)
    if span is None:
        return None, None, None
    start, end = span
    long = (end - start).days + 1
    precision = next((code for most, code in ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)) if long <= most), None)
    return start.isoformat(), end.isoformat(), precision


def _listed(values: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(value for value in values if value)) or None


@cache
def _kinds_of_means() -> dict[str, frozenset[str]]:
    """Return {means: how people are harmed with it}; what is in no list may be anything."""
    return {str(row["means"]): frozenset(str(row["kinds"]).split()) for row in lexicon.rows("means_kinds")}
