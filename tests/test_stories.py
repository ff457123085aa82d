"""Whole reports, read to the totals: what a careful reader makes of them is in tests/casualties/stories.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from analysis import language
from analysis.assembly import assemble
from analysis.extraction import extract_doc
from analysis.incidents import POLICIES
from analysis.records import Article

STORIES = yaml.safe_load((Path(__file__).parent / "casualties" / "stories.yaml").read_text(encoding="utf-8"))
DEFAULT = next(iter(POLICIES.values())).name


def news(story: dict) -> dict[str, list[int | None]]:
    """Return {effect: [low, best, high]} of the incidents of the first event that a report tells of."""
    article = Article("story", text=story["text"], published=story.get("published"))
    rows = assemble([extract_doc(doc) for doc in language.parse([article])])
    if not rows["casualties"]:
        return {}
    first = rows["casualties"][0].incident
    return {row.effect: [row.low, row.best, row.high] for row in rows["incidents"]
            if row.incident == first and row.policy == DEFAULT}


@pytest.mark.parametrize("story", [
    pytest.param(story, id=story["name"], marks=pytest.mark.xfail(strict=True, reason=story["miss"])
                 if "miss" in story else ()) for story in STORIES])
def test_the_totals_of_a_report_are_those_a_careful_reader_finds(story):
    assert news(story) == story["totals"]
