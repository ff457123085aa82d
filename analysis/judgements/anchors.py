"""Words in an article, found again after the article or the extraction has changed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from analysis.records import Article, Span

CONTEXT = 30  # characters kept before and after the words


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
    text, start, end = article.text, int(start), int(end)  # a table's numbers are numpy's, which JSON does not know
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


def _sha256(article: Article) -> str:
    return article.sha256 or hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
