"""3-casualties on articles of our own: filters, sums, time, review and export, moved as a reader would."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import matplotlib.pyplot as plt
import openpyxl
import pytest
from shown import in_order

from analysis import panels
from analysis.copies import COPIES
from analysis.corpus import Corpus
from analysis.files import WRITTEN
from analysis.incidents import DEFAULT
from analysis.outline import percent
from analysis.panels import exporting
from analysis.panels.review import about

POLICY = DEFAULT.name
TEXTS = {"a.txt": "Police said three people were killed in a blast in Kandahar on 4 March 2019.",
         "b.txt": "In Herat, gunmen killed two soldiers on 9 April 2019, the army said. "
                  "More than 70,000 people have been killed since 1979."}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBOOK_JOURNAL", raising=False)
    place = tmp_path / "articles"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("WORKBOOK_ARTICLES", str(place))
    return place


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch):
    """Pictures are looked at in test_panels.py; drawing two at every step would take most of the time here."""
    monkeypatch.setattr("analysis.panels.casualties.picture_html", lambda ax, words: plt.close(ax.figure) or "")


@pytest.fixture
def corpus(folder):
    return Corpus(folder, progress=False)


def totals(corpus):
    return corpus.incidents[corpus.incidents["policy"] == POLICY]


def test_the_sum_says_what_it_covers(corpus):
    [row] = panels.overall_view(corpus, totals(corpus)).values.tolist()
    assert row == ["killed", "5", 5, "2 of 2 incidents added; 1 cumulative statement not added", "0 of 3"]


def test_each_month_stands_alone_and_the_undated_last(corpus):
    view = panels.toll_view(panels.toll(corpus, totals(corpus)))
    assert view[["when", "effect", "low to high", "reviewed"]].values.tolist() == [
        ["March 2019", "killed", "3", "0 of 1"], ["April 2019", "killed", "2", "0 of 1"],
        ["not known", "killed", "not known", "0 of 1"]]


def test_over_time_nothing_is_lost(corpus):
    for unit in ("day", "month"):
        covers = panels.toll(corpus, totals(corpus), unit)["covers"]
        assert covers.tolist() == ["1 of 1 incident added"] * 2 + ["no incident; 1 cumulative statement not added"]


@pytest.mark.parametrize(("wanted", "left"), [
    ({}, 3), ({"where": "Kandahar"}, 1), ({"when": "2019-04"}, 1), ({"when": "not known"}, 1),
    ({"source": "police"}, 1), ({"victim_status": "combatant"}, 1), ({"certainty": "asserted"}, 3),
    ({"effect": "injured"}, 0), ({"words": "soldiers"}, 1), ({"words": "KANDA"}, 1),
    ({"where": "Kandahar", "when": "2019-04"}, 0), ({"where": ("Kandahar", "Herat"), "outlet": ()}, 2),
    ({"article_id": ("a.txt",)}, 1), ({"incident": ("I1",), "effect": "killed"}, 1), ({"words": "gunmen"}, 1),
    ({"since": date(2019, 4, 1)}, 1), ({"until": date(2019, 3, 31)}, 1), ({"party": ("Afghanistan",)}, 2),
    ({"since": date(2019, 3, 4), "until": date(2019, 4, 9)}, 2), ({"outlet": ("not known",)}, 3),
])
def test_claims_are_picked(corpus, wanted, left):
    told = panels.statements(corpus, POLICY)
    told["source"] = told["source"].str.lower()
    assert len(panels.pick_claims(corpus, told, **wanted)) == left


def test_filters_of_the_panel(corpus):
    panel = panels.casualties_panel(corpus, POLICY)
    panel.choices["when"].value = "2019-03"
    assert panel.status.value == "1 of 3 claims, 1 article, 1 incident; reviewed 0 of 1"
    assert [row[0] for row in panel.tables["Sums over time"].shown.values.tolist()] == ["March 2019"]


@pytest.mark.parametrize(("name", "row", "victims"), [
    ("Overall totals", 0, ["three people", "two soldiers", "More than 70,000 people"]),
    ("Totals of the incidents", 1, ["two soldiers"]), ("Sums over time", 0, ["three people"]),
    ("Sums over time", 2, ["More than 70,000 people"])])
def test_a_number_opens_to_its_sentences(corpus, name, row, victims):
    panel = panels.casualties_panel(corpus, POLICY)
    panel.choices["words"].value = "the army"  # what is behind a number is shown whatever was filtered before
    panel.reset()
    panel.tables[name].choose(row)
    assert list(panel.table.shown["victims"]) == victims
    assert panel.reader.article_id == panel.table.rows["article_id"].iloc[0]
    panel.undo()
    assert len(panel.table.rows) == 3


def test_a_line_of_the_ledger_opens_its_own_sentence(corpus):
    panel = panels.casualties_panel(corpus, POLICY)
    panel.tables["What was used and what not"].choose(1)
    assert (panel.table.row["victims"], len(panel.table.rows)) == ("two soldiers", 3)
    assert panel.reader.article_id == "b.txt"


def test_several_places_are_chosen_and_saved_filters_of_one_still_hold(corpus):
    panel = panels.casualties_panel(corpus, POLICY)
    for typed in ("kanda", "Herat"):
        panel.choices["where"].typed.value = typed
    assert panel.choices["where"].value == ("Kandahar", "Herat")
    assert panel.status.value.startswith("2 of 3 claims")
    assert panel.set({"where": "Herat", "source": "all", "incident": ["I2"]}) == []
    assert panel.status.value.startswith("1 of 3 claims")
    assert panel.set({"where": "Atlantis"}) == ["Place"]


def test_a_view_writes_no_judgement(corpus, folder):
    panels.export_panel(corpus, POLICY)
    panels.casualties_panel(corpus, POLICY)
    assert sorted(path.name for path in folder.iterdir()) == sorted(TEXTS)


def press(panel, button, **values):
    for name, value in values.items():
        {**panel.choices, **panel.fields}[name].value = value
    panel.buttons[button].click()
    return panel.status.value.split(" — ")[0]


@pytest.fixture
def panel(corpus):
    """The panel with its first claim chosen."""
    made = panels.casualties_panel(corpus, POLICY)
    made.table.choose(0)
    return made


def chosen_words(panel):
    return "".join(text for _, _, text, layers, *_ in panel.reader.page["pieces"] if "chosen" in layers)


def test_a_chosen_claim_opens_in_its_article(panel):
    assert panel.reader.page["heading"] == "outlet not known · date unknown · a.txt"
    assert chosen_words(panel) == "three people were killed in a blast in Kandahar on 4 March 2019"
    role, why = panel.table.row["role_probability"], panel.table.row["role_reasons"]
    assert why
    assert panel.reader.page["about"] == (
        f"Claim a.txt · 0: killed 3, asserted, says Police; toll ({percent(role)}), because it {'; '.join(why)}; "
        "in the totals: used; your decision: not reviewed")


def test_a_claim_says_what_its_number_rests_on_and_whom_it_repeats(corpus):
    claim = panels.statements(corpus, POLICY).iloc[0].copy()
    claim["derived_from"], claim["restates"], claim["role"] = ((12, 17), (18, 24)), 0, "again"
    claim["role_probability"], claim["role_reasons"] = 0.8, ("has the same number as an earlier toll",)
    claim["side_word"] = "neutralised"
    assert about(corpus, claim).startswith(
        "Claim a.txt · 0: killed 3 (worked out from “three” and “people”; in their word “neutralised”), asserted, says "
        "Police; repetition (80 %) of claim a.txt · 0, because it has the same number as an earlier toll; in "
        "the totals: ")
    view = panels.claims_view(corpus, claim.to_frame().T.astype({"low": "Int64", "high": "Int64"}))
    assert view["number"].tolist() == ["3 (worked out; in their word “neutralised”)"]


def test_the_ledger_says_what_is_used_but_not_added(corpus):
    told = panels.statements(corpus, POLICY)
    told.loc[0, "reason"] = "used, not added: it may speak of the same people"
    assert panels.ledger_view(corpus, told)["used"].tolist() == [
        "yes, not added: it may speak of the same people", "yes", "no: out of scope: cumulative figure"]


def test_the_tables_below_hold_every_row(corpus):
    panel = panels.casualties_panel(corpus, POLICY)
    assert {name: len(grid.rows) for name, grid in panel.tables.items()} == {
        "Overall totals": 1, "Totals of the incidents": len(totals(corpus)), "Sums over time": 3,
        "What was used and what not": 2, "Other events told in these articles": 1}
    assert panel.tables["Sums over time"].shown["when"].tolist() == ["March 2019", "April 2019", "not known"]
    ledger = panel.tables["What was used and what not"]
    whole = panels.ledger_view(corpus, panels.statements(corpus, POLICY))
    others = panel.tables["Other events told in these articles"]
    assert [*ledger.shown["claim"], *others.shown["claim"]] == list(whole["claim"])
    assert list(others.shown["number"]) == ["at least 70,001"]
    assert in_order(ledger, "number") == ["2", "3"]
    panel.reset()
    assert panel.below.children[panel.below.titles.index("What was used and what not")] is ledger
    assert sorted(ledger.shown["number"]) == ["2", "3"]


def test_a_chosen_claim_is_reviewed_and_the_totals_follow(panel, corpus):
    review = panels.review_panel(corpus, panel)
    panel.table.choose(1)
    panel.table.choose(0)
    assert "three people" in review.card.value
    review.buttons["Accept (A)"].click()
    assert corpus.casualties["judged"][0] == "accepted"
    assert "reviewed 1 of 3" in panel.status.value
    assert panel.reader.page["about"].endswith("your decision: accepted")


def test_a_number_is_given_taken_back_and_lasts(corpus, folder):
    panel = panels.numbers_panel(corpus)
    for button in ("Save the number", "Take it back"):
        assert press(panel, button) == "Choose a claim first."
    panel.table.choose(0)
    assert press(panel, "Take it back") == "There is no grade of yours to take back."
    assert press(panel, "Save the number", number=2) == (
        "Not saved: a judgement needs a reason that others can follow.")
    assert press(panel, "Save the number", why="a hospital has their names") == "Saved: killed, 2 probably true"
    again = panels.numbers_panel(Corpus(folder, progress=False))
    assert again.status.value == "3 claims, 1 graded by you"
    assert again.table.shown.values.tolist()[0][-3] == "2"
    again.table.choose(0)
    assert press(again, "Take it back") == "Taken back: killed, 2"
    assert again.status.value.endswith("3 claims, 0 graded by you")
    assert press(again, "Undo") == "Undone: taking back killed, 2"
    assert again.status.value.endswith("3 claims, 1 graded by you")


def test_the_field_says_the_number_in_force(corpus, folder):
    panel = panels.numbers_panel(corpus)
    number, suggested = panel.fields["number"], list(corpus.casualties["grade_number_suggested"])
    assert number.value == 6  # no claim is chosen
    panel.table.choose(0)
    assert number.value == suggested[0]
    press(panel, "Save the number", number=2)
    assert number.value == 2  # no reason, not saved: what was begun stays
    press(panel, "Save the number", why="a hospital has their names")
    assert number.value == 2
    panel.table.choose(1)
    assert number.value in suggested[1:]
    number.value = 4
    panel.refresh()
    assert number.value == 4  # the same claim
    panel.table.choose(panel.table.shown["given"].tolist().index("2"))
    assert number.value == 2
    press(panel, "Save the number", number=5, why="they have not")
    assert number.value == 5
    press(panel, "Undo")
    assert number.value == 2
    again = panels.numbers_panel(Corpus(folder, progress=False))
    again.table.choose(0)
    assert again.fields["number"].value == 2
    press(again, "Take it back")
    assert again.fields["number"].value == suggested[0]


TABLE_FILES = {"overall.csv", "incidents.csv", "ledger.csv", "casualties.csv", "articles.csv", "mentions.csv",
               "entities.csv", "attributions.csv", "sources.csv", "problems.csv", "method.txt"}


@pytest.mark.parametrize(("form", "file", "inside"), [
    (exporting.EXCEL, "casualties.xlsx", None), (exporting.BRIEF, "brief.html", None),
    (exporting.GED, "ged.zip", {"ged.csv", "method.txt"}), (exporting.CSV, "tables.zip", TABLE_FILES),
])
def test_a_file_is_written_only_when_asked_and_a_second_one_beside_it(corpus, tmp_path, form, file, inside):
    panel = panels.export_panel(corpus, POLICY)
    out = tmp_path / "out"
    panel.choices["form"].value = form
    assert press(panel, "Write into the folder") == "Not written: type a folder, or press Download."
    panel.choices["folder"].value = str(out)
    assert not out.exists()
    assert press(panel, "Write into the folder").startswith(f"Written into {out}: {file}")
    assert {path.name for path in out.iterdir()} == {file, WRITTEN}
    if inside:
        with ZipFile(out / file) as archive:
            assert set(archive.namelist()) == inside
            assert POLICY in archive.read("method.txt").decode()
    second = file.replace(".", "-2.")
    first = (out / file).read_bytes()
    assert press(panel, "Write into the folder").startswith(f"Written into {out}: {second}")
    assert (out / file).read_bytes() == first


def test_what_is_downloaded_is_the_file_that_would_be_written(corpus, monkeypatch):
    sent = []
    monkeypatch.setattr(exporting.Download, "send", lambda _, message, buffers: sent.append((message, buffers)))
    panel = panels.export_panel(corpus, POLICY)
    panel.choices["form"].value = exporting.CSV
    assert press(panel, "Download").startswith("Downloaded: tables.zip, ")
    [(message, [content])] = sent
    assert message == {"name": "tables.zip"}
    with ZipFile(BytesIO(content)) as archive:
        assert set(archive.namelist()) == TABLE_FILES
    monkeypatch.setattr(exporting, "MOST_BYTES", 10)
    assert "too much for a page" in press(panel, "Download")
    assert len(sent) == 1


def test_every_picture_is_there_twice(corpus, tmp_path):
    exporting.write_export(corpus, str(tmp_path), POLICY, exporting.PICTURES)
    with ZipFile(tmp_path / "pictures.zip") as archive:
        names = archive.namelist()
        assert {"incidents.png", "incidents.svg", "map.png", "who-speaks-when.svg", "method.txt"} <= set(names)
        assert len([n for n in names if n.endswith(".png")]) == len([n for n in names if n.endswith(".svg")]) >= 9
        assert archive.read("incidents.png").startswith(b"\x89PNG")
        assert b"<script" not in b"".join(archive.read(name) for name in names if name.endswith(".svg"))


def test_no_file_is_written_among_the_articles(corpus, folder):
    panel = panels.export_panel(corpus, POLICY)
    assert "is a folder of articles" in press(panel, "Write into the folder", folder=str(folder / "out"))
    assert sorted(path.name for path in folder.iterdir()) == sorted(TEXTS)


def test_exports_may_lie_beside_the_analysts_notebooks(corpus, folder, monkeypatch):
    (folder / COPIES).mkdir()
    monkeypatch.chdir(folder / COPIES)
    monkeypatch.setenv("WORKBOOK_ARTICLES", str(folder))
    panel = panels.export_panel(corpus, POLICY)
    assert press(panel, "Write into the folder").startswith(f"Written into {folder / COPIES / 'exports'}: ")
    assert len(Corpus(folder, progress=False).articles) == len(TEXTS)


def test_a_workbook_opens_with_the_sentences_and_figures(corpus, tmp_path):
    exporting.write_export(corpus, str(tmp_path / "out"), "UCDP-style", exporting.EXCEL)
    book = openpyxl.load_workbook(tmp_path / "out" / "casualties.xlsx")
    assert book.sheetnames[:5] == ["casualties", "incidents", "overall", "ledger", "method"]
    head, *rows = book["incidents"].iter_rows(values_only=True)
    assert {row[head.index("policy")] for row in rows} == {"UCDP-style"}
    sheet = book["casualties"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:4] == ("sentence", "effect", "low", "high")
    assert rows[0][0] == TEXTS["a.txt"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["C"].width >= len("low")
    assert len(rows) == len(corpus.casualties)


def test_all_files_are_written_or_none(tmp_path):
    def full(path):
        path.write_text("half of it")
        raise OSError(28, "No space left on device")

    said = exporting.write_files(str(tmp_path / "out"), {"a.csv": lambda path: path.write_text("a"), "b.csv": full})
    assert said == (f"Not written into {tmp_path / 'out'}: no space left on device. "
                    f"Type another folder, or press Download.")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(corpus, tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert exporting.write_export(corpus, str(tmp_path / "file" / "out"), POLICY, exporting.GED).startswith(
        f"Not written into {tmp_path / 'file' / 'out'}: not a directory")
