"""General mentions to the entity they mean: "the militants", "the spokesman", "the army"; None when that is unclear."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right

from spacy.tokens import Doc

from analysis.language import text_of
from analysis.mentions.words import TypeWord, modifier, type_words
from analysis.records import Mention

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_AND = re.compile(r"\s*(?:,|,?\s(?:and|or))\s+(?:the\s+)?[A-Z]")
_FIGHTERS = frozenset(("armed_group", "security_force"))
_BODIES = frozenset((*_FIGHTERS, "government", "organisation"))
_PLAIN = frozenset(("national", "state", "federal"))  # what narrows nothing down
_STATE_HEADS = frozenset(("government", "security_force"))
RECENT = 2  # sentences back that count where the article names more than one candidate


def resolve_nominal(doc: Doc, rows: list[Mention]) -> list[Mention]:
    """Return the mentions with the ``entity`` of nominal ones filled where the article leaves no doubt.

    A general word for fighters means the only armed group named so far, or the only one of the last sentences; one
    that governs in this article ("the Taliban government") is never "the militants". Other bodies need a name that ends
    in the same word ("the Iraqi army ... the army"). An office means the person it stands beside, or the one who was
    named with it ("President Brandt ... the president").
    **Misses:** indefinite mentions ("militants", "a group"); what only knowledge of the world tells.
    """
    starts, text = [sentence.start_char for sentence in doc.sents], text_of(doc)
    rulers = {row.entity for row in rows if row.extracted_by == "apparatus" and _head_type(row) in _STATE_HEADS}
    resolved: list[Mention] = []
    for row in rows:
        if row.nominal and row.entity is None:
            entity = _beside(doc, row, rows) if row.type == "person" else _of(text, row, rows)
            entity = entity or _before(doc, row, resolved, rulers, starts)
            row = dataclasses.replace(row, entity=entity)
        resolved.append(row)
    return resolved


def _beside(doc: Doc, row: Mention, rows: list[Mention]) -> str | None:
    """Return the person in apposition to an office: "the spokesman of the group, Ali Karimi"."""
    span = doc.char_span(row.start, row.end, alignment_mode="expand")
    head = span.root
    near = [head.head] if head.dep_ == "appos" else [child for child in head.children if child.dep_ == "appos"]
    for token in near:
        for other in rows:
            if other.type == "person" and not other.nominal and other.start <= token.idx < other.end:
                return other.entity
    return None


def _of(text: str, row: Mention, rows: list[Mention]) -> str | None:
    """Return the body that fighters are said to be of, "six soldiers of the Kenyan army"; None for "of A and B"."""
    match = _OF.match(text, row.end) if row.type in _FIGHTERS else None
    body = next((other for other in rows if match and other.start == match.end() and other.type in _BODIES), None)
    return body.entity if body is not None and not _AND.match(text, body.end) else None


def _before(doc: Doc, row: Mention, earlier: list[Mention], rulers: set[str | None], starts: list[int]) -> str | None:
    """Return the only entity named so far that a definite general mention can mean, or None."""
    span = doc.char_span(row.start, row.end, alignment_mode="expand")
    if span.start == 0 or doc[span.start - 1].lower_ not in _DEFINITE or _one_of_several(row):
        return None
    if row.type == "person" and doc[span.end:span.end + 1].text == "of":
        return None  # "the president of the court" is not any president
    meant = [m for m in earlier if m.entity and not m.nominal and m.extracted_by != "photo credit"
             and _kind(row, m) and _fits(row, m)]
    if row.type == "armed_group":
        meant = [m for m in meant if m.entity not in rulers]
        meant += [m for m in earlier if m.nominal and m.entity and m.type == "armed_group"]
    return _only(meant, row, starts)


def _one_of_several(row: Mention) -> bool:
    """True for the plural of a word for a body: "the groups" are not one group; "the militants" may be."""
    return any(entry.plural and not {"bare", "nominal-plural"} & entry.uses for entry in _entries(row.text)[:1])


def _kind(row: Mention, named: Mention) -> bool:
    """True where a named mention is of the kind that a general one speaks of; other bodies share their last word."""
    if row.type in ("armed_group", "media"):
        return named.type == row.type
    if row.type == "person":
        return named.type == "person"
    return (named.type == row.type or named.extracted_by == "apparatus") and _head(named.text) == _head(row.text)


def _fits(row: Mention, named: Mention) -> bool:
    """True where the name has every word that narrows the general mention: "the interior minister"."""
    words = row.text.lower().split()
    own = words if row.type == "person" else words[:-1]
    loose = _PLAIN if row.type != "armed_group" else _PLAIN | {w for w in own if modifier(w) == "armed_group"}
    return set(own) <= loose | set(re.split(r"[\s'’]+", named.text.lower()))


def _entries(text: str) -> list[TypeWord]:
    """Return the type words that a mention ends in, the longest first."""
    words = text.lower().split()
    return [e for e in type_words().get(words[-1], ()) if tuple(words[-len(e.words):]) == e.words]


def _only(meant: list[Mention], row: Mention, starts: list[int]) -> str | None:
    """Return the only entity among the mentions, or the only one of the last sentences."""
    entities = {m.entity for m in meant}
    if len(entities) > 1:
        since = starts[max(0, bisect_right(starts, row.start) - RECENT)]
        entities = {m.entity for m in meant if m.start >= since}
    return entities.pop() if len(entities) == 1 else None


def _head(text: str) -> str:
    return text.lower().split(" of ")[0].split()[-1].removesuffix("s")


def _head_type(row: Mention) -> str | None:
    entries = type_words().get(row.text.lower().split(" of ")[0].split()[-1], ())
    return entries[0].type if entries else None
