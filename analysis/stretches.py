"""What lies where in a text: the things that meet a stretch of it, without a look at all the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

_WIDTH = 256  # places of one bucket: about two sentences in characters

Thing = TypeVar("Thing")


class Stretches(Generic[Thing]):
    """Things by the stretches (start, end) that they take of a text, in characters or in tokens; end is excluded."""

    def __init__(self, rows: Iterable[tuple[int, int, Thing]]):
        self._buckets: dict[int, list[tuple[int, int, int, Thing]]] = defaultdict(list)
        for number, (start, end, thing) in enumerate(rows):
            for bucket in range(start // _WIDTH, end // _WIDTH + 1):
                self._buckets[bucket].append((number, start, end, thing))

    def meeting(self, start: int, end: int) -> list[Thing]:
        """Return the things that share a place with the stretch, in the order in which they were given.

        A thing that takes several stretches is returned for each of them.
        """
        found = {row[0]: row for bucket in range(start // _WIDTH, end // _WIDTH + 1)
                 for row in self._buckets.get(bucket, ()) if row[1] < end and start < row[2]}
        return [found[number][3] for number in sorted(found)]
