"""Web pages, PDFs and Word files as they come: days, posts, tables, columns, what is hidden and what is divided."""

from __future__ import annotations

import json

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from test_documents import pdf

from analysis.articles import read_articles

PARAGRAPHS = (
    "A car bomb killed five people at a market in Mogadishu on Monday, police said.",
    "The blast destroyed several shops and shattered the windows of a nearby hotel, residents said by telephone.",
    "Twelve others were wounded, a doctor at Madina hospital told reporters. The hospital asked for blood donations.",
    "No group has claimed the attack, which came a day before parliament was due to meet in the capital.")


def page(head="", above="", between="", below="", after="", body=None):
    inside = body if body is not None else (
        f"<h1>Car bomb kills five</h1>{above}<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>{between}"
        f"<p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p>{below}")
    return (f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Car bomb | Herald</title>{head}</head>"
            f"<body><header><nav><a href='/'>Home</a></nav></header><main><article>{inside}</article></main>{after}"
            f"<footer>Copyright 2019 Herald Media</footer></body></html>")


def read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_articles(path)


def ld(**fields):
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


# The day of a web page

@pytest.mark.parametrize("parts", [
    {"head": '<meta property="article:published_time" content="2024-03-19T08:00:00Z">'},
    {"head": '<meta property="og:article:published_time" content="2024-03-19T08:00:00Z">'},
    {"head": '<meta name="sailthru.date" content="2024-03-19 08:00:00">'},
    {"head": '<meta name="parsely-pub-date" content="Tue, 19 Mar 2024 08:00:00 GMT">'},
    {"head": '<meta name="dc.date" content="19 March 2024">'},
    {"head": '<meta property="article:published_time" content="Tue, 03/19/2024 - 08:00">'},
    {"head": '<meta property="article:published_time" content="2024-03-19"><meta property="article:modified_time" '
             'content="2024-03-22">'},
    {"head": ld(**{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "datePublished": "2024-03-19T08:00Z"}})},
    {"head": ld(**{"@graph": [{"@type": "NewsArticle", "datePublished": "March 19, 2024"}]})},
    {"head": ld(**{"@type": "ReportageNewsArticle", "datePublished": "20240319"})},
    {"above": '<time datetime="2024-03-19T08:00:00Z">19 Mar</time>'},
    {"above": '<time datetime="2024-03-19">19 Mar</time><time datetime="2024-03-19T10:00">10:00</time>'},
    {"above": '<time datetime="2024-03-19">19 Mar</time>',
     "after": '<aside><time datetime="2024-04-01">x</time></aside>'},
    {"head": '<link rel="canonical" href="https://news.example.org/2024/03/19/car-bomb">'},
    {"head": '<meta property="og:url" content="https://news.example.org/world/2024-03-19-car-bomb">'},
    {"above": "<p>By Staff | Published 19 March 2024</p>"},
    {"above": "<div>Posted on March 19, 2024 at 8:15 am</div>"},
    {"above": "<span>19 March 2024</span>"},
    {"above": "<span>Tuesday, 19 March 2024</span>"},
    {"above": '<span class="date">2024-03-19</span>'},
    {"above": "<span>Tue 19 Mar 2024 08.00 GMT</span>"},
    {"above": '<span itemprop="datePublished" content="2024-03-19T08:00">today</span>'},
    {"above": '<p class="byline">Ana Lowe, 19 March 2024</p>'},
    {"above": '<time datetime="2024-03-19">x</time><time class="updated" datetime="2024-03-21">y</time>'},
    {"head": ld(**{"@type": ["NewsArticle"], "datePublished": 1710835200})},
    {"head": '<meta property="og:url" content="https://news.example.org/20240319-car-bomb">'},
    {"above": "<p>By Ana Lowe | March 19, 2024, 8:15 am EST</p>"},
    {"head": '<link rel="canonical" href="https://news.example.org/world/2024/mar/19/car-bomb">'},
    {"head": "<!-- saved from url=(0048)https://news.example.org/2024/03/19/car-bomb -->"},
])
def test_a_page_gives_its_day(tmp_path, parts):
    (article,), problems = read(tmp_path / "a.html", page(**parts))
    assert (article.published, problems) == ("2024-03-19", [])


@pytest.mark.parametrize("parts", [
    {}, {"below": "<p>The market was also hit on 2 February 2022.</p>"},
    {"above": "<p>Two men died in the same place on 4 May 2021.</p>"},
    {"above": "<p class='byline'>Updated 19 March 2024</p>"},
    {"above": "<p class='candidate-update'>Elections are due on 4 May 2021 in the town.</p>"},
    {"above": "<p>By Monday 4 May 2021 two men had died in the place.</p>"},
    {"after": '<aside><time datetime="2024-03-19">x</time></aside>'},
    {"above": '<time datetime="2024-03-19">x</time><time datetime="2024-03-21">y</time>'},
    {"above": "<p>Published 19 March 2024</p><p>Posted 21 March 2024</p>"},
    {"head": '<meta property="article:published_time" content="03/04/2024">'},
    {"head": '<meta property="article:modified_time" content="2024-03-19">'},
    {"head": '<link rel="canonical" href="https://news.example.org/20240319123">'},
    {"head": ld(**{"@type": "Event", "datePublished": "2024-03-19"})},
    {"head": ld(**{"@type": "NewsArticle", "datePublished": {"no": 1}})},
])
def test_a_day_that_is_not_surely_the_pages_is_none(tmp_path, parts):
    (article,), _ = read(tmp_path / "a.html", page(**parts))
    assert article.published is None


# Live pages

POSTS = (("2024-03-19T09:00:00Z", "A car bomb killed five people in Mogadishu today, police said. Shops were burned."),
         ("2024-03-18T20:00:00Z", "Gunmen killed six farmers in Zamfara today, the governor said, and burned houses."),
         ("2024-03-18T09:00:00Z", "Shelling killed two children in Kherson this morning, officials of the city said."))


@pytest.mark.parametrize("post", [
    '<div class="post"><time datetime="{0}">9:00</time><h2>Head</h2><p>{1}</p></div>',
    '<article class="update"><header><time datetime="{0}">9:00</time></header><p>{1}</p></article>',
    '<section><h3>Head</h3><span><time datetime="{0}">9:00</time></span><div><p>{1}</p></div></section>',
    '<li class="live-entry"><div><time datetime="{0}">9:00</time></div><p>{1}</p><p>More to follow.</p></li>',
    '<div class="block" id="x"><p class="t"><time datetime="{0}">9:00</time></p><p>{1}</p></div>',
    '<div><div><time datetime="{0}">9:00</time><h2>Head</h2></div><div><p>{1}</p></div></div>',
    '<article><p>{1}</p><footer><time datetime="{0}">9:00</time></footer></article>',
])
def test_each_post_of_a_live_page_has_its_day(tmp_path, post):
    body = "<h1>Live</h1><div>" + "".join(post.format(*said) for said in POSTS) + "</div>"
    articles, problems = read(tmp_path / "a.html", page(
        head='<meta property="article:published_time" content="2024-03-19">', body=body))
    assert [(a.article_id, a.published) for a in articles] == [
        ("a.html:1", "2024-03-19"), ("a.html:2", "2024-03-18"), ("a.html:3", "2024-03-18")]
    assert all(text in article.text and "9:00" not in article.text
               for article, (_, text) in zip(articles, POSTS, strict=True))
    assert problems == []


def test_a_live_page_says_its_posts_in_its_data(tmp_path):
    head = ld(**{"@type": "LiveBlogPosting", "headline": "Live", "datePublished": "2024-03-18", "liveBlogUpdate": [
        {"@type": "BlogPosting", "headline": "Head", "datePublished": when, "articleBody": f"<p>{text}</p>"}
        for when, text in POSTS]})
    articles, _ = read(tmp_path / "a.html", page(head=head))
    assert [(a.title, a.published, a.text) for a in articles] == [
        ("Live", when[:10], f"Head\n\n{text}") for when, text in POSTS]


@pytest.mark.parametrize("parts", [
    {"below": "<ul>" + "".join(f'<li><a href="/x"><time datetime="2024-03-{n}">x</time> Other news</a></li>'
                               for n in (17, 18, 19)) + "</ul>"},
    {"above": '<div>By Staff <time datetime="2024-03-19">x</time> updated <time datetime="2024-03-20">y</time></div>'},
    {"after": "".join(f'<div class="comment"><time datetime="2024-03-{n}">x</time><p>I think that the police are not '
                      f'telling us all they know of this.</p></div>' for n in (19, 20, 21))},
    {"below": "<div class='more'>" + "".join(
        f'<div class="card"><time datetime="2024-03-{n}">x</time><h3>Six farmers killed</h3><p>Gunmen killed 6 men '
        f'in Zamfara on that day, and burned the houses of {n} others.</p></div>' for n in (19, 20, 21)) + "</div>"},
    {"after": "<aside>" + "".join(f'<div class="card"><time datetime="2024-03-{n}">x</time><h3>Six farmers killed</h3>'
                                  f'</div>' for n in (19, 20, 21)) + "</aside>"},
])
def test_a_page_with_several_times_is_one_article(tmp_path, parts):
    (article,), _ = read(tmp_path / "a.html", page(**parts))
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)


# What is not the article

TABLE = ("<table><tr><th>Place</th><th>Killed</th></tr><tr><td>Aden</td><td>12</td></tr>"
         "<tr><td>Taiz</td><td>5</td></tr></table>")
LAID_OUT = f"<table><tr><td><p>{PARAGRAPHS[1]}</p></td><td>Menu</td></tr></table>"


@pytest.mark.parametrize(("between", "said"), [
    (TABLE, ["table not read"]),
    (TABLE.replace("th>", "td>"), ["table not read"]),
    (f"<figure>{TABLE}<figcaption>Dead by place</figcaption></figure>", ["table not read"]),
    (TABLE + TABLE, ["table not read"]),
    ("<blockquote class='twitter-tweet'><p>Breaking: 50 dead!</p>&mdash; A (@a)</blockquote>", ["embedded posts"]),
    ("<div class='embed embed-twitter'><p>50 dead</p></div>", ["embedded posts"]),
    ("<blockquote class='x social-embed'><p>50 dead</p></blockquote>", ["embedded posts"]),
    ("<blockquote class='instagram-media x'><p>50 dead</p></blockquote>", ["embedded posts"]),
    ("<div class='fb-post'>50 dead</div>", ["embedded posts"]),
    ("<blockquote class='tiktok-embed'><section>50 dead</section></blockquote>", ["embedded posts"]),
    ("<p>Also read: <a href='/x'>Gunmen kill 50 in Zamfara</a></p>", []),
    ("<p><strong>READ MORE:</strong> <a href='/x'>Gunmen kill 50 in Zamfara</a></p>", []),
    ("<p><a href='/x'>Read also: Gunmen kill 50 in Zamfara</a></p>", []),
    ("<div>Related <a href='/x'>Gunmen kill 50 in Zamfara</a></div>", []),
    ("<p>See also | <a href='/x'>50 dead in Zamfara</a></p>", []),
    ("<ul><li>Related stories: <a href='/x'>50 dead in Zamfara</a></li></ul>", []),
    ("<p>You may also like <a href='/x'>50 dead</a></p>", []),
    ("<p>More on this story <a href='/x'>50 dead</a> <a href='/y'>50 hurt</a></p>", []),
    ("<p hidden>50 dead</p>", []), ("<p style='display: none'>50 dead</p>", []),
    ("<p>The <del>50 dead and</del> hotel was closed on the day of the attack, its owner said.</p>", []),
    ("<p>The <s>50 dead and</s> hotel was closed on the day of the attack, its owner said.</p>", []),
    ("<div style='visibility:hidden'><p>50 dead</p></div>", []),
])
def test_what_is_no_claim_of_the_article_is_not_read(tmp_path, between, said):
    (article,), problems = read(tmp_path / "a.html", page(between=between))
    assert not {"50", "12", "|"} & set(article.text.replace("\n", " ").split(" "))
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert [problem.what for problem in problems] == said


@pytest.mark.parametrize(("between", "words"), [
    (f"<table><tr><td><p>{PARAGRAPHS[1]} Again.</p></td></tr></table>", "Again."),
    ("<blockquote><p>We counted 50 dead in the market on that day, the mayor of it wrote.</p></blockquote>", "50"),
    ("<p>Also read the letter, in which 50 deaths are listed by the ministry, were members of parliament.</p>", "50"),
    ("<p>Related violence killed 50 people in the week before, the governor of the region said.</p>", "50"),
    ("<p>Recommended doses were given to 50 of the wounded, a nurse at the same hospital said.</p>", "50"),
    ("<ul><li>At least 50 people were hurt in the same market last year, police said then.</li></ul>", "50"),
    ("<p style='display:block'>About 50 shops were destroyed in the market, their owners told the agency.</p>", "50"),
    ("<div class='twitter-quote-like'><p>More than 50 shops were burned, their owners told us.</p></div>", "50"),
])
def test_what_only_looks_like_that_is_read(tmp_path, between, words):
    (article,), problems = read(tmp_path / "a.html", page(between=between))
    assert words in article.text
    assert problems == []


# PDF

def columns(*rows, at=320, size=10, widths=()):
    """A PDF page whose lines stand side by side: [(left, right)], painted row by row."""
    stream = "BT /F1 9 Tf "
    for number, cells in enumerate(rows):
        for column, words in enumerate(cells):
            if words:
                x = 40 + (widths[column] if widths else column * (at - 40))
                words = words.replace("(", "\\(").replace(")", "\\)")
                stream += f"1 0 0 1 {x} {740 - 14 * number} Tm ({words}) Tj "
    raw = pdf("x")
    old = raw[raw.index(b"stream\n") + 7:raw.index(b"\nendstream")]
    new = (stream + "ET").encode()
    return raw.replace(b"/Length %d" % len(old), b"/Length %d" % len(new)).replace(old, new)


LEFT = ("Gunmen killed six farmers in Zamfara on Tuesday,", "police said. The attackers came on motorcycles",
        "and set fire to several houses before they fled", "into the forest, residents told the radio station.",
        "Three women were abducted from the next village", "the same night, according to the district head.")
RIGHT = ("In Kaduna, eleven people died when a bus hit a", "mine on Wednesday. Four of the wounded were",
         "taken to a hospital in the city, the safety corps", "said. The governor promised help for the families",
         "of the victims and asked the army for patrols", "along the border with the neighbouring state.")


@pytest.mark.parametrize(("rows", "text"), [
    (list(zip(LEFT, RIGHT, strict=True)), " ".join(LEFT) + " " + " ".join(RIGHT)),
    ([*zip(LEFT, RIGHT[:4], strict=False), *((line, "") for line in LEFT[4:])],
     " ".join(LEFT) + " " + " ".join(RIGHT[:4])),
    ([*zip(LEFT[:4], RIGHT, strict=False), *(("", line) for line in RIGHT[4:])],
     " ".join(LEFT[:4]) + " " + " ".join(RIGHT)),
    ([("Two attacks in one week in the north of the country, the ministry said in the capital on Friday", ""),
      *zip(LEFT, RIGHT, strict=True)],
     "Two attacks in one week in the north of the country, the ministry said in the capital on Friday "
     + " ".join(LEFT) + " " + " ".join(RIGHT)),
    ([(line, "") for line in LEFT], " ".join(LEFT)),
    (list(zip(LEFT[:3], RIGHT[:3], strict=True)), " ".join(LEFT[:3]) + " " + " ".join(RIGHT[:3])),
    ([(left[:24], right[:24], left[-24:]) for left, right in zip(LEFT, RIGHT, strict=True)],
     " ".join(" ".join(part.split()) for part in (*(line[:24] for line in LEFT), *(line[:24] for line in RIGHT),
                                                  *(line[-24:] for line in LEFT)))),
])
def test_columns_of_a_pdf_are_read_one_after_the_other(tmp_path, rows, text):
    (article,), problems = read(tmp_path / "a.pdf", columns(*rows, at=320 if len(rows[0]) < 3 else 220))
    assert (" ".join(article.text.split()), problems) == (text, [])


@pytest.mark.parametrize("rows", [
    [("District", "Killed", "Wounded"), ("Aden", "12", "30"), ("Taiz", "5", "11"), ("Total", "17", "41")],
    [("Aden", "12"), ("Taiz", "5"), ("Marib", "0"), ("Sanaa", "4")],
    [("1 March", "Aden", "12 dead"), ("2 March", "Taiz", "5 dead"), ("3 March", "Marib", "none")],
    [("", "2023", "2024"), ("Killed", "12", "30"), ("Wounded", "5", "11"), ("Missing", "1", "0")],
])
def test_tables_of_a_pdf_are_named_and_not_read(tmp_path, rows):
    rows = [("The ministry gave these figures for the week in question on Friday.",), *rows,
            ("The army said that it would look into them before the end of the month.",)]
    (article,), (problem,) = read(tmp_path / "a.pdf", columns(*rows, widths=(0, 200, 300)))
    assert " ".join(article.text.split()) == f"{rows[0][0]} {rows[-1][0]}"
    assert problem.what == "table not read"
    assert " | ".join(filter(None, rows[1])) in problem.detail


HEAD = "The Herald, 19 March 2024"


@pytest.mark.parametrize(("pages", "text"), [
    (["Rebels killed twenty-\nthree soldiers on Monday in the north of the country."],
     "Rebels killed twenty-three soldiers on Monday in the north of the country."),
    (["The number of casu-\nalties was not known, and the casualties were taken away."],
     "The number of casualties was not known, and the casualties were taken away."),
    (["Two men were killed in the market of the town, and three of the\nbystanders were taken to the",
      "hospital of the town, where one died."],
     "Two men were killed in the market of the town, and three of the bystanders were taken to the hospital of the "
     "town, where one died."),
    ([f"{HEAD}\nTwo men were killed in the market of the town on Monday and\n1",
      f"{HEAD}\nthree were taken to the hospital, a doctor said there.\n2", f"{HEAD}\nAll went home.\n3"],
     f"{HEAD} Two men were killed in the market of the town on Monday and three were taken to the hospital, a doctor "
     "said there. All went home."),
    (["Two men were killed in the market of the town on Monday, twenty-\nPage 1 of 2",
      "five were taken to the hospital, a doctor said there.\nPage 2 of 2"],
     "Two men were killed in the market of the town on Monday, twenty-five were taken to the hospital, a doctor said "
     "there."),
    (["Two men were killed.\n- 1 -", "The army denied it.\n- 2 -"], "Two men were killed. The army denied it."),
    (["An 18-\nyear-old was killed, police said on Monday night.", "5"],
     "An 18-year-old was killed, police said on Monday night."),
    (["Two men were killed in the town, police said.\n12"], "Two men were killed in the town, police said. 12"),
])
def test_lines_and_pages_of_a_pdf_become_running_text(tmp_path, pages, text):
    (article,), _ = read(tmp_path / "a.pdf", pdf(*pages))
    assert " ".join(article.text.split()) == text


def with_foot(body, foot):
    """A page of some lines, and lines of smaller letters below them."""
    lines = "".join(f"({line}) Tj T* " for line in body)
    small = "".join(f"({line}) Tj T* " for line in foot)
    raw, stream = pdf("x"), f"BT /F1 12 Tf 14 TL 72 720 Td {lines}/F1 8 Tf 10 TL 0 -30 Td {small}ET".encode()
    old = raw[raw.index(b"stream\n") + 7:raw.index(b"\nendstream")]
    return raw.replace(b"/Length %d" % len(old), b"/Length %d" % len(stream)).replace(old, stream)


@pytest.mark.parametrize(("body", "foot", "text"), [
    (["Five men were killed in the town on Monday.", "Two are in hospital."], ["1 The ministry says nine."],
     "Five men were killed in the town on Monday.\nTwo are in hospital.\n\n1 The ministry says nine."),
    (["Five men were killed in the town on Monday.", "Two are in hospital."], ["* They say nine", "were killed."],
     "Five men were killed in the town on Monday.\nTwo are in hospital.\n\n* They say nine were killed."),
    (["Five men were killed in the town on Monday."], ["The Herald, London."],
     "Five men were killed in the town on Monday.\nThe Herald, London."),
])
def test_footnotes_of_a_pdf_come_after_its_text(tmp_path, body, foot, text):
    (article,), problems = read(tmp_path / "a.pdf", with_foot(body, foot))
    assert (article.text, problems) == (text, [])


# Word

def run(words, *marks):
    inside = "".join(f"<w:{mark}/>" if "=" not in mark else f'<w:{mark.split("=")[0]} w:val="{mark.split("=")[1]}"/>'
                     for mark in marks)
    return parse_xml(f'<w:r {nsdecls("w")}><w:rPr>{inside}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>')


@pytest.mark.parametrize(("marks", "shown"), [
    (("vanish",), False), (("strike",), False), (("dstrike",), False), (("webHidden",), False),
    (("b", "vanish"), False), (("strike=1",), False), (("strike=0",), True), (("vanish=false",), True), (("b",), True),
    (("i", "u=single"), True)])
def test_hidden_and_struck_out_words_of_a_word_file_are_no_claims(tmp_path, marks, shown):
    document = docx.Document()
    paragraph = document.add_paragraph("Five")
    paragraph._p.append(run(" and nine", *marks))
    paragraph.add_run(" men were killed.")
    document.save(tmp_path / "a.docx")
    (article,), problems = read_articles(tmp_path / "a.docx")
    assert (article.text, problems) == (f"Five{' and nine' if shown else ''} men were killed.", [])


def test_a_word_file_of_nothing_but_a_table_names_it(tmp_path):
    document = docx.Document()
    table = document.add_table(2, 2)
    cells = (cell for row in table.rows for cell in row.cells)
    for cell, value in zip(cells, ("Place", "Killed", "Aden", "12"), strict=True):
        cell.text = value
    document.save(tmp_path / "a.docx")
    articles, (problem,) = read_articles(tmp_path / "a.docx")
    assert (articles, problem.what) == ([], "table not read")
    assert "Place | Killed" in problem.detail


@pytest.mark.parametrize(("cells", "read_as", "said"), [
    ([("Place", "Killed"), ("Aden", "12"), ("Taiz", "5")], "", 1),
    ([("", "2023", "2024"), ("Killed", "12", "30")], "", 1),
    ([("Aden", "12 killed, 30 wounded"), ("Taiz", "5 killed")], "", 1),
    ([("Name", "Age"), ("A. Lowe", "30"), ("B. Hale", "41")], "", 1),
    ([("Five men were killed in Aden, police said.",)], "Five men were killed in Aden, police said.", 0),
    ([("Five men were killed in Aden on Monday, police said.", "The army of the country denied all 5 of it.")],
     "Five men were killed in Aden on Monday, police said.\n\nThe army of the country denied all 5 of it.", 0),
    ([("To", "The ministry"), ("From", "The mayor")], "To\n\nThe ministry\n\nFrom\n\nThe mayor", 0),
    ([("12",)], "12", 0),
])
def test_tables_of_a_word_file(tmp_path, cells, read_as, said):
    document = docx.Document()
    document.add_paragraph("The ministry gave its figures.")
    table = document.add_table(len(cells), len(cells[0]))
    for row, values in zip(table.rows, cells, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.add_paragraph("The army denied them.")
    document.save(tmp_path / "a.docx")
    (article,), problems = read_articles(tmp_path / "a.docx")
    right = ["The ministry gave its figures.", read_as, "The army denied them."]
    assert article.text == "\n\n".join(filter(None, right))
    assert [problem.what for problem in problems] == ["table not read"] * said
