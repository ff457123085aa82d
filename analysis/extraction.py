"""One article to its rows: the first stage, which reads one article and nothing else.

    article -> Doc -> mentions -> attributions -> casualties
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc

from analysis import language, lexicon
from analysis.attributions import attributions, unclear
from analysis.casualties import casualties
from analysis.entities import link
from analysis.mentions import MentionIndex, mentions
from analysis.records import Article, Attribution, Casualty, Mention, Problem, Span

BATCH = 4 * language.BATCH  # articles that a worker process gets at once


@dataclass(frozen=True, slots=True)
class Extract:
    """The rows of one article, what could not be read in it, and the spans of its sentences."""

    article: Article
    mentions: list[Mention]
    attributions: list[Attribution]
    casualties: list[Casualty]
    problems: list[Problem]
    sentences: list[Span]


def extract_doc(doc: Doc) -> Extract:
    """Return the rows of one parsed article."""
    named = link(doc, mentions(doc))
    index = MentionIndex(doc, named)
    voices = attributions(doc, index)
    sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    return Extract(doc._.article, named, voices, casualties(doc, index, voices), list(unclear(doc)), sentences)


def extract(articles: Iterable[Article], workers: int = 1) -> Iterator[Extract]:
    """Yield the rows of each article, in order; the same whatever the number of worker processes.

    Holds no more than a few hundred articles at a time. Closing the iterator ends the processes.
    """
    if workers <= 1:
        yield from map(extract_doc, language.parse(articles))
        return
    waiting = iter(articles)
    batches = iter(lambda: tuple(islice(waiting, BATCH)), ())
    pool = ProcessPoolExecutor(workers, initializer=_start, initargs=(lexicon.own(),))
    running = deque((batch, pool.submit(_extract_batch, batch)) for batch in islice(batches, 2 * workers))
    try:
        while running:
            batch, future = running.popleft()
            rows = future.result()
            running.extend((following, pool.submit(_extract_batch, following)) for following in islice(batches, 1))
            yield from (Extract(article, *of_article) for article, of_article in zip(batch, rows, strict=True))
    finally:
        pool.shutdown(cancel_futures=True)


def _start(own: tuple[lexicon.Name, ...]) -> None:
    """Make a worker know the user's names, and leave Ctrl-C, which the terminal sends to all, to the first process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lexicon.use(own)


def _extract_batch(articles: tuple[Article, ...]) -> list[tuple]:
    return [(e.mentions, e.attributions, e.casualties, e.problems, e.sentences) for e in extract(articles)]
