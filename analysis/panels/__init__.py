"""What the notebooks show: plain functions from a corpus to tables and pages, and panels of controls around them.

``page`` makes HTML and escapes all that comes from articles; ``panel`` holds the controls; ``reading``, ``entities``,
``casualties`` and ``sources`` serve one notebook each, and every function there works without a widget.
"""

from analysis.panels.casualties import casualties_panel
from analysis.panels.claims import claims_view, ledger_view, news_and_others, pick_claims, statements
from analysis.panels.comparing import (
    accounts_panel,
    comparison_view,
    copies_view,
    independence,
    leanings,
    leanings_view,
    omission_panel,
    omission_view,
    readings_view,
    statements_over_time,
)
from analysis.panels.entities import ends_view, entities_panel, entities_view, pairs, pick_articles, sentences
from analysis.panels.exporting import export_panel, export_tables
from analysis.panels.grading import grading_panel, numbers_panel
from analysis.panels.headlines import (
    casualties_headline,
    entities_headline,
    opening,
    reading_headline,
    sources_headline,
)
from analysis.panels.maps import beside_map, map_places, places_view
from analysis.panels.names import aliases_view, decisions_view, names_panel
from analysis.panels.page import prose, show, table_html
from analysis.panels.prepared import pick_mentions
from analysis.panels.queue import review_panel
from analysis.panels.reading import alike, article_html, concordance, facts, findings, findings_view, reading_panel
from analysis.panels.review import reviewed
from analysis.panels.sources import attributions_view, chains, grades_view, sources_panel, sources_view
from analysis.panels.tables import ALL, of_article
from analysis.panels.totals import (
    doubts,
    incidents_view,
    overall_view,
    policies,
    policies_view,
    toll,
    toll_view,
    totals,
)

__all__ = ["ALL", "accounts_panel", "aliases_view", "alike", "article_html", "attributions_view", "beside_map",
           "casualties_headline", "casualties_panel", "chains", "claims_view", "comparison_view", "concordance",
           "copies_view", "decisions_view", "doubts", "ends_view", "entities_headline", "entities_panel",
           "entities_view", "export_panel", "export_tables", "facts", "findings", "findings_view", "grades_view",
           "grading_panel", "incidents_view", "independence", "leanings", "leanings_view", "ledger_view", "map_places",
           "names_panel", "news_and_others", "numbers_panel", "of_article", "omission_panel", "omission_view",
           "opening", "overall_view", "pairs", "pick_articles", "pick_claims", "pick_mentions", "places_view",
           "policies", "policies_view", "prose", "reading_headline", "reading_panel", "readings_view", "review_panel",
           "reviewed", "sentences", "show", "sources_headline", "sources_panel", "sources_view", "statements",
           "statements_over_time", "table_html", "toll", "toll_view", "totals"]
