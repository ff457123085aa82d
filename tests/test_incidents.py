"""Incidents on hand-made claims: what is one incident, what counts, what does not, and why."""

from __future__ import annotations

import dataclasses

import pytest

from analysis import incidents
from analysis.incidents import DEFAULT, POLICIES, accounts, linking
from analysis.records import Article, Casualty, Incident, Mention


def claim(number, low, high=None, bound="exact", root="A", article="a", **fields):
    high = low if bound in ("exact", "named") and high is None else high
    known = {"effect": "killed", "low": low, "high": high, "bound": bound, "root": root, "incident": "I1"}
    return Casualty(article, number, 0, 1, **{**known, **fields})


def count(claims, policy=DEFAULT, published=None, grades=None):
    articles = {c.article_id: Article(c.article_id, published=(published or {}).get(c.article_id)) for c in claims}
    rows, ledger = incidents.totals(claims, policy, articles, grades=grades)
    return [(r.low, r.best, r.high) for r in rows], [(e.casualty, e.used, e.reason) for e in ledger]


# ------------------------------------------------------------------ totals

ADDED = "used: added up with the other groups of victims"
PARTS = "used: at least: parts without a stated total"
LESS_PRECISE = "compatible but less precise"
SOLDIERS, CIVILIANS = {"victim_status": "combatant"}, {"victim_status": "civilian"}
PART = {"role": "part"}


@pytest.mark.parametrize(("what", "claims", "expected", "why"), [
    ("one figure", [claim(0, 5)], (5, 5, 5), ["used"]),
    ("zero is a figure", [claim(0, 0)], (0, 0, 0), ["used"]),
    ("only vague", [claim(0, 2, None, "vague")], (2, None, None), ["used"]),
    ("thirty killed or wounded is no best figure of zero", [claim(0, 0, 30, "shared")], (0, None, 30), ["used"]),
    ("at least is open above", [claim(0, 20, None, "at_least")], (20, 20, None), ["used"]),
    ("up to is open below", [claim(0, None, 30, "at_most")], (None, None, 30), ["used"]),
    ("one person is no rival of thirteen", [claim(0, 1), claim(0, 13, article="b", root="B")], (13, 13, 13),
     ["tells of some of the victims only", "used"]),
    ("two may be", [claim(0, 2), claim(0, 13, article="b", root="B")], (2, 2, 13), ["used", "used"]),
    ("a rival figure of the same people widens",
     [claim(0, 10, root="gov"), claim(1, 12, root="reb", restates=0)], (10, 10, 12), ["used", "used"]),
    ("two articles are rivals, never a sum",
     [claim(0, 5), claim(0, 7, article="b", root="B")], (5, 5, 7), ["used", "used"]),
    ("so are three rows on the same people, told along a chain",
     [claim(0, 5), claim(1, 6, restates=0), claim(2, 7, restates=1)], (5, 5, 7), ["used"] * 3),
    ("several agrees with five",
     [claim(0, 5), claim(1, 2, None, "vague", restates=0)], (5, 5, 5), ["used", LESS_PRECISE]),
    ("in another article, too",
     [claim(0, 5), claim(0, 2, None, "vague", article="b", root="B")], (5, 5, 5), ["used", LESS_PRECISE]),
    ("dozens contradicts five", [claim(0, 5), claim(1, 24, None, "vague", restates=0, root="B")], (5, 5, None),
     ["used", "used"]),
    ("at least 20 beside a rival's 61",
     [claim(0, 20, None, "at_least"), claim(1, 61, restates=0, root="B")], (20, 20, 61), ["used", "used"]),
    ("at least 20 beside a rival's 23",
     [claim(0, 20, None, "at_least"), claim(1, 23, restates=0, root="B")], (23, 23, 23), [LESS_PRECISE, "used"]),
    ("up to 30 beside a rival's 12",
     [claim(0, None, 30, "at_most"), claim(1, 12, restates=0, root="B")], (12, 12, 12), [LESS_PRECISE, "used"]),
    ("at least 80 contradicts a rival's 61",
     [claim(0, 80, None, "at_least"), claim(1, 61, restates=0, root="B")], (61, 61, None), ["used", "used"]),
    ("the lesser of two minimums of one root",
     [claim(0, 3, None, "at_least"), claim(1, 5, None, "at_least", restates=0)], (5, 5, None),
     [LESS_PRECISE, "used"]),
    ("but of two roots both stand",
     [claim(0, 3, None, "at_least"), claim(1, 5, None, "at_least", restates=0, root="B")], (3, 3, None),
     ["used", "used"]),
    ("words beside a minimum",
     [claim(0, 2, None, "plural"), claim(1, 5, None, "at_least", restates=0, root="B")], (5, 5, None),
     [LESS_PRECISE, "used"]),
    ("different victims of one article add up", [claim(0, 3), claim(1, 4)], (7, 7, 7), [ADDED, ADDED]),
    ("an open one opens the sum", [claim(0, 3), claim(1, 2, None, "plural")], (5, None, None), [ADDED, ADDED]),
    ("a sum beside a rival", [claim(0, 3), claim(1, 4), claim(0, 9, article="b", root="B")], (7, 7, 9),
     [ADDED, ADDED, "used"]),
    ("three civilians beside three civilians and five soldiers",
     [claim(0, 3, **CIVILIANS), claim(0, 3, **CIVILIANS, article="b", root="B"),
      claim(1, 5, **SOLDIERS, article="b", root="B")], (8, 8, 8),
     ["tells of some of the victims only", ADDED, ADDED]),
    ("soldiers for one, civilians for another: perhaps the same dead",
     [claim(0, 5, **SOLDIERS), claim(0, 5, **CIVILIANS, article="b", root="B")], (5, 5, 5), ["used", "used"]),
    ("a part stands below its toll", [claim(0, 26), claim(1, 4, part_of=0)], (26, 26, 26),
     ["used", "part of another"]),
    ("also where it is told again", [claim(0, 26), claim(1, 4, part_of=0), claim(2, 5, restates=1)], (26, 26, 26),
     ["used", "part of another", "restates a part of another"]),
    ("a part of what tells the toll again", [claim(0, 26), claim(1, 27, restates=0), claim(2, 4, part_of=1)],
     (26, 26, 27), ["used", "used", "part of another"]),
    ("a part of a part", [claim(0, 26), claim(1, 9, part_of=0), claim(2, 4, part_of=1)], (26, 26, 26),
     ["used", "part of another", "part of another"]),
    ("of a part that is rejected",
     [claim(0, 26), claim(1, 9, part_of=0, judged="rejected"), claim(2, 4, part_of=1)], (26, 26, 26),
     ["used", "rejected by the analyst", "part of another"]),
    ("of what restates a rejected toll",
     [claim(0, 26, judged="rejected"), claim(1, 4, part_of=0), claim(2, 24, restates=0)], (24, 24, 24),
     ["rejected by the analyst", "part of another", "used"]),
    ("a part never widens a range, of another article neither",
     [claim(0, 26), claim(0, 4, **PART, article="b", root="B")], (26, 26, 26),
     ["used", "part of a toll that another claim gives"]),
    ("soldiers are no part of a toll of civilians",
     [claim(0, 26, **CIVILIANS), claim(1, 4, **PART, **SOLDIERS)], (30, 30, None), [ADDED, PARTS]),
    ("parts without a total are a minimum", [claim(0, 3, **PART), claim(1, 4, **PART)], (7, 7, None), [PARTS] * 2),
    ("one of them, too", [claim(0, 3, **PART)], (3, 3, None), [PARTS]),
    ("of words none is the best", [claim(0, 3, **PART), claim(1, 2, None, "plural", **PART)], (5, None, None),
     [PARTS] * 2),
    ("parts of a rejected toll are left without one",
     [claim(0, 26, judged="rejected"), claim(1, 4, part_of=0), claim(2, 3, part_of=0)], (7, 7, None),
     ["rejected by the analyst", PARTS, PARTS]),
    ("several elsewhere is no toll of numbered parts",
     [claim(0, 3, **PART), claim(1, 4, **PART), claim(0, 2, None, "vague", article="b", root="B")], (7, 7, None),
     [PARTS, PARTS, LESS_PRECISE]),
    ("a corrected figure is out", [claim(0, 84, superseded_by=1), claim(1, 78, restates=0)], (78, 78, 78),
     ["superseded in the same article", "used"]),
    ("unless the analyst rejects the correction",
     [claim(0, 84, superseded_by=1), claim(1, 78, restates=0, judged="rejected")], (84, 84, 84),
     ["used", "rejected by the analyst"]),
    ("a denial is no figure", [claim(0, 14, certainty="denied")], (None, None, None), ["denied"]),
    ("nor a hypothesis", [claim(0, 14, certainty="hypothetical")], (None, None, None), ["hypothetical"]),
    ("nor a count since 1979", [claim(0, 70000, scope="cumulative", role="over time")], (None, None, None),
     ["out of scope: cumulative figure"]),
    ("nor what the analyst rejects", [claim(0, 14, judged="rejected")], (None, None, None),
     ["rejected by the analyst"]),
])
def test_low_best_high_and_why(what, claims, expected, why):
    figures, ledger = count(claims)
    assert (figures, [reason for *_, reason in ledger]) == ([expected], why), what
    assert [used for _, used, _ in ledger] == [reason.startswith("used") for reason in why]


DAYS = {"a": "2022-03-01", "b": "2022-03-02", "c": "2022-03-02"}


def test_what_is_left_of_an_article_whose_toll_is_superseded_is_no_rival():
    """Six dead in all and a prisoner, then thirteen dead by the same voice: the prisoner is no count of them all."""
    claims = [claim(0, 6), claim(1, 2, root="Z"), claim(0, 13, article="b")]
    figures, ledger = count(claims, published=DAYS)
    assert figures == [(13, 13, 13)]
    assert [reason for *_, reason in ledger] == ["superseded by a later report of A",
                                                 "tells of some of the victims only", "used"]


@pytest.mark.parametrize(("what", "claims", "expected", "old"), [
    ("the latest toll", [claim(0, 5), claim(0, 8, article="b")], (8, 8, 8), [True, False]),
    ("a lower one, too", [claim(0, 8), claim(0, 5, article="b")], (5, 5, 5), [True, False]),
    ("two of one day", [claim(0, 8, article="b"), claim(0, 5, article="c")], (5, 5, 8), [False, False]),
    ("of another root", [claim(0, 8), claim(0, 5, article="b", root="B")], (5, 5, 8), [False, False]),
    ("a later word replaces no number", [claim(0, 8), claim(0, 2, None, "vague", article="b")], (8, 8, 8),
     [False, False]),
    ("a later number replaces words", [claim(0, 24, None, "vague"), claim(0, 9, article="b")], (9, 9, 9),
     [True, False]),
    ("a later report on the soldiers replaces no civilians",
     [claim(0, 8, **CIVILIANS), claim(0, 3, **SOLDIERS, article="b")], (3, 3, 8), [False, False]),
    ("a later part replaces no toll", [claim(0, 26), claim(0, 4, **PART, article="b")], (26, 26, 26), [False, False]),
    ("an undated report stands", [claim(0, 8), claim(0, 5, article="z")], (5, 8, 8), [False, False]),
])
def test_of_each_root_the_latest_toll_stands(what, claims, expected, old):
    figures, ledger = count(claims, published=DAYS)
    assert figures == [expected], what
    assert [reason == "superseded by a later report of A" for *_, reason in ledger] == old


@pytest.mark.parametrize(("what", "grades", "days", "best"), [
    ("the best grade, not the latest", {"A": "B", "B": "C"}, ("2022-03-01", "2022-03-02"), 10),
    ("who cannot be judged before who is known to be unreliable", {"A": "D"}, ("2022-03-02", "2022-03-01"), 12),
    ("and before who is worse", {"B": "E", "A": "D"}, ("2022-03-01", "2022-03-02"), 10),
    ("C before F", {"B": "C"}, ("2022-03-02", "2022-03-01"), 12),
    ("the latest of equals", {}, ("2022-03-02", "2022-03-01"), 10),
    ("the lower of ties", {}, ("2022-03-01", "2022-03-01"), 10),
    ("a day before no day", {}, (None, "2022-03-01"), 12),
])
def test_best_is_of_the_best_graded_root(what, grades, days, best):
    claims = [claim(0, 10), claim(0, 12, root="B", article="b")]
    published = dict(zip("ab", days, strict=True))
    for order in (claims, claims[::-1]):
        assert count(order, published=published, grades=grades)[0] == [(10, best, 12)], what


def test_of_figures_of_one_day_and_grade_the_one_that_most_roots_give_is_best():
    claims = [claim(0, 10), *(claim(0, 12, root=name, article=name) for name in "BC")]
    assert count(claims)[0] == count(claims[::-1])[0] == [(10, 12, 12)]


def test_a_sum_is_as_good_as_its_worst_root():
    """Else the 20 of an unreliable army would be best as soon as a village elder tells of two others."""
    claims = [claim(0, 20, root="army"), claim(1, 2, root="elder"), claim(0, 9, article="b", root="hospital")]
    assert count(claims, grades={"army": "D"})[0] == [(9, 9, 22)]


def test_an_unreliable_number_makes_no_other_less_precise():
    claims = [claim(0, 61, root="army"), claim(1, 20, None, "at_least", restates=0, root="hospital")]
    assert count(claims, grades={"army": "D"}) == ([(20, 20, None)], [(0, True, "used"), (1, True, "used")])
    assert count(claims, grades={"army": "D", "hospital": "E"})[0] == [(20, 61, 61)]
    words = [claims[0], claim(1, 2, None, "vague", restates=0, root="hospital")]
    assert count(words, grades={"army": "D"})[0] == [(61, 61, 61)]


def test_a_denial_is_no_best_figure_beside_a_count():
    """The army tells one article of no soldier and three others, and another of nobody."""
    claims = [claim(0, 0, **SOLDIERS), claim(1, 3, **CIVILIANS), claim(0, 0, article="b")]
    assert count(claims)[0] == count(claims[::-1])[0] == [(0, 3, 3)]


@pytest.mark.parametrize(("fields", "said"), [
    ({"root": "Army"}, "the figure of Army, grade F, 2022-03-01"),
    ({"root": "unknown (a)"}, "the figure of the article itself, grade F, 2022-03-01"),
    ({"root": "residents (a)"}, "the figure of residents, grade F, 2022-03-01"),
    ({"root": "unknown (a)", "bound": "vague", "high": None},
     "the article itself, grade F, 2022-03-01, gives no number"),
    ({"root": "Army", "role": "part"},
     "at least: parts without a stated total; the figure of Army, grade F, 2022-03-01"),
])
def test_best_names_its_account_in_words(fields, said):
    [row], _ = incidents.totals([claim(0, 2, **fields)], DEFAULT, {"a": Article("a", published="2022-03-01")})
    assert row.best_reason == said


# ------------------------------------------------------------------ policies

IBC, ACLED = POLICIES["IBC-style"], POLICIES["ACLED-style"]


@pytest.mark.parametrize(("policy", "expected"), [
    ("all effects, independent roots first", [(4, 4, 6), (3, 3, 3)]),
    ("UCDP-style", [(4, 4, 6), (None, None, None)]),
    ("ACLED-style", [(4, 4, 4), (None, None, None)]),
    ("IBC-style", [(4, None, 6), (None, None, None)]),
])
def test_policies_side_by_side(policy, expected):
    """Out of scope is not known, never 0."""
    claims = [claim(0, 4, **CIVILIANS), claim(1, 6, restates=0, root="B", **CIVILIANS),
              claim(2, 3, effect="injured", **CIVILIANS)]
    assert count(claims, POLICIES[policy])[0] == expected


@pytest.mark.parametrize(("what", "claims", "expected", "why"), [
    ("dozens are twelve", [claim(0, 24, None, "vague", wording="dozens")], (12, 12, 12),
     ["used"]),
    ("several keeps its bounds, of which the lower counts", [claim(0, 2, None, "vague", wording="several")],
     (2, 2, 2), ["used"]),
    ("at least 20 is 20", [claim(0, 20, None, "at_least")], (20, 20, 20), ["used"]),
    ("5 to 7 is 5", [claim(0, 5, 7, "range")], (5, 5, 5), ["used: as this policy reads it"]),
    ("of rivals the lowest", [claim(0, 6), claim(1, 4, restates=0), claim(0, 9, article="b", root="B")], (4, 4, 4),
     ["higher than the most conservative figure", "used", "higher than the most conservative figure"]),
    ("a sum of them", [claim(0, 6), claim(1, 4, restates=0), claim(2, 2)], (6, 6, 6),
     ["higher than the most conservative figure", ADDED, ADDED]),
    ("up to 30 is not known", [claim(0, None, 30, "at_most")], (None, None, None), ["used"]),
])
def test_acled_takes_the_most_conservative_figure(what, claims, expected, why):
    figures, ledger = count(claims, ACLED)
    assert (figures, [reason for *_, reason in ledger]) == ([expected], why), what


def test_ibc_leaves_fighters_and_whom_nobody_describes_in_the_ledger():
    claims = [claim(0, 4, **SOLDIERS), claim(1, 3), claim(2, 2, victim_status="police"), claim(3, 1, **CIVILIANS)]
    assert count(claims, IBC) == ([(3, None, 3)], [
        (0, False, "out of scope: victims combatant"), (1, False, "out of scope: victims unknown"), (2, True, ADDED),
        (3, True, ADDED)])


def test_attackers_count_where_the_policy_says_so():
    claims = [claim(0, 9), claim(1, 2, victim_groups=("attacker",))]
    assert count(claims) == ([(11, 11, 11)], [(0, True, ADDED), (1, True, ADDED)])
    assert count(claims, dataclasses.replace(DEFAULT, attackers=False)) == (
        [(9, 9, 9)], [(0, True, "used"), (1, False, "attackers, not counted by this policy")])


CHILDREN = {"part_of": 0, **CIVILIANS}
AT_LEAST = "used: at least: others of the total may count, too"


@pytest.mark.parametrize(("what", "claims", "of_civilians", "best"), [
    ("the six others may be civilians, too", [claim(0, 9), claim(1, 3, **CHILDREN)], (3, 9), None),
    ("of at least nine", [claim(0, 9, None, "at_least"), claim(1, 3, **CHILDREN)], (3, None), None),
    ("of several, which is said again to be nine",
     [claim(0, 2, None, "vague"), claim(1, 3, **CHILDREN), claim(2, 9, restates=0)], (3, 9), None),
    ("of nine for one and twelve for another",
     [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 12, restates=0, root="B")], (3, 12), None),
    ("of nine for one and at least twelve for another",
     [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 12, None, "at_least", restates=0, root="B")], (3, None), None),
    ("of twelve, corrected to nine",
     [claim(0, 12, superseded_by=2), claim(1, 3, **CHILDREN), claim(2, 9, restates=0)], (3, 9), None),
    ("of combatants the others are not civilians", [claim(0, 9, **SOLDIERS), claim(1, 3, **CHILDREN)], (3, 3), 3),
    ("of a rejected total they are a minimum",
     [claim(0, 9, judged="rejected"), claim(1, 3, **CHILDREN)], (3, None), 3),
    ("where all others are soldiers the number is known",
     [claim(0, 9), claim(1, 4, **CHILDREN), claim(2, 5, part_of=0, **SOLDIERS)], (4, 4), 4),
    ("a soldier among them is none",
     [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 1, part_of=0, **SOLDIERS)], (3, 8), None),
    ("but who is denied to be a soldier may be a civilian",
     [claim(0, 9), claim(1, 4, **CHILDREN), claim(2, 5, part_of=0, certainty="denied", **SOLDIERS)], (4, 9), None),
    ("two parts add up", [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 2, part_of=0, victim_status="police")],
     (5, 9), None),
    ("never to more than their total", [claim(0, 9), claim(1, 6, **CHILDREN), claim(2, 5, **CHILDREN)], (6, 9), None),
    ("a part above its total is bounded by nothing", [claim(0, 9), claim(1, 12, **CHILDREN)], (12, None), None),
    ("civilians beside the total add up", [claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 2, **CIVILIANS)],
     (5, 11), None),
    ("a part of a part", [claim(0, 9), claim(1, 5, part_of=0), claim(2, 3, part_of=1, **CIVILIANS)], (3, 9), None),
    ("beside a rival's number, which is the best",
     [claim(0, 9), claim(1, 3, **CHILDREN), claim(0, 4, article="b", root="B", **CIVILIANS)], (3, 9), 4),
    ("open, it agrees with a rival's number",
     [claim(0, 9, None, "at_least"), claim(1, 3, **CHILDREN), claim(0, 4, article="b", root="B", **CIVILIANS)],
     (4, 4), 4),
])
def test_a_part_of_victims_of_unknown_status_is_a_minimum(what, claims, of_civilians, best):
    low, no_best, high = count(claims, IBC)[0][0]
    assert ((low, high), no_best) == (of_civilians, None), what
    assert count(claims, dataclasses.replace(IBC, rivals="range"))[0] == [(low, best, high)], what


def test_the_ledger_says_which_part_is_a_minimum():
    nine, three, soldiers = claim(0, 9), claim(1, 3, **CHILDREN), claim(2, 6, part_of=0, **SOLDIERS)
    for others, reason in (((), AT_LEAST), ((soldiers,), "used")):
        ledger = count([nine, three, *others], IBC)[1]
        assert ledger[:2] == [(0, False, "out of scope: victims unknown"), (1, True, reason)]


def test_policies_are_counted_one_after_the_other():
    claims = [claim(n, 24, None, "vague", wording="dozens", effect=effect, **SOLDIERS)
              for n, effect in enumerate(("killed", "injured"))]
    policies = (DEFAULT, dataclasses.replace(DEFAULT, name="a dozen", vague={"dozens": 12}), IBC)
    rows, ledger = incidents.all_totals(claims, policies, {"a": Article("a")})
    assert [(r.effect, r.low, r.best, r.high, r.n_articles) for r in rows] == [
        ("killed", 24, None, None, 1), ("injured", 24, None, None, 1),
        ("killed", 12, 12, 12, 1), ("injured", 12, 12, 12, 1),
        ("killed", None, None, None, 0), ("injured", None, None, None, 0)]
    assert [(e.policy, e.reason) for e in ledger] == [
        (DEFAULT.name, "used"), (DEFAULT.name, "used"),
        ("a dozen", "used"), ("a dozen", "used"),
        ("IBC-style", "out of scope: victims combatant"), ("IBC-style", "out of scope: injured")]


def test_every_claim_is_in_the_ledger_of_every_policy():
    claims = [claim(0, 5), claim(1, 3, part_of=0), claim(2, 2, effect="injured"), claim(3, 9, certainty="denied")]
    for policy in POLICIES.values():
        assert sorted(number for number, *_ in count(claims, policy)[1]) == [0, 1, 2, 3]


@pytest.mark.parametrize("relation", ["restates", "part_of", "superseded_by"])
def test_corrections_that_lead_in_a_circle_raise_nothing(relation):
    claims = [claim(0, 3, **{relation: 1}), claim(1, 9, **{relation: 2}), claim(2, 9, **{relation: 1})]
    expected = {"restates": (3, 3, 9), "part_of": (9, 9, 9), "superseded_by": (None, None, None)}
    assert count(claims)[0] == [expected[relation]]


# ------------------------------------------------------------------ the other columns of an incident

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


def test_roots_of_what_does_not_stand_are_not_counted():
    """The mayor's "several" is no figure beside five, but agrees with it; the navy denies."""
    claims = [claim(0, 5, root="gov", attribution=0), claim(1, 6, restates=0, root="reb", attribution=1),
              claim(2, 2, None, "vague", restates=0, root="mayor", attribution=2),
              claim(3, 9, root="navy", certainty="denied", attribution=3)]
    [row], _ = incidents.totals(claims, DEFAULT, {"a": Article("a")})
    assert (row.n_articles, row.n_outlets, row.n_roots, row.n_claims, row.n_reviewed) == (1, 1, 3, 4, 0)


def test_who_names_nobody_is_no_root_beside_whoever_is_named():
    """Two outlets that give the police's figure without naming anybody may have it from the police."""
    police, herald, radio = (claim(0, 5, article="a", root="police", attribution=0), claim(0, 5, article="b", root="B"),
                             claim(0, 5, article="c", root="C"))
    for claims, roots in (([police, herald, radio], 1), ([herald, radio], 1), ([police], 1)):
        [row], _ = incidents.totals(claims, DEFAULT, {name: Article(name) for name in "abc"})
        assert (row.n_articles, row.n_roots) == (len(claims), roots)


@pytest.mark.parametrize(("what", "claims", "doubt"), [
    ("the weakest role", [claim(0, 5, role_probability=0.9), claim(1, 5, restates=0, role_probability=0.7)], 0.3),
    ("or link", [claim(0, 5, role_probability=0.9, incident_probability=0.6)], 0.4),
    ("of what counts", [claim(0, 5, role_probability=0.9), claim(1, 2, part_of=0, role_probability=0.4)], 0.1),
    ("what the analyst has looked at is sure", [claim(0, 5, role_probability=0.5, judged="accepted")], 0.0),
    ("nothing counts", [claim(0, 5, role_probability=0.5, certainty="denied")], None),
])
def test_the_doubt_of_an_incident(what, claims, doubt):
    [row], _ = incidents.totals(claims, DEFAULT, {"a": Article("a")})
    assert row.doubt == doubt, what


def test_an_incident_is_when_and_where_most_of_its_claims_say():
    there = {"place": "Alpha", "date": "2022-03-18", "perpetrator": "Red Front"}
    claims = [claim(0, 5, place="Land", date="2022-03"), claim(1, 2, **there), claim(2, 1, **there),
              claim(3, 1, place="Beta", date="2022-03-19", judged="rejected")]
    mentions = [at("a", "Alpha", 1), at("a", "Land", 6, 30.0)]
    [row], _ = incidents.all_totals(claims, [DEFAULT], {"a": Article("a")}, mentions, may_be={"I1": "I2"})
    assert (row.date, row.place, row.latitude, row.longitude, row.where_prec, row.perpetrator, row.may_be) == (
        "2022-03-18", "Alpha", 36.7, 67.1, 1, "Red Front", "I2")


def test_what_the_analyst_rejects_tells_neither_day_nor_place():
    [row], _ = incidents.totals([claim(0, 5), claim(1, 2, judged="rejected", **SAME)], DEFAULT, {"a": Article("a")})
    assert (row.date, row.place) == (None, None)


# ------------------------------------------------------------------ linking

SAME = {"date": "2022-03-18", "place": "Alpha"}


def at(article, name, precision, latitude=36.7, longitude=67.1):
    return Mention(article, 0, 1, "x", "place", name, latitude=latitude, longitude=longitude, where_prec=precision)


def linked(*events, published=None, mentions=(), **decided):
    known = {"effect": "killed", "low": 12, "high": 12, "bound": "exact"}
    claims = [Casualty(article, i, 0, 1, **{**known, "event": i, **fields})
              for i, (article, fields) in enumerate(events)]
    articles = {c.article_id: Article(c.article_id, published=(published or {}).get(c.article_id, "2022-03-19"))
                for c in claims}
    found = incidents.link(claims, articles, mentions, **decided)
    return [found.incident[c.article_id, c.event] for c in claims], found


@pytest.mark.parametrize(("what", "other", "joined"), [
    ("day, place and figure", SAME, True),
    ("the year left open", {**SAME, "date": "XXXX-03-18"}, True),
    ("the night of that day", {**SAME, "date": "2022-03-18/2022-03-19"}, True),
    ("months before", {**SAME, "date": "2021-11-02", "low": 300, "high": 300}, False),
    ("a week later, elsewhere, another figure", {"date": "2022-03-25", "place": "Beta", "low": 300, "high": 300},
     False),
])
def test_what_joins_two_articles(what, other, joined):
    names, found = linked(("a", SAME), ("b", other))
    assert names == ["I1", "I1" if joined else "I2"], what
    assert list(found.probability) == ([("b", 1)] if joined else [])


def test_what_more_facts_speak_for_is_likelier():
    _, found = linked(("a", {**SAME, "means": "bomb"}), ("b", {**SAME, "means": "bomb"}))
    _, less = linked(("a", SAME), ("b", SAME))
    assert 0.5 < less.probability["b", 1] < found.probability["b", 1] <= 1


def test_two_events_of_one_article_stay_two():
    assert linked(("a", SAME), ("a", SAME))[0] == ["I1", "I2"]


def test_articles_of_two_stories_tell_of_two_incidents():
    assert linked(("a", SAME), ("b", SAME), stories={"a": 0, "b": 0})[0] == ["I1", "I1"]
    names, found = linked(("a", SAME), ("b", SAME), stories={"a": 0, "b": 1})
    assert (names, found.may_be) == (["I1", "I2"], {})


def test_the_analyst_joins_and_parts_whatever_the_facts_say():
    far = {"date": "2021-11-02", "place": "Beta", "low": 300, "high": 300}
    names, found = linked(("a", SAME), ("b", far), merged=[(("a", 0), ("b", 1))])
    assert names == ["I1", "I1"]
    assert found.probability == {("b", 1): 1.0}
    assert linked(("a", SAME), ("b", SAME), apart=[(("a", 0), ("b", 1))])[0] == ["I1", "I2"]
    assert linked(("a", SAME), ("b", SAME), apart=[(("b", 1), ("a", 0))])[0] == ["I1", "I2"]


def test_judgements_join_events_of_two_stories_and_of_one_article():
    assert linked(("a", SAME), ("b", SAME), ("b", {"date": "2022-03-12"}), stories={"a": 0, "b": 1},
                  merged=[(("a", 0), ("b", 1)), (("b", 1), ("b", 2))])[0] == ["I1", "I1", "I1"]


def test_a_judgement_on_an_event_that_is_gone_changes_nothing():
    assert linked(("a", SAME), ("b", SAME), merged=[(("a", 0), ("z", 9))], apart=[(("z", 9), ("b", 1))])[0] == [
        "I1", "I1"]


def test_what_the_analyst_rejects_is_no_reason_to_join():
    claims = [Casualty("a", 0, 0, 1, "killed", 12, 12, "exact", **SAME),
              Casualty("b", 0, 0, 1, "killed", 3, 3, "exact"),
              Casualty("b", 1, 0, 1, "killed", 12, 12, "exact", judged="rejected", **SAME)]
    told = accounts.events(claims, {"a": Article("a"), "b": Article("b")}, (), {})
    assert (dict(told["b", 0].days), dict(told["b", 0].named), dict(told["b", 0].figures)) == (
        {}, {}, {("killed", 3): 1})


def test_neither_do_parts_nor_counts_over_time_date_an_event():
    claims = [Casualty("a", 0, 0, 1, "killed", 12, 12, "exact", **SAME),
              Casualty("a", 1, 0, 1, "killed", 3, 3, "exact", date="2022-03-22", role="part", part_of=0),
              Casualty("a", 2, 0, 1, "killed", 900, 900, "exact", date="2022", scope="cumulative")]
    told = accounts.events(claims, {"a": Article("a")}, (), {})["a", 0]
    assert (dict(told.days), dict(told.figures)) == ({"2022-03-18": 1}, {("killed", 12): 1})


def test_the_order_of_the_articles_does_not_matter_for_what_is_joined():
    events = [("a", SAME), ("b", SAME), ("c", {"date": "2021-11-02", "place": "Beta", "low": 300, "high": 300})]
    forward, backward = linked(*events)[0], linked(*reversed(events))[0]
    assert (forward, backward) == (["I1", "I1", "I2"], ["I1", "I2", "I2"])


@pytest.mark.parametrize(("odds", "names", "may_be"), [
    (0.1, ["I1", "I1"], {}), (-0.1, ["I1", "I2"], {"I2": "I1"}), (-1.3, ["I1", "I2"], {"I2": "I1"}),
    (-1.5, ["I1", "I2"], {})])
def test_it_is_joined_if_that_is_likelier_than_not_and_named_from_one_in_five(monkeypatch, odds, names, may_be):
    """Points are the logarithm of odds: 0 is even, -1.39 one to four."""
    monkeypatch.setattr(linking, "_BOTH_LEAD", 0)
    monkeypatch.setattr(linking, "agreement", lambda one, other: linking._ENOUGH + odds)
    found = linked(("a", SAME), ("b", SAME))
    assert (found[0], found[1].may_be) == (names, may_be)


def told_by(one, other, mentions=(), parties=None, published="2022-03-19"):
    """What two articles tell of an event each."""
    claims = [Casualty(article, 0, 0, 1, **{"effect": "killed", "low": 12, "high": 12, "bound": "exact", **fields})
              for article, fields in (("a", one), ("b", other))]
    told = accounts.events(claims, {name: Article(name, published=published) for name in "ab"}, mentions, parties or {})
    return told["a", 0], told["b", 0]


NINE = {"low": 9, "high": 9}


@pytest.mark.parametrize(("what", "one", "other", "apart"), [
    ("one day", SAME, SAME, False),
    ("a week later", SAME, {**SAME, "date": "2022-03-25"}, True),
    ("the next day, another figure", SAME, {**SAME, **NINE, "date": "2022-03-19"}, True),
    ("the next day, one large figure", SAME, {**SAME, "date": "2022-03-19"}, False),
    ("the day before a night", SAME, {**SAME, **NINE, "date": "2022-03-17/2022-03-18"}, False),
    ("the month", SAME, {**SAME, **NINE, "date": "2022-03"}, False),
    ("no day", SAME, {"place": "Alpha"}, False),
    ("an old day beside a fresh report without one", {**SAME, "date": "2021-11-02"}, {"place": "Alpha"}, True),
])
def test_days_tell_events_apart(what, one, other, apart):
    told = told_by(one, other)
    assert accounts.told_apart(*told) is accounts.told_apart(*told[::-1]) is apart, what


@pytest.mark.parametrize(("what", "place", "apart"), [
    ("the province around it", at("b", "Alpha province", 4, 36.9), False),
    ("the next town", at("b", "Beta", 1, 36.8), False),
    ("a town far away", at("b", "Beta", 1, 39.9), True),
    ("the country", at("b", "Land", 6, 33.0), False),
    ("nobody knows where", Mention("b", 0, 1, "x", "place", "Beta"), False),
])
def test_places_tell_events_apart(what, place, apart):
    told = told_by({"place": "Alpha"}, {"place": place.entity}, [at("a", "Alpha", 1), place])
    assert accounts.told_apart(*told) is accounts.told_apart(*told[::-1]) is apart, what


def test_one_province_and_two_towns_in_it_are_two_places():
    """Both articles name the province, but one the town in its north, the other the town in its south."""
    claims = [Casualty(article, number, 0, 1, "killed", 5, 5, "exact", place=place)
              for article, town in (("a", "North"), ("b", "South")) for number, place in enumerate((town, "Alpha"))]
    mentions = [at("a", "Alpha", 4), at("b", "Alpha", 4), at("a", "North", 1, 37.2), at("b", "South", 1, 36.2)]
    told = accounts.events(claims, {"a": Article("a"), "b": Article("b")}, mentions, {})
    assert accounts.told_apart(told["a", 0], told["b", 0])


@pytest.mark.parametrize(("less", "more"), [
    ({}, {"date": "2022-03-18"}), ({}, {"place": "Alpha"}), ({"low": 90, "high": 90}, {}), (NINE, {}),
    ({"low": 90, "high": 90}, NINE), ({"means": "shooting"}, {"means": "bomb"}), ({}, {"perpetrator": "Red Front"}),
    ({}, {"perpetrator": "Red Front spokesman"})])
def test_what_agrees_speaks_for_one_event(less, more):
    told = {**SAME, "means": "bomb", "perpetrator": "Red Front"}
    left = {name: value for name, value in told.items() if name not in more or name in less}
    sides = {"Red Front spokesman": "Red Front"}
    assert (accounts.agreement(*told_by(told, {**left, **less}, parties=sides))
            < accounts.agreement(*told_by(told, {**left, **more}, parties=sides)))


@pytest.mark.parametrize(("one", "other", "days"), [
    ("2022-03-18", "2022-03-18", 0), ("2022-03-18", "2022-03-20", 2), ("2022-03", "2022-03-20", 0),
    ("2022-03-18/2022-03-19", "2022-03-19", 0), ("XXXX-03-18", "2022-03-18", 0), ("XXXX-03-18", "2022-03-25", 7),
    ("XXXX-03-18", "XXXX-03-20", 2)])
def test_days_between_two_dates(one, other, days):
    assert accounts.days_between(one, other) == accounts.days_between(other, one) == days


# ------------------------------------------------------------------ over incidents

def incident(name, low=None, best=None, high=None, effect="killed", **fields):
    known = dict.fromkeys(Incident.__dataclass_fields__) | {"n_articles": 1, "n_claims": 1, "n_reviewed": 0,
                                                            "told_apart": ()}
    return Incident(**known | {"incident": name, "effect": effect, "low": low, "best": best, "high": high, **fields})


def summed(*rows, **fields):
    """One claim for each incident, in an article of its own."""
    return [claim(0, 1, article=row.incident, incident=row.incident, effect=row.effect, **fields) for row in rows]


APART = ({"date": "2022-03-18", "place": "Alpha"}, {"date": "2022-03-19", "place": "Alpha"},
         {"date": "2022-05", "place": "Beta"})


def test_different_incidents_add_up():
    rows = [incident("I1", 1, 2, 3, **APART[0]), incident("I2", 10, 10, 20, **APART[1])]
    [total] = incidents.overall(rows, summed(*rows))
    assert (total.low, total.best, total.high, total.covers) == (11, 12, 23, "2 of 2 incidents added")


def test_what_is_not_known_is_no_zero():
    rows = [incident("I1", 5, 5, 5, **APART[0]), incident("I2", **APART[1]), incident("I3", 2, **APART[2])]
    [total] = incidents.overall(rows, summed(*rows))
    assert (total.low, total.best, total.high, total.not_known) == (7, None, None, ("I2",))
    assert total.covers == "2 of 3 incidents added; no best figure in I3; not known in I2"
    [nothing] = incidents.overall(rows[1:2], summed(*rows))
    assert (nothing.low, nothing.best, nothing.high) == (None, None, None)


@pytest.mark.parametrize(("what", "fields", "added"), [
    ("nothing says so", {}, True),
    ("it may be one that is in the sum", {"may_be": "I1"}, False),
    ("the analyst told them apart", {"may_be": "I1", "told_apart": ("I1",)}, True),
    ("it may be one of which nobody was killed", {"may_be": "I9"}, True),
])
def test_what_may_be_one_incident_is_added_once(what, fields, added):
    rows = [incident("I1", 5, 5, 5, **APART[0]), incident("I2", 4, 4, 4, **APART[0], **fields)]
    [total] = incidents.overall(rows, summed(*rows))
    assert (total.low, total.best, total.high) == ((9, 9, 9) if added else (5, None, None)), what
    assert total.not_added == ({} if added else {"I2": "may be I1"})


def test_one_article_tells_its_incidents_apart():
    rows = [incident("I1", 5, 5, 5), incident("I2", 4, 4, 4)]
    claims = [claim(0, 5), claim(1, 4, incident="I2")]
    assert incidents.overall(rows, claims)[0].best == 9


def test_families_and_cumulative_figures_are_not_added():
    rows = [incident("I1", 5, 5, 5, "displaced", **APART[0]), incident("I2", 4, 4, 4, "displaced", **APART[1])]
    claims = summed(*rows)
    families = claim(1, 5, incident="I1", article="I1", effect="displaced", unit="family")
    since = claim(2, 9000, incident="I2", article="I2", effect="displaced", scope="cumulative")
    [total] = incidents.overall(rows, [*claims, families, since])
    assert (total.low, total.best, total.added) == (4, None, ("I2",))
    assert total.covers == ("1 of 2 incidents added; I1 not added: counted in families; "
                            "1 cumulative statement not added")


@pytest.mark.parametrize(("fields", "covers"), [
    ({"scope": "cumulative"}, "no incident; 1 cumulative statement not added"), ({"judged": "rejected"}, "no incident"),
])
def test_a_figure_since_1979_and_a_rejected_one_are_no_incident(fields, covers):
    rows = [incident("I1", 5, 5, 5, **APART[0]), incident("I2")]
    claims = [claim(0, 5), claim(0, 70000, article="b", incident="I2", **fields)]
    [total] = incidents.overall(rows, claims)
    assert (total.low, total.best, total.high, total.not_known, total.not_added) == (5, 5, 5, (), {})
    [nothing] = incidents.overall(rows[1:], claims)
    assert (nothing.low, nothing.best, nothing.high, nothing.covers) == (None, None, None, covers)


def test_rows_of_two_policies_are_refused():
    rows = [incident("I1", 5, 5, 5, policy="one"), incident("I1", 4, 4, 4, policy="two")]
    with pytest.raises(ValueError, match="one policy"):
        incidents.overall(rows, summed(rows[0]))


@pytest.mark.parametrize(("edtf", "unit", "period"), [
    ("2022-03-18", "day", "2022-03-18"), ("2022-03-18", "month", "2022-03"), ("2022-03", "month", "2022-03"),
    ("2022-03-04/2022-03-05", "month", "2022-03"), ("2022-03", "day", "not known"), ("2022", "month", "not known"),
    ("XXXX-03-18", "month", "not known"), ("2022-03-30/2022-04-02", "month", "not known"), (None, "day", "not known"),
])
def test_unknown_dates_are_never_placed(edtf, unit, period):
    rows = [incident("I1", 5, 5, 5, date=edtf)]
    assert list(incidents.by_time(rows, summed(*rows), unit)) == [period]


def test_what_may_be_one_incident_is_added_in_no_other_month():
    rows = [incident("I1", 5, 5, 5, n_articles=2, **APART[0]), incident("I2", 4, 4, 4, may_be="I1"),
            incident("I3", 3, 3, 3, **APART[2])]
    found = incidents.by_time(rows, summed(*rows))
    assert {month: (sums[0].low, sums[0].high) for month, sums in found.items()} == {
        "2022-03": (5, 5), "2022-05": (3, 3), "not known": (None, None)}
