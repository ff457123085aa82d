"""The claims of one article related to each other: who was already counted, by whom else, as part of what.

First each claim gets its event; within an event one and the same people are counted once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.casualties.asides import put_aside
from analysis.casualties.claims import Claim
from analysis.casualties.events import event
from analysis.casualties.identity import is_besides, is_more, kinds_agree, same_name, was_earlier
from analysis.casualties.living import count_the_living, count_the_shot_as_dead, subtract_the_dead, survivors, the_dead
from analysis.casualties.parts import describes_all, first_told, is_part, parts_before, stated_total, told_in_row
from analysis.casualties.phrases import SHARES
from analysis.casualties.restatements import are_rivals, denied_by_another, likeness, restates, retold, speaker
from analysis.casualties.sets import fates
from analysis.casualties.shooting import settle
from analysis.casualties.uncounted import take_in_words

_FATES = fates("moved")


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
    take_in_words(claims)
    count_the_shot_as_dead(claims)
    _hold_the_parts(claims)
    for number, claim in enumerate(claims):
        claim.may_restate = _doubtful(claim, claims[:number])
        _settle_doubt(number, claims)
    put_aside(claims)


def _hold_the_parts(claims: Sequence[Claim]) -> None:
    """Make "several were hurt" as many as the most parts of them that one clause tells, with "the six others"."""
    for number, total in enumerate(claims):
        if total.bound not in ("plural", "vague"):
            continue
        most, spans = total.low or 0, total.derived
        parts = [part for part in claims if part.part_of == number]
        for part in parts:
            beside = [c for c in parts if c.cue.token == part.cue.token]
            if part.people.definite and is_more(part) and (before := [c for c in parts if c.head.i < part.head.i]):
                beside.append(max(before, key=lambda c: c.low or 0))
            if (told := sum(c.low or 0 for c in beside)) > most:
                most, spans = told, tuple(c.people.span for c in beside)
        total.low, total.derived = most, spans


def _doubtful(claim: Claim, before: Sequence[Claim]) -> int | None:
    """The first row that may speak of the same people, where the text neither says so nor tells them apart."""
    if not _may_be_counted_twice(claim) or is_besides(claim):
        return None
    return next((i for i, other in enumerate(before) if other.effect == claim.effect and other.event == claim.event
                 and _may_be_counted_twice(other) and kinds_agree(claim, other) and _may_be_same(claim, other)), None)


def _settle_doubt(number: int, claims: Sequence[Claim]) -> None:
    """Turn ``may_restate`` of the injured into ``part_of``: the fewer count as part of the more, and nothing adds them.

    The wounded are told again by how many were treated, moved or let go, and seldom are others. Where they are,
    the highest figure is too low. As many as the injured and the dead together are those, before some died: these
    restate the injured.
    """
    claim = claims[number]
    first = claim.may_restate
    if first is None or claim.effect != "injured":
        return
    other = claims[first]
    dead = [c for _, c in the_dead(claim.event, claims)]
    killed = sum(c.low or 0 for c in dead)
    if killed and claim.number == (other.number or 0) + killed:
        claim.restates = first  # "four victims were rushed to hospital", of whom one has died
        count_the_living(claim, killed, dead)
    elif (claim.low or 0) <= (other.low or 0):
        claim.part_of = first
    else:
        other.part_of = number
        for row in claims[:number]:
            if row.part_of == first:
                row.part_of = number
    claim.may_restate = None


def _may_be_same(claim: Claim, other: Claim) -> bool:
    """True for numbers told apart by nothing but the sentence, and for one person and a number of two voices."""
    voices = speaker(claim), speaker(other)
    two_voices = voices[0] != voices[1] and None not in voices
    if 1 in (claim.high, other.high):
        return two_voices and not claim.high == other.high == 1
    return two_voices or claim.sentence != other.sentence


def _may_be_counted_twice(claim: Claim) -> bool:
    """True for people without a name who may be counted twice, here and in another row."""
    return claim.stands_alone and claim.moved_from is None and claim.high != 0 and not claim.people.named


def _relate_one(number: int, claim: Claim, claims: Sequence[Claim]) -> None:
    """Tie a claim to the total it is part of, to what it restates, or make it the total of what went before."""
    told = [(i, other) for i, other in enumerate(claims[:number]) if other.effect == claim.effect
            and other.event == claim.event and other.restates is None
            and (other.superseded_by is None or claims[other.superseded_by].restates is not None)]
    same = [(i, other) for i, other in told if other.high != 0 and claim.high != 0]
    if claim.corrected_by is not None:
        claim.superseded_by = claim.restates = first_told(claim.corrected_by, claims[:number])
        return
    if describes_all(claim):
        claim.restates = first_told(claim.total, claims[:number])
        return
    if (row := told_in_row(claim, claims[:number], same)) is not None:
        if claims[row].number == 1:
            claim.restates = row
        else:
            _add_part(claim, claims, row)
        return
    if (total := stated_total(number, claims, same)) is not None:
        _add_part(claim, claims, total)
        return
    if (denied := denied_by_another(claim, told)) is not None:
        first, second = (claims[denied], number) if claims[denied].high == 0 else (claim, denied)
        first.restates = second  # the first to tell of these victims is the one that says there were some
        if first is claim:
            return
    if (shot := survivors(claim, claims[:number], same)) is not None:
        claim.restates = shot
        return
    if (first := retold(number, claims, same)) is not None:
        claim.restates = first
        return
    matches = [(likeness(claim, other), other.part_of is None, i) for i, other in same if not _is_share(other) and (
        restates(claim, other) or are_rivals(claim, other))]
    if matches:
        *_, best = max(matches)
        first = claims[best]
        if _makes_exact(number, claims, best):
            _make_exact(number, claims, best)
            return
        claim.restates = best
        _correct(number, claims)
        if claim.people.named and not first.people.named:  # now we know who it was: the next name is somebody else
            first.people = replace(first.people, named=True, name=claim.people.name)
        return
    for i, other in reversed(same):
        if is_part(claim, other):
            _add_part(claim, claims, i)
            return
    for i in parts_before(claim, same):
        claims[i].part_of = number
        claim.names += claims[i].people.named


def _makes_exact(number: int, claims: Sequence[Claim], first: int) -> bool:
    """True for the first number after words without one: "several were hurt", then "five were hurt"."""
    claim, words = claims[number], claims[first]
    if (claim.number or 0) < 2 or words.bound not in ("plural", "vague") or claim.sentence == words.sentence:
        return False
    counted = any((other.low or 0) >= (claim.number or 0) or (other.restates == first and other.bound != "plural")
                  for other in claims[:number] if other.effect == claim.effect and other.event == claim.event)
    return not counted and claim.certainty == words.certainty == "asserted"


def _make_exact(number: int, claims: Sequence[Claim], first: int) -> None:
    """Let a number take the place of words without one, and of what restates them or is part of them."""
    for i, other in enumerate(claims[:number]):
        if i == first or other.restates == first:
            other.superseded_by, other.restates = number, None
        elif other.part_of == first:
            _add_part(other, claims, number)


def _is_share(claim: Claim) -> bool:
    """True for "most of the dead", which no figure tells again."""
    return claim.part_of is not None and claim.head.lower_ in SHARES


def _add_part(claim: Claim, claims: Sequence[Claim], total: int) -> None:
    claim.part_of = total
    if claims[total].scope == "cumulative":
        claim.scope = "cumulative"
    claims[total].names += claim.people.named


def _correct(number: int, claims: Sequence[Claim]) -> None:
    """Replace an earlier figure by "the toll rose to nine", and "had earlier put it at seven" by the present one."""
    claim, first = claims[number], claims[number].restates
    if first is None or claim.low == claims[first].low:
        return
    if was_earlier(claim):
        claim.superseded_by = first
    elif claim.newer:
        for other in (claims[first], *(c for c in claims[:number] if c.restates == first)):
            if len({speaker(claim), speaker(other)} - {None}) < 2 and other.low != claim.low:
                other.superseded_by = number


def _moved(claim: Claim, before: Sequence[Claim]) -> int | None:
    """The injured, missing or captured row that holds these dead: the same person, or "two of the wounded"."""
    if claim.effect != "killed":
        return None
    doc = claim.head.doc
    phrase = doc[claim.people.first:min(claim.people.last + 3, len(doc))]
    mine = {token.lower_ for token in phrase if token.lower_ in ("them", "whom")
            or (token.i and token.nbor(-1).lower_ in ("the", "those", "these"))}
    for i, other in reversed(list(enumerate(before))):
        if other.effect not in ("injured", "abducted", "missing", "captured") or other.restates is not None:
            continue
        if claim.people.named and other.people.named and same_name(claim, other):
            return i
        same = claim.number is not None and claim.number > 1 and claim.number == other.number
        if same and claim.people.definite and kinds_agree(claim, other):
            return i  # "the three were found dead"
        if any(_FATES.get(word) == other.effect for word in mine) or (
                {"them", "whom"} & mine and claim.sentence - other.sentence <= 1):
            return i
    return None
