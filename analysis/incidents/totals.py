"""Low, best and high of an incident, and the ledger of what was used.

Within one article, rows that restate one another speak of one *set* of victims: they are rival figures, and different
sets add up. Between articles everything is a rival figure, save that silence on a group of victims is not zero.
An open figure that agrees with a closed one ("several" beside five, "at least three" of a source that also says
five) is left out as less precise; a number of another root ("at least 20" beside a rival's 61) keeps its own end of
the range.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.incidents.policies import Policy
from analysis.records import Article, Casualty, Incident, LedgerEntry, Mention

_WORDS_ONLY = ("vague", "plural", "shared")

Account = dict[str, list["Figure"]]  # what one article says: {victim status: a figure for each set of victims}


@dataclass(frozen=True, slots=True)
class Figure:
    """What one statement, or several that stand together, comes to. ``rank`` orders figures from the best."""

    low: int | None
    high: int | None
    best: int | None
    why: str
    rank: tuple = ()
    claims: tuple[Casualty, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether both bounds are known."""
        return self.low is not None and self.high is not None

    @property
    def words_only(self) -> bool:
        """Whether it rests on words without a number: "several", "soldiers"."""
        return all(claim.bound in _WORDS_ONLY for claim in self.claims)

    @property
    def roots(self) -> set[str | None]:
        """Whose figure it is."""
        return {claim.root for claim in self.claims}

    def agrees(self, other: Figure) -> bool:
        """True when some number of people fits both."""
        return ((self.low or 0) <= (other.high if other.high is not None else float("inf"))
                and (other.low or 0) <= (self.high if self.high is not None else float("inf")))


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
        by_incident[claim.incident or ""].append(claim)
    for (incident, effect), group in groups.items():
        reasons = _left_out(group, policy, articles)
        standing = [claim for claim in group if _key(claim) not in reasons]
        figure, less_precise = _combine(standing, _told_apart(group), policy, articles, grades or {})
        reasons |= {_key(claim): "compatible but less precise" for claim in less_precise}
        ledger += [LedgerEntry(incident, effect, policy.name, c.article_id, c.casualty, _key(c) not in reasons,
                               reasons.get(_key(c), "used")) for c in group]
        incidents.append(_row(incident, effect, policy, figure, group, standing, by_incident[incident], articles,
                              where))
    return incidents, ledger


def _key(claim: Casualty) -> tuple[str, int]:
    return claim.article_id, claim.casualty


def _left_out(group: Sequence[Casualty], policy: Policy, articles: Mapping[str, Article]) -> dict[tuple[str, int], str]:
    """Return {claim: reason} for the claims that may not count."""
    reasons: dict[tuple[str, int], str] = {}
    for claim in group:
        reason = ("rejected by the analyst" if claim.judged == "rejected"
                  else f"out of scope: {claim.effect}" if claim.effect not in policy.effects
                  else f"out of scope: victims {claim.victim_status}" if claim.victim_status not in policy.statuses
                  else "out of scope: cumulative figure" if claim.scope == "cumulative"
                  else "denied" if claim.certainty == "denied"
                  else "hypothetical" if claim.certainty == "hypothetical"
                  else "superseded in the same article" if claim.superseded_by is not None
                  else "part of another" if claim.part_of is not None else None)
        if reason:
            reasons[_key(claim)] = reason
    return reasons | _superseded([c for c in group if _key(c) not in reasons], articles)


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
                and (later.bound not in _WORDS_ONLY or claim.bound in _WORDS_ONLY))

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
        victims = claim.restates if claim.restates is not None else claim.casualty
        by_article[claim.article_id][victims].append(_figure(claim, policy, articles[claim.article_id], grades))
    accounts: list[Account] = []
    for sets in by_article.values():
        accounts.append(defaultdict(list))
        for figures in sets.values():
            figure, supporting = _rivals(figures, policy)
            accounts[-1][figure.claims[0].victim_status].append(figure)
            less_precise += supporting
    if not accounts:
        return None, []
    figure, supporting = _rivals(_completed(accounts, apart, policy), policy)
    return figure, less_precise + supporting


def _completed(accounts: Sequence[Account], apart: set[frozenset[str]], policy: Policy) -> list[Figure]:
    """Return each account's sum, with the groups of victims that it does not speak of taken from the other accounts.

    An article that tells only of the civilians does not say that no soldier died. Groups add up only where one article
    tells them ``apart``: "five militants" beside another's "five civilians" may be the same dead.
    """
    of_group = {group: _rivals([_sum(account[group]) for account in accounts if group in account], policy)[0]
                for account in accounts for group in account}
    completed = []
    for account in accounts:
        told = max((groups for groups in apart if set(account) < groups), key=len, default=frozenset())
        others = [dataclasses.replace(of_group[g], claims=()) for g in sorted(told - set(account)) if g in of_group]
        completed.append(_sum([figure for figures in account.values() for figure in figures] + others))
    return completed


def _figure(claim: Casualty, policy: Policy, article: Article, grades: Mapping[str, str]) -> Figure:
    low, high = claim.low, claim.high
    if claim.bound in _WORDS_ONLY and claim.wording:
        word = next((w for w in policy.vague if re.search(rf"\b{w}\b", claim.wording, re.IGNORECASE)), None)
        low, high = (policy.vague[word],) * 2 if word else (low, high)
    best = None if low is None or (high is None and claim.bound in _WORDS_ONLY) else low
    letter = grades.get(claim.root or "", "F")
    day = int((article.published or "0").replace("-", "") or 0)
    said = f"{root_words(claim)}, grade {letter}" + (f", {article.published}" if article.published else "")
    return Figure(low, high, best, f"the figure of {said}" if best is not None else f"{said}, gives no number",
                  (best is None, letter, -day, low or 0), (claim,))


def root_words(claim: Casualty) -> str:
    """Return the root of a claim as a reader would say it, without the article that tells namesakes apart."""
    root = (claim.root or "unknown").removesuffix(f" ({claim.article_id})")
    return "the article itself" if root == "unknown" or root.startswith("unknown (") else root


def _rivals(figures: Sequence[Figure], policy: Policy) -> tuple[Figure, list[Casualty]]:
    """Combine figures for the same victims; open ones that agree with a closed one never open the range.

    Such a figure is only support, unless another root gives it a number: "at least 20" beside a rival's 61 stays the
    low.
    """
    closed = [figure for figure in figures if figure.closed]
    agreeing = [f for f in figures if not f.closed and any(f.agrees(c) for c in closed)]
    supporting = [f for f in agreeing if f.words_only or any(f.roots & c.roots for c in closed if f.agrees(c))]
    kept = [figure for figure in figures if figure not in supporting]
    first = min(kept, key=lambda figure: figure.rank)
    lows, highs = ([side for f in kept for side in [getattr(f, name)] if side is not None or f not in agreeing]
                   for name in ("low", "high"))
    low = None if None in lows else min(lows)
    high = None if None in highs else max(highs)
    best, why = first.best, first.why
    if policy.rivals == "lowest":
        best = high = low
        why = "the most conservative figure"
    elif policy.rivals == "extremes":
        best, why = None, "this policy names no best figure"
    claims = tuple(claim for figure in kept for claim in figure.claims)
    return Figure(low, high, best, why, first.rank, claims), [c for f in supporting for c in f.claims]


def _sum(parts: Sequence[Figure]) -> Figure:
    """Add up different victims of one article; what is open or unknown in one part is so in the sum."""
    if len(parts) == 1:
        return parts[0]
    low, high, best = (None if None in values else sum(values)
                       for values in ([p.low for p in parts], [p.high for p in parts], [p.best for p in parts]))
    why = f"the sum over {len(parts)} groups of victims: " + "; ".join(dict.fromkeys(p.why for p in parts))
    return Figure(low, high, best, why, max(p.rank for p in parts), tuple(c for p in parts for c in p.claims))


def _row(incident: str, effect: str, policy: Policy, figure: Figure | None, group: Sequence[Casualty],
         voices: Sequence[Casualty], event: Sequence[Casualty], articles: Mapping[str, Article],
         where: Mapping[tuple[str, str], Mention]) -> Incident:
    figure = figure or Figure(None, None, None, "no claim in scope")
    place = _most_precise(event, where)
    point = next((where[c.article_id, c.place] for c in event if place and (c.article_id, c.place) in where
                  and c.place == place), None)
    return Incident(
        incident, effect, policy.name, figure.low, figure.best, figure.high, figure.why,
        date=_most_precise_date(event), place=place, latitude=point and point.latitude,
        longitude=point and point.longitude, where_prec=point and point.where_prec,
        perpetrator=_most_common([c.perpetrator for c in event]),
        n_articles=len({c.article_id for c in voices}),
        n_outlets=len({articles[c.article_id].outlet or f"unknown ({c.article_id})" for c in voices}),
        n_roots=len({c.root for c in voices}), n_claims=len(group), n_reviewed=sum(c.judged is not None for c in group))


def _most_precise(event: Sequence[Casualty], where: Mapping[tuple[str, str], Mention]) -> str | None:
    """Return the place with the best where_prec; one without coordinates only when there is no other."""
    named = [c for c in event if c.place]
    return min(named, key=lambda c: where[c.article_id, c.place].where_prec or 9
               if (c.article_id, c.place) in where else 8).place if named else None


def _most_precise_date(event: Sequence[Casualty]) -> str | None:
    dates = [c.date for c in event if c.date]
    return max(dates, key=lambda date: (len(date.replace("X", "")), dates.count(date))) if dates else None


def _most_common(values: Iterable[str | None]) -> str | None:
    known = [value for value in values if value]
    return max(known, key=known.count) if known else None


def with_incidents(claims: Sequence[Casualty], incident_of: Mapping[tuple[str, int], str]) -> list[Casualty]:
    """Return the claims with ``incident`` filled; ``incident_of``: {(article_id, event): incident}."""
    return [dataclasses.replace(c, incident=incident_of[c.article_id, c.event]) for c in claims]
