"""How many people a noun phrase states, and the words that state it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Token

from analysis import lexicon
from analysis.casualties.clauses import subject_of
from analysis.casualties.kinds import NOBODY, PLURAL, SINGULAR
from analysis.casualties.phrases import SHARES, inner_of, is_name, is_plural
from analysis.mentions import MentionIndex
from analysis.quantities import Quantity
from analysis.records import Casualty, Problem


@cache
def _collectives() -> dict[str, tuple[int, int | None]]:
    return {str(row["words"]): (int(row["low"] or 0), int(row["high"]) if row["high"] else None)
            for row in lexicon.rows("vague_numbers") if row["kind"] == "collective"}


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(str(row["words"]) for row in lexicon.rows("vague_numbers") if row["kind"] == "ordinal")


def count(token: Token, counted: Token, number: Quantity | None,
          mentions: MentionIndex) -> tuple[int | None, int | None, str]:
    """Return low, high and bound of a noun phrase: its number's, else what its words say ("both", "a family", a name).

    ``token`` is the head of the phrase, ``counted`` the noun whose people are counted ("a group of *monks*").
    """
    word = token.lower_
    if number is not None:
        return number.low, number.high, number.bound
    if word in NOBODY:
        return 0, 0, "exact"
    if word in _ordinals() and inner_of(token) is None and token.head.tag_ not in ("VBP", "VB") and not (
            {"were", "are", "have"} & {child.lower_ for child in (token.head, *token.head.lefts)}):
        return 1, 1, "exact"  # "a third is missing"
    if word in SHARES:
        return 2, None, "plural"
    if word == "both":
        return 2, 2, "exact"
    if word in SINGULAR:
        return 1, 1, "exact"
    if word == "themselves" and _is_of_one(token):
        return 1, 1, "exact"
    if word in PLURAL or word in ("those", "these"):
        return 2, None, "plural"
    if counted.lower_ in _collectives():
        low, high = _collectives()[counted.lower_]
        return low, high, "exact" if high else "vague"
    if is_name(counted, mentions):
        return 1, 1, "named"
    if is_plural(counted) or (token != counted and is_plural(token)):
        return 2, None, "plural"
    return 1, 1, "exact"


def _is_of_one(token: Token) -> bool:
    """True for the "themselves" of "someone shot themselves"."""
    subject = subject_of(token.head)
    return subject is not None and subject.tag_ in ("NN", "NNP", "JJ") and not is_plural(subject) and (
        not any(child.dep_ in ("conj", "nummod") for child in subject.children))


def wording(token: Token, first: int, number: Quantity | None) -> str | None:
    """Return the words that state the number of a phrase that begins at token ``first``; None where there are none."""
    doc = token.doc
    if number is not None:
        start, end = doc[number.first].idx, doc[number.last].idx + len(doc[number.last])
    elif token.lower_ in SHARES:
        start, end = doc[first].idx, token.idx + len(token)
    elif doc[first].lower_ in ("a", "an", "one", "both", "another"):
        start, end = doc[first].idx, doc[first].idx + len(doc[first])
    else:
        return None
    return doc._.article.text[start:end] if doc._.article is not None else doc.text[start:end]


def unread(rows: Iterable[Casualty]) -> Iterator[Problem]:
    """Yield a row for each claim whose number stands there in figures that cannot be read ("1,2xx", "12,5")."""
    for row in rows:
        if row.bound == "plural" and any(c.isdecimal() for c in row.wording or ""):
            yield Problem(row.article_id, "number not read", f"{row.victims} ({row.effect}), at character "
                                                             f"{row.victims_start:,}: counted as two or more")
