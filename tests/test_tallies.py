"""Counts of mentions: whole tables by hand, and for any mentions that none is lost or doubled."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import tallies
from analysis.records import Article, Mention, table

ARTICLES = table([Article("a", outlet="Gazette", published="2020-02-03"), Article("b", outlet="Gazette"),
                  Article("c", outlet="Wire", published="2020-01-31"), Article("d", published="2020-02-03")], Article)
MENTIONS = table([
    Mention("a", 0, 4, "Army", "armed_group", "Army"),
    Mention("a", 10, 17, "Oldtown", "place", "Oldtown", place_id="p1", latitude=1.0, longitude=2.0, where_prec=1),
    Mention("a", 30, 36, "rebels", "armed_group", nominal=True),
    Mention("a", 40, 44, "army", "armed_group", "Army", nominal=True),
    Mention("b", 5, 12, "Oldtown", "government", "Oldtown"),
    Mention("c", 3, 10, "Oldtown", "place", "Oldtown", place_id="p1", latitude=1.0, longitude=2.0, where_prec=1),
    Mention("c", 14, 21, "Newtown", "place", "Newtown"),
    Mention("b", 20, 25, "Mayor", "person", "Mayor"),
], Mention)
SENTENCES = pd.DataFrame({"article_id": ["a", "a", "b", "c"], "start": [0, 28, 0, 0], "end": [27, 60, 40, 30]})


def listed(frame: pd.DataFrame) -> list[list]:
    return [[None if pd.isna(value) else value for value in row] for row in frame.values.tolist()]


def test_by_entity():
    assert listed(tallies.by_entity(MENTIONS)) == [
        ["Oldtown", "place", 3, 0, 3], ["Army", "armed_group", 1, 1, 1], ["Mayor", "person", 1, 0, 1],
        ["Newtown", "place", 1, 0, 1], ["not linked to a name", "armed_group", 0, 1, 1]]


def test_by_type():
    assert listed(tallies.by_type(MENTIONS)) == [
        ["armed_group", 3, 1, 2, 1], ["place", 3, 3, 0, 2], ["government", 1, 1, 0, 1], ["person", 1, 1, 0, 1]]


def test_an_article_without_names_has_a_row_of_zeros():
    assert listed(tallies.by_article(MENTIONS, ARTICLES)) == [
        ["a", "Gazette", "2020-02-03", 4, 2, 2, 2], ["b", "Gazette", None, 2, 2, 0, 2],
        ["c", "Wire", "2020-01-31", 2, 2, 0, 2], ["d", None, "2020-02-03", 0, 0, 0, 0]]


def test_an_unknown_outlet_is_a_row_of_its_own():
    assert listed(tallies.by_outlet(MENTIONS, ARTICLES)) == [
        ["Gazette", 2, 6, 4, 2, 3], ["Wire", 1, 2, 2, 0, 2], ["not known", 1, 0, 0, 0, 0]]


@pytest.mark.parametrize(("unit", "rows"), [
    ("day", [["2020-01-31", 1, 2, 2, 0, 2], ["2020-02-03", 2, 4, 2, 2, 2], ["not known", 1, 2, 2, 0, 2]]),
    ("month", [["2020-01", 1, 2, 2, 0, 2], ["2020-02", 2, 4, 2, 2, 2], ["not known", 1, 2, 2, 0, 2]]),
    ("year", [["2020", 3, 6, 4, 2, 3], ["not known", 1, 2, 2, 0, 2]]),
])
def test_by_time(unit, rows):
    assert listed(tallies.by_time(MENTIONS, ARTICLES, unit)) == rows


@pytest.mark.parametrize(("dates", "unit"), [
    ([], "day"), ([None], "day"), (["2020-01-01", "2020-02-10"], "day"), (["2020-01-01", "2020-06-01"], "month"),
    (["2003-01-01", None, "2020-06-01"], "year")])
def test_the_unit_fits_the_dates(dates, unit):
    assert tallies.time_unit(table([Article(str(n), published=date) for n, date in enumerate(dates)], Article)) == unit


def test_together_counts_sentences_once():
    found = tallies.together(MENTIONS, SENTENCES)
    assert list(found.index) == list(found.columns) == ["Oldtown", "Army", "Mayor", "Newtown"]
    assert found.values.tolist() == [[3, 1, 1, 1], [1, 2, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1]]


def test_a_mention_in_no_sentence_stands_with_nobody():
    nowhere = tallies.together(MENTIONS, SENTENCES[SENTENCES["article_id"] == "a"])
    assert nowhere.values.tolist() == [[3, 1, 0, 0], [1, 2, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    assert tallies.together(MENTIONS, SENTENCES.head(0)).loc["Oldtown", "Army"] == 0


def test_first_and_last_by_date_then_position():
    assert listed(tallies.first_and_last(MENTIONS, ARTICLES)) == [
        ["Oldtown", 3, 1, "2020-01-31", "c", 3, 10, "2020-02-03", "a", 10, 17],
        ["Army", 2, 0, "2020-02-03", "a", 0, 4, "2020-02-03", "a", 40, 44],
        ["Mayor", 1, 1, None, "b", 20, 25, None, "b", 20, 25],
        ["Newtown", 1, 0, "2020-01-31", "c", 14, 21, "2020-01-31", "c", 14, 21]]


def test_several_articles_without_a_date_have_no_first():
    undated = ARTICLES.assign(published=pd.Series([None] * 4, dtype="str"))
    found = tallies.first_and_last(MENTIONS, undated).set_index("entity")
    assert found.loc["Oldtown", "undated"] == 3
    assert pd.isna(found.loc["Oldtown", "first_article_id"])
    assert found.loc["Army", "last_article_id"] == "a"


def test_places_are_on_the_map_or_beside_it():
    assert listed(tallies.on_map(MENTIONS)) == [["Oldtown", "p1", 1.0, 2.0, 1, 2, 2]]
    assert listed(tallies.off_map(MENTIONS)) == [["Newtown", False, 1, 1]]


def test_nothing_gives_empty_tables():
    no_mentions, no_articles = MENTIONS.head(0), ARTICLES.head(0)
    made = [tallies.by_entity(no_mentions), tallies.by_type(no_mentions), tallies.by_article(no_mentions, no_articles),
            tallies.by_outlet(no_mentions, no_articles), tallies.by_time(no_mentions, no_articles),
            tallies.together(no_mentions, SENTENCES), tallies.first_and_last(no_mentions, no_articles),
            tallies.on_map(no_mentions), tallies.off_map(no_mentions)]
    assert [len(frame) for frame in made] == [0] * len(made)


mentions = st.builds(
    Mention, st.sampled_from("abcd"), st.integers(0, 40), st.integers(41, 50), st.sampled_from(["Army", "army"]),
    st.sampled_from(["place", "person", "date"]), st.sampled_from(["Army", "Oldtown", None]), st.booleans(),
    latitude=st.sampled_from([1.0, None]), longitude=st.just(2.0))


@settings(deadline=None, max_examples=25)
@given(st.lists(mentions, max_size=12))
def test_no_mention_is_lost_or_doubled(rows):
    made = table(rows, Mention)
    by_entity = tallies.by_entity(made)
    assert (by_entity["names"] + by_entity["nominal"]).sum() == len(made)
    for counts in (tallies.by_type(made), tallies.by_article(made, ARTICLES), tallies.by_outlet(made, ARTICLES),
                   *(tallies.by_time(made, ARTICLES, unit) for unit in tallies.UNITS)):
        assert counts["mentions"].sum() == len(made)
        assert (counts["names"] + counts["nominal"] == counts["mentions"]).all()
    assert len(tallies.placed(made, ARTICLES)) == len(made)
    assert tallies.first_and_last(made, ARTICLES)["mentions"].sum() == made["entity"].notna().sum()
    places = (made["type"] == "place").sum()
    assert tallies.on_map(made)["mentions"].sum() + tallies.off_map(made)["mentions"].sum() == places


@settings(deadline=None, max_examples=25)
@given(st.lists(mentions, max_size=12))
def test_together_agrees_with_counting_sentence_by_sentence(rows):
    made = table(rows, Mention)
    found = tallies.together(made, SENTENCES)
    assert (found.to_numpy() == found.to_numpy().T).all()
    for one in found.index:
        for other in found.columns:
            said = [{m.entity for m in rows if m.article_id == s.article_id and s.start <= m.start < s.end}
                    for s in SENTENCES.itertuples()]
            both = sum({one, other} <= names for names in said)
            alone = sum(m.entity == one and not any(m.article_id == s.article_id and s.start <= m.start < s.end
                                                    for s in SENTENCES.itertuples()) for m in rows)
            assert found.loc[one, other] == both + (alone if one == other else 0)
