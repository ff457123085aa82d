"""The claims of one article related to each other: who was already counted, by whom else, as part of what.

First each claim gets its event; within an event one and the same people are counted once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analysis import places
from analysis.casualties.claims import Claim
from analysis.casualties.identity import (
    GENERIC,
    ages_differ,
    close_kinds,
    genders_differ,
    is_more,
    kinds_agree,
    one_person,
    same_name,
    words,
)
from analysis.casualties.people import PLURAL, SINGULAR
from analysis.casualties.sets import words_of
from analysis.records import Mention

_PART_WORDS = {"including", "among", "included", "include", "includes", "whom"}
_CONTRASTS = {"but", "although", "however", "though"}
_OPEN_VERBS = ("shooting", "stabbing")  # "was shot" leaves open whether the victim lived
_SURVIVED = words_of("survived")
_STREETS = words_of("street")
_NEARBY = 2  # sentences over which a claim without place and date stays with the one before


def relate(claims: Sequence[Claim]) -> None:
    """Fill event, restates, part_of, superseded_by and moved_from of each claim from those before it.

    Who was shot or stabbed and is said elsewhere to have died is read as killed: these words leave it open.
    """
    for number, claim in enumerate(claims):
        claim.event = _event(claim, claims[:number])
    _settle(claims)
    for number, claim in enumerate(claims):
        claim.moved_from = _moved(claim, claims[:number])
        _relate_one(number, claim, claims)
    _subtract_the_dead(claims)


# ---------------------------------------------------------------- events

def _event(claim: Claim, before: Sequence[Claim]) -> int:
    """The event a claim tells of: that of a name heard before, of its place or date, else the running or main one."""
    if not before:
        return 0
    new = 1 + max(other.event for other in before)
    if claim.people.named:
        known = next((other for other in before if other.people.named and same_name(claim, other)), None)
        if known is not None:
            return known.event
    fitting = [other for other in before if _fits(claim, other.event, before)]
    if not fitting:
        return new
    last = before[-1]
    near = claim.sentence - last.sentence <= _NEARBY and last in fitting
    if claim.sentence == last.sentence and last in fitting:
        return last.event
    if claim.date or claim.place:
        told = next((other for other in fitting if (claim.date and other.date == claim.date)
                     or (claim.place and other.place == claim.place)), None)
        if told is not None:
            return told.event
    return last.event if near else fitting[0].event


def _fits(claim: Claim, event: int, before: Sequence[Claim]) -> bool:
    """True where no place, date, doer or scope of an event's claims speaks against this one."""
    members = [other for other in before if other.event == event]
    if any(_elsewhere(claim, other) for other in members):
        return False
    doers = {other.perpetrator for other in members if other.perpetrator}
    return not (claim.perpetrator and doers and claim.perpetrator not in doers)


def _elsewhere(claim: Claim, other: Claim) -> bool:
    """True where scope, place or date say that these are two events."""
    if claim.scope != other.scope:
        return True
    if claim.date and other.date and _dates_differ(claim.date, other.date):
        return True
    return bool(claim.site and other.site and claim.place != other.place and _apart(claim.site, other.site))


def _apart(one: Mention, other: Mention) -> bool:
    """True for two places that cannot be one or hold one another; of unknown ones, for names that are no streets."""
    if one.place_id and other.place_id:
        return not places.may_be_one(one.place_id, other.place_id)
    return (one.place_id == other.place_id and one.type == other.type == "place"
            and not {one.text.split()[-1].lower(), other.text.split()[-1].lower()} & _STREETS)


def _dates_differ(one: str, two: str) -> bool:
    """True for two EDTF dates more than two days apart: the night before and "Sunday" may be one event."""
    if "/" in one or "/" in two:
        return False
    if len(one) == len(two) == 10 and "X" not in one + two:
        try:
            return abs((date.fromisoformat(one) - date.fromisoformat(two)).days) > 2
        except ValueError:
            return one != two
    pairs = zip(one.rstrip("~?%").split("-"), two.rstrip("~?%").split("-"), strict=False)
    return any("X" not in a + b and a != b for a, b in pairs)


def _settle(claims: Sequence[Claim]) -> None:
    """Turn "was shot" into killed where the same person is said to be dead."""
    dead = [c for c in claims if c.effect == "killed" and c.low == c.high == 1]
    for number, claim in enumerate(claims):
        if _are_the_dead(claim, claims[:number]):
            claim.effect = "killed"
        means = claim.cue.means or (claim.means if claim.cue.end > claim.cue.token.i else None)  # "a gunshot wound"
        if claim.effect != "injured" or not claim.low == claim.high == 1 or means not in _OPEN_VERBS:
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
    return (claim.effect == "injured" and claim.people.bound == "plural" and claim.cue.means in _OPEN_VERBS
            and (claim.people.definite or claim.head.lower_ in PLURAL) and not any(o.effect == "injured" for o in here)
            and any(o.effect == "killed" and o.high != 1 for o in here))


# ---------------------------------------------------------------- relations

def _relate_one(number: int, claim: Claim, claims: Sequence[Claim]) -> None:
    """Tie a claim to the total it is part of, to what it restates, or make it the total of what went before."""
    same = [(i, other) for i, other in enumerate(claims[:number]) if other.effect == claim.effect
            and other.event == claim.event and other.restates is None and other.high != 0 and claim.high != 0]
    if claim.corrected_by is not None:
        claim.superseded_by = claim.restates = next((i for i, other in same if other is claim.corrected_by), None)
        return
    if (total := _stated_total(claim, same)) is not None:
        _add_part(claim, claims, total)
        return
    if (shot := _survivors(claim, claims[:number], same)) is not None:
        claim.restates = shot
        return
    matches = [(_likeness(claim, other), i) for i, other in same if _restates(claim, other) or _rivals(claim, other)]
    if matches:
        claim.restates = max(matches)[1]
        first = claims[claim.restates]
        if claim.people.named and not first.people.named:  # now we know who it was: the next name is somebody else
            first.people = replace(first.people, named=True, name=claim.people.name)
        return
    for i, other in reversed(same):
        if _is_part(claim, other):
            _add_part(claim, claims, i)
            return
    for i in _parts(claim, same):
        claims[i].part_of = number
        claim.parts += claims[i].number or 1


def _survivors(claim: Claim, before: Sequence[Claim], same: Sequence[tuple[int, Claim]]) -> int | None:
    """The row of "four were shot" where one died and now "three were injured": it counts three injured."""
    if claim.effect != "injured" or not claim.number:
        return None
    dead = sum(o.number or 0 for o in before if o.effect == "killed" and o.event == claim.event and o.restates is None
               and o.part_of is None)
    for i, other in same:
        if dead and other.cue.means in _OPEN_VERBS and other.number == claim.number + dead and claim.number > 1:
            other.low = other.high = claim.number
            return i
    return None


def _subtract_the_dead(claims: Sequence[Claim]) -> None:
    """Count as injured only the living of "five were shot", where the event's dead are told apart from them.

    Rows that moved ("one of them died") keep the number as stated: ``moved_from`` says what to take off.
    """
    roots = [c for c in claims if c.restates is None and c.part_of is None and c.scope == "incident" and c.high != 0]
    for claim in roots:
        if claim.effect != "injured" or claim.cue.means not in _OPEN_VERBS or is_more(claim) or (claim.number or 0) < 2:
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


def _add_part(claim: Claim, claims: Sequence[Claim], total: int) -> None:
    claim.part_of = total
    claims[total].parts += claim.number or 1


def _likeness(claim: Claim, other: Claim) -> int:
    """How much speaks for one set of people, so that "the woman" is matched with the woman."""
    mine, theirs = claim.people, other.people
    return 4 * bool(mine.name and set(mine.name) & set(theirs.name)) + 2 * (mine.key == theirs.key) + bool(
        words(claim) & words(other) - {"the", "a", "an", "of"}) + (claim.number == other.number)


def _restates(claim: Claim, other: Claim) -> bool:
    """True where both speak of the same victims, even with another number."""
    if claim.total is not None and claim.sentence == other.sentence:
        return False
    if claim.people.named and other.people.named:
        return same_name(claim, other)
    if claim.sentence == other.sentence:
        if claim.number == other.number == 1 and claim.head.lower_ in SINGULAR:
            return not is_more(other) and not genders_differ(claim, other)
        return _contrasted(claim, other) and kinds_agree(claim, other)
    if claim.number == other.number == 1:
        return one_person(claim, other)
    if claim.people.named or other.people.named or not kinds_agree(claim, other):
        return False
    if claim.number is not None and claim.number == other.number:
        return True
    if claim.people.definite and claim.number and claim.cue.means in _OPEN_VERBS and other.number:
        return claim.number == other.number + 1  # "all four were shot", of whom one died
    if claim.high is None and claim.low == 2 and (other.number or 0) > 1:
        return True
    if is_more(claim) or is_more(other) or (other.low == 1 and (claim.number or 1) > 1):
        return False
    if claim.number is not None and other.number is not None:
        return _contrasted(claim, other) and close_kinds(claim, other)
    low, high = max(claim.low or 0, other.low or 0), min(claim.high or 10**9, other.high or 10**9)
    return low <= high and (claim.people.definite or claim.head.lower_ in PLURAL or close_kinds(claim, other))


def _rivals(claim: Claim, other: Claim) -> bool:
    """True where two voices count the same kind of victims: their figures are rivals, of which neither is a part."""
    if claim.sentence == other.sentence or is_more(claim) or is_more(other):
        return False
    several = all(c.high != 1 and not c.people.named for c in (claim, other))
    return several and _speaker(claim) != _speaker(other) and None not in (_speaker(claim), _speaker(other)) and (
        kinds_agree(claim, other))


def _speaker(claim: Claim) -> str | None:
    """The one who says so, as far as the article tells."""
    return claim.voice and (claim.voice.source_entity or (claim.voice.source or "").lower() or None)


def _contrasted(claim: Claim, other: Claim) -> bool:
    """True where "but" or "however" sets a number against another of the same or the sentence before."""
    if claim.sentence - other.sentence > 1 or (claim.number or 2) < 2 or (other.number or 2) < 2:
        return False
    doc, ends = claim.cue.token.doc, sorted((claim.cue.token.i, other.cue.token.i))
    return any(token.lower_ in _CONTRASTS for token in doc[ends[0]:ends[1]])


def _stated_total(claim: Claim, same: Sequence[tuple[int, Claim]]) -> int | None:
    """The total that a claim says it is part of: "26 people, four of whom", "including three children"."""
    if claim.total is not None:
        return next((i for i, other in same if other is claim.total and _has_room(claim, other)), None)
    doc = claim.cue.token.doc
    near = {token.lower_ for token in doc[max(claim.people.first - 8, claim.span.start):claim.people.last + 4]}
    if not near & _PART_WORDS:
        return None
    return next((i for i, other in reversed(same) if other.high != 1 and claim.sentence - other.sentence <= 2
                 and _has_room(claim, other)), None)


def _has_room(claim: Claim, other: Claim) -> bool:
    """True where a total still holds more people than its known parts."""
    if claim.head == other.head:
        return False
    most = other.number or (other.low if other.bound == "at_least" else None)
    return most is None or (other.parts + (claim.number or 1) <= most and (claim.number or 1) < most)


def _is_part(claim: Claim, other: Claim) -> bool:
    """True for one who is named after the total, or fewer people of the kind that the total speaks of."""
    if claim.sentence == other.sentence or other.high == 1 or other.people.named or not _has_room(claim, other):
        return False
    if claim.people.named or claim.number == 1:
        return kinds_agree(claim, other) or bool(claim.people.named)
    apart = is_more(claim) and not is_more(other) and claim.sentence - other.sentence < 2
    return claim.number is not None and not apart and kinds_agree(claim, other) and (
        claim.people.definite or bool(other.people.key & GENERIC) or close_kinds(claim, other))


def _parts(claim: Claim, same: Sequence[tuple[int, Claim]]) -> list[int]:
    """The claims before that a number takes in: those that add up to it, or all, where it speaks of people at large."""
    if claim.number is None or claim.number < 2 or is_more(claim):
        return []
    loose = [(i, other) for i, other in same if other.part_of is None and (other.number or other.low == 1)]
    summed, chosen = 0, []
    for i, other in reversed(loose):
        summed += other.number or 1
        chosen.append(i)
        if summed == claim.number and len(chosen) > 1:
            return chosen
    smaller = [(i, other) for i, other in loose if other.sentence != claim.sentence and kinds_agree(claim, other)]
    large = bool(claim.people.key & GENERIC) or claim.people.definite
    within = sum(other.number or 1 for _, other in smaller) <= claim.number
    return [i for i, other in smaller if _speaker(other) == _speaker(claim)] if large and within else []


def _moved(claim: Claim, before: Sequence[Claim]) -> int | None:
    """The injured, missing or captured row that holds these dead: the same person, or "two of the wounded"."""
    if claim.effect != "killed":
        return None
    doc = claim.head.doc
    mine = words(claim) | {token.lower_ for token in doc[claim.people.last + 1:min(claim.people.last + 3, len(doc))]}
    group = {"injured": {"wounded", "injured"}, "abducted": {"hostages", "hostage", "captives", "kidnapped"}}
    for i, other in reversed(list(enumerate(before))):
        if other.effect not in ("injured", "abducted", "missing", "captured") or other.restates is not None:
            continue
        if claim.people.named and other.people.named and same_name(claim, other):
            return i
        if mine & group.get(other.effect, set()) or ({"them", "whom"} & mine and claim.sentence - other.sentence <= 1):
            return i
    return None
