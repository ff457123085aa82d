"""Who of those shot, stabbed or taken to hospital is living: the words leave it open until the dead are told.

**Misses:** two groups that were shot in one event and of which only one is told to have died.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.casualties.claims import Claim
from analysis.casualties.identity import GENERIC, genders_differ, is_known, is_more, one_person, words
from analysis.casualties.kinds import PLURAL, SINGULAR
from analysis.casualties.roles import AGAIN, TOLL
from analysis.casualties.sets import words_of

_HURT = {"wound", "injure", "hurt"}
_WOUNDED = {"wounded", "injured", "casualties"}
_OPEN = {"shooting", "stabbing"}  # "was shot" leaves open whether the victim lived
_HOSPITAL, _SURVIVED, _DIED = map(words_of, ("hospital", "survived", "died"))


def tell_dead_from_living(claims: Sequence[Claim]) -> None:
    """Count as dead who was shot and is told to have died, and as injured only the others of "five were shot"."""
    for event in {claim.event for claim in claims if _is_open(claim)}:
        here = [(i, c) for i, c in enumerate(claims) if c.event == event and c.scope == "incident"]
        dead = [(i, c) for i, c in here if c.effect == "killed" and c.role == TOLL and c.high != 0
                and c.certainty != "denied" and c.restates is None]
        killed = sum(c.size for _, c in dead)
        for number, claim in here if killed else ():
            if not _is_open(claim) or claim.restates is not None:
                continue
            only = sum(c.role == TOLL and c.high == 1 and _is_open(c) for _, c in here) == 1
            if (first := _the_dead(claim, dead, killed, only)) is not None:
                _count_as(claim, number, first, claims)
            elif claim.number and claim.number > killed and not is_more(claim) and claim.part_of is None and (
                    not _in_hospital(claim)) and all(c.sentence != claim.sentence for _, c in dead):
                claim.low = claim.high = claim.number - killed
                claim.derived = (claim.people.span, *(c.people.span for _, c in dead))


def _is_open(claim: Claim) -> bool:
    """True where the harm words leave open who lived: "shot", "had gunshot wounds", "taken to hospital"."""
    cue = claim.cue
    means = cue.means or (claim.means if cue.end > cue.token.i else None)  # "suffered gunshot wounds"
    hurt = any(token.lemma_ in _HURT for token in (cue.token, *cue.token.conjuncts))  # "shot and wounded"
    return claim.effect == "injured" and not hurt and (means in _OPEN or _in_hospital(claim))


def _in_hospital(claim: Claim) -> bool:
    doc, end = claim.cue.token.doc, claim.cue.end
    return 0 <= end < len(doc) and doc[end].lower_ in _HOSPITAL


def _the_dead(claim: Claim, dead: Sequence[tuple[int, Claim]], killed: int, only: bool) -> int | None:
    """The row of the dead who those that were shot may be: nothing says that they lived, and there are no more.

    ``only``: no other person is told to have been shot in that event.
    """
    after = {t.lower_ for t in claim.span.doc[claim.cue.token.i:claim.span.end]}
    lives = words(claim) & _WOUNDED or (_SURVIVED & after and not _DIED & after) or claim.head.lower_ in ("i", "me")
    if is_more(claim) or lives:
        return None
    if claim.low == claim.high == 1:
        alone = len(dead) == 1 and not genders_differ(claim, dead[0][1])
        return next((i for i, c in dead if c.high == 1 and c.cue.token != claim.cue.token
                     and _may_be_told_twice(claim, c, alone and only) and (alone or one_person(claim, c))), None)
    all_ = is_known(claim) or claim.head.lower_ in PLURAL or claim.people.key & GENERIC
    return dead[0][0] if all_ and (claim.number == killed or (claim.is_words and killed > 1)) else None


def _may_be_told_twice(claim: Claim, dead: Claim, only: bool) -> bool:
    """True in two sentences, and for "shot his friend … the victim has died", "he shot her … she died" in one."""
    later = max(claim, dead, key=lambda c: c.head.i)
    if claim.sentence == dead.sentence:
        return is_known(dead) if later is dead else claim.head.lower_ in SINGULAR
    return (is_known(later) or only) and not any(c.lower_ == "also" for c in claim.cue.token.children)


def _count_as(claim: Claim, number: int, first: int, claims: Sequence[Claim]) -> None:
    """Make a claim a repetition of the row of the dead; what was told again of it goes along."""
    for other in claims:
        if other.restates == number:
            other.effect, other.role = "killed", AGAIN
            other.restates = first
        if other.part_of == number:
            other.part_of = None
    claim.effect, claim.role, claim.part_of = "killed", AGAIN, None
    if first < number:
        claim.restates = first
    else:
        claim.superseded_by = first
