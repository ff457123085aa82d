"""What each notebook says first: what it reads, and its answer in a few numbers."""

from __future__ import annotations

import pytest

from analysis import panels
from analysis.corpus import EXERCISE, SEEDS, Corpus
from analysis.incidents import DEFAULT

POLICY = DEFAULT.name


def lines(frame):
    return {row.what: (row.figure, frame.loc[row.Index, "in detail"]) for row in frame.itertuples()}


@pytest.fixture(scope="module")
def exercise():
    return Corpus(EXERCISE, progress=False)


def test_the_example_is_called_so(monkeypatch):
    monkeypatch.delenv("WORKBOOK_ARTICLES", raising=False)
    said = panels.opening(Corpus(SEEDS, progress=False)).data
    assert "Reading the example: 1 article in seeds/. Your own articles: python3 workbook.py lab --articles DIR" in said
    assert str(SEEDS.parent) not in said  # it is stored, and read on other computers


def test_own_articles_are_counted_and_their_folder_named_as_text(tmp_path, monkeypatch):
    folder = tmp_path / "<img src=x onerror=alert(1)>"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Two people were killed in Herat, {name} said.", encoding="utf-8")
    (folder / "c.mp3").write_bytes(b"no text")
    monkeypatch.setenv("WORKBOOK_ARTICLES", str(folder))
    said = panels.opening(Corpus(folder, progress=False)).data
    assert "Reading 2 articles in " in said
    assert "The example is not shown." in said
    assert "1 problem while reading" in said
    assert "<img" not in said


def test_harm_is_summed_over_the_news_and_doubt_is_named(exercise):
    found = lines(panels.casualties_headline(exercise, POLICY))
    news, _ = panels.news_and_others(panels.totals(exercise, POLICY))
    sums = panels.overall_view(exercise, news).set_index("effect")
    assert found["incidents"][0] == str(news["incident"].nunique())
    for effect in ("killed", "injured", "abducted"):
        assert found[effect][0] == sums.loc[effect, "low to high"]
        assert sums.loc[effect, "what the sum covers"] in found[effect][1]
    assert found["reviewed"][0] == f"0 of {len(exercise.casualties)} claims"
    doubtful = (news["doubt"].fillna(0) > 0.2).sum()
    assert doubtful
    assert found["doubtful"][0] == f"{doubtful} of {len(news)} totals"


def test_sources_say_how_much_rests_on_one(exercise):
    found = lines(panels.sources_headline(exercise))
    one, more = found["totals with one independent source"], found["totals with two or more"]
    assert int(one[0]) + int(more[0]) == len(panels.readings_view(exercise))
    assert int(found["articles that copy another"][0]) == len(panels.copies_view(exercise)) > 0


def test_every_mention_and_article_is_in_the_headlines(exercise):
    assert lines(panels.reading_headline(exercise))["articles"][0] == str(len(exercise.articles))
    assert lines(panels.reading_headline(exercise))["published"][0] == "4 March 2019 to 18 May 2019"
    assert f"{len(exercise.mentions)} mentions" in lines(panels.entities_headline(exercise))["entities"][1]


def test_articles_without_anything_have_headlines_too(tmp_path):
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    empty = Corpus(tmp_path, progress=False)
    assert lines(panels.casualties_headline(empty, POLICY))["incidents"][0] == "0"
    assert lines(panels.sources_headline(empty))["voices"] == ("0", "nobody is quoted")
    assert lines(panels.entities_headline(empty))["entities"][0] == "0"
    assert lines(panels.reading_headline(empty))["published"][0] == "not known"
