"""Mentions: a table of marked sentences, rule by rule."""

import pytest
from marked import read_marked

from analysis import language, lexicon
from analysis.entities import link
from analysis.mentions import MentionIndex, mentions
from analysis.records import MENTION_TYPES

SENTENCES = read_marked("mentions/sentences.txt")
# What the rules miss today: the sentence's first words, and why.
MISSED = {"Some states, including": "a country named as one of several actors is taken for a place",
          "Garamba - ": "a dateline whose town no list knows is not found"}


def cases(rows, missed):
    for section, text, marks in rows:
        reason = next((why for start, why in missed.items() if text.startswith(start)), None)
        marks_ = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        yield pytest.param(text, marks, id=f"{section}: {text[:40]}", marks=marks_)


@pytest.mark.parametrize(("text", "marks"), list(cases(SENTENCES, MISSED)))
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


def test_the_lists_are_as_long_as_promised_and_name_nobody_twice():
    rows = lexicon.names()
    assert len({row.name for row in rows}) >= 150
    assert len(lexicon.rows("weapons")) >= 100
    owners = {}
    for row in rows:
        for name in {row.name, *row.aliases}:
            owners.setdefault(name, set()).add(row.name)
    assert {name: sorted(found) for name, found in owners.items() if len(found) > 1} == {}
    assert all(row.source for row in rows)


def test_types_of_the_type_words_are_types_of_mentions():
    assert {row["type"] for row in lexicon.rows("type_words")} <= {*MENTION_TYPES, "none"}
    assert {row["means"] for row in lexicon.rows("modifiers")} <= {*MENTION_TYPES, "any", "skip"}


@pytest.mark.parametrize(("name", "also"), [
    ("Al-Shabaab", {"al-Shabaab", "Al Shabaab", "al Shabaab"}), ("US Central Command", {"U.S. Central Command"}),
    ("Israel Defense Forces", {"Israel Defence Forces"}), ("Lashkar-e-Taiba", {"Lashkar-i-Taiba"}),
    ("Médecins Sans Frontières", {"Medecins Sans Frontieres"}), ("People’s Army", {"People's Army"})])
def test_a_listed_name_is_known_in_its_spellings(name, also):
    assert also <= set(language.spellings(name))


def test_a_photo_credit_is_a_mention_of_the_agency_with_its_place_in_the_text():
    text = "(Photo: Reuters) The dam held."
    rows = mentions(language.parse_text(text))
    assert [(row.text, row.type, row.extracted_by) for row in rows] == [
        ("Reuters", "media", "photo credit"), ("dam", "facility", "general mention")]
    assert text[rows[0].start:rows[0].end] == "Reuters"


def test_a_place_has_its_point_and_how_exact_it_is():
    text = "A mine exploded in Helmand province, Afghanistan."
    row = next(row for row in mentions(language.parse_text(text)) if "Helmand" in row.text)
    assert (row.where_prec, round(row.latitude), round(row.longitude)) == (4, 31, 64)


def test_the_index_gives_the_outermost_mention_of_a_word():
    doc = language.parse_text("The police of the Kunar district found nothing.")
    rows = link(doc, mentions(doc))
    index = MentionIndex(doc, rows)
    assert index.at(doc[4]).text == "police of the Kunar district"
    assert [row.text for row in index.within(doc[0:6])] == ["police of the Kunar district", "Kunar district"]


@pytest.mark.parametrize("text", [
    "", " \n ", "(Photo: Reuters)", "?!", "the of the", "The", "A of B", "U.S.", "''", "-", "Gen."])
def test_odd_texts_are_read_without_an_error(text):
    doc = language.parse_text(text)
    rows = link(doc, mentions(doc))
    assert all(text[row.start:row.end] == row.text for row in rows)
