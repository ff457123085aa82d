"""Whether a claim is part of a total told before or after: "26 people, four of whom were policemen"."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.casualties.claims import Claim
from analysis.casualties.identity import (
    GENERIC,
    ages_differ,
    close_kinds,
    genders_differ,
    is_besides,
    is_more,
    is_share,
    is_the_doer,
    kinds_agree,
    place_in_row,
)
from analysis.casualties.kinds import SINGULAR
from analysis.casualties.restatements import has_room, speaker
from analysis.casualties.sets import fates, words_of
from analysis.casualties.shooting import is_open

_INCLUDING, _THEM = words_of("including"), fates("those")


def stated_total(number: int, claims: Sequence[Claim], same: Sequence[tuple[int, Claim]]) -> int | None:
    """The total that a claim says it is part of: "26 people, four of whom", "including three children"."""
    claim = claims[number]
    if claim.total is not None:
        first = first_told(claim.total, claims)
        if first is not None and first != number and has_room(claim, claims[first]):
            return first
    if (added := _added_up(number, claims, same)) is not None:
        return added
    if is_more(claim) and claim.number is not None:
        beside = {c.part_of for c in claims[:number] if c.sentence == claim.sentence} - {None}
        return next((i for i, other in same if i in beside and has_room(claim, other)), None)
    if not _says_part(claim) and not _speaks_of_them(claim):
        return None
    if _speaks_of_them(claim):
        return next((i for i, other in reversed(same) if other.high != 1 and has_room(claim, other)), None)
    last_told = {c.restates if c.restates is not None else i: c.sentence for i, c in enumerate(claims[:number])}
    return next((i for i, other in reversed(same) if other.high != 1 and has_room(claim, other)
                 and (kinds_agree(claim, other) if is_share(claim) else claim.sentence - last_told[i] <= 2)), None)


def told_in_row(claim: Claim, before: Sequence[Claim], same: Sequence[tuple[int, Claim]]) -> int | None:
    """The row that holds "the fourth victim" where four people were told of before, whatever became of each."""
    place = place_in_row(claim)
    if claim.number != 1 or not place:
        return None
    here = [other for other in before if other.event == claim.event and other.effect in ("killed", "injured")
            and other.restates is None and other.part_of is None]
    groups = [other for other in here if is_open(other) or other.effect == claim.effect]
    if place not in {sum(other.low or 0 for other in here), *(other.people.low for other in groups)}:
        return None
    fits = [(i, other) for i, other in same if other.number and kinds_agree(claim, other)
            and not genders_differ(claim, other) and not ages_differ(claim, other)]
    return next((i for i, other in fits if other.number == 1), next((i for i, _ in fits), None))


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


def describes_all(claim: Claim) -> bool:
    """True for "the victims were farmers", which says who all of them were."""
    token = claim.cue.token
    if claim.total is None or claim.people.bound != "plural" or token.i + 1 == len(token.doc):
        return False
    before = {word.lower_ for word in token.doc[max(token.i - 3, token.sent.start):token.i]}
    return token.nbor(1).lemma_ == "be" and not before & {"among", "of"}


def _says_part(claim: Claim) -> bool:
    """True for "including three children", "among the dead is a nurse", "three children were among the dead"."""
    doc, first, last = claim.cue.token.doc, claim.people.first, claim.people.last
    before = {token.lower_ for token in doc[max(first - 8, claim.span.start):first]}
    inside = {token.lower_ for token in doc[first:last + 4]}
    after = any(token.lower_ == "among" and token.i + 1 < len(doc) and token.nbor().lower_ in ("the", "those")
                for token in doc[last + 1:last + 4])
    return bool(is_share(claim) or before & _INCLUDING or inside & {"whom", "included"} or after)


def is_part(claim: Claim, other: Claim) -> bool:
    """True for one who is named after the total, or fewer people of the kind that the total speaks of."""
    if other.high == 1 or other.people.named or not has_room(claim, other) or is_the_doer(claim, other):
        return False
    if claim.sentence == other.sentence:
        alone = claim.head.like_num and claim.head.dep_ != "nummod" and not is_more(claim)
        return alone and other.head.i < claim.cue.token.i
    if claim.people.named:
        return True
    known = claim.people.definite or claim.head.lower_ in SINGULAR  # "the other", "he"
    if not known and None not in (voices := {speaker(claim), speaker(other)}) and len(voices) > 1:
        return False
    if claim.number == 1:
        return kinds_agree(claim, other) and place_in_row(claim) <= (other.number or place_in_row(claim))
    apart = is_besides(claim) and not is_more(other) and claim.sentence - other.sentence < 2
    return claim.number is not None and not apart and kinds_agree(claim, other) and (
        claim.people.definite or bool(other.people.key & GENERIC) or close_kinds(claim, other))


def parts_before(claim: Claim, same: Sequence[tuple[int, Claim]]) -> list[int]:
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
    return [i for i, other in smaller if speaker(other) == speaker(claim)] if large and within else []


def first_told(claim: Claim, claims: Sequence[Claim]) -> int | None:
    """The row in which the people of a claim are counted first."""
    at = next((i for i, other in enumerate(claims) if other is claim), None)
    return at if at is None or claims[at].restates is None else claims[at].restates
