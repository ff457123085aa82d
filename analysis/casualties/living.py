"""How many of those who were shot are living: the dead that an article tells apart are taken off their number."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.casualties.claims import Claim
from analysis.casualties.identity import is_more, is_owned, is_the_doer, words
from analysis.casualties.kinds import PLURAL, SINGULAR
from analysis.casualties.shooting import in_hospital, is_open, leaves_open

_OF_THEM = {"them", "those", "these", "the", "whom", "which"}


def survivors(claim: Claim, before: Sequence[Claim], same: Sequence[tuple[int, Claim]]) -> int | None:
    """The row of "four were shot" where one died and now "three were injured": it counts three injured."""
    if claim.effect != "injured" or not claim.number:
        return None
    dead = sum(c.number or 0 for _, c in the_dead(claim.event, before))
    for i, other in same:
        if dead and is_open(other) and other.number == claim.number + dead and claim.number > 1 and (
                all(o.number != claim.number for _, o in same)):
            other.low = other.high = claim.number
            other.derived = (claim.people.span,)
            return i
    return None


def the_dead(event: int, claims: Sequence[Claim]) -> list[tuple[int, Claim]]:
    """Return the rows that count the dead of an event, each with its latest figure."""
    rows = {i if c.superseded_by is None else c.superseded_by for i, c in enumerate(claims)
            if c.effect == "killed" and c.event == event and c.scope == "incident" and c.high != 0
            and c.restates is None and c.part_of is None}
    return [(i, claims[i]) for i in sorted(rows)]


def _least(claim: Claim) -> int | None:
    """The stated number, also of "at least two"."""
    return claim.low if claim.bound in ("exact", "at_least", "named") else claim.number


def subtract_the_dead(claims: Sequence[Claim]) -> None:
    """Count as injured only the living of "five were shot", where the event's dead are told apart from them.

    ``moved_from`` still points at such a row: its ``derived`` names the dead that are already taken off. Rows with
    closed words ("two of the ten wounded died") keep the number as stated, unless the article itself has split them.
    """
    for number, claim in enumerate(claims):
        first = claim.restates is None and claim.part_of is None and claim.scope == "incident"
        if not first or claim.effect != "injured" or (claim.number or 0) < 2 or is_more(claim) or (
                claim.low != claim.people.low):
            continue
        dead = [c for _, c in the_dead(claim.event, claims) if not is_the_doer(c, claim) and (
            c.sentence != claim.sentence or _are_of(c, claim) or "total" in words(claim))]
        killed = sum(_least(c) or 0 for c in dead)
        if not killed or any(_least(c) is None for c in dead):
            continue
        if _are_split(claim, killed, number, claims):
            count_the_living(claim, killed, dead)
        elif is_open(claim):
            _count_who_lived(number, claims, killed, dead)


def _are_split(claim: Claim, killed: int, number: int, claims: Sequence[Claim]) -> bool:
    """True for "four were injured" where "one was killed and three others were injured"."""
    return any(c.effect == "injured" and c.event == claim.event and is_more(c) and c.number
               and c.number + killed == claim.number and c.restates is None and c.part_of in (None, number)
               and any(d.effect == "killed" and d.sentence == c.sentence for d in claims) for c in claims)


def _count_who_lived(number: int, claims: Sequence[Claim], killed: int, dead: Sequence[Claim]) -> None:
    claim = claims[number]
    hurt = [i for i, c in enumerate(claims) if c is not claim and c.event == claim.event and c.effect == "injured"
            and c.number and c.restates is None and c.part_of is None and c.scope == "incident"]
    if hurt and claim.number == killed + sum(claims[i].number or 0 for i in hurt):
        claim.restates = hurt[0] if number > hurt[0] else None
        if claim.restates is not None:
            count_the_living(claim, killed, dead)
            return
    of_them = any(_are_of(c, claim) for c in claims if c.effect == "killed" and c.event == claim.event)
    if hurt and not in_hospital(claim) and killed + sum(claims[i].number or 0 for i in hurt) < (claim.number or 0):
        for i in hurt:
            claims[i].part_of = number
        hurt = []
    if not hurt and (of_them or not in_hospital(claim)) and killed < (claim.number or 0):
        count_the_living(claim, killed, dead)


def _are_of(dead: Claim, claim: Claim) -> bool:
    """True for "two of them", "one of the victims", said of those who were shot."""
    doc = dead.head.doc
    return dead.sentence >= claim.sentence and any(
        doc[i].lower_ == "of" and doc[i + 1].lower_ in _OF_THEM
        for i in range(dead.people.first, min(dead.people.last + 2, len(doc) - 1)))


def count_the_shot_as_dead(claims: Sequence[Claim]) -> None:
    """Take "he shot his wife and their two boys" for the dead where at least as many are dead and nobody is hurt."""
    for event in {claim.event for claim in claims if claim.effect == "injured"}:
        here = [(i, c) for i, c in enumerate(claims) if c.event == event and c.scope == "incident" and c.high != 0]
        dead = the_dead(event, claims)
        killed = sum(_least(c) or 0 for _, c in dead)
        shot = [c for _, c in here if c.effect == "injured" and c.stands_alone]
        for claim in [c for c in shot if killed == c.number != 1 and _may_all_be_dead(c)]:  # "the two were shot"
            claim.effect, claim.superseded_by = "killed", dead[0][0]
            shot.remove(claim)
        if killed < 2 or not shot or sum(c.low or 0 for c in shot) > killed or any(
                c.effect == "injured" and (not leaves_open(c) or in_hospital(c)) for _, c in here):
            continue
        both = killed == sum(c.low or 0 for c in shot) and all(is_known(c) for _, c in dead)  # "both died"
        if all(_may_all_be_dead(c) or (both and not is_more(c) and c.low == c.people.low) for c in shot):
            for claim in shot:
                claim.effect, claim.superseded_by = "killed", dead[0][0]


def _may_all_be_dead(claim: Claim) -> bool:
    return is_known(claim) and leaves_open(claim) and not in_hospital(claim) and not is_more(claim) and (
        claim.low == claim.people.low)


def is_known(claim: Claim) -> bool:
    """True for "the boys", "his wife", a name, "all three", "each victim"."""
    return (claim.people.definite or claim.people.named or is_owned(claim) or claim.head.lower_ in PLURAL | SINGULAR
            or claim.head.doc[claim.people.first].lower_ in ("all", "each", "every"))


def count_the_living(claim: Claim, killed: int, dead: Sequence[Claim]) -> None:
    """Take the dead off the number of a claim about all who were hit."""
    claim.low = claim.high = (claim.number or 0) - killed
    claim.derived = (claim.people.span, *(c.people.span for c in dead if c.low))
