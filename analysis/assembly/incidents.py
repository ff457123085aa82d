"""Claims to incidents, and incidents to grades, statements and totals: those of which something has changed."""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis import incidents, sources
from analysis.assembly.articles import Placed
from analysis.assembly.kept import Compared, Letter, Tables, place_in, renamed, rows_of, to_table, together
from analysis.assembly.reading import Read
from analysis.cache import columns
from analysis.records import EFFECTS, Casualty, Mention, replaced
from analysis.review import EventKey

# What linking, sources and the order of totals need of each claim.
Claim = namedtuple("Claim", [
    "article_id", "casualty", "effect", "low", "high", "bound", "victims_entity", "victim_status", "perpetrator",
    "means", "place", "date", "certainty", "chain", "root", "scope", "part_of", "moved_from", "event", "judged"])


@dataclass(frozen=True, slots=True)
class Linked:
    """``claims``: all, in a few columns, and the ``names`` of their incidents; ``of``: the incident of each event.

    ``same``: {incident: its name last time} of those that hold the same events of articles that were not done anew.
    """

    claims: list[Claim]
    names: list[str]
    of: dict[EventKey, str]
    same: dict[str, str]


def linked(read: Read, told: Placed, parties: Mapping[str, str], last: Tables | None) -> Linked:
    """Return which incidents the claims are about."""
    claims = [Claim(*cells) for cells in columns.cells(told.tables["casualties"], *Claim._fields)]
    named = {name for claim in claims for name in (claim.place, claim.victims_entity) if name}
    mentions = told.tables["mentions"]
    mentions = rows_of(mentions.filter(pc.or_(mentions.column("latitude").is_valid(),
                                              pc.equal(mentions.column("type"), "person"))), "entity", sorted(named))
    incident_of, _ = incidents.link(claims, read.by_id, columns.rows(mentions, Mention), told.merged, told.apart,
                                    parties)
    anew = {read.articles[number].article_id for number in told.anew}
    names = [incident_of[claim.article_id, claim.event] for claim in claims]
    return Linked(claims, names, incident_of, _same(incident_of, last, anew) if last else {})


def _same(incident_of: Mapping[EventKey, str], last: Tables, anew: Collection[str]) -> dict[str, str]:
    """Return {incident: its name last time} of those that hold the same events, none of an article done anew."""
    was = {(article_id, event): incident for article_id, event, incident in columns.cells(
        last["casualties"], "article_id", "event", "incident")}
    before, now = _events(was), _events(incident_of)
    return {name: old for name, events in now.items() if anew.isdisjoint(article_id for article_id, _ in events)
            and before.get(old := was.get(events[0])) == events}


def _events(incident_of: Mapping[EventKey, str]) -> dict[str, list[EventKey]]:
    found: dict[str, list[EventKey]] = defaultdict(list)
    for event, incident in incident_of.items():
        found[incident].append(event)
    return found


def weighed(read: Read, told: Placed, found: Linked, parties: Mapping[str, str], last: Tables | None) -> Tables:
    """Return the claims with their incident and their grades, and what the voices of each incident say."""
    claims = told.tables["casualties"].drop_columns("incident").append_column(
        "incident", pa.array(found.names, pa.string())).select(columns.schema(Casualty).names)
    holds = place_in(claims["incident"], list(found.same)) >= 0
    anew = columns.rows(claims.filter(pa.array(~holds)), Casualty)
    beside = sources.weighed(anew, read.by_id, parties)
    numbers, verdicts = sources.grade_numbers(anew, beside), sources.compared(beside)
    graded = to_table([_graded(claim, *numbers[key], told.grades.get(key)) for claim in anew
                       for key in [(claim.article_id, claim.casualty)]], "casualties")
    compared = [Compared(c.incident, c.article_id, c.casualty, *verdicts[key]) for c in anew
                if (key := (c.article_id, c.casualty)) in verdicts]
    incidents_ = list(dict.fromkeys(found.of.values()))

    def renewed(name: str, made: list) -> pa.Table:
        return _renewed(to_table(made, name), last and last[name], found.same,
                        lambda rows: place_in(rows["incident"], incidents_))

    return {"statements": renewed("statements", sources.statements(anew, beside, parties)),
            "compared": renewed("compared", compared),
            "casualties": together(claims.filter(pa.array(holds)), graded,
                                   [np.flatnonzero(holds), np.flatnonzero(~holds)])}


def _graded(claim: Casualty, number: int, reason: str, given: tuple[int, str] | None) -> Casualty:
    """Return a claim with the Admiralty number suggested, and the analyst's own."""
    own, why = given or (None, None)
    reason = f"given by the analyst: {why}; suggested {number}, {reason}" if own else reason
    return replaced(claim, grade_number=own, grade_number_suggested=number, grade_reason=reason)


def _renewed(made: pa.Table, last: pa.Table | None, same: Mapping[str, str],
             order: Callable[[pa.Table], np.ndarray]) -> pa.Table:
    """Return in order the rows ``made``, and the last ones of the incidents that are the same under their new names."""
    kept = renamed(last, same) if last is not None else made.slice(0, 0)
    return together(kept, made, [order(kept), order(made)])


def totals(read: Read, told: Tables, found: Linked, letters: Mapping[str, str], last: Tables | None) -> Tables:
    """Return the incidents and the ledger of every policy; ``letters``: of the roots."""
    regraded = _regraded(letters, last)
    same = dict(found.same)
    for name, claim in zip(found.names, found.claims, strict=True):
        if claim.root in regraded:
            same.pop(name, None)
    claims = columns.rows(rows_of(told["casualties"], "incident", list(set(found.of.values()) - same.keys())), Casualty)
    mentions = _placed(told["mentions"], claims)
    counted = incidents.all_totals(claims, incidents.POLICIES.values(), read.by_id, mentions, letters)
    made = {name: to_table(rows, name) for name, rows in zip(("incidents", "ledger"), counted, strict=True)}
    policies, of_incident = list(incidents.POLICIES), [
        f"{name} {effect}" for name in dict.fromkeys(found.names) for effect in EFFECTS]

    def order(rows: pa.Table) -> np.ndarray:
        here = place_in(pc.binary_join_element_wise(rows["incident"], rows["effect"], " "), of_incident)
        return place_in(rows["policy"], policies) * len(of_incident) + here

    return {name: _renewed(rows, last and last[name], same, order) for name, rows in made.items()}


def _regraded(letters: Mapping[str, str], last: Tables | None) -> set[str]:
    """Return the roots that have another letter than last time; without one it is F."""
    before = {letter.root: letter.letter for letter in columns.rows(last["letters"], Letter)} if last else {}
    return {root for root in {*letters, *before} if letters.get(root, "F") != before.get(root, "F")}


def _placed(mentions: pa.Table, claims: Iterable[Casualty]) -> list[Mention]:
    """Return the mentions that say where the places of some claims lie."""
    mentions = mentions.filter(mentions["latitude"].is_valid())
    mentions = rows_of(mentions, "article_id", list({claim.article_id for claim in claims}))
    return columns.rows(rows_of(mentions, "entity", list({c.place for c in claims if c.place})), Mention)


def told_apart(rows: pa.Table, pairs: Iterable[tuple[str | None, str | None]]) -> pa.Table:
    """Return the incidents with the names of those that the analyst told apart from them."""
    others: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        if one and other and one != other:
            others[one].add(other)
            others[other].add(one)
    told = [sorted(others.get(name, ())) for name in columns.values(rows.column("incident"))]
    return rows.set_column(rows.column_names.index("told_apart"), rows.schema.field("told_apart"),
                           pa.array(told, pa.list_(pa.string())))
