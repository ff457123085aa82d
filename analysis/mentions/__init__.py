"""Doc to mentions: the actors, places, times and things that the text names.

    names (gazetteer, model) -> phrases around type words, titles -> countries that act -> outermost first
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from analysis import language, lexicon, places
from analysis.dates import dates
from analysis.mentions.acronyms import explained
from analysis.mentions.acting import countries_act
from analysis.mentions.names import names
from analysis.mentions.persons import persons
from analysis.mentions.phrases import phrases
from analysis.mentions.places_named import narrowed
from analysis.mentions.words import Found, Words, outermost
from analysis.records import Mention
from analysis.stretches import Stretches

__all__ = ["MentionIndex", "mentions"]

_CREDITED = re.compile(r"(?:[:/,]|\bby|\bvia|\bcourtesy(?: of)?)\s*([^:/,()\[\]]*[^:/,()\[\]\s])")


def mentions(doc: Doc) -> list[Mention]:
    """Return the mentions of a Doc by start, the outermost first; ``entity`` is filled by ``entities.link``.

    A name of the lexicon and a country have their ``entity`` already. ``extracted_by`` is the rule, or "model" for
    what only the pipeline found.
    **Misses:** pronouns; people named by a common noun ("civilians"); what names, phrases and persons miss.
    """
    words = Words(doc)
    named = names(words)
    found = outermost([*persons(words, named), *phrases(words), *narrowed(words, named),
                       *(one for one in named if one.type != "person")])
    found = [one for one in outermost(explained(words, found)) if one.type != "none"]
    countries_act(words, found)
    rows = [*_apart([_row(doc, one) for one in found], list(_dates(doc))), *_credits(doc)]
    return sorted(rows, key=lambda row: (row.start, -row.end))


def _apart(rows: list[Mention], times: list[Mention]) -> list[Mention]:
    """Return names and dates that do not overlap: a date inside a longer name ("Sunday Times") goes, else it stays."""
    named = Stretches((row.start, row.end, row) for row in rows)
    times = [time for time in times if not any(row.start <= time.start and time.end <= row.end
                                               and time.end - time.start < row.end - row.start
                                               for row in named.meeting(time.start, time.end))]
    dated = Stretches((time.start, time.end, time) for time in times)
    return [row for row in rows if not dated.meeting(row.start, row.end)] + times


def _row(doc: Doc, one: Found) -> Mention:
    span = doc[one.first:one.last]
    start, end = span.start_char, span.end_char
    place = None
    if one.type in ("place", "facility") and not one.nominal:
        place = places.resolve(span.text, **places.context(doc, start, end))
    article = doc._.article
    return Mention(article.article_id, start, end, article.text[start:end], one.type, one.entity, one.nominal,
                   place_id=place and place.place_id, latitude=place and place.latitude,
                   longitude=place and place.longitude, where_prec=place and place.where_prec, extracted_by=one.rule)


def _dates(doc: Doc) -> Iterator[Mention]:
    article = doc._.article
    for time in dates(doc):
        yield Mention(article.article_id, time.start, time.end, article.text[time.start:time.end], "date",
                      date=time.date, extracted_by="date")


def _credits(doc: Doc) -> Iterator[Mention]:
    """Yield who is credited with a photo: named, but never a source."""
    article = doc._.article
    for start, end in language.credits(article.text):
        for match in _CREDITED.finditer(article.text, start, end):
            yield Mention(article.article_id, *match.span(1), match[1], "media", _outlets().get(match[1]),
                          extracted_by="photo credit")


@lexicon.cached
def _outlets() -> dict[str, str]:
    return {alias: row.name for row in lexicon.names() if row.type == "media" for alias in (row.name, *row.aliases)}


class MentionIndex:
    """Mentions looked up by token: which named thing does this word belong to?"""

    def __init__(self, doc: Doc, rows: list[Mention]):
        self.doc, self.rows = doc, rows
        self._at: dict[int, Mention] = {}
        self._places = Stretches((row.start, row.end, row) for row in rows)
        for row in sorted(rows, key=lambda row: row.end - row.start):
            span = doc.char_span(row.start, row.end, alignment_mode="expand")
            for token in span or ():
                self._at[token.i] = row  # the outermost is written last and wins

    def at(self, token: Token) -> Mention | None:
        """Return the outermost mention that holds the token."""
        return self._at.get(token.i)

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions that lie inside a span, in order."""
        return [row for row in self._places.meeting(span.start_char, span.end_char)
                if span.start_char <= row.start and row.end <= span.end_char]
