"""Words without a number beside numbers: "victims", "they", "several people" add nobody to those already counted."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.casualties.claims import Claim
from analysis.casualties.identity import is_besides
from analysis.casualties.kinds import PLURAL
from analysis.casualties.living import is_known
from analysis.casualties.shooting import called_about, is_open, leaves_open

_EACH = {"each", "every"}


def is_uncounted(claim: Claim) -> bool:
    """True for "soldiers" and "several", of which only two are sure, for "each victim" and whom a call was about."""
    if claim.head.doc[claim.people.first].lower_ in _EACH or (claim.number == 1 and called_about(claim)):
        return True
    return claim.bound in ("plural", "vague") and claim.low == 2 and claim.high is None


def take_in_words(claims: Sequence[Claim]) -> None:
    """Take words without a number for people whom the same event has already counted with the same effect.

    "They were shot" may also be all who were hit, the dead among them. Words for people of another kind ("soldiers"
    beside "three civilians"), for more people ("several others") and for more than are counted stand by themselves.
    """
    for number, claim in enumerate(claims):
        if not (is_uncounted(claim) and _stands(claim)):
            continue
        here = [(i, c) for i, c in enumerate(claims) if c.event == claim.event and (_stands(c) or c.part_of == number)
                and _may_be_one_kind(claim, c)]
        if is_besides(claim):
            again = [i for i, c in here if i < number and c.effect == claim.effect and is_uncounted(c)
                     and is_besides(c) and c.sentence != claim.sentence]
            claim.restates = again[0] if again else None  # "others were hurt", in a headline and below it
            continue
        here = [(i, c) for i, c in here if c.number and not is_uncounted(c)]
        hit = sum(c.number or 0 for _, c in here if c.effect in ("killed", "injured"))
        same = [(i, c) for i, c in here if c.effect == claim.effect]
        they = claim.head.lower_ in PLURAL or (claim.number == 1 and called_about(claim))
        all_hit = is_open(claim) and (they or is_known(claim)) and hit > 1
        if same and (all_hit or they or sum(c.number or 0 for _, c in same if c.part_of is None) > 1):
            _make_way(number, claims, same[0][0])
        elif (all_hit or they) and leaves_open(claim) and (dead := [i for i, c in here if c.effect == "killed"]):
            claim.effect = "killed"
            _make_way(number, claims, dead[0])


def _stands(claim: Claim) -> bool:
    """True for people of the news itself who have a place of their own in a total."""
    return claim.stands_alone and claim.scope == "incident" and claim.certainty != "denied"


def _may_be_one_kind(claim: Claim, other: Claim) -> bool:
    """False for soldiers beside three civilians, and for what one clause tells apart: "passengers and ten crew"."""
    kinds = {claim.people.status, other.people.status}
    return claim.cue.token != other.cue.token and ("unknown" in kinds or len(kinds) == 1)


def _make_way(number: int, claims: Sequence[Claim], counted: int) -> None:
    """Let words restate several people counted before them; else the counted take their place."""
    if counted < number and claims[counted].number != 1 and claims[number].high is None:
        claims[number].restates = counted
    else:
        claims[number].superseded_by = counted
    for other in claims:
        if other.restates == number:
            other.restates, other.superseded_by = claims[number].restates, claims[number].superseded_by
        elif other.part_of == number:
            other.part_of = counted if other is not claims[counted] else None
