"""Who was shot or stabbed: these words leave open who lived, until the article tells the dead from the injured."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.casualties.claims import Claim
from analysis.casualties.identity import ages_differ, genders_differ, is_more, kinds_agree, one_person, same_name
from analysis.casualties.kinds import PLURAL, SINGULAR
from analysis.casualties.sets import words_of

OPEN_VERBS = {"shooting", "stabbing"}  # "was shot" leaves open whether the victim lived
_HOSPITAL = words_of("hospital")
_SURVIVED = words_of("survived")
_OF_THEM = {"them", "those", "these", "the", "whom", "which"}
_DIED = {"dead", "died", "dies"}  # "was treated before being pronounced dead"


def settle(claims: Sequence[Claim]) -> None:
    """Turn "was shot" into killed where the same person is said to be dead, and "was wounded" where "he died" of it."""
    dead = [c for c in claims if c.effect == "killed" and c.low == c.high == 1 and c.certainty != "denied"]
    for number, claim in enumerate(claims):
        of_the_dead = claim.total is not None and claim.total.effect == "killed"
        if of_the_dead or _are_the_dead(claim, claims[:number]) or _are_all_the_dead(claim, number, claims):
            claim.effect = "killed"
        if claim.effect != "injured" or not claim.low == claim.high == 1:
            continue
        if in_hospital(claim) and any(c.cue.token == claim.cue.token and c.head != claim.head for c in claims):
            continue  # "two men and a boy were taken to hospital": not the dead told before
        here = [c for c in dead if c.event == claim.event]
        if any(_died_of_it(claim, c, claims) or _is_the_dead_one(claim, c) for c in here) or (
                _leaves_open(claim) and any(_may_be_dead(claim, c) for c in here) and not any(
                    ages_differ(claim, c) for c in here if c.sentence != claim.sentence)):
            claim.effect = "killed"


def _died_of_it(claim: Claim, dead: Claim, claims: Sequence[Claim]) -> bool:
    """True for the same name, and for "he died" right after "the boy was wounded"."""
    if claim.people.named and dead.people.named:
        return same_name(claim, dead)
    if dead.head.lower_ not in SINGULAR or not 0 <= dead.sentence - claim.sentence <= 1 or dead.head.i < claim.head.i:
        return False
    between = [c for c in claims if claim.head.i < c.head.i < dead.head.i and c.low == c.high == 1]
    return not between and not genders_differ(claim, dead)


def _is_the_dead_one(claim: Claim, dead: Claim) -> bool:
    """True for "the girl was injured" after "the death of a three-year-old girl"."""
    return (claim.people.definite and dead.sentence < claim.sentence and bool(claim.people.key & dead.people.key)
            and not is_more(claim) and not ages_differ(claim, dead))


def _leaves_open(claim: Claim) -> bool:
    """True where neither the harm word nor what follows it says that the person lived."""
    if not is_open(claim):
        return False
    token = claim.cue.token
    said = {t.lower_ for t in token.doc[token.i:min(token.i + 14, claim.span.end)]}
    if any(c.lower_ == "also" for c in token.children) or claim.head.lower_ in ("i", "me"):
        return False
    return not said & _SURVIVED or bool(_DIED & {t.lower_ for t in token.doc[token.i:claim.span.end]})


def _may_be_dead(claim: Claim, dead: Claim) -> bool:
    """True where the dead of another clause may be this person."""
    if dead.sentence == claim.sentence and not (claim.head.lower_ in SINGULAR and dead.head.i < claim.head.i):
        return False
    return not is_more(dead) and one_person(*sorted((claim, dead), key=lambda c: -c.sentence))


def in_hospital(claim: Claim) -> bool:
    """True for "was taken to hospital", which leaves open who lived."""
    return claim.cue.token.doc[claim.cue.end].lower_ in _HOSPITAL


def is_open(claim: Claim) -> bool:
    """True where the harm words leave open who lived: "shot", "had gunshot wounds", "taken to hospital"."""
    means = claim.cue.means or (claim.means if claim.cue.end > claim.cue.token.i else None)
    return claim.effect == "injured" and (means in OPEN_VERBS or in_hospital(claim))


def _are_the_dead(claim: Claim, before: Sequence[Claim]) -> bool:
    """True for "the victims were found shot" where so far the event has several dead, as many, and nobody injured."""
    here = [other for other in before if other.event == claim.event]
    dead = [other for other in here if other.effect == "killed" and other.high != 0]
    open_ = not OPEN_VERBS.isdisjoint((claim.cue.means, claim.means))  # "suffered gunshot wounds"
    if (claim.effect != "injured" or not open_ or is_more(claim) or claim.high == 1
            or not (claim.people.definite or claim.head.lower_ in PLURAL) or any(o.effect == "injured" for o in here)):
        return False
    if claim.people.bound == "plural":
        return any(other.high != 1 for other in dead)
    return any(o.number == claim.number and kinds_agree(claim, o) for o in dead) or (
        sum(o.number or 0 for o in dead) == claim.number)


def _are_all_the_dead(claim: Claim, number: int, claims: Sequence[Claim]) -> bool:
    """True for "is accused of shooting Ana, Berta and Carla" after three were killed and nobody is told as injured."""
    if claim.effect != "injured" or claim.cue.means not in OPEN_VERBS:
        return False
    together = [c for c in claims if c.cue.token == claim.cue.token]
    here = [c for c in claims[:number] if c.event == claim.event and c.cue.token != claim.cue.token]
    told = {c.number for c in here if c.effect == "killed"}
    return len(together) > 1 and sum(c.number or 0 for c in together) in told and all(
        c.effect != "injured" for c in here)


def survivors(claim: Claim, before: Sequence[Claim], same: Sequence[tuple[int, Claim]]) -> int | None:
    """The row of "four were shot" where one died and now "three were injured": it counts three injured."""
    if claim.effect != "injured" or not claim.number:
        return None
    dead = sum(o.number or 0 for o in before if o.effect == "killed" and o.event == claim.event and o.restates is None
               and o.part_of is None)
    for i, other in same:
        if dead and is_open(other) and other.number == claim.number + dead and claim.number > 1 and (
                all(o.number != claim.number for _, o in same)):
            other.low = other.high = claim.number
            other.derived = (claim.people.span,)
            return i
    return None


def _least(claim: Claim) -> int | None:
    """The stated number, also of "at least two"."""
    return claim.low if claim.bound in ("exact", "at_least", "named") else claim.number


def subtract_the_dead(claims: Sequence[Claim]) -> None:
    """Count as injured only the living of "five were shot", where the event's dead are told apart from them.

    ``moved_from`` still points at such a row: its ``derived`` names the dead that are already taken off. Rows with
    closed words ("two of the ten wounded died") keep the number as stated, unless the article itself has split them.
    """
    roots = [c for c in claims if c.restates is None and c.part_of is None and c.scope == "incident" and c.high != 0]
    for number, claim in enumerate(claims):
        if claim not in roots or claim.effect != "injured" or (claim.number or 0) < 2 or is_more(claim) or (
                claim.low != claim.people.low):
            continue
        here = [c for c in roots if c.event == claim.event and c is not claim]
        dead = [c for c in here if c.effect == "killed" and (c.sentence != claim.sentence or _are_of(c, claim))]
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
    if not hurt and (of_them or not in_hospital(claim)) and killed < (claim.number or 0):
        count_the_living(claim, killed, dead)


def _are_of(dead: Claim, claim: Claim) -> bool:
    """True for "two of them", "one of the victims", said of those who were shot."""
    doc = dead.head.doc
    return dead.sentence >= claim.sentence and any(
        doc[i].lower_ == "of" and doc[i + 1].lower_ in _OF_THEM
        for i in range(dead.people.first, min(dead.people.last + 2, len(doc) - 1)))


def count_the_living(claim: Claim, killed: int, dead: Sequence[Claim]) -> None:
    """Take the dead off the number of a claim about all who were hit."""
    claim.low = claim.high = (claim.number or 0) - killed
    claim.derived = (claim.people.span, *(c.people.span for c in dead if c.low))
