"""What the notebooks show: plain functions from a corpus to tables and pages, and panels of controls around them.

``page`` makes HTML and escapes all that comes from articles; ``panel`` holds the controls; ``reading``, ``entities``,
``casualties`` and ``sources`` serve one notebook each, and every function there works without a widget.
"""

from analysis.panels.casualties import (
    casualties_panel,
    claims_view,
    incidents_view,
    ledger_view,
    policies,
    policies_view,
    statements,
)
from analysis.panels.entities import entities_panel, linked, pick_mentions, tally, types
from analysis.panels.grading import grading_panel
from analysis.panels.page import show, table_html
from analysis.panels.reading import article_html, concordance, facts, reading_panel
from analysis.panels.sources import (
    attributions_view,
    chains,
    comparison_view,
    grades_view,
    leanings_view,
    readings_view,
    sources_panel,
    sources_view,
)
from analysis.panels.tables import ALL, of_article

__all__ = ["ALL", "article_html", "attributions_view", "casualties_panel", "chains", "claims_view", "comparison_view",
           "concordance", "entities_panel", "facts", "grades_view", "grading_panel", "incidents_view", "leanings_view",
           "ledger_view", "linked", "of_article", "pick_mentions", "policies", "policies_view", "reading_panel",
           "readings_view", "show", "sources_panel", "sources_view", "statements", "table_html", "tally", "types"]
