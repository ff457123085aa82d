"""The weights of roles: none is missing, none is idle, and the examples in the repo give them again."""

from __future__ import annotations

import ast
import importlib.util
import re
from itertools import combinations

import pytest

from analysis import lexicon
from analysis.casualties import features as module
from analysis.casualties import roles
from workbook import ROOT

CLASSES = (roles.OTHER, roles.OVER_TIME, roles.PART, roles.AGAIN)
PLAIN = {"always": (0.0, 0.0, 0.0, 0.0), "of old": (3.0, 0.0, 0.0, 0.0), "since then": (0.0, 3.0, 0.0, 0.0),
         "including": (0.0, 0.0, 3.0, 0.0), "once more": (0.0, 0.0, 0.0, 3.0), "idle": (0.0, 0.0, 0.0, 0.0)}
TABLE = {name: dict(zip(CLASSES, weights, strict=True)) for name, weights in PLAIN.items()}


def given():
    """The names of features as they stand in the code; the gaps of what is put together as ``.+``."""
    names = set()
    for function in ast.parse((ROOT / "analysis/casualties/features.py").read_text("utf-8")).body:
        if isinstance(function, ast.FunctionDef) and "dict[str, bool]" in ast.unparse(function.returns or function):
            keys = [key for node in ast.walk(function) if isinstance(node, ast.Dict) for key in node.keys]
            keys += [node.slice for node in ast.walk(function) if isinstance(node, ast.Subscript)
                     and isinstance(node.ctx, ast.Store)]
            for key in keys:
                parts = key.values if isinstance(key, ast.JoinedStr) else [key]
                names.add("".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in parts))
    return names


def test_every_feature_has_weights_and_all_weights_a_feature():
    names, rows = given(), roles.weights().keys() - {roles.BIAS}
    assert len(names) > 50
    assert roles.BIAS in roles.weights()
    assert {name for name in names if not any(re.fullmatch(name, row) for row in rows)} == set()
    assert {row for row in rows if not any(re.fullmatch(name, row) for name in names)} == set()


@pytest.mark.parametrize(("form", "values"), [
    ("last of its effect was {}", (roles.TOLL, roles.OTHER)), ("same sentence as {}", ("news", *module._KIND.values())),
    ("next sentence after {}", ("news", *module._KIND.values()))])
def test_what_is_put_together_has_weights_for_each_value(form, values):
    assert {form.format(value) for value in values} <= roles.weights().keys()


def test_the_table_has_words_for_readers():
    rows = lexicon.rows("role_weights")
    assert len({row["feature"] for row in rows}) == len(rows) > 50
    assert [row["feature"] for row in rows if not str(row["words"] or "").strip()] == []


@pytest.mark.parametrize(("features", "name", "told", "reasons"), [
    ((), "toll", "first", ()),
    (("idle", "not in the table"), "toll", "first", ()),
    (("of old",), "other", "first", ("of old",)),
    (("since then",), "over time", "first", ("since then",)),
    (("including",), "part", "part", ("including",)),
    (("once more", "idle"), "again", "again", ("once more",)),
    (("of old", "including"), "other", "part", ("of old",)),
])
def test_the_likeliest_role_and_what_speaks_for_it(features, name, told, reasons):
    table = {**TABLE, "always": dict.fromkeys(CLASSES, -2.0)}
    found = roles.role(features, table)
    assert (found.name, found.told, found.reasons) == (name, told, reasons)


def test_a_probability_is_that_of_the_scope_and_of_how_it_is_told():
    """All three scopes and all three ways of telling are alike likely without weights."""
    even = roles.role((), TABLE)
    assert (even.name, round(even.probability, 3)) == ("part", 0.111)
    old = roles.role(("of old",), TABLE)
    assert (old.name, round(old.probability, 3)) == ("other", 0.909)


def test_a_claim_is_of_the_news_unless_something_else_is_much_likelier():
    for weight, name in ((0.25, "toll"), (0.28, "other")):  # exp(0.26) is 1.3
        table = {"always": dict(zip(CLASSES, (weight, -9.0, -9.0, -9.0), strict=True))}
        assert roles.role((), table).name == name


def test_every_role_has_a_probability_and_reasons_in_words():
    names = sorted(roles.weights().keys() - {roles.BIAS})
    for few in [(), names, *combinations(names, 1), *list(combinations(names, 2))[::7]]:
        found = roles.role(few)
        assert found.name in roles.ROLES
        assert 0 < found.probability <= 1
        assert len(found.reasons) <= 3
        assert all(reason.strip() for reason in found.reasons)


def test_the_examples_give_the_committed_weights():
    """Else a clone could not learn them again; scikit-learn's versions may differ in the third figure."""
    spec = importlib.util.spec_from_file_location("learn_roles", ROOT / "tools/learn_roles.py")
    learn = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(learn)
    names, rows = learn.read()
    scope, told = learn.weights(names, rows, "scope", "news"), learn.weights(names, rows, "told", "first")
    learned = {name: scope[name] | told[name] for name in scope}
    committed = roles.weights()
    assert learned.keys() == committed.keys()
    assert {(name, column): (round(float(value), 2), committed[name][column])
            for name, row in learned.items() for column, value in row.items()
            if abs(value - committed[name][column]) > 0.015} == {}
