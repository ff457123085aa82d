"""The brief as one page: what it says, what it leaves out, and that nothing in it runs or asks for anything."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from reporting import HOSTILE

from analysis.__main__ import main
from analysis.corpus import Corpus
from analysis.incidents import DEFAULT, POLICIES
from analysis.reports import brief, report, write_report

ARTICLES = (
    {"id": "a", "outlet": "The Herald", "published": "2021-08-19", "title": "Market hit",
     "url": "https://herald.example/1",
     "text": "A bomb killed five civilians at a market in Oldtown on Wednesday, police said. Nobody claimed the attack."
             "\n\nThe weather was fine in the capital."},
    {"id": "b", "outlet": "Radio One", "published": "2021-08-20",
     "text": "A hospital said on Thursday that a bomb killed nine civilians and wounded seven people at a market in "
             "Oldtown on Wednesday."},
    {"id": "c", "outlet": "Radio One", "published": "2021-09-03",
     "text": "Gunmen shot dead two policemen in Newport on 1 September 2021, a spokesman for the governor said."})


def folder_of(tmp_path, articles=ARTICLES):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "all.jsonl").write_text("".join(json.dumps(article) + "\n" for article in articles))
    return folder


@pytest.fixture
def corpus(tmp_path):
    return Corpus(folder_of(tmp_path), progress=False)


def words_of(page):
    """The words that a reader sees, on one line."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_one_incident_has_its_figures_ledger_sources_sentences_and_method(corpus):
    [incident] = set(corpus.casualties.loc[corpus.casualties["article_id"] == "a", "incident"])
    page = report(corpus, [incident], made=date(2021, 10, 1))
    words = words_of(page)
    for said in ("What is said of Oldtown, 18 August 2021", "Made on 2021-10-01", "killed 5 to 9", "injured 7",
                 "2 articles, 2 outlets, 2 independent sources", "0 of 2", "five civilians", "nine civilians",
                 "police → The Herald", "The same, counted in other ways", "UCDP-style",
                 "https://herald.example/1", "How the figures were made", "not only about this brief"):
        assert said in words, said
    assert "1 other incident in the same articles is not part of this brief." in words
    for left_out in ("The weather was fine", "Newport", "two policemen"):
        assert left_out not in words, left_out


def test_many_incidents_have_contents_sums_and_an_order(corpus):
    page = report(corpus)
    contents = re.findall(r'<a href="#(incident-\d)">([^<]+)</a>', page)
    assert contents == [("incident-1", "Oldtown, 18 August 2021"), ("incident-2", "Newport, 1 September 2021")]
    assert all(f'<h2 id="{name}">{title}</h2>' in page for name, title in contents)
    assert "killed 7 to 11" in words_of(page)
    assert "2 of 2 incidents added 0 of 3" in words_of(page)


def test_the_page_is_the_same_each_time_and_names_nothing_outside(corpus):
    page = report(corpus)
    assert page == report(corpus)
    assert re.findall(r'(?:src|href|action|background)\s*=\s*"(?!data:image/svg|#incident-\d")', page) == []
    assert "@import" not in page
    assert not re.search(r"url\(", page)
    pictures = [base64.b64decode(data).decode() for data in re.findall(r"base64,([\w+/=]+)", page)]
    assert len(pictures) == 2
    assert all("<script" not in picture and "xlink:href=\"http" not in picture for picture in pictures)


def test_a_policy_narrows_what_counts_and_says_so(corpus):
    words = words_of(report(corpus, policy="UCDP-style"))
    assert "no: out of scope: injured" in words
    assert "Counted under the policy “UCDP-style”" in words


def test_what_the_analyst_said_stands_in_the_ledger(corpus):
    claim = next(row for row in corpus.casualties.itertuples() if row.article_id == "b" and row.effect == "killed")
    corpus.judge("claim_rejected", anchors=(corpus.anchor("b", claim.victims_start, claim.victims_end),),
                 value={"effect": "killed"}, why="a slip of <b>mine</b>")
    page = report(corpus)
    assert "no: rejected by the analyst; rejected by the analyst: a slip of &lt;b&gt;mine&lt;/b&gt;" in page
    assert "1 of 3" in words_of(page)


def test_a_number_says_what_it_was_worked_out_from_and_whom_it_is_part_of(corpus):
    claims = corpus.tables["casualties"]
    row = claims.index[(claims["article_id"] == "b") & (claims["effect"] == "injured")][0]
    text = corpus.text("b")
    claims.at[row, "derived_from"] = tuple((text.index(words), text.index(words) + len(words))
                                           for words in ("nine civilians", "seven people"))
    claims.at[row, "side_word"] = "martyred"
    claims.at[row, "part_of"] = claims.loc[(claims["article_id"] == "b") & (claims["effect"] == "killed"),
                                           "casualty"].item()
    assert ("yes; worked out from “nine civilians” and “seven people”; in their word “martyred”; part of "
            "“nine civilians”"
            in words_of(report(corpus)))


def test_parts_stand_under_their_toll_and_other_events_apart(tmp_path):
    text = ("A bomb killed nine people at a market in Oldtown on Wednesday, police said. The dead include three "
            "children. Last month gunmen shot dead two policemen in Newport. More than 4,000 people have been killed "
            "in the conflict since 2015.")
    corpus = Corpus(folder_of(tmp_path, [{"id": "a", "published": "2021-08-19", "text": text}]), progress=False)
    claims = corpus.tables["casualties"]
    assert claims["low"].tolist() == [9, 3, 2, 4001]
    told = {"role": ["toll", "part", "other", "over time"], "role_probability": [0.93, 0.7, 0.8, 0.999],
            "part_of": [None, 0, None, None], "restates": None, "incident": ["I1", "I1", "I2", "I3"],
            "role_reasons": [("stands first", "is large"), (), (), ()]}
    corpus.tables["casualties"] = claims.assign(**{name: pd.Series(values, dtype=claims[name].dtype) if isinstance(
        values, list) else values for name, values in told.items()})
    shown = brief.briefs(corpus, ["I1"], POLICIES[DEFAULT.name])[0]
    assert [(c.number, c.depth, c.role, c.why_role) for c in shown.claims] == [
        ("9", 0, "toll (93 %)", "stands first; is large"), ("3", 1, "part (70 %)", "")]
    assert [line.rpartition(": ")[2] for line in shown.beside] == [
        "killed 2 (another event)", "killed at least 4,001 (a count over time)"]
    words = words_of(report(corpus, ["I1"]))
    assert "This role, because it stands first; is large." in words
    assert "None of them is in the figures above." in words


def test_an_incident_names_the_one_that_it_may_be_and_its_doubt(corpus):
    corpus.tables["incidents"] = corpus.incidents.assign(
        doubt=0.25, may_be=["I2" if name == "I1" else None for name in corpus.incidents["incident"]])
    words = words_of(report(corpus, ["I1"]))
    other = next(brief._title(row) for row in corpus.incidents[corpus.incidents["incident"] == "I2"].itertuples())
    assert f"It may be the same event as incident I2, {other}; no sum adds the two." in words
    assert "25 %" in words


def test_an_unknown_incident_or_policy_names_those_there_are(corpus):
    with pytest.raises(ValueError, match="there is no incident I9, only I1"):
        report(corpus, ["I9"])
    with pytest.raises(ValueError, match="only all effects"):
        report(corpus, policy="mine")


def test_nothing_found_is_a_page_that_says_so(tmp_path):
    corpus = Corpus(folder_of(tmp_path, [{"text": "The minister opened a new bridge on Monday."}]), progress=False)
    assert "What is said of 0 incidents" in report(corpus)


def test_very_many_incidents_have_no_pictures(corpus, monkeypatch):
    monkeypatch.setattr(brief, "PICTURES", 1)
    monkeypatch.setattr("analysis.reports.PICTURES", 1)
    page = report(corpus)
    assert "base64" not in page
    assert "has no pictures" in page


def test_a_failed_write_leaves_no_half_page(corpus, tmp_path):
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "brief.html"
    target.mkdir()  # in the way
    with pytest.raises(OSError, match=r"brief\.html"):
        write_report(corpus, target)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["brief.html"]


def test_the_command_writes_the_page(tmp_path, capsys):
    folder = folder_of(tmp_path)
    out = tmp_path / "brief.html"
    assert main(["report", str(folder), "--out", str(out), "--policy", "UCDP-style", "--incident", "I1"]) == 0
    assert "UCDP-style" in out.read_text(encoding="utf-8")
    assert main(["report", str(folder), "--out", str(out), "--incident", "I7"]) == 1
    assert "no incident I7" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["report", str(folder), "--out", str(folder / "brief.html")])


def hostile_corpus(tmp_path):
    """An article for each hostile fragment: in its text, its name, its title, its outlet, its address, its source."""
    articles = [{"id": f"{number} {bad}", "title": f"t {bad}", "outlet": f"Radio {bad}", "published": "2021-08-19",
                 "url": f"javascript:ran() {bad}",
                 "text": f"Police {bad} said on Monday that five {bad} civilians were killed {bad} in Oldtown. "
                         f"“We saw three {bad} bodies,” said {bad} Omar Haddad {bad}.\n{bad}"}
                for number, bad in enumerate((*HOSTILE, "\ud800", "\ud800<script>document.title='ran'</script>"))]
    return Corpus(folder_of(tmp_path, articles), progress=False)


def test_nothing_in_a_page_runs_or_asks_for_anything(chromium, tmp_path):
    corpus = hostile_corpus(tmp_path)
    assert len(corpus.casualties) > 50
    first = list(dict.fromkeys(corpus.incidents["incident"]))[:8]
    page_file, drawn = (write_report(corpus, tmp_path / name, chosen) for name, chosen in
                        (("brief.html", ()), ("drawn.html", first)))
    ran, asked = [], []
    page = chromium.new_page(viewport={"width": 900, "height": 1000})
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda line: ran.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: ran.append(str(error)))
    page.on("request", lambda request: asked.append(request.url[:60]))
    page.goto(drawn.as_uri())
    assert page.locator("img").count() == 8
    page.goto(page_file.as_uri())
    assert page.title().startswith("What is said of")
    assert ran == []
    assert [url for url in asked if not url.startswith(("file:", "data:image/svg+xml"))] == []
    assert page.locator("script, iframe, object, embed, form, svg, img:not([src^='data:image/svg'])").count() == 0
    handlers = "els => els.filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"
    assert page.locator("*").evaluate_all(handlers) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 900
    assert page.get_by_text("<script>document.title='ran'</script>").count() > 0  # shown as it is
    # The test can fail: the same page with one fragment let through.
    broken = Path(tmp_path / "broken.html")
    head = re.sub(r"<meta http-equiv[^>]*>", "", page_file.read_text(encoding="utf-8"))
    broken.write_text(head.replace("</h1>", "<img src=x onerror=\"document.title='ran'\"></h1>", 1), encoding="utf-8")
    page.goto(broken.as_uri())
    page.wait_for_function("document.title === 'ran'")
    page.close()


def test_a_brief_from_kept_tables_loads_neither_spacy_nor_its_pipeline(tmp_path, monkeypatch):
    """It would take the two seconds that the rest takes, and nothing of it is needed."""
    (tmp_path / "a.txt").write_text("Two people were killed in Herat, police said.", encoding="utf-8")
    monkeypatch.setattr("analysis.corpus.WORTH_KEEPING", -1)
    _ = Corpus(tmp_path, progress=False).casualties
    code = (f"import sys; from analysis.corpus import Corpus; from analysis.reports import report; "
            f"assert 'Herat' in report(Corpus({str(tmp_path)!r}, progress=False)); assert 'spacy' not in sys.modules")
    subprocess.run([sys.executable, "-c", code], check=True)
