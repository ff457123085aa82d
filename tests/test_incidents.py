"""Incidents on hand-made claims: what counts, what does not, and why."""

from __future__ import annotations

import pytest

from analysis import incidents
from analysis.incidents import DEFAULT, POLICIES
from analysis.records import Article, Casualty, Mention


def claim(number, low, high=None, bound="exact", root="A", article="a", **fields):
    high = low if bound in ("exact", "named") and high is None else high
    known = {"effect": "killed", "low": low, "high": high, "bound": bound, "root": root, "incident": "I1"}
    return Casualty(article, number, 0, 1, **{**known, **fields})


def count(claims, policy=DEFAULT, published=None, grades=None):
    articles = {c.article_id: Article(c.article_id, published=(published or {}).get(c.article_id)) for c in claims}
    rows, ledger = incidents.totals(claims, policy, articles, grades=grades)
    return [(r.low, r.best, r.high) for r in rows], [(e.casualty, e.used, e.reason) for e in ledger]


@pytest.mark.parametrize(("what", "claims", "expected"), [
    ("one figure", [claim(0, 5)], (5, 5, 5)),
    ("a rival figure widens", [claim(0, 10, root="gov"), claim(1, 12, root="reb", restates=0)], (10, 10, 12)),
    ("several agrees with five", [claim(0, 5), claim(1, 2, None, "vague", restates=0)], (5, 5, 5)),
    ("dozens contradicts five", [claim(0, 5), claim(1, 24, None, "vague", restates=0, root="B")], (5, 5, None)),
    ("only vague", [claim(0, 2, None, "vague")], (2, None, None)),
    ("at least is open above", [claim(0, 20, None, "at_least")], (20, 20, None)),
    ("up to is open below", [claim(0, None, 30, "at_most")], (None, None, 30)),
    ("different victims add up", [claim(0, 3), claim(1, 4)], (7, 7, 7)),
    ("an open part opens the sum", [claim(0, 3), claim(1, 2, None, "plural")], (5, None, None)),
    ("a part of a total is not added", [claim(0, 26), claim(1, 4, part_of=0)], (26, 26, 26)),
    ("a corrected figure is out", [claim(0, 23, superseded_by=1), claim(1, 17, restates=0)], (17, 17, 17)),
    ("a denial is no figure", [claim(0, 14, certainty="denied")], (None, None, None)),
    ("a total since 1979 is no incident", [claim(0, 70000, scope="cumulative")], (None, None, None)),
    ("zero is a figure", [claim(0, 0)], (0, 0, 0)),
    ("two articles never add up", [claim(0, 5), claim(0, 7, article="b", root="B")], (5, 5, 7)),
    ("silence on the soldiers is not zero",
     [claim(0, 3, victim_status="combatant"), claim(1, 5, victim_status="civilian"),
      claim(0, 6, victim_status="civilian", article="b", root="B")], (8, 8, 9)),
    ("militants for one, civilians for another: perhaps the same dead",
     [claim(0, 5, victim_status="combatant"), claim(0, 5, victim_status="civilian", article="b", root="B")], (5, 5, 5)),
])
def test_low_best_high(what, claims, expected):
    assert count(claims)[0] == [expected], what


def test_later_report_of_the_same_root_supersedes():
    claims = [claim(0, 5), claim(0, 8, article="b")]
    figures, ledger = count(claims, published={"a": "2022-03-01", "b": "2022-03-02"})
    assert figures == [(8, 8, 8)]
    assert ledger == [(0, False, "superseded by a later report of A"), (0, True, "used")]


def test_a_later_word_replaces_no_number():
    claims = [claim(0, 8), claim(0, 2, None, "vague", article="b")]
    assert count(claims, published={"a": "2022-03-01", "b": "2022-03-02"})[0] == [(8, 8, 8)]


def test_a_later_report_on_the_soldiers_replaces_no_civilians():
    claims = [claim(0, 8, victim_status="civilian"), claim(1, 2, victim_status="combatant"),
              claim(0, 3, victim_status="combatant", article="b")]
    assert count(claims, published={"a": "2022-03-01", "b": "2022-03-02"})[0] == [(11, 11, 11)]


def test_best_is_of_the_best_graded_root():
    claims = [claim(0, 10, root="gov"), claim(1, 12, root="hospital", restates=0)]
    assert count(claims, grades={"hospital": "B", "gov": "D"})[0] == [(10, 12, 12)]


@pytest.mark.parametrize(("policy", "expected"), [
    ("all effects, independent roots first", [(4, 4, 6), (3, 3, 3)]),
    ("UCDP-style", [(4, 4, 6), (None, None, None)]),
    ("ACLED-style", [(4, 4, 4), (None, None, None)]),
    ("IBC-style", [(4, None, 6), (None, None, None)]),
])
def test_policies_side_by_side(policy, expected):
    """Out of scope is not known, never 0."""
    claims = [claim(0, 4, victim_status="civilian"), claim(1, 6, restates=0, root="B", victim_status="civilian"),
              claim(2, 3, effect="injured", victim_status="civilian")]
    assert count(claims, POLICIES[policy])[0] == expected


def test_acled_reads_dozens_as_twelve():
    assert count([claim(0, 24, None, "vague", wording="dozens")], POLICIES["ACLED-style"])[0] == [(12, 12, 12)]


def test_ibc_leaves_fighters_in_the_ledger():
    claims = [claim(0, 4, victim_status="combatant")]
    assert count(claims, POLICIES["IBC-style"]) == (
        [(None, None, None)], [(0, False, "out of scope: victims combatant")])


def test_roots_of_what_does_not_stand_are_not_counted():
    claims = [claim(0, 5, root="gov"), claim(1, 2, None, "vague", restates=0, root="mayor"),
              claim(2, 9, root="reb", certainty="denied")]
    [row], _ = incidents.totals(claims, DEFAULT, {"a": Article("a")})
    assert (row.n_articles, row.n_outlets, row.n_roots) == (1, 1, 2)


def test_every_claim_is_in_the_ledger_of_every_policy():
    claims = [claim(0, 5), claim(1, 3, part_of=0), claim(2, 2, effect="injured"), claim(3, 9, certainty="denied")]
    for policy in POLICIES.values():
        assert sorted(number for number, *_ in count(claims, policy)[1]) == [0, 1, 2, 3]


# ------------------------------------------------------------------ linking

def linked(*events, published=None, mentions=()):
    known = {"effect": "killed", "low": 5, "high": 5, "bound": "exact"}
    claims = [Casualty(article, i, 0, 1, **{**known, "event": i, **fields})
              for i, (article, fields) in enumerate(events)]
    articles = {c.article_id: Article(c.article_id, published=(published or {}).get(c.article_id)) for c in claims}
    names, links = incidents.link(claims, articles, mentions)
    return [names[c.article_id, c.event] for c in claims], [one.agreed for one in links]


SAME = {"date": "2022-03-18", "place": "Alpha"}


@pytest.mark.parametrize(("what", "other", "joined"), [
    ("day and place", SAME, True),
    ("the year left open", {"date": "XXXX-03-18", "place": "Alpha"}, True),
    ("another day", {"date": "2022-03-19", "place": "Alpha"}, False),
    ("another place", {"date": "2022-03-18", "place": "Beta"}, False),
    ("only the day", {"date": "2022-03-18"}, False),
    ("only the place", {"place": "Alpha"}, False),
    ("nothing known", {}, False),
])
def test_what_joins_two_articles(what, other, joined):
    names, links = linked(("a", SAME), ("b", other))
    assert (names[0] == names[1]) is joined, what
    assert bool(links) is joined


def test_a_city_and_its_province_are_near_enough():
    mentions = [Mention("a", 0, 1, "x", "place", "Alpha", latitude=36.7, longitude=67.1, where_prec=1),
                Mention("b", 0, 1, "x", "place", "Alpha province", latitude=36.9, longitude=66.9, where_prec=4)]
    names, _ = linked(("a", SAME), ("b", {**SAME, "place": "Alpha province"}), mentions=mentions)
    assert names[0] == names[1]


def test_a_chain_of_links_never_joins_a_contradiction():
    """b leaves the year open and fits both a and c; a and c are two years apart."""
    names, _ = linked(("a", SAME), ("b", {**SAME, "date": "XXXX-03-18"}), ("c", {**SAME, "date": "2023-03-18"}))
    assert names[0] != names[2]


def test_two_events_of_one_article_stay_two():
    names, _ = linked(("a", SAME), ("a", SAME))
    assert names[0] != names[1]


def test_order_does_not_matter_for_what_is_joined():
    events = [("a", SAME), ("b", SAME), ("c", {**SAME, "place": "Beta"})]
    forward, _ = linked(*events)
    backward, _ = linked(*reversed(events))
    assert len(set(forward)) == len(set(backward)) == 2
