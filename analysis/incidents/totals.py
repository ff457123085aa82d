"""Low, best and high of an incident, and the ledger of what was used.

Within one article, rows that restate one another speak of one *set* of victims: they are rival figures, and different
sets add up. Between articles everything is a rival figure, save that silence on a group of victims is not zero.
An open figure that agrees with a closed one ("several" beside five, "at least three" of a source that also says
five) is left out as less precise; a number of another root ("at least 20" beside a rival's 61) keeps its own end of
the range.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from analysis.incidents.facts import is_day, is_whole
from analysis.incidents.figures import WORDS_ONLY, Figure, added, figure_of, overlapping, rivals, root_words
from analysis.incidents.policies import Policy
from analysis.independence import echoes
from analysis.records import Article, Casualty, Incident, LedgerEntry, Mention

Account = dict[str, list["Figure"]]  # what one article says: {victim status: a figure for each set of victims}


def totals(claims: Sequence[Casualty], policy: Policy, articles: Mapping[str, Article],
           mentions: Iterable[Mention] = (), grades: Mapping[str, str] | None = None,
           ) -> tuple[list[Incident], list[LedgerEntry]]:
    """Return one row per incident and effect, and one ledger entry per claim, under a policy.

    ``grades``: {root: Admiralty letter}, F where there is none.
    """
    where = {(m.article_id, m.entity): m for m in mentions if m.latitude is not None}
    groups: dict[tuple[str, str], list[Casualty]] = defaultdict(list)
    for claim in claims:
        groups[claim.incident or "", claim.effect].append(claim)
    incidents, ledger = [], []
    by_incident: dict[str, list[Casualty]] = defaultdict(list)
    for claim in claims:
        if claim.judged != "rejected":
            by_incident[claim.incident or ""].append(claim)
    for (incident, effect), group in groups.items():
        reasons = _left_out(group, policy, articles)
        standing = [claim for claim in group if _key(claim) not in reasons]
        figure, less_precise = _combine(standing, _told_apart(group), policy, articles, grades or {})
        reasons |= {_key(claim): "compatible but less precise" for claim in less_precise}
        ledger += [LedgerEntry(incident, effect, policy.name, c.article_id, c.casualty, _key(c) not in reasons,
                               reasons.get(_key(c), _used(c))) for c in group]
        incidents.append(_row(incident, effect, policy, figure, group, standing, by_incident[incident], articles,
                              where))
    return incidents, ledger


def _used(claim: Casualty) -> str:
    return "used" if claim.may_restate is None else "used, not added: it may speak of the same people"


def _key(claim: Casualty) -> tuple[str, int]:
    return claim.article_id, claim.casualty


def _left_out(group: Sequence[Casualty], policy: Policy, articles: Mapping[str, Article]) -> dict[tuple[str, int], str]:
    """Return {claim: reason} for the claims that may not count."""
    by_key = {_key(claim): claim for claim in group}
    rejected = {key for key, claim in by_key.items() if claim.judged == "rejected"}
    reasons: dict[tuple[str, int], str] = {}
    for key, claim in by_key.items():
        reason = ("rejected by the analyst" if key in rejected
                  else f"out of scope: {claim.effect}" if claim.effect not in policy.effects
                  else f"out of scope: victims {claim.victim_status}" if claim.victim_status not in policy.statuses
                  else "out of scope: cumulative figure" if claim.scope == "cumulative"
                  else "denied" if claim.certainty == "denied"
                  else "hypothetical" if claim.certainty == "hypothetical"
                  else "superseded in the same article" if claim.superseded_by is not None
                  and (claim.article_id, claim.superseded_by) not in rejected else None)
        if reason:
            reasons[key] = reason
    reasons |= _parts(by_key, reasons, policy)
    return reasons | _superseded([c for c in group if _key(c) not in reasons], articles)


def _parts(by_key: Mapping[tuple[str, int], Casualty], left_out: Mapping[tuple[str, int], str],
           policy: Policy) -> dict[tuple[str, int], str]:
    """Leave out the parts of a total, unless nobody counts it: the analyst rejects it, its status is out of scope."""
    told = {(c.article_id, _victims(c)) for key, c in by_key.items() if key not in left_out and c.part_of is None}

    def counts(whole: Casualty | None) -> bool:
        return (whole is None or (whole.judged != "rejected" and whole.victim_status in policy.statuses)
                or (whole.article_id, _victims(whole)) in told
                or (whole.part_of is not None and counts(by_key.get((whole.article_id, whole.part_of)))))

    reasons = {}
    for key, claim in by_key.items():
        part = claim if claim.part_of is not None else by_key.get((claim.article_id, _victims(claim)), claim)
        if key not in left_out and part.part_of is not None and counts(by_key.get((claim.article_id, part.part_of))):
            reasons[key] = "part of another" if part is claim else "restates a part of another"
    return reasons


def _victims(claim: Casualty) -> int:
    """Return the number of the set of victims that a claim speaks of: that of the first row on them."""
    return claim.casualty if claim.restates is None else claim.restates


def _superseded(claims: Sequence[Casualty], articles: Mapping[str, Article]) -> dict[tuple[str, int], str]:
    """Leave out what a root said of the same victims before a later dated report.

    A later word without a number ("several") replaces no number, and a report on one group of victims no other group.
    """
    by_root: dict[str | None, list[Casualty]] = defaultdict(list)
    for claim in claims:
        if articles[claim.article_id].published:
            by_root[claim.root].append(claim)

    def replaces(later: Casualty, claim: Casualty) -> bool:
        return (articles[later.article_id].published > articles[claim.article_id].published
                and ("unknown" in (later.victim_status, claim.victim_status)
                     or later.victim_status == claim.victim_status)
                and (later.bound not in WORDS_ONLY or claim.bound in WORDS_ONLY))

    return {_key(claim): f"superseded by a later report of {root_words(claim)}" for said in by_root.values()
            for claim in said if any(replaces(later, claim) for later in said)}


def _told_apart(claims: Iterable[Casualty]) -> set[frozenset[str]]:
    """Return the groups of victims that one article tells apart, such as {soldiers, civilians}, for each article."""
    groups: dict[str, set[str]] = defaultdict(set)
    for c in claims:
        if c.part_of is None and c.restates is None and c.certainty != "denied" and c.judged != "rejected":
            groups[c.article_id].add(c.victim_status)
    return {frozenset(group) for group in groups.values() if "unknown" not in group}


def _combine(claims: Sequence[Casualty], apart: set[frozenset[str]], policy: Policy, articles: Mapping[str, Article],
             grades: Mapping[str, str]) -> tuple[Figure | None, list[Casualty]]:
    """Return the figure that the claims come to, None when there are none, and the claims that only support it."""
    less_precise: list[Casualty] = []
    by_article: dict[str, dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        figure = figure_of(claim, policy, articles[claim.article_id], grades)
        by_article[claim.article_id][_victims(claim)].append(figure)
    accounts: list[Account] = []
    for sets in by_article.values():
        accounts.append(defaultdict(list))
        doubtful: dict[tuple, list[Figure]] = defaultdict(list)
        for victims, figures in sets.items():
            figure, supporting = rivals(figures, policy)
            doubtful[_with(victims, figures, sets)].append(figure)
            less_precise += supporting
        for figures in doubtful.values():
            figure = overlapping(figures)
            accounts[-1][figure.claims[0].victim_status].append(figure)
    if not accounts:
        return None, []
    figure, supporting = rivals(_completed(accounts, apart, policy), policy)
    return figure, less_precise + supporting


def _with(victims: int, figures: Sequence[Figure], sets: Collection[int]) -> tuple:
    """Return a key that a set of victims shares with those who may be the same people, as two parts of a total may."""
    first = next((f.claims[0] for f in figures if f.claims[0].casualty == victims), None)
    if first and first.part_of is not None:
        return first.part_of, first.victim_status
    return (first.may_restate if first and first.may_restate in sets else victims,)


def _completed(accounts: Sequence[Account], apart: set[frozenset[str]], policy: Policy) -> list[Figure]:
    """Return each account's sum, with the groups of victims that it does not speak of taken from the other accounts.

    An article that tells only of the civilians does not say that no soldier died. Groups add up only where one article
    tells them ``apart``: "five militants" beside another's "five civilians" may be the same dead.
    """
    shared = frozenset().union(*accounts) & frozenset().union(*apart)
    of_group = {group: rivals([added(account[group]) for account in accounts if group in account], policy)[0]
                for group in shared}
    completed = []
    for account in accounts:
        told = max((groups for groups in apart if set(account) < groups), key=len, default=frozenset())
        others = [dataclasses.replace(of_group[g], claims=()) for g in sorted(told - set(account)) if g in of_group]
        completed.append(added([figure for figures in account.values() for figure in figures] + others))
    return completed


def _row(incident: str, effect: str, policy: Policy, figure: Figure | None, group: Sequence[Casualty],
         voices: Sequence[Casualty], event: Sequence[Casualty], articles: Mapping[str, Article],
         where: Mapping[tuple[str, str], Mention]) -> Incident:
    figure = figure or Figure(None, None, None, "no claim in scope", ("F", 0))
    place, repeated = _most_precise(event, where), echoes(voices)
    point = next((where[c.article_id, c.place] for c in event if place and (c.article_id, c.place) in where
                  and c.place == place), None)
    return Incident(
        incident, effect, policy.name, figure.low, figure.best, figure.high, figure.why,
        date=_most_precise_date(event), place=place, latitude=point and point.latitude,
        longitude=point and point.longitude, where_prec=point and point.where_prec,
        perpetrator=_most_common([c.perpetrator for c in event]),
        n_articles=len({c.article_id for c in voices}),
        n_outlets=len({articles[c.article_id].outlet or f"unknown ({c.article_id})" for c in voices}),
        n_roots=len({c.root for c in voices if _key(c) not in repeated}), n_claims=len(group),
        n_reviewed=sum(c.judged is not None for c in group), place_id=point and point.place_id)


def _most_precise(event: Sequence[Casualty], where: Mapping[tuple[str, str], Mention]) -> str | None:
    """Return the place with the best where_prec; one without coordinates only when there is no other."""
    named = [c for c in event if c.place]
    return min(named, key=lambda c: where[c.article_id, c.place].where_prec or 9
               if (c.article_id, c.place) in where else 8).place if named else None


def _most_precise_date(event: Sequence[Casualty]) -> str | None:
    """Return the most precise day told of the event, that of a part of the victims only if there is no other."""
    dates = [c.date for c in event if c.date and is_whole(c)] or [c.date for c in event if c.date]
    return max(dates, key=lambda date: (is_day(date), "/" not in date, len(date.replace("X", "")), dates.count(date)),
               default=None)


def _most_common(values: Iterable[str | None]) -> str | None:
    known = [value for value in values if value]
    return max(known, key=known.count) if known else None
