"""Low, best and high of an incident, and the ledger of what was used.

Within one article, rows that restate one another speak of one *set* of victims: they are rival figures, and different
sets add up. Between articles everything is a rival figure, save that silence on a group of victims is not zero.
An open figure that agrees with a closed one ("several" beside five, "at least three" of a source that also says
five) is left out as less precise; a number of another root ("at least 20" beside a rival's 61) keeps its own end of
the range.
A part that counts because the status of its total is unknown and out of scope is a minimum: the others of the total
may be in scope too, and its figure is open up to as many as they all are.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from analysis.incidents.facts import is_day, is_whole
from analysis.incidents.figures import NO_FIGURE, WORDS_ONLY, Figure, added, at_least, figure_of, overlapping, rivals
from analysis.incidents.policies import Policy
from analysis.incidents.standing import Group, Key, key_of, left_out, open_wholes, victims_of
from analysis.independence import echoes
from analysis.records import EFFECTS, Article, Casualty, Incident, LedgerEntry, Mention

AT_LEAST = "used, as at least: others of the total may be in scope too"
Account = dict[str, list[Figure]]  # what one article says: {victim status: a figure for each set of victims}


def totals(claims: Iterable[Casualty], policy: Policy, articles: Mapping[str, Article],
           mentions: Iterable[Mention] = (), grades: Mapping[str, str] | None = None,
           ) -> tuple[list[Incident], list[LedgerEntry]]:
    """Return one row per incident and effect, and one ledger entry per claim, under a policy.

    ``grades``: {root: Admiralty letter}, F where there is none. No incident looks at another: all claims of some
    incidents, in their order, and the mentions of their articles give the rows and entries that they have among all.
    """
    return all_totals(claims, (policy,), articles, mentions, grades)


def all_totals(claims: Iterable[Casualty], policies: Collection[Policy], articles: Mapping[str, Article],
               mentions: Iterable[Mention] = (), grades: Mapping[str, str] | None = None,
               ) -> tuple[list[Incident], list[LedgerEntry]]:
    """Return the ``totals`` under each policy, one after the other; what policies share is worked out once."""
    where = {(m.article_id, m.entity): m for m in mentions if m.latitude is not None}
    groups: dict[tuple[str, str], Group] = defaultdict(dict)
    events: dict[str, list[Casualty]] = {}
    for claim in claims:
        groups[claim.incident or "", claim.effect][key_of(claim)] = claim
        event = events.setdefault(claim.incident or "", [])
        if claim.judged != "rejected":
            event.append(claim)
    facts = {incident: _facts(event, where) for incident, event in events.items()}
    counted: list[tuple[list[Incident], list[LedgerEntry]]] = [([], []) for _ in policies]
    places = {incident: place for place, incident in enumerate(events)}
    for incident, effect in sorted(groups, key=lambda pair: (places[pair[0]], EFFECTS.index(pair[1]))):
        group = groups[incident, effect]
        n_reviewed = sum(c.judged is not None for c in group.values())
        counts = _counts(effect, group, policies, articles, grades or {})
        for policy, (rows, ledger), (figure, said, voices) in zip(policies, counted, counts, strict=True):
            rows.append(Incident(incident, effect, policy.name, figure.low, figure.best, figure.high, figure.why,
                                 n_claims=len(group), n_reviewed=n_reviewed, **facts[incident], **voices))
            ledger += [LedgerEntry(incident, effect, policy.name, *entry) for entry in said]
    return [row for rows, _ in counted for row in rows], [entry for _, ledger in counted for entry in ledger]


def _counts(effect: str, group: Group, policies: Iterable[Policy], articles: Mapping[str, Article],
            grades: Mapping[str, str]) -> Iterator[tuple[Figure, list[tuple], dict[str, int]]]:
    """Yield for each policy the figure of a group, (article_id, casualty, used, why) of its claims, and its voices.

    Policies that leave out the same statuses leave out the same claims; if they also combine rivals and read words in
    one way, they count the same.
    """
    statuses = frozenset(claim.victim_status for claim in group.values())
    vague = [claim for claim in group.values() if claim.bound in WORDS_ONLY]

    def read(claims: Iterable[Casualty], words: Mapping[str, int]) -> dict[Key, Figure]:
        return {key_of(claim): figure_of(claim, words, articles[claim.article_id], grades) for claim in claims}

    figures = read(group.values(), {})
    apart = _told_apart(group.values()) if len(statuses) > 1 else set()
    used = {key: _used(claim) for key, claim in group.items()}
    scoped: dict = {}
    counted: dict = {}
    for policy in policies:
        scope = statuses.intersection(policy.statuses) if effect in policy.effects else None
        if scope not in scoped:
            reasons = left_out(group, scope, articles)
            standing = [claim for key, claim in group.items() if key not in reasons]
            scoped[scope] = reasons, standing, open_wholes(group, reasons, scope), _voices(standing, articles)
        reasons, standing, wholes, voices = scoped[scope]
        way = (scope, policy.rivals, tuple(policy.vague.items()) if vague else ()) if standing else scope
        if way not in counted:
            figure, less_precise = _combine(standing, figures | read(vague, policy.vague), apart, wholes, policy)
            why = reasons | {key_of(claim): "compatible but less precise" for claim in less_precise}
            said = used | dict.fromkeys(wholes, AT_LEAST) | why
            counted[way] = figure, [(*key, key not in why, words) for key, words in said.items()], voices
        yield counted[way]


def _used(claim: Casualty) -> str:
    return "used" if claim.may_restate is None else "used, not added: it may speak of the same people"


def _told_apart(claims: Iterable[Casualty]) -> set[frozenset[str]]:
    """Return the groups of victims that one article tells apart, such as {soldiers, civilians}, for each article."""
    groups: dict[str, set[str]] = defaultdict(set)
    for c in claims:
        if c.part_of is None and c.restates is None and c.certainty != "denied" and c.judged != "rejected":
            groups[c.article_id].add(c.victim_status)
    return {frozenset(group) for group in groups.values() if len(group) > 1 and "unknown" not in group}


def _combine(claims: Sequence[Casualty], figures: Mapping[Key, Figure], apart: set[frozenset[str]],
             wholes: Mapping[Key, tuple[int, int | None]], policy: Policy) -> tuple[Figure, list[Casualty]]:
    """Return what the claims, with their ``figures``, come to, and those of them that only support it.

    What is told of a total whose others may be in scope too stands in its account as of unknown status: such an
    article is not silent on the other groups.
    """
    if len(claims) < 2 and not wholes:
        return rivals([figures[key_of(claim)] for claim in claims], policy) if claims else (NO_FIGURE, [])
    by_article: dict[str, dict[int, list[Figure]]] = {}
    for claim in claims:
        by_article.setdefault(claim.article_id, {}).setdefault(victims_of(claim), []).append(figures[key_of(claim)])
    less_precise: list[Casualty] = []
    accounts: list[Account] = []
    for sets in by_article.values():
        doubtful: dict[tuple, list[Figure]] = defaultdict(list)
        for victims, rival in sets.items():
            figure, supporting = rivals(rival, policy)
            doubtful[_with(victims, rival, sets)].append(figure)
            less_precise += supporting
        account: Account = defaultdict(list)
        opened: dict[tuple[int, int | None], list[Figure]] = defaultdict(list)
        for parts in doubtful.values():
            figure = overlapping(parts)
            whole = wholes.get(key_of(figure.claims[0]))
            (account[figure.claims[0].victim_status] if whole is None else opened[whole]).append(figure)
        for (_, high), parts in opened.items():
            account["unknown"].append(at_least(parts, high))
        accounts.append(account)
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
    if not apart or len(accounts) == 1:
        return [added([figure for figures in account.values() for figure in figures]) for account in accounts]
    shared = frozenset().union(*accounts) & frozenset().union(*apart)
    of_group = {group: rivals([added(account[group]) for account in accounts if group in account], policy)[0]
                for group in shared}
    completed = []
    for account in accounts:
        wider = sorted((groups for groups in apart if set(account) < groups), key=sorted)  # of equals always the same
        told = max(wider, key=len, default=frozenset())
        others = [dataclasses.replace(of_group[g], claims=()) for g in sorted(told - set(account)) if g in of_group]
        completed.append(added([figure for figures in account.values() for figure in figures] + others))
    return completed


def _voices(claims: Sequence[Casualty], articles: Mapping[str, Article]) -> dict[str, int]:
    """Return from how many articles, outlets and roots the claims come; an unknown outlet counts as one each time."""
    ids, repeated = {claim.article_id for claim in claims}, echoes(claims)
    known = {outlet for i in ids if (outlet := articles[i].outlet)}
    unknown = sum(not articles[i].outlet for i in ids)
    return {"n_articles": len(ids), "n_outlets": len(known) + unknown, "n_outlets_unknown": unknown,
            "n_roots": len({claim.root for claim in claims if key_of(claim) not in repeated})}


def _facts(event: Sequence[Casualty], where: Mapping[tuple[str, str], Mention]) -> dict[str, object]:
    """Return when and where an incident was and who did it, by column."""
    place = _most_precise(event, where)
    point = next((where[c.article_id, c.place] for c in event if place and (c.article_id, c.place) in where
                  and c.place == place), None)
    return {"date": _most_precise_date(event), "place": place,
            **{name: point and getattr(point, name) for name in ("latitude", "longitude", "where_prec", "place_id")},
            "perpetrator": _most_common([c.perpetrator for c in event])}


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
