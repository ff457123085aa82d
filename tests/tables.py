"""The tables of sentences in the folders beside this file; a line that starts with # is a comment."""

import csv
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def table(name):
    """Return the rows of a table as dictionaries."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    assert rows, f"{name} holds no row"
    return rows


def case(*values, name, miss=None):
    """Return a case for ``parametrize``, marked as a known miss where ``miss`` says why it is one."""
    return pytest.param(*values, id=name, marks=[pytest.mark.xfail(strict=True, reason=miss)] if miss else ())
