"""The same extraction on many machines: a Dask cluster whose workers write Parquet files to a path that all share.

A worker that is lost takes nothing with it but the articles it was at, which the scheduler gives to another. Workers
need this package and the same spaCy pipeline; one with other rules is an error, never a table of two kinds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import fsspec
import pyarrow.parquet as pq
from dask.distributed import Client, Future

from analysis import extraction, lexicon
from analysis.cache import keys, segments
from analysis.extraction import Extract
from analysis.records import Article

BATCH = extraction.BATCH  # articles of one file
RETRIES = 3  # of a batch whose worker failed, beside those that Dask does for lost workers
PATIENCE = 30  # seconds to wait for a first worker
_AHEAD = 4  # batches a worker that wait at the scheduler


def extract(articles: Iterable[Article], scheduler: str, shared: str | Path) -> Iterator[Extract]:
    """Yield the rows of each article, in order, the same as one machine's.

    ``scheduler``: its address, ``tcp://host:8786``; ``shared``: a folder that this machine and every worker reach,
    a path or any address that fsspec knows. Raises OSError where no cluster or worker answers or a file is
    not to be seen here, RuntimeError where a worker has other rules or another pipeline.
    """
    version = (keys.rules_version(), keys.model_version())
    files, folder = fsspec.url_to_fs(str(shared))
    if files.isfile(folder):
        raise NotADirectoryError(f"{shared} is a file: name a folder that all machines share in --shared")
    files.makedirs(folder, exist_ok=True)
    waiting = iter(articles)
    batches = iter(lambda: tuple(islice(waiting, BATCH)), ())
    with Client(scheduler) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise TimeoutError(f"the cluster at {scheduler} has had no worker for {PATIENCE} seconds: start one with "
                               f"dask worker {scheduler}") from error

        def submitted(most: int) -> Iterator[tuple[tuple[Article, ...], Future]]:
            return ((batch, client.submit(_write, batch, lexicon.own(), version, str(shared), pure=False,
                                          retries=RETRIES)) for batch in islice(batches, most))

        running = deque(submitted(_AHEAD * max(1, len(client.nthreads()))))
        while running:
            batch, future = running.popleft()
            path = future.result()
            running.extend(submitted(1))
            if not files.exists(path):
                raise OSError(f"{path} was written by a worker and is not to be seen here: name a folder that all "
                              f"machines share")
            with files.open(path) as file:
                yield from segments.from_table(pq.read_table(file), batch)
            files.rm(path)


def _write(articles: tuple[Article, ...], own: tuple[lexicon.Own, ...], version: tuple[str, str],
           shared: str) -> str:
    """Extract some articles in a worker, write one file and return its path. It has its name only when it is whole."""
    if version != (keys.rules_version(), keys.model_version()):
        raise RuntimeError("this worker has other rules, word lists or another spaCy pipeline than the one that asks: "
                           "install the same version of the workbook on every machine")
    with lexicon.using(own):
        key = keys.keys()
        rows = segments.to_table({f"{key(e.article)} {number}": e
                                  for number, e in enumerate(extraction.extract(articles))})
    files, folder = fsspec.url_to_fs(shared)
    path = f"{folder}/part-{keys.digest(rows.column('key').to_pylist())}.parquet"
    with files.open(f"{path}.unfinished", "wb") as file:
        pq.write_table(rows, file, compression="zstd", write_page_checksum=True)
    files.mv(f"{path}.unfinished", path)
    return path
