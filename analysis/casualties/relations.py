"""The claims of one article related to each other: who was already counted, by whom else, as part of what.

First each claim gets its event; within an event one and the same people are counted once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.casualties.claims import Claim
from analysis.casualties.events import event
from analysis.casualties.identity import (
    GENERIC,
    close_kinds,
    died_later,
    genders_differ,
    is_besides,
    is_more,
    kinds_agree,
    of_the_hurt,
    one_person,
    same_name,
    was_earlier,
    words,
)
from analysis.casualties.kinds import PLURAL, SINGULAR
from analysis.casualties.shooting import OPEN_VERBS, settle, subtract_the_dead, survivors

_PART_WORDS = {"including", "among", "included", "include", "includes"}
_THEM = {"dead", "killed", "victims", "wounded", "injured", "hostages", "missing", "deceased"}
_CONTRASTS = {"but", "although", "however", "though"}


def relate(claims: Sequence[Claim]) -> None:
    """Fill event, restates, part_of, superseded_by and moved_from of each claim from those before it.

    Who was shot or stabbed and is said elsewhere to have died is read as killed: these words leave it open.
    """
    for number, claim in enumerate(claims):
        claim.event = event(claim, claims[:number])
    settle(claims)
    for number, claim in enumerate(claims):
        claim.moved_from = _moved(claim, claims[:number])
        _relate_one(number, claim, claims)
    subtract_the_dead(claims)
    for number, claim in enumerate(claims):
        claim.may_restate = _doubtful(claim, claims[:number])


def _doubtful(claim: Claim, before: Sequence[Claim]) -> int | None:
    """The first row that may speak of the same people, where the text neither says so nor tells them apart."""
    if not (_counts(claim) or (claim.high == 1 and _stands(claim))) or is_besides(claim):
        return None
    return next((i for i, other in enumerate(before) if other.effect == claim.effect and other.event == claim.event
                 and _counts(other) and claim.sentence != other.sentence and kinds_agree(claim, other)
                 and (claim.high != 1 or _speaker(claim) not in (None, _speaker(other)))), None)


def _counts(claim: Claim) -> bool:
    """True for a number of people with a place of its own in a total."""
    return _stands(claim) and claim.high not in (0, 1)


def _stands(claim: Claim) -> bool:
    related = (claim.restates, claim.part_of, claim.superseded_by, claim.moved_from)
    return related == (None,) * 4 and not claim.people.named


def _relate_one(number: int, claim: Claim, claims: Sequence[Claim]) -> None:
    """Tie a claim to the total it is part of, to what it restates, or make it the total of what went before."""
    told = [(i, other) for i, other in enumerate(claims[:number]) if other.effect == claim.effect
            and other.event == claim.event and other.restates is None]
    same = [(i, other) for i, other in told if other.high != 0 and claim.high != 0]
    if claim.corrected_by is not None:
        claim.superseded_by = claim.restates = _first_told(claim.corrected_by, claims[:number])
        return
    if (total := _stated_total(number, claims, same)) is not None:
        _add_part(claim, claims, total)
        return
    if (denied := _denied_by_another(claim, told)) is not None:
        claim.restates = denied
        return
    if (shot := survivors(claim, claims[:number], same)) is not None:
        claim.restates = shot
        return
    matches = [(_likeness(claim, other), i) for i, other in same if _restates(claim, other) or _rivals(claim, other)]
    if matches:
        claim.restates = max(matches)[1]
        first = claims[claim.restates]
        _correct(number, claims)
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
    if claim.people.definite and claim.number and claim.cue.means in OPEN_VERBS and other.number:
        return claim.number == other.number + 1  # "all four were shot", of whom one died
    if claim.high is None and claim.low == 2 and (other.number or 0) > 1:
        return True
    if is_besides(claim) or is_more(other) or (other.low == 1 and (claim.number or 1) > 1):
        return False
    if claim.number is not None and other.number is not None:
        return _contrasted(claim, other) and close_kinds(claim, other)
    low, high = max(claim.low or 0, other.low or 0), min(claim.high or 10**9, other.high or 10**9)
    return low <= high and (claim.people.definite or claim.head.lower_ in PLURAL or close_kinds(claim, other))


def _rivals(claim: Claim, other: Claim) -> bool:
    """True where two voices count the same kind of victims: their figures are rivals, of which neither is a part."""
    if claim.sentence == other.sentence or is_besides(claim) or is_more(other):
        return False
    if of_the_hurt(claim) or (died_later(claim) and _has_room(claim, other)):
        return False  # they are of the toll, or on top of it
    if was_earlier(claim) and claim.number and kinds_agree(claim, other) and other.high != 1:
        return True
    several = all(not c.people.named and (c.high != 1 or c.head.nbor(-1).lower_ == "one") for c in (claim, other))
    return several and _speaker(claim) is not None and _speaker(claim) != _speaker(other) and kinds_agree(claim, other)


def _denied_by_another(claim: Claim, told: Sequence[tuple[int, Claim]]) -> int | None:
    """The row of "caused no casualties" that another voice's dead stand against, or the other way about."""
    return next((i for i, other in told if (claim.high == 0) != (other.high == 0) and kinds_agree(claim, other)
                 and _speaker(claim) is not None and _speaker(claim) != _speaker(other)), None)


def _speaker(claim: Claim) -> str | None:
    """The one who says so, as far as the article tells."""
    return claim.voice and (claim.voice.source_entity or (claim.voice.source or "").lower() or None)


def _contrasted(claim: Claim, other: Claim) -> bool:
    """True where "but" or "however" sets a number against another of the same or the sentence before."""
    if claim.sentence - other.sentence > 1 or (claim.number or 2) < 2 or (other.number or 2) < 2:
        return False
    doc, ends = claim.cue.token.doc, sorted((claim.cue.token.i, other.cue.token.i))
    return any(token.lower_ in _CONTRASTS for token in doc[ends[0]:ends[1]])


def _stated_total(number: int, claims: Sequence[Claim], same: Sequence[tuple[int, Claim]]) -> int | None:
    """The total that a claim says it is part of: "26 people, four of whom", "including three children"."""
    claim = claims[number]
    if claim.total is not None:
        first = _first_told(claim.total, claims)
        if first is not None and first != number and _has_room(claim, claims[first]):
            return first
    if (added := _added_up(number, claims, same)) is not None:
        return added
    if not _says_part(claim) and not _speaks_of_them(claim):
        return None
    if _speaks_of_them(claim):
        return next((i for i, other in reversed(same) if other.high != 1 and _has_room(claim, other)), None)
    last_told = {c.restates if c.restates is not None else i: c.sentence for i, c in enumerate(claims[:number])}
    return next((i for i, other in reversed(same) if other.high != 1 and _has_room(claim, other)
                 and claim.sentence - last_told[i] <= 2), None)


def _correct(number: int, claims: Sequence[Claim]) -> None:
    """Replace an earlier figure by "the toll rose to nine", and "had earlier put it at seven" by the present one."""
    claim, first = claims[number], claims[number].restates
    if first is None or claim.low == claims[first].low:
        return
    if was_earlier(claim):
        claim.superseded_by = first
    elif claim.newer:
        for other in (claims[first], *(c for c in claims[:number] if c.restates == first)):
            if _speaker(claim) in (None, _speaker(other)) and other.low != claim.low:
                other.superseded_by = number


def _first_told(claim: Claim, claims: Sequence[Claim]) -> int | None:
    """The row in which the people of a claim are counted first."""
    at = next((i for i, other in enumerate(claims) if other is claim), None)
    return at if at is None or claims[at].restates is None else claims[at].restates


def _speaks_of_them(claim: Claim) -> bool:
    """True for "six of the dead", "among the dead is a family of four"."""
    doc, first, last = claim.cue.token.doc, claim.people.first, claim.people.last
    near = doc[max(first - 6, claim.span.start):last + 1]
    return any(token.lower_ in ("of", "among") and token.i + 2 < len(doc) and token.nbor(1).lower_ in ("the", "those")
               and token.nbor(2).lower_ in _THEM for token in near)


def _added_up(number: int, claims: Sequence[Claim], same: Sequence[tuple[int, Claim]]) -> int | None:
    """The total told before that the numbers of one sentence add up to: "11 killed ... seven here and four there"."""
    claim = claims[number]
    here = [c for c in claims if c.sentence == claim.sentence and c.effect == claim.effect]
    numbers = [c.number for c in here]
    if len(here) < 2 or None in numbers:
        return None
    return next((i for i, other in same if other.sentence != claim.sentence and other.number == sum(numbers)), None)


def _says_part(claim: Claim) -> bool:
    """True for "including three children", "among the dead is a nurse", "three children were among the dead"."""
    doc, first, last = claim.cue.token.doc, claim.people.first, claim.people.last
    before = {token.lower_ for token in doc[max(first - 8, claim.span.start):first]}
    inside = {token.lower_ for token in doc[first:last + 4]}
    after = any(token.lower_ == "among" and token.nbor().lower_ in ("the", "those") for token in doc[last + 1:last + 4])
    return bool(before & _PART_WORDS or inside & {"whom", "included"} or after)


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
    if claim.people.named:
        return True
    if _speaker(claim) is not None and _speaker(other) is not None and _speaker(claim) != _speaker(other):
        return False
    if claim.number == 1:
        return kinds_agree(claim, other)
    apart = is_besides(claim) and not is_more(other) and claim.sentence - other.sentence < 2
    return claim.number is not None and not apart and kinds_agree(claim, other) and (
        claim.people.definite or bool(other.people.key & GENERIC) or close_kinds(claim, other))


def _parts(claim: Claim, same: Sequence[tuple[int, Claim]]) -> list[int]:
    """The claims before that a number takes in: those that add up to it, or all, where it speaks of people at large."""
    if claim.number is None or claim.number < 2 or is_besides(claim):
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
    phrase = doc[claim.people.first:min(claim.people.last + 3, len(doc))]
    mine = {token.lower_ for token in phrase if token.lower_ in ("them", "whom")
            or (token.i and token.nbor(-1).lower_ in ("the", "those", "these"))}
    group = {"injured": {"wounded", "injured"}, "abducted": {"hostages", "hostage", "captives", "kidnapped"}}
    for i, other in reversed(list(enumerate(before))):
        if other.effect not in ("injured", "abducted", "missing", "captured") or other.restates is not None:
            continue
        if claim.people.named and other.people.named and same_name(claim, other):
            return i
        if mine & group.get(other.effect, set()) or ({"them", "whom"} & mine and claim.sentence - other.sentence <= 1):
            return i
    return None
