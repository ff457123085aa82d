"""What each root says of each set of victims, and which accounts agree.

An *item* is what can be compared: one incident, one effect, one side's losses (the soldiers of one side, the fighters
of the other, or people who fight for nobody). An *account* is what one article gives as one root's figure for an item:
statements that restate each other count once, different victims add up.

**Misses:** parts of a total are not compared with anything; "30 people" and "11 fighters among them" of different
articles are different items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from analysis.independence import echoes
from analysis.quantities import may_be_equal
from analysis.records import Article, Casualty

Item = tuple[str, str, str]  # incident, effect, side
_WORDS_ONLY = ("vague", "plural", "shared")
ABOUT = 0.1  # "about 30" is taken for 27 to 33
PEOPLE = "people"  # the side of those who belong to none


class Account(NamedTuple):
    """One root's figure for one item in one article. ``low``, ``high``: persons, None where open or not said."""

    item: Item
    article_id: str
    published: str | None
    root: str
    chain: tuple[str, ...]
    low: int | None
    high: int | None
    words_only: bool
    denied: bool
    claims: tuple[Casualty, ...]

    @property
    def hedged(self) -> bool:
        """Whether every statement of it is hedged."""
        return all(claim.certainty == "hedged" for claim in self.claims)


def accounts(claims: Iterable[Casualty], articles: Mapping[str, Article], parties: Mapping[str, str]) -> list[Account]:
    """Return the accounts of all claims about single incidents, in order; ``parties``: {entity: party}.

    What an article repeats in its own words of what it has from a voice is no account of its own.
    """
    groups: dict[tuple, list[Casualty]] = defaultdict(list)
    claims = list(claims)
    repeated = echoes(claims)
    for c in claims:
        if (c.incident and c.scope == "incident" and c.part_of is None and c.superseded_by is None
                and c.certainty != "hypothetical" and c.judged != "rejected"
                and not (c.low is None and c.high is None) and (c.article_id, c.casualty) not in repeated):
            groups[c.incident, c.effect, _side(c, parties), c.article_id, c.root, c.certainty == "denied"].append(c)
    return [_account(key[:3], *key[3:], group, articles[key[3]].published) for key, group in groups.items()]


def _side(claim: Casualty, parties: Mapping[str, str]) -> str:
    """Return the party of victims who fight for it, else "people"."""
    if claim.victims_entity and claim.victim_status in ("combatant", "police"):
        return parties.get(claim.victims_entity, claim.victims_entity)
    return PEOPLE


def _account(item: Item, article_id: str, root: str | None, denied: bool, claims: Sequence[Casualty],
             published: str | None) -> Account:
    if len(claims) == 1:
        return Account(item, article_id, published, root or f"unknown ({article_id})", claims[0].chain,
                       *_bounds(claims[0]), claims[0].bound in _WORDS_ONLY, denied, tuple(claims))
    sets: dict[int, list[Casualty]] = defaultdict(list)
    for claim in claims:
        sets[claim.restates if claim.restates is not None else claim.casualty].append(claim)
    precise = [min(group, key=lambda c: (c.bound in _WORDS_ONLY, c.high is None, c.casualty))
               for group in sets.values()]
    lows, highs = zip(*map(_bounds, precise), strict=True)
    return Account(item, article_id, published, root or f"unknown ({article_id})",
                   max((claim.chain for claim in claims), key=len),
                   None if None in lows else sum(lows), None if None in highs else sum(highs),
                   any(claim.bound in _WORDS_ONLY for claim in precise), denied, tuple(claims))


def _bounds(claim: Casualty) -> tuple[int | None, int | None]:
    if claim.bound != "about" or claim.low is None or claim.high is None:
        return claim.low, claim.high
    return round(claim.low * (1 - ABOUT)), round(claim.high * (1 + ABOUT))


def current(items: Sequence[Account]) -> list[Account]:
    """Return the accounts that no later report of the same root on the same item replaces; words replace no number."""
    latest: dict[tuple, str] = {}
    for a in items:
        if a.published and not a.words_only:
            latest[a.item, a.root] = max(latest.get((a.item, a.root), ""), a.published)
    return [a for a in items if not a.published or a.published >= latest.get((a.item, a.root), "")]


def agree(one: Account, other: Account) -> bool | None:
    """Return whether two accounts of one item agree: some number of people fits both; None for two denials."""
    if one.denied and other.denied:
        return None
    overlap = may_be_equal((one.low, one.high), (other.low, other.high))
    if one.denied or other.denied:
        return False if overlap else None
    return overlap


def _roots_for_and_against(account: Account, others: Iterable[Account]) -> tuple[list[str], list[str]]:
    """Return the other roots that back an account with a figure of their own, and those that contradict it.

    Another voice of the same side does neither.
    """
    backing, against = {}, {}
    for other in others:
        if other.claims[0].account != account.claims[0].account:
            verdict = agree(account, other)
            if verdict is False:
                against[other.root] = None
            elif verdict and not other.words_only:
                backing[other.root] = None
    return [root for root in backing if root not in against], list(against)


class Weighed(NamedTuple):
    """An account beside others: the roots that back and contradict it, whether no later one of its root replaces it."""

    account: Account
    backing: list[str]
    against: list[str]
    standing: bool


def weighed(claims: Iterable[Casualty], articles: Mapping[str, Article], parties: Mapping[str, str]) -> list[Weighed]:
    """Return the accounts of all claims beside those of the others (see ``accounts``)."""
    found = accounts(claims, articles, parties)
    standing = current(found)
    last, groups = set(map(id, standing)), by_item(standing)
    return [Weighed(account, *_roots_for_and_against(account, groups.get(account.item, ())), id(account) in last)
            for account in found]


def by_item(items: Iterable[Account]) -> dict[Item, list[Account]]:
    """Return the accounts of each item."""
    groups: dict[Item, list[Account]] = defaultdict(list)
    for account in items:
        groups[account.item].append(account)
    return groups
