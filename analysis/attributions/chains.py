"""Voices to rows: which attribution encloses which, who the sources are, and through whom the word came."""

from __future__ import annotations

from spacy.tokens import Doc

from analysis.attributions.certainty import certainty, stance
from analysis.attributions.phrases import characters
from analysis.attributions.quotes import Quotes
from analysis.attributions.sources import Sources
from analysis.attributions.voice import Voice
from analysis.mentions import MentionIndex
from analysis.records import Attribution, Spans
from analysis.stretches import Stretches


def rows(doc: Doc, found: list[Voice], quotes: Quotes, mentions: MentionIndex) -> list[Attribution]:
    """Return the voices as rows: numbered in order of their cues, nested, their sources resolved."""
    parents = nest(found)
    sources = Sources(doc, mentions)
    made: dict[int, Attribution] = {}
    kept = [n for n, voice in enumerate(found) if voice.cue.inner or parents[n] is None]
    numbers = {n: number for number, n in enumerate(kept)}
    for n in kept:
        sources.read(n, found[n])
    for n in sorted(kept, key=lambda n: (-_size(found[n]), found[n].under is not None)):  # the enclosing ones first
        above = parents[n]
        while above is not None and above not in made:
            above = parents[above]
        made[n] = _row(doc, found[n], numbers[n], made.get(above), quotes, sources, n)
    return [made[n] for n in kept]


def nest(found: list[Voice]) -> list[int | None]:
    """Return for each voice the number of the voice whose content holds its cue most closely."""
    parents: list[int | None] = []
    numbers = {id(voice): n for n, voice in enumerate(found)}
    contents = Stretches((start, end, m) for m, voice in enumerate(found) for start, end in voice.content)
    for n, voice in enumerate(found):
        if voice.under is not None:
            parents.append(numbers[id(voice.under)])
            continue
        cue = voice.words[0][0]
        holders = [m for m in contents.meeting(cue, cue + 1) if m != n and _size(found[m]) > _size(voice)
                   and not _holds(voice.content, found[m].words[0][0])]
        parents.append(min(holders, key=lambda m: _size(found[m]), default=None))
    return parents


def _holds(content: Spans, i: int) -> bool:
    return any(start <= i < end for start, end in content)


def _size(voice: Voice) -> int:
    return sum(end - start for start, end in voice.content)


def _row(doc: Doc, voice: Voice, number: int, parent: Attribution | None, quotes: Quotes, sources: Sources,
         n: int) -> Attribution:
    source, cue, content = (characters(doc, spans) for spans in (
        voice.source_spans, voice.words, voice.content))
    entity, told = sources.entity[n], sources.told[n]
    relay = (told,) if told and sources.is_named(voice.told) else ()
    chain = (*(parent.chain if parent else ()), *relay, *((entity,) if entity else ()))
    return Attribution(doc._.article.article_id, number, min(a for a, _ in (*source, *cue, *content)),
                       max(b for _, b in (*source, *cue, *content)), words(doc, source[:1]), entity, source,
                       words(doc, cue) or "", cue, content, told, _kind(voice, quotes), stance(voice),
                       certainty(voice), parent.depth + 1 if parent else 1,
                       parent.attribution if parent else None, chain)


def words(doc: Doc, spans: Spans) -> str | None:
    """Return the article's own words at character spans."""
    return " ".join(doc._.article.text[start:end] for start, end in spans) or None


def _kind(voice: Voice, quotes: Quotes) -> str:
    """Direct where at least nine words of ten stand in quotation marks, mixed where some do."""
    numbers = [i for start, end in voice.content for i in range(start, end)]
    quoted = sum(quotes.at(i) not in (None, quotes.at(voice.token.i)) for i in numbers)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * len(numbers) else "mixed"
