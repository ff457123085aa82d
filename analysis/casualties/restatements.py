"""Whether two claims of an article speak of the same victims, with the same figure or with rival ones."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.casualties.claims import Claim
from analysis.casualties.identity import (
    GENERIC,
    age,
    close_kinds,
    died_later,
    genders_differ,
    is_apposed,
    is_besides,
    is_more,
    is_share,
    kinds_agree,
    of_the_hurt,
    one_person,
    same_name,
    was_earlier,
    words,
)
from analysis.casualties.kinds import PLURAL, SINGULAR
from analysis.casualties.shooting import OPEN_VERBS

_SOMEBODY = {"", "he", "it", "she", "they"}
_CONTRASTS = {"but", "although", "however", "though"}


def likeness(claim: Claim, other: Claim) -> int:
    """How much speaks for one set of people, so that "the woman" is matched with the woman."""
    mine, theirs = claim.people, other.people
    return 4 * bool(mine.name and set(mine.name) & set(theirs.name)) + 2 * (mine.key == theirs.key) + bool(
        words(claim) & words(other) - {"the", "a", "an", "of"}) + (claim.number == other.number) + (
        2 * (age(claim) is not None and age(claim) == age(other)))


def restates(claim: Claim, other: Claim) -> bool:
    """True where both speak of the same victims, even with another number."""
    if claim.cue.token == other.cue.token or (claim.total is not None and claim.sentence == other.sentence):
        return False  # "shot the boy and then himself"
    if claim.people.named and other.people.named:
        return same_name(claim, other)
    if is_apposed(claim, other):
        return True
    if claim.sentence == other.sentence:
        if claim.head.lower_ in PLURAL and other.head.i < claim.head.i:
            return True
        if claim.number == other.number == 1 and claim.head.lower_ in SINGULAR:
            return not is_more(other) and not genders_differ(claim, other)
        if claim.number == other.number == 1 and claim.people.definite and other.cue.token != claim.cue.token:
            return one_person(claim, other) and claim.cue.token not in other.cue.token.conjuncts
        return _contrasted(claim, other) and kinds_agree(claim, other)
    if claim.number == other.number == 1:
        return one_person(claim, other)
    if claim.people.named or other.people.named or not kinds_agree(claim, other):
        return False
    if claim.number is not None and claim.number == other.number:
        return True
    if claim.number is not None and other.bound == "at_least" and claim.number == other.low and claim.number > 1:
        return not is_besides(claim)
    if claim.effect == "injured" and claim.people.definite and claim.number and claim.cue.means in OPEN_VERBS and (
            other.number):
        return claim.number == other.number + 1  # "all four were shot", of whom one died
    if claim.high is None and claim.low == 2 and (other.number or 0) > 1:
        return True
    if is_besides(claim) or is_more(other) or (other.low == 1 and (claim.number or 1) > 1):
        return False
    if claim.number is not None and other.number is not None:
        return _contrasted(claim, other) and close_kinds(claim, other)
    low, high = max(claim.low or 0, other.low or 0), min(claim.high or 10**9, other.high or 10**9)
    return low <= high and (claim.people.definite or claim.head.lower_ in PLURAL or close_kinds(claim, other))


def retold(number: int, claims: Sequence[Claim], same: Sequence[tuple[int, Claim]]) -> int | None:
    """The row of "another" or "two others" where the same dead stand beside so many as before."""
    claim = claims[number]
    if not is_more(claim) or claim.number is None:
        return None
    beside = {c.restates for c in claims[:number] if c.sentence == claim.sentence} - {None}
    told = {c.sentence for i, c in enumerate(claims[:number]) if beside & {i, c.restates}} - {claim.sentence}
    return next((i for i, other in same if other.number == claim.number and other.sentence in told
                 and kinds_agree(claim, other) and not genders_differ(claim, other)), None)


def are_rivals(claim: Claim, other: Claim) -> bool:
    """True where two voices count the same kind of victims: their figures are rivals, of which neither is a part."""
    if claim.sentence == other.sentence or is_besides(claim) or is_more(other) or is_share(claim):
        return False
    if of_the_hurt(claim) or (died_later(claim) and has_room(claim, other)):
        return False  # they are of the toll, or on top of it
    if (was_earlier(claim) or claim.newer) and claim.number and kinds_agree(claim, other) and other.high != 1:
        return True
    if _is_of_a_group(claim, other):
        return False
    several = all(not c.people.named and (c.high != 1 or (c.head.i and c.head.nbor(-1).lower_ == "one"))
                  for c in (claim, other))
    if not several or speaker(claim) in (None, speaker(other)) or not kinds_agree(claim, other):
        return False
    if claim.place and other.place and claim.place != other.place:
        return False
    return speaker(other) is not None or not _adds_facts(claim, other)


def _is_of_a_group(claim: Claim, other: Claim) -> bool:
    """True for fewer children or women than people at large: another voice speaks of some of the dead."""
    return bool({"child", "woman"} & set(claim.people.groups) and not other.people.groups
                and other.people.key & GENERIC and (claim.low or 0) < (other.low or 0))


def _adds_facts(claim: Claim, other: Claim) -> bool:
    """True where a claim names a place, a doer or a day that the other does not: it may tell of another attack."""
    return any(mine and mine != theirs for mine, theirs in (
        (claim.place, other.place), (claim.perpetrator, other.perpetrator), (claim.date, other.date)))


def denied_by_another(claim: Claim, told: Sequence[tuple[int, Claim]]) -> int | None:
    """The row of "caused no casualties" that another voice's dead stand against, or the other way about."""
    return next((i for i, other in told if (claim.high == 0) != (other.high == 0) and kinds_agree(claim, other)
                 and speaker(claim) is not None and speaker(claim) != speaker(other)), None)


def speaker(claim: Claim) -> str | None:
    """The one who says so, as far as the article tells: "it said" may be whoever spoke before."""
    source = (claim.voice.source or "").lower() if claim.voice else ""
    return (claim.voice.source_entity if claim.voice else None) or (source if source not in _SOMEBODY else None)


def _contrasted(claim: Claim, other: Claim) -> bool:
    """True where "but" or "however" sets a number against another of the same or the sentence before."""
    if claim.sentence - other.sentence > 1 or (claim.number or 2) < 2 or (other.number or 2) < 2:
        return False
    doc, ends = claim.cue.token.doc, sorted((claim.cue.token.i, other.cue.token.i))
    return any(token.lower_ in _CONTRASTS for token in doc[ends[0]:ends[1]])


def has_room(claim: Claim, other: Claim) -> bool:
    """True where a total holds more people than a claim; of the names, as many as it has people.

    Numbers told after its parts add up to the total tell of the same people again.
    """
    if claim.head == other.head:
        return False
    most = other.number or (other.low if other.bound == "at_least" else None)
    return most is None or ((claim.number or 1) < most and (not claim.people.named or other.names < most))
