"""Print how many actions ten claims take to review in a real page, and how much computing they cost the kernel.

    python tools/bench_review.py [ARTICLES]           default 30, made by bench_scale.py

Six claims are accepted, three rejected with a reason, and the number of one is corrected, all by keys, in the panel as
3-casualties shows it. An action is a click, a key, or words that are typed into one field. Needs a Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tools")]

import bench_scale  # noqa: E402
import browser  # noqa: E402
import nbformat  # noqa: E402
from nbformat.v4 import new_code_cell, new_notebook  # noqa: E402

CELL = """import sys; sys.path.insert(0, {root!r})
from analysis import panels
from analysis.corpus import Corpus
from analysis.incidents import DEFAULT
corpus = Corpus({articles!r}, progress=False)
panel = panels.casualties_panel(corpus, DEFAULT.name)
panels.review_panel(corpus, panel)"""
REJECT = ("r", "“not about casualties", "Enter")  # what follows a quotation mark is typed
ANSWERS = [["a"], REJECT, ["a"], ["a"], REJECT, ["a"], ["a"], REJECT, ["a"],
           ("c", "“12", "Tab", "“15", "Reason", "“page 2", "Enter")]


def review(n: int) -> tuple[int, float, str]:
    """Return actions, seconds of the kernel's processor and the panel's last words, for ten claims of n articles."""
    with tempfile.TemporaryDirectory() as name, browser.chromium() as running:
        folder, actions = Path(name), 1
        bench_scale.write(folder / "seeds", n)
        cell = CELL.format(root=str(ROOT), articles=str(folder / "seeds"))
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(new_notebook(cells=[new_code_cell(cell), new_code_cell("panel")], metadata=kernel),
                       folder / "bench.ipynb")
        with browser.serve(folder) as lab:
            notebook = browser.Notebook(running, lab, "bench.ipynb")
            notebook.run()
            panel = notebook.page.locator(".wb-review")
            panel.locator("blockquote mark").first.click()
            begun = float(notebook.kernel("import time; print(time.process_time())"))
            for number, steps in enumerate(ANSWERS, 1):
                for step in steps:
                    if step == "Reason":
                        panel.get_by_label("Reason").click()
                    elif step.startswith("“"):
                        notebook.page.keyboard.type(step[1:])
                    else:
                        notebook.page.keyboard.press(step)
                    actions += 1
                    notebook.settle()
                    if step in "rc":
                        browser.expect(panel.locator("input:focus")).to_have_count(1)
                notebook.until(panel, f"reviewed {number} of ")
            seconds = float(notebook.kernel("print(time.process_time())")) - begun
            said = panel.locator(".wb-status span").first.inner_text()
            assert notebook.problems() == []
            notebook.close()
    return actions, seconds, said


if __name__ == "__main__":
    actions, seconds, said = review(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
    print(f"ten claims: {actions} actions, {seconds:.1f} s of the kernel's processor ({said})")
