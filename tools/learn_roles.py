"""Learn the weights of roles from labelled examples, and say how well they do on articles left out.

    python tools/learn_roles.py            fit on tests/roles/roles.csv, write lexicon/role_weights.csv
    python tools/learn_roles.py --check    only print the figures

Examples are rows of features without a text: which claims they come from cannot be told. ``group`` is the cluster of
articles that a row belongs to: cross-validation never learns from a group that it is measured on.
Rows of ``passages`` are sentences of our own without an article around them: what a place in an article means is not
learned from them, and they weigh less.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES, WEIGHTS = ROOT / "tests/roles/roles.csv", ROOT / "analysis/lexicon/role_weights.csv"
STRENGTH = 0.5  # scikit-learn's C: the less, the nearer to no weights at all
PASSAGE = 0.4  # what a passage counts beside a claim of a whole article
FOLDS = 5


def main() -> None:
    """Print the cross-validated figures and, unless only checking, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    write = not parser.parse_args().check
    names, rows = read()
    told = [row for row in rows if row["set"] != "passages"]
    for label, rest in (("scope", "news"), ("told", "first")):
        print(f"{label}: {accuracy(names, rows, told, label):.1f} % right of {len(told)} claims, "
              f"{FOLDS}-fold by group; always “{rest}”: {100 * np.mean([r[label] == rest for r in told]):.1f} %")
    print(f"told for the first time or not: {accuracy(names, rows, told, 'told', 'first'):.1f} %")
    if write:
        scope, told_as = weights(names, rows, "scope", "news"), weights(names, rows, "told", "first")
        save({name: scope[name] | told_as[name] for name in scope})


def read() -> tuple[list[str], list[dict[str, str]]]:
    """Return the names of the features and the example rows."""
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [name for name in rows[0] if name not in ("set", "group", "scope", "told")], rows


def fitted(names: Sequence[str], rows: Sequence[dict[str, str]], label: str) -> LogisticRegression:
    """Return a linear model of one label."""
    weigh = [PASSAGE if row.get("set") == "passages" else 1 for row in rows]
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    return model.fit(matrix(names, rows), [row[label] for row in rows], sample_weight=weigh)


def matrix(names: Sequence[str], rows: Sequence[dict[str, str]]) -> np.ndarray:
    """Return the features of the rows as numbers."""
    return np.array([[row[name] == "1" for name in names] for row in rows], dtype=float)


def accuracy(names: Sequence[str], rows: Sequence[dict[str, str]], told: Sequence[dict[str, str]], label: str,
             against: str | None = None) -> float:
    """Return how many of ``told`` are right in percent when their group is left out; ``against``: that value or not."""
    right = 0
    groups = [row["group"] for row in told]
    for _, test in GroupKFold(FOLDS).split(groups, groups=groups):
        left_out = {groups[number] for number in test}
        model = fitted(names, [row for row in rows if row["group"] not in left_out], label)
        some = [told[number] for number in test]
        for row, likely in zip(some, model.predict_proba(matrix(names, some)), strict=True):
            found = dict(zip(model.classes_, likely, strict=True))
            right += (row[label] == max(found, key=found.get)) if against is None else (
                (row[label] == against) == (found[against] >= 0.5))
    return 100 * right / len(told)


def weights(names: Sequence[str], rows: Sequence[dict[str, str]], label: str, rest: str) -> dict[str, dict[str, float]]:
    """Return {feature: {class: weight}} against the class ``rest``; "always" holds the intercepts."""
    model = fitted(names, rows, label)
    classes = list(model.classes_)
    at = classes.index(rest)
    others = [name for name in classes if name != rest]
    return {"always": {name: model.intercept_[classes.index(name)] - model.intercept_[at] for name in others}} | {
        feature: {name: model.coef_[classes.index(name)][number] - model.coef_[at][number] for name in others}
        for number, feature in enumerate(names)}


def save(rows: dict[str, dict[str, float]]) -> None:
    """Write new weights; the comments of the table and its words for readers stay."""
    columns = ["other", "over time", "part", "again"]
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    known = {row["feature"]: row for row in csv.DictReader(line for line in lines if not line.startswith("#"))}
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in lines if line.startswith("#"))
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "words", *columns, "source"])
        for name, row in rows.items():
            words = known.get(name, {}).get("words") or name
            writer.writerow([name, words, *(f"{row.get(column, 0):.2f}" for column in columns), "learned"])


if __name__ == "__main__":
    main()
