"""The notebooks that an analyst works on: copies beside the articles, made and refreshed by ``workbook.py lab``.

JupyterLab saves what a notebook shows, and those are the articles' words: none may get into the project's own files,
which may be shared. Only the standard library is used here, since ``lab`` makes the copies before it installs.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from datetime import date
from itertools import count
from pathlib import Path

COPIES = "workbook-notebooks"  # a folder of this name is never searched for articles
_KNOWN = ".workbook-notebooks.json"  # {notebook: what its copy was made from}


def working_copies(project: Path, articles: Path | None) -> Path:
    """Make or refresh the notebooks to work on for a folder of articles, None for the example; return their folder.

    What one folder's notebooks show is never shown for another. Where the project's notebook is a newer one, a copy
    in which a cell was changed is kept under a name with today's date.
    """
    copies, originals = copies_folder(project, articles), project / "notebooks"
    known = _json(copies / _KNOWN) or {}
    for original in sorted(originals.rglob("*.ipynb")):
        name = original.relative_to(originals).as_posix()
        if ".ipynb_checkpoints" in name:
            continue
        known[name] = _refresh(original, copies / name, known.get(name, {}),
                               None if original.parent != originals else str(articles or ""))
    (copies / _KNOWN).write_text(json.dumps(known, indent=1, sort_keys=True), "utf-8")
    return copies


def _refresh(original: Path, copy: Path, last: Mapping[str, str], shown: str | None) -> dict[str, str | None]:
    """Bring one copy up to date and return what it was made from.

    ``shown``: the articles that it shows, "" for the example, None for a notebook that always reads its own.
    """
    content = original.read_bytes()
    made_from = hashlib.sha256(content).hexdigest()
    notebook = _json(copy)
    if notebook is None or last.get("made_from") != made_from:
        if copy.exists() and (notebook is None or _cells(notebook) != last.get("cells")):
            copy.rename(_free_name(copy))
        _write(copy, _without_outputs(json.loads(content)) if shown else json.loads(content))
        return {"made_from": made_from, "cells": _cells(json.loads(content)), "articles": shown}
    if last.get("articles") != shown:  # the folder was copied or renamed, with what its notebooks show
        _write(copy, _without_outputs(notebook))
    return {**last, "articles": shown}


def copies_folder(project: Path, articles: Path | None) -> Path:
    """Make the folder for the copies: beside the articles, else among the user's own files; never in the project."""
    if articles and not articles.is_relative_to(project):
        try:
            (articles / COPIES).mkdir(exist_ok=True)
            if os.access(articles / COPIES, os.W_OK):
                return articles / COPIES
        except OSError:
            pass  # it can only be read
    mine = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    if os.name == "nt":
        mine = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        mine = Path.home() / "Library" / "Application Support"
    digest = hashlib.sha256(str(articles or project).encode()).hexdigest()[:12]
    copies = mine / "conflict-workbook" / f"{articles.name if articles else 'example'}-{digest}" / COPIES
    copies.mkdir(parents=True, exist_ok=True)
    return copies


def _json(path: Path) -> dict | None:
    """Return what a file of JSON holds, None where there is none that can be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write(path: Path, notebook: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _cells(notebook: Mapping[str, object]) -> str:
    """Return a check sum of a notebook's cells as they are written, whatever they show."""
    told = [[cell.get("cell_type"), "".join(cell.get("source", ""))] for cell in notebook.get("cells", ())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _without_outputs(notebook: dict) -> dict:
    for cell in notebook.get("cells", ()):
        if cell.get("cell_type") == "code":
            cell.update(outputs=[], execution_count=None)
    return notebook


def _free_name(path: Path) -> Path:
    """Return a path beside this one, with today's date, at which there is nothing."""
    names = (path.with_name(f"{path.stem} (changed, kept {date.today()}{f', {n}' if n > 1 else ''}){path.suffix}")
             for n in count(1))
    return next(name for name in names if not os.path.lexists(name))
