"""Doc to casualty claims: who is said to be killed, injured, captured, abducted, missing or displaced, and how many.

A harm word (``cues``) leads to the noun phrases of its victims (``victims``), which are read as people (``people``);
``stance`` says how surely, ``circumstances`` where, when and by whom, and ``events`` relates the claims of the article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from analysis.casualties import circumstances, stance
from analysis.casualties.claims import Claim
from analysis.casualties.cues import ACT, EVENT, PEOPLE, Cue, cues
from analysis.casualties.events import relate
from analysis.casualties.people import People, Reader
from analysis.casualties.victims import victims
from analysis.dates import TimeExpression, dates
from analysis.mentions import MentionIndex
from analysis.quantities import quantities
from analysis.records import Attribution, Casualty


def casualties(doc: Doc, mentions: MentionIndex, attributions: Sequence[Attribution] = ()) -> list[Casualty]:
    """Return the casualty claims of a Doc in order; ``event`` numbers the events of this article from 0.

    **Misses:** victims named only in another sentence, shares ("a third of them"), harm told without a harm word
    ("the road was red with blood").
    """
    claims: list[Claim] = []
    times: list[TimeExpression] | None = None
    for number, sentence in enumerate(doc.sents):
        found = list(cues(sentence))
        if not found:
            continue
        times = dates(doc) if times is None else times
        claims += _of_sentence(number, sentence, found, mentions, attributions, times)
    relate(claims)
    return [_row(doc, number, claim) for number, claim in enumerate(claims)]


def _of_sentence(number: int, sentence: Span, found: Sequence[Cue], mentions: MentionIndex,
                 voices: Sequence[Attribution], times: Sequence[TimeExpression]) -> list[Claim]:
    reader = Reader(mentions, quantities(sentence))
    claims = [claim for cue in found for claim in _of_cue(number, cue, reader, mentions)]
    claims = sorted(_once(_share(claims)), key=lambda claim: (claim.head.i, claim.cue.token.i))
    for claim in claims:
        _place_and_time(claim, sentence, mentions, voices, times)
    return claims


def _of_cue(number: int, cue: Cue, reader: Reader, mentions: MentionIndex) -> Iterator[Claim]:
    """Yield a claim for each noun phrase that a harm word harms, and for each of its effects."""
    for head in victims(cue, mentions):
        for each in reader.heads(head):
            people = reader.people(each)
            certainty = stance.certainty(cue, each)
            if certainty == "hypothetical" or _is_nobody(cue, people, each):
                continue
            if people.high == 0:
                certainty = "asserted"
            for effect in cue.effects:
                shared = len(cue.effects) > 1 and people.high != 0
                low, high, bound = (0, people.high, "shared") if shared else (people.low, people.high, people.bound)
                yield Claim(cue, people, effect, low, high, bound, certainty,
                            stance.scope(cue, people.low, people.bound), number)


def _is_nobody(cue: Cue, people: People, head: Token) -> bool:
    """True where the phrase counts no people: "the casualties", "the killing of a deal", a weak word alone."""
    if cue.weak and people.status == "unknown" and not people.named:
        return True
    counted = people.bound not in ("plural", "named") and people.wording is not None
    if head == cue.token and cue.frame in (PEOPLE, EVENT):
        if len(cue.effects) > 1 or cue.frame == EVENT or cue.token.lower_ in ("body", "hostage", "missing"):
            return not counted
        return not (counted or people.definite)
    return False


def _share(claims: list[Claim]) -> list[Claim]:
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


def _once(claims: list[Claim]) -> Iterator[Claim]:
    """Yield each effect on one noun phrase once; who was shot and killed is not also counted as injured."""
    seen: set[tuple[int, str]] = set()
    dead = {claim.head.i for claim in claims if claim.effect == "killed"}
    for claim in claims:
        if (claim.head.i, claim.effect) in seen:
            continue
        if claim.effect == "injured" and claim.bound != "shared" and claim.head.i in dead:
            continue
        seen.add((claim.head.i, claim.effect))
        yield claim


def _place_and_time(claim: Claim, sentence: Span, mentions: MentionIndex, voices: Sequence[Attribution],
                    times: Sequence[TimeExpression]) -> None:
    claim.voice = circumstances.attribution(claim.cue, voices)
    tokens = circumstances.clause(claim.cue)
    claim.means = circumstances.means(claim.cue, tokens)
    claim.perpetrator = circumstances.perpetrator(claim.cue, mentions, claim.voice)
    claim.date = circumstances.date(claim.cue, tokens, times)
    where = circumstances.place(claim.cue, tokens, mentions.within(sentence), sentence)
    if where is not None:
        claim.place, claim.place_precision = where.entity or where.text, where.where_prec


def _row(doc: Doc, number: int, claim: Claim) -> Casualty:
    people = claim.people
    article, text = doc._.article, doc._.article.text
    start, end = people.span
    first, last = _clause(claim)
    return Casualty(
        article.article_id, number, first, last, claim.effect, claim.low, claim.high, claim.bound, unit=people.unit,
        wording=people.wording, victims=text[start:end], victims_start=start, victims_end=end,
        victims_entity=people.entity, victim_status=people.status, victim_groups=people.groups,
        perpetrator=claim.perpetrator, means=claim.means, place=claim.place, date=claim.date,
        certainty=claim.certainty, attribution=claim.voice and claim.voice.attribution, scope=claim.scope,
        restates=claim.restates, superseded_by=claim.superseded_by, part_of=claim.part_of,
        moved_from=claim.moved_from, event=claim.event)


def _clause(claim: Claim) -> tuple[int, int]:
    """Characters of the clause that states the harm."""
    doc, token = claim.cue.token.doc, claim.cue.token
    while token.dep_ not in ("ROOT", "ccomp", "relcl", "advcl", "parataxis") and token.head != token:
        token = token.head
    first = min(token.left_edge.i, claim.people.first, claim.cue.token.i)
    last = max(token.right_edge.i, claim.people.last, claim.cue.end)
    while last > first and doc[last].is_space:
        last -= 1
    return doc[first].idx, doc[last].idx + len(doc[last])
