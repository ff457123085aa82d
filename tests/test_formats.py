"""Formats that analysts receive: what is read of each, and what is said where nothing can be."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from analysis.articles import read_articles
from analysis.articles.fields import NAMES, day, known, order_of
from analysis.articles.formats import HINTS, READERS
from analysis.articles.wrapping import plain_letters, undivided

TEXTS = ("A car bomb killed five people at a market in Mogadishu on Monday, police said.",
         "Gunmen killed six farmers in Zamfara state on Tuesday, the governor said.",
         "Shelling killed two children in Kherson on Wednesday, the administration said.")
DAYS = ("2024-03-19", "2024-03-20", "2024-03-21")


def read(path, content):
    """Write one file and return [(title, outlet, day, address, text)] and [(kind, detail)] of it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    articles, problems = read_articles(path)
    return ([(a.title, a.outlet, a.published, a.url, a.text) for a in articles],
            [(problem.what, problem.detail) for problem in problems])


def texts(articles):
    return tuple(article[-1] for article in articles)


def rows(**names):
    """Articles as records, with the names that a maker gives the fields."""
    made = [{"title": f"Title {n}", "outlet": "The Herald", "published": when, "url": f"https://a.org/{n}",
             "text": text} for n, (text, when) in enumerate(zip(TEXTS, DAYS, strict=True))]
    return [{names.get(field, field): value for field, value in row.items()} for row in made]


RIGHT = [tuple(row.values()) for row in rows(text="x")]
RIGHT = [(title, outlet, when, url, text) for title, outlet, when, url, text in RIGHT]


# Names of fields

@pytest.mark.parametrize("names", [
    {"text": "content", "published": "publishedAt", "outlet": "source"},
    {"text": "body", "published": "date", "outlet": "publication", "title": "headline", "url": "link"},
    {"text": "article", "published": "pubDate", "outlet": "newspaper", "title": "Headline", "url": "URL"},
    {"text": "Full Text", "published": "Publication Date", "outlet": "Source Name", "title": "TITLE"},
    {"text": "article_text", "published": "published_at", "outlet": "source-name", "url": "permalink"},
    {"text": "maintext", "published": "date_publish", "outlet": "publisher", "title": "heading"},
    {"text": "story", "published": "timestamp", "outlet": "media"},
    {"text": "description", "published": "created_at", "outlet": "site", "url": "href"},
])
def test_names_that_others_give_the_fields(tmp_path, names):
    made = rows(**names)
    lines = [";".join(made[0]), *(";".join(row.values()) for row in made)]
    assert read(tmp_path / "a.csv", "\n".join(lines)) == (RIGHT, [])
    assert read(tmp_path / "a.ndjson", "\n".join(map(json.dumps, made))) == (RIGHT, [])
    assert read(tmp_path / "a.json", json.dumps({"status": "ok", "articles": made})) == (RIGHT, [])
    book = openpyxl.Workbook()
    for row in ([*made[0]], *(list(row.values()) for row in made)):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx", (tmp_path / "a.xlsx").read_bytes()) == (RIGHT, [])


def test_the_fuller_of_two_names_counts_and_ours_before_all():
    assert known({"content": "", "body": "B", "description": "D"}) == {"text": "B"}
    assert known({"text": "T", "content": "C", "title": None, "headline": "H"}) == {"text": "T", "title": "H"}
    assert all(known({name: "x"}) == {field: "x"} for field, names in NAMES.items() for name in names.split())


@pytest.mark.parametrize(("name", "content"), [
    ("a.csv", "name,notes\nx,y\n"), ("a.tsv", "name\tnotes\nx\ty\n"), ("a.json", '[{"name": "x", "notes": "y"}]')])
def test_without_a_text_the_columns_are_named(tmp_path, name, content):
    articles, [(what, detail)] = read(tmp_path / name, content)
    assert (articles, what) == ([], "not understood")
    assert "name, notes" in detail


# Days

@pytest.mark.parametrize(("written", "right"), [
    ("2024-03-19", "2024-03-19"), ("2024-03-19T23:30:00+02:00", "2024-03-19"), ("2024/03/19", "2024-03-19"),
    ("20240319", "2024-03-19"), ("20240319T081500Z", "2024-03-19"), ("2024-03-19, 08:15", "2024-03-19"),
    ("Tue, 19 Mar 2024 08:00:00 GMT", "2024-03-19"), ("19 March 2024", "2024-03-19"), ("March 19, 2024", "2024-03-19"),
    ("Mar. 19, 2024", "2024-03-19"), ("Tuesday 19th March 2024, 8am", "2024-03-19"), ("19-Mar-24", "2024-03-19"),
    ("19/03/2024", "2024-03-19"), ("3/19/2024", "2024-03-19"), ("19.03.2024 08:15", "2024-03-19"),
    ("Tue, 03/19/2024 - 08:00", "2024-03-19"), ("Fri, 05/10/2024", "2024-05-10"), ("Mon, 05/08/2024", "2024-08-05"),
    ("05/05/2024", "2024-05-05"), ("1710835200", "2024-03-19"), ("1710835200000", "2024-03-19"),
    ("03/04/2024", None), ("19/03/24", None), ("2024-03", None), ("March 2024", None), ("2024-02-30", None),
    ("31/02/2024", None), ("45370", None), ("yesterday", None), ("", None), ("2024-03-191", None), ("1.2.3.2024", None),
    ("marketing 12, 2024", None), ("13/13/2024", None), ("Tue, 05/08/2024", None),
])
def test_days(written, right):
    assert day(written) == right


@pytest.mark.parametrize(("written", "days"), [
    (["03/04/2024", "19/03/2024", "01/02/2024"], ["2024-04-03", "2024-03-19", "2024-02-01"]),
    (["03/04/2024", "03/19/2024", "01/02/2024"], ["2024-03-04", "2024-03-19", "2024-01-02"]),
    (["3.4.2024", "19.3.2024", ""], ["2024-04-03", "2024-03-19", None]),
    (["03-04-2024 10:00", "19-03-2024 11:00", "2024-05-01"], ["2024-04-03", "2024-03-19", "2024-05-01"]),
    (["03/04/2024", "05/06/2024", "07/07/2024"], [None, None, "2024-07-07"]),
    (["03/04/2024", "19/03/2024", "03/19/2024"], [None, "2024-03-19", "2024-03-19"]),
    (["3/4/2024 0:00", "4/13/2024 0:00", "12/1/2024 0:00"], ["2024-03-04", "2024-04-13", "2024-12-01"]),
    (["01/12/2024", "31/12/2024", "30/11/2024"], ["2024-12-01", "2024-12-31", "2024-11-30"]),
])
@pytest.mark.parametrize("form", ["csv", "jsonl", "json", "xlsx", "articles.csv"])
def test_numbers_are_days_once_the_file_shows_which_comes_first(tmp_path, written, days, form):
    made = [{"text": text, "date": when} for text, when in zip(TEXTS, written, strict=True)]
    path = tmp_path / f"a.{form}"
    if form == "articles.csv":
        (tmp_path / "in").mkdir()
        for n, row in enumerate(made):
            (tmp_path / "in" / f"{n}.txt").write_text(row["text"])
        lines = ["file,published", *(f"{n}.txt,{row['date']}" for n, row in enumerate(made))]
        (tmp_path / "in" / form).write_text("\n".join(lines))
        path = tmp_path / "in"
    elif form == "xlsx":
        book = openpyxl.Workbook()
        for row in (["text", "date"], *([row["text"], row["date"]] for row in made)):
            book.active.append(row)
        book.save(path)
    else:
        path.write_text({"csv": "text,date\n" + "\n".join(f'"{row["text"]}",{row["date"]}' for row in made),
                         "jsonl": "\n".join(map(json.dumps, made)), "json": json.dumps(made)}[form])
    articles, problems = read_articles(path)
    assert [article.published for article in articles] == days
    asked = [problem.detail for problem in problems]
    assert len(asked) == sum(when is None and text != "" for when, text in zip(days, written, strict=True))
    assert all("write it as 2021-08-31" in detail for detail in asked)


def test_an_excel_file_has_real_days_and_other_sheets(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Title", "Date", "Content"])
    book.active.append(["One", datetime(2024, 3, 19, 8), TEXTS[0]])
    book.active.append([])
    second = book.create_sheet("More")
    second.append([])
    second.append(["text", "n"])
    second.append([TEXTS[1], 5])
    second.append(["x" * 32_767, 6])
    book.create_sheet("Notes").append(["nothing here"])
    book.create_sheet("Old").append(["text"])
    book["Old"].append(["Nine were killed."])
    book["Old"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    articles, problems = read_articles(tmp_path / "a.xlsx")
    assert [(a.article_id, a.title, a.published, a.text[:80]) for a in articles[:2]] == [
        ("a.xlsx:Sheet:2", "One", "2024-03-19", TEXTS[0]), ("a.xlsx:More:3", None, None, TEXTS[1])]
    assert [problem.what for problem in problems] == ["not language", "cut off"]


# Lists of services

@pytest.mark.parametrize("data", [
    rows(), {"results": rows()}, {"response": {"docs": rows()}}, {"articles": {"results": rows()}},
    {"hits": {"hits": [{"_source": row} for row in rows()]}},
    {"data": [{"id": row["url"], "fields": row} for row in rows()]},
    {"status": "ok", "items": [{**row, "text": f"<p>{row['text']}</p>"} for row in rows()]},
    {"response": {"results": [{"webTitle": row["title"], "webPublicationDate": row["published"], "webUrl": row["url"],
                               "source": "The Herald", "fields": {"bodyText": row["text"]}} for row in rows()]}},
])
def test_lists_of_news_services(tmp_path, data):
    assert read(tmp_path / "a.json", json.dumps(data)) == (RIGHT, [])


@pytest.mark.parametrize("row", [
    {"headline": {"main": "T", "kicker": None}, "pub_date": "2024-03-19T08:00:00+0000", "source": "O",
     "snippet": "no", "lead_paragraph": "Five."},
    {"title": "T", "body": "Five.", "dateTime": "2024-03-19T08:00Z", "source": {"uri": "o.org", "title": "O"}},
    {"id": "1", "fields": {"title": "T", "body": "Five.", "date": {"created": "2024-03-19T08:00:00+00:00"},
                           "source": [{"name": "O"}, {"name": "P"}], "language": [{"code": "en"}]}},
    {"date": "2024-03-19T08:00:00", "title": {"rendered": "T"}, "content": {"rendered": "<p>Five.</p>"}, "source": "O",
     "excerpt": {"rendered": "no"}},
    {"webTitle": "T", "webPublicationDate": "2024-03-19T08:00:00Z", "fields": {"body": "<p>Five.</p>"}, "source": "O"},
    {"content_html": "<p>Five.</p>", "date_published": "2024-03-19", "title": "T", "site": "O", "summary": "no"},
    {"maintext": "Five.", "title": "T", "date_publish": "2024-03-19 08:00", "source_domain": "O",
     "description": "no"},
    {"paragraphs": 3, "text": ["Five", "."], "headline": "T", "publishedAt": 1710835200, "publisher": {"name": "O"}},
])
def test_articles_of_eight_services(tmp_path, row):
    [(title, outlet, when, _, text)], problems = read(tmp_path / "a.json", json.dumps({"status": "ok",
     "results": [row]}))
    assert (title, outlet, when, "".join(text.split()), problems) == ("T", "O", "2024-03-19", "Five.", [])


def test_a_text_that_a_service_cut_is_said(tmp_path):
    made = [{"title": "T", "content": f"{TEXTS[0]} And then\u2026 [+1234 chars]"}]
    (article,), [(what, detail)] = read(tmp_path / "a.json", json.dumps({"articles": made}))
    assert (article[-1][:40], what) == (TEXTS[0][:40], "cut off")
    assert "only the beginning of article 1" in detail


TELEGRAM = [
    {"id": 1, "type": "service", "action": "create_channel", "date": "2024-03-01T08:00:00", "text": ""},
    {"id": 2, "type": "message", "date": "2024-03-19T08:00:00", "date_unixtime": "1710835200", "from": "Channel",
     "text": ["Gunmen killed ", {"type": "bold", "text": "six farmers"}, " in Zamfara."]},
    {"id": 3, "type": "message", "date": "2024-03-20T09:00:00", "photo": "x.jpg", "text": ""},
    {"id": 4, "type": "message", "date": "2024-03-20T09:00:00", "text": "Two soldiers were killed in Diffa."}]
SAID = [(None, "Channel", "2024-03-19", None, "Gunmen killed six farmers in Zamfara."),
        (None, "Channel", "2024-03-20", None, "Two soldiers were killed in Diffa.")]


@pytest.mark.parametrize("data", [
    {"name": "Channel", "type": "public_channel", "id": 9, "messages": TELEGRAM},
    {"about": "Here is the data", "chats": {"about": "", "list": [{"name": "Channel", "messages": TELEGRAM}]}},
])
def test_exports_of_telegram(tmp_path, data):
    for name in ("a", "b"):  # two chats have the same numbers
        (tmp_path / f"{name}.json").write_text(json.dumps(data).replace("Zamfara", f"Zamfara {name}"))
    articles, problems = read_articles(tmp_path)
    assert [(a.title, a.outlet, a.published, a.url, a.text.replace(" a.", ".").replace(" b.", ".")) for a in articles
            ] == 2 * SAID
    assert [a.article_id for a in articles] == ["a.json:2", "a.json:4", "b.json:2", "b.json:4"]
    assert problems == []


RSS = ('<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
       '<title>The Herald</title>{}</channel></rss>')
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Herald</title>{}</feed>'
RDF = ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
       'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Herald</title></channel>{}</rdf:RDF>')
ITEM = "<item><title>{title}</title><link>{url}</link><pubDate>{published}T08:00:00Z</pubDate>{text}</item>"


@pytest.mark.parametrize(("name", "feed", "item"), [
    ("a.xml", RSS, ITEM.replace("{text}", "<description>{text}</description>")),
    ("a.rss", RSS, ITEM.replace("{text}", "<description>Cut…</description><content:encoded><![CDATA[<p>{text}</p>]]>"
                                          "</content:encoded>")),
    ("b.rss", RSS, ITEM.replace("{text}", "<description>&lt;p&gt;{text}&lt;/p&gt;&lt;img src='x'&gt;</description>")),
    ("a.atom", ATOM, "<entry><title>{title}</title><link rel='self' href='https://no'/><link href='{url}'/>"
                     "<updated>2025-01-01T00:00:00Z</updated><published>{published}</published>"
                     "<content type='html'>&lt;p&gt;{text}&lt;/p&gt;</content></entry>"),
    ("b.atom", ATOM, "<entry><title>{title}</title><link href='{url}'/><updated>{published}T01:00:00Z</updated>"
                     "<summary>{text}</summary></entry>"),
    ("c.xml", RDF, "<item><title>{title}</title><link>{url}</link><dc:date>{published}</dc:date>"
                   "<description>{text}</description></item>"),
    ("d.xml", RSS, ITEM.replace("{text}", "<description><![CDATA[<b>{text}</b>]]></description>")),
    ("e.xml", "<?xml version='1.0' encoding='iso-8859-1'?>" + RSS,
     ITEM.replace("{text}", "<description>{text}</description>")),
])
def test_feeds(tmp_path, name, feed, item):
    assert read(tmp_path / name, feed.format("".join(item.format(**row) for row in rows()))) == (RIGHT, [])


@pytest.mark.parametrize(("item", "text", "said"), [
    ("<item><description>Five\x02killed.</description></item>", "Five killed.", []),
    ("<item><description>Five killed at A & B.</description></item>", "Five killed at A  B.", ["part not read"]),
    ("<item><description>Five killed.", "Five killed.", ["part not read"]),
    ("<item><description>Five&amp;nbsp;killed.</description></item>", "Five killed.", []),
])
def test_a_feed_that_is_broken_says_so(tmp_path, item, text, said):
    end = "</channel></rss>" if item.endswith(">") else ""
    articles, problems = read(tmp_path / "a.xml", f"<rss><channel><title>x</title>{item}{end}")
    assert (texts(articles), [what for what, _ in problems]) == ((text,), said)


def test_half_characters_in_html_lose_no_words(tmp_path):
    made = json.dumps([{"text": "<p>Five \ud800 men were killed.</p>"}])
    assert texts(read(tmp_path / "a.json", made)[0]) == ("Five \ufffd men were killed.",)


# Mail, RTF, OpenDocument, packed files

def message(plain=None, markup=None, attached=False):
    made = EmailMessage()
    made["Subject"], made["Date"], made["From"] = "Five killed in Café", "Tue, 19 Mar 2024 08:00:00 +0000", "a@b.org"
    if plain:
        made.set_content(plain)
    if markup:
        (made.add_alternative if plain else made.set_content)(markup, subtype="html")
    if attached:
        made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="report.pdf")
    return bytes(made)


@pytest.mark.parametrize(("mail", "text", "said"), [
    (message(TEXTS[0]), TEXTS[0], []), (message(None, f"<p>{TEXTS[0]}</p><p>Bye.</p>"), f"{TEXTS[0]}\n\nBye.", []),
    (message(TEXTS[0], "<p>Other</p>"), TEXTS[0], []),
    (message(TEXTS[0], attached=True), TEXTS[0], ["attachments not read"]),
    (message("Café: " + TEXTS[0]), "Café: " + TEXTS[0], []),
    (message(None, f"<style>p {{}}</style><div>{TEXTS[0]}</div>"), TEXTS[0], []),
])
def test_mail(tmp_path, mail, text, said):
    articles, problems = read(tmp_path / "a.eml", mail)
    assert [(*article[:3], article[-1].strip()) for article in articles] == [
        ("Five killed in Café", None, "2024-03-19", text)]
    assert [what for what, _ in problems] == said


@pytest.mark.parametrize("mail", [b"", b"no mail", b"Subject: x\n\n", message(None, "<img src='x'>")])
def test_mail_without_a_text(tmp_path, mail):
    articles, [(what, _)] = read(tmp_path / "a.eml", mail)
    assert (articles, what in ("no text", "unreadable")) == ([], True)


def test_a_page_that_a_browser_saved_as_one_file(tmp_path):
    page = f"<html><body><article><h1>Title</h1><p>{TEXTS[0]}</p><p>{TEXTS[1]}</p></article></body></html>"
    saved = ("From: <Saved by Blink>\nSnapshot-Content-Location: https://a.org/2024/03/19/x\nSubject: Title\n"
             "Date: Fri, 1 May 2026 08:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n"
             f"--B\nContent-Type: text/html; charset=utf-8\nContent-Location: https://a.org/2024/03/19/x\n\n{page}\n--B\n"
             "Content-Type: image/png\n\nx\n--B--\n")
    [(_, _, when, url, text)], problems = read(tmp_path / "a.mhtml", saved)
    assert (when, url, problems) == ("2024-03-19", "https://a.org/2024/03/19/x", [])
    assert TEXTS[1] in text
    assert read(tmp_path / "b.mht", saved.replace("text/html", "text/css"))[1][0][0] == "no text"


@pytest.mark.parametrize(("written", "text"), [
    (r"{\rtf1\ansi Five men were killed.}", "Five men were killed."),
    (r"{\rtf1\ansi\ansicpg1252 Caf\'e9: five killed.\par Two hurt.}", "Café: five killed.\nTwo hurt."),
    (r"{\rtf1\ansi \u8220?Five\u8221? killed.}", "“Five” killed."),
    (r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\info{\title No}}\f0 Five {\b killed}.}", "Five killed."),
    (r"{\rtf1\ansi Five {\v nine }were {\strike ten }{\b\strike and ten }killed.}", "Five were killed."),
    (r"{\rtf1\ansi Five killed.{\pict\pngblip 89504e47}}", "Five killed."),
    (r"{\rtf1\ansi A\tab B\line C}", "A\tB\nC"),
])
def test_rtf(tmp_path, written, text):
    assert read(tmp_path / "a.rtf", written.encode("cp1252")) == ([(None, None, None, None, text)], [])


def test_rtf_names_its_footnotes_and_tables(tmp_path):
    articles, problems = read(tmp_path / "a.rtf", rb"{\rtf1\ansi Five{\footnote Nine} killed.\par "
                                                  rb"\trowd Aden\cell 12\cell\row\trowd Taiz\cell 5\cell\row}")
    assert texts(articles) == ("Five killed.",)
    assert [what for what, _ in problems] == ["table not read", "footnotes not read"]


ODT = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:'
       'style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:automatic-styles>'
       '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
       '<style:style style:name="T2"><style:text-properties text:display="none"/></style:style>'
       '</office:automatic-styles><office:body><office:text>{}</office:text></office:body></office:document-content>')


@pytest.mark.parametrize(("written", "text", "said"), [
    ("<text:h>Title</text:h><text:p>Five killed.</text:p>", "Title\n\nFive killed.", []),
    ("<text:p>Five<text:s text:c='2'/>men<text:tab/>were<text:line-break/>killed.</text:p>",
     "Five  men\twere\nkilled.", []),
    ("<text:p>Five <text:span text:style-name='T1'>ten </text:span>killed.</text:p>", "Five killed.", []),
    ("<text:p>Five <text:span text:style-name='T2'>ten </text:span>killed.</text:p>", "Five killed.", []),
    ("<text:p>Five <text:span>killed<text:note><text:note-body><text:p>Nine.</text:p></text:note-body></text:note>"
     "</text:span>.</text:p>", "Five killed.\n\nNine.", []),
    ("<text:tracked-changes><text:p>Ten killed.</text:p></text:tracked-changes><text:p>Five killed.</text:p>",
     "Five killed.", []),
    ("<text:p>Five.</text:p><table:table><table:table-row><table:table-cell><text:p>Place</text:p></table:table-cell>"
     "<table:table-cell><text:p>Dead</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell>"
     "<text:p>Aden</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row>"
     "</table:table>", "Five.", ["table not read"]),
    ("<text:list><text:list-item><text:p>Five killed.</text:p></text:list-item></text:list>", "Five killed.", []),
])
def test_opendocument(tmp_path, written, text, said):
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as packed:
        packed.writestr("content.xml", ODT.format(written))
    articles, problems = read(tmp_path / "a.odt", (tmp_path / "a.odt").read_bytes())
    assert (texts(articles), [what for what, _ in problems]) == ((text,), said)


@pytest.mark.parametrize(("name", "content", "found"), [
    ("a.txt.gz", TEXTS[0], 1), ("a.csv.gz", "text\n" + "\n".join(f'"{text}"' for text in TEXTS), 3),
    ("a.JSONL.gz", "\n".join(json.dumps(row) for row in rows()), 3), ("a.json.gz", json.dumps(rows()), 3),
    ("a.xml.gz", RSS.format("".join(ITEM.format(**row).replace("</pubDate>", "</pubDate><description>").replace(
        "</item>", "</description></item>") for row in rows())), 3),
    ("a.rtf.gz", r"{\rtf1 Five killed.}", 1), ("a.eml.gz", message(TEXTS[0]).decode(), 1), ("a.md.gz", TEXTS[1], 1),
])
def test_packed_files(tmp_path, name, content, found):
    articles, problems = read(tmp_path / name, gzip.compress(content.encode()))
    assert (len(articles), problems) == (found, [])


@pytest.mark.parametrize(("name", "content", "what", "advice"), [
    ("a.gz", gzip.compress(b"x"), "not understood", "unpack it"),
    ("a.txt.gz", gzip.compress(b"x" * 100)[:20], "unreadable", "fetch it anew"),
    ("b.txt.gz", b"no gzip", "unreadable", "no .gz file"),
    ("a.gz.gz", gzip.compress(b"x"), "not understood", "unpack it"),
    ("a.txt", b"%PDF-1.4 x", "unreadable", ".pdf: give it its right name"),
    ("b.txt", b"{\\rtf1 x}", "unreadable", ".rtf: give it its right name"),
    ("c.txt", b"PK\x03\x04abc", "unreadable", "packed format"), ("a.rtf", b"no rtf", "unreadable", "no RTF file"),
    ("a.xml", b"<html><p>x</p></html>", "not understood", "no RSS or Atom feed"),
    ("b.xml", b"", "unreadable", "save it anew"), ("a.json", b"{", "unreadable", "no JSON"),
    ("b.json", b"[" * 100_000, "unreadable", "no JSON"), ("c.json", b"[]", "not understood", "no list of articles"),
    ("a.xlsx", b"x", "unreadable", "save it anew"), ("a.odt", b"PK", "unreadable", "save it anew"),
    *((f"a{form}", b"x", "not understood", hint) for form, hint in HINTS.items()),
])
def test_what_cannot_be_read_says_what_to_do(tmp_path, name, content, what, advice):
    articles, [(found, detail)] = read(tmp_path / name, content)
    assert (articles, found) == ([], what)
    assert detail.startswith(name)
    assert advice in detail
    assert "Errno" not in detail


def test_every_format_is_documented():
    documented = (Path(__file__).parents[1] / "docs" / "articles.md").read_text(encoding="utf-8")
    assert [form for form in READERS if f"`{form}`" not in documented] == []


# Lines of paper

@pytest.mark.parametrize(("written", "right"), [
    ("twenty-\nthree", "twenty-three"), ("casu-\nalties", "casualties"), ("an 18-\nyear-old", "an 18-year-old"),
    ("from 10-\n12", "from 10-12"), ("anti-\ngovernment", "anti-government"), ("Al-\nShabaab", "Al-Shabaab"),
    ("gov-\nernment and government", "government and government"),
    ("army-\nbacked men, backed by the army", "army-backed men, backed by the army"),
    ("a car-\nbomb and a car-bomb", "a car-bomb and a car-bomb"), ("kil\u00ad\nled", "kil\nled"),
    ("pre-\nwar", "pre-war"),
    ("the dead –\nfive", "the dead –\nfive"),
])
def test_words_that_the_end_of_a_line_divides(written, right):
    assert undivided(plain_letters(written)) == right


def test_the_order_of_a_file_is_shown_by_its_days():
    assert order_of(["13/01/2024"]) == "day"
    assert order_of(["01/13/2024", "x", None, "2024-01-01"]) == "month"
    assert order_of([]) is None
