"""The notebooks an analyst works on are copies beside the articles: no article's words get into the project."""

import json
import os
import shutil
import subprocess

import nbformat
import pytest

import workbook
from analysis.articles import read_articles
from analysis.copies import COPIES, working_copies

ROOT = workbook.ROOT


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A clone of the project's notebooks under git, and the user's own data folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / "notebooks", clone / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / ".gitignore", clone)
    for call in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *call], cwd=clone, check=True)
    return clone


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "private"
    folder.mkdir()
    (folder / "a.txt").write_text("Two people were killed in Oldtown, police said.", encoding="utf-8")
    return folder


def changed(clone):
    """What git says is new or changed since the notebooks were added."""
    done = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if not line.startswith("A  ")]


def save(copy, text):
    """Save a notebook as JupyterLab does once it was run: with what it shows."""
    notebook = json.loads(copy.read_text("utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [text]}]
    copy.write_text(json.dumps(notebook), "utf-8")


def edit(copy, words):
    notebook = json.loads(copy.read_text("utf-8"))
    notebook["cells"][0]["source"] = words
    copy.write_text(json.dumps(notebook), "utf-8")


@pytest.mark.parametrize("given", ["beside", "inside the clone", "read only", "none"])
def test_the_project_stays_as_it_was(project, articles, given, monkeypatch):
    folder = {"beside": articles, "inside the clone": project / "notebooks" / "exercise" / "articles",
              "read only": articles, "none": None}[given]
    if given == "read only":
        monkeypatch.setattr(os, "access", lambda *_: False)
    copies = working_copies(project, folder)
    assert sorted(path.name for path in copies.glob("[0-9]*.ipynb")) == [
        "1-reading.ipynb", "2-entities.ipynb", "3-casualties.ipynb", "4-sources.ipynb"]
    for copy in copies.rglob("*.ipynb"):
        save(copy, "a private name")
    assert copies.is_relative_to(folder if given == "beside" else project.parent / "data")
    assert changed(project) == []


def test_jupyterlab_opens_the_copies_and_nothing_of_the_project(articles, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    call, _ = workbook.lab([f"--articles={articles}"])
    assert f"--ServerApp.root_dir={articles / COPIES}" in call
    assert not [argument for argument in call if "root_dir" in argument and str(ROOT) in argument]
    assert str(articles / COPIES) in capsys.readouterr().out


def test_the_copies_are_no_articles(project, articles):
    copies = working_copies(project, articles)
    (copies / "export.csv").write_text("text\nThree people were killed.", encoding="utf-8")
    found, problems = read_articles(articles)
    assert [article.article_id for article in found] == ["a.txt"]
    assert problems == []


def test_the_example_is_shown_as_stored_and_other_articles_begin_without_outputs(project, articles):
    def outputs(copies):
        notebook = nbformat.read(copies / "3-casualties.ipynb", as_version=4)
        return [output for cell in notebook.cells for output in cell.get("outputs", [])]

    assert outputs(working_copies(project, None))
    assert outputs(working_copies(project, articles)) == []


def test_outputs_last_but_not_for_another_folder(project, articles, tmp_path):
    copy = working_copies(project, articles) / "3-casualties.ipynb"
    save(copy, "a private name")
    assert "a private name" in (working_copies(project, articles) / copy.name).read_text("utf-8")
    other = tmp_path / "other"
    shutil.copytree(articles, other)
    assert "a private name" not in (working_copies(project, other) / copy.name).read_text("utf-8")


def test_a_newer_notebook_takes_the_place_of_a_copy_and_what_the_user_changed_is_kept(project, articles):
    copies = working_copies(project, articles)
    edit(copies / "3-casualties.ipynb", "# My own question?")
    save(copies / "4-sources.ipynb", "only run")
    working_copies(project, articles)
    assert "My own question" in (copies / "3-casualties.ipynb").read_text("utf-8")
    for name in ("3-casualties", "4-sources"):
        edit(project / "notebooks" / f"{name}.ipynb", "# A newer notebook?")
    working_copies(project, articles)
    (kept,) = copies.glob("*kept*")
    assert kept.name.startswith("3-casualties (changed, kept 2")
    assert "My own question" in kept.read_text("utf-8")
    assert all("A newer notebook" in (copies / f"{name}.ipynb").read_text("utf-8")
               for name in ("3-casualties", "4-sources"))
    edit(copies / "3-casualties.ipynb", "# Again my own?")
    edit(project / "notebooks" / "3-casualties.ipynb", "# The newest?")
    working_copies(project, articles)
    assert len(list(copies.glob("*kept*"))) == 2


def test_a_copy_that_cannot_be_read_is_kept_and_made_anew(project, articles):
    copies = working_copies(project, articles)
    (copies / "1-reading.ipynb").write_text("half a note", "utf-8")
    working_copies(project, articles)
    (kept,) = copies.glob("*kept*")
    assert kept.read_text("utf-8") == "half a note"
    assert nbformat.read(copies / "1-reading.ipynb", as_version=4).cells
