"""Web pages, PDFs and Word files: what is read of them, and what is said of those that cannot be."""

from __future__ import annotations

import zipfile

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from analysis.articles import answers, apart, documents, formats, pdfs, read_articles

PARAGRAPHS = ("The mayor said on Monday that five miners were hurt when a bridge near the old quarry gave way after "
              "weeks of rain, and that two of them are still in hospital.",
              "A spokeswoman for the mine denied that anybody had been warned, and said that the company would wait "
              "for the report of the district's engineers before it said more.")
DESCRIBED = """
<meta property="og:title" content="Bridge gives way"><meta property="og:site_name" content="The Herald">
<meta property="article:published_time" content="2021-08-31T23:30:00+02:00">
<link rel="canonical" href="https://herald.example/bridge">"""


def web_page(body="", head="", encoding="utf-8"):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (f"<!doctype html><html><head>{head}</head><body><nav><a href='/'>Home</a> <a href='/war'>War</a></nav>"
            f"<article><h1>Bridge gives way</h1>{paragraphs}{body}</article><footer>&copy; 2019 Herald Media</footer>"
            f"<script>document.write('nine were killed')</script></body></html>").encode(encoding)


def pdf(*pages):
    """A PDF with one text a page, one line of it a line; an empty one is a page without text."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    for n, text in enumerate(pages):
        lines = "".join(f"({line}) Tj T* " for line in text.split("\n") if line)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {lines}ET"
        objects += [f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {5 + 2 * n} 0 R"
                    f"/Resources<</Font<</F1 3 0 R>>>>>>", f"<</Length {len(stream)}>>stream\n{stream}\nendstream"]
    data, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{thing}endobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(places) + 1
    return data + (f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>"
                   f"\nstartxref\n{len(data)}\n%%EOF").encode()


def whats(problems):
    return [(problem.article_id, problem.what) for problem in problems]


def test_a_web_page_becomes_its_article_and_what_it_says_of_itself(tmp_path):
    (tmp_path / "a.html").write_bytes(web_page(head=DESCRIBED))
    (article,), problems = read_articles(tmp_path)
    assert problems == []
    assert article.text.split("\n\n")[-2:] == list(PARAGRAPHS)
    assert "Home" not in article.text
    assert "nine were killed" not in article.text
    assert (article.title, article.outlet, article.published, article.url) == (
        "Bridge gives way", "The Herald", "2021-08-31", "https://herald.example/bridge")


def test_a_page_that_says_nothing_of_itself_stays_unknown(tmp_path):
    """Neither the footer's year, nor the file's name, nor a link is the article's date or outlet."""
    (tmp_path / "2019-01-02-herald.htm").write_bytes(web_page("<p>Seen on 2018-05-06 by <a href='https://x.org'>X</a></p>"))
    (article,), _ = read_articles(tmp_path)
    assert (article.title, article.outlet, article.published, article.url) == (None, None, None, None)


def test_the_manifest_knows_better_than_the_page(tmp_path):
    (tmp_path / "a.html").write_bytes(web_page(head=DESCRIBED))
    (tmp_path / "articles.csv").write_text("file,outlet,published\na.html,Agency,2021-08-30\n")
    (article,), _ = read_articles(tmp_path)
    assert (article.title, article.outlet, article.published) == ("Bridge gives way", "Agency", "2021-08-30")


@pytest.mark.parametrize(("data", "published", "outlet"), [
    ('{"@type": "NewsArticle", "datePublished": "2020-01-02", "publisher": {"name": "Radio"}}', "2020-01-02", "Radio"),
    ('{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"}, {"@type": ["Article"], '
     '"datePublished": "2020-01-02T10:00"}]}', "2020-01-02", None),
    ('[{"@type": "Article", "datePublished": "2 January 2020", "publisher": ["X"]}, 5]', "2020-01-02", None),
    ("{broken", None, None), ("[" * 100_000, None, None), ('{"@type": "Article", "datePublished": 5}', None, None),
])
def test_json_ld_is_read_where_it_is_about_the_article(tmp_path, data, published, outlet):
    (tmp_path / "a.html").write_bytes(web_page(head=f'<script type="application/ld+json">{data}</script>'))
    (article,), _ = read_articles(tmp_path)
    assert (article.published, article.outlet) == (published, outlet)


@pytest.mark.parametrize(("head", "encoding"), [
    ("", "utf-8"), ("", "utf-8-sig"), ("", "utf-16"), ('<meta charset="windows-1252">', "cp1252"),
    ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">', "iso-8859-2"),
])
def test_a_page_in_any_encoding_it_names(tmp_path, head, encoding):
    word = "Łódź" if encoding == "iso-8859-2" else "café"
    (tmp_path / "a.html").write_bytes(web_page(f"<p>They met again in the {word} on the square that night.</p>", head,
                                               encoding))
    (article,), _ = read_articles(tmp_path)
    assert f"in the {word} on the square" in article.text


def test_a_page_too_deep_to_be_read_to_its_end_says_so(tmp_path):
    (tmp_path / "a.html").write_bytes(web_page("<div>" * 300 + "<p>One more was hurt.</p>"))
    (tmp_path / "b.html").write_bytes(web_page("<div>" * 200 + "<p>One more was hurt.</p>"))
    assert whats(read_articles(tmp_path)[1]) == [("a.html", "part not read")]


def test_the_folder_that_a_browser_saves_beside_a_page_holds_no_articles(tmp_path):
    (tmp_path / "a.html").write_bytes(web_page())
    for folder in ("a_files", "b_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_bytes(web_page("<p>An advertisement that nobody wanted to read.</p>"))
    assert [article.article_id for article in read_articles(tmp_path)[0]] == ["a.html", "b_files/frame.html"]


def test_a_pdf_has_its_lines_joined_but_keeps_headlines_and_paragraphs(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf(
        "Bridge gives way\nThe mayor said on Monday that five miners\nwere hurt when a bridge near the old\n"
        "quarry gave way.\nTwo are in hospital, a nurse said.", "The mine denied it."))
    (article,), problems = read_articles(tmp_path)
    assert problems == []
    assert article.text == (
        "Bridge gives way\nThe mayor said on Monday that five miners were hurt when a bridge near the old quarry gave "
        "way.\nTwo are in hospital, a nurse said.\n\nThe mine denied it.")


def test_pages_without_text_are_said(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf("The mine denied it.", "", ""))
    (article,), (problem,) = read_articles(tmp_path)
    assert article.text == "The mine denied it."
    assert problem.detail == "a.pdf has no text on page 2, 3: look at the file"


def test_a_word_file_is_read_with_tables_and_changes_accepted(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("Five ")
    paragraph.add_run("miners").bold = True
    for kind, words in (("ins", " and a nurse"), ("del", " and a cook"), ("moveFrom", " and a cat")):
        text = "delText" if kind == "del" else "t"
        paragraph._p.append(parse_xml(f'<w:{kind} {nsdecls("w")}><w:r><w:{text} xml:space="preserve">{words}</w:{text}>'
                                      f'</w:r></w:{kind}>'))
    paragraph.add_run(" were hurt.")
    document.add_table(1, 2).cell(0, 1).text = "Two are in hospital."
    document.add_paragraph("One went home.")
    document.save(tmp_path / "a.docx")
    (tmp_path / "~$a.docx").write_bytes(b"Word's own")
    (article,), problems = read_articles(tmp_path)
    assert problems == []
    assert article.text == "Five miners and a nurse were hurt.\n\nTwo are in hospital.\n\nOne went home."


@pytest.fixture
def locked(tmp_path):
    (tmp_path / "open.pdf").write_bytes(pdf("The mine denied it."))
    writer = pypdf.PdfWriter(clone_from=tmp_path / "open.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    return (tmp_path / "locked.pdf").read_bytes()


def test_broken_documents_are_reported_with_what_to_do_and_the_rest_is_read(tmp_path, monkeypatch, locked, capfd):
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.setattr(formats, "MAX_BYTES", 50_000)
    with zipfile.ZipFile(folder / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", bytes(answers.UNPACKED + 1)[:1000])
        packed.infolist()[0].file_size = answers.UNPACKED + 1
    files = {"a-nothing.html": b"", "b-blank.html": b"<html><body></body></html>", "c-large.pdf": bytes(50_001),
             "d-scan.pdf": pdf("", ""), "e-locked.pdf": locked, "f-broken.pdf": b"%PDF-1.4\n" + bytes(range(256)),
             "g-empty.pdf": b"", "h-page.docx": b"<html>", "i-zip.docx": (folder / "bomb.docx").read_bytes()[:90],
             "z-fine.html": web_page(),
             "z-nul.html": web_page("<p>One more was hurt\0 on the way to the hospital.</p>"),
             "x.doc": b"x", "y.odt": b"x"}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    articles, problems = read_articles(folder)
    assert [article.article_id for article in articles] == ["z-fine.html", "z-nul.html"]
    assert "hurt\ufffd on the way" in articles[1].text
    assert whats(problems) == [
        ("a-nothing.html", "no text"), ("b-blank.html", "no text"), ("bomb.docx", "too large"),
        ("c-large.pdf", "too large"), ("d-scan.pdf", "no text"), ("e-locked.pdf", "encrypted"),
        ("f-broken.pdf", "unreadable"), ("g-empty.pdf", "unreadable"), ("h-page.docx", "unreadable"),
        ("i-zip.docx", "unreadable"), ("x.doc", "not understood"), ("y.odt", "unreadable"),
        ("z-nul.html", "broken characters")]
    assert all(problem.detail.startswith(problem.article_id) for problem in problems)
    advice = {problem.article_id: problem.detail for problem in problems}
    assert "text recognition (OCR)" in advice["d-scan.pdf"]
    assert "without one" in advice["e-locked.pdf"]
    assert capfd.readouterr() == ("", "")  # what the libraries warn of is not the notebook's


@pytest.mark.parametrize(("line", "reason"), [("import os; os.abort()", "makes the program that reads it stop"),
                                              ("import time; time.sleep(60)", "is not read within")])
def test_a_document_that_crashes_or_never_ends_costs_only_itself(tmp_path, monkeypatch, line, reason):
    (tmp_path / "a.html").write_bytes(web_page())
    (tmp_path / "b.html").write_bytes(web_page("<p>And more of it, so that it is no copy of the other one.</p>"))
    apart.stop()
    real = apart.subprocess.Popen
    calls = iter([[apart.sys.executable, "-c", line]])
    with monkeypatch.context() as only_the_first:
        only_the_first.setattr(apart, "SECONDS", 1.0)
        only_the_first.setattr(apart.subprocess, "Popen", lambda call, **rest: real(next(calls, call), **rest))
        first = apart.read_apart(tmp_path / "a.html", ".html")
    assert first["problem"][0] == "unreadable"
    assert reason in first["problem"][1]
    assert "bridge" in apart.read_apart(tmp_path / "b.html", ".html")["articles"][0]["fields"]["text"]


def test_memory_is_limited_where_the_system_can(monkeypatch):
    def greedy(path):
        raise MemoryError

    monkeypatch.setattr(pdfs, "read_pdf", greedy)
    assert documents.answer("a.pdf", ".pdf")["problem"][0] == "too large"
