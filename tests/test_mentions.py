"""Mentions: a table of marked sentences, rule by rule."""

import pytest
from marked import read_marked

from analysis import language
from analysis.entities import link
from analysis.mentions import mentions

SENTENCES = read_marked("mentions/sentences.txt")
# What the rules miss today: the sentence's first words, and why.
MISSED: dict[str, str] = {}


def cases(rows, missed):
    for section, text, marks in rows:
        reason = next((why for start, why in missed.items() if text.startswith(start)), None)
        marks_ = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        yield pytest.param(text, marks, id=f"{section}: {text[:40]}", marks=marks_)


@pytest.mark.parametrize(("text", "marks"), cases(SENTENCES, MISSED))
def test_sentence(text, marks):
    doc = language.parse_text(text)
    found = [row for row in link(doc, mentions(doc)) if row.type != "date"]
    assert [(row.text, row.type, row.nominal) for row in found] == [
        (text[mark.start:mark.end], mark.type, mark.nominal) for mark in marks]
    for row, mark in zip(found, marks, strict=True):
        if mark.entity:
            assert row.entity == mark.entity
        if mark.nominal and not mark.entity:
            assert row.entity is None
