"""The analyst's word: it wins, it lasts, and the automatic value stays visible beside it."""

from __future__ import annotations

import json

import pytest

from analysis import review
from analysis.corpus import Corpus
from analysis.exports import records
from analysis.incidents import DEFAULT, overall
from analysis.judgements import Judgement
from analysis.panels.review import your_words
from analysis.records import Casualty, Incident

TEXT = ("Police said three people were killed in a blast in Kandahar. "
        "In Herat, gunmen killed two soldiers, the army said.")


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBOOK_JOURNAL", raising=False)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return Corpus(tmp_path, progress=False)


def again(corpus):
    return Corpus(corpus.journal.path.parent, progress=False)


def claim(corpus, number=0):
    return records(corpus.casualties)[number]


def anchors(corpus, *numbers):
    return tuple(corpus.anchor(c["article_id"], c["victims_start"], c["victims_end"])
                 for c in (claim(corpus, n) for n in numbers))


def total(corpus, incident):
    return next((r["low"], r["best"], r["high"], r["n_claims"], r["n_reviewed"]) for r in records(corpus.incidents)
                if r["incident"] == incident and r["effect"] == "killed" and r["policy"].startswith("all effects"))


def test_nothing_is_judged_to_begin_with(corpus):
    rows = records(corpus.casualties)
    assert [(c["low"], c["judged"], c["found"]) for c in rows] == [(3, None, None), (2, None, None)]


def test_a_rejected_claim_counts_nowhere_and_stays_visible(corpus):
    corpus.judge("claim_rejected", anchors=anchors(corpus, 0), value={"effect": "killed"}, why="a drill")
    for now in (corpus, again(corpus)):
        assert (claim(now)["judged"], claim(now)["judged_why"], claim(now)["low"]) == ("rejected", "a drill", 3)
        assert total(now, claim(now)["incident"]) == (None, None, None, 1, 1)
        assert {r["reason"] for r in records(now.ledger) if r["casualty"] == 0
                and r["policy"].startswith("all effects")} == {"rejected by the analyst"}


def test_a_correction_keeps_what_was_found(corpus):
    corpus.judge("claim_corrected", anchors=anchors(corpus, 0), value={"effect": "killed", "low": 4, "high": 4})
    now = again(corpus)
    assert (claim(now)["low"], claim(now)["high"], claim(now)["judged"]) == (4, 4, "corrected")
    assert json.loads(claim(now)["found"]) == {"low": 3, "high": 3}
    assert total(now, claim(now)["incident"])[:3] == (4, 4, 4)


def test_an_added_claim_has_the_voice_that_says_it(corpus):
    start = TEXT.index("a blast")
    corpus.judge("claim_added", anchors=(corpus.anchor("a.txt", start, start + 7),),
                 value={"effect": "injured", "low": 6, "high": 6}, why="told by the reporter")
    row = records(again(corpus).casualties)[2]
    assert (row["victims"], row["effect"], row["low"], row["judged"]) == ("a blast", "injured", 6, "added")
    assert row["attribution"] == claim(corpus)["attribution"]


def test_undo_gives_back_what_was_found(corpus):
    value = {"effect": "killed", "low": 9, "high": 9}
    decision = corpus.judge("claim_corrected", anchors=anchors(corpus, 0), value=value)
    corpus.undo(decision.id)
    assert (claim(corpus)["low"], claim(corpus)["judged"]) == (3, None)


def test_incidents_are_merged_and_split_again(corpus):
    assert claim(corpus, 0)["incident"] != claim(corpus, 1)["incident"]
    merged = corpus.judge("incident_merged", anchors=anchors(corpus, 0, 1))
    assert claim(corpus, 0)["incident"] == claim(corpus, 1)["incident"]
    corpus.undo(merged.id)
    assert claim(corpus, 0)["incident"] != claim(corpus, 1)["incident"]


def test_what_the_analyst_splits_is_two_incidents_that_add_up(corpus):
    (corpus.journal.path.parent / "b.txt").write_text(
        "Five people were killed in a blast in Herat on 4 May 2019.", encoding="utf-8")
    (corpus.journal.path.parent / "c.txt").write_text(
        "Seven people were killed in a blast in Herat on 4 May 2019.", encoding="utf-8")
    now = again(corpus)
    number = [c["article_id"] for c in records(now.casualties)].index("b.txt")
    assert claim(now, number)["incident"] == claim(now, number + 1)["incident"]
    now.judge("incident_split", anchors=anchors(now, number, number + 1), why="one at the market, one at the mosque")
    one, other = (claim(now, n)["incident"] for n in (number, number + 1))
    rows = [Incident(**row) for row in records(now.incidents) if row["policy"] == DEFAULT.name
            and row["incident"] in (one, other)]
    assert [row.told_apart for row in rows] == [(other,), (one,)]
    claims = [Casualty(**row) for row in records(now.casualties) if row["incident"] in (one, other)]
    assert [(total.low, total.not_added) for total in overall(rows, claims)] == [(12, {})]


def test_who_is_told_again_goes_with_the_claim_that_is_split():
    """The second row restates the first; the third restates the second, the fourth is part of it."""
    claims = [Casualty("a", n, n, n + 1, "killed", low, low, "exact", victims_start=n, victims_end=n + 1,
                       **fields) for n, (low, fields) in enumerate([
                           (9, {}), (5, {"restates": 0, "superseded_by": 0}), (6, {"restates": 1}), (2, {"part_of": 1}),
                           (9, {"restates": 0})])]
    split = Judgement("1", "incident_split", "an analyst", "2022-03-18T00:00:00")
    rows, pairs = review.events(claims, [(split, (("a", 0, 1), ("a", 1, 2)))])
    assert [(c.event, c.restates, c.superseded_by, c.part_of) for c in rows] == [
        (0, None, None, None), (1, None, None, None), (1, 1, None, None), (1, None, None, 1), (0, 0, None, None)]
    assert pairs == [(("a", 0), ("a", 1))]


def test_a_judgement_on_a_changed_text_is_reported_and_not_applied(corpus):
    corpus.judge("claim_rejected", anchors=anchors(corpus, 0), value={"effect": "killed"})
    (corpus.journal.path.parent / "a.txt").write_text(TEXT.replace("three", "nine"), encoding="utf-8")
    now = again(corpus)
    assert (claim(now)["low"], claim(now)["judged"]) == (9, None)
    assert [p["what"] for p in records(now.problems)] == ["judgement no longer fits"]


def test_the_analysts_grade_wins_and_the_suggestion_stays(corpus):
    source = records(corpus.sources)[0]["source"]
    corpus.judge("grade", source, value="B", why="known for years")
    row = next(r for r in records(again(corpus).sources) if r["source"] == source)
    assert (row["grade_letter"], row["grade_letter_suggested"]) == ("B", "F")
    assert "known for years" in row["grade_reason"]


def problems(corpus):
    return [p["detail"].partition(": ")[2] for p in records(corpus.problems)]


def test_the_analysts_number_for_an_item_wins_and_the_suggestion_stays(corpus):
    decision = corpus.judge("grade", anchors=anchors(corpus, 0), value=2, why="I saw the list of names")
    for now in (corpus, again(corpus)):
        row = claim(now)
        assert (row["grade_number"], row["grade_number_suggested"]) == (2, 6)
        assert row["grade_reason"].startswith(
            "given by the analyst: I saw the list of names; suggested 6, cannot be judged")
        assert claim(now, 1)["grade_number"] is None
    corpus.judge("grade", anchors=anchors(corpus, 0), value={"effect": "killed", "grade": 4}, why="one was alive")
    assert claim(corpus)["grade_number"] == 4
    corpus.undo(corpus.journal.in_force()[-1].id)
    assert claim(corpus)["grade_number"] == 2
    corpus.undo(decision.id)
    assert (claim(corpus)["grade_number"], claim(corpus)["grade_reason"][:16]) == (None, "cannot be judged")


@pytest.mark.parametrize(("value", "fault"), [
    ("B", "'B' is no number from 1 to 6"), (7, "7 is no number from 1 to 6"), (True, "True is no number from 1 to 6"),
    ({"effect": "injured", "grade": 2}, "no such claim is found there now"),
])
def test_a_number_that_fits_nothing_is_reported(corpus, value, fault):
    corpus.judge("grade", anchors=anchors(corpus, 0), value=value, why="a slip")
    assert claim(corpus)["grade_number"] is None
    assert problems(corpus) == [fault]


def test_a_number_for_words_that_changed_is_stale(corpus):
    corpus.judge("grade", anchors=anchors(corpus, 0), value=2, why="I saw the list of names")
    (corpus.journal.path.parent / "a.txt").write_text(TEXT.replace("three people", "nobody"), encoding="utf-8")
    now = again(corpus)
    assert [p["what"] for p in records(now.problems)] == ["judgement no longer fits"]
    assert {row["grade_number"] for row in records(now.casualties)} <= {None}


@pytest.mark.parametrize(("value", "said"), [
    ({"low": "five"}, "low cannot be 'five'"), ({"low": -1}, "low cannot be -1"), ({"low": True}, "low cannot be True"),
    ({"low": 10 ** 30}, "low cannot be 1000"), ({"low": 9}, "low 9 is more than high 3"),
    ({"bound": "roughly"}, "bound cannot be 'roughly'"), ({"place": ["x"]}, "place cannot be ['x']"),
    ({"restates": 0}, "leads back to this one"), ({"part_of": 7}, "there is no such claim"),
])
def test_what_no_claim_can_hold_is_said_and_not_applied(corpus, value, said):
    corpus.judge("claim_corrected", anchors=anchors(corpus, 0), value={"effect": "killed", **value})
    now = again(corpus)
    assert (claim(now)["low"], claim(now)["judged"]) == (3, None)
    [problem] = records(now.problems)
    assert problem["what"] == "judgement not applied"
    assert said in problem["detail"]


def test_restatements_cannot_be_made_to_go_in_circles(corpus):
    corpus.judge("claim_corrected", anchors=anchors(corpus, 0), value={"effect": "killed", "restates": 1})
    corpus.judge("claim_corrected", anchors=anchors(corpus, 1), value={"effect": "killed", "restates": 0})
    assert [c["restates"] for c in records(again(corpus).casualties)] == [1, None]


@pytest.mark.parametrize(("kind", "names"), [
    ("grade", ("Nobody Known",)), ("merge", ("Kandahar", "Nobody Known")), ("not_same", ("Nobody Known", "Herat"))])
def test_a_judgement_on_a_name_that_is_gone_is_listed(corpus, kind, names):
    corpus.judge(kind, *names, value="B" if kind == "grade" else None)
    corpus.judge("not_same", "Kandahar", "Herat")
    [problem] = records(again(corpus).problems)
    assert problem["what"] == "judgement no longer fits"
    assert "nobody is named “Nobody Known”" in problem["detail"]


def test_a_judgement_on_events_whose_claim_is_gone_is_listed(corpus):
    start = TEXT.index("a blast")
    corpus.judge("incident_merged", anchors=(*anchors(corpus, 0), corpus.anchor("a.txt", start, start + 7)))
    [problem] = records(again(corpus).problems)
    assert "one of its claims is not found" in problem["detail"]


def test_a_correction_of_the_role_says_which_it_was(corpus):
    corpus.judge("claim_corrected", anchors=anchors(corpus, 0), value={"effect": "killed", "role": "over time"})
    assert your_words(corpus.casualties).tolist() == ["corrected; found: toll", "–"]


ICRC = "International Committee of the Red Cross"
THREE = {"a.txt": "Police said three people were killed in a blast in Kandahar on 4 March 2019. "
                  "The Red Cross said nine people were injured.",
         "b.txt": "In Herat, gunmen killed two soldiers on 9 April 2019, the army said.",
         "c.txt": "It rained in Kunduz all week."}


@pytest.fixture
def three(corpus_of):
    return corpus_of(THREE)


def incident(corpus, effect="killed", number=0):
    name = claim(corpus, number)["incident"]
    return next((r for r in records(corpus.incidents) if (r["incident"], r["effect"], r["policy"]) == (
        name, effect, DEFAULT.name)), None)


@pytest.mark.parametrize(("value", "columns", "found"), [
    ({"low": 4, "high": 4}, {"low": 4, "high": 4}, {"low": 3, "high": 3}),
    ({"source": ICRC}, {"said_by": ICRC, "root": ICRC, "chain": (ICRC,)}, {"source": "Police"}),
    ({"source": "a nurse"}, {"said_by": "a nurse", "root": "a nurse (a.txt)"}, {"source": "Police"}),
    ({"source": None}, {"said_by": None, "attribution": None, "root": "unknown (a.txt)"}, {"source": "Police"}),
    ({"place": "Herat"}, {"place": "Herat"}, {"place": "Kandahar"}),
    ({"date": "2019-03"}, {"date": "2019-03"}, {"date": "2019-03-04"}),
    ({"new_effect": "missing"}, {"effect": "missing"}, {"effect": "killed"}),
    ({"role": "over time"}, {"role": "over time", "scope": "cumulative"}, {"role": "toll"}),
    ({"perpetrator": "Taliban", "means": "bomb"}, {"perpetrator": "Taliban", "means": "bomb"}, {"perpetrator": None}),
])
def test_each_column_is_corrected_lasts_and_is_undone(three, value, columns, found):
    before = records(three.casualties)
    made = three.judge("claim_corrected", anchors=anchors(three, 0), value={"effect": "killed", **value}, why="seen")
    for now in (three, again(three)):
        row = claim(now)
        assert {name: row[name] for name in columns} == columns
        assert found.items() <= json.loads(row["found"]).items()
        assert (row["judged"], row["judged_why"], list(now.problems["detail"])) == ("corrected", "seen", [])
    three.undo(made.id)
    assert records(three.casualties) == before


def test_what_is_corrected_is_what_the_incident_and_the_sources_say(three):
    first = anchors(three, 0)
    three.judge_all([{"kind": "claim_corrected", "anchors": first, "value": {"effect": "killed", **value}, "why": "x"}
                     for value in ({"place": "Herat"}, {"date": "2019-03-05"}, {"source": "a nurse"})])
    found = incident(three)
    assert (found["place"], found["date"], found["n_roots"]) == ("Herat", "2019-03-05", 1)
    assert found["latitude"] == pytest.approx(34.35, abs=0.1)  # where the other article has it
    nurse = next(row for row in records(three.sources) if row["source"] == "a nurse")
    assert (nurse["n_casualty_claims"], nurse["grade_letter"]) == (1, "F")
    assert "names nobody" in nurse["grade_reason"]
    assert set(json.loads(claim(three)["found"])) == {"place", "date", "source"}


def test_an_effect_that_is_corrected_counts_there_and_is_still_found_by_its_name(three):
    three.judge("claim_corrected", anchors=anchors(three, 0), value={"effect": "killed", "new_effect": "missing"})
    assert (incident(three), incident(three, "missing")["low"]) == (None, 3)
    three.judge("claim_rejected", anchors=anchors(three, 0), value={"effect": "killed"}, why="a drill")
    assert (claim(three)["effect"], claim(three)["judged"]) == ("missing", "rejected")
    three.judge("grade", anchors=anchors(three, 0), value={"effect": "killed", "grade": 2}, why="a list")
    assert (claim(three)["grade_number"], list(three.problems["detail"])) == (2, [])


def test_a_claim_is_moved_into_another_articles_event_and_out_again(three):
    assert [c["effect"] for c in records(three.casualties)] == ["killed", "injured", "killed"]
    three.judge("claim_corrected", anchors=anchors(three, 0, 2), value={"effect": "killed", "of": "killed"}, why="one")
    one, hurt, other = (c["incident"] for c in records(again(three).casualties))
    assert one == other != hurt
    assert incident(three)["high"] == 3
    three.judge("claim_corrected", anchors=anchors(three, 0, 1), value={"effect": "killed", "of": "injured"}, why="no")
    one, hurt, other = (c["incident"] for c in records(again(three).casualties))
    assert one == hurt != other
    three.judge("claim_corrected", anchors=anchors(three, 0), value={"effect": "killed", "event": None}, why="alone")
    assert len(set(three.casualties["incident"])) == 3


@pytest.mark.parametrize(("value", "leads"), [
    ({"low": 7, "high": 7}, None), ({"low": 7, "high": 7, "of": "killed"}, 0), ({"low": 2, "high": 2, "role": "part",
                                                                                 "of": "killed"}, 0)])
def test_a_claim_is_added_where_none_was_found_into_the_event_one_chooses(three, value, leads):
    article = "c.txt" if value.get("role") is None else "a.txt"
    start = THREE[article].index("Kunduz" if article == "c.txt" else "a blast")
    words = three.anchor(article, start, start + 6)
    three.judge("claim_added", anchors=(words, *(anchors(three, 0) if leads is not None else ())),
                value={"effect": "killed", "source": "a nurse", **value}, why="told there")
    now = again(three)
    made = next(c for c in records(now.casualties) if c["judged"] == "added")
    assert (made["article_id"], made["chain"], made["root"]) == (article, ("a nurse",), f"a nurse ({article})")
    assert (made["incident"] == claim(now)["incident"]) == (leads is not None)
    assert made["part_of"] == (0 if value.get("role") else None)
    assert list(now.problems["detail"]) == []


@pytest.mark.parametrize(("value", "said"), [
    ({"new_effect": "hurt"}, "new_effect cannot be 'hurt'"), ({"date": "4 March"}, "date cannot be '4 March'"),
    ({"source": " "}, "source cannot be ' '"), ({"source": 4}, "source cannot be 4"), ({"of": "missing"}, "no claim"),
    ({"role": "part", "of": "killed"}, "leads back to this one"),
])
def test_what_no_correction_can_say_is_listed_and_not_applied(three, value, said):
    three.judge("claim_corrected", anchors=anchors(three, *([0, 0] if "of" in value else [0])),
                value={"effect": "killed", **value})
    now = again(three)
    assert claim(now)["judged"] is None
    [problem] = records(now.problems)
    assert said in problem["detail"]


def test_a_claim_that_leads_to_words_that_are_gone_is_reported(three):
    three.judge("claim_corrected", anchors=anchors(three, 0, 2), value={"effect": "killed", "of": "killed"}, why="one")
    (three.journal.path.parent / "b.txt").write_text("Nothing.", encoding="utf-8")
    now = again(three)
    assert [p["what"] for p in records(now.problems)] == ["judgement no longer fits"]
    assert claim(now)["judged"] is None


def test_no_row_on_another_effect_leads_to_a_corrected_one():
    claims = [Casualty("a", n, n, n + 1, "killed", low, low, "exact", victims_start=n, victims_end=n + 1, **fields)
              for n, (low, fields) in enumerate([(9, {}), (9, {"role": "again", "restates": 0}),
                                                 (2, {"role": "part", "part_of": 0})])]
    said = Judgement("1", "claim_corrected", "an analyst", "2022-03-18T00:00:00",
                     value={"effect": "killed", "new_effect": "injured"})
    rows, problems, _ = review.review(claims, (), [(said, ("a", 0, 1), None)])
    assert problems == []
    assert [(c.effect, c.role, c.restates, c.part_of) for c in rows] == [
        ("injured", "toll", None, None), ("killed", "toll", None, None), ("killed", "toll", None, None)]
