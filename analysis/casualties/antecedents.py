"""Numbers that stand with other words for the same people: "Five miners were stopped. They were killed."

Such a number is worked out, not stated: ``Claim.derived`` keeps the characters it was read from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from analysis.casualties.claims import Claim
from analysis.casualties.kinds import NOBODY, singular
from analysis.casualties.nouns import Reader
from analysis.casualties.phrases import SHARES, inner_of, is_people, is_plural
from analysis.mentions import MentionIndex
from analysis.quantities import Quantity, part_of, quantities

_PRONOUNS = {"they", "them", "themselves", "whom", *NOBODY, *SHARES}
_POINTING = {"the", "these", "those"}
_REACH = 6  # sentences back in which "the miners" are looked for


def count_antecedents(claims: Sequence[Claim], before: Sequence[Claim], mentions: MentionIndex) -> None:
    """Give claims without a number that of the people they stand for, where only one can be meant.

    **Misses:** people counted only by their names, and two groups in the sentence before.
    """
    for claim in claims:
        if claim.people.bound != "plural" or claim.high is not None or claim.people.named:
            continue
        head = claim.head
        noun = (inner_of(head) if head.lower_ in SHARES else None) or head
        if noun.lower_ in _PRONOUNS:
            found = _meant(claim, mentions)
        elif any(child.lower_ in _POINTING for child in noun.lefts):
            found = _named_alike(claim, noun, before, mentions)
        else:
            continue
        if found is not None and (found.low or 0) > 1:
            _fill(claim, found)


def _fill(claim: Claim, found: Quantity) -> None:
    doc, head = claim.head.doc, claim.head
    low, high, bound = found.low, found.high, found.bound
    if head.lower_ in SHARES and found.low is not None:
        low, high, bound = part_of(found.low, doc[claim.people.first:head.i + 1], found.high is None)
    claim.count(low, high, bound, ((doc[found.first].idx, doc[found.last].idx + len(doc[found.last])),))


def _meant(claim: Claim, mentions: MentionIndex) -> Quantity | None:
    """The number of the only people that "they" may be, in its own sentence or the one before."""
    sentence = claim.span
    own = sentence.doc[sentence.start:claim.people.first]
    for span in (own, _sentence_before(sentence)):
        found = list(_plurals(span, mentions)) if span is not None and len(span) else []
        if found:
            return found[0][1] if len(found) == 1 else None
    return None


def _named_alike(claim: Claim, noun: Token, before: Sequence[Claim], mentions: MentionIndex) -> Quantity | None:
    """The number of the only counted people that the same noun has named before."""
    known = {other.head for other in before if other.effect == claim.effect}
    word, found = singular(noun.lower_), []
    span: Span | None = claim.span.doc[claim.span.start:claim.people.first]
    for _ in range(_REACH):
        if span is None:
            break
        if any(singular(token.lower_) == word for token in span):
            found += [pair for pair in _plurals(span, mentions) if pair[1] and singular(pair[0].lower_) == word]
        span = _sentence_before(span if len(span) else claim.span)
    numbers = {(q.low, q.high) for _, q in found if q is not None}
    return found[0][1] if len(numbers) == 1 and found[0][0] not in known else None


def _plurals(span: Span, mentions: MentionIndex) -> Iterator[tuple[Token, Quantity | None]]:
    """The heads of phrases for several people, with their numbers; not who did it, nor who says so."""
    reader = Reader(mentions, quantities(span))
    for token in span:
        if token.pos_ not in ("NOUN", "PROPN") or not is_plural(token) or token.dep_ in ("compound", "poss", "amod"):
            continue
        agent = token.dep_ == "pobj" and token.head.lower_ == "by"
        speaks = token.dep_ == "nsubj" and any(child.dep_ == "ccomp" for child in token.head.children)
        if not agent and not speaks and is_people(token, mentions):
            yield token, reader.number(token)


def _sentence_before(span: Span) -> Span | None:
    doc: Doc = span.doc
    first = doc[span.start].sent.start
    return doc[first - 1].sent if first else None
