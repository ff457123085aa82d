"""What was read before is found again, and only that: each test counts the articles that are extracted."""

from __future__ import annotations

import dataclasses
import gc
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import grimp
import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis import cache, extraction, language
from analysis.__main__ import main
from analysis.articles import read_articles
from analysis.cache import columns, keys, segments
from analysis.corpus import Corpus
from analysis.exports import write_tables
from analysis.records import TABLES, Article, Problem, table

EXERCISE = Path(__file__).parents[1] / "notebooks" / "exercise" / "articles"
TEXTS = {"one.txt": "Police said three people were killed in Alpha on Monday.",
         "two.txt": "A bomb wounded two soldiers near Beta, the army said.",
         "three.txt": "The Red Falcons denied that they had shot a farmer."}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of articles with its cache beside them."""
    monkeypatch.delenv("WORKBOOK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setattr("analysis.corpus.WORTH_KEEPING", float("inf"))
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in TEXTS.items():
        (articles / name).write_text(text, encoding="utf-8")
    return articles


@pytest.fixture
def extracted(monkeypatch):
    """The ids of the articles that were extracted, in order."""
    seen = []

    def parse(articles):
        for article in articles:
            seen.append(article.article_id)
            yield from language_parse([article])

    language_parse = language.parse
    monkeypatch.setattr(extraction.language, "parse", parse)
    return seen


def read(folder, **options):
    """Return what a corpus holds, all that was extracted included."""
    corpus = Corpus(folder, progress=False, **options)
    return corpus.extracts, {name: frame.to_json() for name, frame in corpus.tables.items()}


def files(folder, pattern="*.parquet"):
    return sorted((folder / cache.CACHE).rglob(pattern))


# --- what is found again ----------------------------------------------------------------------------------------------


def test_what_is_found_is_what_was_extracted(folder, extracted):
    first = read(folder)
    assert sorted(extracted) == sorted(TEXTS)
    assert read(folder) == first
    assert len(extracted) == len(TEXTS)
    assert {path.relative_to(folder).parts[0] for path in folder.rglob("*.parquet")} == {cache.CACHE}
    assert (folder / cache.CACHE / ".gitignore").read_text() == "*\n"


def test_every_column_comes_back_as_it_was():
    articles, _ = read_articles(EXERCISE)
    made = {a.article_id: e for a, e in zip(articles, extraction.extract(articles), strict=True)}
    assert sum(len(extract.casualties) for extract in made.values()) > 40
    assert list(segments.from_table(segments.to_table(made), articles)) == list(made.values())


def test_tables_are_the_same_from_rows_and_from_files(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.corpus.WORTH_KEEPING", -1)
    monkeypatch.setenv("WORKBOOK_CACHE", str(tmp_path))
    made = Corpus(EXERCISE, progress=False)
    assert len(made.tables) == len(TABLES)
    monkeypatch.setattr("analysis.assembly.Assembly.tables", lambda *_: pytest.fail("the tables were made again"))
    found = Corpus(EXERCISE, progress=False)
    assert made._cache.folder == found._cache.folder
    for name, record in TABLES.items():
        pd.testing.assert_frame_equal(found.tables[name], made.tables[name])
        plain = table(columns.to_arrow([], record).to_pylist(), record)
        assert found.tables[name].dtypes.to_dict() == plain.dtypes.to_dict()
    for out, corpus in (("a", made), ("b", found)):
        write_tables(corpus.tables, tmp_path / out)
    assert [p.read_bytes() for p in sorted((tmp_path / "a").iterdir())] == [
        p.read_bytes() for p in sorted((tmp_path / "b").iterdir())]


def test_frames_are_those_of_records():
    article = Article("a", published="2021-08-19", words=2, text="One two \ud800")
    [(_, made)] = [("articles", columns.frame(columns.to_arrow([article], Article), Article))]
    whole = dataclasses.replace(article, text="One two \ufffd")
    pd.testing.assert_frame_equal(made, table([whole], Article))


def test_a_judgement_makes_kept_tables_anew(folder, monkeypatch):
    monkeypatch.setattr("analysis.corpus.WORTH_KEEPING", -1)
    corpus = Corpus(folder, progress=False)
    corpus.judge("grade", "Police", value="D", why="a test")
    again = Corpus(folder, progress=False)
    assert again.sources.to_json() == corpus.sources.to_json()
    assert "given by the analyst: a test" in " ".join(again.sources["grade_reason"])
    assert len({path.name.split("-")[1] for path in files(folder, "table-*")}) == 1


def test_sentences_are_found_without_the_rest(folder, extracted):
    sentences = Corpus(folder, progress=False).sentences
    again = Corpus(folder, progress=False)
    again._cache.rows = lambda *_: pytest.fail("all rows were read")
    assert again.sentences == sentences
    assert {name: len(spans) for name, spans in sentences.items()} == dict.fromkeys(TEXTS, 1)


# --- what is extracted anew -------------------------------------------------------------------------------------------


def test_only_a_changed_article_is_extracted_anew(folder, extracted):
    read(folder)
    extracted.clear()
    (folder / "two.txt").write_text("A mine wounded four soldiers near Beta, the army said.", encoding="utf-8")
    corpus = Corpus(folder, progress=False)
    assert len(corpus.extracts) == len(TEXTS)
    assert extracted == ["two.txt"]
    assert corpus.casualties.loc[corpus.casualties["article_id"] == "two.txt", "low"].tolist() == [4]


def test_a_removed_article_disappears(folder, extracted):
    read(folder)
    for name in ("two.txt", "three.txt"):
        (folder / name).unlink()
    assert set(Corpus(folder, progress=False).mentions["article_id"]) == {"one.txt"}
    assert len(extracted) == len(TEXTS)
    assert [pq.read_metadata(path).num_rows for path in files(folder, "rows-*")] == [1]


def test_a_moved_and_a_doubled_article_are_not_extracted_again(folder, extracted):
    read(folder)
    (folder / "two.txt").rename(folder / "two-again.txt")
    (folder / "twin.txt").write_bytes((folder / "one.txt").read_bytes())
    corpus = Corpus(folder, progress=False)
    assert len(extracted) == len(TEXTS)
    assert set(corpus.casualties["article_id"]) >= {"one.txt", "twin.txt", "two-again.txt"}
    assert corpus.text("twin.txt") == TEXTS["one.txt"]


def test_a_date_that_is_told_later_counts(folder, extracted):
    read(folder)
    (folder / "articles.csv").write_text("file,published\none.txt,2021-08-19\n", encoding="utf-8")
    corpus = Corpus(folder, progress=False)
    assert len(corpus.extracts) == len(TEXTS)
    assert extracted[len(TEXTS):] == ["one.txt"]
    assert corpus.casualties.set_index("article_id").loc["one.txt", "date"] == "2021-08-16"


@pytest.mark.parametrize(("rows", "anew"), [
    ("Red Falcons,armed_group,Falcon side", ["three.txt"]),
    ("Green Falcons,armed_group,Green side", ["three.txt"]),  # one word in common: rather once too often
    ("Blue Herons,armed_group,Heron side", []),
    ("the said,armed_group,", ["one.txt", "three.txt", "two.txt"]),  # no word that is a name's alone
])
def test_names_of_the_users_redo_what_they_can_affect(folder, extracted, rows, anew):
    read(folder)
    extracted.clear()
    (folder / "lexicon.csv").write_text(f"name,type,party\n{rows}\n", encoding="utf-8")
    corpus = Corpus(folder, progress=False)
    assert len(corpus.extracts) == len(TEXTS)
    assert extracted == anew
    if rows.startswith("Red"):
        assert "Red Falcons" in set(corpus.entities["entity"])
        (folder / "lexicon.csv").unlink()
        assert Corpus(folder, progress=False).extracts
        assert extracted == anew  # what was known without the names is still there


@pytest.mark.parametrize(("row", "anew"), [
    ("deny,missing", ["three.txt"]), ("kill,none", ["one.txt"]), ("vaporise,killed", [])])
def test_harm_words_of_the_users_redo_what_they_can_affect(folder, extracted, row, anew):
    read(folder)
    extracted.clear()
    (folder / "harm_words.csv").write_text(f"words,effect\n{row}\n", encoding="utf-8")
    read(folder)
    assert extracted == anew
    (folder / "harm_words.csv").write_text("words,effect\n", encoding="utf-8")
    read(folder)
    assert extracted == anew  # what was known without the words is still there


def test_a_hidden_row_of_ours_redoes_the_articles_of_its_other_names(folder, extracted, monkeypatch):
    monkeypatch.setattr(cache.lexicon, "default_names", lambda: (
        cache.lexicon.Name("Beta Army", "security_force", ("Beta", "Northern Command")),))
    read(folder)
    extracted.clear()
    (folder / "lexicon.csv").write_text("name,type,aliases\nKarim,person,Beta Army\n", encoding="utf-8")
    read(folder)
    assert extracted == ["two.txt"]


@pytest.mark.parametrize("version", ["rules_version", "model_version"])
def test_other_rules_or_another_model_redo_everything(folder, extracted, monkeypatch, version):
    read(folder)
    monkeypatch.setattr(keys, version, lambda: "another")
    read(folder)
    assert len(extracted) == 2 * len(TEXTS)
    assert [pq.read_metadata(path).num_rows for path in files(folder, "rows-*")] == [3]


def test_the_version_is_that_of_everything_extraction_imports():
    graph = grimp.build_graph("analysis", cache_dir=None)
    used = graph.find_upstream_modules("analysis.extraction") | {"analysis.extraction"}
    rooms = {name.split(".")[1] for name in used} - {"judgements", "files", "copies"}
    assert set(keys.RULES) - {"data"} == rooms


@pytest.mark.parametrize(("file", "counts"), [
    ("quantities/numbers.py", True), ("extraction.py", True), ("lexicon/words.csv", True),
    ("corpus.py", False), ("plots/maps.py", False)])
def test_a_changed_file_of_the_rules_makes_another_version(tmp_path, monkeypatch, file, counts):
    monkeypatch.setattr(keys, "PACKAGE", tmp_path)
    before = keys.rules_version.__wrapped__()
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("x")
    assert (keys.rules_version.__wrapped__() != before) is counts


def test_rules_read_nothing_of_an_article_that_its_key_leaves_out(monkeypatch):
    read_fields = set()

    class Watched(Article):
        def __getattribute__(self, name):
            read_fields.add(name)
            return object.__getattribute__(self, name)

    articles, _ = read_articles(EXERCISE)
    for article in articles[:8]:
        watched = Watched(**{f.name: getattr(article, f.name) for f in dataclasses.fields(Article)})
        [doc] = language.parse([watched])
        extraction.extract_doc(doc)
    fields = read_fields & {f.name for f in dataclasses.fields(Article)}
    assert "published" in fields
    assert fields - {"text", "article_id"} <= set(keys.READ)


# --- accidents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_was_stopped_goes_on_where_it_was(folder, monkeypatch, caplog, workers):
    undisturbed = read(folder, workers=workers)
    for path in files(folder):
        path.unlink()
    monkeypatch.setattr(segments, "FULL", 1)
    add, added = segments.Segments.add, []

    def add_two(self, key, extract):
        if len(added) == 2:
            raise KeyboardInterrupt
        added.append(extract.article.article_id)
        add(self, key, extract)

    monkeypatch.setattr(segments.Segments, "add", add_two)
    with pytest.raises(KeyboardInterrupt):
        read(folder, workers=workers)
    assert "2 of 3 articles read. They are kept" in caplog.text
    added.clear()
    assert read(folder, workers=workers) == undisturbed
    assert len(added) == 1


def run(code, *arguments):
    """Run a program in a process of its own."""
    return subprocess.run([sys.executable, "-B", "-c", code, *map(str, arguments)], cwd=keys.PACKAGE.parent, text=True,
                          capture_output=True)


KILLED = """
import os, signal, sys
from analysis.cache import segments
from analysis.corpus import Corpus
from analysis.extraction import extract

def two(articles):
    for number, one in enumerate(extract(articles)):
        if number == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        yield one

segments.FULL = 1
Corpus(sys.argv[1], make=two).extracts
"""
FULL = """
import resource, sys
from analysis.__main__ import main

resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
sys.exit(main(["extract", sys.argv[1], "--out", sys.argv[2]]))
"""


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL")
def test_a_killed_reading_is_said_by_the_next_one(folder, extracted, caplog):
    undisturbed = read(folder)
    for path in files(folder):
        path.unlink()
    extracted.clear()
    assert run(KILLED, folder).returncode == -signal.SIGKILL
    assert read(folder) == undisturbed
    assert len(extracted) == 1
    assert caplog.messages == ["An earlier reading was ended from outside. 2 of 3 articles had been kept; the others "
                               "are read now."]
    assert read(folder) == undisturbed
    assert len(caplog.messages) == 1


@pytest.mark.skipif(os.name != "posix", reason="no limit for files")
def test_a_full_disk_is_said_and_leaves_the_tables_of_the_last_run(folder, tmp_path):
    out = tmp_path / "out"

    def written():
        return {path.name: path.read_bytes() for path in out.glob("*.parquet")}

    assert main(["extract", str(folder), "--out", str(out)]) == 0
    before = written()
    assert len(before) == len(TABLES)
    (folder / "two.txt").write_text("A mine wounded four soldiers near Beta, the army said.", encoding="utf-8")
    stopped = run(FULL, folder, out)
    assert stopped.returncode == 1
    assert "Not written: file too large" in stopped.stderr
    assert written() == before
    assert main(["extract", str(folder), "--out", str(out)]) == 0
    assert written()["casualties.parquet"] != before["casualties.parquet"]


@pytest.mark.parametrize("damage", ["torn", "flipped", "empty", "foreign"])
def test_a_damaged_file_is_said_and_made_again(folder, extracted, caplog, damage):
    first = read(folder)
    [path] = files(folder, "rows-*")
    raw = path.read_bytes()
    path.write_bytes({"torn": raw[:len(raw) // 2], "empty": b"",
                      "flipped": raw[:60] + bytes(255 - byte for byte in raw[60:64]) + raw[64:]}.get(damage, raw))
    if damage == "foreign":
        pd.DataFrame({"key": [1]}).to_parquet(path)
    assert read(folder) == first
    assert len(extracted) == 2 * len(TEXTS)
    assert f"{path} is damaged" in caplog.text


def test_no_rows_are_lost_where_one_bit_of_a_file_is_another(tmp_path, caplog):
    made = columns.to_arrow([Problem(f"{number}", "a problem", "a detail") for number in range(5)], Problem)
    path = tmp_path / "file.parquet"
    cache.tables.parquet.write(path, made.schema, [made], 3)
    raw, held = path.read_bytes(), []
    for place in range(len(raw)):
        path.write_bytes(raw[:place] + bytes([raw[place] ^ 4]) + raw[place + 1:])
        found = cache.tables.parquet.whole(path, made.schema)
        held.append(found and found.num_rows)
    assert set(held) == {None, len(made)}
    assert "it lacks rows" in caplog.text


@pytest.mark.parametrize("damage", ["torn", "a column's name is no UTF-8", "not to be read"])
def test_a_table_that_cannot_be_read_is_never_a_table_without_rows(folder, monkeypatch, caplog, damage):
    """Not even where it cannot be deleted, as by a reader of somebody else's files."""
    monkeypatch.setattr("analysis.corpus.WORTH_KEEPING", -1)
    made = Corpus(folder, progress=False).casualties
    [path] = files(folder, "table-*-casualties.parquet")
    raw = path.read_bytes()
    path.unlink()
    if damage == "not to be read":
        path.mkdir()
    else:
        path.write_bytes(raw[:-9] if damage == "torn" else raw[:1000] + raw[1000:].replace(b"low", b"l\xffw"))
    unlink = Path.unlink

    def refused(path, **options):
        if path.name.startswith("table-"):
            raise PermissionError(13, "Permission denied")
        unlink(path, **options)

    monkeypatch.setattr(Path, "unlink", refused)
    again = Corpus(folder, progress=False).casualties
    assert len(again) > 1
    pd.testing.assert_frame_equal(again, made)
    assert f"{path} is damaged" in caplog.text


def test_a_folder_that_cannot_be_written_has_its_cache_elsewhere(folder, extracted, caplog):
    (folder / cache.CACHE).write_text("a file where the folder would be")
    first = read(folder)
    assert read(folder) == first
    assert len(extracted) == len(TEXTS)
    assert caplog.text.count("What is read is kept in ") == 1


def test_a_full_disk_costs_only_the_cache(folder, monkeypatch, caplog):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.corpus.WORTH_KEEPING", -1)
    monkeypatch.setattr(cache.segments.parquet, "write", full)
    with caplog.at_level(logging.WARNING):
        assert len(Corpus(folder, progress=False).casualties) > 1
    assert caplog.text.count("No space left on device") == 2


def test_tidying_up_disturbs_no_reader(folder, extracted, monkeypatch):
    monkeypatch.setattr(segments, "FULL", 1)
    first = read(folder)
    [corpus_folder] = {path.parent for path in files(folder)}
    reader = segments.Segments(corpus_folder)
    assert len(files(folder, "rows-*")) == len(TEXTS)
    tables = reader._tables(["key"])
    held = next(tables).column("key").to_pylist()
    monkeypatch.setattr(segments, "MANY", 1)
    assert read(folder) == first
    assert len(files(folder, "rows-*")) == 1
    held += [key for part in tables for key in part.column("key").to_pylist()]
    assert len(set(held)) == len(TEXTS)
    assert len(extracted) == len(TEXTS)


def test_tables_that_are_found_need_no_spacy(folder, monkeypatch):
    monkeypatch.setattr("analysis.corpus.WORTH_KEEPING", -1)
    made = Corpus(folder, progress=False).casualties.to_json()
    code = ("import sys; from analysis.__main__ import Corpus; corpus = Corpus(sys.argv[1]); "
            "print('spacy' in sys.modules, corpus.casualties.to_json())")
    found = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert found.stdout == f"False {made}\n"


def test_what_was_judged_is_kept_at_the_end_and_not_at_each_judgement(folder, monkeypatch):
    monkeypatch.setattr("analysis.corpus.WORTH_KEEPING", -1)
    corpus = Corpus(folder, progress=False)
    before = {path.name for path in (corpus.tables, files(folder, "table-*"))[1]}
    for number in (0, 1):
        claim = corpus.casualties.iloc[number]
        words = corpus.anchor(claim["article_id"], claim["start"], claim["end"])
        corpus.judge("grade", anchors=(words,), value={"effect": claim["effect"], "grade": 2}, why="a test")
    assert {path.name for path in files(folder, "table-*")} == before
    made = corpus.casualties
    del corpus
    gc.collect()
    monkeypatch.setattr("analysis.assembly.Assembly.tables", None)  # so that they are found, or nothing is
    pd.testing.assert_frame_equal(Corpus(folder, progress=False).casualties, made)
