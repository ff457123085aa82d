"""Which claims on one effect in one incident may count under a policy, and why the others may not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from analysis.incidents.figures import WORDS_ONLY, root_words
from analysis.incidents.policies import Policy
from analysis.records import STATUSES, Article, Casualty

Key = tuple[str, int]  # article_id, casualty
Group = dict[Key, Casualty]  # the claims on one effect in one incident
Set = tuple[str, int]  # article_id, the first row on some victims
ATTACKER = "attacker"  # a group of victims
SUPERSEDED = "superseded"
_OUT = "out of scope: victims "


def key_of(claim: Casualty) -> Key:
    """Return what names a claim."""
    return claim.article_id, claim.casualty


def sets_of(group: Group) -> dict[Key, Set]:
    """Return the set of victims that each claim speaks of."""
    return {key: key if claim.restates is None else (key[0], _first(claim, group)) for key, claim in group.items()}


def _first(claim: Casualty, group: Group) -> int:
    """Return the first row on the victims of a claim; corrections by hand may lead in a circle."""
    number, seen = claim.casualty, []
    while number not in seen and (row := group.get((claim.article_id, number))) and row.restates is not None:
        seen.append(number)
        number = row.restates
    return min(seen[seen.index(number):]) if number in seen else number


def wholes_of(group: Group, sets: Mapping[Key, Set]) -> dict[Set, list[Set]]:
    """Return {set: those that it is part of, the narrowest first} for all parts; none where the whole is not said."""
    found: dict[Set, list[Set]] = {key: [] for key, claim in group.items() if claim.role == "part" and sets[key] == key}
    outer: dict[Set, list[Set]] = {}
    for key, claim in group.items():
        if claim.part_of is not None:
            part, whole = sets[key], sets.get((key[0], claim.part_of), (key[0], claim.part_of))
            if part not in (whole, *_around(whole, outer)):  # nothing is a part of itself: what is told first stands
                outer.setdefault(part, []).append(whole)
    return found | {part: _around(part, outer) for part in outer}


def _around(part: Set, outer: Mapping[Set, Collection[Set]]) -> list[Set]:
    found: list[Set] = []
    todo = list(outer.get(part, ()))
    for whole in todo:
        if whole not in found:
            found.append(whole)
            todo += outer.get(whole, ())
    return found


def left_out(group: Group, sets: Mapping[Key, Set], wholes: Mapping[Set, Collection[Set]], policy: Policy,
             effect: str, articles: Mapping[str, Article]) -> dict[Key, str]:
    """Return {claim: reason} for the claims that may not count."""
    reasons = {key: why for key, claim in group.items() if (why := _alone(claim, group, policy, effect))}
    if wholes:
        reasons |= _parts(group, sets, wholes, reasons)
    return reasons | _superseded({key: c for key, c in group.items() if key not in reasons}, articles)


def _alone(claim: Casualty, group: Group, policy: Policy, effect: str) -> str | None:
    """Return why a claim may not count, whatever others say."""
    if claim.judged == "rejected":
        return "rejected by the analyst"
    if effect not in policy.effects:
        return f"out of scope: {effect}"
    if ATTACKER in claim.victim_groups and not policy.attackers:
        return "attackers, not counted by this policy"
    if claim.scope == "cumulative":
        return "out of scope: cumulative figure"
    if claim.certainty in ("denied", "hypothetical"):
        return claim.certainty
    newer = group.get((claim.article_id, claim.superseded_by)) if claim.superseded_by is not None else None
    if newer is not None and newer.judged != "rejected":
        return f"{SUPERSEDED} in the same article"
    return None if claim.victim_status in policy.statuses else _OUT + claim.victim_status


def _parts(group: Group, sets: Mapping[Key, Set], wholes: Mapping[Set, Collection[Set]],
           reasons: Mapping[Key, str]) -> dict[Key, str]:
    """Leave out the parts whose toll, or a wider part, stands; those without one beside any toll that may hold them.

    A toll in words ("several") holds no part that another article numbers.
    """
    told = {sets[key] for key in group if key not in reasons}
    stated = told | {sets[key] for key, why in reasons.items() if why.startswith(_OUT)}
    tolls = {(article, claim.victim_status) for key, claim in group.items()
             if key not in reasons and sets[key] not in wholes
             for article in (key[0], None) if article or claim.bound not in WORDS_ONLY}
    found = {}
    for key, claim in group.items():
        if key in reasons or sets[key] not in wholes:
            continue
        statuses = STATUSES if claim.victim_status == "unknown" else (claim.victim_status, "unknown")
        if not told.isdisjoint(wholes[sets[key]]):
            found[key] = "restates a part of another" if claim.part_of is None and sets[key] != key else (
                "part of another")
        elif stated.isdisjoint(wholes[sets[key]]) and any(
                (article, status) in tolls for article in (key[0], None) for status in statuses):
            found[key] = "part of a toll that another claim gives"
    return found


def minimums(group: Group, sets: Mapping[Key, Set], wholes: Mapping[Set, Collection[Set]],
             reasons: Mapping[Key, str]) -> dict[Set, tuple[Set | None, int | None]]:
    """Return {part that counts: (its whole, how many of that may count)} where others than the part may count, too.

    "Nine people were killed, three of them children" tells of three to nine civilians, less the soldiers among them. A
    part of which nobody states the whole, or how many it comes to, is open above.

    **Misses:** of two groups of one status out of scope it takes off only the smaller; they may be the same people.
    """
    out: dict[Set, list[Casualty]] = defaultdict(list)
    away: dict[Set, dict[str, int]] = defaultdict(dict)
    for key in (key for key, why in reasons.items() if why.startswith(_OUT)):
        claim = group[key]
        out[sets[key]].append(claim)
        known = claim.victim_status != "unknown" and claim.certainty == "asserted"
        for whole in wholes.get(sets[key], ()) if known else ():
            away[whole][claim.victim_status] = min(away[whole].get(claim.victim_status, 10**9), claim.low or 0)
    found: dict[Set, tuple[Set | None, int | None]] = {}
    for part in wholes.keys() & {sets[key] for key in group if key not in reasons}:
        stated = [whole for whole in wholes[part] if whole in out]
        unknown = [whole for whole in stated if any(c.victim_status == "unknown" for c in out[whole])]
        if unknown:
            high = _most([c for c in out[unknown[-1]] if c.victim_status == "unknown"])
            found[part] = unknown[-1], None if high is None else max(high - sum(away[unknown[-1]].values()), 0)
        elif not stated:
            found[part] = None, None
    return found


def _most(rows: Collection[Casualty]) -> int | None:
    """Return the highest figure for the same victims, None where one of them is open above it."""
    high = max((c.high for c in rows if c.high is not None), default=None)
    return None if high is None or any((c.low or 0) > high for c in rows) else high


def _victims(claim: Casualty) -> str:
    """Return the group of victims: fighters may be either side's, and their own word tells them apart."""
    if claim.victim_status != "combatant" or not claim.victims:
        return claim.victim_status
    return f"{claim.victim_status} {claim.victims.split()[-1].lower()}"


def _superseded(group: Group, articles: Mapping[str, Article]) -> dict[Key, str]:
    """Leave out what a root said of the same victims before a later dated report.

    A later word without a number ("several") replaces no number, and a report on one group of victims no other group:
    a count of civilians none of soldiers, nor one of militants.
    """
    if len({claim.article_id for claim in group.values()}) < 2:
        return {}
    latest: dict[tuple, str] = defaultdict(str)
    for claim in group.values():
        for status in (_victims(claim), "any"):
            for words in {claim.bound in WORDS_ONLY, True}:  # a number replaces words, too
                key = (claim.account, status, words)
                latest[key] = max(latest[key], articles[claim.article_id].published or "")

    def is_old(claim: Casualty) -> bool:
        day, words = articles[claim.article_id].published, claim.bound in WORDS_ONLY
        statuses = ("any",) if claim.victim_status == "unknown" else (_victims(claim), "unknown")
        return day is not None and any(latest[claim.account, status, words] > day for status in statuses)

    return {key: f"{SUPERSEDED} by a later report of {claim.side or root_words(claim)}" for key, claim in group.items()
            if is_old(claim)}
