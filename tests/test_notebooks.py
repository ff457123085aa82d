"""What the notebooks promise as files; that their outputs are still true is nbval's part."""

import nbformat
import pytest

import workbook

NAMES = ("1-reading.ipynb", "2-entities.ipynb", "3-casualties.ipynb", "4-sources.ipynb")
FOLDER = workbook.ROOT / "notebooks"


@pytest.fixture(params=NAMES)
def notebook(request):
    return nbformat.read(FOLDER / request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_four_notebooks():
    assert sorted(file.name for file in FOLDER.glob("*.ipynb")) == sorted(NAMES)


def test_it_opens_with_a_question(notebook):
    first = notebook.cells[0]
    title = first.source.splitlines()[0]
    assert first.cell_type == "markdown"
    assert title.startswith("# ")
    assert title.endswith("?")


def test_its_outputs_come_from_one_clean_run(notebook):
    # A cell without its count would not be compared at all, whatever it prints.
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts
    assert counts == list(range(1, len(counts) + 1))


def test_no_output_is_an_error(notebook):
    kinds = [output.output_type for cell in code_cells(notebook) for output in cell.outputs]
    assert kinds
    assert "error" not in kinds


def test_nothing_is_taken_out_of_the_comparison(notebook):
    for cell in notebook.cells:
        tags = " ".join(cell.metadata.get("tags", []))
        assert "nbval" not in (tags + cell.source).lower()
        assert "raises-exception" not in tags


def test_it_carries_no_widget_state_and_no_kernel_of_its_own(notebook):
    assert "widgets" not in notebook.metadata
    assert notebook.metadata.kernelspec.name == "python3"
