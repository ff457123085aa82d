"""Exports of Nexis and Factiva: every article of a file with its title, outlet and day, in every container."""

from __future__ import annotations

import gzip
import html

import docx
import pytest
from test_documents import pdf

from analysis.articles import read_articles

ARTICLES = (
    ("Car bomb kills five in Mogadishu", "The Example Herald", "2024-03-18", (
        "A car bomb killed five people at a market in Mogadishu on Monday, police said, and several shops burned.",
        "Twelve others were wounded, a doctor at Madina hospital said.")),
    ("Gunmen kill six farmers", "Sample News Agency", "2024-03-20", (
        "Gunmen killed six farmers in Zamfara state on Tuesday, the governor said after he had seen the village.",
        "Three women were kidnapped.")),
    ("Two children killed in Kherson", "Test Tribune (London)", "2024-03-21", (
        "Shelling killed two children in Kherson on Wednesday, the regional administration said in the evening.",)),
)
RIGHT = [(title, outlet, day, " ".join(text)) for title, outlet, day, text in ARTICLES]
LONG = {"2024-03-18": "March 18, 2024 Monday", "2024-03-20": "March 20, 2024 Wednesday 6:12 AM GMT",
        "2024-03-21": "March 21, 2024 Thursday"}
SHORT = {"2024-03-18": "18 March 2024", "2024-03-20": "20 March 2024", "2024-03-21": "21 March 2024"}


def wrapped(text, width=70):
    """A paragraph as lines of paper, as Nexis writes text files."""
    lines = [""]
    for word in text.split():
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if len(lines[-1]) + len(word) < width else [lines[-1], word]
    return "\n".join(lines)


def classic(mark="{} of {} DOCUMENTS", edition="", keys=("BYLINE: Staff", "SECTION: NEWS; Pg. 6"), length="LENGTH",
            words="words", after=("LOAD-DATE: {}", "LANGUAGE: ENGLISH", "PUBLICATION-TYPE: Newspaper"), cover=(),
            named=3):
    """Blocks as in LexisNexis: number, outlet, day, title, fields, text, fields, rights."""
    blocks = list(cover)
    for number, (title, outlet, day, text) in enumerate(ARTICLES, 1):
        said = SHORT[day] if words != "words" else LONG[day]
        blocks += [f"{mark.format(number, named):>50}", f"{outlet:>40}",
                   f"{said:>45}" + (f"\n{edition:>42}" if edition else ""), title, *keys,
                   f"{length}: {sum(len(part.split()) for part in text)} {words}", *map(wrapped, text),
                   *(line.format(said) for line in after),
                   f"{'Copyright 2024 ' + outlet:>50}\n{'All Rights Reserved':>45}"]
    return blocks


def uni(cover=True, edition="", keys=("Byline: Staff", "Section: NEWS; Pg. 6"), end="End of Document", body="Body",
        after=("Load-Date: March 22, 2024",)):
    """Blocks as in Nexis Uni: title, outlet, day, rights, fields, Body, text, fields, End of Document."""
    blocks = ["Page 1 of 3", "User Name: Analyst", "Date and Time: Friday, March 22, 2024 9:00:00 AM GMT",
              "Job Number: 1234", "Documents (3)", *(f"{n}. {title}\nClient/Matter: -None-\nSearch Terms: killed"
                                                     for n, (title, *_) in enumerate(ARTICLES, 1))] if cover else []
    for title, outlet, day, text in ARTICLES:
        blocks += [title, outlet, LONG[day], *([edition] if edition else []),
                   f"Copyright 2024 {outlet} All Rights Reserved", *keys,
                   f"Length: {sum(len(part.split()) for part in text)} words", body, *text, *after, end]
    return blocks


def factiva(days=SHORT, by="By Staff", words="words", language="English", code="Document", time=True):
    """Blocks as in Factiva: title, length, day, outlet, language, rights, text, code."""
    blocks = []
    for number, (title, outlet, day, text) in enumerate(ARTICLES, 1):
        blocks += [title, *([by] if by else []), f"{sum(len(part.split()) for part in text)} {words}", days[day],
                   *(["08:15 GMT"] if time else []), outlet, "EXHER", language,
                   f"(c) 2024 {outlet}. All Rights Reserved.", *text,
                   f"{code} EXHER00020{day.replace('-', '')}ek3j0000{number}"]
    return [*blocks, "Search Summary", "Text: killed"]


def indexed(between="\n"):
    """Lines as in Factiva with indexing: a code before each field."""
    lines = []
    for number, (title, outlet, day, (lead, *text)) in enumerate(ARTICLES, 1):
        fields = {"SE": "News", "HD": title, "BY": "Staff", "WC": "25 words", "PD": SHORT[day], "SN": outlet,
                  "SC": "EXH", "LA": "English", "CY": f"(c) 2024 {outlet}", "LP": lead, "TD": "\n".join(text),
                  "IN": "i1 : Industry", "AN": f"Document EXHER00020{day.replace('-', '')}ek3j0000{number}"}
        lines += [f"{code}{between}{value}" for code, value in fields.items() if value]
    return lines


def proquest(after=("Subject: Bombings; Hospitals",), cover=True):
    """Blocks as in ProQuest: a rule, and the name of each field before it."""
    blocks = ["_" * 60, "Report Information from ProQuest", "March 22 2024 09:00"] if cover else ["From ProQuest"]
    for number, (title, outlet, day, text) in enumerate(ARTICLES, 1):
        blocks += ["_" * 60, f"Document {number} of 3", title, "Author: Staff",
                   f"Publication info: {outlet} ; London (UK) [London (UK)]{SHORT[day]}: A.5.", f"Full text: {text[0]}",
                   *text[1:], *after, f"Title: {title}", f"Publication title: {outlet}", "First page: 5",
                   "Publication year: 2024", f"Publication date: {LONG[day][:-7].strip()}", "Section: News",
                   f"ProQuest document ID: 12{number}", f"Copyright: Copyright {outlet} 2024",
                   "Last updated: 2024-03-22"]
    return [*blocks, "_" * 60, "Contact ProQuest", "Copyright 2024 ProQuest LLC. All rights reserved."]


def rtf(blocks):
    escaped = "\\par\n\\par\n".join(block.replace("\n", "\\line ") for block in blocks)
    return f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {escaped}}}".encode("cp1252")


def rtf_table(blocks):
    rows = (block.partition("|") for block in blocks)
    cells = "".join(f"\\trowd {code}\\cell {value}\\cell\\row\n" for code, _, value in rows)
    return f"{{\\rtf1\\ansi {cells}}}".encode("cp1252")


def html_page(blocks):
    parts = (html.escape(block).replace("\n", "<br>") for block in blocks)
    return ("<html><head><title>Download</title></head><body>" + "".join(f"<div><p>{part}</p></div>" for part in parts)
            + "</body></html>").encode()


def pdf_pages(blocks):
    lines = [line.strip().replace("(", "\\(").replace(")", "\\)") for block in blocks
             for part in block.split("\n") for line in (wrapped(part, 80).split("\n") or [""])]
    return pdf(*("\n".join([*lines[n:n + 30], f"Page {n // 30 + 1} of 9"]) for n in range(0, len(lines), 30)))


def text_file(blocks):
    return ("\n\n" + "\n\n\n".join(blocks)).encode()


def crlf(blocks):
    return text_file(blocks).replace(b"\n", b"\r\n")


CASES = {
    "nexis.txt": (text_file, classic()),
    "nexis-crlf.txt": (crlf, classic()),
    "nexis-cover.txt": (text_file, classic(cover=["Download Request: Selected Items: 1-3\nTime Of Request: Friday, "
                                                  "March 22, 2024  16:51:31", "Terms: (killed)"])),
    "nexis-edition.txt": (text_file, classic(edition="Edition 1; Scotland")),
    "nexis-german.txt": (text_file, classic("Dokument {} von {}", keys=("AUTOR: Staff", "RUBRIK: POLITIK"),
                                            length="LÄNGE", words="Wörter", after=("UPDATE: {}", "SPRACHE: ENGLISH"))),
    "nexis-french.txt": (text_file, classic("Document {} de {}", keys=("AUTEUR: Staff",), length="LONGUEUR",
                                            words="mots", after=("LANGUE: ENGLISH",))),
    "nexis-bare.txt": (text_file, classic(keys=(), after=("LANGUAGE: ENGLISH",))),
    "nexis-graphic.txt": (text_file, classic(after=("GRAPHIC: A photo of nine dead", "LOAD-DATE: {}"))),
    "nexis.rtf": (rtf, classic()),
    "nexis.html": (html_page, classic()),
    "nexis.pdf": (pdf_pages, classic()),
    "nexis.txt.gz": (lambda blocks: gzip.compress(text_file(blocks)), classic()),
    "uni.docx": (None, uni()),
    "uni-edition.docx": (None, uni(edition="Late Edition - Final")),
    "uni-bare.docx": (None, uni(cover=False, keys=())),
    "uni-graphic.docx": (None, uni(after=("Graphic", "Nine dead, photo", "Load-Date: March 22, 2024", "Classification",
                                          "Language: ENGLISH", "Subject: DEATHS (90%)"))),
    "uni.rtf": (rtf, uni()),
    "uni.txt": (text_file, uni()),
    "uni.html": (html_page, uni()),
    "uni.pdf": (pdf_pages, uni()),
    "uni-german.docx": (None, uni(end="Ende des Dokuments")),
    "proquest.txt": (text_file, proquest()),
    "proquest-bare.txt": (text_file, proquest((), False)),
    "proquest.rtf": (rtf, proquest()),
    "proquest.docx": (None, proquest()),
    "proquest.pdf": (pdf_pages, proquest()),
    "proquest.html": (html_page, proquest()),
    "factiva.txt": (text_file, factiva()),
    "factiva-us.txt": (text_file, factiva(LONG, by="", time=False)),
    "factiva-german.txt": (text_file, factiva(words="Wörter", code="Dokument")),
    "factiva.rtf": (rtf, factiva()),
    "factiva.docx": (None, factiva()),
    "factiva.html": (html_page, factiva()),
    "factiva.pdf": (pdf_pages, factiva(by="")),
    "factiva-indexed.txt": (text_file, indexed(" ")),
    "factiva-indexed.html": (html_page, indexed()),
    "factiva-table.rtf": (rtf_table, indexed("|")),
}


def write(path, container, blocks):
    if container:
        path.write_bytes(container(blocks))
        return
    document = docx.Document()
    for block in blocks:
        document.add_paragraph(block.strip())
    document.save(path)


@pytest.mark.parametrize("name", CASES)
def test_every_article_of_an_export_is_read(tmp_path, name):
    write(tmp_path / name, *CASES[name])
    articles, problems = read_articles(tmp_path / name)
    assert [(a.title, a.outlet, a.published, " ".join(a.text.split())) for a in articles] == RIGHT
    assert [article.article_id for article in articles] == [f"{name}:{number}" for number in (1, 2, 3)]
    assert problems == []


def test_an_export_of_one_article_is_that_article_and_its_manifest_knows_better(tmp_path):
    blocks = uni(cover=False)
    (tmp_path / "a.txt").write_bytes(text_file(blocks[:blocks.index("End of Document") + 1]))
    (tmp_path / "articles.csv").write_text("file,outlet\na.txt,Agency\n")
    (article,), problems = read_articles(tmp_path)
    assert (article.article_id, article.title, article.outlet, article.published, article.rights, problems) == (
        "a.txt", "Car bomb kills five in Mogadishu", "Agency", "2024-03-18",
        "Copyright 2024 The Example Herald All Rights Reserved", [])


def test_the_place_that_an_article_is_from_stays_with_it(tmp_path):
    (tmp_path / "a.txt").write_bytes(text_file(classic(keys=("BYLINE: Staff", "DATELINE: NAIROBI, Kenya"))))
    articles, _ = read_articles(tmp_path)
    assert {article.text.split("\n\n")[0] for article in articles} == {"NAIROBI, Kenya"}


@pytest.mark.parametrize("blocks", [uni(), factiva()])
def test_an_export_that_breaks_off_says_so(tmp_path, blocks):
    last = max(n for n, block in enumerate(blocks) if block.startswith(("End of", "Document ")))
    (tmp_path / "a.txt").write_bytes(text_file(blocks[:last]))
    articles, (problem,) = read_articles(tmp_path)
    assert (len(articles), problem.what) == (2, "articles missing")
    assert "breaks off" in problem.detail


@pytest.mark.parametrize("more", ["12", "Page 5 of the report names the dead.", "Update: five more died, police said.",
                                  "Notes of the meeting name five dead.", "Language is no bar, he said.", "3 of 5",
                                  "UPDATE five more died.", "Subject: five dead, the letter said."])
def test_lines_of_an_article_that_look_like_fields_stay(tmp_path, more):
    for name, blocks in (("a", classic()), ("b", uni()), ("c", factiva())):
        at = blocks.index(next(block for block in blocks if "Twelve others" in block))
        (tmp_path / f"{name}.txt").write_bytes(text_file([*blocks[:at], more, *blocks[at:]]))
    articles, _ = read_articles(tmp_path)
    assert [more in article.text for article in articles] == 3 * [True, False, False]


def test_a_title_of_two_lines_in_a_pdf(tmp_path):
    title = "Car bomb kills five at a crowded market in the centre of Mogadishu on the eve of the opening of parliament"
    blocks = [title if block == ARTICLES[0][0] else block for block in factiva(by="")]
    (tmp_path / "a.pdf").write_bytes(pdf_pages(blocks))
    assert [article.title for article in read_articles(tmp_path)[0]] == [title, *(title for title, *_ in ARTICLES[1:])]


def test_articles_that_are_missing_and_texts_of_another_length_are_said(tmp_path):
    long = "One man was hurt, police said, and the road was closed for the day. " * 9
    (tmp_path / "a.txt").write_bytes(text_file(classic(named=5)).replace(b"\n\n\nThree women were kidnapped.",
                                                                        b"\n\n\n" + long.encode()))
    articles, problems = read_articles(tmp_path)
    assert len(articles) == 3
    assert [(problem.article_id, problem.what, problem.detail) for problem in problems] == [
        ("a.txt:2", "length differs", "a.txt:2 says it has 22 words, and 144 are read: look at the file"),
        ("a.txt", "articles missing", "a.txt says it holds 5 articles, and 3 are found: look at the file")]


@pytest.mark.parametrize("blocks", [
    [block for block in uni() if "March" not in block],
    ["Length: 20 words", "Five were killed.", "End of Document", "Six were killed.", "End of Document"],
    ["Document 1 of 3", "Full text: Five were killed.", "Language: English", "Document 2 of 3", "Six were killed."],
])
def test_an_export_that_cannot_be_split_is_a_problem_and_no_article(tmp_path, blocks):
    (tmp_path / "a.txt").write_bytes(text_file(blocks))
    articles, (problem,) = read_articles(tmp_path)
    assert articles == []
    assert "looks like an export of" in problem.detail
    assert "export them again" in problem.detail


@pytest.mark.parametrize("text", [
    "Police said five people were killed.\n\n1 of 3\n\nThe army denied it.",
    "This is 1 of 3 DOCUMENTS that the ministry gave out, which says five were killed.\n\nLENGTH: 3 pages",
    "The army said so in Document 12.\n\nEnd of Document was all that was left of the page.",
    "Document AB12 was signed by five men.\n\n25 words",
    "Copyright 2024 The Herald\n\nFive were killed.\n\nLanguage: English",
    "Page 1 of 2\n\nFive were killed.\n\nPage 2 of 2",
    "HD\n\nFive were killed.\n\nLP\n\nAN",
    "Length: 20 metres. Five were killed at the bridge.\n\nBody\n\nThe end of document.",
])
def test_what_only_looks_like_an_export_is_one_article(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    (article,), problems = read_articles(tmp_path)
    assert (article.text, problems) == (text, [])
