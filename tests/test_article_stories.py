"""Which articles tell one story: alike words, near days, never all pairs."""

from __future__ import annotations

import random
import sys

import pytest

from analysis.independence import stories
from analysis.records import Article

MODULE = sys.modules[stories.__module__]  # its face has the same name

MARKET = "A bomb hidden in a vegetable cart exploded at the fish market of Tel Rasha, the provincial governor said."
FERRY = "A crowded ferry capsized on Lake Orin in a storm; divers searched the wreck for passengers all night."
MINE = "Methane ignited deep inside the coal mine at Brenk, and rescuers with breathing gear dug towards the shaft."
TEXTS = {"market": MARKET, "ferry": FERRY, "mine": MINE}


def of(*articles):
    """The numbers of the stories of (text, day) in order."""
    made = [Article(f"a{number}", text=text, published=day) for number, (text, day) in enumerate(articles)]
    return list(stories(made).values())


@pytest.mark.parametrize(("what", "articles", "expected"), [
    ("nothing", [], []),
    ("one article", [(MARKET, "2022-03-01")], [0]),
    ("alike words, near days", [(MARKET, "2022-03-01"), (f"{MARKET} Two stalls burnt.", "2022-03-04")], [0, 0]),
    ("alike words, far days", [(MARKET, "2022-03-01"), (MARKET, "2022-03-20")], [0, 1]),
    ("eight days are near", [(MARKET, "2022-03-01"), (MARKET, "2022-03-09")], [0, 0]),
    ("nine are not", [(MARKET, "2022-03-01"), (MARKET, "2022-03-10")], [0, 1]),
    ("other words, one day", [(MARKET, "2022-03-01"), (FERRY, "2022-03-01")], [0, 1]),
    ("three articles alone", [(text, "2022-03-01") for text in TEXTS.values()], [0, 1, 2]),
    ("what every report says is no likeness",
     [(f"{text} Police said that people were killed on Monday.", "2022-03-01") for text in TEXTS.values()], [0, 1, 2]),
    ("undated beside dated", [(MARKET, None), (MARKET, "2022-03-01"), (FERRY, None)], [0, 0, 1]),
    ("undated ones", [(MARKET, None), (FERRY, None), (MARKET, None)], [0, 1, 0]),
    ("a text without a word", [("", "2022-03-01"), (MARKET, "2022-03-01"), ("…", None)], [0, 1, 2]),
    ("only texts without a word", [("", None), ("12 !", None)], [0, 1]),
    ("numbered in order of first appearance",
     [(FERRY, "2022-03-05"), (MARKET, "2022-03-01"), (FERRY, "2022-03-04")], [0, 1, 0]),
])
def test_what_is_one_story(what, articles, expected):
    assert of(*articles) == expected, what


def test_a_title_counts_as_words():
    made = [Article("a", title="Fish market of Tel Rasha bombed", text="Dozens fled.", published="2022-03-01"),
            Article("b", title="Bomb at the fish market of Tel Rasha", text="Sirens wailed.", published="2022-03-01")]
    assert stories(made) == {"a": 0, "b": 0}


def groups(made):
    """The stories as sets of articles."""
    found = {}
    for article, story in stories(made).items():
        found.setdefault(story, set()).add(article)
    return sorted(map(sorted, found.values()))


def folder(copies):
    """Articles on three events of months of their own, each in some wordings."""
    return [Article(f"{name}{number}", text=f"{text} Report {number}.", published=f"2022-0{month}-0{1 + number % 5}")
            for month, (name, text) in enumerate(TEXTS.items(), 1) for number in range(copies)]


def test_neither_order_nor_a_second_time_changes_stories():
    made = folder(6)
    expected = [sorted(f"{name}{number}" for number in range(6)) for name in sorted(TEXTS)]
    assert groups(made) == groups(made) == expected
    for seed in range(5):
        assert groups(random.Random(seed).sample(made, len(made))) == expected


@pytest.mark.parametrize("at_once", [2, 3, 5, 7, 100])
def test_more_articles_than_are_joined_at_once_give_the_same_stories(monkeypatch, at_once):
    made = folder(6)
    expected = groups(made)
    monkeypatch.setattr(MODULE, "_AT_ONCE", at_once)
    assert groups(made) == expected


def test_a_story_goes_on_over_batches_and_ends_with_its_days(monkeypatch):
    monkeypatch.setattr(MODULE, "_AT_ONCE", 1)
    days = ["2022-03-01", "2022-03-08", "2022-03-15", "2022-03-30"]
    assert of(*((MARKET, day) for day in days)) == [0, 0, 0, 1]
    assert of((MARKET, "2022-03-01"), (FERRY, "2022-03-02"), (MARKET, "2022-03-03")) == [0, 1, 0]


def test_an_undated_article_goes_on_with_a_story_of_an_earlier_batch(monkeypatch):
    monkeypatch.setattr(MODULE, "_AT_ONCE", 2)
    assert of((MARKET, "2022-03-01"), (FERRY, "2022-03-02"), (MARKET, None)) == [0, 1, 0]
