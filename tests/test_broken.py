"""Files that are broken by chance: each becomes problems or articles, in time, and never an exception."""

from __future__ import annotations

import json
from contextlib import suppress

import broken
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles import read_articles
from analysis.articles.collection import pieces
from analysis.articles.decoding import Undecodable
from analysis.articles.delimited import csv_rows
from analysis.articles.fields import day, known
from analysis.articles.webpages import text_of
from analysis.articles.wrapping import plain_letters, undivided, unwrapped

BROKEN = settings(deadline=None, max_examples=60)  # the first one starts the process that opens documents
WORDS = st.lists(st.sampled_from([
    "1 of 3 DOCUMENTS", "End of Document", "Document EXHER0002020240318ek3j00001", "LENGTH: 5 words", "Body", "HD",
    "LP x", "The Herald", "March 18, 2024 Monday", "18 March 2024", "25 words", "English", "(c) 2024 X", "BYLINE: A",
    "LOAD-DATE: x", "Five were killed.", "a-", "twenty-", "three", "", "|", "Page 1 of 2", "Documents (3)", "1. Title",
    "\x0c", "é"]))


@pytest.mark.parametrize("part", range(4))
def test_broken_files_cost_only_themselves(tmp_path, part):
    before = broken.memory()  # of all that other tests have loaded
    for name, raw in broken.files(50, part):
        seconds, articles, problems = broken.read(tmp_path, name, raw)
        assert articles or problems, name
        assert seconds < broken.SECONDS, name
        assert not [problem for problem in problems if "Errno" in problem.detail or "Traceback" in problem.detail], name
    assert broken.memory() - before < broken.BYTES


@BROKEN
@given(WORDS)
def test_no_order_of_marks_breaks_an_export(lines):
    text = "\n".join(lines)
    found = pieces(text)
    if found is not None:
        kept = "".join("".join(str(piece.fields.get("text") or "").split()) for piece in found[0])
        assert set(kept) <= set("".join(text.split()))
        assert all(set(piece.fields) <= {"title", "outlet", "published", "rights", "text"} for piece in found[0])


@BROKEN
@given(st.text(alphabet='a,";\n\r\t\ufeff\0é5', max_size=60), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_no_table_breaks_its_reader(tmp_path_factory, text, encoding):
    folder = tmp_path_factory.mktemp("t")
    raw = text.encode(encoding, "ignore")
    for name, head in (("a.csv", "text,id\n"), ("articles.csv", "file,title\n"), ("a.jsonl", '{"text": "')):
        (folder / name).write_bytes(head.encode(encoding) + raw + bytes(len(text) % 2))
    with suppress(Undecodable):
        assert all(isinstance(row, str) or len(row) <= 2 for _, row, _ in csv_rows(folder / "a.csv"))
    read_articles(folder)


@BROKEN
@given(st.recursive(st.none() | st.text(max_size=5) | st.integers() | st.floats(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["articles", "text", "title", "id", "messages", "name", "fields", "date", "x"]),
                        inner, max_size=3), max_leaves=12))
def test_no_json_breaks_its_reader(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("j") / "a.json"
    path.write_text(json.dumps(data))
    articles, problems = read_articles(path)
    assert all(article.text.strip() for article in articles)
    assert not [problem for problem in problems if "is broken" in problem.detail]
    if isinstance(data, dict):
        known(data)


@BROKEN
@given(st.text(alphabet="0123456789/-.:, TZMarchay"))
def test_a_day_is_a_day_or_none(text):
    for order in (None, "day", "month"):
        found = day(text, order)
        assert found is None or len(found) == 10


@BROKEN
@given(st.text(alphabet="ab- \n<>p/&;lt\u00ad\ufb01"))
def test_lines_lose_no_letters(text):
    plain = plain_letters(text)
    assert "".join(unwrapped(plain).split()) == "".join(plain.split())
    assert "".join(undivided(plain).replace("-", "").split()) == "".join(plain.replace("-", "").split())
    text_of(text)
