"""The queue of what to review next: its order, what leaves it, its words; and the role that the analyst gives."""

from __future__ import annotations

import dataclasses
import json

import pandas as pd
import pytest

from analysis.corpus import Corpus
from analysis.exports import records
from analysis.incidents import DEFAULT
from analysis.judgements import Anchor, Judgement
from analysis.records import Casualty, Incident, LedgerEntry, table
from analysis.review import review
from analysis.review_queue import COLUMNS, review_queue

TEXT = ("Police said 14 people were killed in a blast in Kandahar. "
        "In Herat, gunmen killed two soldiers, the army said.")


def toll(article_id, number, low, **fields):
    return Casualty(article_id, number, 10 * number, 10 * number + 5, "killed", low, low, "exact", **{
        "victims": f"{low} people", "role_probability": 0.5, "incident": "I1", "role_reasons": ("stands in the lead",),
        **fields})


def queue(*claims, may_be=None, unused=(), judgements=()):
    """Return the queue of some claims; their incidents' ranges are those of the claims that are used."""
    incidents = []
    for name in dict.fromkeys(claim.incident for claim in claims):
        figures = [c.low for c in claims if c.incident == name and c.casualty not in unused and c.low is not None]
        low, high = min(figures, default=None), max(figures, default=None)
        incidents.append(Incident(name, "killed", DEFAULT.name, low, high, high, None, None, None, None, None, None,
                                  None, 1, 1, 1, 1, 0, may_be=(may_be or {}).get(name)))
    ledger = [LedgerEntry(c.incident, "killed", DEFAULT.name, c.article_id, c.casualty, c.casualty not in unused,
                          "used" if c.casualty not in unused else "part of another") for c in claims]
    return review_queue(table(claims, Casualty), table(incidents, Incident), table(ledger, LedgerEntry), judgements)


def asked(frame):
    return [(row["kind"], row["article_id"], row["casualty"], row["people"]) for row in records(frame)]


def test_doubt_times_people_comes_first():
    found = queue(toll("a", 0, 14), toll("b", 0, 20), toll("c", 0, 15, role_probability=0.9))
    assert asked(found) == [("claim", "b", 0, 5), ("claim", "a", 0, 1)]
    assert found["urgency"].tolist() == [2.5, 0.5]


def test_a_toll_alone_moves_all_of_its_people_and_what_others_say_too_moves_none():
    assert asked(queue(toll("a", 0, 14))) == [("claim", "a", 0, 14)]
    assert asked(queue(toll("a", 0, 14), toll("b", 0, 14))) == []


def test_a_part_would_come_on_top():
    found = queue(toll("a", 0, 14, role_probability=1.0), toll("a", 1, 3, role="part", part_of=0), unused={1})
    assert asked(found) == [("claim", "a", 1, 3)]
    assert found.loc[0, "question"] == "Is “3 people” a part of “14 people”?"
    assert (found.loc[0, "other_article_id"], found.loc[0, "other_casualty"]) == ("a", 0)


@pytest.mark.parametrize("fields", [{"certainty": "denied"}, {"judged": "accepted"}, {"judged": "corrected"},
                                    {"judged": "rejected"}, {"role_probability": None}, {"role_probability": 1.0}])
def test_what_is_reviewed_or_sure_is_not_asked_about(fields):
    assert len(queue(toll("a", 0, 14))) == 1
    made = toll("a", 0, 14, **fields)
    if "certainty" in fields:
        rows = [table([made], Casualty), table([], Incident),
                table([LedgerEntry("I1", "killed", DEFAULT.name, "a", 0, False, "denied")], LedgerEntry)]
        assert review_queue(*rows).empty
    else:
        assert queue(made).empty


def test_a_count_over_time_is_asked_about_no_further_than_the_total_of_the_news():
    found = queue(toll("a", 0, 14, role_probability=1.0), toll("a", 1, 400000, role="over time", scope="cumulative",
                                                               incident="I2"), unused={1})
    assert asked(found) == [("claim", "a", 1, 14)]
    assert found.loc[0, "question"] == (
        "Is “400000 people” a count over time, and not of the same event as “14 people”?")


def test_reasons_are_words():
    reasons = ("stands in the lead", "last month")
    assert queue(toll("a", 0, 14, role_reasons=reasons)).loc[0, "reasons"] == "stands in the lead; last month"


def test_a_link_is_asked_about_once_until_it_is_merged():
    claims = [toll("a", 0, 14, role_probability=1.0), toll("b", 0, 20, role_probability=1.0, incident_probability=0.7)]
    found = queue(*claims)
    assert asked(found) == [("link", "b", 0, 6)]
    assert (found.loc[0, "other_article_id"], found.loc[0, "other_casualty"]) == ("a", 0)
    merged = Judgement("1", "incident_merged", "an analyst", "2022-03-18T00:00:00", anchors=tuple(
        Anchor(name, "", 0, 5, "words", "", "") for name in "ab"))
    assert queue(*claims, judgements=[merged]).empty


def test_what_may_be_one_incident_is_asked_about():
    found = queue(toll("a", 0, 14, role_probability=1.0), toll("b", 0, 9, role_probability=1.0, incident="I2"),
                  may_be={"I2": "I1"})
    assert asked(found) == [("may be one", None, None, 9)]
    assert found.loc[0, "question"] == ("Are I2 (place not known, date not known) and I1 (place not known, date not "
                                        "known) one event?")


def test_hostile_words_stay_words_on_one_line_and_short():
    words = "{0} %s <script>alert(1)</script>\n\n=HYPERLINK " + "x" * 100
    question = queue(toll("a", 0, 14, victims=words)).loc[0, "question"]
    assert question.startswith("Is “{0} %s <script>alert(1)</script> =HYPERLINK xxx")
    assert "\n" not in question
    assert len(question) < 170


def test_nothing_to_read_gives_an_empty_queue(tmp_path):
    (tmp_path / "a.txt").write_text("It rained in Herat.", encoding="utf-8")
    found = Corpus(tmp_path, progress=False).review_queue()
    assert (found.columns.tolist(), len(found)) == (list(COLUMNS), 0)
    assert isinstance(found, pd.DataFrame)


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBOOK_JOURNAL", raising=False)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return Corpus(tmp_path, progress=False)


def test_an_answer_takes_its_question_out_and_undo_brings_it_back(corpus):
    before = corpus.review_queue()
    rows = {row["casualty"]: row for row in records(corpus.casualties)}
    first = rows[before.loc[0, "casualty"]]
    anchor = corpus.anchor("a.txt", first["victims_start"], first["victims_end"])
    made = corpus.judge("claim_corrected", anchors=(anchor,), value={"effect": "killed", "role": "over time"})
    row = next(row for row in records(corpus.casualties) if row["casualty"] == first["casualty"])
    assert (row["role"], row["scope"], row["judged"]) == ("over time", "cumulative", "corrected")
    assert row["role_probability"] == first["role_probability"]
    assert json.loads(row["found"])["role"] == first["role"]
    assert first["casualty"] not in corpus.review_queue()["casualty"].tolist()
    corpus.undo(made.id)
    pd.testing.assert_frame_equal(corpus.review_queue(), before)


CLAIMS = [toll("a", 0, 14), toll("a", 1, 20, event=1), toll("a", 2, 14, role="again", restates=0),
          toll("a", 3, 3, role="part", part_of=0), toll("a", 4, 9, role="other", scope="background", event=2)]


def corrected(number, **value):
    """Return (role, scope, event, restates, part_of) of all claims after a correction of one, or what is wrong."""
    claims = [dataclasses.replace(c, start=10 * c.casualty, end=10 * c.casualty + 5) for c in CLAIMS]
    made = Judgement("1", "claim_corrected", "an analyst", "2022-03-18T00:00:00", value={"effect": "killed", **value})
    rows, problems, _ = review(claims, (), [(made, ("a", 10 * number, 10 * number + 5), None)])
    return [(c.role, c.scope, c.event, c.restates, c.part_of) for c in rows] if not problems else problems[0].detail


@pytest.mark.parametrize(("number", "value", "row"), [
    (1, {"role": "part", "part_of": 0}, ("part", "incident", 0, None, 0)),
    (1, {"part_of": 0}, ("part", "incident", 0, None, 0)),
    (1, {"role": "part", "part_of": 2}, ("part", "incident", 0, None, 0)),
    (1, {"role": "again", "restates": 2}, ("again", "incident", 0, 0, None)),
    (1, {"role": "other"}, ("other", "background", 3, None, None)),
    (1, {"role": "other", "event": 2}, ("other", "background", 2, None, None)),
    (1, {"role": "over time"}, ("over time", "cumulative", 3, None, None)),
    (1, {"scope": "background"}, ("other", "background", 3, None, None)),
    (3, {"role": "toll"}, ("toll", "incident", 0, None, None)),
    (2, {"role": "toll", "event": 1}, ("toll", "incident", 1, None, None)),
    (4, {"role": "toll"}, ("toll", "incident", 2, None, None)),
    (4, {"role": "other", "low": 8}, ("other", "background", 2, None, None)),
])
def test_what_leads_where_follows_from_the_role(number, value, row):
    assert corrected(number, **value)[number] == row


def test_the_same_people_and_their_parts_go_with_a_claim():
    assert corrected(0, role="other")[:4] == [
        ("other", "background", 3, None, None), ("toll", "incident", 1, None, None),
        ("other", "background", 3, 0, None), ("other", "background", 3, None, 0)]
    assert corrected(0, role="again", restates=1)[:4] == [
        ("again", "incident", 1, 1, None), ("toll", "incident", 1, None, None),
        ("again", "incident", 1, 1, None), ("part", "incident", 1, None, 1)]


@pytest.mark.parametrize(("value", "said"), [
    ({"role": "part"}, "a claim that is 'part' needs part_of"),
    ({"role": "again"}, "a claim that is 'again' needs restates"),
    ({"role": "toll", "part_of": 0}, "part_of cannot be 0 for a claim that is 'toll'"),
    ({"role": "toll", "scope": "background"}, "scope cannot be 'background' for a claim that is 'toll'"),
    ({"role": "total"}, "role cannot be 'total'"), ({"role": "part", "part_of": 9}, "there is no such claim"),
])
def test_a_role_that_contradicts_itself_is_said_and_not_applied(value, said):
    assert said in corrected(1, **value)
