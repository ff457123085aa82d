"""One article to its rows: the first stage, which reads one article and nothing else.

    article -> Doc -> mentions -> attributions -> casualties
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice

from spacy.tokens import Doc

from analysis import language, lexicon
from analysis.attributions import attributions
from analysis.casualties import casualties
from analysis.entities import link
from analysis.mentions import MentionIndex, mentions
from analysis.records import Article, Attribution, Casualty, Mention, Span


@dataclass(frozen=True, slots=True)
class Extract:
    """The rows of one article, and the spans of its sentences."""

    article: Article
    mentions: list[Mention]
    attributions: list[Attribution]
    casualties: list[Casualty]
    sentences: list[Span]


def extract_doc(doc: Doc) -> Extract:
    """Return the rows of one parsed article."""
    named = link(doc, mentions(doc))
    index = MentionIndex(doc, named)
    voices = attributions(doc, index)
    sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    return Extract(doc._.article, named, voices, casualties(doc, index, voices), sentences)


def extract(articles: Iterable[Article], workers: int = 1) -> Iterator[Extract]:
    """Yield the rows of each article, in order; the same whatever the number of worker processes."""
    if workers <= 1:
        yield from map(extract_doc, language.parse(articles))
        return
    waiting = iter(articles)
    batches = iter(lambda: tuple(islice(waiting, 4 * language.BATCH)), ())
    with ProcessPoolExecutor(workers, initializer=lexicon.use, initargs=(lexicon.own(),)) as pool:
        yield from chain.from_iterable(pool.map(_extract_batch, batches))


def _extract_batch(articles: tuple[Article, ...]) -> list[Extract]:
    return list(extract(articles))
