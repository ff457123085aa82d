"""The review panel: questions with keys, corrections of every field, missed claims, and undo; and in the real page."""

from __future__ import annotations

import pytest

from analysis import panels, typed_claims
from analysis.corpus import Corpus
from analysis.exports import records
from analysis.panels.review import add, correct
from analysis.records import Casualty

TEXTS = {"a.txt": "Police said three people were killed in a blast in Kandahar on 4 March 2019.",
         "b.txt": "In Herat, gunmen killed two soldiers on 9 April 2019, the army said. "
                  "More than 70,000 people have been killed since 1979.",
         "c.txt": "A flood reached <b>Kunduz</b>. Nothing else is known."}
NO_REASON = "Not saved: a judgement needs a reason that others can follow."


@pytest.fixture
def corpus(corpus_of):
    return corpus_of(TEXTS)


@pytest.fixture
def panel(corpus):
    return panels.review_panel(corpus)


def again(corpus):
    return Corpus(corpus.journal.path.parent, progress=False)


def press(panel, button, **values):
    for name, value in values.items():
        {**panel.form.fields, "why": panel.form.why, "words": panel.form.words,
         "article": panel.form.article}[name].value = value
    panel.buttons[next(label for label in panel.buttons if label.startswith(button))].click()
    return panel.status.value.split(" — ")[0]


def claims(corpus):
    return [Casualty(**row) for row in records(corpus.casualties)]


def chosen(panel, number=0):
    panel.select([("a.txt", 0), ("b.txt", 0), ("b.txt", 1)][number:number + 1])
    return panel


def test_one_question_at_a_time_with_its_sentence_and_reading(panel, corpus):
    queue = corpus.review_queue()
    assert panel.status.value == f"{len(queue)} questions left; reviewed 0 of 3 claims"
    assert str(queue.iloc[0]["question"]) in panel.card.value
    chosen(panel)
    marked = "<mark>three people were killed in a blast in Kandahar on 4 March 2019</mark>"
    for words in ("Police said ", marked, "killed 3",
                  "Police (asserted)", "4 March 2019", "I1 (Kandahar, 4 March 2019)", "toll (", "not reviewed"):
        assert words in panel.card.value
    assert panel.reader.page["article"] == "a.txt"


def test_the_queue_keeps_its_place(panel, corpus):
    asked = [panel.question["question"]]
    for _ in range(len(corpus.review_queue()) - 1):
        press(panel, "Next")
        asked.append(panel.question["question"])
    assert asked == corpus.review_queue()["question"].tolist()
    press(panel, "Next")
    assert panel.question["question"] == asked[0]
    press(panel, "Next")
    press(panel, "Accept")
    assert panel.question["question"] not in asked[:2]
    assert f"{len(asked) - 1} question" in panel.status.value


def test_what_was_decided_is_listed_and_undone_by_name(panel, corpus):
    for number in (0, 1):
        press(chosen(panel, number), "Accept")
    said = [label for label, _ in panel.decided.options]
    assert said == ["accepted killed “two soldiers”", "accepted killed “three people”"]
    panel.decided.index = 1
    assert press(panel, "Undo") == "Taken back: accepted killed “three people”"
    assert corpus.casualties["judged"].fillna("").tolist() == ["", "accepted", ""]
    assert press(panel, "Undo") == "Taken back: accepted killed “two soldiers”"
    assert panel.buttons["Undo (U)"].disabled


def test_a_rejection_needs_a_reason_and_lasts(panel, corpus):
    chosen(panel)
    press(panel, "Reject")
    assert (panel.form.mode, panel.form.letters.focus[0]) == ("reject", "Reason")
    assert press(panel, "Save") == NO_REASON
    assert press(panel, "Save", why="another blast") == "Saved: rejected killed 3 “three people”"
    assert (panel.form.mode, panel.form.letters.focus[0]) == ("", "")
    assert again(corpus).casualties["judged"][0] == "rejected"
    assert panels.review_panel(again(corpus)).decided.options[0][0] == "rejected killed “three people” (another blast)"


def test_many_claims_are_decided_and_undone_at_once(panel, corpus):
    panel.select([("a.txt", 0), ("b.txt", 0), ("b.txt", 1)])
    assert "3 claims: Accept and Reject are about all of them." in panel.card.value
    assert panel.buttons["Correct (C)"].disabled
    assert press(panel, "Accept") == "Saved: accepted 3 claims"
    assert [label for label, _ in panel.decided.options] == ["accepted 3 claims"]
    assert press(panel, "Undo") == "Taken back: accepted 3 claims"
    assert panels.reviewed(corpus) == "reviewed 0 of 3 claims"


def test_two_claims_are_one_event_and_a_journal_says_the_opposite(panel, corpus):
    panel.select([("a.txt", 0), ("b.txt", 0)])
    assert press(panel, "Same event") == "Saved: one event: killed 3 “three people” and killed 2 “two soldiers”"
    assert len(set(corpus.casualties["incident"])) == 2
    mine, other, _ = claims(corpus)
    done = panels.review.events(corpus, "incident_split", mine, other, "two towns")
    assert done.words.startswith("Saved: two events")
    assert panels.review.events(corpus, "incident_merged", mine, other, "no").words.startswith(
        "Saved, but not carried out: another decision of yours")


@pytest.mark.parametrize(("key", "said", "one"), [
    ("Accept", "Saved: one event: ", True), ("Same event", "Saved: one event: ", True), ("Reject", NO_REASON, False)])
def test_a_question_about_events_is_answered_with_yes_or_no(panel, corpus, monkeypatch, key, said, one):
    asked = corpus.review_queue().iloc[[0]].assign(
        kind="link", article_id="b.txt", casualty=0, other_article_id="a.txt", other_casualty=0, question="One event?")
    monkeypatch.setattr(corpus, "review_queue", lambda: asked)
    panel._asked = None
    panel.show()
    assert panel.card.value.count("<mark>") == 2
    words = press(panel, key)
    assert (words if one else press(panel, "Save")).startswith(said)
    assert (len(set(corpus.casualties["incident"])) == 2) == one
    if not one:
        assert press(panel, "Save", why="two towns").startswith("Saved: two events: ")


@pytest.mark.parametrize(("typed", "columns"), [
    ({"low": "4", "high": "6"}, {"low": 4, "high": 6, "bound": "range"}),
    ({"high": ""}, {"low": 3, "high": None, "bound": "at_least"}),
    ({"low": "?", "high": "1,200"}, {"low": None, "high": 1200, "bound": "at_most"}),
    ({"low": "0", "high": "0"}, {"low": 0, "high": 0, "bound": "exact"}),
    ({"effect": "injured"}, {"effect": "injured"}), ({"victim_status": "police"}, {"victim_status": "police"}),
    ({"source": "a nurse"}, {"said_by": "a nurse", "root": "a nurse (a.txt)"}),
    ({"source": "the article itself"}, {"said_by": None, "root": "unknown (a.txt)"}),
    ({"place": "Herat", "date": "2019-03"}, {"place": "Herat", "date": "2019-03"}),
    ({"date": ""}, {"date": None}), ({"role": "over time"}, {"role": "over time", "scope": "cumulative"}),
    ({"event": "I2 (Herat, 9 April 2019)"}, {"incident": "I1"}),
])
def test_every_field_is_corrected(panel, corpus, typed, columns):
    press(chosen(panel), "Correct")
    assert press(panel, "Save", why="page 2", **typed) == "Saved: corrected killed 3 “three people”"
    assert list(corpus.problems["detail"]) == []
    for now in (corpus, again(corpus)):
        assert {name: getattr(claims(now)[0], name) for name in columns} == columns
    if "event" in typed:
        assert claims(corpus)[1].incident == "I1"
    press(panel, "Undo")
    assert claims(corpus)[0].judged is None


def test_a_claim_is_made_part_of_another_or_given_an_event_of_its_own(panel, corpus):
    press(chosen(panel, 2), "Correct")
    other = panel.form.fields["of"].options[0]
    assert press(panel, "Save", role="part", why="x").startswith("Not saved: which claim of this article")
    assert press(panel, "Save", of=other).startswith("Saved: corrected")
    assert (claims(corpus)[2].part_of, claims(corpus)[2].incident) == (0, claims(corpus)[1].incident)
    press(chosen(panel, 2), "Correct")
    assert (panel.form.fields["role"].value, panel.form.fields["of"].value) == ("part", other)
    press(panel, "Save", event=typed_claims.NEW_EVENT, why="its own")
    assert claims(corpus)[2].part_of is None
    assert len(set(corpus.casualties["incident"])) == 3


@pytest.mark.parametrize(("typed", "said"), [
    ({"low": "five"}, "“five” is no number of people"), ({"low": "-1"}, "no number of people"),
    ({"low": "9"}, "at least 9 and at most 3 cannot both be"), ({}, "nothing was changed"),
    ({"date": "4 March"}, "“4 March” is no day; write 2019-03-04, 2019-03 or 2019"),
    ({"date": "2019-02-30"}, "is no day"), ({"event": "I99"}, "there is no event “I99”"),
    ({"role": "part"}, "which claim of this article"),
])
def test_what_is_no_correction_is_refused(corpus, typed, said):
    claim = claims(corpus)[0]
    done = correct(corpus, claim, "x", **typed_claims.reading(corpus, claim) | typed)
    assert done.words.startswith("Not saved: ")
    assert said in done.words
    assert not corpus.journal.path.exists()


def test_a_missed_claim_is_added_in_an_article_without_any(panel, corpus):
    press(panel, "Missed claim")
    press(panel, "Save", article="c.txt")
    assert panel.reader.page["article"] == "c.txt"
    start = TEXTS["c.txt"].index("<b>Kunduz")
    panel.reader.selection = [start, start + 13]
    assert panel.form.words.value == "<b>Kunduz</b>"
    assert press(panel, "Save", why="told") == "Not saved: how many? Give at least one bound."
    done = press(panel, "Save", low="2", high="2", effect="missing", source="a nurse", event="I1 (Kandahar)")
    assert done == "Saved: added missing 2 “<b>Kunduz</b>”"
    made = next(claim for claim in claims(again(corpus)) if claim.judged == "added")
    assert (made.article_id, made.effect, made.low, made.victims, made.chain, made.incident) == (
        "c.txt", "missing", 2, "<b>Kunduz</b>", ("a nurse",), "I1")
    chosen(panel).select([("c.txt", 0)])
    assert "<b>Kunduz" not in panel.card.value
    assert "&lt;b&gt;Kunduz" in panel.card.value
    read = typed_claims.NOTHING | {"low": "2", "effect": "missing"}
    assert "there is such a claim" in add(corpus, "c.txt", "<b>Kunduz</b>", None, "x", **read).words


@pytest.mark.parametrize(("words", "said"), [
    ("", "open an article and select the words"), ("a flood", "“a flood” does not stand in a.txt"),
    ("i", "“i” stands 5 times in a.txt; select the words in the text")])
def test_words_that_are_not_certain_are_no_claim(corpus, words, said):
    assert add(corpus, "a.txt", words, None, "x", **typed_claims.NOTHING | {"low": "2"}).words.startswith(
        f"Not saved: {said}")


def test_without_a_claim_there_is_nothing_to_ask(tmp_path):
    (tmp_path / "a.txt").write_text("Nothing happened in Herat.", encoding="utf-8")
    panel = panels.review_panel(Corpus(tmp_path, progress=False))
    assert panel.status.value == "0 questions left; reviewed 0 of 0 claims"
    assert "Nothing is left to ask" in panel.card.value
    assert panel.buttons["Accept (A)"].disabled
    press(panel, "Missed claim")
    assert panel.form.mode == "add"
    press(panel, "Cancel")
    assert panel.form.mode == ""


def test_a_journal_that_cannot_be_written_is_said(panel, corpus):
    corpus.journal.path.mkdir()
    assert press(chosen(panel), "Accept").startswith("Not saved: The judgement was not saved in ")


def test_an_undo_that_comes_too_late_is_said(panel, corpus):
    press(chosen(panel), "Accept")
    corpus.undo(corpus.journal.in_force()[0].id)  # in another notebook
    assert press(panel, "Undo").startswith("Not taken back: the judgement ")
    assert panel.buttons["Undo (U)"].disabled
