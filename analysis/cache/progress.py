"""A progress bar with rate and remaining time, in the terminal and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable

from tqdm.auto import tqdm


def bar(work: Iterable | None, words: str, unit: str, total: int | None = None, *, shown: bool = True,
        delay: float = 0) -> tqdm:
    """Return a bar around some work, or to ``update``; none where standard error is a file and no notebook.

    ``delay``: seconds without a word.
    """
    in_notebook = any(base.__module__ == "tqdm.notebook" for base in tqdm.__mro__)
    hidden = (False if in_notebook else None) if shown else True
    return tqdm(work, words, total, unit=unit, delay=delay, disable=hidden)
