"""Which event of an article a claim tells of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis import places
from analysis.casualties.circumstances import clause
from analysis.casualties.claims import Claim
from analysis.casualties.identity import died_later, kinds_agree, same_name
from analysis.casualties.kinds import singular
from analysis.casualties.sets import words_of
from analysis.records import Mention

_STREETS = words_of("street")
_APART, _EVENTS, _OTHER = words_of("apart"), words_of("event"), words_of("another")
_NEARBY = 2  # sentences over which a claim without place and date stays with the one before


def event(claim: Claim, before: Sequence[Claim]) -> int:
    """The event a claim tells of: that of a name heard before, of its place or date, else the running or main one."""
    if not before:
        return 0
    new = 1 + max(other.event for other in before)
    if claim.people.named:
        known = next((other for other in before if other.people.named and same_name(claim, other)), None)
        if known is not None:
            return known.event
    shared = next((other for other in before if other.head == claim.head), None)
    if shared is not None:
        return shared.event  # "executed 22 soldiers they had captured last week"
    headline = next((other for other in before if _is_its_headline(other, claim)), None)
    if headline is not None:
        return headline.event
    apart = _says_apart(claim)
    if apart is not None:
        return next((other.event for other in before if _says_apart(other) == apart), new)
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
    if claim.scope != "incident" and claim.sentence - last.sentence > 1:
        return new  # two older stories are two events
    return last.event if near else fitting[0].event


def _is_its_headline(other: Claim, claim: Claim) -> bool:
    """True for the same figure in the first sentence: a headline gives no time and seldom a doer."""
    return (other.sentence == 0 and claim.sentence <= _NEARBY and other.effect == claim.effect
            and other.number == claim.number and (claim.number or 0) > 1 and kinds_agree(claim, other))


def _says_apart(claim: Claim) -> int | None:
    """The word that says that this is another event: "elsewhere", "in a separate incident", "another attack"."""
    said = [word.i for word in claim.span if word.lower_ in _APART
            or (word.lower_ in _OTHER and singular(word.head.lower_) in _EVENTS)]
    told = clause(claim.cue) if said else ()
    return next((i for i in said if i in told), None)


def _fits(claim: Claim, event: int, before: Sequence[Claim]) -> bool:
    """True where no place, date, doer or scope of an event's claims speaks against this one."""
    members = [other for other in before if other.event == event]
    if any(_elsewhere(claim, other) for other in members):
        return False
    doers = {other.perpetrator for other in members if other.perpetrator}
    return not (claim.perpetrator and doers and claim.perpetrator not in doers)


def _elsewhere(claim: Claim, other: Claim) -> bool:
    """True where scope, place or date say that these are two events."""
    if claim.scope != other.scope or (claim.when and other.when and claim.when != other.when):
        return True
    if claim.when and not other.when and not claim.people.definite and claim.head.pos_ != "PRON":
        return True
    if claim.date and other.date and _dates_differ(claim.date, other.date) and not died_later(claim):
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
