"""Doc to casualty claims: who is said to be killed, injured, captured, abducted, missing or displaced, and how many.

A harm word (``cues``) leads to the noun phrases of its victims (``victims``, ``rolls``), which are read as people
(``nouns``); ``stance`` says how surely, ``circumstances`` where, when and by whom, ``scopes`` whether it is the news,
a count over a time or an older story. ``events`` tells the article's events apart, ``relations`` the same people told
again, and ``shooting`` the dead from the injured.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from analysis.casualties.claims import Claim
from analysis.casualties.cues import sentences
from analysis.casualties.reading import read
from analysis.casualties.relations import relate
from analysis.casualties.scopes import put_into_years
from analysis.mentions import MentionIndex
from analysis.records import Attribution, Casualty


def casualties(doc: Doc, mentions: MentionIndex, attributions: Sequence[Attribution] = ()) -> list[Casualty]:
    """Return the casualty claims of a Doc in order; ``event`` numbers the events of this article from 0.

    ``mentions`` gives places, dates, actors and entities, ``attributions`` who says it; without them these columns
    stay null.

    **Misses:** victims named only in another sentence, harm told without a harm word ("the road was red with blood").
    """
    claims: list[Claim] = []
    times = [mention for mention in mentions.rows if mention.type == "date" and mention.date]
    for number, sentence, found in sentences(doc):
        claims += read(number, sentence, found, claims, mentions, attributions, times)
    put_into_years(claims, doc._.article.published, times)
    relate(claims)
    return [_row(doc, number, claim) for number, claim in enumerate(claims)]


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
        moved_from=claim.moved_from, may_restate=claim.may_restate, event=claim.event, derived_from=claim.derived)


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
