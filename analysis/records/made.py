"""The rows that are made of all articles together, in the second stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """One named actor, place or thing over all articles; ``evidence`` says why its names were joined."""

    entity: str
    type: str
    aliases: tuple[str, ...]
    party: str | None
    party_evidence: str | None
    country: str | None
    n_mentions: int
    n_articles: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """Low, best and high of one effect in one incident under one counting policy; ``None`` is not known.

    ``told_apart``: incidents that the analyst said are not this one; ``may_be``: another that it may be, which no sum
    adds to it. ``doubt``: how likely the weakest role or link behind its figure is wrong, 0 to 1.
    ``n_outlets_unknown``: the articles whose outlet is not known, which are in ``n_outlets`` as one each. ``n_roots``:
    the named roots of what stands; articles that name nobody are one root, and none beside a named one.
    """

    incident: str
    effect: str
    policy: str
    low: int | None
    best: int | None
    high: int | None
    best_reason: str | None
    date: str | None
    place: str | None
    latitude: float | None
    longitude: float | None
    where_prec: int | None
    perpetrator: str | None
    n_articles: int
    n_outlets: int
    n_roots: int
    n_claims: int
    n_reviewed: int
    place_id: str | None = None
    told_apart: tuple[str, ...] = ()
    may_be: str | None = None
    doubt: float | None = None
    n_outlets_unknown: int = 0


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Whether a total used a claim, and why."""

    incident: str
    effect: str
    policy: str
    article_id: str
    casualty: int
    used: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of one voice over all articles; shares are counts of its casualty claims.

    ``n_alone``: claims that could be compared, and that no independent source speaks on.
    """

    source: str
    kind: str
    party: str | None
    n_statements: int
    n_casualty_claims: int
    n_corroborated: int
    n_contradicted: int
    n_alone: int
    n_hedged: int
    n_relayed: int
    grade_letter: str | None
    grade_letter_suggested: str
    grade_reason: str
    reliability: float | None
    reliability_low: float | None
    reliability_high: float | None
