"""What the notebooks promise as files; that their outputs are still true is nbval's part."""

import nbformat
import pytest

import workbook

FOUR = ("1-reading.ipynb", "2-entities.ipynb", "3-casualties.ipynb", "4-sources.ipynb")
NAMES = (*FOUR, "exercise/exercise.ipynb")
FOLDER = workbook.ROOT / "notebooks"


@pytest.fixture(params=NAMES)
def notebook(request):
    return nbformat.read(FOLDER / request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_four_notebooks_and_the_exercise():
    found = {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.ipynb") if "checkpoint" not in str(file)}
    assert found == set(NAMES)


def test_it_answers_on_the_first_screen_and_says_how_to_run_it(notebook):
    assert "Run → Run All Cells" in notebook.cells[0].source
    shown = [kind for cell in code_cells(notebook)[:4] for output in cell.outputs for kind in output.get("data", ())]
    assert "text/html" in shown  # a table
    assert all(cell.cell_type == "code" for cell in notebook.cells[1:3])


def test_it_shows_a_picture_as_stored(notebook):
    if notebook.cells[0].source.startswith("# What does an article say"):
        assert "<mark" in str(notebook.cells)  # its picture is the article with its marks
    else:
        pictures = [output for cell in code_cells(notebook) for output in cell.outputs if "image/png" in output.get(
            "data", ())]
        assert pictures
        assert all(output.metadata["needs_background"] == "light" for output in pictures)  # see panels/status.css


def test_all_code_is_folded_and_no_reader_sees_a_check(notebook):
    assert all(cell.metadata == {"jupyter": {"source_hidden": True}} for cell in code_cells(notebook))
    assert "status.value" not in "".join(cell.source for cell in code_cells(notebook))


def test_as_stored_no_widget_fails_to_show(notebook):
    kinds = {kind for cell in code_cells(notebook) for output in cell.outputs for kind in output.get("data", ())}
    assert not [kind for kind in kinds if "widget" in kind]


def test_the_notebook_of_sources_is_short():
    assert len(nbformat.read(FOLDER / "4-sources.ipynb", as_version=4).cells) <= 30


def test_only_the_exercise_reads_the_exercise():
    for name in FOUR:
        assert "Corpus(articles_folder())" in (FOLDER / name).read_text("utf-8")
        assert "EXERCISE" not in (FOLDER / name).read_text("utf-8")


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
