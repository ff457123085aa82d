"""The four notebooks in a real JupyterLab and a real browser, used as an analyst uses them."""

import csv
from zipfile import ZipFile

import nbformat
import openpyxl
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

import workbook
from analysis.copies import COPIES
from analysis.panels import exporting

# Each would leave a mark on the page: as a script, as a handler, by its order of letters, by what cannot be seen.
HOSTILE = (
    "Three people were killed in Herat on 4 March 2019, police said. <script>window.ran = 1</script> "
    "<img src=x onerror='window.ran = 2'> Gunmen killed two soldiers in Kunduz, the army\u202e said\u200b. "
    "\"><svg onload='window.ran = 3'></svg> The mayor of <b onclick='window.ran = 4'>Oldtown</b> said that nine died."
)
SHOWN = HOSTILE.replace("\u202e", "[U+202E]").replace("\u200b", "[U+200B]")


@pytest.fixture(scope="module")
def screenshots():
    """A folder that git ignores, for a person to look at afterwards."""
    folder = workbook.ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def opened(lab, open_notebook, screenshots):
    """Call it with a notebook's name to run it with a hostile article among the others; checked at the end."""
    (lab.articles / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    notebooks = []

    def run(name):
        notebooks.append(open_notebook(f"notebooks/{name}.ipynb"))
        notebooks[-1].run()
        assert notebooks[-1].screenshot(screenshots).stat().st_size > 10_000
        return notebooks[-1]

    yield run
    assert notebooks
    for notebook in notebooks:
        assert notebook.problems() == []
        assert notebook.page.evaluate("() => window.ran") is None
        assert notebook.page.get_by_text("Jupyter news").count() == 0
    for file in lab.articles.glob("judgements.jsonl*"):
        file.unlink()


@pytest.fixture
def open_cells(open_notebook, lab):
    """Call it with a name and cells to get a notebook of these, open and run."""

    def open_them(name, *cells):
        kernel = {"name": "python3", "display_name": "Python 3"}  # unnamed, a dialog would ask for it
        written = new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel})
        nbformat.write(written, lab.folder / name)
        notebook = open_notebook(name)
        notebook.run()
        return notebook

    return open_them


def test_an_article_is_read_searched_and_noted(opened):
    notebook = opened("1-reading")
    panel, page = notebook.panel(), notebook.page
    panel.get_by_label("Article", exact=True).select_option("hostile.txt")
    notebook.until(panel, "8 mentions, 3 claims, 3 attributions in this article")
    expect(panel.locator(".wb-heading")).to_contain_text("hostile.txt")
    expect(panel.locator(".wb-paper .wb-cue")).to_have_count(3)
    panel.get_by_label("Attributions").uncheck()
    notebook.settle()
    expect(panel.locator(".wb-paper .wb-cue")).to_have_count(0)
    text = panel.locator("[data-start]").all_inner_texts()
    assert "".join(text) == SHOWN
    assert panel.locator(".wb-paper script, .wb-paper img, .wb-paper svg").count() == 0
    panel.get_by_role("button", name="Next mark").click()
    expect(panel.locator(".wb-tools span")).to_contain_text("1 of 11: ")
    assert panel.locator(".wb-here").count() >= 1
    panel.get_by_label("Search").fill("killed")
    panel.get_by_label("Search").press("Enter")
    notebook.until(panel, "“killed” stands 5 times in 2 articles")
    assert notebook.choose(panel, "000_") == "killed"
    panel.get_by_label("Note", exact=True).fill("<b>which</b> side?")
    panel.get_by_role("button", name="Write the note").click()
    notebook.until(panel, "Saved: a note on “killed”")
    panel.get_by_role("cell", name="<b>which</b> side?").wait_for()
    panel.get_by_role("button", name="Undo").click()
    notebook.until(panel, "Undone")
    panel.get_by_text("You have written no note yet.").wait_for()
    assert page.locator(".wb-table table").count() >= 1


def test_names_are_counted_and_judged(opened):
    notebook = opened("2-entities")
    counts, names = notebook.panel(0), notebook.panel(1)
    counts.get_by_label("Show", exact=True).select_option("on a map")
    counts.get_by_role("tab", name="Places with coordinates").wait_for()
    counts.get_by_label("Type", exact=True).select_option("armed group")  # as words, not as the table's own name
    notebook.until(counts, "20 of 70 mentions")
    counts.get_by_label("Type", exact=True).select_option("place")
    notebook.until(counts, "14 of 70 mentions")
    counts.get_by_label("Name holds").fill("nobody")
    counts.get_by_label("Name holds").press("Enter")
    notebook.until(counts, "0 of 70 mentions")
    counts.get_by_role("button", name="Reset").click()
    notebook.until(counts, "70 of 70 mentions")
    counts.get_by_label("From").fill("2020-01-01")
    notebook.until(counts, "0 of 70 mentions, 0 entities, 0 articles; 2 articles without a date left out")
    counts.get_by_label("Filters named").fill("dated")
    for button, words in (("Save filters", "Saved as “dated”"), ("Delete filters", "“dated” is deleted"),
                          ("Load filters", "No filters are saved as “dated”")):
        counts.get_by_role("button", name=button).click()
        notebook.until(counts, words)
    counts.get_by_role("button", name="Undo").click()
    notebook.until(counts, "Undone — 70 of 70 mentions")
    table = counts.locator(".wb-chooses").first
    for button, rows in (("Next", "21 to 40 of 70"), ("Previous", "1 to 20 of 70"), ("Last", "61 to 70 of 70"),
                         ("First", "1 to 20 of 70")):
        table.get_by_role("link", name=button, exact=True).click()
        expect(table.locator(".dt-info")).to_have_text(rows)
    counts.get_by_label("Name holds").fill("Kunduz")
    counts.get_by_label("Name holds").press("Enter")
    notebook.until(counts, "1 of 70 mentions")
    assert notebook.choose(counts, "Kunduz") == "Kunduz"
    names.get_by_label("Entity", exact=True).fill("Taliban")
    names.get_by_label("Other name").fill("ISIS-K")
    names.get_by_label("Decision", exact=True).select_option("they are not the same")
    names.get_by_label("Reason").fill("two groups")
    names.get_by_role("button", name="Save the decision").click()
    notebook.until(names, "Saved: “Taliban” and “ISIS-K” are two now")
    names.get_by_role("button", name="Take it back").click()
    notebook.until(names, "Taken back: Taliban / ISIS-K")


def test_a_claim_is_found_by_keyboard_reviewed_and_filters_last(opened):
    notebook = opened("3-casualties")
    panel, page = notebook.panel(), notebook.page
    assert notebook.choose(panel, "Three people").startswith("Three people were killed in Herat")
    assert "".join(panel.locator("[data-start]").all_inner_texts()) == SHOWN
    assert panel.locator(".wb-paper script, .wb-paper img, .wb-paper svg").count() == 0
    for key in ("Home", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    notebook.settle()
    chosen = panel.locator(".wb-chooses tbody tr").nth(1)
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_be_focused()
    expect(panel.locator(".wb-chooses tr.selected")).to_have_count(1)
    expect(panel.locator(".wb-about")).to_contain_text("Claim 000_69f784460a83e12c.txt · 1: killed at least 2")
    panel.locator(".wb-chooses .dt-column-title").filter(has_text="effect").first.click()
    expect(panel.locator(".wb-chooses th").filter(has_text="effect").first).to_have_attribute("aria-sort", "ascending")
    review = notebook.page.locator(".wb-review")
    expect(review.locator("blockquote mark")).to_have_count(1)
    review.get_by_role("button", name="Accept (A)").click()
    notebook.until(review, "Saved: accepted killed at least 2")
    notebook.until(panel, "9 of 9 claims, 2 articles, 5 incidents; reviewed 1 of 9")
    panel.get_by_label("Effect", exact=True).select_option("displaced")
    notebook.until(panel, "0 of 9 claims")
    panel.get_by_role("button", name="Undo").click()
    notebook.until(panel, "Undone — 9 of 9 claims")
    panel.get_by_label("Effect", exact=True).select_option("injured")
    notebook.until(panel, "2 of 9 claims")
    panel.get_by_label("Filters named").fill("hurt")
    panel.get_by_role("button", name="Save filters").click()
    notebook.until(panel, "Saved as “hurt”")
    notebook.reopen()
    notebook.run()
    panel = notebook.panel()
    notebook.until(panel, "9 of 9 claims, 2 articles, 5 incidents; reviewed 1 of 9")
    panel.get_by_label("Filters named").fill("hurt")
    panel.get_by_role("button", name="Load filters").click()
    notebook.until(panel, "“hurt” is loaded — 2 of 9 claims")
    assert panel.get_by_label("Effect", exact=True).input_value() == "injured"


SELECT = """(paper, words) => {
    const pieces = [...paper.querySelectorAll("[data-start]")];
    const piece = pieces.find((p) => p.textContent.includes(words));
    const range = document.createRange();
    const start = piece.textContent.indexOf(words);
    range.setStart(piece.firstChild, start);
    range.setEnd(piece.firstChild, start + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    paper.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
}"""


def test_the_queue_is_answered_with_keys(opened):
    notebook = opened("3-casualties")
    review, keys = notebook.page.locator(".wb-review"), notebook.page.keyboard

    def press(key, words):
        notebook.settle()
        keys.press(key)
        notebook.until(review, words)

    left = int(review.locator(".wb-status span").first.inner_text().split()[0])
    review.locator("blockquote mark").first.click()
    asked = review.locator(".widget-html-content b").first.inner_text()
    press("n", f"{left} questions left")
    expect(review.locator(".widget-html-content b").first).not_to_have_text(asked)
    press("a", "Saved: accepted")
    keys.press("r")
    expect(review.get_by_label("Reason")).to_be_focused()
    keys.type("nobody was harmed")  # letters are words here, no keys
    press("Enter", "Saved: rejected")
    expect(review.locator("option").filter(has_text="(nobody was harmed)")).to_have_count(1)
    press("u", "Taken back: rejected")
    press("u", "Taken back: accepted")
    notebook.until(review, f"{left} questions left; reviewed 0 of 9 claims")
    keys.press("c")
    expect(review.get_by_label("At least")).to_be_focused()
    for label, value in (("At least", "4"), ("At most", "6"), ("Who says so", "a nurse"), ("Place", "Kunduz"),
                         ("Day", "2019-03-05"), ("Event", "a new event"), ("Reason", "page 2")):
        review.get_by_label(label, exact=True).fill(value)
    for label, value in (("Harm", "missing"), ("Victims are", "police"), ("Role", "over time")):
        review.get_by_label(label, exact=True).select_option(value)
    review.get_by_label("Day", exact=True).focus()
    press("Enter", "Saved: corrected")
    for words in ("low 4", "high 6", "source a nurse", "place Kunduz", "date 2019-03-05", "event none",
                  "role over time", "new effect missing", "victim status police"):
        expect(review.locator("option").first).to_contain_text(words)


def test_a_missed_claim_is_added_in_an_article_without_any(opened, lab):
    bare = lab.articles / "bare.txt"
    bare.write_text("A flood reached <b>Kunduz</b>. The mayor was not seen again.", encoding="utf-8")
    notebook = opened("3-casualties")
    bare.unlink()
    review = notebook.page.locator(".wb-review")
    review.get_by_role("button", name="Missed claim (M)").click()
    review.get_by_label("Article").fill("bare.txt")
    review.get_by_label("Article").press("Tab")
    expect(review.locator(".wb-heading")).to_contain_text("bare.txt")
    review.locator(".wb-paper").evaluate(SELECT, "The mayor")
    expect(review.get_by_label("Words")).to_have_value("The mayor")
    review.get_by_label("At least").fill("1")
    review.get_by_label("Harm").select_option("missing")
    review.get_by_label("Who says so").fill("a nurse")
    review.get_by_label("Event").fill("I1 (as before)")
    review.get_by_label("Reason").fill("seen on the spot")
    review.get_by_role("button", name="Save (Enter)").click()
    notebook.until(review, "Saved: added missing at least 1 “The mayor”")
    notebook.until(notebook.panel(), "10 of 10 claims")


def test_a_total_opens_to_its_sentences_and_places_are_typed(opened):
    notebook = opened("3-casualties")
    panel = notebook.panel()
    panel.get_by_role("tab", name="Totals of the incidents").click()
    notebook.settle()
    totals = panel.get_by_role("table", name="Totals of the incidents")
    totals.locator("tbody tr").filter(has_text="Kunduz").first.click()
    notebook.until(panel, "1 of 9 claims, 1 article, 1 incident")
    expect(panel.locator(".wb-chooses").first.locator("tbody tr")).to_have_count(1)
    expect(panel.locator(".wb-chosen")).to_contain_text("two soldiers")
    assert panel.locator(".wb-table script, .wb-table img, .wb-table tbody svg").count() == 0
    panel.get_by_role("button", name="Undo").click()
    notebook.until(panel, "9 of 9 claims")
    place = panel.get_by_label("Place", exact=True)
    place.fill("Hetar")
    place.press("Enter")
    panel.get_by_text("Did you mean Herat?").wait_for()
    place.fill("herat")
    place.press("Enter")
    panel.get_by_role("button", name="Herat ✕").wait_for()
    notebook.until(panel, "1 of 9 claims, 1 article, 1 incident")


def test_hostile_words_are_text_in_a_table_its_filters_and_its_files(open_cells, tmp_path):
    notebook = open_cells("table.ipynb", f"""import pandas as pd
from ipywidgets import Label, VBox
from analysis.panels.table import Listing, Table

HOSTILE = {HOSTILE!r}.split(". ")
rows = pd.DataFrame({{"said": ["=1+1", *HOSTILE], "<img src=x onerror='window.ran = 5'>": range(len(HOSTILE) + 1)}})
table, chosen = Table("Said"), Label("none")
table.on_select(lambda table: setattr(chosen, "value", str(list(table.selected.index))))
table.show(Listing(rows))
VBox([chosen, table]).add_class("wb-panel")""")
    panel, page = notebook.panel(), notebook.page
    panel.locator("tbody tr").filter(has_text="<script>window.ran = 1</script>").click()
    expect(panel.locator(".widget-label")).to_have_text("[2]")
    panel.get_by_role("button", name="Filter this column").first.click()
    page.locator(".dtcc-dropdown input").fill("<script>")
    expect(panel.locator(".dt-info")).to_contain_text("1 to 1 of 1")
    page.locator(".dtcc-dropdown input").fill("")
    for name, part in (("CSV", "<script>window.ran = 1</script>"), ("Excel", None)):
        with page.expect_download() as download:
            panel.get_by_role("button", name=name, exact=True).click()
        download.value.save_as(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 300
        assert part is None or part in (tmp_path / name).read_text(encoding="utf-8")
    assert '"\'=1+1"' in (tmp_path / "CSV").read_text(encoding="utf-8")
    panel.locator("tbody tr").first.focus()
    page.keyboard.press("Enter")
    expect(panel.locator(".widget-label")).to_have_text("[0]")
    assert page.evaluate("() => window.ran") is None
    assert notebook.problems() == []


def test_files_and_a_brief_are_written_from_the_page(opened, lab):
    formula = lab.articles / "formula.txt"
    formula.write_text("=1+1 Two boys were killed in Herat, doctors said.", encoding="utf-8")
    notebook = opened("3-casualties")
    formula.unlink()
    panel, out = notebook.panel(1), lab.folder / "files"
    panel.get_by_label("Folder", exact=True).fill(str(out))
    panel.get_by_label("Folder", exact=True).press("Enter")
    for form, file in ((exporting.CSV, "tables.zip"), (exporting.BRIEF, "brief.html"), (exporting.GED, "ged.zip"),
                       (exporting.EXCEL, "casualties.xlsx"), (exporting.PICTURES, "pictures.zip")):
        panel.get_by_label("What", exact=True).select_option(form)
        notebook.until(panel, form)
        panel.get_by_role("button", name="Write into the folder").click()
        notebook.until(panel, f"Written into {out}: {file}")
        with notebook.page.expect_download() as saved:
            panel.get_by_role("button", name="Download").click()
        assert saved.value.suggested_filename == file
        notebook.until(panel, f"Downloaded: {file}")
        if file.endswith(".zip"):
            with ZipFile(saved.value.path()) as archive:  # as a person finds it among the browser's downloads
                archive.extractall(out)
    files = sorted(out.glob("*.csv"))
    cells = [cell for path in files for row in csv.reader(path.open(encoding="utf-8-sig", newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith("'=1+1 Two boys")]  # as text
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@")]  # no formula
    brief = (out / "brief.html").read_text(encoding="utf-8")
    assert "Herat" in brief
    assert "<script>window" not in brief
    book = openpyxl.load_workbook(out / "casualties.xlsx")
    assert book.sheetnames[:5] == ["casualties", "incidents", "overall", "ledger", "method"]
    typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row if str(cell.value)[:1] in tuple("=+@")]
    assert typed
    assert {cell.data_type for cell in typed} == {"s"}  # as text
    [head, *deaths] = csv.reader((out / "ged.csv").open(encoding="utf-8-sig", newline=""))
    assert "Herat" in {row[head.index("where_coordinates")] for row in deaths}


def test_what_jupyterlab_saves_stays_beside_the_articles(open_notebook, lab):
    private = lab.articles / "private.txt"
    private.write_text("Two people were killed in Herat, a witness named Qudsia Farahi said.", encoding="utf-8")
    notebooks = [*(lab.folder / "notebooks").rglob("*.ipynb"), *(workbook.ROOT / "notebooks").rglob("*.ipynb")]
    before = [path.read_bytes() for path in notebooks]
    notebook = open_notebook(f"{lab.articles.name}/{COPIES}/3-casualties.ipynb")  # what workbook.py lab opens
    notebook.run()
    private.unlink()
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save()")
    assert "Qudsia Farahi" in (lab.articles / COPIES / "3-casualties.ipynb").read_text("utf-8")
    assert [path.read_bytes() for path in notebooks] == before
    assert notebook.problems() == []


def test_what_takes_long_says_so(open_cells, lab):
    """The busy sign stands while the kernel works, and goes: a file lets the work end."""
    notebook = open_cells("slow.ipynb", """import time
from pathlib import Path
from analysis.panels.panel import Panel, Shown

def work(**_):
    while not Path("done").exists():
        time.sleep(0.05)
    return "Done with it"

Panel(lambda: Shown("ready"), {"Work": work})""")
    panel = notebook.panel()
    sign = panel.get_by_text("Working …")
    assert not sign.is_visible()
    panel.get_by_role("button", name="Work").click()
    sign.wait_for(state="visible")
    (lab.folder / "done").touch()
    notebook.until(panel, "Done with it")
    expect(sign).to_be_hidden()
    assert notebook.problems() == []


def test_controls_are_answered_one_after_another(open_cells):
    """Answered beside each other, each in a thread of its own, an older answer might be shown last."""
    notebook = open_cells("turns.ipynb", """from threading import current_thread
from analysis.panels.controls import choice
from analysis.panels.panel import Panel, Shown

Panel(lambda turn: Shown(f"{turn} in {current_thread().name}"), turn=choice("Turn", ["first", "second", "third"]))""")
    for turn in ("first", "second", "third"):
        notebook.panel().get_by_label("Turn").select_option(turn)
        notebook.until(notebook.panel(), f"{turn} in MainThread")


def test_a_button_acts_on_what_the_page_shows(open_cells, lab):
    """While the kernel works, the page holds changes back, and its table is an older one: a file lets the work end."""
    notebook = open_cells("late.ipynb", """import time
from pathlib import Path
import pandas as pd
from analysis.panels.controls import choice
from analysis.panels.table import Listing
from analysis.panels.panel import Panel, Shown

NAMES = pd.DataFrame({"name": ["Ada", "Ben", "Cyd"]}, index=["a", "b", "c"])

def show(sort, form):
    while sort == "few" and not Path("shown").exists():
        time.sleep(0.05)
    return Shown(f"{sort} as {form}", listing=Listing(NAMES.iloc[1:] if sort == "few" else NAMES))

Panel(show, {"Take": lambda picked, form, **_: f"Took {picked.row['name']} as {form}"}, read=lambda *_, **__: None,
      sort=choice("Sort", ["few"]), form=choice("Form", ["one", "two"]))""")
    panel = notebook.panel()
    panel.get_by_label("Sort", exact=True).select_option("few")
    for name, form in (("Ada", "one"), ("Cyd", "two")):
        panel.locator("tbody tr").filter(has_text=name).click()
        panel.get_by_label("Form").select_option(form)
    panel.get_by_role("button", name="Take").click()
    (lab.folder / "shown").touch()
    notebook.until(panel, "Took Cyd as two — few as two")
    expect(panel.locator("tbody tr[aria-selected='true']")).to_have_text("Cyd")
    assert notebook.problems() == []


def test_a_grade_outlasts_a_reload_and_a_restart(opened):
    notebook = opened("4-sources")
    panel = notebook.panel(3)
    panel.get_by_label("Your grade").select_option("D not usually reliable")
    panel.get_by_label("Reason").fill("withdrew its figures")
    panel.get_by_role("button", name="Save the grade").click()
    notebook.until(panel, "Saved: Zabihullah Mujahid, D not usually reliable")
    notebook.reopen()
    notebook.run()
    panel = notebook.panel(3)
    notebook.until(panel, "D, given by you")
    panel.get_by_role("button", name="Take it back").click()
    notebook.until(panel, "F, as suggested")
    numbers = notebook.panel(4)
    assert "Three people" in notebook.choose(numbers, "hostile.txt")
    numbers.get_by_label("Your number").select_option("4 doubtful")
    numbers.get_by_label("Reason").fill("nobody else saw it")
    numbers.get_by_role("button", name="Save the number").click()
    notebook.until(numbers, "Saved: killed, 4 doubtful — 9 claims, 1 graded by you")
    numbers.get_by_role("button", name="Take it back").click()
    notebook.until(numbers, "Taken back: killed, 4 — 9 claims, 0 graded by you")
    numbers.get_by_role("button", name="Undo").click()
    notebook.until(numbers, "Undone: taking back killed, 4 — 9 claims, 1 graded by you")


def test_problems_are_seen(open_cells):
    """The test above can fail: here are an error in a cell, one in a callback, and a picture from elsewhere."""
    cells = (
        "from IPython.display import HTML, display; from ipywidgets import Button",
        "button = Button(description='Press'); button.on_click(lambda _: {}['in a callback']); button",
        "HTML('<img src=http://elsewhere.invalid/a.png>')",
        "1 / 0",
    )
    notebook = open_cells("broken.ipynb", *cells)
    notebook.page.get_by_role("button", name="Press").click()
    notebook.page.wait_for_function("() => window.kernelErrors.length === 2")
    problems = " ".join(notebook.problems())
    for problem in ("ZeroDivisionError", "KeyError: 'in a callback'", "asked for http://elsewhere.invalid/a.png"):
        assert problem in problems
