"""Sentences of our own against the literal rows they should give; ``tests/casualties/*.csv``, one table a topic.

A claim is written ``effect low high bound [victims] field=value ...``, "-" for null; claims are separated by ";".
A row with a ``miss`` is a known one: its reason stands there, and it fails here as soon as it comes right.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tables import case, table

from analysis import language
from analysis.casualties import casualties
from analysis.extraction import extract_doc
from analysis.mentions import MentionIndex
from analysis.records import Article, Casualty

TABLES = Path(__file__).with_name("casualties")


def _cases() -> list[object]:
    return [case(row["text"], row["claims"], name=f"{path.stem}: {row['text'][:60]}", miss=row["miss"])
            for path in sorted(TABLES.glob("*.csv")) for row in table(path)]


@cache
def _rows() -> dict[str, list[Casualty]]:
    texts = [case.values[0] for case in _cases()]
    docs = language.parse(Article(str(number), text=text) for number, text in enumerate(texts))
    return {text: extract_doc(doc).casualties for text, doc in zip(texts, docs, strict=True)}


def _written(row: Casualty, like: str) -> str:
    """The row in the tables' notation, with the fields that the expected claim names."""
    number = {name: "-" if value is None else value for name, value in (("low", row.low), ("high", row.high))}
    fields = [word.split("=")[0] for word in like.rpartition("]")[2].split()]
    values = {"unit": row.unit, "status": row.victim_status, "groups": ",".join(row.victim_groups), "means": row.means,
              "place": row.place, "date": row.date, "certainty": row.certainty, "scope": row.scope,
              "restates": row.restates, "superseded_by": row.superseded_by, "part_of": row.part_of,
              "moved_from": row.moved_from, "event": row.event, "derived": len(row.derived_from),
              "perpetrator": row.perpetrator}
    extra = "".join(f" {field}={'null' if values[field] is None else values[field]}" for field in fields)
    return f"{row.effect} {number['low']} {number['high']} {row.bound} [{row.victims}]{extra}"


def test_the_tables_are_seen() -> None:
    assert len(_cases()) >= 150


@pytest.mark.parametrize(("text", "claims"), _cases())
def test_claims(text: str, claims: str) -> None:
    expected = [claim.strip() for claim in claims.split(";") if claim.strip()]
    found = _rows()[text]
    written = [_written(row, like) for row, like in zip(found, expected, strict=False)]
    assert written + [_written(row, "") for row in found[len(expected):]] == expected


def test_nothing_is_read_where_nobody_is_harmed() -> None:
    doc = language.parse_text("The council met on Tuesday to discuss the price of bread.")
    assert casualties(doc, MentionIndex(doc, [])) == []


def test_a_number_that_cannot_be_read_is_a_problem() -> None:
    texts = {"1,2xx people were killed.": ["number not read"], "The 3rd Brigade lost soldiers in Arbat.": [],
             "Some 1,200 people were killed.": [], "Soldiers were killed on March 12.": []}
    docs = language.parse(Article(text, text=text) for text in texts)
    assert {doc._.article.article_id: [p.what for p in extract_doc(doc).problems] for doc in docs} == texts
