import csv
import json
from pathlib import Path

import pytest

from analysis.extraction import extract_doc
from analysis.language import parse_text

HERE = Path(__file__).parent
GOLD = json.loads((HERE / "gold" / "seed.json").read_text(encoding="utf-8"))


def said(text):
    return extract_doc(parse_text(text)).attributions


def table(name):
    with (HERE / "attributions" / name).open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=row["text"][:60]) for row in csv.DictReader(file)]


def content(row, text):
    return " … ".join(text[start:end] for start, end in row.content_spans)


@pytest.fixture(scope="module")
def seed():
    text = (HERE.parent / GOLD["article"]).read_text(encoding="utf-8")
    return text, extract_doc(parse_text(text)).attributions


def test_the_seed_has_its_nine_attributions_and_at_most_the_optional_one(seed):
    text, rows = seed
    required = [gold for gold in GOLD["attributions"] if not gold.get("optional")]
    cues = {tuple(gold["cue_span"]) for gold in GOLD["attributions"]}
    assert len(required) == 9
    assert {row.cue_spans[0] for row in rows} <= cues
    found = {row.cue_spans[0]: row for row in rows}
    for gold in required:
        row = found[tuple(gold["cue_span"])]
        assert row.source_spans == (tuple(gold["source_span"]),)
        assert (row.source, row.source_entity, row.cue) == (gold["source"], gold["source_entity"], gold["cue"])
        assert row.content_spans[0][0] == gold["content_starts"]
        assert text[row.content_spans[0][0]:].startswith(gold["content_begins_with"])
        assert (row.kind, row.depth, row.told_to) == (gold["kind"], gold["depth"], gold.get("told_to"))


def test_the_seed_has_a_chain_of_two(seed):
    _, rows = seed
    inner = [row for row in rows if row.depth == 2 and row.cue == "according to"]
    assert [row.chain for row in inner] == [("Press TV", "Zamir Kabulov")]
    assert rows[inner[0].parent].source_entity == "Press TV"


@pytest.mark.parametrize("row", table("sentences.csv"))
def test_who_says_what(row):
    """Each row: the first attribution of a text; " … " parts the spans of a content; an empty cell is None."""
    found = said(row["text"])
    assert found, "no attribution"
    first = found[int(row["which"] or 0)]
    assert (first.source, first.cue, content(first, row["text"])) == (row["source"] or None, row["cue"], row["content"])
    assert first.kind == row["kind"]


@pytest.mark.parametrize("text", [line for line in (HERE / "attributions" / "silent.txt").read_text(
    encoding="utf-8").splitlines() if line])
def test_nobody_says_it(text):
    assert said(text) == []


def test_the_rows_are_numbered_and_point_to_their_parents():
    rows = said('The ministry said that, according to the governor of Herat, 12 people died. "We saw it," he said.')
    assert [row.attribution for row in rows] == list(range(len(rows)))
    assert [(row.depth, row.parent) for row in rows] == [(1, None), (2, 0), (1, None)]


def test_the_hearer_is_a_relay_before_the_root():
    rows = said("Police in Balkh province told Pajhwok Afghan News that two men were killed and added that "
                "one was hurt.")
    assert [row.told_to for row in rows] == ["Pajhwok Afghan News"] * 2
    assert [row.chain[0] for row in rows] == ["Pajhwok Afghan News"] * 2


def test_spans_quote_the_article_and_not_the_parser_s_view():
    text = "“We are leaving,” said General Idris Kamara. “It’s over.”"
    row, = said(text)
    assert content(row, text) == "“We are leaving,” … “It’s over.”"
    assert row.kind == "direct"


def test_a_photo_credit_says_nothing():
    assert said("(Photo Credit: Getty Images)\nThe market was closed.") == []
