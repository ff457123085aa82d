"""Run the notebooks anew and keep their outputs: python tools/refresh_notebooks.py [NOTEBOOK ...]

Each notebook runs from top to bottom in a fresh kernel, always on the example in seeds/, and is stored without what
changes from run to run: widgets, times, and whatever the kernel says about itself. Then the README's picture is drawn.
Look at the differences before you commit them: a changed number is a changed finding.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import matplotlib
import nbformat
from nbclient import NotebookClient

matplotlib.use("Agg")

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = [*sorted((ROOT / "notebooks").glob("*.ipynb")), ROOT / "notebooks" / "exercise" / "exercise.ipynb"]
KEPT = "jp-MarkdownHeadingCollapsed"  # sections that open with a click; all code does
WIDGET = "application/vnd.jupyter.widget-view+json"  # shows nothing but an error until the notebook is run
PICTURE = ROOT / "docs" / "casualties.png"
LANGUAGE = {"name": "python"}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def refresh(path: Path) -> None:
    """Run one notebook and store it with its outputs; raises CellExecutionError where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        folded = {KEPT: True} if cell.metadata.get(KEPT) else {}
        cell.metadata = {"jupyter": {"source_hidden": True}} if cell.cell_type == "code" else folded
    NotebookClient(notebook, timeout=600, kernel_name="python3", record_timing=False,
                   resources={"metadata": {"path": str(path.parent)}}).execute()
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        output.get("data", {}).pop(WIDGET, None)
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": LANGUAGE})
    nbformat.write(notebook, path)


def picture() -> None:
    """Draw the README's picture from the example."""
    from analysis.corpus import SEEDS, Corpus
    from analysis.incidents import DEFAULT
    from analysis.panels import statements
    from analysis.plots import plot_incidents

    corpus = Corpus(SEEDS, progress=False)
    totals = corpus.incidents[corpus.incidents["policy"] == DEFAULT.name]
    PICTURE.parent.mkdir(exist_ok=True)
    figure = plot_incidents(totals, statements(corpus, DEFAULT.name)).figure
    figure.savefig(PICTURE, dpi=100, facecolor="white", metadata={"Software": None})


if __name__ == "__main__":
    os.environ.pop("WORKBOOK_ARTICLES", None)
    os.environ.pop("WORKBOOK_PIPELINE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKBOOK_JOURNAL"] = str(Path(folder) / "judgements.jsonl")  # nobody's judgements in the example
        for notebook in [Path(name) for name in sys.argv[1:]] or NOTEBOOKS:
            print(notebook.name)
            refresh(notebook)
        picture()
