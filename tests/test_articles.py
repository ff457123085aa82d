"""Files to articles: what is read, what is not, and what is said about it."""

from __future__ import annotations

import hashlib
import json

import pytest

from analysis.articles import LONG_WORD, Article, decoding, formats, is_extractable, iter_articles, read_articles
from analysis.articles.decoding import Undecodable, decode, language_of
from analysis.records import Problem

TEXT = "The governor said that two guards were hurt when the bridge fell."


def write(folder, **files):
    """Write files into a folder; ``a_txt`` is a.txt."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        folder.joinpath(name.replace("_", ".")).write_bytes(data)
    return folder


def whats(problems):
    return [(problem.article_id, problem.what) for problem in problems]


def test_a_text_file_becomes_an_article_with_its_unknowns_left_unknown(tmp_path):
    path = write(tmp_path, a_txt=TEXT) / "a.txt"
    assert read_articles(path) == ([Article(
        article_id="a.txt", title=None, outlet=None, published=None, url=None, language="en", rights=None, path="a.txt",
        words=12, text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(), duplicate_of=None)], [])


def test_the_manifest_says_what_files_cannot(tmp_path):
    write(tmp_path, a_txt=TEXT, articles_csv="file,title,outlet,published,url,language,rights\n"
                                             "a.txt,Bridge falls,The Herald,2021-08-31T06:00:00Z,,en,CC BY\n")
    (article,), problems = read_articles(tmp_path)
    assert (article.title, article.outlet, article.published, article.url, article.rights, problems) == (
        "Bridge falls", "The Herald", "2021-08-31", None, "CC BY", [])
    assert read_articles(tmp_path / "a.txt")[0] == [article]


@pytest.mark.parametrize("file", ["sub/a.txt", "./sub/a.txt", "sub//./a.txt", "sub/a.txt/"])
def test_a_manifest_names_a_file_as_paths_are_written(tmp_path, file):
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", a_txt=TEXT)
    write(tmp_path, articles_csv=f"file,title\n{file},Bridge falls\n")
    (article,), problems = read_articles(tmp_path)
    assert (article.title, problems) == ("Bridge falls", [])


@pytest.mark.parametrize(("row", "fault"), [
    ("../a.txt,", "is not a path inside the folder"),
    ("/etc/passwd,", "is not a path inside the folder"),
    ("gone.txt,", "gone.txt is missing"),
    (",A title", "the column file is empty"),
    ("a.txt,One\na.txt,Two", "a.txt has a line already"),
    ("a.txt,One,more", "3 cells where the header has 2"),
])
def test_a_bad_manifest_line_is_reported_and_the_files_are_read(tmp_path, row, fault):
    write(tmp_path, a_txt=TEXT, articles_csv=f"file,title\n{row}\n")
    articles, (problem,) = read_articles(tmp_path)
    assert [article.article_id for article in articles] == ["a.txt"]
    assert problem.what == "manifest"
    assert fault in problem.detail
    assert problem.detail.startswith("articles.csv, line ")


def test_folders_are_read_in_the_order_of_their_names_without_what_holds_no_articles(tmp_path):
    sub = tmp_path / "b"
    sub.mkdir()
    write(tmp_path, c_txt="Third. " + TEXT, a_md="First. " + TEXT, README_md="not an article", lexicon_csv="name\n",
          x_doc=b"PK", judgements_jsonl='{"text": "no"}\n')
    write(tmp_path, _hidden_txt=TEXT)
    write(sub, a_txt="Second. " + TEXT, articles_csv="file,outlet\na.txt,The Herald\n")
    articles, problems = read_articles(tmp_path)
    assert [(article.article_id, article.outlet) for article in articles] == [
        ("a.md", None), ("b/a.txt", "The Herald"), ("c.txt", None)]
    assert problems == [Problem("x.doc", "not understood", "x.doc: open it and save it as .docx. Articles "
                                                           f"are read from {', '.join(formats.READERS)} files")]


@pytest.mark.parametrize("name", ["a_csv", "a_jsonl", "a_tsv", "a_ndjson"])
@pytest.mark.parametrize("content", ["", "\n", "\ufeff"])
def test_a_table_without_rows_says_so(tmp_path, name, content):
    write(tmp_path, **{name: content}, b_csv="text,title\n", c_csv="text\n,\n")
    articles, problems = read_articles(tmp_path)
    assert (articles, [problem.what for problem in problems]) == ([], ["no text"] * 2 + ["bad line"])


def test_json_lines_cost_no_more_than_the_bad_line(tmp_path):
    rows = [{"id": 7, "text": TEXT, "title": "T", "outlet": "O", "published": "2020-02-30", "url": "https://a.org"},
            {"text": "Again. " + TEXT, "title": ["no"]}, {"id": "x"}, {"text": 5}, ["no"], {"id": 7, "text": "New"}]
    lines = [json.dumps(row) for row in rows]
    write(tmp_path, c_jsonl="\ufeff" + "\n".join([lines[0], '{"text": "cut', "", *lines[1:]]))
    articles, problems = read_articles(tmp_path)
    assert [(a.article_id, a.title, a.outlet, a.published, a.url) for a in articles] == [
        ("7", "T", "O", None, "https://a.org"), ("c.jsonl:4", None, None, None, None)]
    assert whats(problems) == [
        ("7", "bad date"), ("c.jsonl:2", "bad line"), ("c.jsonl:4", "bad field"), ("x", "no text"),
        ("c.jsonl:6", "no text"), ("c.jsonl:7", "bad line"), ("7", "two articles with one id")]
    assert "c.jsonl, line 2 is not JSON" in problems[1].detail


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_of_articles_with_any_delimiter(tmp_path, delimiter):
    lines = ["ID,Text,Published", f'k1,"{TEXT}\r\n\r\nMore, he ""said"".",2021-01-02', ",,"]
    write(tmp_path, c_csv="\ufeff" + "\r\n".join(line.replace(",", delimiter) for line in lines))
    (article,), problems = read_articles(tmp_path)
    assert (article.article_id, article.text, article.published, problems) == (
        "k1", f'{TEXT}\r\n\r\nMore, he "said".'.replace(",", delimiter), "2021-01-02", [])


def test_articles_csv_without_a_column_file_holds_articles(tmp_path):
    write(tmp_path, articles_csv=f"text\n{TEXT}\n")
    assert [article.article_id for article in read_articles(tmp_path)[0]] == ["articles.csv:2"]


def test_one_bad_byte_in_a_table_does_not_change_how_its_other_rows_are_read(tmp_path):
    rows = ["text", f"{TEXT} Žižek".encode().decode("latin-1"), f"{TEXT} Jos\xe9"]
    write(tmp_path, a_csv="\n".join(rows).encode("latin-1"))
    articles, problems = read_articles(tmp_path)
    assert [article.text[-5:] for article in articles] == ["Žižek", " José"]
    assert whats(problems) == [("a.csv:3", "encoding guessed")]


def test_broken_files_are_reported_by_name_and_the_rest_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "MAX_BYTES", 1000)
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 2
    write(tmp_path, a_txt="", b_txt=picture, c_txt=b"\xff\xfeabc", d_txt="x" * 1001,
          e_txt=" \n", f_txt=TEXT + "\0", g_csv="name\nx\n", h_txt=TEXT, i_jsonl='{"text": "' + "x " * 1000 + '"}\n{}')
    articles, problems = read_articles(tmp_path, tmp_path / "nowhere")
    assert [article.article_id for article in articles] == ["f.txt", "h.txt"]
    assert whats(problems) == [
        ("a.txt", "no text"), ("b.txt", "unreadable"), ("c.txt", "unreadable"), ("d.txt", "too large"),
        ("e.txt", "no text"), ("f.txt", "broken characters"), ("g.csv", "not understood"), ("i.jsonl:1", "too large"),
        ("i.jsonl:2", "no text"), (str(tmp_path / "nowhere"), "missing")]
    assert all(problem.article_id in problem.detail for problem in problems)


def test_links_may_not_lead_out_of_the_folder(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    write(tmp_path, secret_txt=TEXT)
    write(inside, a_txt=TEXT)
    (inside / "b.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "c.txt").symlink_to(inside / "c.txt")
    (inside / "d").symlink_to(tmp_path)
    (inside / "e.txt").symlink_to(inside / "a.txt")
    articles, problems = read_articles(inside)
    assert [(article.article_id, article.duplicate_of) for article in articles] == [("a.txt", None), ("e.txt", "a.txt")]
    assert [problem.article_id for problem in problems] == ["b.txt", "c.txt", "d"]


def test_line_ends_stay_and_the_same_words_are_a_duplicate(tmp_path):
    write(tmp_path, a_txt="One.\r\nTwo.", b_txt="\ufeffOne.\nTwo.\n", c_txt="One. Three.")
    articles, problems = read_articles(tmp_path)
    assert [(a.article_id, a.text, a.duplicate_of) for a in articles] == [
        ("a.txt", "One.\r\nTwo.", None), ("b.txt", "One.\nTwo.\n", "a.txt"), ("c.txt", "One. Three.", None)]
    assert problems == []


def test_half_characters_keep_the_offsets_and_can_be_written(tmp_path):
    write(tmp_path, a_jsonl='{"id": "\\ud800", "text": "\\ud83d\\ude00 \\udc00ab", "title": "\\udfff"}')
    (article,), (problem,) = read_articles(tmp_path)
    assert (article.article_id, article.text, article.title) == ("\ufffd", "😀 \ufffdab", "\ufffd")
    assert problem.what == "broken characters"


@pytest.mark.parametrize(("raw", "text", "guessed"), [
    ("a “b”".encode(), "a “b”", None),
    (b"\xef\xbb\xbfa", "a", None),
    ("a “b”".encode("utf-16"), "a “b”", None),
    ("\ufeffa".encode("utf-32-be"), "a", None),
    (f"He said “no” – and left for café. {TEXT}".encode("cp1252"), f"He said “no” – and left for café. {TEXT}",
     "windows-1252"),
    ("Пятеро погибли при взрыве в городе, сообщила полиция.".encode("cp1251"),
     "Пятеро погибли при взрыве в городе, сообщила полиция.", "windows-1251"),
    ((TEXT * 3).encode("utf-16-le"), TEXT * 3, "utf-16-le"),
])
def test_decoding(raw, text, guessed):
    assert decode(raw) == (text, guessed)


def test_bytes_that_are_no_text_say_so():
    with pytest.raises(Undecodable, match="save it as UTF-8"):
        decode(bytes(range(256)) * 20)


@pytest.mark.parametrize(("text", "language"), [
    (TEXT, "en"),
    ("Drei Menschen wurden bei dem Angriff auf das Dorf getötet.", "de"),
    ("El ejército mató a cinco personas en la ciudad, según la policía.", "es"),
    ("قتل خمسة جنود في هجوم على نقطة تفتيش قرب المدينة", "und"),
    ("أعلنت الحكومة أن الشرطة اعتقلت ثلاثة رجال بعد الهجوم الذي وقع في السوق يوم الاثنين الماضي وأدى إلى "
     "إصابة كثيرين", "ar"),
    ("Reuters", None),
    ("12 34 56 78 90 12 34 56 78 90", None),
    ("", None),
])
def test_language(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("between", ["“", "é", "İ", "K", "½", "²", "२", "e\u0301", "\ufffd", "_", "7", "\x85"])
def test_words_end_at_the_same_characters_whether_or_not_all_letters_are_ascii(between):
    text = f"The bri{between}dge fell".lower()
    assert decoding._words(text) == decoding._words(f"{text} é")[:-1]


def test_an_article_that_is_not_english_is_read_and_reported(tmp_path):
    write(tmp_path, a_txt="Drei Menschen wurden bei dem Angriff auf das Dorf getötet.", b_txt=TEXT,
          articles_csv="file,language\nb.txt,en-GB\n")
    articles, problems = read_articles(tmp_path)
    assert [is_extractable(article) for article in articles] == [False, True]
    assert problems == [Problem("a.txt", "not English",
                                "a.txt is in another language (de): read and shown, not extracted from")]


def test_a_run_of_data_is_reported(tmp_path):
    write(tmp_path, a_txt=TEXT + " " + "QUJD" * 100)
    assert whats(read_articles(tmp_path)[1]) == [("a.txt", "not language")]


def test_the_long_words_that_are_said_are_those_that_are_left_out(tmp_path):
    text = f"{TEXT}\x1c{'x' * 201}\u2003{'y' * 200}\n{'z' * 300}\u200b{'z' * 300}\u00a0{'é' * 201}"
    write(tmp_path, a_txt=text)
    assert len(LONG_WORD.findall(text)) == 3
    assert "holds 3 words of over 200 characters" in read_articles(tmp_path)[1][0].detail


def test_reading_is_lazy(tmp_path):
    write(tmp_path, a_jsonl="".join(f'{{"text": "{TEXT} {n}"}}\n' for n in range(3)))
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
    items = iter_articles(tmp_path)
    assert next(items).article_id == "a.jsonl:1"
    assert [type(item).__name__ for item in items] == ["Article", "Article", "Problem"]
