"""Who was shot or stabbed: these words leave open who lived, until the article tells the dead from the injured."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.casualties.claims import Claim
from analysis.casualties.identity import (
    GENERIC,
    ages_differ,
    genders_differ,
    is_apposed,
    is_more,
    kinds_agree,
    one_person,
    same_name,
)
from analysis.casualties.kinds import PLURAL, SINGULAR
from analysis.casualties.sets import words_of

OPEN_VERBS = {"shooting", "stabbing"}  # "was shot" leaves open whether the victim lived
_HOSPITAL, _SURVIVED, _DIED, _CALLS = map(words_of, ("hospital", "survived", "died", "call"))
_PERSONAL = {"he", "she", "him", "her", "himself", "herself"}
_ANYONE = SINGULAR | GENERIC | words_of("age")  # "the girl", "the victim", "she"


def settle(claims: Sequence[Claim]) -> None:
    """Turn "was shot" into killed where the same person is said to be dead, and "was wounded" where "he died" of it."""
    dead = [c for c in claims if _is_one_dead(c)]
    for number, claim in enumerate(claims):
        of_the_dead = claim.total is not None and claim.total.effect == "killed"
        if of_the_dead or _are_the_dead(claim, claims[:number]) or _are_all_the_dead(claim, number, claims) or (
                _they_died(claim, claims)):
            claim.effect = "killed"
        if claim.effect != "injured" or not claim.low == claim.high == 1:
            continue
        if in_hospital(claim) and any(c.cue.token == claim.cue.token and c.head != claim.head for c in claims):
            continue  # "two men and a boy were taken to hospital": not the dead told before
        here = [c for c in dead if c.event == claim.event]
        if any(_died_of_it(claim, c, claims) or _is_the_dead_one(claim, c) for c in here) or (
                leaves_open(claim) and any(_may_be_dead(claim, c) for c in here) and not any(
                    ages_differ(claim, c) for c in here if c.sentence != claim.sentence)) or (
                        here and _refers_to_the_dead(number, claims)):
            claim.effect = "killed"


def _is_one_dead(claim: Claim) -> bool:
    return claim.effect == "killed" and claim.low == claim.high == 1 and claim.certainty != "denied"


def _refers_to_the_dead(number: int, claims: Sequence[Claim]) -> bool:
    """True for "the toddler was wounded" where nobody but the dead was told before who may be the toddler."""
    claim = claims[number]
    if not _points_back(claim) or _says_alive(claim):
        return False
    told = [c for c in claims[:number] if c.event == claim.event and c.low == c.high == 1
            and c.effect in ("killed", "injured") and (c.sentence < claim.sentence or claim.head.lower_ in SINGULAR)
            and one_person(claim, c)]
    return bool(told) and all(_is_one_dead(c) and (claim.people.key & (_ANYONE | c.people.key)) for c in told)


def _points_back(claim: Claim) -> bool:
    """True for "the toddler", "she", and for whom a call or report was about."""
    return claim.people.definite or claim.head.lower_ in _PERSONAL or called_about(claim)


def called_about(claim: Claim) -> bool:
    """True for "they responded to a report of a man shot": what was found there is told elsewhere."""
    of, first = claim.head.head, claim.people.first
    called = of.lower_ in ("of", "about") and of.i < claim.head.i and of.head.lower_ in _CALLS
    return called or (first > 1 and claim.head.nbor(first - 1 - claim.head.i).lower_ == "of"
                      and claim.head.nbor(first - 2 - claim.head.i).lower_ in _CALLS)


def _says_alive(claim: Claim) -> bool:
    token = claim.cue.token
    return bool(_SURVIVED & {t.lower_ for t in token.doc[token.i:min(token.i + 14, claim.span.end)]})


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


def leaves_open(claim: Claim) -> bool:
    """True where neither the harm word nor what follows it says that the person lived."""
    if not is_open(claim):
        return False
    token = claim.cue.token
    if any(c.lower_ == "also" for c in token.lefts) or claim.head.lower_ in ("i", "me"):
        return False
    return not _says_alive(claim) or bool(_DIED & {t.lower_ for t in token.doc[token.i:claim.span.end]})


def _may_be_dead(claim: Claim, dead: Claim) -> bool:
    """True where the dead of another clause may be this person."""
    if is_apposed(claim, dead):
        return True
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


def _they_died(claim: Claim, claims: Sequence[Claim]) -> bool:
    """True for "the two were taken to a hospital, where they were pronounced dead"."""
    return claim.high != 1 and is_open(claim) and any(
        c.effect == "killed" and c.sentence == claim.sentence and c.head.i > claim.cue.token.i
        and c.head.lower_ in PLURAL for c in claims)


def _are_all_the_dead(claim: Claim, number: int, claims: Sequence[Claim]) -> bool:
    """True for "is accused of shooting Ana, Berta and Carla" after three were killed and nobody is told as injured."""
    if claim.effect != "injured" or claim.cue.means not in OPEN_VERBS:
        return False
    together = [c for c in claims if c.cue.token == claim.cue.token]
    here = [c for c in claims[:number] if c.event == claim.event and c.cue.token != claim.cue.token]
    told = {c.number for c in here if c.effect == "killed"}
    return len(together) > 1 and sum(c.number or 0 for c in together) in told and all(
        c.effect != "injured" for c in here)
