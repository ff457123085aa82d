"""The frame of every panel without a browser: the table, the reader, undo and reset, kept filters."""

from __future__ import annotations

import json
from threading import Event, Thread

import numpy as np
import pandas as pd
import pytest
from traitlets import TraitError

from analysis.corpus import Corpus
from analysis.panels.controls import Button, Several, choice, day, text
from analysis.panels.page import Mark, Quote
from analysis.panels.panel import Done, Panel, Shown
from analysis.panels.reader import NOTHING, Reader, passage, read_row
from analysis.panels.settings import Settings, SettingsError
from analysis.panels.table import MOST, Listing, Table

# ------------------------------------------------------------------------------------------------------------ the table


def numbered(count: int, **more: object) -> Listing:
    rows = pd.DataFrame({"n": range(count), "word": [f"w{n % 7}" for n in range(count)]})
    return Listing(rows, **more)


@pytest.fixture
def numbers() -> Table:
    made = Table("Numbers")
    made.show(numbered(120))
    return made


def sent(table: Table) -> list[list[object]]:
    """The rows as the browser gets them."""
    return json.loads(table._dt_args["data_json"])


def test_a_table_takes_the_first_of_very_many_rows_and_says_so(numbers):
    seen = []
    numbers.show(numbered(1_000_000, view=lambda rows: seen.append(len(rows)) or rows))
    assert (seen, len(sent(numbers)), len(numbers.rows)) == ([MOST], MOST, MOST)
    assert "the first 10,000 of 1,000,000 rows; filter above" in numbers._dt_args["language"]["info"]
    numbers.show(numbered(MOST))
    assert "first" not in numbers._dt_args["language"]["info"]


def test_rows_are_those_that_are_kept_in_their_order(numbers):
    numbers.show(numbered(120, keep=np.array([7, 3, 100])))
    assert list(numbers.rows["n"]) == [7, 3, 100] == [row[0] for row in sent(numbers)]
    numbers.choose(1)
    assert (numbers.row["n"], list(numbers.selected["n"])) == (3, [3])


def test_whoever_listens_is_told_of_a_choice_once(numbers):
    told = []
    numbers.on_select(lambda table: told.append(list(table.selected["n"])))
    for _ in range(2):
        numbers.choose(3, 5)
    numbers.choose()
    numbers.choose(5000)
    assert (told, numbers.row) == ([[3, 5], []], None)


def test_chosen_rows_are_found_again_after_a_filter(numbers):
    numbers.choose(110, 3)
    numbers.show(Listing(numbered(120).rows.query("n % 2 == 0")))
    assert (numbers.selected_rows, numbers.row["n"]) == ([55], 110)
    numbers.show(Listing(numbered(120).rows.query("n % 2 == 1")))
    assert numbers.row is None


@pytest.mark.parametrize(("pointed", "chosen"), [(110, 55), (4, 2), (5, None), (240, None), (-1, None)])
def test_what_is_pointed_at_in_earlier_rows_is_found_by_its_name(numbers, pointed, chosen):
    earlier = numbers.version
    numbers.show(Listing(numbered(120).rows.query("n % 2 == 0")))
    numbers._handle_custom_msg({"of": earlier, "rows": [pointed]}, [])
    assert numbers.selected_rows == ([] if chosen is None else [chosen])
    assert chosen is None or numbers.row["n"] == pointed


def test_what_is_pointed_at_in_rows_of_long_ago_chooses_nothing(numbers):
    earlier = numbers.version
    for n in range(1, 60):
        numbers.show(numbered(n))
    numbers._handle_custom_msg({"of": earlier, "rows": [1]}, [])
    assert numbers.row is None


def test_columns_are_sorted_by_what_they_mean(numbers):
    rows = pd.DataFrame({"incident": ["I10", "I2", "I1"], "effect": ["injured", "displaced", "killed"],
                         "low": pd.Series([None, 2, 10], dtype="Int64"), "share": [0.5, None, 0.25], "n": [3, 2, 1]})
    view = rows.assign(low=["not known", "2 to 3", "10"])
    numbers.show(Listing(rows, lambda _: view, {"incident": "incident", "effect": "effect", "low": "low"}))
    assert [row[5:] for row in sent(numbers)] == [[2, 1, -1, 1], [1, 2, 0, -1], [0, 0, 1, 0]]
    ranked = [spec["targets"] for spec in numbers._dt_args["columnDefs"] if spec.get("type") == "rank"]
    assert ranked == [0, 1, 2, 3]  # the whole numbers are sorted as they are


def test_an_empty_table_says_why(numbers):
    numbers.show(Listing(pd.DataFrame({"a": []}), nothing="No <claim> fits."))
    assert (sent(numbers), numbers._dt_args["language"]["emptyTable"]) == ([], "No &lt;claim&gt; fits.")


def test_cells_are_words_and_never_html(numbers):
    frame = pd.DataFrame({"quote": [Quote("a ", "b\u202e", " c\nd")], "list": [("x", "y")], "known": [None],
                          "<i>": ["<b onclick='x'>&lt;"], "part": [0.5], "n": pd.Series([None], dtype="Int64")})
    numbers.show(Listing(frame))
    said = ["a b[U+202E] c d", "x, y", "not known", "<b onclick='x'>&lt;", "0.50", "not known"]
    assert numbers.shown.iloc[0].tolist() == said
    assert sent(numbers)[0][:6] == [*said[:3], "&lt;b onclick=&#x27;x&#x27;&gt;&amp;lt;", *said[4:]]
    assert "<i>" not in numbers._dt_args["table_html"]


# --------------------------------------------------------------------------------------------------- several values


@pytest.mark.parametrize(("typed", "value", "said"), [
    ("herat", ("H",), ""), ("Kab", ("K",), ""), ("a", (), "Did you mean Herat or Kabul or Mazar?"),
    ("Kabol", (), "Did you mean Kabul?"), ("xyz", (), "Nothing here is like “xyz”."), (" ", (), "")])
def test_what_is_typed_is_added_or_what_is_meant_is_said(typed, value, said):
    field = Several("Place", {"Herat": "H", "Kabul": "K", "Mazar": "M"})
    field.typed.value = typed
    assert (field.value, field.said.value) == (value, said)


def test_a_value_is_dropped_by_its_button():
    field = Several("Place", {"<b>Herat</b>": "H", "Kabul\u202e": "K"})
    field.value = ("H", "K")
    assert [button.description for button in field.chosen.children] == ["<b>Herat</b> ✕", "Kabul[U+202E] ✕"]
    field.chosen.children[0].click()
    assert field.value == ("K",)
    with pytest.raises(TraitError, match="none of the values of Place"):
        field.value = ("M",)


# ----------------------------------------------------------------------------------------------------------- the reader

TEXT = "Rain fell. Police said three 😀 people were\u202e killed in Oldtown. It was dry."


@pytest.fixture
def corpus(tmp_path) -> Corpus:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "articles.csv").write_text("file,outlet,published\na.txt,Gazette,2020-03-05\n", encoding="utf-8")
    return Corpus(folder, progress=False)


def layer(shown: dict, name: str) -> str:
    return "".join(text for _, _, text, layers, *_ in shown["pieces"] if name in layers)


def test_the_words_are_marked_in_their_sentence(corpus):
    start = TEXT.index("three")
    shown = passage(corpus, "a.txt", (start, start + 5))
    assert shown["heading"] == "Gazette · 5 March 2020 · a.txt"
    assert layer(shown, "chosen") == "three"
    assert layer(shown, "sentence") == "Police said three 😀 people were[U+202E] killed in Oldtown."
    assert "".join(text for _, _, text, *_ in shown["pieces"]) == TEXT.replace("\u202e", "[U+202E]")
    assert [TEXT[s:e] for s, e, *_, unseen in shown["pieces"] if unseen] == ["\u202e"]


def test_marks_say_what_they_are_in_the_order_of_the_text(corpus):
    around = [Mark(11, 17, "entities", "police"), Mark(0, 4, "entities", "weather"), Mark(0, 4, "found")]
    assert passage(corpus, "a.txt", None, around)["marks"] == [[0, 4, "weather"], [11, 17, "police"]]


def test_of_a_very_long_article_the_part_around_is_sent(corpus, monkeypatch):
    monkeypatch.setattr("analysis.panels.reader.AROUND", 10)
    start = TEXT.index("three")
    shown = passage(corpus, "a.txt", (start, start + 5),
                    [Mark(0, 4, "entities", "far"), Mark(11, 17, "claims", "near")])
    assert shown["heading"].endswith(f" · characters {start - 10} to {start + 15} of {len(TEXT)}")
    assert "".join(text for _, _, text, *_ in shown["pieces"]) == TEXT[start - 10:start + 15]
    assert shown["pieces"][0][0] == start - 10
    assert (layer(shown, "chosen"), shown["marks"]) == ("three", [[11, 17, "near"]])


def test_a_row_is_opened_and_no_row_says_what_to_do(corpus):
    reader = Reader()
    read_row(corpus, reader, corpus.casualties.iloc[0], claims=True)
    assert reader.article_id == "a.txt"
    assert "killed" in layer(reader.page, "chosen")
    assert reader.page["marks"]
    reader.selection = [1, 2]
    read_row(corpus, reader, None)
    assert (reader.page, reader.article_id, reader.selection) == ({"nothing": NOTHING}, None, [])


def test_words_selected_in_an_article_that_is_not_open_any_more_are_not_meant(corpus):
    reader = Reader()
    reader.read(corpus, "a.txt")
    reader._asked({"ask": "select", "span": [1, 2], "article": "a.txt"})
    assert reader.selection == [1, 2]
    reader._asked({"ask": "select", "span": [3, 4], "article": "b.txt"})
    assert reader.selection == [1, 2]


# ------------------------------------------------------------------------------------------------------------ the frame

def parrot(**values) -> Shown:
    return Shown(" ".join(map(str, values.values())))


@pytest.fixture
def panel(tmp_path) -> Panel:
    settings = Settings(tmp_path / "filters", "parrot")
    return Panel(parrot, saved=settings, fruit=choice("Fruit", ["apple", "pear"]), words=text("Words", "any"),
                 since=day("Since"))


def press(panel: Panel, label: str) -> str:
    panel.buttons[label].click()
    return panel.status.value


def test_undo_goes_back_one_step_at_a_time(panel):
    assert panel.buttons["Undo"].disabled
    panel.choices["fruit"].value = "pear"
    panel.choices["words"].value = "ripe"
    assert panel.status.value == "pear ripe None"
    assert press(panel, "Undo") == "Undone — pear  None"
    assert press(panel, "Undo") == "Undone — all  None"
    assert panel.buttons["Undo"].disabled


def test_reset_is_one_step_that_can_be_undone(panel):
    panel.choices["fruit"].value = "pear"
    panel.choices["words"].value = "ripe"
    assert press(panel, "Reset") == "all  None"
    assert press(panel, "Undo") == "Undone — pear ripe None"


def test_an_action_is_undone_before_the_filters():
    done = []
    actions = {"Do": lambda **_: Done("Did it", lambda: done.append("undone"))}
    panel = Panel(parrot, actions, fruit=choice("Fruit", "ab"))
    panel.choices["fruit"].value = "a"
    assert press(panel, "Do") == "Did it — a"
    assert press(panel, "Undo") == "Undone — a"
    assert done == ["undone"]
    assert press(panel, "Undo") == "Undone — all"


def test_the_busy_sign_is_on_while_it_works_and_off_after_a_failure():
    states = []

    def watched(fruit: str) -> Shown:
        states.append(panel.status.busy if made else None)
        return Shown(str(1 / (fruit != "b")))

    made = []
    panel = Panel(watched, fruit=choice("Fruit", "ab"))
    made.append(panel)
    panel.choices["fruit"].value = "a"
    assert (states, panel.status.busy) == ([None, True], False)
    with pytest.raises(ZeroDivisionError):
        panel.choices["fruit"].value = "b"
    assert panel.status.busy is False
    assert panel.status.value == "This did not work: division by zero"


def test_an_older_answer_is_never_shown_last():
    began, go = Event(), Event()

    def slow(fruit: str, words: str) -> Shown:
        if (fruit, words) == ("a", ""):
            began.set()
            go.wait()
        return Shown(f"{fruit} {words}")

    panel = Panel(slow, fruit=choice("Fruit", "ab"), words=text("Words", "any"))
    threads = [Thread(target=setattr, args=(panel.choices[name], "value", value))
               for name, value in (("fruit", "a"), ("words", "ripe"))]
    threads[0].start()
    began.wait()
    threads[1].start()
    threads[1].join(timeout=0.5)  # as long as it takes where nobody waits; else it waits for the first
    go.set()
    for thread in threads:
        thread.join()
    assert panel.status.value == "a ripe"


def test_a_press_acts_once_the_page_has_had_a_sign(monkeypatch):
    acted, sent = [], []
    made = Button("Do", lambda: acted.append("done"))
    monkeypatch.setattr(made, "send", sent.append)
    made._asked({"ask": "sign"})
    assert (acted, sent) == ([], [{"sign": True}])
    made._asked({"ask": "act"})
    assert acted == ["done"]


def test_actions_know_what_is_pointed_at(corpus):
    told = []
    claims = Listing(corpus.casualties)
    panel = Panel(lambda: Shown("", listing=claims), {"Tell": lambda picked, why: told.append((picked, why)) or "told"},
                  read=lambda reader, row: read_row(corpus, reader, row), fields={"why": text("Reason", "")})
    press(panel, "Tell")
    panel.table.choose(0)
    panel.reader.selection = [3, 8]
    panel.fields["why"].value = "because"
    press(panel, "Tell")
    assert [(p.row is None, p.article_id, p.selection, why) for p, why in told] == [
        (True, None, None, ""), (False, "a.txt", (3, 8), "because")]
    assert panel.reader.selection == [3, 8]  # nothing was turned
    panel.table.choose(1)
    assert panel.reader.selection == []  # what was selected at another row is not meant any more


# --------------------------------------------------------------------------------------------------------- kept filters

def test_filters_are_kept_by_name_and_outlast_a_restart(panel, tmp_path):
    panel.set({"fruit": "pear", "words": "ripe", "since": pd.Timestamp("2020-03-05").date()})
    assert press(panel, "Save filters").startswith("Type a name for the filters first")
    panel.kept.name.value = "mine"
    assert press(panel, "Save filters").startswith("Saved as “mine”")
    again = Panel(parrot, saved=Settings(tmp_path / "filters", "parrot"), fruit=choice("Fruit", ["apple", "pear"]),
                  words=text("Words", "any"), since=day("Since"))
    assert again.kept.name.options == ("mine",)
    again.kept.name.value = "mine"
    assert press(again, "Load filters") == "“mine” is loaded — pear ripe 2020-03-05"
    assert press(again, "Undo") == "Undone — all  None"
    assert press(again, "Delete filters").startswith("“mine” is deleted")
    assert again.kept.name.options == ()
    assert press(again, "Load filters").startswith("No filters are saved as “mine”")


def test_a_value_that_is_not_to_be_had_any_more_is_said(tmp_path):
    Settings(tmp_path / "filters", "parrot").save("mine", {"fruit": "fig", "words": "ripe", "gone": 1})
    panel = Panel(parrot, saved=Settings(tmp_path / "filters", "parrot"), fruit=choice("Fruit", ["apple"]),
                  words=text("Words", "any"))
    panel.kept.name.value = "mine"
    assert press(panel, "Load filters") == "“mine” is loaded, but not Fruit: not to be had here — all ripe"


@pytest.mark.parametrize("broken", [b"{", b"[]", b'{"parrot": {"mine": 3}}', b"\xff", b'"' + b"[" * 100_000])
def test_a_broken_file_is_reported_and_set_aside(panel, tmp_path, broken):
    file = tmp_path / "filters"
    file.write_bytes(broken)
    panel.kept.name.value = "mine"
    assert press(panel, "Load filters").startswith(f"Not done: {file} ")
    assert press(panel, "Save filters").startswith("Saved as “mine”")
    assert (tmp_path / "filters.unreadable").read_bytes() == broken
    assert set(json.loads(file.read_text())["parrot"]) == {"mine"}


def test_panels_share_the_file(tmp_path):
    one, other = Settings(tmp_path / "filters", "one"), Settings(tmp_path / "filters", "other")
    one.save("mine", {"a": 1})
    other.save("mine", {"b": 2})
    assert (one.read(), other.read()) == ({"mine": {"a": 1}}, {"mine": {"b": 2}})


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "missing").write_text("a file in the way")
    with pytest.raises(SettingsError, match="cannot be written"):
        Settings(tmp_path / "missing" / "filters", "one").save("mine", {})


def test_the_file_lies_beside_the_journal_and_is_no_article(corpus, monkeypatch):
    monkeypatch.delenv("WORKBOOK_JOURNAL")
    folder = corpus.journal.path.parent
    again = Corpus(folder / "articles", progress=False) if (folder / "articles").is_dir() else corpus
    Settings.beside(again.journal, "one").save("mine", {"a": 1})
    assert Corpus(again.journal.path.parent, progress=False).problems.empty


def test_what_was_not_done_looks_like_an_error_and_goes_with_the_next_message():
    panel = Panel(lambda: Shown("3 claims"), {"Save": lambda: "Not saved: give a reason", "Count": lambda: "Counted"})
    panel.buttons["Save"].click()
    assert (panel.status.value, panel.status.failed) == ("Not saved: give a reason — 3 claims", True)
    panel.buttons["Count"].click()
    assert (panel.status.value, panel.status.failed) == ("Counted — 3 claims", False)


def test_a_system_error_is_said_in_words(tmp_path):
    (tmp_path / "filters").mkdir()
    with pytest.raises(SettingsError, match=r"filters cannot be read: [A-Z][a-z ]+$"):
        Settings(tmp_path / "filters", "panel").read()
