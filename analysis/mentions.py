"""Doc to mentions: the actors, places, times and things that the text names."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from analysis.records import Mention


def mentions(doc: Doc) -> list[Mention]:
    """Return the mentions of a Doc by start, the outermost first; ``entity`` is filled by ``entities.link``."""
    return []


class MentionIndex:
    """Mentions looked up by token: which named thing does this word belong to?"""

    def __init__(self, doc: Doc, rows: list[Mention]):
        self.doc, self.rows = doc, rows
        self._at: dict[int, Mention] = {}
        for row in sorted(rows, key=lambda row: row.end - row.start):
            span = doc.char_span(row.start, row.end, alignment_mode="expand")
            for token in span or ():
                self._at[token.i] = row  # the outermost is written last and wins

    def at(self, token: Token) -> Mention | None:
        """Return the outermost mention that holds the token."""
        return self._at.get(token.i)

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions that lie inside a span, in order."""
        return [row for row in self.rows if span.start_char <= row.start and row.end <= span.end_char]
