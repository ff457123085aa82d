"""Who was shot or stabbed: these words leave open who lived, until the article tells the dead from the injured."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.casualties.claims import Claim
from analysis.casualties.identity import ages_differ, is_more, one_person
from analysis.casualties.kinds import PLURAL, SINGULAR
from analysis.casualties.sets import words_of

OPEN_VERBS = ("shooting", "stabbing")  # "was shot" leaves open whether the victim lived
_SURVIVED = words_of("survived")


def settle(claims: Sequence[Claim]) -> None:
    """Turn "was shot" into killed where the same person is said to be dead."""
    dead = [c for c in claims if c.effect == "killed" and c.low == c.high == 1]
    for number, claim in enumerate(claims):
        if _are_the_dead(claim, claims[:number]) or (claim.total is not None and claim.total.effect == "killed"):
            claim.effect = "killed"
        means = claim.cue.means or (claim.means if claim.cue.end > claim.cue.token.i else None)  # "a gunshot wound"
        if claim.effect != "injured" or not claim.low == claim.high == 1 or means not in OPEN_VERBS:
            continue
        doc, token = claim.cue.token.doc, claim.cue.token
        said = {t.lower_ for t in doc[token.i:min(token.i + 14, claim.span.end)]}
        others = [c for c in dead if c.event == claim.event and (
            c.sentence != claim.sentence or (claim.head.lower_ in SINGULAR and c.head.i < claim.head.i))]
        apart = any(c.lower_ == "also" for c in token.children) or claim.head.lower_ in ("i", "me")
        if apart or said & _SURVIVED or any(ages_differ(claim, c) for c in others):
            continue
        if any(not is_more(c) and one_person(*sorted((claim, c), key=lambda c: -c.sentence)) for c in others):
            claim.effect = "killed"


def _are_the_dead(claim: Claim, before: Sequence[Claim]) -> bool:
    """True for "the victims were found shot" where so far the event has several dead and nobody injured."""
    here = [other for other in before if other.event == claim.event]
    return (claim.effect == "injured" and claim.people.bound == "plural" and claim.cue.means in OPEN_VERBS
            and (claim.people.definite or claim.head.lower_ in PLURAL) and not any(o.effect == "injured" for o in here)
            and any(o.effect == "killed" and o.high != 1 for o in here))


def survivors(claim: Claim, before: Sequence[Claim], same: Sequence[tuple[int, Claim]]) -> int | None:
    """The row of "four were shot" where one died and now "three were injured": it counts three injured."""
    if claim.effect != "injured" or not claim.number:
        return None
    dead = sum(o.number or 0 for o in before if o.effect == "killed" and o.event == claim.event and o.restates is None
               and o.part_of is None)
    for i, other in same:
        if dead and other.cue.means in OPEN_VERBS and other.number == claim.number + dead and claim.number > 1:
            other.low = other.high = claim.number
            return i
    return None


def subtract_the_dead(claims: Sequence[Claim]) -> None:
    """Count as injured only the living of "five were shot", where the event's dead are told apart from them.

    Rows that moved ("one of them died") keep the number as stated: ``moved_from`` says what to take off.
    """
    roots = [c for c in claims if c.restates is None and c.part_of is None and c.scope == "incident" and c.high != 0]
    for claim in roots:
        if claim.effect != "injured" or claim.cue.means not in OPEN_VERBS or is_more(claim) or (claim.number or 0) < 2:
            continue
        here = [c for c in roots if c.event == claim.event and c is not claim]
        dead = [c for c in here if c.effect == "killed" and c.sentence != claim.sentence]
        if any(c.number is None or c.moved_from is not None for c in dead):
            continue
        if claim.low != claim.people.low:
            continue  # the living were counted already
        killed = sum(c.number or 0 for c in dead)
        hurt = [i for i, c in enumerate(claims) if c in here and c.effect == "injured" and c.number]
        if killed and hurt and claim.number == killed + sum(claims[i].number or 0 for i in hurt):
            claim.restates = hurt[0] if claims.index(claim) > hurt[0] else None
            if claim.restates is not None:
                continue
        if killed and not hurt and killed < (claim.number or 0):
            claim.low = claim.high = (claim.number or 0) - killed
