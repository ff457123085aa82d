"""Tables, pictures and a brief as files, with the method that made them: downloaded, or written into a folder."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import anywidget
import pandas as pd

from analysis.corpus import Corpus
from analysis.ged import ged
from analysis.incidents import POLICIES
from analysis.method import method
from analysis.panels.claims import statements
from analysis.panels.controls import choice, text
from analysis.panels.panel import Panel, Shown
from analysis.panels.pictures import pictures, save_picture
from analysis.panels.tables import counted, with_sentence
from analysis.panels.totals import overall_view
from analysis.panels.writing import Write, own_folder, why_not, write_files
from analysis.reports import report
from analysis.spreadsheets import to_excel, to_harmless_csv

EXCEL, CSV, GED = "Excel workbook, one sheet per table", "CSV, all tables in one zip", "UCDP GED columns, deaths only"
BRIEF, PICTURES = "Brief to print, one web page", "All pictures, PNG and SVG in one zip"
MOST_BYTES = 100_000_000  # of a download: a page holds it in memory, twice
_CLAIMS_FIRST = ["sentence", "effect", "low", "high", "bound", "unit", "victims", "victim_status", "source",
                 "counts_as", "certainty", "incident", "used", "reason", "place", "date", "perpetrator", "judged",
                 "judged_why", "title", "outlet", "published"]
_INCIDENTS_FIRST = ["incident", "effect", "low", "best", "high", "place", "date", "perpetrator", "doubt", "best_reason",
                    "may_be", "n_articles", "n_outlets", "n_roots", "n_reviewed", "n_claims"]


class Download(anywidget.AnyWidget):
    """Lets the browser save a file; it has to be on the page, where nothing of it is seen."""

    _esm = Path(__file__).parent / "download.js"

    def save(self, name: str, content: bytes) -> None:
        """Let the browser save a file."""
        self.send({"name": name}, buffers=[content])


def export_tables(corpus: Corpus, policy: str) -> dict[str, pd.DataFrame]:
    """Return all tables of a corpus as a reader of a spreadsheet needs them, with the totals of one policy only.

    ``casualties`` has each claim's sentence and figures first, then what the policy did with it, then its article, and
    the workbook's own codes last. ``overall`` holds the sums and what they cover; ``method`` is in words.
    """
    kept = {name: frame[frame["policy"] == policy] if "policy" in frame else frame
            for name, frame in corpus.tables.items()}
    told = statements(corpus, policy).merge(corpus.articles[["article_id", "title", "outlet", "published"]],
                                            on="article_id", how="left", validate="many_to_one")
    told["sentence"] = with_sentence(corpus, told).map(str).astype("str")
    sums = overall_view(corpus, kept["incidents"]).assign(policy=policy)
    words = method(corpus.tables, policy, corpus.own).split("\n\n")
    first = {"casualties": _first(told, _CLAIMS_FIRST), "incidents": _first(kept["incidents"], _INCIDENTS_FIRST),
             "overall": sums, "ledger": kept["ledger"], "method": pd.DataFrame({"method": words})}
    return first | {name: frame for name, frame in kept.items() if name not in first}


def _first(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return frame[[*columns, *(name for name in frame if name not in columns)]]


def export_file(corpus: Corpus, policy: str, form: str) -> tuple[str, Write]:
    """Return the name of the one file of a form, and what writes it to a path; the method of counting is in each."""
    def words(path: Path) -> object:
        return path.write_text(method(corpus.tables, policy, corpus.own) + "\n", encoding="utf-8")

    if form == EXCEL:
        return "casualties.xlsx", lambda path: to_excel(export_tables(corpus, policy), path)
    if form == BRIEF:
        return "brief.html", lambda path: path.write_text(report(corpus, policy=policy, made=date.today()), "utf-8")
    if form == GED:
        return "ged.zip", partial(_zip, lambda: {
            "ged.csv": partial(to_harmless_csv, ged(corpus.tables, policy)), "method.txt": words})
    if form == PICTURES:
        return "pictures.zip", partial(_zip, lambda: {
            f"{name}.{kind}": partial(save_picture, draw) for name, draw in pictures(corpus, policy).items()
            for kind in ("png", "svg")} | {"method.txt": words})
    return "tables.zip", partial(_zip, lambda: {
        f"{name}.csv": partial(to_harmless_csv, frame) for name, frame in export_tables(corpus, policy).items()
        if name != "method"} | {"method.txt": words})


def _zip(made: Callable[[], Mapping[str, Write]], path: Path) -> None:
    """Write several files as one archive."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, write in made().items():
            write(Path(folder, name))
            archive.write(Path(folder, name), name)


def download(corpus: Corpus, to: Download, policy: str, form: str, **_: object) -> str:
    """Let the browser save a form's file, and return what was done."""
    name, write = export_file(corpus, policy, form)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        try:
            write(path)
        except (OSError, ValueError) as error:
            return f"Not downloaded: {why_not(error)}"
        if (size := path.stat().st_size) > MOST_BYTES:
            return f"Not downloaded: {size / 1e6:,.0f} MB are too much for a page. Write the file into a folder."
        to.save(name, path.read_bytes())
    return f"Downloaded: {name}, {max(size // 1000, 1):,} kB"


def write_export(corpus: Corpus, folder: str, policy: str, form: str) -> str:
    """Write a form's file into a folder and return what was done; see ``write_files``."""
    name, write = export_file(corpus, policy, form)
    return write_files(folder, {name: write})


def show_export(corpus: Corpus, folder: str, policy: str, form: str) -> Shown:
    """Return what would be written, of how much, under which policy."""
    return Shown(f"{form}: {counted(len(corpus.casualties), 'claim')}, {policy}")


def export_panel(corpus: Corpus, policy: str) -> Panel:
    """Return the panel that downloads and writes files; nothing is made until a button is pressed."""
    policies = choice("Policy", POLICIES, first=None, wide=True)
    policies.value = policy
    to = Download()
    panel = Panel(partial(show_export, corpus),
                  actions={"Download": lambda **values: download(corpus, to, **values),
                           "Write into the folder": partial(write_export, corpus)},
                  form=choice("What", (EXCEL, CSV, GED, PICTURES, BRIEF), first=None, wide=True), policy=policies,
                  folder=text("Folder", "where the file goes", own_folder(), wide=True))
    panel.children = (*panel.children, to)
    return panel
