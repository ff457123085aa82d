"""Number words to low, high and bound: whole results compared with literals."""

from __future__ import annotations

import pytest

from analysis import language
from analysis.quantities import quantities

CASES = [
    ("five men", [("five", 5, 5, "exact")]),
    ("1,250 people", [("1,250", 1250, 1250, "exact")]),
    ("twenty-six miners and 12 guards", [("twenty-six", 26, 26, "exact"), ("12", 12, 12, "exact")]),
    ("one hundred and twenty civilians", [("one hundred and twenty", 120, 120, "exact")]),
    ("two thousand five hundred people", [("two thousand five hundred", 2500, 2500, "exact")]),
    ("3 million refugees", [("3 million", 3_000_000, 3_000_000, "exact")]),
    ("a dozen farmers, two dozen nurses and half a dozen boys",
     [("a dozen", 12, 12, "exact"), ("two dozen", 24, 24, "exact"), ("half a dozen", 6, 6, "exact")]),
    ("at least five people", [("at least five", 5, None, "at_least")]),
    ("more than 20 and over 30", [("more than 20", 21, None, "at_least"), ("over 30", 31, None, "at_least")]),
    ("no fewer than eight", [("no fewer than eight", 8, None, "at_least")]),
    ("up to 30, as many as 40", [("up to 30", None, 30, "at_most"), ("as many as 40", None, 40, "at_most")]),
    ("fewer than ten", [("fewer than ten", None, 9, "at_most")]),
    ("ten or more guards", [("ten or more", 10, None, "at_least")]),
    ("some 30 men, about 50, nearly 80",
     [("some 30", 30, 30, "about"), ("about 50", 50, 50, "about"), ("nearly 80", 80, 80, "about")]),
    ("an estimated 700 people", [("an estimated 700", 700, 700, "about")]),
    ("5 to 7 fighters, between five and seven, five or six",
     [("5 to 7", 5, 7, "range"), ("between five and seven", 5, 7, "range"), ("five or six", 5, 6, "range")]),
    ("rose from 5 to 7", [("5", 5, 5, "exact"), ("7", 7, 7, "exact")]),
    ("several people, a few, some villagers, many",
     [("several", 2, None, "vague"), ("a few", 2, None, "vague"), ("some", 2, None, "vague"),
      ("many", 2, None, "vague")]),
    ("dozens, scores, hundreds, tens of thousands",
     [("dozens", 24, None, "vague"), ("scores", 40, None, "vague"), ("hundreds", 200, None, "vague"),
      ("tens of thousands", 20_000, None, "vague")]),
    ("a number of reporters", [("a number of", 2, None, "vague")]),
    ("no one, nobody, none", [("no one", 0, 0, "exact"), ("nobody", 0, 0, "exact"), ("none", 0, 0, "exact")]),
    ("In 1980 four nuns, in August 2012 12 priests, 2012 priests",
     [("four", 4, 4, "exact"), ("12", 12, 12, "exact"), ("2012", 2012, 2012, "exact")]),
    ("a 19-year-old boy and a 2-hour fight", []),
    ("half of the 40, a third of those 30, two thirds of 60",
     [("half of the 40", 20, 20, "about"), ("a third of those 30", 10, 10, "about"),
      ("two thirds of 60", 40, 40, "about")]),
    ("most of the 30 and the majority of 40",
     [("most of the 30", 16, None, "vague"), ("the majority of 40", 21, None, "vague")]),
    ("40 percent of the 200 and all of the 12",
     [("40 percent of the 200", 80, 80, "about"), ("all of the 12", 12, 12, "exact")]),
    ("² percent of the 200", [("200", 200, 200, "exact")]),
    ("all but two of the 30 guards, all but five of the men",
     [("all but two of the 30", 28, 28, "exact"), ("all but five", 2, None, "vague")]),
    ("half of them, most of the men, a third of a mile", []),
    ("thirtyfive of the ninetyone", [("thirtyfive", 35, 35, "exact"), ("ninetyone", 91, 91, "exact")]),
    ("the 3rd Brigade and the second attack", []),
    ("99999999999999999999 people", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_quantities(text: str, expected: list[tuple[str, int | None, int | None, str]]) -> None:
    doc = language.parse_text(text)
    assert [(doc[q.first:q.last + 1].text, q.low, q.high, q.bound) for q in quantities(doc)] == expected


def test_a_sentence_is_counted_in_the_tokens_of_its_article() -> None:
    doc = language.parse_text("It rained. Five men left.")
    second = list(doc.sents)[1]
    assert [doc[q.first].text for q in quantities(second)] == ["Five"]
