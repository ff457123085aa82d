"""Entities: marked articles, and the seed's entities whole."""

import json
from pathlib import Path

import pytest
from marked import read_marked

from analysis import language
from analysis.entities import link
from analysis.mentions import mentions

ARTICLES = read_marked("entities/articles.txt")
MISSED: dict[str, str] = {}


def cases():
    for section, text, marks in ARTICLES:
        reason = next((why for start, why in MISSED.items() if text.startswith(start)), None)
        yield pytest.param(text, marks, id=f"{section}: {text[:40]}",
                           marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else [])


@pytest.mark.parametrize(("text", "marks"), cases())
def test_article(text, marks):
    doc = language.parse_text(text)
    found = {(row.start, row.end): row for row in link(doc, mentions(doc))}
    for mark in marks:
        row = found.get((mark.start, mark.end))
        assert row is not None, text[mark.start:mark.end]
        assert (row.type, row.nominal) == (mark.type, mark.nominal), row.text
        expected = None if mark.entity in ("None", "") else mark.entity
        assert row.entity == expected, row.text
