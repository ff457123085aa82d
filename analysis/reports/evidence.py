"""What a brief's figures rest on: each claim with its sentence and its doubts, and the roots that speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.corpus import Corpus
from analysis.incidents import root_words
from analysis.independence import ARTICLE_ITSELF
from analysis.outline import reason_words, role_words
from analysis.plots import figure_words
from analysis.records import Casualty, Source, Span
from analysis.review import claim_span
from analysis.wording import found_words, side_word_words

AROUND = 400  # characters of a sentence shown before and after the words of a claim


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of the ledger: what is said, who says so, in which role and why, whether it counts; the sentence.

    ``depth``: 0 for a toll, 1 for what repeats it or is part of it, and so on. ``doubts``: what the number was worked
    out from, and whose people these are.
    """

    effect: str
    number: str
    victims: str | None
    root: str
    article: int
    depth: int
    role: str
    why_role: str
    used: bool
    reason: str
    certainty: str
    judged: str | None
    doubts: str | None
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent source: who speaks for it with which grade, and the ways it took to the articles."""

    root: str
    speakers: list[tuple[str, str, str]]  # name, Admiralty letter, why
    ways: list[str]
    claims: int


def claim_line(corpus: Corpus, claim: Casualty, numbers: Mapping[str, int], known: Mapping[tuple[str, int], Casualty],
               depth: int, used: bool, reason: str) -> Claim:
    """Return the line of a claim; ``numbers``: {article_id: its number}, ``known``: claims by article and number."""
    start, end = claim_span(claim)
    first, last = corpus.sentence(claim.article_id, start, end)
    text = corpus.text(claim.article_id)
    before, after = text[min(first, start):start], text[end:max(last, end)]
    before = before if len(before) <= AROUND else "… " + before[-AROUND:]
    after = after if len(after) <= AROUND else after[:AROUND] + " …"
    words = text[start:end] if end - start <= AROUND else text[start:start + AROUND] + " …"
    return Claim(claim.effect, figure_words(claim.low, claim.high, claim.bound), claim.victims, root_words(claim),
                 numbers[claim.article_id], depth, role_words(claim), reason_words(claim), used, reason,
                 claim.certainty, _judged(claim), _doubts(corpus, claim, known, reason), before.lstrip(), words,
                 after.rstrip())


def _judged(claim: Casualty) -> str | None:
    if claim.judged is None:
        return None
    before = f" (found: {found})" if (found := found_words(claim.found)) else ""
    return f"{claim.judged} by the analyst{before}" + (f": {claim.judged_why}" if claim.judged_why else "")


def _doubts(corpus: Corpus, claim: Casualty, known: Mapping[tuple[str, int], Casualty], reason: str) -> str | None:
    """Return what a number was worked out from, one side's own word, and whose people these are if the reason does not
    say; else None."""
    told = [worked_out_from(corpus, claim.article_id, claim.derived_from)] if claim.derived_from else []
    told += [side_word_words(claim.side_word)] if claim.side_word else []
    for said, number in (("part of", claim.part_of), ("the same people as", claim.restates)):
        if number is not None and not reason.startswith("part of") and (other := known.get((claim.article_id, number))):
            told.append(f"{said} {_quoted(corpus, claim.article_id, claim_span(other))}")
    return "; ".join(told) or None


def worked_out_from(corpus: Corpus, article_id: str, spans: Iterable[Span]) -> str:
    """Return the words that a number was worked out from: "worked out from “seven soldiers” and “two of them”"."""
    return f"worked out from {' and '.join(_quoted(corpus, article_id, span) for span in spans)}"


def _quoted(corpus: Corpus, article_id: str, span: Span) -> str:
    return f"“{' '.join(corpus.text(article_id)[slice(*span)].split())}”"


def voices_of(claims: Sequence[Casualty], sources: Mapping[str, Source]) -> list[Voice]:
    """Return the independent sources of an incident, the one with most claims first."""
    groups: dict[str | None, list[Casualty]] = {}
    for claim in claims:
        groups.setdefault(claim.account, []).append(claim)
    return [Voice(said[0].side or root_words(said[0]), list(_speakers(said, sources)),
                  list(dict.fromkeys(map(_way, said))), len(said))
            for said in sorted(groups.values(), key=len, reverse=True)]


def _speakers(claims: Sequence[Casualty], sources: Mapping[str, Source]) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys(claim.chain[-1] for claim in claims if claim.chain):
        if source := sources.get(name):
            given = "" if source.grade_letter == source.grade_letter_suggested else (
                f" (suggested: {source.grade_letter_suggested})")
            yield name, f"{source.grade_letter or source.grade_letter_suggested}{given}", source.grade_reason


def _way(claim: Casualty) -> str:
    """The chain of a claim, from the one who knows to the outlet."""
    return " → ".join(reversed(claim.chain)) or ARTICLE_ITSELF
