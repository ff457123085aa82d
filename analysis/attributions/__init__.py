"""Doc to attributions: who says what, with what word, to whom, through whom, how surely.

A reporting word (``cues``) with its complements (``frames``), the quotations beside it (``quotes``, ``beside``) and
its speaker make a voice (``voices``; ``formulas`` for "according to" and headlines, ``turns`` for who goes on
speaking); ``sources`` resolves the speakers and ``chains`` nests the voices into rows.
"""

from __future__ import annotations

from spacy.tokens import Doc

from analysis.attributions.chains import rows
from analysis.attributions.phrases import source_spans
from analysis.attributions.quotes import Quotes
from analysis.attributions.voices import voices
from analysis.mentions import MentionIndex
from analysis.records import Attribution


def attributions(doc: Doc, mentions: MentionIndex) -> list[Attribution]:
    """Return the attributions of a Doc, numbered in order of their cues.

    ``mentions`` gives the entities of sources and hearers; a source that no mention covers is its own phrase without
    a leading article, an unclear pronoun stays null. A row whose cue stands in the content of another has it as its
    parent; ``chain`` runs from the outermost voice over those who were told to the root.

    **Misses:** reports without a reporting word ("the mood is sour among traders"), quotations inside quotations,
    a quotation that an odd mark cuts, "it" and "they" as speakers, words that report only by the way ("the raid drew
    anger"). Wishes and attitudes ("seeks to") are rows only where no other attribution encloses them.
    """
    quotes = Quotes(doc)
    found = voices(doc, quotes)
    for voice in found:
        voice.source_spans = source_spans(voice.source, voice.token)
    return rows(doc, found, quotes, mentions)
