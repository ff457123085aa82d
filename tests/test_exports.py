"""Files for spreadsheets and in UCDP's columns: what a reader finds in them, and that nothing in them acts."""

from __future__ import annotations

import csv

import openpyxl
import pandas as pd
import pytest

from analysis import incidents, spreadsheets
from analysis.exports import records
from analysis.ged import COLUMNS, days, ged
from analysis.incidents import POLICIES
from analysis.records import TABLES, Article, Casualty, Mention, Problem, table

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\",\"y\")", "＝1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(tmp_path, text):
    frame = table([Problem("a.txt", text, "five = 5")], Problem)
    spreadsheets.to_harmless_csv(frame, tmp_path / "one.csv")
    [row] = csv.DictReader((tmp_path / "one.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True))
    assert row == {"article_id": "a.txt", "what": f"'{text}", "detail": "five = 5"}
    spreadsheets.to_excel({"problems": frame}, tmp_path / "one.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "one.xlsx")["problems"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_sheet_holds_numbers_lists_and_what_is_not_known(tmp_path):
    claim = Casualty("a", 0, 0, 1, "killed", 2, None, "vague", victim_groups=("child", "medic"))
    frame = table([claim], Casualty)
    spreadsheets.to_excel({"casualties": frame}, tmp_path / "one.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx")["casualties"]
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert head == list(frame)
    found = dict(zip(head, row, strict=True))
    assert (found["low"], found["high"], found["victim_groups"]) == (2, None, '["child", "medic"]')


def test_a_text_too_long_for_a_cell_says_so(tmp_path):
    frame = table([Article("a", text="x" * 40_000), Article("b", text="bell\x07 é")], Article)
    spreadsheets.to_excel({"articles": frame}, tmp_path / "one.xlsx")
    texts = [row[list(frame).index("text")] for row in
             openpyxl.load_workbook(tmp_path / "one.xlsx")["articles"].iter_rows(min_row=2, values_only=True)]
    assert len(texts[0]) == spreadsheets.CELL
    assert texts[0].endswith(spreadsheets.CUT)
    assert texts[1] == "bell\ufffd é"


def test_more_rows_than_a_sheet_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheets, "ROWS", 2)
    with pytest.raises(ValueError, match="problems has 2 rows"):
        spreadsheets.to_excel({"problems": table([Problem("a", "b", "c")] * 2, Problem)}, tmp_path / "one.xlsx")
    assert list(tmp_path.iterdir()) == []


def claim(number, low, high=None, article="a", **fields):
    known = {"effect": "killed", "low": low, "high": low if high is None else high, "bound": "exact",
             "root": "Hospital", "incident": "I1", "date": "2022-03-18", "place": "Alpha", "perpetrator": "Army"}
    return Casualty(article, number, 0, 1, **{**known, **fields})


def counted(*claims):
    """Return a corpus's tables of some claims, under every policy."""
    articles = {name: Article(name, title=f"Title {name}", outlet=f"Outlet {name}", published="2022-03-19")
                for name in dict.fromkeys(c.article_id for c in claims)}
    mentions = [Mention(name, 0, 1, "Alpha", "place", "Alpha", latitude=36.7, longitude=67.1, where_prec=1)
                for name in articles]
    found = [incidents.totals(claims, policy, articles, mentions) for policy in POLICIES.values()]
    rows = {"articles": articles.values(), "casualties": claims, "incidents": [r for t, _ in found for r in t],
            "ledger": [e for _, entries in found for e in entries]}
    return {name: table(rows.get(name, ()), record) for name, record in TABLES.items()}


def ged_rows(*claims, policy="UCDP-style"):
    return records(ged(counted(*claims), policy))


def test_an_incident_in_geds_columns():
    [row] = ged_rows(claim(0, 4, victim_status="civilian"),
                     claim(1, 3, victim_status="combatant", victims_entity="Rebels", root="unknown (a)"),
                     claim(2, 9, effect="injured"))
    assert row == dict.fromkeys(COLUMNS) | {
        "id": "I1", "side_a": "Army", "side_b": "Rebels", "number_of_sources": 1, "source_article": "a",
        "source_office": "Outlet a", "source_date": "2022-03-19", "source_headline": "Title a",
        "source_original": "Hospital; the article itself", "where_prec": 1, "where_coordinates": "Alpha",
        "latitude": 36.7, "longitude": 67.1, "event_clarity": 1, "date_prec": 1, "date_start": "2022-03-18",
        "date_end": "2022-03-18", "deaths_a": None, "deaths_b": 3, "deaths_civilians": 4, "deaths_unknown": 0,
        "best": 7, "high": 7, "low": 7}


@pytest.mark.parametrize(("what", "claims", "sides"), [
    ("nobody says who they were", [claim(0, 5)], (None, None, None, 5)),
    ("civilians", [claim(0, 5, victim_status="civilian")], (None, None, 5, 0)),
    ("police stand with a side", [claim(0, 5, victim_status="police", victims_entity="State")], (None, 5, None, 0)),
    ("the perpetrator's own dead", [claim(0, 2, victim_status="combatant", victims_entity="Army")],
     (2, None, None, 0)),
    ("fighters of no known side", [claim(0, 5, victim_status="combatant")], (None, None, None, 5)),
    ("fighters of two sides", [claim(0, 5, victim_status="combatant", victims_entity="Rebels"),
                               claim(1, 4, victim_status="combatant", victims_entity="Army")], (None, None, None, 9)),
    ("rivals on who they were: never counted twice",
     [claim(0, 5, victim_status="combatant", victims_entity="Rebels"),
      claim(0, 5, article="b", victim_status="civilian", root="B")], (None, None, None, 5)),
    ("no best figure", [Casualty("a", 0, 0, 1, "killed", 2, None, "vague", incident="I1")],
     (None, None, None, None)),
])
def test_deaths_by_side_come_to_the_best_figure(what, claims, sides):
    [row] = ged_rows(*claims)
    found = tuple(row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown"))
    assert found == sides, what
    assert row["best"] == (None if set(found) == {None} else sum(number or 0 for number in found))


def test_what_no_total_counts_has_no_row():
    assert ged_rows(claim(0, 5, certainty="denied")) == []
    assert ged_rows(claim(0, 5, effect="injured")) == []
    assert ged_rows(claim(0, 5, scope="cumulative")) == []
    assert list(ged(counted(claim(0, 5, certainty="denied")))) == list(COLUMNS)


def test_zero_deaths_are_a_figure():
    [row] = ged_rows(claim(0, 0))
    assert (row["low"], row["best"], row["high"]) == (0, 0, 0)


@pytest.mark.parametrize(("edtf", "expected"), [
    ("2021-08-19", ("2021-08-19", "2021-08-19", 1)), ("2021-08-19/2021-08-22", ("2021-08-19", "2021-08-22", 2)),
    ("2021-08-01/2021-08-07", ("2021-08-01", "2021-08-07", 3)), ("2024-02", ("2024-02-01", "2024-02-29", 4)),
    ("2021", ("2021-01-01", "2021-12-31", 5)), ("2014/2016", ("2014-01-01", "2016-12-31", None)),
    ("XXXX-03-18", (None, None, None)), ("2021-21", (None, None, None)), (None, (None, None, None)),
])
def test_dates_have_geds_precision(edtf, expected):
    assert days(edtf) == expected


def test_ged_columns_survive_a_spreadsheet(tmp_path):
    spreadsheets.to_harmless_csv(ged(counted(claim(0, 5))), tmp_path / "ged.csv")
    found = pd.read_csv(tmp_path / "ged.csv", dtype=str, keep_default_na=False)
    assert found.loc[0, ["best", "deaths_a", "country"]].tolist() == ["5", "", ""]
