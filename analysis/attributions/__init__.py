"""Doc to attributions: who says what, with what word, to whom, through whom, how surely.

A reporting word (``cues``) with its complements (``frames``), the quotations beside it (``quotes``, ``beside``) and
its speaker make a voice (``voices``; ``formulas`` for "according to" and headlines, ``turns`` for who goes on
speaking); ``sources`` resolves the speakers and ``chains`` nests the voices into rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from analysis.attributions.chains import rows
from analysis.attributions.phrases import source_spans
from analysis.attributions.quotes import Quotes, odd_marks
from analysis.attributions.voices import voices
from analysis.mentions import MentionIndex
from analysis.records import Attribution, Problem

__all__ = ["attributions", "unclear"]


def attributions(doc: Doc, mentions: MentionIndex) -> list[Attribution]:
    """Return the attributions of a Doc, numbered in order of their cues.

    ``mentions`` gives the entities of sources and hearers; a source that no mention covers is its own phrase without
    a leading article, an unclear pronoun stays null. A row whose cue stands in the content of another has it as its
    parent; ``chain`` runs from the outermost voice over those who were told to the root.

    **Misses:** reports without a reporting word ("the mood is sour among traders"), a quotation that an odd mark
    cuts, each of several speakers of one sentence ("the mayor and the bishop said"), words that report only by
    the way ("the raid drew anger"), a voice that ends a sentence without its comma, "read a statement". Wishes and
    attitudes ("seeks to") are rows only where no other attribution encloses them.
    """
    quotes = Quotes(doc)
    found = voices(doc, quotes)
    for voice in found:
        voice.source_spans = voice.source_spans or source_spans(voice.source, voice.token)
    return rows(doc, found, quotes, mentions)


def unclear(doc: Doc) -> Iterator[Problem]:
    """Yield a row where quotation marks have no other half: the article is read, but who says what there is a guess."""
    odd = odd_marks(doc)
    if odd:
        article = doc._.article
        near = " ".join(article.text[max(odd[0] - 30, 0):odd[0] + 30].split())
        yield Problem(article.article_id, "odd quotation mark",
                      f"{len(odd)} without the other half, the first at character {odd[0]:,}: … {near} …")
