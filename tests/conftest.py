"""What all tests share: nobody's settings, and a browser where there is one."""

import os
import shutil

import browser
import pytest
from hypothesis import settings

import workbook
from analysis.corpus import Corpus

# As `workbook.py test` does, for those who call pytest themselves: always the example, always the default pipeline.
for setting in ("WORKBOOK_ARTICLES", "WORKBOOK_PIPELINE"):
    os.environ.pop(setting, None)


# Generated cases are always the same ones; `--hypothesis-profile=thorough` tries many new ones.
settings.register_profile("suite", derandomize=True)
settings.register_profile("thorough", max_examples=2000, print_blob=True)
settings.load_profile("suite")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory):
    """What the tests read is kept in a folder of theirs, the notebooks' kernels included."""
    os.environ["WORKBOOK_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def _own_journal(tmp_path, monkeypatch):
    """Each test has a journal of its own, so that no judgement made elsewhere changes it."""
    monkeypatch.setenv("WORKBOOK_JOURNAL", str(tmp_path / "judgements.jsonl"))


@pytest.fixture
def corpus_of(tmp_path, monkeypatch):
    """Make a corpus of texts by file name, with its journal beside them."""
    def made(texts):
        monkeypatch.delenv("WORKBOOK_JOURNAL", raising=False)
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return Corpus(tmp_path, progress=False)
    return made


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium; without one the test is skipped, or fails where WORKBOOK_REQUIRE_BROWSER is set."""
    if browser.EXECUTABLE is None:
        if os.environ.get("WORKBOOK_REQUIRE_BROWSER"):
            pytest.fail("WORKBOOK_REQUIRE_BROWSER is set, and there is no Chromium on the PATH")
        pytest.skip("no Chromium on the PATH (Debian and Ubuntu: apt install chromium)")
    with browser.chromium() as running:
        yield running


@pytest.fixture(scope="session")
def lab(chromium, tmp_path_factory):
    """JupyterLab on a copy of the notebooks and the example, which tests may change."""
    folder = tmp_path_factory.mktemp("workbook")
    for part in ("notebooks", "seeds"):
        shutil.copytree(workbook.ROOT / part, folder / part, ignore=shutil.ignore_patterns("judgements.jsonl*"))
    with browser.serve(folder) as server:
        yield server


@pytest.fixture
def open_notebook(chromium, lab):
    """Call it with a notebook's path inside the project to get it open in a page, not yet run."""
    opened = []

    def open_one(path):
        opened.append(browser.Notebook(chromium, lab, path))
        return opened[-1]

    yield open_one
    for notebook in opened:
        notebook.close()
