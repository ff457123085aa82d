"""One article to its rows: the first stage, which reads one article and nothing else.

    article -> Doc -> mentions -> attributions -> casualties

An error of ours in one article costs that article its rows, which a problem says, and no other article anything.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc

from analysis import language, lexicon
from analysis.articles.decoding import without_surrogates
from analysis.attributions import attributions, unclear
from analysis.casualties import casualties, unread
from analysis.entities import link
from analysis.mentions import MentionIndex, mentions
from analysis.records import Article, Attribution, Casualty, Mention, Problem, Span

BATCH = 4 * language.BATCH  # articles that a worker process gets at once
NOT_ANALYSED = "not analysed"
_LONGEST = 300  # characters of an error's message


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
    claims = casualties(doc, index, voices)
    return Extract(doc._.article, named, voices, claims, [*unclear(doc), *unread(claims)], sentences)


def extract(articles: Iterable[Article], workers: int = 1) -> Iterator[Extract]:
    """Yield the rows of each article, in order; the same whatever the number of worker processes.

    An article in which any step fails has a problem instead of rows; only a full memory and a missing pipeline stop
    all. Holds no more than a few hundred articles at a time. Closing the iterator ends the processes.
    """
    waiting = iter(articles)
    if workers <= 1:
        language.pipeline()  # raises where it is missing, which is no article's fault
        while batch := tuple(islice(waiting, language.BATCH)):
            yield from (_extracted(article, doc) for article, doc in zip(batch, _parsed(batch), strict=True))
        return
    batches = iter(lambda: tuple(islice(waiting, BATCH)), ())
    pool = ProcessPoolExecutor(workers, initializer=_ignore_interrupts)
    own = lexicon.own()
    running = deque((batch, pool.submit(_extract_batch, own, batch)) for batch in islice(batches, 2 * workers))
    try:
        while running:
            batch, future = running.popleft()
            rows = future.result()
            running.extend((following, pool.submit(_extract_batch, own, following)) for following in islice(batches, 1))
            yield from (Extract(article, *of_article) for article, of_article in zip(batch, rows, strict=True))
    finally:
        pool.shutdown(cancel_futures=True)


def _parsed(batch: Sequence[Article]) -> Iterator[Doc | Exception]:
    """Parse some articles together; from the first failure on each by itself, so that the others have their Doc."""
    done = 0
    try:
        for doc in language.parse(batch):
            yield doc
            done += 1
    except MemoryError:
        raise
    except Exception as error:
        if len(batch) == 1:
            yield error
        else:
            for article in batch[done:]:
                yield from _parsed([article])


def _extracted(article: Article, doc: Doc | Exception) -> Extract:
    """Return the rows of an article, or the problem that it has none."""
    try:
        if isinstance(doc, Exception):
            raise doc
        return extract_doc(doc)
    except MemoryError:
        raise
    except Exception as error:
        words = without_surrogates(" ".join(f"{type(error).__name__}: {error}".split()))[:_LONGEST]
        detail = (f"the workbook failed at this article: its text is shown, but nothing in it is found or counted. "
                  f"Please report it with this error: {words}")
        return Extract(article, [], [], [], [Problem(article.article_id, NOT_ANALYSED, detail)], [])


def _ignore_interrupts() -> None:
    """Leave Ctrl-C, which the terminal sends to all, to the first process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _extract_batch(own: tuple[lexicon.Own, ...], articles: tuple[Article, ...]) -> list[tuple]:
    with lexicon.using(own):
        return [(e.mentions, e.attributions, e.casualties, e.problems, e.sentences) for e in extract(articles)]
