"""Incidents on hand-made claims: what counts, what does not, and why."""

from __future__ import annotations

import dataclasses
import random

import pytest

from analysis import incidents
from analysis.incidents import DEFAULT, POLICIES, doubles
from analysis.places import resolve
from analysis.records import Article, Casualty, Incident, Mention


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
    ("at least three and five of one source", [claim(0, 3, None, "at_least"), claim(1, 5, restates=0)], (5, 5, 5)),
    ("at least 20 beside a rival's 61",
     [claim(0, 20, None, "at_least"), claim(1, 61, restates=0, root="B")], (20, 20, 61)),
    ("up to 30 beside a rival's 12", [claim(0, None, 30, "at_most"), claim(1, 12, restates=0, root="B")], (12, 12, 30)),
    ("at least 80 contradicts a rival's 61",
     [claim(0, 80, None, "at_least"), claim(1, 61, restates=0, root="B")], (61, 61, None)),
    ("up to is open below", [claim(0, None, 30, "at_most")], (None, None, 30)),
    ("different victims add up", [claim(0, 3), claim(1, 4)], (7, 7, 7)),
    ("an open part opens the sum", [claim(0, 3), claim(1, 2, None, "plural")], (5, None, None)),
    ("a part of a total is not added", [claim(0, 26), claim(1, 4, part_of=0)], (26, 26, 26)),
    ("a corrected figure is out", [claim(0, 23, superseded_by=1), claim(1, 17, restates=0)], (17, 17, 17)),
    ("a correction that the analyst rejects corrects nothing",
     [claim(0, 23, superseded_by=1), claim(1, 17, restates=0, judged="rejected")], (23, 23, 23)),
    ("of a total that the analyst rejects the parts are left, which may overlap",
     [claim(0, 26, judged="rejected"), claim(1, 4, part_of=0), claim(2, 3, part_of=0)], (4, 4, 7)),
    ("and are parts of what restates it",
     [claim(0, 26, judged="rejected"), claim(1, 4, part_of=0), claim(2, 24, restates=0)], (24, 24, 24)),
    ("and of what the rejected one was part of",
     [claim(0, 26), claim(1, 9, part_of=0, judged="rejected"), claim(2, 4, part_of=1)], (26, 26, 26)),
    ("a denial is no figure", [claim(0, 14, certainty="denied")], (None, None, None)),
    ("a total since 1979 is no incident", [claim(0, 70000, scope="cumulative")], (None, None, None)),
    ("zero is a figure", [claim(0, 0)], (0, 0, 0)),
    ("two articles never add up", [claim(0, 5), claim(0, 7, article="b", root="B")], (5, 5, 7)),
    ("silence on the soldiers is not zero",
     [claim(0, 3, victim_status="combatant"), claim(1, 5, victim_status="civilian"),
      claim(0, 6, victim_status="civilian", article="b", root="B")], (8, 8, 9)),
    ("militants for one, civilians for another: perhaps the same dead",
     [claim(0, 5, victim_status="combatant"), claim(0, 5, victim_status="civilian", article="b", root="B")], (5, 5, 5)),
    ("of two ways to complete an account always the same, whatever the order of a set",
     [claim(0, 5, victim_status="civilian"), claim(1, 3, victim_status="combatant"),
      claim(0, 5, victim_status="civilian", article="b", root="B"),
      claim(1, 7, victim_status="police", article="b", root="B"),
      claim(0, 6, victim_status="civilian", article="c", root="C")], (8, 8, 12)),
])
def test_low_best_high(what, claims, expected):
    assert count(claims)[0] == [expected], what


CHILDREN = {"part_of": 0, "victim_status": "civilian"}
SOLDIERS = {"part_of": 0, "victim_status": "combatant"}
IBC = POLICIES["IBC-style"]
AT_LEAST = "used, as at least: others of the total may be in scope too"


@pytest.mark.parametrize(("what", "claims", "of_civilians", "best", "of_all"), [
    ("the six others may be civilians too", [claim(0, 9), claim(1, 3, **CHILDREN)], (3, 9), None, (9, 9, 9)),
    ("of at least nine", [claim(0, 9, None, "at_least"), claim(1, 3, **CHILDREN)], (3, None), None, (9, 9, None)),
    ("of several, which is said again to be nine",
     [claim(0, 2, None, "vague"), claim(1, 3, **CHILDREN), claim(2, 9, restates=0)], (3, 9), None, (9, 9, 9)),
    ("of nine for one and twelve for another",
     [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 12, restates=0, root="B")], (3, 12), None, (9, 9, 12)),
    ("of nine for one and at least twelve for another",
     [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 12, None, "at_least", restates=0, root="B")],
     (3, None), None, (9, 9, None)),
    ("of combatants the others are not civilians",
     [claim(0, 9, victim_status="combatant"), claim(1, 3, **CHILDREN)], (3, 3), 3, (9, 9, 9)),
    ("nor of a total that the analyst rejects",
     [claim(0, 9, judged="rejected"), claim(1, 3, **CHILDREN)], (3, 3), 3, (3, 3, 3)),
    ("nor where the article says that they were soldiers",
     [claim(0, 9), claim(1, 4, **CHILDREN), claim(2, 5, **SOLDIERS)], (4, 4), 4, (9, 9, 9)),
    ("a soldier among them is none", [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 1, **SOLDIERS)],
     (3, 8), None, (9, 9, 9)),
    ("but who is denied to be a soldier may be a civilian",
     [claim(0, 9), claim(1, 4, **CHILDREN), claim(2, 5, **SOLDIERS, certainty="denied")], (4, 9), None, (9, 9, 9)),
    ("two parts never come to more than their total",
     [claim(0, 9), claim(1, 6, **CHILDREN), claim(2, 5, **CHILDREN)], (6, 9), None, (9, 9, 9)),
    ("children and policemen are different people",
     [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 2, **(CHILDREN | {"victim_status": "police"}))],
     (5, 9), None, (9, 9, 9)),
    ("civilians beside the total add up",
     [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 2, victim_status="civilian")], (5, 11), None, (11, 11, 11)),
    ("a part of a part of them", [claim(0, 9), claim(1, 5, part_of=0), claim(2, 3, **(CHILDREN | {"part_of": 1}))],
     (3, 9), None, (9, 9, 9)),
    ("beside a rival's exact figure, which is the best",
     [claim(0, 9), claim(1, 3, **CHILDREN), claim(0, 4, article="b", root="B", victim_status="civilian")],
     (3, 9), 4, (4, 4, 9)),
    ("beside a rival's exact figure, open above",
     [claim(0, 9, None, "at_least"), claim(1, 3, **CHILDREN),
      claim(0, 4, article="b", root="B", victim_status="civilian")], (3, 4), 4, None),
])
def test_a_part_of_victims_of_unknown_status_is_a_minimum(what, claims, of_civilians, best, of_all):
    low, no_best, high = count(claims, IBC)[0][0]
    assert ((low, high), no_best) == (of_civilians, None), what
    assert count(claims, dataclasses.replace(IBC, rivals="range"))[0] == [(low, best, high)], what
    assert of_all is None or count(claims)[0] == [of_all], what


def test_the_ledger_says_which_part_is_a_minimum():
    for others, reason in (((), AT_LEAST), ((claim(2, 6, **SOLDIERS),), "used")):
        ledger = count([claim(0, 9), claim(1, 3, **CHILDREN), *others], IBC)[1]
        assert ledger[:2] == [(0, False, "out of scope: victims unknown"), (1, True, reason)]


def test_policies_that_share_their_work_differ_where_they_should():
    claims = [claim(n, 24, None, "vague", wording="dozens", victim_status="combatant", effect=effect)
              for n, effect in enumerate(("killed", "injured"))]
    policies = (DEFAULT, dataclasses.replace(DEFAULT, name="a dozen", vague={"dozens": 12}), POLICIES["IBC-style"])
    rows, ledger = incidents.all_totals(claims, policies, {"a": Article("a")})
    assert [(r.effect, r.low, r.best, r.high, r.n_articles) for r in rows] == [
        ("killed", 24, None, None, 1), ("injured", 24, None, None, 1),
        ("killed", 12, 12, 12, 1), ("injured", 12, 12, 12, 1),
        ("killed", None, None, None, 0), ("injured", None, None, None, 0)]
    assert [(e.policy, e.reason) for e in ledger] == [
        (DEFAULT.name, "used"), (DEFAULT.name, "used"), ("a dozen", "used"), ("a dozen", "used"),
        ("IBC-style", "out of scope: victims combatant"), ("IBC-style", "out of scope: injured")]


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


def test_the_killed_come_first_in_each_incident():
    claims = [claim(0, 5, effect="injured"), claim(1, 2, effect="killed"), claim(2, 3, effect="captured")]
    rows, ledger = incidents.totals(claims, DEFAULT, {"a": Article("a")})
    assert [row.effect for row in rows] == [entry.effect for entry in ledger] == ["killed", "injured", "captured"]


@pytest.mark.parametrize(("outlets", "counted"), [
    ((None, None), (2, 2)), (("Radio", None), (2, 1)), (("Radio", "Radio"), (1, 0))])
def test_outlets_that_are_not_known_are_told_apart(outlets, counted):
    articles = {name: Article(name, outlet=outlet) for name, outlet in zip("ab", outlets, strict=True)}
    [row], _ = incidents.totals([claim(0, 5), claim(0, 5, article="b", root="B")], DEFAULT, articles)
    assert (row.n_outlets, row.n_outlets_unknown) == counted


def test_best_is_of_the_best_graded_root():
    claims = [claim(0, 10, root="gov"), claim(1, 12, root="hospital", restates=0)]
    assert count(claims, grades={"hospital": "B", "gov": "D"})[0] == [(10, 12, 12)]


@pytest.mark.parametrize(("fields", "said"), [
    ({"root": "Army"}, "the figure of Army, grade F, 2022-03-01"),
    ({"root": "unknown (a)"}, "the figure of the article itself, grade F, 2022-03-01"),
    ({"root": "residents (a)"}, "the figure of residents, grade F, 2022-03-01"),
    ({"root": "unknown (a)", "bound": "vague", "high": None},
     "the article itself, grade F, 2022-03-01, gives no number"),
])
def test_best_names_its_account_in_words(fields, said):
    [row], _ = incidents.totals([claim(0, 2, **fields)], DEFAULT, {"a": Article("a", published="2022-03-01")})
    assert row.best_reason == said


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


def test_ibc_counts_the_policemen_among_people_of_whom_it_is_not_said_who_they_are():
    claims = [claim(0, 26), claim(1, 4, part_of=0, victim_status="police")]
    assert count(claims, POLICIES["IBC-style"])[0] == [(4, None, 26)]


def test_corrections_that_lead_in_a_circle_are_counted_all_the_same():
    claims = [claim(0, 3, part_of=1, victim_status="civilian"), claim(1, 9, restates=0)]
    assert count(claims, POLICIES["IBC-style"])[0] == [(3, None, 9)]


def test_the_best_of_a_sum_with_none_among_it_is_no_denial():
    """The army tells one article of no soldier and three others, and another of nobody."""
    claims = [claim(0, 0, victim_status="combatant"), claim(1, 3, victim_status="civilian"), claim(0, 0, article="b")]
    assert count(claims)[0] == count(claims[::-1])[0] == [(0, 3, 3)]


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

def linked(*events, published=None, mentions=(), parties=None):
    known = {"effect": "killed", "low": 5, "high": 5, "bound": "exact"}
    claims = [Casualty(article, i, 0, 1, **{**known, "event": i, **fields})
              for i, (article, fields) in enumerate(events)]
    articles = {c.article_id: Article(c.article_id, published=(published or {}).get(c.article_id)) for c in claims}
    names, links = incidents.link(claims, articles, mentions, parties=parties)
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
    ("a week later", {"date": "2022-03-25", "place": "Alpha"}, False),
    ("the night of that day", {"date": "2022-03-18/2022-03-19", "place": "Alpha"}, True),
    ("the night before the day before", {"date": "2022-03-16/2022-03-17", "place": "Alpha"}, False),
    ("the month", {"date": "2022-03", "place": "Alpha"}, False),
    ("a higher toll", {**SAME, "low": 9, "high": 9}, True),
])
def test_what_joins_two_articles(what, other, joined):
    names, links = linked(("a", SAME), ("b", other))
    assert (names[0] == names[1]) is joined, what
    assert bool(links) is joined


BOMB = {**SAME, "means": "bomb", "perpetrator": "Red Front", "victim_status": "police", "root": "Army"}
NINE = {"low": 9, "high": 9}


@pytest.mark.parametrize(("what", "other", "joined"), [
    ("other hands, means and victims",
     {"means": "shooting", "perpetrator": "Blue Front", "victim_status": "civilian", **NINE}, False),
    ("other hands, another figure", {"perpetrator": "Blue Front", **NINE}, False),
    ("other hands, the same figure: who did it is disputed", {"perpetrator": "Blue Front"}, True),
    ("other means, another figure", {"means": "shooting", **NINE}, False),
    ("a bomb for one, an explosion for another", {"means": "explosion", **NINE}, True),
    ("other means, nothing else told", {"means": "shooting", "low": 2, "high": None, "bound": "plural"}, True),
    ("other victims, another figure: the civilians of the same attack", {"victim_status": "civilian", **NINE}, True),
    ("a spokesman's side did it", {"perpetrator": "Red Front spokesman", **NINE}, True),
    ("each side accuses the other", {"perpetrator": "Army", "root": "Red Front", **NINE}, True),
    ("each side tells of its own attack", {"perpetrator": "Blue Front", "root": "Blue Front", **NINE}, False),
])
def test_two_attacks_in_one_town_on_one_day(what, other, joined):
    names, _ = linked(("a", BOMB), ("b", {**SAME, **other}), parties={"Red Front spokesman": "Red Front"})
    assert (names[0] == names[1]) is joined, what


def at(article, name, precision, latitude=36.7, longitude=67.1):
    return Mention(article, 0, 1, "x", "place", name, latitude=latitude, longitude=longitude, where_prec=precision)


@pytest.mark.parametrize(("what", "place", "fields", "joined"), [
    ("the province, the same figure", at("b", "Alpha province", 4, 36.9), {}, True),
    ("all over the province", at("b", "Alpha province", 4, 36.9), NINE, False),
    ("the province, by the same hands and means", at("b", "Alpha province", 4, 36.9),
     {**NINE, "perpetrator": "Red Front", "means": "bomb"}, True),
    ("the next town, the same figure", at("b", "Beta", 1, 36.8), {}, True),
    ("the next town, another figure", at("b", "Beta", 1, 36.8), NINE, False),
    ("a town far away", at("b", "Beta", 1, 39.9), {}, False),
])
def test_how_near_is_near_enough(what, place, fields, joined):
    did = {"perpetrator": "Red Front", "means": "bomb"}
    names, _ = linked(("a", {**SAME, **did}), ("b", {**SAME, "place": place.entity, **fields}),
                      mentions=[at("a", "Alpha", 1), place])
    assert (names[0] == names[1]) is joined, what


def test_all_over_a_country_on_one_day_is_no_place():
    mentions = [at("a", "Alpha", 6), at("b", "Alpha", 6)]
    assert len(set(linked(("a", SAME), ("b", SAME), mentions=mentions)[0])) == 2
    bombs = {**SAME, "means": "bomb"}
    assert len(set(linked(("a", bombs), ("b", bombs), mentions=mentions)[0])) == 1


def test_one_province_and_two_towns_in_it_are_two_places():
    """Both articles name the province, but one the town in its north, the other the town in its south."""
    claims = [Casualty(article, number, 0, 1, "killed", 5, 5, "exact", date="2022-03-18", place=place)
              for article, town in (("a", "North"), ("b", "South")) for number, place in enumerate((town, "Alpha"))]
    mentions = [at("a", "Alpha", 4), at("b", "Alpha", 4), at("a", "North", 1, 37.2), at("b", "South", 1, 36.2)]
    names, _ = incidents.link(claims, {"a": Article("a"), "b": Article("b")}, mentions)
    assert names["a", 0] != names["b", 0]


def test_the_day_somebody_died_of_wounds_is_not_the_day_of_the_attack():
    claims = [Casualty("a", 0, 0, 1, "killed", 12, 12, "exact", **SAME),
              Casualty("a", 1, 0, 1, "killed", 3, 3, "exact", date="2022-03-22", part_of=0),
              Casualty("b", 0, 0, 1, "killed", 9, 9, "exact", **SAME)]
    articles = {"a": Article("a", published="2022-03-23"), "b": Article("b", published="2022-03-19")}
    names, _ = incidents.link(claims, articles, [])
    assert names["a", 0] == names["b", 0]


def test_a_city_and_its_province_are_near_enough():
    mentions = [Mention("a", 0, 1, "x", "place", "Alpha", latitude=36.7, longitude=67.1, where_prec=1),
                Mention("b", 0, 1, "x", "place", "Alpha province", latitude=36.9, longitude=66.9, where_prec=4)]
    names, _ = linked(("a", SAME), ("b", {**SAME, "place": "Alpha province"}), mentions=mentions)
    assert names[0] == names[1]


def test_a_chain_of_links_never_joins_a_contradiction():
    """b leaves the year open and fits both a and c; a and c are two years apart."""
    names, _ = linked(("a", SAME), ("b", {**SAME, "date": "XXXX-03-18"}), ("c", {**SAME, "date": "2023-03-18"}))
    assert names[0] != names[2]


def test_what_the_analyst_rejects_tells_neither_day_nor_place():
    rejected = {**SAME, "event": 0, "judged": "rejected"}
    names, _ = linked(("a", {"event": 0}), ("b", SAME), ("a", rejected))
    assert names[0] != names[1]
    rows, _ = incidents.totals([claim(0, 5), claim(1, 2, judged="rejected", **SAME)], DEFAULT, {"a": Article("a")})
    assert [(row.date, row.place) for row in rows] == [(None, None)]


def test_two_events_of_one_article_stay_two():
    names, _ = linked(("a", SAME), ("a", SAME))
    assert names[0] != names[1]


def test_order_does_not_matter_for_what_is_joined():
    events = [("a", SAME), ("b", SAME), ("c", {**SAME, "place": "Beta"})]
    forward, _ = linked(*events)
    backward, _ = linked(*reversed(events))
    assert len(set(forward)) == len(set(backward)) == 2


# ------------------------------------------------------------------ over incidents

def incident(name, low=None, best=None, high=None, effect="killed", **fields):
    known = dict.fromkeys(Incident.__dataclass_fields__) | {"n_articles": 1, "n_claims": 1, "n_reviewed": 0,
                                                            "told_apart": ()}
    return Incident(**known | {"incident": name, "effect": effect, "low": low, "best": best, "high": high, **fields})


def summed(*rows, unit="person", published=None, **fields):
    """Sum incidents that stand in an article each."""
    claims = [claim(0, 1, article=row.incident, incident=row.incident, effect=row.effect, unit=unit, **fields)
              for row in rows]
    return claims, {row.incident: Article(row.incident, published=published) for row in rows}


APART = ({"date": "2022-03-18", "place": "Alpha"}, {"date": "2022-03-19", "place": "Alpha"},
         {"date": "2022-05", "place": "Beta"})


def test_different_incidents_add_up():
    rows = [incident("I1", 1, 2, 3, **APART[0]), incident("I2", 10, 10, 20, **APART[1])]
    [total] = incidents.overall(rows, *summed(*rows))
    assert (total.low, total.best, total.high, total.covers) == (11, 12, 23, "2 of 2 incidents added")


def test_what_is_not_known_is_no_zero():
    rows = [incident("I1", 5, 5, 5, **APART[0]), incident("I2", **APART[1]), incident("I3", 2, **APART[2])]
    [total] = incidents.overall(rows, *summed(*rows))
    assert (total.low, total.best, total.high, total.not_known) == (7, None, None, ("I2",))
    assert total.covers == "2 of 3 incidents added; no best figure in I3; not known in I2"
    [nothing] = incidents.overall(rows[1:2], *summed(*rows))
    assert (nothing.low, nothing.best, nothing.high) == (None, None, None)


@pytest.mark.parametrize(("what", "one", "other", "added"), [
    ("another day", APART[0], APART[1], True),
    ("another place", APART[0], {"date": "2022-03-18", "place": "Beta"}, False),
    ("a far place", {"date": "2022-03-18", "place": "A", "latitude": 1.0, "longitude": 1.0, "where_prec": 1},
     {"date": "2022-03-18", "place": "B", "latitude": 9.0, "longitude": 1.0, "where_prec": 1}, True),
    ("a place without coordinates, another day", {"date": "2022-03-18"}, {"date": "2022-03-19"}, True),
    ("a day within the month", APART[0], {"date": "2022-03", "place": "Alpha"}, False),
    ("a month later", APART[0], APART[2], True),
    ("no year", APART[0], {"date": "XXXX-03-18", "place": "Alpha"}, False),
    ("nothing known", {}, {}, False),
    ("days that touch", {"date": "2022-03-18/2022-03-19"}, {"date": "2022-03-19"}, False),
])
def test_what_may_be_one_incident_is_added_once(what, one, other, added):
    rows = [incident("I1", 5, 5, 5, n_articles=2, **one), incident("I2", 4, 4, 4, **other)]
    [total] = incidents.overall(rows, *summed(*rows))
    assert (total.low, total.high) == ((9, 9) if added else (5, None)), what
    assert total.not_added == ({} if added else {"I2": "may be I1"})


AREA = {"date": "2022-03-18", "latitude": 36.7, "longitude": 67.1}


@pytest.mark.parametrize(("what", "one", "other", "added"), [
    ("a country and a town in it", {"place": "Land", "where_prec": 6}, {"place": "Town", "where_prec": 1}, False),
    ("a province and a town in it", {"place": "Province", "where_prec": 4},
     {"place": "Town", "where_prec": 1, "latitude": 37.4}, False),
    ("a town and the next", {"place": "Town", "where_prec": 1}, {"place": "Next", "where_prec": 1, "latitude": 36.8},
     False),
    ("two towns", {"place": "Town", "where_prec": 1}, {"place": "Far", "where_prec": 1, "latitude": 37.4}, True),
    ("the gazetteer knows the province", {"place": "Mazar-i-Sharif", "where_prec": 1, "place_id": "city"},
     {"place": "Balkh", "where_prec": 4, "place_id": "province"}, False),
    ("and the next one", {"place": "Mazar-i-Sharif", "where_prec": 1, "place_id": "city"},
     {"place": "Samangan", "where_prec": 4, "place_id": "next"}, True),
])
def test_places_that_hold_one_another_may_be_one(what, one, other, added):
    known = {"city": resolve("Mazar-i-Sharif"), "province": resolve("Balkh province"),
             "next": resolve("Samangan province")}
    one, other = ({**row, **({"place_id": known[row["place_id"]].place_id} if "place_id" in row else {})}
                  for row in (one, other))
    rows = [incident("I1", 5, 5, 5, n_articles=2, **{**AREA, **one}), incident("I2", 4, 4, 4, **{**AREA, **other})]
    [total] = incidents.overall(rows, *summed(*rows))
    assert total.low == (9 if added else 5), what


def test_what_the_analyst_told_apart_is_added():
    rows = [incident("I1", 5, 5, 5, told_apart=("I2",), **APART[0]), incident("I2", 4, 4, 4, **APART[0])]
    [total] = incidents.overall(rows, *summed(*rows))
    assert (total.low, total.best, total.not_added) == (9, 9, {})


def test_looking_by_time_and_region_finds_what_comparing_all_pairs_finds(monkeypatch):
    chance = random.Random(7)
    days = [None, "XXXX-03-04", "2022", "2022-03", "2022-04", "2022-02-27/2022-03-02",
            *(f"2022-{month:02}-{day:02}" for month in range(2, 5) for day in range(1, 29))]
    spots = [(None,) * 4, ("Land", 36, 67, 6), ("Province", 36.5, 67, 4),
             *((f"Town {i}", 34 + i / 4, 66 + i % 3, 1) for i in range(12))]
    rows = [incident(f"I{i}", 1, 1, 1, date=chance.choice(days), **dict(zip(
        ("place", "latitude", "longitude", "where_prec"), chance.choice(spots), strict=True))) for i in range(300)]
    claims, articles = summed(*rows, published="2022-03-20")
    found = set(incidents.overall(rows, claims, articles)[0].not_added)
    monkeypatch.setattr(doubles._Index, "near", lambda index, one: index.told["any time", "anywhere"])
    assert set(incidents.overall(rows, claims, articles)[0].not_added) == found
    assert 60 < len(found) < 250


def test_one_article_tells_its_incidents_apart():
    rows = [incident("I1", 5, 5, 5), incident("I2", 4, 4, 4)]
    claims = [claim(0, 5), claim(1, 4, incident="I2")]
    assert incidents.overall(rows, claims, {"a": Article("a")})[0].best == 9


def test_reports_weeks_apart_without_a_date_are_of_two_incidents():
    rows = [incident("I1", 5, 5, 5), incident("I2", 4, 4, 4)]
    claims, _ = summed(*rows)
    for day, low in (("2022-03-10", 5), ("2022-03-30", 9)):
        articles = {"I1": Article("I1", published="2022-03-01"), "I2": Article("I2", published=day)}
        assert incidents.overall(rows, claims, articles)[0].low == low


def test_families_and_cumulative_figures_are_not_added():
    rows = [incident("I1", 5, 5, 5, "displaced", **APART[0]), incident("I2", 4, 4, 4, "displaced", **APART[1])]
    claims, articles = summed(*rows)
    families = claim(1, 5, incident="I1", article="I1", effect="displaced", unit="family")
    since = claim(2, 9000, incident="I2", article="I2", effect="displaced", scope="cumulative")
    [total] = incidents.overall(rows, [*claims, families, since], articles)
    assert (total.low, total.best, total.added) == (4, None, ("I2",))
    assert total.covers == ("1 of 2 incidents added; I1 not added: counted in families; "
                            "1 cumulative statement not added")


@pytest.mark.parametrize(("fields", "covers"), [
    ({"scope": "cumulative"}, "no incident; 1 cumulative statement not added"), ({"judged": "rejected"}, "no incident"),
])
def test_a_figure_since_1979_and_a_rejected_one_are_no_incident(fields, covers):
    rows = [incident("I1", 5, 5, 5, **APART[0]), incident("I2")]
    claims = [claim(0, 5), claim(0, 70000, article="b", incident="I2", **fields)]
    articles = {"a": Article("a"), "b": Article("b")}
    [total] = incidents.overall(rows, claims, articles)
    assert (total.low, total.best, total.high, total.not_known, total.not_added) == (5, 5, 5, (), {})
    [nothing] = incidents.overall(rows[1:], claims, articles)
    assert (nothing.low, nothing.best, nothing.high, nothing.covers) == (None, None, None, covers)


def test_rows_of_two_policies_are_refused():
    rows = [incident("I1", 5, 5, 5, policy="one"), incident("I1", 4, 4, 4, policy="two")]
    with pytest.raises(ValueError, match="one policy"):
        incidents.overall(rows, *summed(rows[0]))


@pytest.mark.parametrize(("edtf", "unit", "period"), [
    ("2022-03-18", "day", "2022-03-18"), ("2022-03-18", "month", "2022-03"), ("2022-03", "month", "2022-03"),
    ("2022-03-04/2022-03-05", "month", "2022-03"), ("2022-03", "day", "not known"), ("2022", "month", "not known"),
    ("XXXX-03-18", "month", "not known"), ("2022-03-30/2022-04-02", "month", "not known"), (None, "day", "not known"),
])
def test_unknown_dates_are_never_placed(edtf, unit, period):
    rows = [incident("I1", 5, 5, 5, date=edtf)]
    assert list(incidents.by_time(rows, *summed(*rows), unit)) == [period]


def test_what_may_be_one_incident_is_added_in_no_other_month():
    rows = [incident("I1", 5, 5, 5, n_articles=2, **APART[0]), incident("I2", 4, 4, 4),
            incident("I3", 3, 3, 3, **APART[2])]
    found = incidents.by_time(rows, *summed(*rows))
    assert {month: (sums[0].low, sums[0].high) for month, sums in found.items()} == {
        "2022-03": (5, 5), "2022-05": (3, 3), "not known": (None, None)}
