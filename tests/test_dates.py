"""Dates: every expression of a table of sentences, and nothing else in them."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab
from tables import case, table

from analysis.dates import dates, edtf
from analysis.language import parse_text
from analysis.records import Article

SENTENCES = table("dates/expressions.csv")
MISSES: dict[str, str] = {}


def marked(row: dict[str, str]) -> object:
    return case(row, name=f"{row['published'] or 'undated'}-{row['text'][:50]}", miss=MISSES.get(row["text"]))


def expected(row: dict[str, str]) -> list[tuple[str, str | None]]:
    pairs = (one.split("=") for one in row["expected"].split("; ") if one)
    return [(phrase, value or None) for phrase, value in pairs]


@pytest.mark.parametrize("row", [*map(marked, SENTENCES)])
def test_sentence(row):
    doc = parse_text(row["text"], **({"published": row["published"]} if row["published"] else {}))
    assert [(doc.text[t.start:t.end], t.date) for t in dates(doc)] == expected(row)


def test_the_table_is_large_enough():
    assert sum(len(expected(row)) for row in SENTENCES) >= 120


def found(text: str, published: str | None = None, day_first: bool | None = None) -> list[tuple[str, str | None]]:
    doc = parse_text(text, **({"published": published} if published else {}))
    return [(text[t.start:t.end], t.date) for t in dates(doc, day_first)]


@pytest.mark.parametrize(("day_first", "date"), [(True, "2013-04-03"), (False, "2013-03-04"), (None, None)])
def test_the_order_of_digits_is_told_or_unknown(day_first, date):
    assert found("The report is dated 03/04/2013.", day_first=day_first) == [("03/04/2013", date)]


def test_a_day_that_no_calendar_has_is_no_date():
    assert found("They met on 31 April 2014.") == [("31 April 2014", None)]
    assert found("They met on 29 February 2015.") == [("29 February 2015", None)]
    assert found("They met on 29 February.", "2015-06-01") == [("29 February", "2012-02-29")]


def test_a_wrong_day_of_the_week_leaves_the_year_open():
    assert found("They met on Monday, Oct. 10.", "2016-10-12") == [("Monday, Oct. 10", "2016-10-10")]
    assert found("They met on Friday, Oct. 10.", "2016-10-12") == [("Friday, Oct. 10", "XXXX-10-10")]


def test_no_count_across_a_far_or_vaguer_date():
    far = "On 3 May 2015 a bus was burned. " + "The village was quiet and nobody spoke of it. " * 12
    assert found(far + "Two days later men came.")[-1] == ("Two days later", None)
    vague = "On 3 May 2015 a bus was burned. In 2014 it was new. The next day men came."
    assert found(vague)[-1] == ("The next day", None)


def test_only_the_month_of_publication_is_no_day():
    assert found("A bomb killed six on Tuesday.", "2016-10") == [("Tuesday", None)]


@pytest.mark.parametrize("text", ["He left tomorrow.", "He left next week.", "He left last week.", "He left yesterday.",
                                  "He left 4,000,000 years ago.", "He left 9999999999 days ago."])
@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", None])
def test_a_sum_that_leaves_the_calendar_is_no_error(text, published):
    doc = parse_text(text, published=published)
    assert all(expression.date is None or edtf.parts(expression.date.split("/")[0]) for expression in dates(doc))


def test_dates_in_a_row():
    text = "He was held in 2014, 2015 and 2016, on 3 and 4 May, and from Dec. 30 to Jan. 2."
    assert found(text, "2016-10-12") == [("2014", "2014"), ("2015", "2015"), ("2016", "2016"),
                                         ("3 and 4 May", "{2016-05-03,2016-05-04}"),
                                         ("Dec. 30 to Jan. 2", "2015-12-30/2016-01-02")]


def test_the_dates_of_the_seed():
    seed = json.loads((Path(__file__).parent / "gold" / "seed.json").read_text("utf-8"))
    text = (Path(__file__).parents[1] / seed["article"]).read_text("utf-8")
    answers = [(one["text"], one["date"]) for one in seed["dates"]]
    assert set(found(text)) == {*answers, ("a week after", None)}


@pytest.mark.parametrize(("date", "number", "unit", "answer"), [
    ("2015-05-03", -3, "day", "2015-04-30"), ("2016-02-28", 1, "day", "2016-02-29"),
    ("XXXX-12-31", 1, "day", "XXXX-01-01"), ("XXXX-02-28", 1, "day", None), ("2015-05", 1, "day", None),
    ("2015-12-03", 2, "month", "2016-02"), ("XXXX-11", 2, "month", "XXXX-01"), ("2015", 1, "month", None),
    ("2015-05-03", 1, "week", "2015-05-10"), ("2015-05", -1, "year", "2014"), ("XXXX-05", 1, "year", None),
    ("2014-05-01/2014-05-03", 1, "day", None), (None, 1, "day", None),
])
def test_sums_with_dates(date, number, unit, answer):
    assert edtf.shift(date, number, unit) == answer


DAY = r"(?:\d{4}|XXXX)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
VALID = re.compile(rf"{DAY}~?|{DAY}/{DAY}|\d{{4}}-(?:2[1-4]|3[3-6]|4[01])|\d{{3}}X|\d{{2}}XX|\{{{DAY},{DAY}\}}")


@given(st.lists(st.sampled_from(sorted({phrase for row in SENTENCES for phrase, _ in expected(row)})), min_size=1,
                max_size=4), st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.none())
@settings(max_examples=100, deadline=None)
def test_every_date_is_edtf(phrases, published):
    doc = Doc(Vocab(), words=" . ".join(f"It was on {phrase}" for phrase in phrases).split())
    doc._.article = Article("a", published=published and published.isoformat())
    times = dates(doc)
    assert times == sorted(times, key=lambda t: t.start)
    assert all(t.date is None or VALID.fullmatch(t.date) for t in times)
    assert all(one.end <= other.start for one, other in pairwise(times))
