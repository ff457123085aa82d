"""Low, best and high of an incident, and the ledger of what was used.

Within one article, rows that restate one another speak of one *set* of victims: they are rival figures, and different
sets add up. Between articles everything is a rival figure: those of an article with one set, the sum of another. Of
each root only its latest report stands; parts stand below their toll and never widen a range; an open figure that
agrees with a closed one ("several" beside five) is left out as less precise, and so is an account of some of the
victims beside one of them all. Parts whose toll nobody states are "at least" their sum; parts in scope of a toll of
unknown status, which is out of it, are "at least" so many and at most the toll, less those known to be out of scope.
Every claim that is "used" lies inside low and high, save those that are added up, read otherwise by the policy or at
least so many, which says so.

**Misses:** a later report on some groups of victims beside an earlier one of all by the same root; attackers who are
counted in a toll that a policy counts without them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from analysis.incidents.figures import (
    HIGHER,
    LESS_PRECISE,
    NO_FIGURE,
    OTHERS_TOO,
    WITHOUT_TOTAL,
    Figure,
    added,
    at_least,
    figure_of,
    rivals,
)
from analysis.incidents.places import PROVINCE
from analysis.incidents.policies import Policy
from analysis.incidents.scope import SUPERSEDED, Group, Key, Set, key_of, left_out, minimums, sets_of, wholes_of
from analysis.independence import echoes
from analysis.records import EFFECTS, Article, Casualty, Incident, LedgerEntry, Mention

USED, ADDED = "used", "used: added up with the other groups of victims"
READ = "used: as this policy reads it"
SOME = "tells of some of the victims only"
_SEVERAL = 3  # people beside whom one is no rival count
_SPEAKS = (USED, SOME, LESS_PRECISE, HIGHER)  # for the incident, be its figure used or not


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
               may_be: Mapping[str, str] | None = None, known: dict[tuple, list] | None = None,
               ) -> tuple[list[Incident], list[LedgerEntry]]:
    """Return the ``totals`` under each policy, one after the other; ``may_be``: {incident: another that it may be}.

    ``known`` remembers what the incidents of the last call came to, for other calls with these policies and articles:
    an incident of the same claims, the very records, with all else equal is not counted again. Between two calls only
    ``incident`` and ``incident_probability`` of a record may change.
    """
    where = {(m.article_id, m.entity): m for m in mentions if m.latitude is not None}
    events: dict[str, list[Casualty]] = defaultdict(list)
    for claim in claims:
        events[claim.incident or ""].append(claim)
    rows, ledger = ([[] for _ in policies] for _ in range(2))
    before, grades, counted = known or {}, grades or {}, {}
    for incident, event in events.items():
        columns = _facts(event, where) | {"may_be": (may_be or {}).get(incident)}
        key = (incident, *columns.values(), *((id(claim), claim.incident_probability, grades.get(claim.root or ""))
                                              for claim in event))
        counted[key] = before.get(key) or (event, _counted(incident, event, columns, policies, articles, grades))
        for number, (of_incident, entries) in enumerate(counted[key][1]):  # while the records last, so do their ids
            rows[number] += of_incident
            ledger[number] += entries
    if known is not None:
        known.clear()
        known.update(counted)
    return [*chain.from_iterable(rows)], [*chain.from_iterable(ledger)]


def _counted(incident: str, event: Iterable[Casualty], columns: Mapping[str, object], policies: Collection[Policy],
             articles: Mapping[str, Article], grades: Mapping[str, str],
             ) -> list[tuple[list[Incident], list[LedgerEntry]]]:
    """Return the rows and entries of one incident under each policy; those of one reading are counted once."""
    groups: dict[str, Group] = defaultdict(dict)
    for claim in event:
        groups[claim.effect][key_of(claim)] = claim
    made: list[tuple[list[Incident], list[LedgerEntry]]] = [([], []) for _ in policies]
    for effect in sorted(groups, key=EFFECTS.index):
        group, read = groups[effect], {}
        sets = sets_of(group)
        wholes = wholes_of(group, sets)
        n_reviewed = sum(claim.judged is not None for claim in group.values())
        for policy, (rows, ledger) in zip(policies, made, strict=True):
            reading = policy.reading(effect)
            if reading not in read:
                figure, said = _count(effect, group, sets, wholes, policy, articles, grades)
                used = [group[key] for key, why in said.items() if why.startswith(USED)]
                standing = [group[key] for key, why in said.items() if why.startswith(_SPEAKS)]
                read[reading] = figure, said, {"doubt": _doubt(used), **_voices(standing, articles)}
            figure, said, voices = read[reading]
            rows.append(Incident(incident, effect, policy.name, figure.low, figure.best, figure.high, figure.why,
                                 n_claims=len(group), n_reviewed=n_reviewed, **columns, **voices))
            ledger += [LedgerEntry(incident, effect, policy.name, *key, why.startswith(USED), why)
                       for key, why in said.items()]
    return made


def _count(effect: str, group: Group, sets: Mapping[Key, Set], wholes: Mapping[Set, Collection[Set]], policy: Policy,
           articles: Mapping[str, Article], grades: Mapping[str, str]) -> tuple[Figure, dict[Key, str]]:
    """Return the figure of the claims on one effect in one incident, and what the ledger says of each."""
    reasons = left_out(group, sets, wholes, policy, effect, articles)
    said = dict.fromkeys(group, USED) | reasons
    rival: dict[str, dict[Set, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for key, claim in group.items():
        if key not in reasons:
            figure = figure_of(claim, policy.vague, articles[claim.article_id], grades)
            rival[claim.article_id][sets[key]].append(figure)
    open_ = minimums(group, sets, wholes, reasons) if wholes else {}
    accounts = []
    for of_article in rival.values():
        if len(of_article) == 1 and not open_.keys() & of_article.keys():
            accounts += next(iter(of_article.values()))  # rival figures, as those of other articles are
            continue
        figures: list[Figure] = []
        parts: dict[tuple[Set | None, int | None], list[Figure]] = defaultdict(list)
        for victims, rows in of_article.items():
            figure, spare = rivals(rows, policy)
            said |= spare
            (parts[open_[victims]] if victims in open_ else figures).append(figure)
        for (whole, high), some in parts.items():
            figure = at_least(some, high, OTHERS_TOO if whole else WITHOUT_TOTAL)
            if figure.low != figure.high or figure.low is None:
                said |= {key_of(c): f"{USED}: {OTHERS_TOO if whole else WITHOUT_TOTAL}" for c in figure.claims}
            figures.append(figure)
        accounts.append(added(figures))
    if not accounts:
        return NO_FIGURE, said
    if len(said) == 1 and policy.rivals == "range":
        return accounts[0], said
    gone: dict[str, int] = defaultdict(int)
    for (article, _), claim in group.items():
        if said[key_of(claim)].startswith(SUPERSEDED):
            gone[article] = max(gone[article], claim.low or 0)
    whole = list(accounts)
    for account in accounts:
        if any(_is_some_of(account, other, gone) for other in whole):
            whole.remove(account)
    said |= {key_of(claim): SOME for account in accounts if account not in whole for claim in account.claims}
    figure, spare = rivals(whole, policy)
    said |= spare
    for account in whole:
        for claim in account.claims:
            if said[key_of(claim)] == USED:
                said[key_of(claim)] = ADDED if account.groups > 1 else USED if _is_inside(claim, figure) else READ
    return figure, said


def _is_inside(claim: Casualty, figure: Figure) -> bool:
    return ((figure.low is None or (claim.low is not None and claim.low >= figure.low))
            and (figure.high is None or claim.high is None or claim.high <= figure.high))


def _doubt(standing: Sequence[Casualty]) -> float | None:
    """Return how likely the weakest role or link behind a figure is wrong; what the analyst has looked at is sure."""
    sure = [1.0 if c.judged else min(1.0 if c.role_probability is None else c.role_probability,
                                     1.0 if c.incident_probability is None else c.incident_probability)
            for c in standing]
    return round(1 - min(sure), 3) if sure else None


def _is_some_of(account: Figure, other: Figure, gone: Mapping[str, int]) -> bool:
    """True for an account of some of the victims beside one of them all.

    That are one person beside several; what is left of an article whose own toll, ``gone``, is superseded; and "three
    civilians" beside another article's three civilians and five soldiers, or its sum of them.
    """
    if other is account or other.low is None or account.high is None or account.high > other.low:
        return False
    if account.high == 1 < _SEVERAL <= other.low or account.high < gone[account.claims[0].article_id]:
        return True
    mine, theirs = ({claim.victim_status for claim in a.claims} for a in (account, other))
    return mine < theirs and "unknown" not in theirs and (account.low or 0) <= other.low


def _voices(claims: Sequence[Casualty], articles: Mapping[str, Article]) -> dict[str, int]:
    """Return from how many articles, outlets and roots the claims come; an unknown outlet counts as one each time.

    What an article says without naming anybody may come from any of those whom others name: it is a root only where
    nobody is named, and all such articles are one. Who gives a part beside a toll is no root of the toll.
    """
    ids, repeated = {claim.article_id for claim in claims}, echoes(claims)
    counted = [c for c in claims if c.role != "part"] or claims
    named = {c.account for c in counted if key_of(c) not in repeated and c.has_voice}
    known = {outlet for i in ids if (outlet := articles[i].outlet)}
    unknown = sum(not articles[i].outlet for i in ids)
    return {"n_articles": len(ids), "n_outlets": len(known) + unknown, "n_outlets_unknown": unknown,
            "n_roots": len(named) or min(len(ids), 1)}


def _facts(event: Sequence[Casualty], where: Mapping[tuple[str, str], Mention]) -> dict[str, object]:
    """Return when and where an incident was and who did it, by column: what the analyst says, else most claims."""
    event = [claim for claim in event if claim.judged != "rejected"]
    places = _told(event, "place")
    points = {c.place: where[c.article_id, c.place] for c in event if (c.article_id, c.place) in where}
    fine = [p for p in places if p in points and (points[p].where_prec or 1) < PROVINCE]
    place = _most_common(fine or [p for p in places if p in points] or places)
    point = points.get(place) if place else None
    days = _told(event, "date")
    return {"date": _most_common([d for d in days if len(d) == 10] or days), "place": place,
            **{name: point and getattr(point, name) for name in ("latitude", "longitude", "where_prec", "place_id")},
            "perpetrator": _most_common(_told(event, "perpetrator"))}


def _told(event: Sequence[Casualty], column: str) -> list[str]:
    """Return what the claims of an incident say in a column; only those that the analyst corrected there, if any."""
    said = [claim for claim in event if claim.found and column in json.loads(claim.found)] or event
    return [value for claim in said if (value := getattr(claim, column))]


def _most_common(values: Sequence[str]) -> str | None:
    return max(dict.fromkeys(values), key=values.count, default=None)
