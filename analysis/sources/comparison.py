"""The accounts of an incident side by side, how independent they are, and which way a party leans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log, sqrt
from statistics import fmean, median, stdev

from analysis.independence import echoes, root_words
from analysis.records import Article, Casualty
from analysis.sources.accounts import PEOPLE, Weighed, accounts, agree, by_item, current, weighed

FEWEST = 3  # incidents below which no leaning is named
LEAST_SPREAD = 0.1  # of the logarithms: three figures that happen to agree are no certainty
# Student's t: the two-sided 90 % quantile for 2, 3, ... degrees of freedom; any table of the distribution.
_T90 = (2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740)


@dataclass(frozen=True, slots=True)
class Compared:
    """One account of an incident beside the others. ``replaced``: the same root has a later figure."""

    incident: str
    effect: str
    side: str
    root: str
    voice: str | None
    relays: tuple[str, ...]
    outlet: str | None
    article_id: str
    published: str | None
    casualties: tuple[int, ...]
    wording: str | None
    low: int | None
    high: int | None
    hedged: bool
    denied: bool
    replaced: bool
    backed_by: tuple[str, ...]
    contradicted_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How many say so, and how many of them count: see ``sentence``."""

    incident: str
    effect: str
    articles: int
    outlets: str
    relays: tuple[str, ...]
    voices: tuple[str, ...]
    independent_roots: int
    contradictions: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Leaning:
    """A root's figures for one side's losses over those of the others: 1 is no leaning, 2 is twice as many.

    ``ratio``, ``low``, ``high`` (90 %) are null below a stated number of incidents.
    """

    root: str
    losses: str  # own, enemy
    n: int
    ratio: float | None
    low: float | None
    high: float | None
    reason: str


def comparison(claims: Iterable[Casualty], articles: Mapping[str, Article], parties: Mapping[str, str],
               incident: str | None = None) -> list[Compared]:
    """Return every account of one incident, or of all, with who backs and who contradicts it."""
    told = weighed([c for c in claims if incident is None or c.incident == incident], articles, parties)
    return [_compared(one, articles[one.account.article_id].outlet) for one in told]


def _compared(one: Weighed, outlet: str | None) -> Compared:
    account = one.account
    voices = [voice for voice in account.chain if voice != outlet]
    return Compared(*account.item, account.root, (account.chain or (None,))[-1], tuple(voices[:-1]), outlet,
                    account.article_id, account.published, tuple(c.casualty for c in account.claims),
                    account.claims[0].wording, account.low, account.high, account.hedged, account.denied,
                    not one.standing, tuple(one.backing), tuple(one.against))


def reading(incident: str, effect: str, claims: Iterable[Casualty], articles: Mapping[str, Article],
            parties: Mapping[str, str]) -> Reading:
    """Return who speaks on one effect of one incident: articles, outlets, relays, voices, independent sources."""
    own = [c for c in claims if c.incident == incident and c.effect == effect and c.certainty != "hypothetical"]
    ids = dict.fromkeys(c.article_id for c in own)
    outlets = dict.fromkeys(articles[i].outlet for i in ids)
    known = [outlet for outlet in outlets if outlet]
    unknown = sum(articles[i].outlet is None for i in ids)
    voices = tuple(dict.fromkeys(c.chain[-1] for c in own if c.chain))
    passed_on = dict.fromkeys((articles[c.article_id].outlet, link) for c in own for link in c.chain[:-1])
    relays = tuple(dict.fromkeys(link for outlet, link in passed_on if link != outlet and link not in voices))
    repeated, lone = echoes(own), next(iter(ids)) if len(ids) == 1 else None
    whole = [c for c in own if c.part_of is None] or own  # who tells only of a part of the dead is no second account
    roots = list({c.account: c.root for c in reversed(whole) if c.root and (c.article_id, c.casualty) not in repeated}
                 .values())[::-1]  # of a state's voices the first
    standing = by_item(current(accounts(own, articles, parties)))
    rivals = {tuple(sorted((a.root, b.root))) for group in standing.values() for a, b in combinations(group, 2)
              if a.root != b.root and agree(a, b) is False}
    printed = " and ".join([str(len(known))] * bool(known) + [f"{unknown}, unknown"] * bool(unknown)) or "0"
    return Reading(incident, effect, len(ids), printed, relays, voices, len(roots), len(rivals),
                   _sentence(len(ids), voices, relays, [root_words(root, lone) for root in roots],
                             [tuple(root_words(root, lone) for root in pair) for pair in sorted(rivals)]))


def _sentence(n_articles: int, voices: Sequence[str], relays: Sequence[str], roots: Sequence[str],
              rivals: Sequence[tuple[str, ...]]) -> str:
    spoken = f"{_count(n_articles, 'article')}, {_count(len(voices), 'voice')}"
    relayed = f", passed on by {', '.join(relays)}" if relays else ""
    rooted = (f": {_count(len(roots), 'independent source')} ({', '.join(roots)})" if roots else "")
    alone = " No independent confirmation." if len(roots) == 1 else ""
    disputed = (" They contradict each other: " + "; ".join(" against ".join(pair) for pair in rivals) + "." if rivals
                else " No figure contradicts another." if len(roots) > 1 else "")
    return f"{spoken}{relayed}{rooted}.{alone}{disputed}"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" + ("" if n == 1 else "s")


def leanings(claims: Iterable[Casualty], articles: Mapping[str, Article], parties: Mapping[str, str]) -> list[Leaning]:
    """Return how each party's figures for its own and for its enemies' losses compare with those of the others.

    The comparison is the median of the other roots' figures for the same item; half a person is added to both, so that
    a zero can be compared. Words without a number are left out.
    """
    ratios: dict[tuple[str, str], list[float]] = {}
    sides = set(parties.values())
    for (_, _, side), group in by_item(current(accounts(claims, articles, parties))).items():
        figures = {a.root: a.low for a in group if a.low is not None and not a.words_only and not a.denied}
        for root, figure in figures.items():
            others = [other for name, other in figures.items() if name != root]
            if side != PEOPLE and root in sides:
                found = ratios.setdefault((root, "own" if side == root else "enemy"), [])
                found += [log((figure + 0.5) / (median(others) + 0.5))] if others else []
    return [_leaning(root, kind, values) for (root, kind), values in sorted(ratios.items())]


def _leaning(root: str, losses: str, logs: Sequence[float]) -> Leaning:
    n = len(logs)
    if n < FEWEST:
        return Leaning(root, losses, n, None, None, None, f"compared on {_count(n, 'incident')}, {FEWEST} are needed")
    reach = (_T90[n - 3] if n - 3 < len(_T90) else 1.72) * max(stdev(logs), LEAST_SPREAD) / sqrt(n)
    ratio, low, high = (exp(fmean(logs) + shift) for shift in (0.0, -reach, reach))
    leans = "higher" if low > 1 else "lower" if high < 1 else "neither higher nor lower for certain"
    return Leaning(root, losses, n, ratio, low, high,
                   f"{losses} losses {leans} than the other roots' median on {_count(n, 'incident')}: "
                   f"times {ratio:.2g} (90 %: {low:.2g} to {high:.2g})")
