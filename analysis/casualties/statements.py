"""One harm word and the noun phrases of its victims to claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from analysis.casualties import stance
from analysis.casualties.claims import Claim
from analysis.casualties.cues import ACT, COUNTED, EVENT, PEOPLE, Cue
from analysis.casualties.kinds import kind_of_word
from analysis.casualties.nouns import Reader
from analysis.casualties.people import People
from analysis.casualties.phrases import inner_of
from analysis.casualties.rolls import listed as rolls_listed
from analysis.casualties.sets import words_of
from analysis.language import word_after, word_at

_FORCES = ("combatant", "police")  # who is lost in battle; others are lost in other ways
_WAR = words_of("force") | words_of("battle")
_FIGURES = words_of("toll")
_NEAR = 20  # words around "lost"
_MANY = 20  # so many do not run from the police


def of_cue(number: int, cue: Cue, reader: Reader, heads: Sequence[Token], listed: bool = False) -> Iterator[Claim]:
    """Yield a claim for each noun phrase that a harm word harms, and for each of its effects."""
    for head in heads:
        for each in [head] if listed else _all_heads(cue, head, reader):
            if each != head and _has_own_cue(each, cue):
                continue
            people = reader.people(each)
            if "how" in {each.doc[people.first].lower_, word_at(each.doc, people.first - 1)}:
                continue  # "did not say how many had died"
            certainty = stance.certainty(cue, each)
            if certainty == "hypothetical" or stance.is_no_violence(cue) or stance.is_recount(cue):
                continue
            if certainty != "denied" and _is_nobody(cue, people, each):
                continue
            if certainty == "denied" and any(c.lower_ == "any" for c in each.lefts):
                people = replace(people, low=0, high=0, bound="exact")  # "denied any losses" says there were none
            if people.high == 0:
                certainty = "asserted"
            for effect in cue.effects:
                shared = len(cue.effects) > 1 and people.high != 0
                low, high, bound = (0, people.high, "shared") if shared else (people.low, people.high, people.bound)
                yield Claim(cue, people, effect, low, high, bound, certainty, number)


def _all_heads(cue: Cue, head: Token, reader: Reader) -> list[Token]:
    """The heads of a list of victims, from the parse and from the words themselves."""
    parsed = list(reader.heads(head))
    known = {each.i for each in parsed}
    if cue.frame == PEOPLE or (len(parsed) == 1 and reader.people(head).bound in ("exact", "at_least", "about")
                               and reader.people(head).low != 1):
        return parsed
    spoken = rolls_listed(cue, parsed[0] if parsed else head, head.sent, reader.mentions)
    if spoken and head not in spoken and spoken[0].i > head.i:
        return spoken
    return sorted(parsed + [each for each in spoken if each.i not in known], key=lambda each: each.i)


def _has_own_cue(head: Token, cue: Cue) -> bool:
    """True for "20" in "12 dead and 20 injured": another word says what became of them."""
    return head.lower_ in COUNTED or (word_after(head) in COUNTED and head.i + 1 != cue.token.i)


def _is_of_battle(cue: Cue) -> bool:
    """True where words of war stand near: what is lost there are lives ("the convoy lost seven in the ambush")."""
    doc, i = cue.token.doc, cue.token.i
    near = doc[max(cue.token.sent.start, i - _NEAR):min(cue.token.sent.end, i + _NEAR)]
    return any(t.lower_ in _WAR or (kind_of_word(t.lower_) or ("",))[0] == "combatant" for t in near)


def _is_nobody(cue: Cue, people: People, head: Token) -> bool:
    """True where the phrase counts no people: "the casualties", "the killing of a deal", a weak word alone."""
    if cue.weak == "forces":  # "lost two soldiers", "four fighters fell", "no losses of its own"
        return people.high != 0 and not (people.wording and (people.status in _FORCES or _is_of_battle(cue)))
    if cue.weak == "many":  # "2,000 residents fled", not "two gunmen fled"
        return people.status in _FORCES or (people.low or 0) < _MANY
    if cue.weak and people.status == "unknown" and not people.named and not (
            cue.weak == "yes" and people.wording and all(
                w is None or w.like_num or kind_of_word(w.lower_) for w in (head, inner_of(head)))):
        return True
    helpers = people.status == "police" or "medic" in people.groups or head.lower_ == "officials"
    if helpers and people.bound == "plural" and head.doc[cue.end].lower_ in words_of("hospital"):
        return True  # "deputies were sent to the hospital"
    if people.status == "unknown" and cue.token.lemma_ == "shoot" and "down" in {c.lower_ for c in cue.token.children}:
        return True  # aircraft
    if people.wording is None and head.lower_ in _FIGURES:
        return True  # "the number killed was 12": the figure stands elsewhere
    if cue.token.lower_ == "hurt" and head.lower_ in ("i", "you", "everybody", "everyone", "anybody", "we"):
        return True
    if head == cue.token and head.lemma_ == "loss" and people.high != 0 and (people.low or 2) < 2:
        return True
    counted = people.bound != "named" and people.wording is not None
    if head == cue.token and cue.frame == EVENT and (cue.weak or "non" in {c.lower_ for c in head.lefts}):
        return True  # "five non-fatal shootings", "two officer-involved shootings"
    if head == cue.token and cue.frame in (PEOPLE, EVENT):
        if len(cue.effects) > 1 and people.bound in ("vague", "plural"):
            return True
        if len(cue.effects) > 1 or cue.frame == EVENT or cue.token.lower_ in ("body", "hostage", "missing"):
            return not counted
        return not (counted or people.definite)
    return False


def share(claims: list[Claim]) -> list[Claim]:
    """Split one number between effects: "killed and injured several" is at least one of each."""
    for claim in claims:
        for other in claims:
            if claim.head != other.head or {claim.effect, other.effect} != {"killed", "injured"}:
                continue
            if claim.cue.token == other.cue.token or not _joined(claim, other):
                continue
            either = any(t.lower_ == "or" for t in claim.span if _between(t, claim.cue, other.cue))
            if claim.people.number_is_open() or either:
                claim.low, claim.high, claim.bound = 0 if either else 1, claim.people.high, "shared"
                other.low, other.high, other.bound = claim.low, claim.high, claim.bound
    return claims


def _between(token: Token, one: Cue, two: Cue) -> bool:
    return min(one.token.i, two.token.i) < token.i < max(one.token.i, two.token.i)


def _joined(claim: Claim, other: Claim) -> bool:
    return abs(claim.cue.token.i - other.cue.token.i) <= 4 and claim.cue.frame == other.cue.frame == ACT


def once(claims: list[Claim]) -> Iterator[Claim]:
    """Yield each effect on one noun phrase once; who was shot and killed is not also counted as injured."""
    seen: set[tuple[int, str]] = set()
    dead = {claim.head.i for claim in claims if claim.effect == "killed"}
    for claim in claims:
        if (claim.head.i, claim.effect) in seen or any(_holds(other, claim) for other in claims):
            continue
        if claim.effect == "injured" and claim.bound != "shared" and claim.high != 0 and claim.head.i in dead:
            continue
        seen.add((claim.head.i, claim.effect))
        yield claim


def _holds(other: Claim, claim: Claim) -> bool:
    """True where one phrase was read twice: "all but two of the 30 passengers"."""
    mine, theirs = claim.people, other.people
    return claim.cue.token == other.cue.token and claim.effect == other.effect and claim.head != other.head and (
        theirs.first <= mine.first and mine.last < theirs.last and mine.wording == theirs.wording is not None)
