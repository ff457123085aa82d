"""One article that the workbook fails at is shown without rows, and all others are read."""

from __future__ import annotations

import pytest
from spacy.language import Language

from analysis import extraction, language
from analysis.__main__ import main
from analysis.corpus import Corpus
from analysis.extraction import NOT_ANALYSED, extract
from analysis.records import Article

SAID = "Five men were killed near Homs on Monday, police said."
NO_DATE, NO_TEXT = 19, None  # what no reader gives: rules fail at the one, the parser at the other
FAILED = ("the workbook failed at this article: its text is shown, but nothing in it is found or counted. "
          "Please report it with this error: {}")


def articles(number, **bad):
    """So many articles; ``bad``: {"a3": the fields of the fourth one}."""
    return [Article(name, **{"text": SAID, "published": "2021-08-19", **bad.get(name, {})})
            for name in (f"a{n}" for n in range(number))]


def failing(what, when=lambda *_: True):
    """What fails in the place of ``extract_doc``, always or where its arguments say so."""
    def fail(*arguments):
        if when(*arguments):
            raise what
        return extract_doc(*arguments)

    extract_doc = extraction.extract_doc
    return fail


@pytest.mark.parametrize("workers", [1, 2])
def test_one_article_costs_no_other_its_rows(workers):
    given = articles(70, a0={"text": NO_TEXT}, a20={"published": NO_DATE}, a37={"text": NO_TEXT},
                     a69={"published": NO_DATE})
    found = list(extract(given, workers))
    assert [e.article for e in found] == given
    problems = {e.article.article_id: e.problems for e in found if e.problems}
    assert {name: [(p.article_id, p.what) for p in told] for name, told in problems.items()} == {
        name: [(name, NOT_ANALYSED)] for name in ("a0", "a20", "a37", "a69")}
    assert "AttributeError: 'NoneType' object has no attribute 'replace'" in problems["a0"][0].detail
    assert "TypeError: 'int' object is not subscriptable" in problems["a20"][0].detail
    for e in found:
        rows = (len(e.mentions), len(e.attributions), len(e.casualties), len(e.sentences))
        assert rows == ((0, 0, 0, 0) if e.problems else (3, 1, 1, 1)), e.article.article_id


def test_a_failure_inside_the_parser_is_one_articles():
    @Language.component("fails_at_six")
    def fails_at_six(doc):
        if doc.text.startswith("Six"):
            raise RuntimeError("no such\nword \ud800")
        return doc

    nlp = language.pipeline()
    nlp.add_pipe("fails_at_six")
    try:
        found = list(extract(articles(20, a5={"text": SAID.replace("Five", "Six")})))
    finally:
        nlp.remove_pipe("fails_at_six")
    assert [(e.article.article_id, e.problems[0].detail) for e in found if e.problems] == [
        ("a5", FAILED.format("RuntimeError: no such word \ufffd"))]
    assert sum(len(e.casualties) for e in found) == 19


@pytest.mark.parametrize("stop", [MemoryError(), KeyboardInterrupt(), SystemExit()])
def test_a_full_memory_and_ctrl_c_stop_all(monkeypatch, stop):
    monkeypatch.setattr(extraction, "extract_doc", failing(stop))
    with pytest.raises(type(stop)):
        list(extract(articles(2)))
    monkeypatch.undo()
    monkeypatch.setattr(language, "view", failing(stop))
    with pytest.raises(type(stop)):
        list(extract(articles(2)))


def test_a_pipeline_that_is_missing_is_no_articles_fault(monkeypatch):
    monkeypatch.setenv("WORKBOOK_PIPELINE", "en_of_nobody")
    with pytest.raises(language.PipelineMissing, match="en_of_nobody"):
        list(extract(articles(2)))


def test_a_folder_is_read_and_says_which_article_failed(tmp_path, monkeypatch, capsys):
    folder, out = tmp_path / "articles", tmp_path / "out"
    folder.mkdir()
    for name in ("one", "two", "three"):
        (folder / f"{name}.txt").write_text(SAID.replace("Five", name.title()), encoding="utf-8")
    monkeypatch.setattr(extraction, "extract_doc", failing(IndexError("no word 9"), lambda doc: doc[0].text == "Two"))
    said = FAILED.format("IndexError: no word 9")
    assert main(["extract", str(folder), "--out", str(out), "--format", "csv"]) == 0
    assert capsys.readouterr().err == f"two.txt: {NOT_ANALYSED}: {said}\n"
    corpus = Corpus(folder, progress=False)
    assert corpus.text("two.txt") == SAID.replace("Five", "Two")
    assert corpus.problems.values.tolist() == [["two.txt", NOT_ANALYSED, said]]
    assert corpus.casualties[["article_id", "low"]].values.tolist() == [["one.txt", 1], ["three.txt", 3]]
    assert corpus.quote("two.txt", 0, 3) == "Two"
