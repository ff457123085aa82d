"""Doc to attributions: who says what, with what word, to whom, through whom, how surely."""

from __future__ import annotations

from spacy.tokens import Doc

from analysis.attributions.chains import rows
from analysis.attributions.phrases import source_spans
from analysis.attributions.quotes import Quotes
from analysis.attributions.voices import voices
from analysis.mentions import MentionIndex
from analysis.records import Attribution


def attributions(doc: Doc, mentions: MentionIndex) -> list[Attribution]:
    """Return the attributions of a Doc, numbered in order of their cues."""
    quotes = Quotes(doc)
    found = voices(doc, quotes)
    for voice in found:
        voice.source_spans = source_spans(voice.source, voice.token)
    return rows(doc, found, quotes, mentions)
