"""Who can be leaned on: the model on worlds with a known truth, then grades, comparisons and voices on small cases."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.corpus import SEEDS, Corpus
from analysis.exports import records
from analysis.records import Article, Attribution, Casualty, Mention
from analysis.sources import (
    Changed,
    Said,
    Typed,
    comparison,
    estimate,
    grade_numbers,
    leanings,
    reading,
    root_letters,
    sources,
    weighed,
    without,
)
from analysis.sources.statements import circumstances

# ------------------------------------------------------------------ worlds with a planted truth

WORLDS = range(12)


def world(seed, n_items=60, per_source=20):
    """Return the claims, each source's planted reliability and the truth: honest sources of all grades, two parties
    that exaggerate, two vandals, and a wire that is wrong more often than not with five outlets that copy it."""
    random = np.random.default_rng(seed)
    truth = random.integers(1, 60, n_items)
    rows, planted = [], {}

    def speak(name, reliability, wrong):
        planted[name] = reliability
        said = [(item, name, int(truth[item]) if random.random() < reliability else wrong(truth[item]))
                for item in random.choice(n_items, per_source, replace=False)]
        rows.extend(said)
        return said

    def anything(_):
        return int(random.integers(1, 90))

    def too_high(true):
        return int(true * random.uniform(2, 4)) + 1

    for number, reliability in enumerate(np.linspace(0.3, 0.95, 10)):
        speak(f"honest {number}", reliability, anything)
    speak("party 1", 0.2, too_high)
    speak("party 2", 0.35, too_high)
    speak("vandal 1", 0.02, anything)
    speak("vandal 2", 0.1, anything)
    wire = speak("wire", 0.4, anything)
    for copier in range(5):
        planted[f"copier {copier}"] = 0.4
        rows.extend((item, f"copier {copier}", value) for item, _, value in wire if random.random() < 0.95)
    claims = pd.DataFrame(rows, columns=["item", "source", "low"])
    return claims.assign(high=claims["low"]), pd.Series(planted), truth


def as_categories(claims):
    return claims.assign(value="town " + claims["low"].astype(str)).drop(columns=["low", "high"])


@pytest.fixture(scope="module", params=["numbers", "categories"])
def worlds(request):
    found = []
    for seed in WORLDS:
        claims, planted, truth = world(seed)
        items, judged = estimate(claims if request.param == "numbers" else as_categories(claims))
        best = items["best"].astype(str).str.removeprefix("town ").astype(int)
        found.append((claims, judged.assign(planted=planted), best, truth))
    return found


def test_sources_are_ranked_as_planted(worlds):
    """From 20 incidents a source. With so few, the sources' own luck allows a rank correlation of 0.89 at most."""
    ranks = [judged[["reliability", "planted"]].rank().corr().iloc[0, 1] for _, judged, _, _ in worlds]
    assert np.mean(ranks) >= 0.8


def test_intervals_hold_the_planted_reliability(worlds):
    inside = [judged["planted"].between(judged["reliability_low"], judged["reliability_high"])
              for _, judged, _, _ in worlds]
    assert pd.concat(inside).mean() >= 0.85


def test_more_figures_are_right_than_by_counting_heads(worlds):
    right = np.mean([(best == truth[best.index]).mean() for _, _, best, truth in worlds])
    heads = [claims.groupby("item")["low"].agg(lambda v: v.mode().iloc[0]) for claims, _, _, _ in worlds]
    counted = np.mean([(m == truth[m.index]).mean() for m, (_, _, _, truth) in zip(heads, worlds, strict=True)])
    assert right >= counted + 0.1


def test_a_copied_majority_does_not_outvote_independent_sources():
    """Three independent sources of four incidents in five against one bad source and its five copies."""
    won, ranks = [], []
    for seed in WORLDS:
        random = np.random.default_rng(seed)
        truth = random.integers(1, 60, 20)
        bad = [int(t) if random.random() < 0.3 else int(random.integers(1, 90)) for t in truth]
        rows = [(i, f"copy {c}", bad[i]) for i in range(20) for c in range(6)]
        rows += [(i, f"own {s}", int(truth[i]) if random.random() < 0.8 else int(random.integers(1, 90)))
                 for i in range(20) for s in range(3)]
        claims = pd.DataFrame(rows, columns=["item", "source", "low"]).assign(high=lambda d: d["low"])
        items, judged = estimate(claims)
        won.append((items["best"].astype(int) == truth[items.index]).mean())
        ranks.append(judged.filter(like="own", axis=0)["reliability"].mean() - judged.loc["copy 0", "reliability"])
    assert np.mean(won) >= 0.9
    assert min(ranks) > 0


def test_a_declared_root_has_one_vote_however_many_voices():
    rows = [("x", f"office {n}", "government", 9) for n in range(8)] + [("x", "hospital", "hospital", 4),
                                                                      ("x", "monitor", "monitor", 4)]
    claims = pd.DataFrame(rows, columns=["item", "source", "root", "low"]).assign(high=lambda d: d["low"])
    assert estimate(claims)[0].loc["x", "best"] == 4


def test_evidence_narrows_the_interval():
    widths = []
    for n in (2, 10, 50):
        rows = [(i, s, 5 + (i + k) % 5 // 4) for i in range(n) for k, s in enumerate("abcd")]  # each errs once in five
        judged = estimate(pd.DataFrame(rows, columns=["item", "source", "low"]).assign(high=lambda d: d["low"]))[1]
        judged = judged.loc["a"]
        widths.append(judged["reliability_high"] - judged["reliability_low"])
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 0.4
    assert widths[-1] < 0.25


@pytest.mark.parametrize("figures", [((5, None), (2, 2)), ((30, 30), (34, 34)), ((4, 4), (5, 5)), ((3, None), (3, 3))])
def test_a_source_that_differs_from_itself_alone_cannot_be_judged(figures):
    rows = [(i, "a", low, high) for i in range(10) for low, high in figures]
    judged = estimate(pd.DataFrame(rows, columns=["item", "source", "low", "high"]))[1].loc["a"]
    assert judged["n"] == 0
    assert np.isnan(judged["reliability"])


def test_a_source_that_says_the_right_and_the_wrong_is_no_better_than_those_that_say_the_right():
    rows = [("x", source, low) for source, low in (("a", 5), ("b", 5), ("c", 5), ("c", 20))]
    judged = estimate(pd.DataFrame(rows, columns=["item", "source", "low"]).assign(high=lambda d: d["low"]))[1]
    assert judged.loc["c", "reliability"] < judged.loc["a", "reliability"] - 0.05


def test_without_an_independent_voice_a_source_cannot_be_judged():
    claims = pd.DataFrame({"item": ["x", "y", "y"], "source": ["a", "a", "a's office"], "root": ["a", "a", "a"],
                           "low": [3, 4, 4], "high": [3, 4, 4]})
    items, judged = estimate(claims)
    assert items["best"].to_dict() == {"x": 3, "y": 4}
    assert judged["n"].tolist() == [0, 0]
    assert judged["reliability"].isna().all()
    assert judged[["reliability_low", "reliability_high"]].values.tolist() == [[0, 1], [0, 1]]


@pytest.mark.parametrize("side", [1, -1])
def test_the_side_on_which_errors_lie_is_learned_and_decides_between_two(side):
    """Three sources of 60 incidents show that false figures lie above (or below) the true one; two others differ."""
    random = np.random.default_rng(3)
    rows = [(f"seen {i}", f"s{random.integers(0, 12)}-{k}", 20 if random.random() < 0.75 else 20 + side * int(
        random.integers(3, 15))) for i in range(60) for k in range(3)]
    rows += [(f"split {i}", f"t{i}-{k}", 20 + k * 5) for i in range(10) for k in range(2)]
    claims = pd.DataFrame(rows, columns=["item", "source", "low"]).assign(high=lambda d: d["low"])
    best = estimate(claims)[0]["best"]
    assert set(best.filter(like="split")) == {20 if side > 0 else 25}


@pytest.mark.parametrize(("said", "best"), [
    ([3, 7], 3),  # nothing makes one likelier: the most conservative
    ([0, 7], 7),  # a denial is no low count
    ([3, 7, 7, 7], 7),  # three against one are clearly likelier
    ([0, 0, 0, 7], 0)])
def test_where_sources_differ_the_lowest_number_that_none_is_clearly_likelier_than_is_best(said, best):
    claims = pd.DataFrame({"item": "x", "source": list("abcd")[:len(said)], "low": said, "high": said})
    assert estimate(claims)[0].loc["x", "best"] == best


def test_open_figures_agree_with_what_lies_inside_them():
    claims = pd.DataFrame({"item": ["x"] * 4, "source": list("abcd"), "low": [12, 5, None, 40],
                           "high": [12, None, 20, 40]})
    items, judged = estimate(claims)
    assert items.loc["x", "best"] == 12
    assert judged.loc["d", "reliability"] < judged.loc[["a", "b", "c"], "reliability"].min()


def test_no_claims_no_rows():
    items, judged = estimate(pd.DataFrame({"item": [], "source": [], "low": [], "high": []}))
    assert (len(items), len(judged)) == (0, 0)


def test_a_statement_without_a_figure_says_nothing():
    claims = pd.DataFrame({"item": ["x", "x"], "source": ["a", "b"], "low": [3, None], "high": [3, None]})
    items, judged = estimate(claims)
    assert (items.index.tolist(), judged.index.tolist()) == (["x"], ["a"])


def test_a_hundred_thousand_claims_of_hundreds_of_sources_are_weighed():
    random = np.random.default_rng(0)
    claims = pd.DataFrame({"item": random.integers(0, 25_000, 100_000), "source": random.integers(0, 400, 100_000),
                           "low": random.integers(1, 9, 100_000)}).assign(high=lambda d: d["low"])
    items, judged = estimate(claims)
    assert len(judged) == 400
    assert len(items) == claims["item"].nunique()


# ------------------------------------------------------------------ small cases

ARTICLES = {name: Article(name, outlet=outlet, published=day) for name, outlet, day in (
    ("a", "Wire", "2019-03-01"), ("b", "Courier", "2019-03-02"), ("c", "Lamp", "2019-03-03"),
    ("d", "Lamp", "2019-03-09"), ("e", None, None))}
PARTIES = {"Ministry": "North", "Northern Army": "North", "Brigades": "Brigades"}
_numbers = iter(range(10_000))


def claim(article, low, root, *chain, high=0, incident="I1", **more):
    return Casualty(article, next(_numbers), 0, 1, more.pop("effect", "killed"), low, low if high == 0 else high,
                    more.pop("bound", "exact"), incident=incident, root=root, chain=chain or (root,), **more)


def grades(*claims):
    found = grade_numbers(claims, weighed(claims, ARTICLES, PARTIES))
    return [found[c.article_id, c.casualty] for c in claims]


def test_two_other_roots_confirm_one_makes_probable_none_cannot_be_judged():
    hospital, monitor, wire = (claim("a", 5, root) for root in ("Hospital", "Monitor", "Wire"))
    assert grades(hospital, monitor, wire)[0] == (1, "confirmed by other independent sources: backed by Monitor, Wire")
    assert grades(hospital, monitor)[0] == (2, "probably true: backed by Monitor")
    assert grades(hospital)[0] == (6, "cannot be judged: no independent source gives a figure for it")


def test_a_copy_of_the_same_root_confirms_nothing():
    assert [number for number, _ in grades(claim("a", 5, "Wire"), claim("b", 5, "Wire", "Courier", "Wire"))] == [6, 6]


def test_who_is_contradicted_is_doubtful():
    found = grades(claim("a", 25, "Brigades"), claim("b", 6, "Ministry"), claim("c", 6, "Monitor"))
    assert found[0] == (5, "improbable: contradicted by Ministry, Monitor")
    assert found[1] == (3, "possibly true: backed by Monitor; contradicted by Brigades")


def test_a_denial_contradicts():
    found = grades(claim("a", 17, "Brigades"), claim("b", 17, "Ministry", certainty="denied"))
    assert [number for number, _ in found] == [4, 4]


def test_words_without_a_number_agree_but_confirm_nothing():
    several = claim("a", 2, "Wire", high=None, bound="vague")
    five = claim("b", 5, "Monitor")
    assert [number for number, _ in grades(several, five)] == [2, 6]


def test_words_do_not_replace_a_number():
    rows = comparison([claim("a", 5, "Wire"), claim("d", 2, "Wire", high=None, bound="vague")], ARTICLES, PARTIES)
    assert [row.replaced for row in rows] == [False, False]


def test_a_later_report_of_the_same_root_replaces_the_earlier_one():
    rows = comparison([claim("a", 23, "Wire"), claim("d", 17, "Wire"), claim("c", 17, "Hospital")], ARTICLES, PARTIES)
    assert [(r.root, r.low, r.replaced, r.backed_by, r.contradicted_by) for r in rows] == [
        ("Wire", 23, True, (), ("Hospital",)), ("Wire", 17, False, ("Hospital",), ()),
        ("Hospital", 17, False, ("Wire",), ())]


def test_different_victims_of_one_account_add_up_and_restatements_do_not():
    first = claim("a", 3, "Wire")
    rows = comparison([first, claim("a", 4, "Wire"), claim("a", 2, "Wire", high=None, bound="vague",
                                                           restates=first.casualty)], ARTICLES, PARTIES)
    assert [(r.low, r.high, len(r.casualties)) for r in rows] == [(7, 7, 3)]


def test_losses_of_different_sides_are_not_compared():
    soldiers = claim("a", 6, "Ministry", victims_entity="Northern Army", victim_status="combatant")
    fighters = claim("b", 3, "Monitor", victims_entity="Brigades", victim_status="combatant")
    assert [number for number, _ in grades(soldiers, fighters)] == [6, 6]


def test_reading_counts_articles_outlets_relays_voices_and_roots():
    said = [claim("a", 5, "North", "Wire", "Ministry"), claim("b", 2, "North", "Courier", "Radio", "Northern Army",
                                                             high=None, bound="vague"),
            claim("e", 9, "Monitor", "Monitor"), claim("e", 4, "Monitor", effect="injured")]
    found = reading("I1", "killed", said, ARTICLES, PARTIES)
    assert (found.articles, found.outlets, found.relays) == (3, "2 and 1, unknown", ("Radio",))
    assert found.voices == ("Ministry", "Northern Army", "Monitor")
    assert (found.independent_roots, found.contradictions) == (2, 1)
    assert found.sentence == ("3 articles, 3 voices, passed on by Radio: 2 independent sources (North, Monitor). "
                              "They contradict each other: Monitor against North.")


def fights(n, ours, theirs):
    """Claims on ``n`` fights: the Brigades' figures for both sides' losses, and a monitor's 10 and 10."""
    return [c for i in range(n) for root, figures in (("Brigades", (ours[i], theirs[i])), ("Monitor", (10, 10)))
            for side, low in zip(("Brigades", "Northern Army"), figures, strict=True)
            for c in [claim("a", low, root, incident=f"I{i}", victims_entity=side, victim_status="combatant")]]


def test_a_party_that_puts_enemy_losses_high_and_its_own_low():
    enemy, own = (row for row in leanings(fights(4, (2, 1, 3, 2), (40, 30, 35, 45)), ARTICLES, PARTIES))
    assert (own.root, own.losses, own.n, enemy.losses, enemy.n) == ("Brigades", "own", 4, "enemy", 4)
    assert own.high < 1 < enemy.low
    assert enemy.ratio == pytest.approx(3.5, abs=0.2)
    assert "enemy losses higher" in enemy.reason


def test_a_leaning_is_not_named_on_two_incidents():
    rows = leanings(fights(2, (2, 1), (40, 30)), ARTICLES, PARTIES)
    assert [(row.n, row.ratio, row.reason) for row in rows] == [
        (2, None, "compared on 2 incidents, 3 are needed")] * 2


def test_a_party_that_agrees_with_the_others_leans_nowhere():
    rows = leanings(fights(4, (10, 10, 10, 11), (10, 9, 10, 10)), ARTICLES, PARTIES)
    assert ["neither higher nor lower" in row.reason for row in rows] == [True, True]


# ------------------------------------------------------------------ voices

def spoken_by(number, source, entity, **more):
    return Attribution("a", number, 0, 9, source, entity, ((0, 3),), "said", ((4, 8),), ((8, 9),), **more)


def voices(claims, given=None):
    return rows((), (), claims, [article.outlet for article in ARTICLES.values() if article.outlet], given=given)


def rows(mentions, attributions, claims, outlets=(), parties=PARTIES, given=None):
    told = weighed(claims, ARTICLES, parties)
    typed = Counter((m.entity, m.type, m.nominal) for m in mentions if m.entity)
    said = Counter((a.source, a.source_entity, a.told_to) for a in attributions)
    return sources(outlets, [Typed(*way, n) for way, n in typed.items()], [Said(*way, n) for way, n in said.items()],
                   claims, told, parties, given)


def test_every_voice_has_its_row():
    spoken = [spoken_by(0, "The Ministry", "Ministry"), spoken_by(1, "a doctor at the hospital", None, told_to="Radio"),
              spoken_by(2, "Two people who were there", None)]
    named = [Mention("a", 0, 3, "Ministry", "security_force", "Ministry"),
             Mention("a", 0, 3, "Radio", "media", "Radio")]
    hedged = claim("a", 5, "North", "Wire", "Ministry", certainty="hedged")
    found = rows(named, spoken, [hedged], ["Wire"])
    counts = {(r.source, r.kind, r.party, r.n_statements, r.n_casualty_claims, r.n_relayed, r.n_hedged) for r in found}
    assert counts == {
        ("Ministry", "official", "North", 1, 1, 0, 1), ("Wire", "agency", None, 0, 1, 1, 1),
        ("Radio", "outlet", None, 0, 0, 0, 0), ("doctor at the hospital", "medic", None, 1, 0, 0, 0),
        ("two people who were there", "unnamed", None, 1, 0, 0, 0)}
    assert {(r.grade_letter, r.reliability) for r in found} == {("F", None)}


def test_who_speaks_for_a_side_is_of_its_kind():
    named = [Mention("a", 0, 3, "Omar Daud", "person", "Omar Daud"),
             Mention("a", 0, 3, "Blue Brigades", "armed_group", "Blue Brigades"),
             Mention("a", 0, 3, "Ruth Arden", "person", "Ruth Arden")]
    spoken = [spoken_by(0, "Omar Daud, a spokesman for the Blue Brigades", "Omar Daud"),
              spoken_by(1, "Ruth Arden", "Ruth Arden")]
    found = rows(named, spoken, [], ["Wire"], {"Omar Daud": "Blue Brigades"})
    assert {r.source: r.kind for r in found} == {"Omar Daud": "armed group", "Ruth Arden": "other", "Wire": "agency"}


def record(agreeing):
    """Six incidents on which a hospital and a monitor agree, and the Brigades on the first ``agreeing``."""
    return [claim("a", 5 if root != "Brigades" or i < agreeing else 30, root, incident=f"I{i}")
            for i in range(6) for root in ("Hospital", "Monitor", "Brigades")]


def test_letters_follow_the_record_and_say_why():
    rows = {r.source: r for r in voices(record(0))}
    assert (rows["Monitor"].grade_letter, rows["Brigades"].grade_letter) == ("B", "E")
    assert rows["Brigades"].grade_reason.startswith("unreliable: ")
    assert rows["Brigades"].grade_reason.endswith(
        "on 6 figures, places and perpetrators; speaks for one side, Brigades")
    assert (rows["Brigades"].n_corroborated, rows["Brigades"].n_contradicted, rows["Brigades"].n_alone) == (0, 6, 0)


def test_whom_nobody_else_speaks_of_is_alone():
    rows = {r.source: r for r in voices([claim("a", 5, "Hospital")])}
    assert (rows["Hospital"].n_corroborated, rows["Hospital"].n_contradicted, rows["Hospital"].n_alone) == (0, 0, 1)


def blamed(*pairs, **more):
    """Six incidents on which each root blames somebody, and nobody gives a figure."""
    return [claim("a", None, root, high=None, bound="plural", incident=f"I{i}", perpetrator=who, **more)
            for i in range(6) for root, who in pairs]


def test_who_is_blamed_tells_of_a_source_too():
    found = {r.source: r for r in voices(blamed(
        ("Hospital", "Brigades"), ("Monitor", "Brigades"), ("Ministry", "Northern Army")))}
    assert found["Monitor"].reliability > 0.7 > 0.4 > found["Ministry"].reliability


def test_blaming_a_side_or_its_army_is_the_same():
    found = circumstances(blamed(("Hospital", "North"), ("Monitor", "Northern Army")), PARTIES)
    assert {(one.low, one.high) for one in found} == {(1, 1)}


def test_a_place_that_may_be_the_same_is_neither_agreement_nor_contradiction():
    claims = [claim("a", 5, root, place=place) for root, place in (
        ("Hospital", "Kabul"), ("Monitor", "Kabul"), ("Ministry", "Kabul province"), ("Wire", "Herat"))]
    assert [(one.source, one.low) for one in circumstances(claims, PARTIES)] == [
        ("Hospital", 1), ("Monitor", 1), ("Wire", 2)]


def test_the_analysts_letter_wins_and_the_suggestion_stays():
    [row] = [r for r in voices(record(0), {"Monitor": ("D", "paid by one side")})
             if r.source == "Monitor"]
    assert (row.grade_letter, row.grade_letter_suggested) == ("D", "B")
    assert row.grade_reason.startswith("given by the analyst: paid by one side; suggested: usually reliable")


def test_a_roots_letter_is_that_of_the_voice_it_mostly_speaks_through():
    claims = [*record(0), claim("a", 5, "North", "Wire", "Ministry")]
    rows = voices(claims, {"Ministry": ("D", "one side")})
    assert root_letters(rows, claims) == {"Hospital": "B", "Monitor": "B", "Brigades": "E", "North": "D"}


def test_leaving_a_source_out_shows_what_rests_on_it():
    claims = [claim("a", 25, "Brigades"), claim("b", 6, "North", "Courier", "Ministry"),
              claim("c", 4, "Monitor", incident="I2")]
    assert without("Brigades", claims, ARTICLES) == [Changed("I1", "killed", (6, 6, 25), (6, 6, 6))]
    assert without("Courier", claims, ARTICLES) == [Changed("I1", "killed", (6, 6, 25), (25, 25, 25))]
    assert without("Monitor", claims, ARTICLES) == [Changed("I2", "killed", (4, 4, 4), None)]
    assert without("nobody", claims, ARTICLES) == []


# ------------------------------------------------------------------ the seed article

def test_the_seed_is_three_voices_of_one_interested_root_and_one_relay():
    gold = json.loads(Path(__file__).with_name("gold").joinpath("seed.json").read_text(encoding="utf-8"))
    position, wanted = gold["casualties"], gold["sources_reading"]
    corpus = Corpus(SEEDS, progress=False)
    claims = [Casualty(**row) for row in records(corpus.casualties)]
    incident = claims[[c["incident"] for c in position].index(wanted["incident"])].incident
    articles = {row["article_id"]: Article(**row) for row in records(corpus.articles)}
    found = reading(incident, wanted["effect"], claims, articles, {})
    assert {name: getattr(found, name) for name in ("articles", "outlets", "independent_roots", "contradictions")} == {
        name: wanted[name] for name in ("articles", "outlets", "independent_roots", "contradictions")}
    assert (list(found.relays), list(found.voices)) == (wanted["relays"], wanted["voices"])
    assert found.sentence == ("1 article, 3 voices, passed on by Pajhwok Afghan News: 1 independent source (Taliban). "
                              "No independent confirmation.")
