"""The rows of all articles to the finished tables: the second stage.

    extracted.py  what the articles say by themselves: rows as extracted, copies, sides
    renaming.py   what names mean over the corpus, and the rows under these names
    claims.py     the claims with chains and roots, under the analyst's decisions

Every table is made anew each time, from columns: rows become objects only where each is looked at by itself. What the
analyst's judgements change stands beside the automatic value, and those that no longer fit the articles are problems,
never applied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis import entities, incidents, review, sources
from analysis.assembly.claims import by_article, reviewed, rooted
from analysis.assembly.extracted import Extracted
from analysis.assembly.renaming import Names, named, put, rows_of
from analysis.cache import columns, segments
from analysis.extraction import Extract
from analysis.judgements import Judgement, applicable, stale
from analysis.records import TABLES, Article, Casualty, Mention, Problem, many_rows, replaced

__all__ = ["Assembly", "Tables", "assemble"]

Tables = dict[str, pa.Table]


def assemble(extracts: Sequence[Extract], problems: Iterable[Problem] = (),
             judgements: Sequence[Judgement] = ()) -> dict[str, list]:
    """Return {table: rows} of some extracted articles, with ``judgements`` applied."""
    rows = segments.to_table({str(number): e for number, e in enumerate(extracts)})
    made = Assembly([e.article for e in extracts], rows).tables(problems, judgements)
    return {name: columns.rows(made[name], record) for name, record in TABLES.items()}


class Assembly:
    """Articles with what was extracted from each (``rows``, see ``cache.segments``), and the tables they make.

    Only what no judgement changes is remembered, what the last decisions on names made of the rows, what the claims of
    the last two calls came to, and what the incidents did: most judgements are about claims of one incident.
    """

    def __init__(self, articles: Sequence[Article], rows: pa.Table):
        self.read = Extracted(articles, rows)
        self._under_names = lru_cache(maxsize=1)(partial(_under_names, self.read))
        self._counted: dict[tuple, list] = {}
        self._made: dict[str, tuple[list, pa.Table]] = {}
        self._known: list[tuple] = []  # what ``_weighed`` returned last, with what it was made of

    @many_rows()
    def tables(self, problems: Iterable[Problem] = (), judgements: Sequence[Judgement] = ()) -> Tables:
        """Return the finished tables, with ``judgements`` applied."""
        read, decided = self.read, applicable(judgements, self.read.articles)
        names, rows, counts, before = self._under_names(_on_names(decided))
        rows, claims, judged, otherwise = reviewed(read, names, rows, decided, before)
        mentions = _where_and_who(names.tables["mentions"], claims)
        of = names, (otherwise, tuple(judged.merged), tuple(judged.apart), tuple(_given_grades(decided).items()))
        linked, numbers, voices, letters = self._weighed(of, claims, mentions, judged, counts, decided)
        totals, ledger = incidents.all_totals(claims, incidents.POLICIES.values(), read.by_id, mentions, letters,
                                              linked.may_be, self._counted)
        known = [*(voice.source for voice in voices), *(claim.root for claim in claims)]
        problems = [*problems, *columns.rows(read.tables["problems"], Problem), *names.entities.problems,
                    *judged.problems, *_stale(judgements, read.by_id), *_unknown_names(decided, names.entities, known)]
        made = {name: self._arrow(name, of_table) for name, of_table in (
            ("incidents", totals), ("ledger", ledger), ("sources", voices), ("problems", problems))}
        made["incidents"] = _told_apart(made["incidents"], linked.incident, judged.apart)
        for name in ("incident", "incident_probability"):
            rows = put(rows, name, [getattr(claim, name) for claim in claims])
        made["casualties"] = _graded(rows, numbers, judged.grades)
        return {"articles": read.tables["articles"]} | names.tables | made

    def _arrow(self, name: str, rows: list) -> pa.Table:
        """Return rows as a table: that of the last call where they are equal, with the few that are not put into it."""
        before, table = self._made.get(name, ([], None))
        if table is not None and len(before) == len(rows):
            other = [n for n, pair in enumerate(zip(before, rows, strict=True)) if pair[0] is not pair[1]
                     and pair[0] != pair[1]]
            if 0 < len(other) <= columns.MOST_RUNS:
                at = np.arange(len(rows))
                at[other] = len(rows) + np.arange(len(other))
                new = columns.to_arrow([rows[n] for n in other], TABLES[name])
                table = pa.concat_tables([table, new]).take(pa.array(at)).combine_chunks()
            elif other:
                table = None
        else:
            table = None
        self._made[name] = rows, columns.to_arrow(rows, TABLES[name]) if table is None else table
        return self._made[name][1]

    def _weighed(self, of: tuple[Names, tuple], claims: Sequence[Casualty], mentions: Sequence[Mention],
                 judged: review.Reviewed, counts: tuple, decided: review.Decided) -> tuple:
        """Return links, item numbers, sources and the letters of roots, and put claims into their incidents.

        ``of``: all that these depend on. Those of before this judgement and the one before are remembered: most
        judgements accept a claim, or take back the last.
        """
        read, names = self.read, of[0]
        found = next((made for known, made in self._known if known[0] is names and known[1] == of[1]), None)
        linked = found[0] if found else incidents.link(
            claims, read.by_id, mentions, judged.merged, judged.apart, names.parties, read.stories)
        for claim in claims:  # nobody else's
            event = claim.article_id, claim.event
            object.__setattr__(claim, "incident", linked.incident[event])
            object.__setattr__(claim, "incident_probability", linked.probability.get(event))
        if found is None:
            beside = sources.weighed(claims, read.by_id, names.parties)
            voices = sources.sources(read.outlet_names, *counts, claims, beside, names.parties, _given_grades(decided))
            found = linked, sources.grade_numbers(claims, beside), voices, sources.root_letters(voices, claims)
        self._known = [(of, found), *((known, made) for known, made in self._known if made is not found)][:2]
        return found


def _under_names(read: Extracted, decisions: tuple[entities.Decision, ...]) -> tuple[Names, pa.Table, tuple, dict]:
    """Return what names mean, the claims with their roots, the counts of what is mentioned and of who speaks, and
    the claims of each article as records."""
    names = named(read, decisions)
    mentions, attributions = names.tables["mentions"], names.tables["attributions"]
    mentions = mentions.filter(mentions["entity"].is_valid())
    typed = [sources.Typed(*way) for way in _counted(mentions, "entity", "type", "nominal")]
    said = [sources.Said(*way) for way in _counted(attributions, "source", "source_entity", "told_to")]
    claims = rooted(read, names, names.tables["casualties"])
    return names, claims, (typed, said), by_article(claims, Casualty)


def _on_names(decided: review.Decided) -> tuple[entities.Decision, ...]:
    """Return what the analyst said of names, in order: (merge, split or not_same, the names)."""
    return tuple((kind, tuple(judgement.target)) for kind in ("not_same", "split", "merge")
                 for judgement, _ in decided.get(kind, ()))


def _where_and_who(mentions: pa.Table, claims: Iterable[Casualty]) -> list[Mention]:
    """Return the mentions that say where the places of some claims lie, and that their victims are persons.

    A place that the analyst names lies where other articles have it, if this one does not name it.
    """
    named = {name for claim in claims for name in (claim.place, claim.victims_entity) if name}
    telling = pc.or_(mentions["latitude"].is_valid(), pc.equal(mentions["type"], "person"))
    found = columns.rows(rows_of(mentions.filter(telling), "entity", named), Mention)
    told = [claim for claim in claims if claim.place and (claim.found or claim.judged == "added")]
    names = {claim.place for claim in told}
    lies = {m.entity: m for m in found if m.entity in names and m.latitude is not None} if told else {}
    return [replaced(lies[claim.place], article_id=claim.article_id) for claim in told if claim.place in lies] + found


def _counted(table: pa.Table, *names: str) -> Iterable[tuple]:
    """Return the different combinations of values in some columns with how many rows have each, first found first."""
    return columns.cells(table.group_by(list(names), use_threads=False).aggregate([([], "count_all")]), *names,
                         "count_all")


def _graded(rows: pa.Table, numbers: Mapping[tuple[str, int], tuple[int, str]],
            given: Mapping[tuple[str, int], tuple[int, str]]) -> pa.Table:
    """Return the claims with the Admiralty number suggested, and the analyst's own."""
    reasons = {key: f"given by the analyst: {why}; suggested {numbers[key][0]}, {numbers[key][1]}"
               for key, (_, why) in given.items()}
    rows = put(rows, "grade_number", [given.get(key, (None,))[0] for key in numbers])
    rows = put(rows, "grade_number_suggested", [number for number, _ in numbers.values()])
    return put(rows, "grade_reason", [reasons.get(key, reason) for key, (_, reason) in numbers.items()])


def _told_apart(rows: pa.Table, incident_of: Mapping[review.EventKey, str],
                pairs: Iterable[tuple[review.EventKey, review.EventKey]]) -> pa.Table:
    """Return the incidents with the names of those that the analyst told apart from them."""
    others: dict[str | None, set[str | None]] = defaultdict(set)
    for pair in pairs:
        one, other = map(incident_of.get, pair)
        others[one].add(other)
        others[other].add(one)
    told = {name: tuple(sorted(apart - {None, name})) for name, apart in others.items()}
    names = columns.values(rows["incident"]) if told else ()
    return put(rows, "told_apart", [told.get(name, ()) for name in names]) if told else rows


def _given_grades(decided: review.Decided) -> dict[str, tuple[str, str]]:
    """Return {source: (letter, reason)} of the analyst's last word on each source."""
    return {name: (str(judgement.value), judgement.why or "no reason given")
            for judgement, _ in decided.get("grade", ()) if not judgement.anchors for name in judgement.target}


def _unknown_names(decided: review.Decided, named: entities.Assembled, voices: Iterable[str | None]) -> list[Problem]:
    """Return the decisions about names of which one is in no article any more: they change nothing."""
    known = {*voices, *named.of, *named.of.values(),
             *(name for entity in named.entities for name in (entity.entity, *entity.aliases))}
    return [Problem("", "judgement no longer fits", f"{judgement.kind} of {judgement.when}: nobody is named "
                    + " or ".join(f"“{name}”" for name in missing))
            for kind in ("grade", "merge", "split", "not_same") for judgement, _ in decided.get(kind, ())
            if not judgement.anchors and (missing := [name for name in judgement.target if name not in known])]


def _stale(judgements: Sequence[Judgement], articles: Mapping[str, Article]) -> list[Problem]:
    return [Problem(judgement.anchors[0].article_id, "judgement no longer fits", f"{judgement.kind}: {why}")
            for judgement, why in stale(judgements, articles.values())]
