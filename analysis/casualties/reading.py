"""One sentence with its harm words to claims: each set of victims once for each effect, with its circumstances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Span

from analysis.casualties import circumstances
from analysis.casualties.antecedents import count_antecedents
from analysis.casualties.claims import Claim
from analysis.casualties.cues import ACT, EVENT, PEOPLE, Cue
from analysis.casualties.identity import is_more
from analysis.casualties.kinds import kind_of_word
from analysis.casualties.labels import Label, labels, place_before
from analysis.casualties.nouns import Reader
from analysis.casualties.people import of_kind
from analysis.casualties.rolls import WITH_PARTS, as_cue, companions, rolls
from analysis.casualties.sets import words_of
from analysis.casualties.shares import Part, parts
from analysis.casualties.statements import of_cue, once, share
from analysis.casualties.tolls import Toll, mark_rivals, tolls
from analysis.casualties.victims import victims
from analysis.language import word_at
from analysis.mentions import MentionIndex
from analysis.quantities import Quantity, part_of, quantities
from analysis.records import Attribution, Mention
from analysis.stretches import Stretches

_IT_REACHES = 5  # sentences back to the people whose number "put it at 100" gives

def read(number: int, sentence: Span, found: Sequence[Cue], before: Sequence[Claim], mentions: MentionIndex,
         voices: Stretches[Attribution], times: Stretches[Mention], given: Sequence[Label] = ()) -> list[Claim]:
    """Return the claims of one sentence, in order of their victims; ``before`` are the latest of the sentences before.

    ``given``: the labels that stand above it.
    """
    stated = quantities(sentence)
    raised = list(tolls(sentence, stated))
    reader = Reader(mentions, [n for n in stated if not _is_of_a_date(n, sentence, mentions, raised)])
    fields = {label.word.i: label for label in (*labels(sentence, stated), *given)}
    claims = [claim for cue in found if cue.token.i not in fields
              for claim in of_cue(number, cue, reader, victims(cue, mentions))]
    claims = [*once(share(claims)), *_labelled(number, fields, found, reader)]
    claims = _with_tolls(number, raised, claims, before, reader)
    claims = _with_rolls(number, sentence, found, claims, before, reader)
    claims = [claim for claim in claims if not _refers(claim, claims, before)]
    claims.sort(key=lambda claim: (claim.head.i, claim.cue.token.i))
    count_antecedents(claims, before, mentions)
    _inherit(claims)
    for claim in claims:
        circumstances.fill(claim, sentence, mentions, voices, times)
        if fields and claim.site is None and (site := place_before(claim.head, sentence, mentions)) is not None:
            claim.place, claim.site = site.entity or site.text, site
    circumstances.share(claims)
    mark_rivals(claims, before)
    return claims


def _labelled(number: int, fields: Mapping[int, Label], found: Sequence[Cue], reader: Reader) -> Iterator[Claim]:
    """Yield the claims of the labelled figures of a sentence: "12 dead / 30 injured", "Civilian deaths: 12"."""
    cues = {cue.token.i: cue for cue in found}
    for place, label in fields.items():
        found_as = cues.get(place, Cue(label.word, (label.effect,), PEOPLE))
        cue = Cue(label.word, (label.effect,), ACT if found_as.frame == ACT else PEOPLE, found_as.means, end=place)
        own = label.word.i > label.head.i and label.word in victims(found_as, reader.mentions)
        head = label.word if own else label.head  # "11 killed" is one phrase
        for claim in of_cue(number, cue, reader, [head], listed=True):
            if label.victims is not None:
                claim.people = of_kind(claim.people, label.victims.lower_)
            yield claim


def _is_of_a_date(number: Quantity, sentence: Span, mentions: MentionIndex, raised: Sequence[Toll]) -> bool:
    """True for the 13 of "Sept 13 - Forty-nine soldiers"; not for "put the toll at nine", "last June 14 soldiers"."""
    doc, words = sentence.doc, sentence.doc[number.first:number.last + 1]
    found = mentions.at(doc[number.last])
    if found is None or found.type != "date":
        return False
    alone = len(found.text) <= len(words.text) and any(toll.figure in words for toll in raised)
    of_month = word_at(doc, number.first - 2) in ("last", "in", "this") and kind_of_word(word_at(doc, number.last + 1))
    return not (alone or of_month)


def _refers(claim: Claim, claims: Sequence[Claim], before: Sequence[Claim]) -> bool:
    """True for a phrase that only says whose: "two of the wounded", "among the dead", "22 captured soldiers"."""
    inside = any(other.head != claim.head and (other.effect != claim.effect or other.number == claim.number)
                 and other.people.first <= claim.head.i <= other.people.last and claim.cue.frame == PEOPLE
                 for other in claims)
    state = claim.cue.token.dep_ == "amod" and any(other is not claim and other.head == claim.head for other in claims)
    if inside or state:
        return True
    open_plural = claim.people.bound == "plural" and (claim.head == claim.cue.token or claim.head.lower_ == "those")
    among = claim.people.first > 0 and claim.head.doc[claim.people.first - 1].lower_ in ("among", "of", "for")
    return open_plural and (among or not any(other.effect == claim.effect for other in before))


def _inherit(claims: Sequence[Claim]) -> None:
    """Give "two others" and "310 wounded" the status of the victims before them, else of the force that suffered."""
    for position, claim in enumerate(claims):
        word = claim.head.lower_
        if word in ("officer", "officers") and any(c.people.status == "combatant" and abs(c.head.i - claim.head.i) < 6
                                                   for c in claims):
            claim.people = replace(claim.people, status="combatant")
        if claim.people.status != "unknown" or claim.people.named or not (
                claim.head.like_num or claim.head == claim.cue.token or word in ("others", "other")):
            continue
        before = next((other for other in reversed(claims[:position]) if other.people.status != "unknown"
                       and other.sentence == claim.sentence and other.total is None), None)
        if before is not None and claim.head.i - before.head.i < 14 and not any(
                token.text == ";" for token in claim.span.doc[before.head.i:claim.head.i]):
            status, groups = before.people.status, before.people.groups
            if claim.head.like_num:
                claim.people = replace(claim.people, key=before.people.key)  # "40 rebels were killed and 60 captured"
        elif circumstances.suffering_force(claim.cue):
            status, groups = "combatant", ()
        else:
            continue
        claim.people = replace(claim.people, status=status, groups=claim.people.groups or groups)


def _with_rolls(number: int, sentence: Span, found: Sequence[Cue], claims: list[Claim], before: Sequence[Claim],
                reader: Reader) -> list[Claim]:
    """The claims of a sentence with those of its lists and tolls, in place of what they were taken from."""
    for effect, pivot, heads in rolls(sentence, reader.mentions):
        near = pivot.is_punct or pivot.lower_ in WITH_PARTS
        claims.sort(key=lambda claim: claim.head.i)
        total = next((c for c in reversed([*before, *claims]) if effect in (None, c.effect) and c.high not in (0, 1)
                      and c.head != pivot and not is_more(c)
                      and (not near or (c.sentence == number and c.head.i < pivot.i))), None)
        if total is None and pivot.text == ":":  # "the murders of last year: Ed Herne, Sam Vallo"
            effect = next((cue.effects[0] for cue in reversed(found) if cue.frame == EVENT and cue.end < pivot.i), None)
        if (effect or total) is None or (pivot.is_punct and pivot.text != ":" and pivot.i - total.people.last > 3):
            continue
        if effect is None and not near and number - total.sentence > 6:
            continue
        cue = as_cue(pivot, effect or total.effect)
        if cue.effects == ("killed",):  # "among the dead was a nurse who was shot"
            claims = [claim for claim in claims if not (claim.effect == "injured" and claim.head in heads)]
        known = {claim.head.i for claim in claims}
        claims = [claim for claim in claims if claim.head != pivot]
        for claim in claims if near and total is not None else ():
            if claim.head in heads and claim is not total and claim.effect == cue.effects[0]:
                claim.total = total
        listed = [c for head in heads if head.i not in known for c in of_cue(number, cue, reader, [head], listed=True)]
        for claim in listed:
            claim.total = total
            if total is not None and total.people.status == "police" and claim.people.named:
                claim.people = replace(claim.people, status="police")
        claims += listed
    claims += _parts(number, sentence, claims, before, reader)
    for claim in list(claims):
        known = {other.head.i for other in claims}
        claims += [c for head in companions(claim.cue, sentence, reader.mentions) if head.i not in known
                   for c in of_cue(number, claim.cue, reader, [head], listed=True)]
    return claims


def _with_tolls(number: int, raised: Sequence[Toll], claims: list[Claim], before: Sequence[Claim],
                reader: Reader) -> list[Claim]:
    """The claims of a sentence with the figures of its tolls; who died before one was raised is part of it."""
    claims = [c for c in claims if c.people.wording or c.bound == "plural" or c.head.lower_ not in words_of("toll")]
    for toll in raised:
        counted = next((c for c in reversed([*before, *claims]) if c.high not in (0, 1)
                        and c.head.i < toll.figure.i), None)
        effect = toll.effect or (counted and number - counted.sentence <= _IT_REACHES and counted.effect)
        if not effect:
            continue
        claims = [claim for claim in claims if claim.effect != effect or claim.people.bound != "plural"]
        if any(claim.people.first <= toll.figure.i <= claim.people.last for claim in claims):
            continue
        for new in of_cue(number, Cue(toll.figure, (effect,), PEOPLE, end=toll.figure.i), reader, [toll.figure]):
            new.newer, new.older, new.rival = toll.newer, toll.older, counted if toll.rival else None
            for claim in claims:
                added = toll.newer and claim.head.i < toll.figure.i and claim.size < new.size
                if claim.effect == effect and (added or is_more(claim)):
                    claim.total = new
            claims = [*claims, new]
    return claims


def _parts(number: int, sentence: Span, claims: Sequence[Claim], before: Sequence[Claim],
           reader: Reader) -> Iterator[Claim]:
    """Yield the parts that a sentence makes of its total; who was shot fatally is no longer counted as injured."""
    for part in parts(sentence, reader.numbers):
        total = _total(part, number, claims, before, reader)
        if total is None or any(c.people.first <= part.figure.i <= c.people.last for c in claims if c is not total):
            continue
        effect = part.effect or total.effect
        cue = Cue(part.figure, (effect,), PEOPLE, total.means, end=part.figure.i)
        for claim in of_cue(number, cue, reader, [part.figure], listed=True):
            if total.number and claim.number and claim.number >= total.number:
                continue
            if part.role is not None:
                claim.people = of_kind(claim.people, part.role.lower_)
            if part.share is not None and total.low:
                claim.count(*part_of(total.low, part.share, total.high is None), (total.people.span,))
            if effect == total.effect:
                claim.total = total
            elif total.number and claim.number:
                total.low = total.high = total.number - claim.number
                total.derived = (total.people.span, claim.people.span)
            yield claim


def _total(part: Part, number: int, claims: Sequence[Claim], before: Sequence[Claim], reader: Reader) -> Claim | None:
    """The claim that a part is of: the first of its sentence, else the last counted one just before."""
    of_whole = next((c for c in claims if c.people.first > part.figure.i and c.head.i - part.figure.i < 6), None)
    same = next((c for c in claims if c.high != 1 and c.head.i < part.figure.i
                 and part.effect in (None, "killed", c.effect)), None)
    if same or of_whole or not part.backward:
        return same or of_whole
    last = next((c for c in reversed(before) if c.high not in (0, 1) and c.restates is None
                 and part.effect in (None, c.effect)), None)
    return last if last is not None and number - last.sentence <= (3 if part.effect else 1) else None
