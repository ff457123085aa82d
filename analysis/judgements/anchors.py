"""Words in an article, found again after the article or the extraction has changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.records import Article, Span

if TYPE_CHECKING:
    from analysis.judgements.decisions import Judgement

CONTEXT = 30  # characters kept before and after the words
Located = tuple[str, int, int]  # article_id, start, end


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words at characters ``[start, end)`` of the article whose text has this ``sha256``, with their context."""

    article_id: str
    sha256: str
    start: int
    end: int
    words: str
    before: str
    after: str


def anchor(article: Article, start: int, end: int) -> Anchor:
    """Return the anchor of characters ``[start, end)``. Raises ValueError where the article has no such words."""
    text = article.text
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{article.article_id} has no characters {start} to {end}: it has {len(text)}")
    return Anchor(article.article_id, _sha256(article), start, end, text[start:end],
                  text[max(0, start - CONTEXT):start], text[end:end + CONTEXT])


def locate(anchor: Anchor, article: Article) -> Span | None:
    """Return where the anchor's words stand in an article, None where that is not certain.

    In the same text they stand where they stood. In a changed text they are found by the words with all of their
    context, white space aside, if that occurs exactly once. **Misses:** words whose neighbours were edited: an edit
    there ("police denied that ...") may turn what the words mean, so the analyst is asked again.
    """
    if _sha256(article) == anchor.sha256:
        span = (anchor.start, anchor.end)
        return span if article.text[anchor.start:anchor.end] == anchor.words else None
    if not anchor.words.strip():
        return None
    before, words, after = (r"\s+".join(map(re.escape, part.split()))
                            for part in (anchor.before, anchor.words, anchor.after))
    pattern = re.compile(rf"{before}\s*(?P<words>{words})\s*{after}")
    found = pattern.search(article.text)
    if found is None or pattern.search(article.text, found.start() + 1):
        return None
    return found.span("words")


def applicable(judgements: Iterable[Judgement], articles: Iterable[Article]
               ) -> dict[str, list[tuple[Judgement, tuple[Located, ...]]]]:
    """Return {kind: [(judgement, where its anchors stand now)]} in the order they were made.

    ``judgements`` is what ``Journal.in_force`` returned. One with an anchor that is not found is left out whole, and
    ``stale`` lists it; one about names only has no places: whether the names still exist is for the caller to say.
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
    judgements = list(judgements)
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


def _sha256(article: Article) -> str:
    return article.sha256 or hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
