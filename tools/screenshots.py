"""Pictures of the notebooks as a reader sees them: python tools/screenshots.py [--articles DIR] [NOTEBOOK ...]

Each notebook in a real JupyterLab and a real Chromium, as stored, after Run All Cells, on a narrow page, and in the
dark theme. They go into the folder screenshots/, which git ignores: look at them, also at what lies below the fold. The
height of each is printed, in pixels. It always works on a copy, of the example or of DIR.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import browser  # noqa: E402

NOTEBOOKS = ("1-reading", "2-entities", "3-casualties", "4-sources", "exercise/exercise")
WIDE, NARROW = 1400, 760  # pixels


def take(path: str, notebook: browser.Notebook, folder: Path) -> None:
    """Take the four pictures of one notebook."""
    name = Path(path).stem

    def look(state: str, width: int = WIDE) -> None:
        file = notebook.screenshot(folder, f"{name}-{state}", width)
        print(f"{file.name}: {notebook.page.viewport_size['height']} pixels high", flush=True)

    notebook.theme("JupyterLab Light")
    notebook.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    look("stored")
    notebook.run()
    look("run")
    look("narrow", NARROW)
    notebook.theme("JupyterLab Dark")
    look("dark")
    for problem in notebook.problems():
        print(f"{name}: {problem}")


def main() -> None:
    """Take the pictures of some notebooks, of all without a name."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=Path, default=ROOT / "seeds")
    parser.add_argument("notebooks", nargs="*", default=NOTEBOOKS)
    chosen = parser.parse_args()
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        mine = shutil.ignore_patterns("judgements.jsonl*", ".workbook-cache", "workbook-notebooks")
        shutil.copytree(ROOT / "notebooks", copy / "notebooks")
        shutil.copytree(chosen.articles, copy / "seeds", ignore=mine)
        with browser.serve(copy) as lab, browser.chromium() as chromium:
            for path in chosen.notebooks:
                notebook = browser.Notebook(chromium, lab, f"notebooks/{path}.ipynb")
                take(path, notebook, folder)
                notebook.close()


if __name__ == "__main__":
    main()
