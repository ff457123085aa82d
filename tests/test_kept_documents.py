"""A web page, a PDF or a Word file is parsed once: each test counts the files that the parsers are given."""

from __future__ import annotations

import docx
import pytest
from test_documents import pdf, web_page

from analysis import cache
from analysis.articles import documents as parsers
from analysis.articles import pdfs, read_articles
from analysis.cache import documents, keys
from analysis.corpus import Corpus

SAID = "The mayor said on Monday that five miners were hurt when the bridge gave way."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of documents, the last two with a problem, with the cache beside them."""
    monkeypatch.delenv("WORKBOOK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    inside = tmp_path / "in"
    inside.mkdir()
    document = docx.Document()
    document.add_paragraph(SAID)
    document.save(inside / "c.docx")
    for name, data in {"a.html": web_page(), "b.pdf": pdf(SAID), "d.pdf": pdf("", ""),
                       "e.pdf": pdf("The mine denied it.", "")}.items():
        (inside / name).write_bytes(data)
    return inside


@pytest.fixture
def parsed(monkeypatch):
    """The names of the files that were parsed, in order."""
    seen = []

    def answer(path, form):
        seen.append(path.name)
        return parsers.answer(str(path), form)

    monkeypatch.setattr(documents, "read_apart", answer)
    return seen


def read(folder):
    """Return the articles and problems of a folder, as a corpus reads them."""
    kept = documents.Documents(cache.place([folder]))
    read = read_articles(folder, read=kept.read)
    kept.tidy()
    return read


def files(folder):
    return sorted((folder / cache.CACHE).rglob("*.json"))


def test_an_unchanged_document_is_parsed_once_problems_included(folder, parsed):
    first = read(folder)
    assert parsed == ["a.html", "b.pdf", "c.docx", "d.pdf", "e.pdf"]
    assert [article.article_id for article in first[0]] == ["a.html", "b.pdf", "c.docx", "e.pdf"]
    assert [(problem.article_id, problem.what) for problem in first[1]] == [
        ("d.pdf", "no text"), ("e.pdf", "pages without text")]
    assert read(folder) == first == read_articles(folder)
    assert len(parsed) == 5


def test_documents_that_take_long_are_counted(folder, parsed, monkeypatch, capsys):
    monkeypatch.setattr(documents, "PATIENCE", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    for progress, told in ((False, False), (True, True), (True, False)):  # the last time all are known
        kept = documents.Documents(cache.place([folder]), progress)
        read_articles(folder, read=kept.read)
        kept.tidy()
        assert ("opening documents: 5 documents" in capsys.readouterr().err) is told
        if not progress:
            for path in files(folder):
                path.unlink()


def test_a_corpus_parses_none_of_its_documents_again(folder, parsed):
    first = Corpus(folder, progress=False)
    again = Corpus(folder, progress=False)
    assert first.articles.to_json() == again.articles.to_json()
    assert len(parsed) == 5
    assert again.problems.to_json() == first.problems.to_json()
    assert again.casualties["low"].tolist() == first.casualties["low"].tolist() != []


def test_only_a_changed_document_is_parsed_anew_and_a_moved_one_is_not(folder, parsed):
    read(folder)
    parsed.clear()
    (folder / "b.pdf").write_bytes(pdf("The mine denied it again."))
    (folder / "c.docx").rename(folder / "moved.docx")
    articles, _ = read(folder)
    assert parsed == ["b.pdf"]
    assert {article.article_id: article.text for article in articles}["b.pdf"] == "The mine denied it again."
    assert {article.article_id: article.text for article in articles}["moved.docx"] == SAID


def test_a_removed_document_disappears_from_the_cache(folder, parsed):
    read(folder)
    assert len(files(folder)) == 5
    for path in folder.glob("*.pdf"):
        path.unlink()
    read(folder)
    assert len(files(folder)) == 2
    for path in (folder / "a.html", folder / "c.docx"):
        path.unlink()
    read(folder)
    assert files(folder) == []


@pytest.mark.parametrize("damage", ["torn", "flipped", "empty", "foreign"])
def test_a_damaged_entry_is_said_and_its_document_parsed_again(folder, parsed, caplog, damage):
    first = read(folder)
    for path in files(folder)[:2]:
        raw = path.read_bytes()
        path.write_bytes({"torn": raw[:len(raw) // 2], "empty": b"", "foreign": b'{"fields": {}}',
                          "flipped": raw[:60] + bytes([raw[60] ^ 1]) + raw[61:]}[damage])
    assert read(folder) == first
    assert len(parsed) == 5 + 2
    assert all(f"{path} is damaged" in caplog.text for path in files(folder)[:2])
    assert read(folder) == first
    assert len(parsed) == 5 + 2


def test_other_reader_libraries_parse_everything_anew(folder, parsed, monkeypatch):
    read(folder)
    version = keys._version
    monkeypatch.setattr(keys, "_version", lambda name: "another" if name == "pypdf" else version(name))
    keys.reader_version.cache_clear()
    read(folder)
    monkeypatch.undo()
    keys.reader_version.cache_clear()
    assert len(parsed) == 2 * 5
    assert len(files(folder)) == 5


def test_another_code_of_the_readers_has_another_version(tmp_path, monkeypatch):
    (tmp_path / "articles").mkdir()
    monkeypatch.setattr(keys, "PACKAGE", tmp_path)
    before = keys.reader_version.__wrapped__()
    (tmp_path / "corpus.py").write_text("x")
    assert keys.reader_version.__wrapped__() == before
    (tmp_path / "articles" / "webpages.py").write_text("x")
    assert keys.reader_version.__wrapped__() != before


@pytest.mark.parametrize("error", [MemoryError(), OSError(24, "Too many open files")])
def test_what_another_day_may_read_is_tried_again(folder, parsed, monkeypatch, error):
    def fails(path):
        raise error

    with monkeypatch.context() as today:
        today.setattr(pdfs, "read_pdf", fails)
        assert {problem.article_id for problem in read(folder)[1]} == {"b.pdf", "d.pdf", "e.pdf"}
    parsed.clear()
    assert read(folder) == read_articles(folder)
    assert parsed == ["b.pdf", "d.pdf", "e.pdf"]


def test_a_document_that_is_saved_while_it_is_parsed_is_not_kept_under_its_old_content(folder, monkeypatch):
    old, new = pdf(SAID), pdf("The mine denied it.")

    def saved_meanwhile(path, form):
        path.write_bytes(new)
        return parsers.answer(str(path), form)

    with monkeypatch.context() as busy:
        busy.setattr(documents, "read_apart", saved_meanwhile)
        read(folder)
    for path in folder.glob("*.pdf"):
        path.write_bytes(old)
    assert {article.text for article in read(folder)[0] if article.path.endswith(".pdf")} == {SAID}


def test_a_folder_that_cannot_be_written_has_what_was_read_elsewhere(folder, parsed):
    (folder / cache.CACHE).write_text("a file where the folder would be")
    first = read(folder)
    assert read(folder) == first
    assert len(parsed) == 5


def test_a_full_disk_costs_only_the_cache_and_is_said_once(folder, parsed, monkeypatch, caplog):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(documents, "replacing", full)
    assert read(folder) == read_articles(folder)
    assert caplog.text.count("No space left on device") == 1
