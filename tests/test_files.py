"""What the workbook writes takes the place of nothing that it did not write itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.exports import WRITERS, write_tables
from analysis.files import CACHE, WRITTEN, results
from analysis.records import TABLES, Article, table

OWN = "file,title\none.txt,A title of mine\n"


@pytest.fixture
def folder(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "one.txt").write_text("Police said three people were killed in Alpha on Monday.", encoding="utf-8")
    return articles


@pytest.fixture
def out(tmp_path):
    made = tmp_path / "out"
    made.mkdir()
    return made


def held(folder):
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def command(name, folder, out):
    """The arguments of a command that writes into ``out``, and the file of it that is looked at."""
    if name == "report":
        return ["report", str(folder), "--out", str(out / "brief.html")], out / "brief.html"
    return ["extract", str(folder), "--out", str(out), "--format", name], out / f"casualties.{name}"


COMMANDS = pytest.mark.parametrize("name", ["csv", "parquet", "jsonl", "report"])


@COMMANDS
def test_a_file_of_the_users_is_never_replaced(folder, out, capsys, name):
    arguments, file = command(name, folder, out)
    file.write_text("mine", encoding="utf-8")
    assert main(arguments) == 1
    assert capsys.readouterr().err == (
        f"Not written: {out} has {file.name}, which the workbook did not write there or which was changed since. "
        f"Nothing is replaced: name another place, or move what is there.\n")
    assert held(out) == {file.name: b"mine"}


@COMMANDS
def test_a_second_run_replaces_what_the_first_one_wrote(folder, out, name):
    arguments, file = command(name, folder, out)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert main(arguments) == 0
    first = held(out)
    assert main(arguments) == 0
    assert held(out) == first
    (folder / "two.txt").write_text("A bomb killed two soldiers near Beta, the army said.", encoding="utf-8")
    assert main(arguments) == 0
    assert main(arguments) == 0
    second = held(out)
    assert second.keys() == first.keys()
    assert second[file.name] != first[file.name]
    assert second["notes.txt"] == b"mine"


@COMMANDS
def test_a_table_that_was_changed_by_hand_is_the_users(folder, out, capsys, name):
    arguments, file = command(name, folder, out)
    assert main(arguments) == 0
    file.write_bytes(file.read_bytes() + b"my note")
    before = held(out)
    assert main(arguments) == 1
    assert f"{out} has {file.name}, which" in capsys.readouterr().err
    assert held(out) == before
    file.unlink()
    assert main(arguments) == 0


def test_tables_of_all_forms_and_a_brief_share_a_folder(folder, out):
    for _ in range(2):
        for name in ("csv", "parquet", "report"):
            assert main(command(name, folder, out)[0]) == 0
    assert len(held(out)) == 2 * len(TABLES) + 1 + len([WRITTEN])


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_nothing_is_written_beside_a_manifest(folder, out, capsys, form):
    (out / "articles.csv").write_text(OWN, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["extract", str(folder / "one.txt"), "--out", str(out), "--format", form])
    assert "would be read as articles" in capsys.readouterr().err
    assert held(out) == {"articles.csv": OWN.encode()}


def test_nothing_is_written_beside_an_article(folder, capsys):
    before = held(folder)
    for arguments in (["extract", "--out", str(folder)], ["report", "--out", str(folder / "brief.html")],
                      ["report", "--out", str(folder / "one.txt")]):
        with pytest.raises(SystemExit):
            main([*arguments, str(folder / "one.txt")])
        assert "lies among the articles" in capsys.readouterr().err
    assert held(folder) == before


def test_the_user_is_told_before_anything_is_read(folder, out, monkeypatch):
    monkeypatch.setattr("analysis.__main__.Corpus", lambda *_, **__: pytest.fail("articles were read"))
    for name in ("csv", "report"):
        arguments, file = command(name, folder, out)
        file.write_text("mine", encoding="utf-8")
        assert main(arguments) == 1


def test_a_file_that_appears_while_tables_are_made_is_kept(out, monkeypatch):
    frame = table([Article("a")], Article)
    monkeypatch.setitem(WRITERS, "csv", lambda frame, path: (out / "b.csv").write_text("mine", encoding="utf-8"))
    with pytest.raises(FileExistsError, match=r"out has b\.csv, which"):
        write_tables({"a": frame, "b": frame}, out, "csv")
    assert held(out) == {"b.csv": b"mine"}


def test_a_crash_between_two_files_stops_no_later_run(out, monkeypatch):
    def replace(path, target):
        if Path(target).name == "a.csv":
            raise KeyboardInterrupt
        return whole(path, target)

    def write(words):
        with results(out, ["a.csv", "b.csv"]) as paths:
            for path in paths:
                path.write_text(words, encoding="utf-8")

    whole = Path.replace
    write("first")
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write("second")
    monkeypatch.undo()
    assert {name: words for name, words in held(out).items() if name != WRITTEN} == {
        "a.csv": b"first", "b.csv": b"second"}
    write("third")
    assert held(out)["a.csv"] == held(out)["b.csv"] == b"third"


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"a.csv": 1}', b"\xff"])
def test_without_the_list_all_that_is_there_is_the_users(out, damage):
    with results(out, ["a.csv"]) as [path]:
        path.write_text("ours", encoding="utf-8")
    (out / WRITTEN).write_bytes(damage)
    with pytest.raises(FileExistsError), results(out, ["a.csv"]) as [path]:
        path.write_text("ours again", encoding="utf-8")
    assert (out / "a.csv").read_bytes() == b"ours"


def test_a_link_and_a_folder_are_the_users(out):
    (out / "a.csv").mkdir()
    (out / "b.csv").symlink_to(out / "nowhere")
    for name in ("a.csv", "b.csv"):
        with pytest.raises(FileExistsError, match=name), results(out, [name]):
            pass
    assert (out / "b.csv").is_symlink()


def test_results_of_a_version_that_kept_no_list_are_replaced(folder, tmp_path):
    out = tmp_path / "results"
    arguments = ["extract", str(folder / "one.txt"), "--out", str(out), "--format", "csv"]
    assert main(arguments) == 0
    (out / WRITTEN).unlink()
    assert main(arguments) == 1
    (out / CACHE).mkdir()  # as that version kept there
    assert main(arguments) == 0
    assert (out / WRITTEN).exists()


def test_one_file_of_many_articles_may_lie_where_its_tables_go(tmp_path):
    (tmp_path / "corpus.jsonl").write_text('{"id": "a", "text": "Five people were killed in Herat."}\n')
    for _ in range(2):
        assert main(["extract", str(tmp_path / "corpus.jsonl"), "--out", str(tmp_path), "--format", "jsonl"]) == 0
