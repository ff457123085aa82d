"""Other events that a report only touches: "a week after two men were shot there", "the third shooting this month"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from spacy.tokens import Span

from analysis.casualties.claims import Claim
from analysis.casualties.clauses import subject_of
from analysis.casualties.identity import same_name
from analysis.casualties.kinds import singular
from analysis.casualties.sets import pattern_of, words_of
from analysis.language import text_of

_TIMES, _EVENTS = words_of("time span"), words_of("event")
_MOURNING = words_of("mourning")
_LINKED, _COMES = words_of("linked"), words_of("comes")
_ENDS, _BULLETS = ".!?\"”’')…:;,", "-–•*"
_AFTERMATH = 14  # days in which an event is news
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LABEL = 40  # characters
_UNDER = ("pobj", "dobj", "prep", "relcl", "acl", "conj", "appos")
_NEAR = 1  # sentences over which an aside goes on within its paragraph


def is_aside(claim: Claim, others: Sequence[Claim], when: str | None) -> bool:
    """Return whether a claim tells of another event, which is there only to be compared with the news or to explain it.

    ``others``: the claims told before; without any, this is the news. ``when``: words like "last month".

    **Misses:** other events told in a paragraph of their own with nothing that sets them apart.
    """
    told = [other for other in others if other.head.i < claim.head.i and other.effect != "captured"]  # arrests are late
    if not any(other.scope == "incident" for other in told):
        return False
    if _goes_on(claim, told[-1]):
        return not _is_known(claim, told)
    return _is_new(claim, told) and (
        _is_some_time_ago(claim, told, when) or _is_mourned(claim) or _is_set_back(claim) or _is_linked(claim)
        or _is_announced(claim) or _is_labelled(claim) or _is_long_past(claim, told))


def put_aside(claims: Sequence[Claim]) -> None:
    """Take people told only in a teaser, whom nothing else in the article tells again, for those of another story."""
    told_again = {row for claim in claims for row in (claim.restates, claim.part_of, claim.superseded_by)}
    for number, claim in enumerate(claims):
        alone = claim.stands_alone and number not in told_again
        if alone and claim.scope == "incident" and _is_teaser(claim, claims[:number]):
            claim.scope, claim.event = "background", 1 + max(other.event for other in claims)


def _is_known(claim: Claim, told: Sequence[Claim]) -> bool:
    return claim.people.named and any(other.people.named and other.scope == "incident" and same_name(claim, other)
                                      for other in told)


def _is_new(claim: Claim, told: Sequence[Claim]) -> bool:
    """True for people whom the text does not treat as told before."""
    listed = any(other.cue.token == claim.cue.token and other.people.definite for other in told)  # "the men and a boy"
    if claim.people.definite or listed or claim.head.pos_ == "PRON" or _is_known(claim, told):
        return False
    return (claim.number or 1) == 1 or all(other.number != claim.number or other.scope != "incident" for other in told)


def _goes_on(claim: Claim, last: Claim) -> bool:
    """True in the sentence after an aside, up to the end of its paragraph, where no day of its own is told."""
    if last.scope != "background" or claim.date or not 0 < claim.sentence - last.sentence <= _NEAR:
        return False
    return "\n" not in claim.span.doc[last.head.i:claim.head.i].text


def _is_some_time_ago(claim: Claim, told: Sequence[Claim], when: str | None) -> bool:
    """True for "last month", where the news is of another time; names may be those of the news."""
    return when is not None and not claim.people.named and all(other.when is None for other in told)


def _is_mourned(claim: Claim) -> bool:
    """True for "the vigil honoured a cook who was killed": he is not a victim of what happened at the vigil."""
    word = claim.head
    while word.dep_ in _UNDER:
        word = word.head
        if word.lemma_.lower() in _MOURNING:
            return True
    return False


def _is_set_back(claim: Claim) -> bool:
    """True for "two days after three men were shot", "a street from where a boy was killed"."""
    for verb in (claim.cue.token, *claim.cue.token.ancestors):
        for word in verb.lefts:
            if word.lower_ == "where" and verb.dep_ == "pcomp":
                return True
            if word.lower_ in ("after", "since") and word.dep_ in ("mark", "prep", "advmod"):
                measured = word.i > 0 and singular(word.nbor(-1).lower_) in _TIMES
                return measured or verb.head.lemma_ in _COMES
        if verb.dep_ in ("advcl", "ccomp", "pcomp"):
            return False
    return False


def _is_linked(claim: Claim) -> bool:
    """True for "in revenge for the killing of a man", "the shooting follows attacks in Norrby, where two died"."""
    word = claim.cue.token
    while word.dep_ in _UNDER and word.head != word:
        link = word.head.nbor(-1) if word.dep_ == "pobj" and word.head.i else word.head
        if link.lemma_ in _LINKED and word.dep_ in ("pobj", "dobj", "prep"):
            subject = subject_of(link)
            return link.pos_ == "NOUN" or (subject is not None and singular(subject.lower_) in _EVENTS)
        word = word.head
    return False


def _is_announced(claim: Claim) -> bool:
    """True after a sentence that turns to other events: "It was the third shooting there in five days."."""
    first = claim.span.start
    before = claim.span.doc[first - 1].sent if first else None
    return before is not None and bool(pattern_of("others").search(before.text))


def _is_long_past(claim: Claim, told: Sequence[Claim]) -> bool:
    """True for a day weeks before the article, on which nothing of the news happened."""
    published = claim.span.doc._.article.published
    if not published or not claim.date or not _DAY.fullmatch(claim.date):
        return False
    days = (date.fromisoformat(published) - date.fromisoformat(claim.date)).days
    return days > _AFTERMATH and all(other.date != claim.date and other.sentence != claim.sentence
                                     for other in told if other.scope == "incident")


def _is_labelled(claim: Claim) -> bool:
    """True in a line that opens with "RELATED:" or "More:", a link to another story."""
    text = text_of(claim.span.doc)
    line = text.rfind("\n", 0, claim.head.idx) + 1
    return bool(pattern_of("label").match(text[line:line + _LABEL].lstrip(" \xa0\t►>[+*•-–—")))


def _is_teaser(claim: Claim, told: Sequence[Claim]) -> bool:
    """True in a line that is no sentence, once sentences have told of such harm: a caption, a link to another story."""
    return _is_title(claim.span) and claim.span.text.lstrip()[:1] not in _BULLETS and any(
        other.scope == "incident" and not _is_title(other.span) for other in told)


def _is_title(sentence: Span) -> bool:
    """True for a line of its own that ends without a full stop."""
    text = sentence.text.strip()
    after = text_of(sentence.doc)[sentence.start_char + len(text):sentence.end_char + 1]
    return "\n" not in text and text[-1:] not in _ENDS and (not after or "\n" in after)
