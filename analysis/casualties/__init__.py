"""Doc to casualty claims: who is said to be killed, injured, captured, abducted, missing or displaced, and how many.

A harm word (``cues``) leads to the noun phrases of its victims (``victims``, ``rolls``), which are read as people
(``nouns``); ``stance`` says how surely, ``circumstances`` where, when and by whom. ``roles`` says what each claim is to
its event: the toll, a part of it, the same people again, another event, a count over time; ``relating`` sets the
relations between claims by that, ``living`` tells the dead from the injured, and ``settings`` gives each event the day
and place that its other sentences name.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.casualties import settings
from analysis.casualties.claims import Claim
from analysis.casualties.counting import unread
from analysis.casualties.cues import sentences
from analysis.casualties.identity import ATTACKERS
from analysis.casualties.labels import listed_under
from analysis.casualties.reading import read
from analysis.casualties.relating import relate
from analysis.mentions import MentionIndex
from analysis.records import Attribution, Casualty
from analysis.stretches import Stretches

__all__ = ["casualties", "unread"]

_LATEST = 40  # claims before a sentence to which it may refer


def casualties(doc: Doc, mentions: MentionIndex, attributions: Sequence[Attribution] = ()) -> list[Casualty]:
    """Return the casualty claims of a Doc in order; ``event`` numbers the events of this article from 0.

    ``mentions`` gives places, dates, actors and entities, ``attributions`` who says it; without them these columns
    stay null.

    **Misses:** victims named only in another sentence, harm told without a harm word ("the road was red with blood").
    """
    claims: list[Claim] = []
    dated = settings.event_times(doc, [m for m in mentions.rows if m.type == "date" and m.date], attributions)
    times = Stretches((time.start, time.end, time) for time in dated)
    voices = Stretches((start, end, voice) for voice in attributions for start, end in voice.content_spans)
    harmed = list(sentences(doc))
    told = {number for number, _, found in harmed if found}
    for number, sentence, found in harmed:
        claims += read(number, sentence, found, claims[-_LATEST:], mentions, voices, times)
        for line, item, label in listed_under(number, sentence):
            if line not in told:
                claims += read(line, item, [], claims[-_LATEST:], mentions, voices, times, [label])
    relate(doc, claims)
    settings.date_from_sentences(claims, times)
    settings.fill(doc, claims, mentions, times)
    return [_row(doc, number, claim) for number, claim in enumerate(claims)]


def _row(doc: Doc, number: int, claim: Claim) -> Casualty:
    people = claim.people
    article, text = doc._.article, doc._.article.text
    start, end = people.span
    first, last = _clause(claim)
    groups = (*people.groups, "attacker") if people.key & ATTACKERS else people.groups
    return Casualty(
        article.article_id, number, first, last, claim.effect, claim.low, claim.high, claim.bound, unit=people.unit,
        wording=people.wording, victims=text[start:end], victims_start=start, victims_end=end,
        victims_entity=people.entity, victim_status=people.status, victim_groups=groups,
        perpetrator=claim.perpetrator, means=claim.means, place=claim.place, date=claim.date,
        certainty=claim.certainty, attribution=claim.voice and claim.voice.attribution, scope=claim.scope,
        restates=claim.restates, superseded_by=claim.superseded_by, part_of=claim.part_of,
        moved_from=claim.moved_from, role=claim.role,
        role_probability=round(claim.probability, 3), role_reasons=claim.reasons, event=claim.event,
        derived_from=claim.derived, side_word=claim.cue.side_word)


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
