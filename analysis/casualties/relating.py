"""The claims of one article put in relation: the role of each, its event, the row it restates or is part of.

One walk from the first claim to the last. The role (``roles``) is decided first; everything else is read off it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import islice

from spacy.tokens import Doc

from analysis import places
from analysis.casualties.claims import Claim
from analysis.casualties.features import Told, features, speaker
from analysis.casualties.identity import ATTACKERS, is_more, is_share, kinds_agree, of_the_hurt, same_name, was_earlier
from analysis.casualties.living import tell_dead_from_living
from analysis.casualties.roles import AGAIN, NEWS, PART, TOLL, Role, role
from analysis.dates.edtf import bounds
from analysis.records import SCOPE_OF_ROLE

_RIVAL, _RIVAL_OF_ANOTHER = 0.4, 0.25  # a smaller share of a figure is no rival of it; of another voice's
_JUST_AFTER = 2  # sentences between a toll and a rival of it
_SITES = 6  # attacks whose tolls are added up
_LATEST = 40  # claims of one effect among which the one that is told again is looked for


def relate(doc: Doc, claims: Sequence[Claim], decide: Callable[[Collection[str]], Role] = role) -> None:
    """Fill role, scope, event, restates, part_of, superseded_by and moved_from of the claims, in order."""
    told = Told(doc, claims)
    for number, claim in enumerate(claims):
        _take(claim, decide(features(claim, told)))
        _place(number, claim, claims)
        told.add(claim)
    _add_up(claims)
    _hold_parts(claims)
    tell_dead_from_living(claims)


def _take(claim: Claim, found: Role) -> None:
    claim.role, claim.probability, claim.reasons, claim.told = found.name, found.probability, found.reasons, found.told
    claim.scope = SCOPE_OF_ROLE[found.name]


def _place(number: int, claim: Claim, claims: Sequence[Claim]) -> None:
    """Give a claim its event, and the row that it restates or is part of."""
    before = (i for i in reversed(range(number)) if (claims[i].effect, claims[i].scope) == (claim.effect, claim.scope))
    same = list(islice(before, _LATEST))[::-1]
    here = [i for i in same if _one_name(claim, claims[i]) or not _elsewhere(claim, claims[i])]
    told = PART if claim.told == AGAIN and is_share(claim) else claim.told
    if claim.rival or claim.newer or claim.older:
        told = AGAIN if claim.rival else "first" if told == PART else told
    elif claim.total and claim.total.newer:
        told = PART
    again = told == AGAIN or claim.older or claim.newer or any(_is_rival(claim, claims[i]) for i in here[-1:])
    if told != PART and (first := _told_before(claim, here, claims, again)) is not None:
        claim.restates, claim.event = first, claims[first].event
        told = AGAIN
        _correct(number, claims)
    elif told != "first" and (whole := _whole(claim, here, claims)) is not None:
        claim.part_of, claim.event = whole, claims[whole].event
        told = PART
    else:
        claim.event = _event(number, claim, claims)
        told = PART if told == PART and (here or not same) else "first"  # no part of what was elsewhere
    claim.told = told
    if claim.role in NEWS:
        claim.role = TOLL if told == "first" else told
    claim.moved_from = _moved(claim, claims[:number])


def _told_before(claim: Claim, same: Sequence[int], claims: Sequence[Claim], again: bool) -> int | None:
    """The first row on the people that a claim tells of again: the same name, the same number, else the likest.

    Words without a number tell again of any number of the same event, and a number of words.
    """
    if (rival := next((i for i in same if claims[i] is claim.rival), None)) is not None:
        return rival if claims[rival].restates is None else claims[rival].restates
    same = [i for i in same if (claims[i].restates is None or _may_be_same(claim, claims[claims[i].restates]))
            and not (claim.newer and claims[i].role == PART)]
    named = [i for i in same if _one_name(claim, claims[i])]
    fits = named or [i for i in same if _may_be_same(claim, claims[i])] if again or named else [
        i for i in same[-1:] if claim.is_words != claims[i].is_words and _may_be_same(claim, claims[i])
        and claims[i].sentence != claim.sentence]
    if claim.is_words and not fits and not is_more(claim) and claim.scope == "incident":
        fits = [i for i in same if not claims[i].is_words and claims[i].role != PART and claims[i].size > 1][-1:]

    def likeness(i: int) -> tuple:
        other = claims[i]
        low, most = sorted((claim.size or 1, other.size or 1))
        return (_one_name(claim, other), claim.size == other.size and claim.number == other.number,
                kinds_agree(claim, other), other.role != PART, low / most, i)

    best = max(fits, key=likeness, default=None)
    return best if best is None or claims[best].restates is None else claims[best].restates


def _is_rival(claim: Claim, other: Claim) -> bool:
    """True for what another voice says of people of the same kind just after, with a number that may be theirs.

    In a later sentence only where that names no day or place of its own: then it may be another event.
    """
    one, two = speaker(claim), speaker(other)
    near = claim.sentence == other.sentence or (
        claim.place is None and claim.date is None and claim.sentence - other.sentence <= _JUST_AFTER)
    return (one is not None and two is not None and one != two and other.role == TOLL and not is_more(claim)
            and not claim.is_words and near and kinds_agree(claim, other) and _may_be_same(claim, other))


def _one_name(claim: Claim, other: Claim) -> bool:
    return bool(claim.people.named and other.people.named and same_name(claim, other))


def _may_be_same(claim: Claim, other: Claim) -> bool:
    """True where two numbers may be rival figures for the same people: not one and many, nor five and fifty."""
    if (claim.high == 0) != (other.high == 0):
        return claim.certainty == "denied" or speaker(claim) != speaker(other)
    if claim.people.named and other.high != 1:
        return False
    if claim.is_words or other.is_words:
        return (claim.low or 0) <= (other.high or 10**9) and (other.low or 0) <= (claim.high or 10**9)
    if claim.people.named and other.people.named:
        return same_name(claim, other)
    low, most = sorted((claim.size or 1, other.size or 1))
    rival = _RIVAL if speaker(claim) == speaker(other) else _RIVAL_OF_ANOTHER
    return low == most or (low > 1 and low >= rival * most)


def _whole(claim: Claim, same: Sequence[int], claims: Sequence[Claim]) -> int | None:
    """The row that a part belongs to: the list's own total, else the last toll with room for it."""
    if claim.total is not None:
        listed = next((i for i in same if claims[i] is claim.total), None)
        if listed is not None:
            return listed if claims[listed].restates is None else claims[listed].restates
    room = [i for i in same if (claims[i].high is None or (claims[i].high or 0) > claim.size)
            and claims[i].cue.token != claim.cue.token and claims[i].high != 1]
    inside = [i for i in room if claims[i].sentence == claim.sentence]
    tolls = [i for i in room if claims[i].role != PART]
    best = next(reversed(inside or tolls or room), None)
    return best if best is None or claims[best].restates is None else claims[best].restates


def _correct(number: int, claims: Sequence[Claim]) -> None:
    """Let "rose to nine" take the place of the figure before, and the present one that of "had earlier put it at"."""
    claim, first = claims[number], claims[number].restates
    if first is None or claim.low == claims[first].low:
        return
    if claim.older or was_earlier(claim):
        claim.superseded_by = first
    elif claim.newer:
        for other in (claims[first], *(c for c in claims[:number] if c.restates == first)):
            if other.low != claim.low and other.superseded_by is None:
                other.superseded_by = number


def _event(number: int, claim: Claim, claims: Sequence[Claim]) -> int:
    """The event that a toll tells of: the running one, unless it has such a toll or day or place speak against it."""
    new = 1 + max((other.event for other in claims[:number]), default=-1)
    before = [other for other in claims[:number] if other.scope == claim.scope][-_LATEST:]
    if not before:
        return new
    last = before[-1]
    if claim.scope == "cumulative":
        return last.event if last.sentence == claim.sentence else new
    if last.sentence == claim.sentence and not _elsewhere(claim, last):
        return last.event
    if claim.scope == "background":
        if claim.sentence - last.sentence <= 1 and last is claims[number - 1] and not _elsewhere(claim, last):
            return last.event
        told = (other for other in reversed(before) if _one_story(claim, other))
        return next((other.event for other in told), new)
    for event in dict.fromkeys(other.event for other in reversed(before)):
        members = [other for other in before if other.event == event]
        taken = any(o.effect == claim.effect and o.high != 0 and o.role == TOLL for o in members)
        kind = all(not kinds_agree(claim, o) for o in members if o.effect == claim.effect)
        beside = (bool(claim.people.key & ATTACKERS) or is_more(claim) or kind) and claim.place is None
        if (not taken or beside) and not any(_elsewhere(claim, other) for other in members):
            return event
    return new


def _one_story(claim: Claim, other: Claim) -> bool:
    """True for two claims of older events with one day or place and another effect, or with one number."""
    if _elsewhere(claim, other):
        return False
    if claim.effect == other.effect:
        return claim.number is not None and claim.number == other.number and claim.number > 1
    return bool((claim.date and claim.date == other.date) or (claim.place and claim.place == other.place))


def _elsewhere(claim: Claim, other: Claim) -> bool:
    """True where the day or the place that both state for themselves say that these are two events."""
    one, two = bounds(claim.date), bounds(other.date)
    if one and two and (one[1] < two[0] or two[1] < one[0]):
        return True
    ids = [c.site.place_id for c in (claim, other) if c.site is not None and c.site.place_id]
    return len(ids) == 2 and not places.may_be_one(*ids)


def _add_up(claims: Sequence[Claim]) -> None:
    """Make tolls parts of an earlier one that they add up to: 55, 17 and 8 of 80, told attack by attack."""
    for effect in {claim.effect for claim in claims}:
        tolls = [i for i, c in enumerate(claims) if c.effect == effect and c.role == TOLL and (c.low or 0) > 0
                 and not c.is_words]
        for place, whole in enumerate(tolls):
            summed, chosen = 0, []
            for i in tolls[place + 1:place + 1 + _SITES]:
                if claims[i].event != claims[whole].event or claims[i].sentence != claims[whole].sentence:
                    summed, chosen = summed + (claims[i].low or 0), [*chosen, i]
                if summed >= (claims[whole].low or 0):
                    break
            if len(chosen) > 1 and summed == claims[whole].low:
                _become_parts(chosen, whole, claims)


def _become_parts(chosen: Collection[int], whole: int, claims: Sequence[Claim]) -> None:
    moved = {claims[i].event for i in chosen}
    for i in chosen:
        claims[i].role, claims[i].part_of = PART, whole
    for claim in claims:
        if claim.event in moved and claim.scope == claims[whole].scope:
            claim.event = claims[whole].event


def _hold_parts(claims: Sequence[Claim]) -> None:
    """Put parts that were told before their toll, or beside words without a number, under the toll of their event."""
    for number, claim in enumerate(claims):
        if claim.role != PART or claim.part_of is not None or claim.restates is not None:
            continue
        later = (i for i, other in enumerate(claims) if i > number and other.event == claim.event
                 and other.effect == claim.effect and other.role == TOLL and other.restates is None
                 and (other.low or 0) > (claim.low or 0))
        claim.part_of = next(later, None)


def _moved(claim: Claim, before: Sequence[Claim]) -> int | None:
    """The injured row in which the dead of "two of the wounded died" were first counted."""
    if not of_the_hurt(claim):
        return None
    return next((i for i in range(len(before) - 1, -1, -1) if before[i].effect == "injured"
                 and before[i].event == claim.event and before[i].restates is None), None)
