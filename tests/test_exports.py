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
from analysis.places import resolve
from analysis.records import TABLES, Article, Casualty, Entity, Mention, Problem, table

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


def counted(*claims, places=("Alpha",), entities=(), may_be=None):
    """Return a corpus's tables of some claims, under every policy; ``entities``: (name, type, aliases, party)."""
    articles = {name: Article(name, title=f"Title {name}", outlet=f"Outlet {name}", published="2022-03-19")
                for name in dict.fromkeys(c.article_id for c in claims)}
    known = {name: resolve(name) for name in places}
    mentions = [Mention(name, 0, 1, place, "place", place, place_id=at and at.place_id,
                        latitude=at.latitude if at else 36.7, longitude=at.longitude if at else 67.1,
                        where_prec=at.where_prec if at else 1) for name in articles for place, at in known.items()]
    totals, ledger = incidents.all_totals(claims, POLICIES.values(), articles, mentions, may_be=may_be)
    rows = {"articles": articles.values(), "casualties": claims, "incidents": totals, "ledger": ledger,
            "entities": [Entity(name, type_, aliases, party, None, None, 1, 1, ())
                         for name, type_, aliases, party in entities]}
    return {name: table(rows.get(name, ()), record) for name, record in TABLES.items()}


def ged_rows(*claims, policy="UCDP-style", **told):
    return records(ged(counted(*claims, **told), policy))


def test_an_incident_in_geds_columns():
    [row] = ged_rows(claim(0, 4, victim_status="civilian"),
                     claim(1, 3, victim_status="combatant", victims_entity="Rebels", root="unknown (a)"),
                     claim(2, 9, effect="injured"))
    assert row == dict.fromkeys(COLUMNS) | {
        "id": "I1", "year": 2022, "side_a": "Army", "side_b": "Rebels", "number_of_sources": 1, "source_article": "a",
        "source_office": "Outlet a", "source_date": "2022-03-19", "source_headline": "Title a",
        "source_original": "Hospital; the article itself", "where_prec": 1, "where_coordinates": "Alpha",
        "latitude": 36.7, "longitude": 67.1, "event_clarity": 1, "date_prec": 1, "date_start": "2022-03-18",
        "date_end": "2022-03-18", "deaths_a": None, "deaths_b": 3, "deaths_civilians": 4, "deaths_unknown": 0,
        "best": 7, "high": 7, "low": 7, "n_outlets": 1, "n_roots": 1}


@pytest.mark.parametrize(("what", "claims", "sides"), [
    ("nobody says who they were", [claim(0, 5)], (None, None, None, 5)),
    ("civilians", [claim(0, 5, victim_status="civilian")], (None, None, 5, 0)),
    ("police stand with a side", [claim(0, 5, victim_status="police", victims_entity="State")], (None, 5, None, 0)),
    ("the perpetrator's own dead", [claim(0, 2, victim_status="combatant", victims_entity="Army")],
     (2, None, None, 0)),
    ("fighters of no known side", [claim(0, 5, victim_status="combatant")], (None, None, None, 5)),
    ("fighters of two sides", [claim(0, 5, victim_status="combatant", victims_entity="Rebels"),
                               claim(1, 4, victim_status="combatant", victims_entity="Army")], (4, 5, None, 0)),
    ("fighters of three sides", [claim(0, 5, victim_status="combatant", victims_entity="Rebels"),
                                 claim(1, 4, victim_status="combatant", victims_entity="Militia")],
     (None, None, None, 9)),
    ("nobody says who did it", [claim(0, 5, victim_status="combatant", victims_entity="Rebels", perpetrator=None),
                                claim(1, 4, victim_status="combatant", victims_entity="Army", perpetrator=None)],
     (4, 5, None, 0)),
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


STATE, REBELS, MILITIA = (("Army", "security_force", (), "State"), ("Rebels", "armed_group", (), None),
                          ("Militia", "armed_group", (), None))
SHOT = {"victim_status": "civilian", "means": "shooting"}


@pytest.mark.parametrize(("what", "fields", "entities", "expected"), [
    ("a state and a group, the state first", {"victim_status": "combatant", "victims_entity": "Army",
                                              "perpetrator": "Rebels"}, (STATE, REBELS), ("State", "Rebels", 1)),
    ("two groups, by name", {"victim_status": "combatant", "victims_entity": "Militia", "perpetrator": "Rebels"},
     (REBELS, MILITIA), ("Militia", "Rebels", 2)),
    ("two states", {"victim_status": "police", "victims_entity": "Guard"},
     (STATE, ("Guard", "security_force", (), "Other")), ("Other", "State", 1)),
    ("a group that is said to govern", {"victim_status": "combatant", "victims_entity": "Rebels",
                                        "perpetrator": "Militia"},
     (REBELS, ("Militia", "armed_group", ("Militia government",), None)), ("Militia", "Rebels", None)),
    ("a side that no list knows", {"victim_status": "combatant", "victims_entity": "Rebels"}, (REBELS,),
     ("Army", "Rebels", None)),
    ("civilians shot", SHOT, (STATE,), ("State", "Civilians", 3)),
    ("civilians and others shot", {**SHOT, "victim_status": "unknown"}, (STATE,), ("State", None, None)),
    ("civilians bombed: at whom was it aimed?", {**SHOT, "means": "bomb"}, (STATE,), ("State", None, None)),
    ("civilians, means not said", {**SHOT, "means": None}, (STATE,), ("State", None, None)),
    ("civilians shot by nobody knows whom", {**SHOT, "perpetrator": None}, (STATE,), (None, None, None)),
    ("losses inside one side", {"victim_status": "combatant", "victims_entity": "Army"}, (STATE,),
     ("State", None, None)),
])
def test_the_type_of_violence_is_known_where_the_sides_are(what, fields, entities, expected):
    [row] = records(ged(counted(claim(0, 5, **fields), entities=entities)))
    assert (row["side_a"], row["side_b"], row["type_of_violence"]) == expected, what


@pytest.mark.parametrize(("place", "expected"), [
    ("Mazar-i-Sharif", ("Afghanistan", "Balkh", None, 1)), ("Balkh province", ("Afghanistan", "Balkh", None, 4)),
    ("Afghanistan", ("Afghanistan", None, None, 6)), ("Alpha", (None, None, None, 1)),
])
def test_the_gazetteer_gives_country_and_province(place, expected):
    [row] = records(ged(counted(claim(0, 5, place=place), places=(place,))))
    assert (row["country"], row["adm_1"], row["adm_2"], row["where_prec"]) == expected


def test_what_may_be_one_event_is_marked():
    rows = ged_rows(claim(0, 5), claim(0, 4, article="b", incident="I2"),
                    claim(0, 4, article="c", incident="I3", date="2022-03-10"), may_be={"I2": "I1"})
    assert {row["id"]: row["may_be"] for row in rows} == {"I1": None, "I2": "I1", "I3": None}


def test_names_and_order_are_those_of_the_published_file():
    """The header of GED Global 22.1, without the columns that only UCDP can fill."""
    [published] = csv.reader([
        "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
        "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
        "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
        "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
        "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,"
        "high,low,gwnoa,gwnob"])
    ours = list(COLUMNS)
    assert [column for column in published if column in ours] + ["n_outlets", "n_roots", "may_be"] == ours


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
