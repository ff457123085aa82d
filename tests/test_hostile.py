"""Articles that were written to break things, or are broken: from their file through every table and every file."""

from __future__ import annotations

import csv
import json

import openpyxl
import pandas as pd
import pytest
from reporting import HOSTILE
from test_properties import check_claims, check_tables, check_voices, check_words

from analysis.assembly import assemble
from analysis.corpus import Corpus
from analysis.exports import write_tables
from analysis.extraction import extract
from analysis.files import WRITTEN
from analysis.ged import ged
from analysis.incidents import POLICIES
from analysis.markup import escape, seen
from analysis.records import Article, table
from analysis.spreadsheets import CELL, to_excel, to_harmless_csv

CELLS = (*HOSTILE, "=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "\0=1", "\ud800", "\udfff=1", "x" * 40_000,
         "\ufffe", "\uffff", "a\x0bb", "_x0041_", "'=1", '"', '","', "\u2028", " =1", "\u200b=1", "NaN", "None", "1e5",
         "0012")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A file for each hostile fragment, which stands in its words, its title, its outlet and its address."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [{"id": f"{number} {bad}", "title": bad, "outlet": bad, "url": bad, "published": "2021-08-19",
             "text": f"Police {bad} said on Monday that five {bad} civilians were killed {bad} in Oldtown. “We saw "
                     f"three {bad} bodies,” said {bad} Omar Haddad {bad}.\n{bad}"}
            for number, bad in enumerate((*HOSTILE, "\ud800", "\udfff\ud800"))]
    (folder / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    said = "Police said five soldiers were killed near Oldtown. "
    (folder / "line.txt").write_text(said * 50 + "x" * 1_000_000 + " " + said)  # a line of 1 MB
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_JOURNAL", str(folder / "judgements.jsonl"))
        yield Corpus(folder, progress=False)


def test_spans_stay_right_and_rows_hold_together(corpus):
    assert len(corpus.casualties) > 100
    for extracted in corpus.extracts:
        check_words(extracted)
        check_voices(extracted.attributions)
        check_claims(extracted.casualties, extracted.attributions)
    check_tables(assemble(corpus.extracts), [extracted.article for extracted in corpus.extracts])


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_every_table_can_be_written_and_read_back(corpus, tmp_path, form):
    write_tables(corpus.tables, tmp_path, form)
    texts = list(corpus.articles["text"])
    if form == "csv":
        csv.field_size_limit(10 ** 8)
        with (tmp_path / "articles.csv").open(encoding="utf-8", newline="") as file:
            found = [row["text"] for row in csv.DictReader(file)]
    elif form == "jsonl":
        lines = (tmp_path / "articles.jsonl").read_text(encoding="utf-8").split("\n")
        found = [json.loads(line)["text"] for line in lines if line]
    else:
        found = list(pd.read_parquet(tmp_path / "articles.parquet")["text"])
    assert found == texts


@pytest.mark.parametrize("cell", CELLS)
def test_no_cell_acts_or_breaks_a_spreadsheet(tmp_path, cell):
    frame = pd.DataFrame({"article_id": [cell], "what": [cell], "detail": [f"five {cell}"]}, dtype=object)
    to_harmless_csv(frame, tmp_path / "one.csv")
    csv.field_size_limit(10 ** 8)
    with (tmp_path / "one.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [len(row) for row in rows] == [3, 3]
    assert not rows[1][0].lstrip(" \0\u200b\ufeff\u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))
    to_excel({"problems": frame}, tmp_path / "one.xlsx")
    for found in openpyxl.load_workbook(tmp_path / "one.xlsx")["problems"][2]:
        assert found.data_type in ("s", "n")  # n: nothing
        assert found.value is None or len(found.value) <= CELL
        assert found.quotePrefix == (found.value is not None and rows[1][found.column - 1].startswith("'")
                                     and not cell.startswith("'"))


@pytest.mark.parametrize("policy", ["UCDP-style", "ACLED-style"])
def test_ged_and_excel_of_everything(corpus, tmp_path, policy):
    frame = ged(corpus.tables, policy)
    assert len(frame) > 5
    to_harmless_csv(frame, tmp_path / "ged.csv")
    to_excel({"ged": frame, **corpus.tables}, tmp_path / "all.xlsx")
    assert len(pd.read_csv(tmp_path / "ged.csv", keep_default_na=False)) == len(frame)
    assert set(openpyxl.load_workbook(tmp_path / "all.xlsx", read_only=True).sheetnames) == {"ged", *corpus.tables}


def test_no_name_of_an_article_becomes_a_path(corpus, tmp_path):
    names = ["../../escaped", "/tmp/escaped", "C:\\con", "..", "\0"]
    frames = {"articles": table([Article(name, text="x") for name in names], Article)}
    for form in ("csv", "jsonl", "parquet"):
        write_tables(frames, tmp_path / "out", form)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [WRITTEN, *(f"articles.{f}" for f in
                                                                                     ("csv", "jsonl", "parquet"))]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("text", CELLS)
def test_what_is_shown_holds_no_tag_and_nothing_that_cannot_be_seen(text):
    shown = escape(text)
    assert not set(shown) & set("<>\"'")
    shown.encode("utf-8")
    assert "\x1b" not in seen(text)
    assert not set(seen(text)) & {"\u202e", "\u2066", "\u200b", "\0", "\ud800"}


def test_every_policy_survives(corpus):
    assert set(corpus.incidents["policy"]) == set(POLICIES)


@pytest.mark.parametrize("text", [
    "Of the wounded were two men.", "of the dead", "One was killed, police said. One was killed, the army said.",
    "Two soldiers were killed among", "among", "One killed. Among the dead were three men among", "died",
    "killed of the",
    "Victims were killed, the army said. One was killed, rebels said. Two were wounded, among",
])
def test_words_at_the_very_edge_of_a_text(text):
    article = Article("a", text=text, words=3, language="en")
    [extracted] = extract([article])
    check_words(extracted)
    check_tables(assemble([extracted]), [article])


def test_half_characters_in_a_judgement_keep_no_table_from_being_made(tmp_path):
    (tmp_path / "a.txt").write_text("Police said five men were killed.")
    corpus = Corpus(tmp_path, progress=False)
    [claim] = corpus.casualties.itertuples()
    corpus.judge("claim_corrected", anchors=(corpus.anchor("a.txt", claim.victims_start, claim.victims_end),),
                 value={"effect": "killed", "place": "\udfff"}, why="\ud800")
    assert corpus.casualties[["place", "judged_why"]].values.tolist() == [["\ufffd", "\ufffd"]]
