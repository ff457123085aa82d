"""The tables of panels and notebooks in a narrow page: in a real browser, without JupyterLab and without a kernel."""

from __future__ import annotations

import pandas as pd
import pytest
from playwright.sync_api import expect

from analysis import panels
from analysis.corpus import Corpus
from analysis.panels.casualties import show_casualties
from analysis.panels.comparing import show_accounts
from analysis.panels.grading import show_numbers
from analysis.panels.page import table_html
from analysis.panels.sources import show_sources
from analysis.panels.table import PAGE, Listing, Table

NARROW = 660  # pixels for a table in a window of 1,100, with JupyterLab's sidebar open
BESIDE = 580  # likewise beside its article, in a window of 1,500
POLICY = "all effects, independent roots first"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Corpus:
    """Two articles with long names and sentences."""
    folder = tmp_path_factory.mktemp("articles")
    first = ("The Ministry of Reconstruction and Internal Displacement of Utopia said on 3 March 2020 that at least "
             "twelve schoolchildren, their two teachers and several humanitarian volunteers were killed in Herat "
             "when rebels of the Northern Liberation Movement shelled the market.")
    second = ("Three soldiers were killed in Herat on 3 March 2020, the Northern Liberation Movement said. The "
              "Commission for Accountability confirmed that five civilians were injured in Herat on 3 March 2020.")
    (folder / "correspondents-report-from-the-province.txt").write_text(first)
    (folder / "second-report-from-the-province.txt").write_text(second)
    made = Corpus(folder, progress=False)
    assert len(made.casualties) >= 3
    return made


@pytest.fixture(scope="module")
def tables(corpus):
    """{name: listing} of every wide table of the panels."""
    shown = {"claims": show_casualties(corpus, POLICY), "accounts": show_accounts(corpus),
             "numbers": show_numbers(corpus), "statements": show_sources(corpus)}
    return {**{name: made.listing for name, made in shown.items()},
            **{name: listing() if callable(listing) else listing for made in shown.values()
               for name, listing in made.tables.items()}}


@pytest.fixture
def drawn(chromium):
    """Call it with a listing and a width in pixels to get the page in which its table is drawn."""
    pages = []

    def draw(listing: Listing, width: int):
        table = Table("Table")
        table.show(listing)
        page = chromium.new_page()
        pages.append(page)
        style = f"body {{ margin: 0; font-family: sans-serif }} {table._css}"
        page.set_content(f"<!doctype html><style>{style}</style><div id='table' style='width: {width}px'></div>")
        page.evaluate("""async ([code, state]) => {
            const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
            const model = { get: (name) => state[name], on() {}, off() {}, set() {}, save_changes() {}, send() {} };
            module.default.render({ model, el: document.querySelector("#table") });
        }""", [str(table._esm), {name: getattr(table, name) for name in (
            "name", "version", "caption", "classes", "_style", "selected_rows", "_dt_args")}])
        return page

    yield draw
    for page in pages:
        page.close()


def cut(page) -> int:
    """How many pixels of the table lie outside what is in sight."""
    return page.evaluate("() => { const box = document.querySelector('.dt-layout-table > div');"
                         " return box.scrollWidth - box.clientWidth; }")


@pytest.mark.parametrize(("name", "width"), [
    ("claims", NARROW), ("claims", BESIDE), ("statements", BESIDE), ("numbers", BESIDE), ("accounts", BESIDE),
    ("Totals of the incidents", NARROW), ("Sums over time", NARROW), ("What was used and what not", NARROW),
    ("What is known of these voices", NARROW)])
def test_no_column_is_cut_in_a_narrow_page(tables, drawn, name, width):
    page = drawn(tables[name], width)
    assert page.locator("tbody tr").count() == min(len(tables[name].rows), PAGE) > 0
    assert cut(page) == 0


@pytest.mark.parametrize("view", [
    lambda corpus: panels.claims_view(corpus, panels.statements(corpus, POLICY)),
    lambda corpus: panels.ledger_view(corpus, panels.statements(corpus, POLICY)),
    lambda corpus: panels.incidents_view(corpus.incidents),
    lambda corpus: panels.policies_view(corpus.incidents),
    lambda corpus: panels.attributions_view(corpus, corpus.attributions),
    lambda corpus: panels.ends_view(corpus, corpus.mentions),
    panels.entities_view, panels.readings_view, panels.comparison_view, panels.sources_view, panels.grades_view])
def test_no_column_of_a_notebooks_output_is_cut_in_a_narrow_page(corpus, chromium, view):
    page = chromium.new_page(viewport={"width": NARROW, "height": 900})
    page.set_content(f"<style>body {{ margin: 0; font-family: sans-serif }}</style>{table_html(view(corpus))}")
    assert page.locator("tbody tr").count() > 0
    assert page.evaluate("() => document.querySelector('table').offsetWidth") <= NARROW
    page.close()


def test_a_table_that_is_still_too_wide_scrolls(drawn):
    page = drawn(Listing(pd.DataFrame({f"a-column-{n}": ["x"] for n in range(20)})), NARROW)
    assert cut(page) > 0
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_what_is_not_known_is_sorted_last_either_way(drawn):
    page = drawn(Listing(pd.DataFrame({"n": pd.Series([None, 2, 10], dtype="Int64")})), NARROW)
    for order in (["2", "10", "not known"], ["10", "2", "not known"]):
        page.locator(".dt-column-title").click()
        expect(page.locator("tbody td")).to_have_text(order)
