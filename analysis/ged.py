"""Incidents in the columns of the UCDP Georeferenced Event Dataset: deaths only, one row an incident.

Columns and codes follow UCDP's GED codebook (unchecked). What the articles do not say stays empty: the type of
violence, the administrative units and the country are never guessed.
"""

from __future__ import annotations

import dataclasses
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from analysis.dates.edtf import parts
from analysis.exports import records
from analysis.incidents import POLICIES, Policy, root_words, totals
from analysis.records import STATUSES, Article, Casualty, Incident, LedgerEntry, Source
from analysis.sources import root_letters

COLUMNS = {
    "id": "str", "type_of_violence": "Int64", "side_a": "str", "side_b": "str", "number_of_sources": "Int64",
    "source_article": "str", "source_office": "str", "source_date": "str", "source_headline": "str",
    "source_original": "str", "where_prec": "Int64", "where_coordinates": "str", "adm_1": "str", "adm_2": "str",
    "latitude": "Float64", "longitude": "Float64", "country": "str", "event_clarity": "Int64", "date_prec": "Int64",
    "date_start": "str", "date_end": "str", "deaths_a": "Int64", "deaths_b": "Int64", "deaths_civilians": "Int64",
    "deaths_unknown": "Int64", "best": "Int64", "high": "Int64", "low": "Int64"}
_SIDES = {"civilians": ("civilian",), "fighters": ("combatant", "police")}  # police stand with the state's side


def ged(tables: Mapping[str, pd.DataFrame], policy: str = "UCDP-style") -> pd.DataFrame:
    """Return one row an incident with deaths in a policy's scope, in GED's columns.

    ``tables``: those of a corpus. ``side_a`` is the perpetrator, ``side_b`` the one named side of the fighters or
    police who died; ``best`` is the sum of the deaths by side, and who is on no known side is in ``deaths_unknown``.
    ``source_original`` names the roots of the claims used. Raises ValueError for a policy that counts no deaths.

    **Misses:** a part of a total ("26 people, four of them policemen") stays in ``deaths_unknown``; an incident told
    over several days of open years has no date.
    """
    if "killed" not in POLICIES[policy].effects:
        raise ValueError(f"the policy {policy!r} counts no deaths")
    claims = _rows(tables["casualties"], Casualty)
    articles = {article.article_id: article for article in _rows(tables["articles"], Article)}
    used = {(e.article_id, e.casualty) for e in _rows(_of(tables["ledger"], policy), LedgerEntry) if e.used}
    by_side = {side: _best(tables, claims, articles, _narrowed(POLICIES[policy], statuses))
               for side, statuses in _SIDES.items()}
    rows = []
    for total in _rows(_of(tables["incidents"], policy), Incident):
        said = [c for c in claims if c.incident == total.incident and c.effect == "killed"
                and (c.article_id, c.casualty) in used]
        if said:  # denied, rejected and out of scope leave no row, for no death is known
            rows.append(_row(total, {side: best.get(total.incident) for side, best in by_side.items()}, said, articles))
    return pd.DataFrame({column: pd.Series([row.get(column) for row in rows], dtype=dtype)
                         for column, dtype in COLUMNS.items()})


def _rows(frame: pd.DataFrame, record: type) -> list:
    return [record(**row) for row in records(frame)]


def _of(frame: pd.DataFrame, policy: str) -> pd.DataFrame:
    return frame[(frame["policy"] == policy) & (frame["effect"] == "killed")]


def _best(tables: Mapping[str, pd.DataFrame], claims: Sequence[Casualty], articles: Mapping[str, Article],
          policy: Policy) -> dict[str, int | None]:
    """Return {incident: best figure of deaths} under a policy that is in no table."""
    letters = root_letters(_rows(tables["sources"], Source), claims)
    found, _ = totals([c for c in claims if c.effect == "killed"], policy, articles, grades=letters)
    return {row.incident: row.best for row in found}


def _narrowed(policy: Policy, statuses: Sequence[str]) -> Policy:
    return dataclasses.replace(policy, statuses=tuple(s for s in STATUSES if s in statuses and s in policy.statuses))


def _row(total: Incident, by_side: Mapping[str, int | None], said: Sequence[Casualty],
         articles: Mapping[str, Article]) -> dict[str, object]:
    side_b = _one({c.victims_entity for c in said if c.victim_status in _SIDES["fighters"]})
    printed = [articles[name] for name in dict.fromkeys(c.article_id for c in said)]
    start, end, precision = days(total.date)
    return {
        "id": total.incident, "side_a": total.perpetrator, "side_b": None if side_b == total.perpetrator else side_b,
        "number_of_sources": len(printed), "source_article": _listed(a.url or a.article_id for a in printed),
        "source_office": _listed(a.outlet for a in printed), "source_date": _listed(a.published for a in printed),
        "source_headline": _listed(a.title for a in printed), "source_original": _listed(map(root_words, said)),
        "where_prec": total.where_prec, "where_coordinates": total.place, "latitude": total.latitude,
        "longitude": total.longitude, "event_clarity": 1 if precision == 1 and total.place else None,
        "date_prec": precision, "date_start": start, "date_end": end,
        **_deaths(total.best, by_side, total.perpetrator, side_b),
        "best": total.best, "high": total.high, "low": total.low}


def _deaths(best: int | None, by_side: Mapping[str, int | None], side_a: str | None,
            side_b: str | None) -> dict[str, int | None]:
    """Return the deaths by side, which add up to ``best``; nothing by side where the sides come to more than that."""
    fighters = "deaths_a" if side_a and side_a == side_b else "deaths_b" if side_b else None
    found = {"deaths_civilians": by_side["civilians"]} | ({fighters: by_side["fighters"]} if fighters else {})
    known = {side: number for side, number in found.items() if number is not None}
    if best is None:
        return {}
    if sum(known.values()) > best:
        return {"deaths_unknown": best}
    return {**known, "deaths_unknown": best - sum(known.values())}


def days(edtf: str | None) -> tuple[str | None, str | None, int | None]:
    """Return the first day, the last day and GED's date_prec of an EDTF date; all None where the year is not known.

    1 a day, 2 up to six days, 3 a week, 4 up to a month, 5 up to a year.

    >>> days("2021-08-19"), days("2021-02"), days("XXXX-03-19")
    (('2021-08-19', '2021-08-19', 1), ('2021-02-01', '2021-02-28', 4), (None, None, None))
    """
    ends = [parts(edge) for edge in (edtf or "").split("/")]
    if not all(edge and edge[0] for edge in ends):
        return None, None, None
    year, month, day = ends[0]
    start = date(year, month or 1, day or 1)
    year, month, day = ends[-1]
    end = date(year, month or 12, day or monthrange(year, month or 12)[1])
    long = (end - start).days + 1
    precision = next((code for most, code in ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)) if long <= most), None)
    return start.isoformat(), end.isoformat(), precision


def _one(values: Iterable[str | None]) -> str | None:
    values = set(values)
    return values.pop() if len(values) == 1 else None


def _listed(values: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(value for value in values if value)) or None
