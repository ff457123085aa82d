"""From a folder of articles to tables and files: the handle and the command line."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis.__main__ import main
from analysis.corpus import SEEDS, Corpus, articles_folder
from analysis.exports import records, write_tables
from analysis.records import TABLES, Casualty, Problem, dtypes, table

TEXTS = {"one.txt": "Police said three people were killed in Alpha on Monday.",
         "two.txt": "A bomb wounded two soldiers near Beta, the army said."}


@pytest.fixture
def folder(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_table_has_its_columns_and_dtypes(folder):
    corpus = Corpus(folder, progress=False)
    for name, record in TABLES.items():
        frame = getattr(corpus, name)
        assert list(frame) == list(dtypes(record))
        assert {c: str(t) for c, t in frame.dtypes.items()} == dtypes(record), name


def test_nothing_is_read_before_it_is_asked_for(tmp_path, monkeypatch):
    corpus = Corpus(tmp_path, progress=False)
    (tmp_path / "late.txt").write_text(TEXTS["one.txt"], encoding="utf-8")
    assert list(tmp_path.iterdir()) == [tmp_path / "late.txt"]
    with monkeypatch.context() as patched:
        patched.setattr("analysis.extraction.extract_doc", lambda _: pytest.fail("rows were extracted"))
        assert corpus.text("late.txt") == TEXTS["one.txt"]
    assert corpus.casualties["low"].tolist() == [3]


def test_every_span_quotes_its_article():
    corpus = Corpus(SEEDS, progress=False)
    assert len(corpus.mentions) > 20
    for row in corpus.mentions.itertuples():
        assert corpus.text(row.article_id)[row.start:row.end] == row.text
    for row in corpus.casualties.itertuples():
        assert corpus.text(row.article_id)[row.victims_start:row.victims_end] == row.victims
        assert row.victims.split()[0] in corpus.quote(row.article_id, row.start, row.end)


def test_quote_gives_the_whole_sentence(tmp_path):
    (tmp_path / "a.txt").write_text("First one here. The second\nis here. A third.", encoding="utf-8")
    corpus = Corpus(tmp_path, progress=False)
    assert corpus.quote("a.txt", 20, 26) == "The second is here."
    assert corpus.quote("a.txt", 0, 20) == "First one here. The second is here."


def test_articles_folder_is_the_seed_unless_told(monkeypatch, tmp_path):
    monkeypatch.delenv("WORKBOOK_ARTICLES", raising=False)
    assert articles_folder() == SEEDS
    monkeypatch.setenv("WORKBOOK_ARTICLES", str(tmp_path))
    assert articles_folder() == tmp_path


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_extract_writes_every_table_with_the_same_bytes(folder, tmp_path, form):
    outs = [tmp_path / "out-a", tmp_path / "out-b"]
    for out, workers in zip(outs, ("1", "2"), strict=True):
        assert main(["extract", str(folder / "one.txt"), str(folder / "two.txt"), "--out", str(out), "--format", form,
                     "--workers", workers]) == 0
    first, second = ({path.name: path.read_bytes() for path in sorted(out.glob(f"*.{form}"))} for out in outs)
    assert sorted(first) == sorted(f"{name}.{form}" for name in TABLES)
    assert first == second


def test_extract_fails_with_a_message_when_nothing_can_be_read(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["extract", str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == 1
    assert "Nothing could be read" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_names_beside_the_articles_are_known_to_every_worker(tmp_path):
    (tmp_path / "a.txt").write_text("The Red Falcons said three soldiers were killed on Monday.", encoding="utf-8")
    (tmp_path / "lexicon.csv").write_text(
        "name,type,party\nRed Falcons,armed_group,Falcon side\nBad,thing,\n", encoding="utf-8")
    for workers in (1, 2):
        corpus = Corpus(tmp_path, workers=workers, progress=False)
        assert corpus.entities["entity"].tolist()[0] == "Red Falcons"
        assert corpus.casualties["root"].tolist() == ["Falcon side"]
        assert corpus.problems["detail"].str.contains("lexicon.csv, line 3").tolist() == [True]


def test_harm_words_beside_the_articles_are_known_to_every_worker(tmp_path):
    (tmp_path / "a.txt").write_text("The raiders dispatched three farmers. They put two nurses to the sword. Police "
                                    "neutralised four gunmen. A priest met a grisly end. The zaptiehs took two men. "
                                    "A sweeping of nine traders followed.", encoding="utf-8")
    (tmp_path / "harm_words.csv").write_text(
        "words,effect,frame,forms,side\ndispatch,killed,,,yes\nput to the sword,killed,,put,\nneutralise,none,,,\n"
        "met a grisly end,killed,suffer,met,\nsweeping,captured,event,,\nbad,hurt,,,\n", encoding="utf-8")
    for workers in (1, 2):
        corpus = Corpus(tmp_path, workers=workers, progress=False)
        found = corpus.casualties[["effect", "low", "victims", "side_word"]].astype(object)
        assert found.where(found.notna(), None).to_numpy().tolist() == [
            ["killed", 3, "three farmers", "dispatched"], ["killed", 2, "two nurses", None],
            ["killed", 1, "A priest", None], ["captured", 9, "nine traders", None]]
        assert corpus.problems["detail"].str.contains("harm_words.csv, line 7").tolist() == [True]
        assert len(corpus.articles) == 1


def test_tables_are_never_written_among_the_articles(folder, capsys):
    with pytest.raises(SystemExit):
        main(["extract", str(folder), "--out", str(folder / "tables")])
    assert "would be read as articles" in capsys.readouterr().err


def test_files_hold_whole_numbers_lists_and_nulls(tmp_path):
    claim = Casualty("a", 0, 0, 4, "killed", 2, None, "vague", victim_groups=("child",), chain=("B", "=C"))
    frames = {"casualties": table([claim], Casualty)}
    for form in ("jsonl", "csv", "parquet"):
        write_tables(frames, tmp_path, form)
    row = json.loads((tmp_path / "casualties.jsonl").read_text())
    assert (row["low"], row["high"], row["victim_groups"], row["root"]) == (2, None, ["child"], None)
    cells = pd.read_csv(tmp_path / "casualties.csv", dtype=str, keep_default_na=False).iloc[0]
    assert (cells["low"], cells["high"], cells["victim_groups"]) == ("2", "", '["child"]')
    assert pd.read_parquet(tmp_path / "casualties.parquet")["low"].tolist() == [2]


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    frames = {"problems": table([Problem("a", "empty", "no text")], Problem)}
    write_tables(frames, tmp_path, "jsonl")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    monkeypatch.setattr("analysis.exports.records", lambda frame: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_tables(frames, tmp_path, "jsonl")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_records_are_plain_python():
    [row] = records(table([Problem("a", "b", "c")], Problem))
    assert row == {"article_id": "a", "what": "b", "detail": "c"}
