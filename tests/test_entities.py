"""Entities: marked articles, and the seed's entities whole."""

import json
import re
from pathlib import Path

import pytest
from marked import read_marked

from analysis import language
from analysis.entities import assemble, link
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


def seed():
    text = SEED_TEXT.read_text(encoding="utf-8")
    doc = language.parse_text(text)
    return text, link(doc, mentions(doc))


SEED_TEXT = Path(__file__).parents[1] / "seeds" / "000_69f784460a83e12c.txt"
GOLD = json.loads((Path(__file__).parent / "gold" / "seed.json").read_text(encoding="utf-8"))["entities"]


def gold_spans(text):
    """The places of every name the gold lists, the longest wherever one lies in another: {(start, end): entity}."""
    found = {}
    for entity, row in GOLD.items():
        for name in (*row["mentions"], *row.get("nominal", ())):
            for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
                found[match.span()] = entity
    return found


def test_the_seed_names_each_entity_of_the_gold():
    text, rows = seed()
    found = {(row.text, row.entity, row.nominal) for row in rows}
    expected = {(name, entity, nominal) for entity, row in GOLD.items()
                for key, nominal in (("mentions", False), ("nominal", True)) for name in row.get(key, ())}
    assert len(expected) > 25
    assert expected <= found


def test_every_occurrence_of_a_name_in_the_seed_is_its_entity_and_no_other():
    text, rows = seed()
    spans = gold_spans(text)
    outer = {span: entity for span, entity in spans.items()
             if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in spans)}
    assert len(outer) > 25
    outermost = [r for r in rows if not any(o is not r and o.start <= r.start and r.end <= o.end for o in rows)]
    for (start, end), entity in outer.items():
        if text[start:end + 9] == "US military":  # its own body
            continue
        over = [row for row in outermost if row.start < end and start < row.end]
        assert [(row.start, row.end, row.entity) for row in over] == [(start, end, entity)], text[start:end]


def test_the_seed_types_are_the_entities_own_and_governments_where_a_country_acts():
    text, rows = seed()
    types = {row.entity: row.type for row in assemble({"seed": rows}).entities}
    assert {entity: types[entity] for entity in GOLD} == {entity: row["type"] for entity, row in GOLD.items()}
    acting = [phrase for row in GOLD.values() for phrase in row.get("acting", ())]
    assert len(acting) == 3
    for phrase in acting:
        at = text.index(phrase)
        first = next(row for row in rows if at <= row.start < at + len(phrase))
        assert first.type == "government", phrase


def test_an_entity_tells_its_names_and_why_they_were_joined():
    text, rows = seed()
    found = {row.entity: row for row in assemble({"seed": rows}).entities}
    assert set(GOLD["Taliban"]["mentions"]) - {"Taliban"} <= set(found["Taliban"].aliases)
    assert found["ISIS-K"].country == "AF"
    assert any("listed" in reason for reason in found["ISIS-K"].evidence)
    assert any("surname" in reason for reason in found["Zamir Kabulov"].evidence)
