"""The journal: what is saved stays saved, what is undone is kept, what no longer fits is said."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import re
import signal
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import judgements
from analysis.judgements import (
    Anchor,
    Journal,
    JudgementError,
    anchor,
    applicable,
    in_force,
    journal_path,
    locate,
    stale,
)
from analysis.records import Article
from tools import bench_journal

try:
    import resource
except ImportError:  # Windows
    resource = None

TEXT = "The mayor said that nine miners were hurt in the north. Nine others went home in the evening."
ARTICLE = Article("a.txt", text=TEXT)


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "judgements.jsonl")


def test_a_decision_is_one_line_with_who_when_why_and_its_anchor(journal):
    made = journal.append("claim_corrected", anchors=[anchor(ARTICLE, 20, 31)], value={"low": 8}, who="Ana", why="typo")
    assert json.loads(journal.path.read_text()) == {
        "id": made.id, "kind": "claim_corrected", "who": "Ana", "when": made.when, "why": "typo", "value": {"low": 8},
        "anchors": [{"article_id": "a.txt", "start": 20, "end": 31, "words": "nine miners",
                     "sha256": made.anchors[0].sha256, "before": "The mayor said that ",
                     "after": " were hurt in the north. Nine "}]}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", made.when)
    assert journal.read() == ([made], [])


def test_without_a_journal_nothing_is_judged_and_nothing_is_written(journal):
    assert journal.read() == ([], [])
    assert list(journal.path.parent.iterdir()) == []


def test_undo_is_a_line_and_can_be_undone(journal):
    grade = journal.append("grade", target=["Radio One"], value="C")
    undo = journal.undo(grade.id, why="wrong station")
    assert (undo.kind, undo.undoes, undo.why, journal.in_force()) == ("undo", grade.id, "wrong station", [])
    with pytest.raises(JudgementError, match="undone already"):
        journal.undo(grade.id)
    journal.undo(undo.id)
    assert journal.in_force() == [grade]
    journal.undo(grade.id)
    assert journal.in_force() == []
    assert len(journal.read()[0]) == 4
    with pytest.raises(JudgementError, match="no judgement 'nobody'"):
        journal.undo("nobody")


def test_a_torn_last_line_is_kept_and_reported_and_costs_no_other(journal):
    first = journal.append("note", value="one")
    with journal.path.open("ab") as file:
        file.write(b'{"id": "77", "kind": "no')
    decisions, (problem,) = journal.read()
    assert decisions == [first]
    assert problem.what == "judgement not applied"
    assert "line 2" in problem.detail
    assert "cut off" in problem.detail
    second = journal.append("note", value="two")
    assert journal.read()[0] == [first, second]
    assert b'{"id": "77", "kind": "no\n' in journal.path.read_bytes()


def test_what_a_newer_version_wrote_is_kept_reported_and_not_applied(journal):
    line = {"id": "a", "kind": "grade", "who": "x", "when": "2026-01-02T03:04:05Z"}
    rows = [line | {"kind": "prophecy"}, line | {"id": "b", "weight": 3}, line | {"id": "c"}, line | {"id": "c"},
            line | {"id": "c", "value": 1}, line | {"id": "d", "when": "soon"}, line | {"id": "e", "target": "Radio"},
            line | {"id": "f", "anchors": [{"start": 1}]}, line | {"id": 5}, [], line | {"id": "g", "target": 5}]
    journal.path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    decisions, problems = journal.read()
    assert [(judgement.id, judgement.kind) for judgement in decisions] == [("a", "prophecy"), ("c", "grade")]
    assert [int(re.search(r"line (\d+)", problem.detail)[1]) for problem in problems] == [1, 2, 5, 6, 7, 8, 9, 10, 11]
    assert [judgement.id for judgement in in_force(decisions)] == ["c"]


def test_an_undo_counts_only_after_what_it_names():
    line = {"who": "x", "when": "2026-01-02T03:04:05Z"}
    undo = judgements.Judgement(id="u", kind="undo", undoes="g", **line)
    grade = judgements.Judgement(id="g", kind="grade", **line)
    assert in_force([grade, undo]) == []
    assert in_force([undo, judgements.Judgement(id="w", kind="undo", undoes="w", **line)]) == []


@pytest.mark.parametrize(("kind", "value"), [("grades", None), ("undo", None), ("note", {1}), ("note", float("nan"))])
def test_what_cannot_be_saved_is_refused_and_nothing_is_written(journal, kind, value):
    with pytest.raises(JudgementError):
        journal.append(kind, value=value)
    assert not journal.path.exists()


def test_a_full_disk_loses_nothing_that_was_acknowledged(journal, monkeypatch):
    first = journal.append("note", value="kept")
    before = journal.path.read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(JudgementError, match=r"not saved .* no space left"):
            journal.append("note", value="lost")
    assert journal.path.read_bytes() == before
    assert journal.read() == ([first], [])


def test_an_interrupted_cell_leaves_no_half_line(journal, monkeypatch):
    first = journal.append("note", value="kept")

    def interrupted(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            journal.append("note", value="lost")
    assert journal.read() == ([first], [])


def _append_where_a_part_fits(path, answers):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100,) * 2)
    with pytest.raises(JudgementError) as refused:
        Journal(path).append("note", why="x" * 5000)
    answers.put(str(refused.value))


@pytest.mark.skipif(resource is None, reason="a system that limits no file's size")
def test_a_line_of_which_only_a_part_fits_on_the_disk_is_taken_back(journal):
    first = journal.append("note", value="kept")
    before = journal.path.read_bytes()
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    writer = context.Process(target=_append_where_a_part_fits, args=(journal.path, answers))
    writer.start()
    assert "The judgement was not saved" in answers.get(timeout=60)
    writer.join(60)
    assert journal.path.read_bytes() == before
    assert journal.read() == ([first], [])


@pytest.mark.skipif(sys.platform == "win32", reason="a system without SIGKILL")
def test_processes_that_are_killed_lose_nothing_that_was_acknowledged(journal):
    outcome = bench_journal.run(journal.path, operations=200, kills=8)
    assert len(outcome.acknowledged) >= 200
    assert (outcome.lost, outcome.changed, outcome.undone_and_back, outcome.is_whole) == ([], [], [], True)


def test_that_comparison_can_fail(journal):
    outcome = bench_journal.run(journal.path, operations=20, kills=0)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join(lines[:-10]))
    again = bench_journal._compare(journal.path, outcome.acknowledged, 0, 0)
    assert again.lost
    assert not again.is_whole


def test_several_are_saved_and_taken_back_all_or_none(journal):
    made = journal.append_all([{"kind": "note", "value": 1}, {"kind": "grade", "target": ["Radio One"], "value": "B"}])
    assert journal.read() == (made, [])
    for wrong in ([{"kind": "note"}, {"kind": "unheard of"}], [{"kind": "note"}, {"kind": "note", "value": {1}}]):
        with pytest.raises(JudgementError):
            journal.append_all(wrong)
    with pytest.raises(JudgementError, match="no judgement"):
        journal.undo_all([made[0].id, "nobody"])
    assert journal.in_force() == made
    journal.undo_all([one.id for one in made])
    assert journal.in_force() == []


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(JudgementError, match="WORKBOOK_JOURNAL"):
        Journal(tmp_path / "file" / "judgements.jsonl").append("note")


def test_the_journal_lies_beside_the_articles_or_where_it_is_told(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBOOK_JOURNAL", raising=False)
    assert journal_path(tmp_path) == journal_path(tmp_path / "a.txt") == tmp_path / "judgements.jsonl"
    monkeypatch.setenv("WORKBOOK_JOURNAL", str(tmp_path / "mine.jsonl"))
    assert journal_path(tmp_path) == tmp_path / "mine.jsonl"


def _write_many(path, name):
    for number in range(40):
        Journal(path).append("note", value=[name, number], why="é" * 3000)


def test_programs_that_write_at_once_lose_nothing(journal):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(journal.path, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    decisions, problems = journal.read()
    assert problems == []
    assert sorted(judgement.value for judgement in decisions) == [[name, n] for name in "ab" for n in range(40)]


@pytest.mark.parametrize(("text", "span"), [
    (TEXT, (20, 31)),
    ("Update. " + TEXT, (28, 39)),
    (TEXT.replace(" miners", "\r\nminers"), (20, 32)),
    (TEXT.replace("said", "denied"), None),
    (TEXT.replace("hurt", "not hurt"), None),
    (TEXT + " " + TEXT, None),
    ("Nothing of the kind.", None),
])
def test_words_are_found_again_only_where_that_is_certain(text, span):
    made = anchor(ARTICLE, 20, 31)
    assert locate(made, Article("a.txt", text=text)) == span


def test_an_anchor_that_does_not_fit_its_own_text_is_stale():
    made = anchor(ARTICLE, 20, 31)
    moved = Anchor(made.article_id, made.sha256, 21, 32, made.words, made.before, made.after)
    assert locate(moved, ARTICLE) is None


@pytest.mark.parametrize("span", [(5, 5), (-1, 4), (0, 1000)])
def test_an_anchor_needs_words(span):
    with pytest.raises(ValueError, match=r"a\.txt has no characters"):
        anchor(ARTICLE, *span)


def test_what_fits_is_applied_where_it_stands_now_and_the_rest_is_listed(journal):
    article = Article("a.txt", text=TEXT, sha256=anchor(ARTICLE, 0, 3).sha256)
    grade = journal.append("grade", target=["Radio One"], value="C")
    fits = journal.append("claim_rejected", anchors=[anchor(article, 20, 31)])
    changed = Article("b.txt", text="A new text.")
    old = anchor(Article("b.txt", text="Old."), 0, 3)
    gone = journal.append("claim_rejected", anchors=[anchor(article, 20, 31), old])
    elsewhere = journal.append("note", anchors=[anchor(Article("c.txt", text="Old words."), 0, 3)])
    undone = journal.append("note")
    journal.undo(undone.id)
    renamed = Article("z.txt", text=TEXT, sha256=article.sha256)
    assert applicable(journal.read()[0], [renamed, changed]) == {
        "grade": [(grade, ())], "claim_rejected": [(fits, (("z.txt", 20, 31),))]}
    assert stale(journal.in_force(), [renamed, changed]) == [
        (gone, "b.txt has changed, and 'Old' is not found again with certainty"),
        (elsewhere, "c.txt is not among the articles")]


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
                      | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(), st.lists(st.text(), max_size=2), VALUES), max_size=3))
def test_whatever_is_appended_is_read_back(journal, rows):
    journal.path.unlink(missing_ok=True)
    made = [journal.append("note", why=why, target=target, value=value) for why, target, value in rows]
    assert [(judgement.why, list(judgement.target), judgement.value) for judgement in made] == rows
    assert journal.read() == (made, [])


def merged(tmp_path, *extra):
    """Two journals that begin with one line and go their own ways, as functions of a journal each."""
    mine, hers = Journal(tmp_path / "mine.jsonl"), Journal(tmp_path / "hers.jsonl")
    shared = mine.append("grade", target=["Radio One"], value="C", who="Ana")
    hers.path.write_bytes(mine.path.read_bytes())
    for change in extra:
        change(mine, hers, shared)
    return (*judgements.merge_journals(mine.path, hers.path, tmp_path / "both.jsonl"), tmp_path / "both.jsonl")


def verdict(journal, kind, who, **value):
    return journal.append(kind, anchors=[anchor(ARTICLE, 20, 31)], value={"effect": "injured", **value}, who=who)


@pytest.mark.parametrize(("what", "change", "said"), [
    ("another grade", lambda mine, hers, shared: hers.append("grade", target=["Radio One"], value="E", who="Eve",
                                                             why="late"),
     ["Radio One: Ana said grade C", "Eve said grade E", "(late)"]),
    ("the same grade", lambda mine, hers, shared: hers.append("grade", target=["Radio One"], value="C", who="Eve"), []),
    ("taken back", lambda mine, hers, shared: hers.undo(shared.id, who="Eve", why="not so"),
     ["Radio One: Ana said grade C", "Eve took back that", "(not so)"]),
    ("merged and kept apart", lambda mine, hers, shared: (
        mine.append("merge", target=["US", "U.S.", "America"], who="Ana"),
        hers.append("not_same", target=["America", "US"], who="Eve")), ["US, U.S., America", "not_same"]),
    ("merged, and something else kept apart", lambda mine, hers, shared: (
        mine.append("merge", target=["US", "U.S."], who="Ana"),
        hers.append("not_same", target=["US", "UK"], who="Eve")), []),
    ("two verdicts", lambda mine, hers, shared: (verdict(mine, "claim_accepted", "Ana"),
                                                 verdict(hers, "claim_corrected", "Eve", low=8)),
     ["“nine miners” in a.txt", "claim_accepted", "'low': 8"]),
    ("two effects of one sentence", lambda mine, hers, shared: (
        verdict(mine, "claim_accepted", "Ana"), verdict(hers, "claim_rejected", "Eve", effect="killed")), []),
    ("a mind that changed", lambda mine, hers, shared: (
        verdict(mine, "claim_rejected", "Ana"), verdict(mine, "claim_accepted", "Ana"),
        verdict(hers, "claim_accepted", "Eve")), []),
    ("two corrections", lambda mine, hers, shared: (
        verdict(mine, "claim_corrected", "Ana", source="a nurse"),
        verdict(mine, "claim_corrected", "Ana", place="Herat"),
        verdict(hers, "claim_corrected", "Eve", place="Herat")), ["“nine miners” in a.txt", "'source': 'a nurse'"]),
    ("the same corrections", lambda mine, hers, shared: [
        verdict(journal, "claim_corrected", who, source="a nurse") for journal, who in ((mine, "Ana"), (hers, "Eve"))],
     []),
    ("moved and accepted", lambda mine, hers, shared: (
        mine.append("claim_corrected", anchors=[anchor(ARTICLE, 20, 31), anchor(ARTICLE, 0, 9)], who="Ana",
                    value={"effect": "injured", "of": "killed"}), verdict(hers, "claim_accepted", "Eve")),
     ["“nine miners” in a.txt", "'of': 'killed'", "claim_accepted"]),
    ("moved into two events", lambda mine, hers, shared: [
        journal.append("claim_corrected", anchors=[anchor(ARTICLE, 20, 31), anchor(ARTICLE, *other)], who=who,
                       value={"effect": "injured", "of": "killed"})
        for journal, who, other in ((mine, "Ana", (0, 9)), (hers, "Eve", (56, 67)))], ["“nine miners” in a.txt"]),
    ("one event or two", lambda mine, hers, shared: [
        journal.append(kind, anchors=[anchor(ARTICLE, 0, 9), anchor(ARTICLE, 56, 67)], who=who)
        for journal, kind, who in ((mine, "incident_merged", "Ana"), (hers, "incident_split", "Eve"))],
     ["incident_merged", "incident_split"]),
    ("notes", lambda mine, hers, shared: (mine.append("note", target=["Radio One"], value="a"),
                                          hers.append("note", target=["Radio One"], value="b")), []),
])
def test_where_two_analysts_disagree(tmp_path, what, change, said):
    found, problems, both = merged(tmp_path, change)
    assert problems == []
    assert len(found) == bool(said), what
    for words in said:
        assert words in str(found[0]), what
    decisions, _ = Journal(both).read()
    everything = {j.id for name in ("mine", "hers") for j in Journal(tmp_path / f"{name}.jsonl").read()[0]}
    assert [j.id for j in decisions if j.id in everything] == [j.id for j in decisions]
    assert len(decisions) == len(everything)
    assert [j.when for j in decisions] == sorted(j.when for j in decisions)


def test_a_merged_journal_takes_the_place_of_neither(tmp_path):
    journal = Journal(tmp_path / "a.jsonl")
    journal.append("note", value=1)
    with journal.path.open("ab") as file:
        file.write(b'{"torn')
    (tmp_path / "b.jsonl").write_bytes(b"")
    (_, [problem]) = judgements.merge_journals(tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "c.jsonl")
    assert "line 2" in problem.detail
    with pytest.raises(JudgementError, match="is there already"):
        judgements.merge_journals(tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "c.jsonl")
    with pytest.raises(JudgementError, match="There is no journal"):
        judgements.merge_journals(tmp_path / "a.jsonl", tmp_path / "d.jsonl", tmp_path / "e.jsonl")
    line = json.loads(journal.path.read_text().splitlines()[0])
    (tmp_path / "b.jsonl").write_text(json.dumps(line | {"value": 2}) + "\n")
    with pytest.raises(JudgementError, match="not two copies"):
        judgements.merge_journals(tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "e.jsonl")


def test_the_command_lists_the_disagreements(tmp_path, capsys):
    from analysis.__main__ import main  # late: the processes of this file need not load all of it

    mine, hers = Journal(tmp_path / "mine.jsonl"), Journal(tmp_path / "hers.jsonl")
    for journal, who, letter in ((mine, "Ana\x1b[31m", "B"), (hers, "Eve", "D")):
        journal.append("grade", target=["Radio One"], value=letter, who=who)
    call = ["merge-journals", str(mine.path), str(hers.path), "--out", str(tmp_path / "both.jsonl")]
    assert main(call) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 disagreements, where the later word holds")
    assert "- Radio One: Ana[U+001B][31m said grade B" in out
    assert main(call) == 1
    assert "is there already" in capsys.readouterr().err
