"""Which decisions fit the articles as they are now, and where: what assembly applies, and what it must report."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.judgements.anchors import locate
from analysis.judgements.decisions import Judgement, in_force
from analysis.records import Article

Located = tuple[str, int, int]  # article_id, start, end


def applicable(judgements: Iterable[Judgement], articles: Iterable[Article]
               ) -> dict[str, list[tuple[Judgement, tuple[Located, ...]]]]:
    """Return {kind: [(judgement, where its anchors stand now)]} in the order they were made.

    Only judgements in force count. One with an anchor that is not found is left out whole, and ``stale`` lists it; one
    about names only has no places: whether the names still exist is for the caller to say.
    """
    found: dict[str, list[tuple[Judgement, tuple[Located, ...]]]] = {}
    for judgement, places, fault in _look_up(judgements, articles):
        if fault is None:
            found.setdefault(judgement.kind, []).append((judgement, places))
    return found


def stale(judgements: Iterable[Judgement], articles: Iterable[Article]) -> list[tuple[Judgement, str]]:
    """Return the judgements in force that no longer fit these articles, each with why."""
    return [(judgement, fault) for judgement, _, fault in _look_up(judgements, articles) if fault]


def _look_up(judgements: Iterable[Judgement], articles: Iterable[Article]
             ) -> list[tuple[Judgement, tuple[Located, ...], str | None]]:
    judgements = in_force(judgements)
    wanted = {anchor.sha256 for judgement in judgements for anchor in judgement.anchors}
    names = {anchor.article_id for judgement in judgements for anchor in judgement.anchors}
    by_text: dict[str, list[Article]] = {}
    by_id: dict[str, Article] = {}
    for article in articles if wanted else ():
        if article.sha256 in wanted:
            by_text.setdefault(article.sha256, []).append(article)
        if article.article_id in names:
            by_id[article.article_id] = article
    return [(judgement, *_places(judgement, by_text, by_id)) for judgement in judgements]


def _places(judgement: Judgement, by_text: dict[str, list[Article]], by_id: dict[str, Article]
            ) -> tuple[tuple[Located, ...], str | None]:
    """Return where the anchors of one judgement stand, or why one of them stands nowhere."""
    places = []
    for anchor in judgement.anchors:
        same = by_text.get(anchor.sha256, ())
        # A renamed article is known by its text; of two with one text the one that keeps its name is meant.
        article = next((a for a in same if a.article_id == anchor.article_id),
                       same[0] if same else by_id.get(anchor.article_id))
        if article is None:
            return (), f"{anchor.article_id} is not among the articles"
        span = locate(anchor, article)
        if span is None:
            return (), f"{anchor.article_id} has changed, and {anchor.words!r} is not found again with certainty"
        places.append((article.article_id, *span))
    return tuple(places), None
