"""One voice: who says what, with which word, and to whom, as tokens of the Doc."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.attributions.cues import Cue
from analysis.records import Spans


@dataclass
class Voice:
    """Who (``source``) says what (``content``, token ranges) with which word, and to whom."""

    cue: Cue
    token: Token
    words: Spans
    source: Token | None
    content: Spans
    told: Token | None = None
    source_spans: Spans = ()
    under: Voice | None = None  # the voice that passes it on, where no content tells
