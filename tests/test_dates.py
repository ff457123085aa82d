"""Dates: every expression of a table of sentences, and nothing else in them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from analysis.dates import dates
from analysis.language import parse_text

TABLE = Path(__file__).with_name("dates") / "expressions.csv"
MISSES: dict[str, str] = {}


def sentences() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def marked(row: dict[str, str]) -> object:
    reason = MISSES.get(row["text"])
    marks = pytest.mark.xfail(strict=True, reason=reason) if reason else ()
    return pytest.param(row, id=f"{row['published'] or 'undated'}-{row['text'][:50]}", marks=marks)


def expected(row: dict[str, str]) -> list[tuple[str, str | None]]:
    pairs = (one.split("=") for one in row["expected"].split("; ") if one)
    return [(phrase, value or None) for phrase, value in pairs]


@pytest.mark.parametrize("row", [*map(marked, sentences())])
def test_sentence(row):
    doc = parse_text(row["text"], **({"published": row["published"]} if row["published"] else {}))
    assert [(doc.text[t.start:t.end], t.date) for t in dates(doc)] == expected(row)
