"""The claims of one article related to each other: who was already counted, by whom else, as part of what."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.casualties.claims import Claim
from analysis.casualties.people import PLURAL, SINGULAR, kind_of_word, roles

_GENERIC = {"people", "number", "those", "person", "victim", "other", "individual", "man", "men", "dead", "wounded", "injured", "body",
            "member", "human", "resident", "casualty", "fatality", "death", "life", "one", "corpse", "two", "three",
            "four", "five", "six", "citizen", "hostage", "bodie", "suspect", "they", "them"}
_PART_WORDS = {"including", "among", "included", "include", "includes", "whom"}


def relate(claims: Sequence[Claim]) -> None:
    """Fill restates, part_of, superseded_by, moved_from and event of each claim from those before it."""
    for number, claim in enumerate(claims):
        earlier = [(i, other) for i, other in enumerate(claims[:number])]
        claim.moved_from = _moved(claim, earlier)
        _relate_one(number, claim, claims, earlier)
        claim.event = _event(claim, claims, earlier)


def _relate_one(number: int, claim: Claim, claims: Sequence[Claim], earlier: list[tuple[int, Claim]]) -> None:
    same = [(i, other) for i, other in earlier
            if other.effect == claim.effect and other.restates is None and other.high != 0 and claim.high != 0
            and not _elsewhere(claim, other)]
    total = _total(claim, same)
    if total is not None:
        claim.part_of = total
        claims[total].parts += claim.number or 1
        return
    for i, other in reversed(same):
        if _restates(claim, other):
            claim.restates = i
            return
    for i, other in reversed(same):
        if _is_part(claim, other):
            claim.part_of = i
            other.parts += claim.number or 1
            return
    parts = [(i, other) for i, other in same if other.part_of is None and other.number]
    if claim.number and len(parts) > 1 and (summed := _parts_of(claim, parts)):
        for i in summed:
            claims[i].part_of = number


def _restates(claim: Claim, other: Claim) -> bool:
    """True where both speak of the same victims, even with another number."""
    mine, theirs = claim.people, other.people
    if claim.total is not None and claim.sentence == other.sentence:
        return False
    if claim.sentence == other.sentence and not _rival(claim, other):
        return bool(mine.named and theirs.named and _same_name(claim, other))
    if mine.named and theirs.named:
        return _same_name(claim, other)
    if "other" in mine.key | theirs.key or _another(claim):
        return False
    if mine.named:
        return theirs.bound == "exact" and theirs.low == 1 and _may_be(claim, other) and not (
            theirs.definite and not theirs.key & _GENERIC)
    if theirs.named:
        return claim.high == 1 and (claim.head.lower_ in SINGULAR or (mine.definite and (
            _describes(claim, other) or (_may_be(claim, other) and claim.sentence - other.sentence <= 6))))
    if not _kinds_agree(claim, other):
        return False
    if claim.number is not None and other.number is not None:
        if claim.number == other.number:
            return claim.number > 1 or mine.definite or mine.key == theirs.key or claim.head.lower_ in SINGULAR
        return _rival(claim, other) and _close_kinds(claim, other)
    return mine.definite or claim.head.lower_ in PLURAL or _compatible(claim, other)


def _same_name(claim: Claim, other: Claim) -> bool:
    """True for one entity, "Galan" and "Luis Carlos Galan Sarmiento"; not for two brothers of one surname."""
    if claim.people.entity and claim.people.entity == other.people.entity:
        return True
    short, long = sorted((claim.people.name, other.people.name), key=len)
    if len(short) == 1:
        return short[0] in long
    return set(short) <= set(long) or (short[0] == long[0] and len(set(short) & set(long)) > 1) or (
        len(set(short) & set(long)) > 1)


def _may_be(claim: Claim, other: Claim) -> bool:
    """True where nothing speaks against one person: the same status or unknown, and no two different roles."""
    mine, theirs = roles(claim.people), roles(other.people)
    if claim.people.status != other.people.status and "unknown" not in (claim.people.status, other.people.status):
        return False
    person = theirs | mine or other.head.lower_ in SINGULAR or (claim.people.key | other.people.key) & _GENERIC
    return bool(person) and not (mine and theirs and not mine & theirs)


def _describes(claim: Claim, other: Claim) -> bool:
    """True where "the clergyman" may be the one that was named: a word of his phrase, his group, or any person."""
    mine, theirs = claim.people, other.people
    doc = other.cue.token.doc
    near = {doc[i].lower_ for i in range(max(theirs.first - 4, 0), min(theirs.last + 12, len(doc)))}
    return bool(mine.key & _GENERIC or set(mine.groups) & set(theirs.groups) or mine.key & near)


def _compatible(claim: Claim, other: Claim) -> bool:
    low, high = max(claim.low or 0, other.low or 0), min(claim.high or 10**9, other.high or 10**9)
    return low <= high and _close_kinds(claim, other)


def _rival(claim: Claim, other: Claim) -> bool:
    """True where two voices, or two clauses joined by "but", give numbers of one thing."""
    if claim.sentence - other.sentence > 1 or (claim.number or 2) < 2 or (other.number or 2) < 2:
        return False
    between = claim.cue.token.doc[min(other.cue.token.i, claim.cue.token.i):max(other.cue.token.i, claim.cue.token.i)]
    return any(t.lower_ in ("but", "while", "although", "however") for t in between)


def _total(claim: Claim, same: list[tuple[int, Claim]]) -> int | None:
    """The total that a claim says it is part of: "26 people, four of whom", "including three children"."""
    if claim.total is not None:
        return next((i for i, other in same if other is claim.total and _may_be_part(claim, other)), None)
    before = claim.cue.token.doc[max(claim.people.first - 8, claim.span.start):claim.people.last + 4]
    words = {token.lower_ for token in before}
    listed = claim.people.last < claim.cue.token.i or words & _PART_WORDS
    for i, other in reversed(same):
        if other.number is not None and (claim.number or 2) >= other.number:
            continue
        if other.high == 1 or claim.sentence - other.sentence > 2:
            continue
        if listed and words & _PART_WORDS and _may_be_part(claim, other):
            return i
    return None


def _may_be_part(claim: Claim, other: Claim) -> bool:
    room = other.number is None or other.parts + (claim.number or 1) <= other.number
    return room and other.people.head != claim.people.head


def _is_part(claim: Claim, other: Claim) -> bool:
    """True for one who is named after the total, or fewer people of the same kind, definite."""
    if claim.sentence == other.sentence or other.high == 1 or other.people.named or not _may_be_part(claim, other):
        return False
    if other.number is not None and (claim.number or 2) >= other.number:
        return False
    if claim.people.named:
        return _kinds_agree(claim, other)
    return claim.number is not None and "other" not in claim.people.key and _kinds_agree(claim, other) and (
        bool(other.people.key & _GENERIC)) and claim.scope == other.scope


def _parts_of(claim: Claim, parts: list[tuple[int, Claim]]) -> list[int]:
    """The last claims whose numbers add up to this one."""
    summed, chosen = 0, []
    for i, other in reversed(parts):
        summed += other.number or 0
        chosen.append(i)
        if summed == claim.number:
            return chosen if len(chosen) > 1 else []
        if summed > (claim.number or 0):
            return []
    return []


def _moved(claim: Claim, earlier: list[tuple[int, Claim]]) -> int | None:
    """The injured, missing or captured row that holds these dead: the same person, or "two of the wounded"."""
    if claim.effect != "killed":
        return None
    words = {t.lower_ for t in claim.cue.token.doc[claim.people.first:claim.people.last + 1]}
    for i, other in reversed(earlier):
        if other.effect not in ("injured", "abducted", "missing", "captured") or other.restates is not None:
            continue
        if claim.people.named and other.people.named and _same_name(claim, other):
            return i
        group = {"injured": {"wounded", "injured"}, "abducted": {"hostages", "hostage", "captives", "kidnapped"}}
        if words & group.get(other.effect, set()) or words & {"them", "whom"} and claim.sentence - other.sentence <= 1:
            return i
    return None


def _event(claim: Claim, claims: Sequence[Claim], earlier: list[tuple[int, Claim]]) -> int:
    """The event a claim tells of: that of the claim it is tied to, else the running one unless the scene changes."""
    tied = next((n for n in (claim.restates, claim.part_of, claim.moved_from) if n is not None), None)
    if tied is not None and tied < len(earlier):
        return claims[tied].event
    known = 1 + max((other.event for _, other in earlier), default=-1)
    if not earlier:
        return 0
    last = earlier[-1][1]
    if claim.sentence == last.sentence and claim.scope == last.scope:
        return last.event
    for _, other in reversed(earlier):
        if other.scope == claim.scope and not _elsewhere(claim, other) and not _scene_changes(claim, other.event, earlier):
            return other.event
    return known


def _scene_changes(claim: Claim, event: int, earlier: list[tuple[int, Claim]]) -> bool:
    """True where somebody else is said to have done it than in what is known of an event."""
    doers = {other.perpetrator for _, other in earlier if other.event == event and other.perpetrator}
    return bool(claim.perpetrator and doers and claim.perpetrator not in doers)


def _elsewhere(claim: Claim, other: Claim) -> bool:
    """True where place or date say that these are two events, or one is a statistic or an older story."""
    if (claim.scope == "cumulative") != (other.scope == "cumulative"):
        return True
    if claim.date and other.date and claim.date != other.date and len(claim.date) == len(other.date):
        return True
    return bool(claim.place and other.place and claim.place != other.place
                and claim.place_precision == other.place_precision)


def _kinds_agree(claim: Claim, other: Claim) -> bool:
    mine, theirs = claim.people, other.people
    if mine.key & theirs.key or mine.key & _GENERIC or theirs.key & _GENERIC:
        return mine.status == theirs.status or "unknown" in (mine.status, theirs.status)
    if mine.entity and mine.entity == theirs.entity:
        return True
    if claim.head.lower_ in SINGULAR | PLURAL:
        return True
    if mine.named or theirs.named:
        return mine.status == theirs.status or "unknown" in (mine.status, theirs.status)
    return mine.definite and mine.status == theirs.status


def _close_kinds(claim: Claim, other: Claim) -> bool:
    mine, theirs = claim.people, other.people
    return bool(mine.key & theirs.key or mine.entity and mine.entity == theirs.entity) or (
        bool(mine.key & _GENERIC) and bool(theirs.key & _GENERIC))


def _another(claim: Claim) -> bool:
    doc = claim.cue.token.doc
    return any(doc[i].lower_ in ("another", "other", "others", "more") for i in range(claim.people.first,
                                                                              claim.people.last + 1))


def _event_noun(claim: Claim) -> bool:
    return claim.cue.frame == "event" and kind_of_word(claim.head.lower_) is not None
