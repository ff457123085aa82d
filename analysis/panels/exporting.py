"""Tables as files in a folder that the user names, with the method that made them. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from analysis.articles import MANIFEST, is_manifest
from analysis.corpus import Corpus, articles_folder
from analysis.files import plain, results
from analysis.ged import ged
from analysis.incidents import POLICIES
from analysis.method import method
from analysis.panels.controls import choice, text
from analysis.panels.page import prose_html
from analysis.panels.panel import Panel, Shown
from analysis.panels.tables import counted, with_sentence
from analysis.panels.totals import overall_view
from analysis.reports import report
from analysis.spreadsheets import to_excel, to_harmless_csv

EXCEL, CSV, GED = "Excel, a sheet a table", "CSV, a file a table", "UCDP GED columns, deaths only"
BRIEF = "A brief to print, one web page"


def export_tables(corpus: Corpus, policy: str) -> dict[str, pd.DataFrame]:
    """Return all tables of a corpus as a reader of a spreadsheet needs them, with the totals of one policy only.

    ``casualties`` has the sentence of each claim; ``overall`` the sums and what they cover; ``method`` is in words.
    """
    kept = {name: frame[frame["policy"] == policy] if "policy" in frame else frame
            for name, frame in corpus.tables.items()}
    sentences = with_sentence(corpus, kept["casualties"]).map(str).astype("str")
    sums = overall_view(corpus, kept["incidents"]).assign(policy=policy)
    words = method(corpus.tables, policy, corpus.own).split("\n\n")
    return {"method": pd.DataFrame({"method": words}), "overall": sums,
            "incidents": kept.pop("incidents"), "ledger": kept.pop("ledger"),
            "casualties": kept.pop("casualties").assign(sentence=sentences), **kept}


def write_export(corpus: Corpus, folder: str, policy: str, form: str) -> str:
    """Write all tables, or the brief, into a folder and return what was done; see ``write_files``.

    ``form``: ``EXCEL``, ``CSV``, ``GED`` or ``BRIEF``. The method goes beside the tables as ``method.txt``.
    """
    return write_files(folder, _files(corpus, policy, form))


def write_files(folder: str, files: Mapping[str, Callable[[Path], object]]) -> str:
    """Write files into a folder and return what was written or why not; ``files``: {name: what writes it to a path}.

    All are written or none. A file that is there is never replaced, and none is laid among the articles.
    """
    if not folder.strip():
        return "Not written: name a folder."
    into = Path(folder.strip()).expanduser()
    if into.resolve().is_relative_to(articles_folder().resolve()) or is_manifest(into / MANIFEST):
        return f"Not written: {into} lies among the articles, and would be read as one the next time."
    there = [name for name in files if (into / name).exists()]
    if there:
        return f"Not written: {into} already has {', '.join(there)}. Name another folder."
    try:
        with results(into, files) as paths:
            for path, write in zip(paths, files.values(), strict=True):
                write(path)
    except (OSError, ValueError) as error:
        return f"Not written: {plain(error)}"
    return f"Written into {into}: {', '.join(files)}"


def _files(corpus: Corpus, policy: str, form: str) -> Mapping[str, Callable[[Path], object]]:
    """Return {file name: what writes it to a path}."""
    if form == GED:
        found = {"ged.csv": partial(to_harmless_csv, ged(corpus.tables, policy))}
    elif form == BRIEF:
        return {"brief.html": lambda path: path.write_text(report(corpus, policy=policy, made=date.today()), "utf-8")}
    elif form == CSV:
        found = {f"{name}.csv": partial(to_harmless_csv, frame) for name, frame in export_tables(corpus, policy).items()
                 if name != "method"}
    else:
        found = {"casualties.xlsx": partial(to_excel, export_tables(corpus, policy))}
    words = method(corpus.tables, policy, corpus.own)
    return {**found, "method.txt": lambda path: path.write_text(words + "\n", encoding="utf-8")}


def show_export(corpus: Corpus, folder: str, policy: str, form: str) -> Shown:
    """Return what would be written, and the method that would go with it."""
    into = folder.strip() or "no folder named yet"
    return Shown(f"{into}: {form}, {counted(len(corpus.casualties), 'claim')}, {policy}",
                 prose_html(method(corpus.tables, policy, corpus.own)))


def export_panel(corpus: Corpus, policy: str) -> Panel:
    """Return the panel that writes files; nothing is written until its button is pressed."""
    policies = choice("Policy", POLICIES, first=None, wide=True)
    policies.value = policy
    return Panel(partial(show_export, corpus), actions={"Write the files": partial(write_export, corpus)},
                 folder=text("Folder", "where the files go", wide=True), policy=policies,
                 form=choice("Form", (EXCEL, CSV, GED, BRIEF), first=None, wide=True))
