"""What is marked in an article: names, claims, who says what, and words that were searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.corpus import Corpus
from analysis.panels.page import Mark, words
from analysis.panels.tables import of_article, voices
from analysis.plots import figure_words


def marks(corpus: Corpus, article_id: str, entities: bool = True, claims: bool = True, attributions: bool = True,
          search: str = "") -> list[Mark]:
    """Return the marks of an article for the layers that are on, and for a word that was searched for."""
    found = [Mark(m.start, m.end, "entities", f"{words(m.entity)} ({words(m.type)}), found by {words(m.extracted_by)}")
             for m in of_article(corpus.mentions, article_id).itertuples() if entities]
    for c in of_article(corpus.casualties, article_id).itertuples() if claims else ():
        label = f"{c.effect} {figure_words(c.low, c.high, c.bound)}"
        found.append(Mark(c.start, c.end, "claims", f"{label}, {c.certainty}", label))
    said = of_article(corpus.attributions, article_id) if attributions else corpus.attributions.head(0)
    for a, voice in zip(said.itertuples(), voices(said), strict=True):
        note = f"{voice}: “{a.cue}” ({a.kind}, {a.certainty})"
        for layer, spans in (("content", a.content_spans), ("source", a.source_spans), ("cue", a.cue_spans)):
            found += [Mark(start, end, layer, note) for start, end in spans]
    text = corpus.text(article_id)
    return found + [Mark(*match.span(), "found") for match in matches(text, search)]


def matches(text: str, search: str) -> Iterable[re.Match[str]]:
    """Return where words stand in a text, capitals or not."""
    return re.finditer(re.escape(search.strip()), text, re.IGNORECASE) if search.strip() else ()
