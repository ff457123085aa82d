"""Which events the analyst takes for one, and which for two."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from analysis.judgements import Judgement, Located
from analysis.records import Casualty, Problem
from analysis.review.corrections import RELATIONS, claim_span

EventKey = tuple[str, int]  # article_id, event


def events(claims: Sequence[Casualty], decided: Sequence[tuple[Judgement, tuple[Located, ...]]],
           ) -> tuple[list[Casualty], list[tuple[EventKey, EventKey]]]:
    """Return the claims, and the pairs of events that the anchors of each decision name: the first with each other.

    Claims of one event that are to be apart get events of their own, each with the claims on the same people or on a
    part of them, and nothing leads from one to the other; ``decided`` are all merges or all splits.
    """
    claims = list(claims)
    at = {(c.article_id, *claim_span(c)): n for n, c in enumerate(claims)}
    pairs = []
    for judgement, places in decided:
        numbers = [at[place] for place in places if place in at]
        for number in numbers[1:]:
            one, other = claims[numbers[0]], claims[number]
            if judgement.kind == "incident_split" and (one.article_id, one.event) == (other.article_id, other.event):
                _split(claims, number, {claims[n].casualty for n in numbers if n != number})
                other = claims[number]
            pairs.append(((one.article_id, one.event), (other.article_id, other.event)))
    return claims, pairs


def _split(claims: list[Casualty], number: int, others: Collection[int]) -> None:
    """Give a claim an event of its own, with all of its article that lead to it; ``others`` are those to be apart."""
    split = claims[number]
    own = [n for n, c in enumerate(claims) if (c.article_id, c.event) == (split.article_id, split.event)]
    unused = 1 + max(c.event for c in claims if c.article_id == split.article_id)
    moved = {claims[n].casualty for n in own if claim_span(claims[n]) == claim_span(split)}
    while more := {claims[n].casualty for n in own if not moved.isdisjoint(_leads_to(claims[n]).values())
                   } - moved - set(others):
        moved |= more
    for n in own:
        claim = claims[n]
        gone = {column: None for column, to in _leads_to(claim).items() if (to in moved) != (claim.casualty in moved)}
        claims[n] = dataclasses.replace(claim, event=unused if claim.casualty in moved else claim.event, **gone)


def _leads_to(claim: Casualty) -> dict[str, int]:
    return {column: to for column in RELATIONS if (to := getattr(claim, column)) is not None}


def unplaced(claims: Sequence[Casualty], decided: Sequence[tuple[Judgement, tuple[Located, ...]]]) -> list[Problem]:
    """Return the decisions on events of which a claim is no longer found, so that they join or part nothing."""
    known = {(c.article_id, *claim_span(c)) for c in claims}
    return [Problem(places[0][0], "judgement no longer fits",
                    f"{judgement.kind} of {judgement.when}: one of its claims is not found there now")
            for judgement, places in decided if places and not known.issuperset(places)]
