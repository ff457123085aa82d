"""The four notebooks in a real JupyterLab and a real browser, as an analyst opens them."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import workbook

NOTEBOOKS = sorted(path.relative_to(workbook.ROOT).as_posix() for path in workbook.ROOT.glob("notebooks/*.ipynb"))


@pytest.fixture(scope="session")
def screenshots():
    """A folder that git ignores, for a person to look at afterwards."""
    folder = workbook.ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder


def test_there_are_notebooks_to_open():
    assert len(NOTEBOOKS) == 4


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_it_runs_without_an_error_and_without_the_outside(path, open_notebook, screenshots):
    notebook = open_notebook(path)
    notebook.run()
    picture = notebook.screenshot(screenshots)
    assert notebook.problems() == []
    assert picture.stat().st_size > 10_000
    assert notebook.page.get_by_text("Jupyter news").count() == 0


def test_problems_are_seen(open_notebook, lab):
    """The test above can fail: here are an error in a cell, one in a callback, and a picture from elsewhere."""
    cells = (
        "from IPython.display import HTML, display; from ipywidgets import Button",
        "button = Button(description='Press'); button.on_click(lambda _: {}['in a callback']); button",
        "HTML('<img src=http://elsewhere.invalid/a.png>')",
        "1 / 0",
    )
    kernel = {"name": "python3", "display_name": "Python 3"}  # unnamed, a dialog would ask for it
    broken = new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel})
    nbformat.write(broken, lab.folder / "broken.ipynb")
    notebook = open_notebook("broken.ipynb")
    notebook.run()
    notebook.page.get_by_role("button", name="Press").click()
    notebook.page.wait_for_function("() => window.kernelErrors.length === 2")
    problems = " ".join(notebook.problems())
    for problem in ("ZeroDivisionError", "KeyError: 'in a callback'", "asked for http://elsewhere.invalid/a.png"):
        assert problem in problems
