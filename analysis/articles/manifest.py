"""The manifest ``articles.csv`` of a folder: what its files cannot say of themselves."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

from analysis.articles.decoding import Undecodable, without_surrogates
from analysis.articles.delimited import csv_rows
from analysis.articles.fields import day, order_of
from analysis.files import plain
from analysis.records import Problem

MANIFEST = "articles.csv"
FIELDS = ("title", "outlet", "published", "url", "language", "rights")


def read_manifests(manifests: dict[str, Path], files: Collection[str]
                   ) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Return {file: its fields} of all manifests, paths below the input, and a row for each line of no use."""
    found: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for name, path in manifests.items():
        folder = name.rpartition("/")[0]
        for number, (line, row, guessed) in enumerate(_rows(path)):
            if guessed:
                problems.append(_problem(f"{name}:{line}" if number else name, "encoding guessed",
                                         f"{name} is not UTF-8 and was read as {guessed}: check its accents"))
            if number == 0:
                continue
            fault = row if isinstance(row, str) else _fault(row.get("file"))
            file = "" if fault else _below(folder, row["file"])
            fault = fault or (f"{file} is missing" if file not in files else
                              f"{file} has a line already" if file in found else None)
            if fault:
                problems.append(_problem(f"{name}:{line}", "manifest", f"{name}, line {line}: {fault}"))
            else:
                found[file] = {key: said for key in FIELDS if (said := (row.get(key) or "").strip())}
    order = order_of(fields.get("published") for fields in found.values())
    for fields in found.values():
        if when := day(fields.get("published"), order):
            fields["published"] = when
    return found, problems


def _rows(path: Path) -> Iterator[tuple[int, dict | str, str | None]]:
    try:
        yield from csv_rows(path)
    except (OSError, Undecodable) as error:
        yield 0, f"not read to its end: {plain(error, named=True)}", None


def is_manifest(path: Path) -> bool:
    """Return whether a file can be opened and has a column ``file``: an ``articles.csv`` may hold articles as well."""
    try:
        return path.is_file() and not path.is_symlink() and "file" in next(csv_rows(path))[1]
    except (OSError, Undecodable, csv.Error):
        return False


def _below(folder: str, file: str) -> str:
    """Return the path of a manifest's file, without what a path may hold too much: "a//b/./c" is "a/b/c"."""
    return "/".join(part for part in f"{folder}/{file}".split("/") if part not in ("", ".")) or "."


def _fault(file: str | None) -> str | None:
    """Return why ``file`` cannot name a file below the manifest's folder, None where it can."""
    if not file:
        return "the column file is empty"
    outside = file.startswith("/") or ".." in file.split("/")
    return f"{file!r} is not a path inside the folder" if outside else None


def _problem(name: str, what: str, detail: str) -> Problem:
    return Problem(without_surrogates(name), what, without_surrogates(detail))
