"""Tables of articles in any encoding, and tables and folders that are broken: each said once, in plain words."""

from __future__ import annotations

import os

import pytest

from analysis.__main__ import main
from analysis.articles import decoding, delimited, read_articles
from analysis.corpus import Corpus
from analysis.files import results
from analysis.judgements import Journal, JudgementError, merge_journals

TEXT = "Two men were killed in the market, police said."
NAMES = ("Café", "José", "Bogotá", "Genève", "El País", "São Paulo", "Köln", "Málaga", "Zürich", "Ñuñoa", "Curaçao",
         "Malmö", "Åland", "Reykjavík", "Iași–Oț"[:3], "Tromsø")
posix = pytest.mark.skipif(os.name != "posix", reason="no pipes in folders")


def csv_of(names, end="\n"):
    return "title,outlet,text" + end + "".join(f'"{name}","The {name}","{TEXT}"{end}' for name in names)


@pytest.mark.parametrize(("encoding", "said"), [
    ("cp1252", [("a.csv", "a.csv is not UTF-8 and was read as windows-1252: check its accents")]),
    ("utf-8", []), ("utf-8-sig", []), ("utf-16", []),
    ("utf-16-le", [("a.csv", "a.csv is not UTF-8 and was read as utf-16-le: check its accents")]),
])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("names", [NAMES, NAMES[:1]])
def test_a_csv_has_one_encoding(tmp_path, encoding, said, end, names):
    names = [name for name in names if encoding != "cp1252" or name.encode("cp1252", "ignore").decode("cp1252") == name]
    (tmp_path / "a.csv").write_bytes(csv_of(names, end).encode(encoding))
    articles, problems = read_articles(tmp_path)
    assert [(article.title, article.outlet) for article in articles] == [(name, f"The {name}") for name in names]
    assert [(problem.article_id, problem.detail) for problem in problems] == said


@pytest.mark.parametrize("name", ["Café Zoé", "Müller", "José García", "Genève", "naïf", "São João", "Málaga"])
def test_a_csv_of_an_old_mac(tmp_path, name):
    (tmp_path / "a.csv").write_bytes(csv_of([name], "\r").encode("mac_roman"))
    (article,), (problem,) = read_articles(tmp_path)
    assert (article.title, problem.what) == (name, "encoding guessed")


@pytest.mark.parametrize("name", ["Miloševi", "Žižek", "cœur", "don’t", "Ana — “yes” – no…", "Škoda €5", "Ærø", "Éire"])
def test_what_is_no_old_mac(tmp_path, name):
    (tmp_path / "a.csv").write_bytes(csv_of([name.replace("“", "").replace("”", "")]).encode("cp1252"))
    (article,), _ = read_articles(tmp_path)
    assert article.title == name.replace("“", "").replace("”", "")


@pytest.mark.parametrize(("words", "encoding"), [
    ("Полиция сообщила о двух погибших. Взрыв прогремел на рынке в центре города.", "cp1251"),
    ("警方说，周一市场发生爆炸，造成两人死亡，十二人受伤。", "gbk"),
    ("Η αστυνομία ανακοίνωσε ότι δύο άνθρωποι σκοτώθηκαν στην αγορά τη Δευτέρα.", "cp1253"),
    ("Policja podała, że dwóch mężczyzn zginęło w wybuchu na targu; są też ranni. " * 9, "cp1250"),
])
def test_tables_in_other_alphabets(tmp_path, words, encoding):
    (tmp_path / "a.csv").write_bytes(f'text\n"{words}"\n'.encode(encoding))
    (article,), (problem, *_) = read_articles(tmp_path)
    assert article.text == words
    assert problem.what == "encoding guessed"


@pytest.mark.parametrize(("words", "encoding"), [("警方说，周一市场发生爆炸，造成两人死亡", "gbk"),
                                                 ("José, Málaga", "cp1252")])
def test_a_large_table_is_guessed_by_its_first_odd_megabyte(tmp_path, monkeypatch, words, encoding):
    monkeypatch.setattr(decoding, "_CHUNK", 1000)
    (tmp_path / "a.csv").write_bytes(("text\n" + f'"{TEXT}"\n' * 50 + f'"{words}"\n' * 99).encode(encoding))
    articles, problems = read_articles(tmp_path)
    assert (len(articles), {article.text for article in articles}) == (149, {TEXT, words})
    assert problems[0].what == "encoding guessed"


def test_json_lines_have_one_encoding_too(tmp_path):
    (tmp_path / "a.jsonl").write_bytes("".join(f'{{"title": "{name}", "text": "{TEXT}"}}\n' for name in NAMES[:7]
                                               ).encode("cp1252"))
    articles, problems = read_articles(tmp_path)
    assert [article.title for article in articles] == list(NAMES[:7])
    assert [problem.what for problem in problems] == ["encoding guessed"]


def test_the_guess_of_a_manifest_is_said(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "articles.csv").write_bytes("file,outlet\na.txt,Bogotá\n".encode("cp1252"))
    (article,), (problem,) = read_articles(tmp_path)
    assert (article.outlet, problem.article_id, problem.what) == ("Bogotá", "articles.csv", "encoding guessed")


def test_the_line_of_excel_above_the_header(tmp_path):
    (tmp_path / "a.csv").write_text(f'sep=;\nid;text\n0;"{TEXT}"\n')
    (article,), problems = read_articles(tmp_path)
    assert (article.article_id, article.text, problems) == ("0", TEXT, [])


@pytest.mark.parametrize(("rows", "read", "said"), [
    (['1,"Never closed,2021-01-01', '2,"B",2021-01-02', "3,C,2021-01-03"], ["3"],
     ["a.csv, line 2: not read, up to line 3: a quotation mark inside a quoted cell has to be doubled (\"\")"]),
    (['1,A,2021-01-01', '2,"Never closed,2021-01-02', "3,C,2021-01-03"], ["1", "3"],
     ["a.csv, line 3: not read, up to line 3: a quotation mark opens a cell and is never closed"]),
    (['1,A,2021-01-01', '2,"Never closed,2021-01-02', "and more"], ["1"],
     ["a.csv, line 3: not read, up to the end of the file: a quotation mark opens a cell and is never closed"]),
    (['1,"He said "no", and left.\nMore, of it', '",2021-01-01', "2,B,2021-01-02"], ["2"],
     ["a.csv, line 2: not read, up to line 4: a quotation mark inside a quoted cell has to be doubled (\"\")"]),
    (['1,"A ""quoted"" word",2021-01-01', '2,5" pipes,2021-01-02'], ["1", "2"], []),
])
def test_quotation_marks_that_do_not_match_join_no_two_articles(tmp_path, rows, read, said):
    (tmp_path / "a.csv").write_text("\n".join(["id,text,published", *rows]))
    articles, problems = read_articles(tmp_path)
    assert [article.article_id for article in articles] == read
    assert [problem.detail for problem in problems] == said


@pytest.mark.parametrize(("content", "detail"), [
    ("id,text,published\n1,\"" + "five men, two boys\n" * 2000 + "\",2021-01-01\n2,Fine,2021-01-02\n",
     "a.csv, line 2: not read, up to line 2002: a quotation mark opens a cell and is never closed, or only after "
     "millions of characters"),
    ("id,text,published\n1,\"" + "five men were hurt " * 2000 + "\",2021-01-01\n2,Fine,2021-01-02\n",
     "a.csv, line 2: not read, up to line 2: a quotation mark opens a cell and is never closed, or only after "
     "millions of characters"),
    ("id" * 20_000 + ",text\n1,Fine\n", "a.csv, line 1: the header is over 0 million characters without an end"),
])
def test_a_row_without_an_end_is_a_problem_and_no_article(tmp_path, monkeypatch, content, detail):
    monkeypatch.setattr(delimited, "LONGEST_ROW", 10_000)
    (tmp_path / "a.csv").write_text(content)
    articles, problems = read_articles(tmp_path)
    assert [article.text for article in articles] == (["Fine"] if "Fine,2021" in content else [])
    assert [problem.detail for problem in problems] == [detail]


@posix
def test_pipes_are_said_and_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBOOK_JOURNAL")
    (tmp_path / "a.txt").write_text(TEXT)
    for name in ("articles.csv", "judgements.jsonl", "lexicon.csv", "b.txt"):
        os.mkfifo(tmp_path / name)
    corpus = Corpus(tmp_path, progress=False)
    assert list(corpus.articles["article_id"]) == ["a.txt"]
    assert dict(zip(corpus.problems["article_id"], corpus.problems["what"], strict=True)) == {
        "articles.csv": "not a file", "b.txt": "not a file", "judgements.jsonl": "unreadable journal"}
    with pytest.raises(JudgementError, match=r"was not saved in .*: it is no file"):
        corpus.judge("grade", "Press TV", value="D")
    assert read_articles(tmp_path / "b.txt")[1][0].detail.endswith(
        "is neither a file nor a folder, or a link that leads nowhere: name another")


@posix
def test_folders_without_an_end_are_said(tmp_path):
    deep = tmp_path
    for _ in range(150):  # no deeper: pytest itself has to delete them
        deep = deep / "d"
        deep.mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "round").symlink_to(tmp_path / "round")
    (tmp_path / "z.txt").write_text(TEXT)
    articles, problems = read_articles(tmp_path)
    assert [article.article_id for article in articles] == ["z.txt"]
    assert [(problem.article_id.strip("d/"), problem.what) for problem in problems] == [
        ("", "too deep"), ("loop", "not a file"), ("roun", "not a file")]
    assert [problem.detail for problem in problems[1:]] == [
        "loop is a link to a folder: copy the folder", "round is a link that leads to itself: delete it"]


def errors(call, capsys):
    assert main([str(part) for part in call]) == 1
    said = capsys.readouterr().err
    assert "Errno" not in said
    return said


def test_an_out_that_cannot_be_says_so_before_anything_is_read(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "out").write_text("mine")
    (tmp_path / "dir").mkdir()
    assert errors(["extract", tmp_path / "in", "--out", tmp_path / "out"], capsys) == (
        f"Not written: {tmp_path / 'out'} is a file: name a folder, which may be a new one\n")
    assert errors(["report", tmp_path / "in", "--out", tmp_path / "out" / "brief.html"], capsys) == (
        f"Not written: {tmp_path / 'out'} is a file: name a folder, which may be a new one\n")
    assert errors(["report", tmp_path / "in", "--out", tmp_path / "dir"], capsys) == (
        f"Not written: {tmp_path / 'dir'} is a folder: name a file in it\n")
    assert errors(["extract", tmp_path / "in", "--out", tmp_path / "new", "--scheduler", "tcp://127.0.0.1:1",
                   "--shared", tmp_path / "out"], capsys) == (
        f"Not read: {tmp_path / 'out'} is a file: name a folder that all machines share in --shared\n")
    assert (tmp_path / "out").read_text() == "mine"


def test_texts_are_no_journals(tmp_path, capsys):
    for name in "ab":
        (tmp_path / name).write_text(TEXT)
    said = errors(["merge-journals", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "c"], capsys)
    assert said == f"{tmp_path / 'a'} is no journal: not one of its lines is a judgement. Nothing is written.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    Journal(tmp_path / "d").append("grade", target=["Press TV"], value="D")
    (tmp_path / "empty").touch()
    assert merge_journals(tmp_path / "d", tmp_path / "empty", tmp_path / "e") == ([], [])


@posix
def test_what_a_killed_run_left_is_cleared(tmp_path):
    with results(tmp_path, ["a.csv"]) as [path]:
        begin = path.name.split(str(os.getpid()))[0]
    (tmp_path / f"{begin}99999999-killed").write_text("half")
    (tmp_path / f"{begin}{os.getpid()}-alive").write_text("half")
    with results(tmp_path, ["a.csv"]) as [path]:
        path.write_text("whole")
    assert sorted(path.name for path in tmp_path.iterdir() if "workbook-files" not in path.name) == [
        f"{begin}{os.getpid()}-alive", "a.csv"]
