"""The file of decisions: one JSON line each, appended under a lock and on the disk before it counts.

Nothing is ever edited or deleted. A decision is taken back by a line that names it, and that line can be taken back
in the same way. A line that cannot be read stays where it is, is reported, and costs no other line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.files import plain, sync_folder
from analysis.judgements import decisions
from analysis.judgements.anchors import Anchor
from analysis.judgements.decisions import KINDS, UNDO, Judgement, JudgementError, in_force
from analysis.records import Problem

_ELSE = "Use a folder that you can write to, or name another file in WORKBOOK_JOURNAL."
PATIENCE = 20.0  # seconds to wait for another program's append


def journal_path(articles: Path) -> Path:
    """Return where the journal of a file or folder of articles lies: beside them, or where WORKBOOK_JOURNAL says."""
    if elsewhere := os.environ.get("WORKBOOK_JOURNAL"):
        return Path(elsewhere)
    return (articles if articles.is_dir() else articles.parent) / "judgements.jsonl"


class Journal:
    """The journal in one file, which need not exist yet. Any number of programs may use it at once."""

    def __init__(self, path: Path):
        self.path = Path(path)

    def append(self, kind: str, *, target: Iterable[str] = (), anchors: Iterable[Anchor] = (), value: object = None,
               why: str | None = None, who: str | None = None) -> Judgement:
        """Save a decision and return it. ``who`` is the user's login name unless given.

        Raises JudgementError where it cannot be saved: then nothing was.
        """
        return self.append_all([{"kind": kind, "target": target, "anchors": anchors, "value": value, "why": why,
                                 "who": who}])[0]

    def append_all(self, rows: Iterable[Mapping[str, object]]) -> list[Judgement]:
        """Save several decisions, all or none, and return them; each row has the arguments of ``append``.

        They were made at one time: ``when`` tells them from others.
        """
        made = []
        for row in rows:
            if row["kind"] not in KINDS or row["kind"] == UNDO:
                raise JudgementError(f"there is no judgement of the kind {row['kind']!r}, only {', '.join(KINDS[:-1])}")
            made.append(decisions.new(row["kind"], row.get("who"), row.get("why"), tuple(row.get("target", ())),
                                      tuple(row.get("anchors", ())), row.get("value"), None))
        with self._lock():
            return self._write([replace(one, when=made[0].when) for one in made])

    def undo(self, judgement_id: str, *, why: str | None = None, who: str | None = None) -> Judgement:
        """Take a decision back, or an undo of one, by a line of its own, and return that (see ``undo_all``)."""
        return self.undo_all([judgement_id], why=why, who=who)[0]

    def undo_all(self, judgement_ids: Sequence[str], *, why: str | None = None, who: str | None = None,
                 ) -> list[Judgement]:
        """Take several decisions back, all or none, and return the lines that do.

        Raises JudgementError where a decision does not exist or has been taken back already.
        """
        with self._lock():
            known, _ = self._read()
            ids, valid = {judgement.id for judgement in known}, decisions.standing(known)
            for judgement_id in judgement_ids:
                if judgement_id not in ids:
                    raise JudgementError(f"{self.path} has no judgement {judgement_id!r}")
                if judgement_id not in valid:
                    raise JudgementError(f"the judgement {judgement_id!r} has been undone already")
            return self._write([decisions.new(UNDO, who, why, (), (), None, name) for name in judgement_ids])

    def read(self, locked: bool = True) -> tuple[list[Judgement], list[Problem]]:
        """Return every decision in the order of the file, undone ones and undos too, and a row for each bad line.

        Not ``locked``: without waiting for a program that writes, and without leaving a lock beside the file.
        """
        if not locked or not self.path.is_file():
            return self._read()
        try:
            with self._lock():
                return self._read()
        except JudgementError:  # in a folder that is read-only there is no lock, and nobody who writes
            return self._read()

    def in_force(self) -> list[Judgement]:
        """Return the decisions that stand, in the order they were made."""
        return in_force(self.read()[0])

    def _read(self) -> tuple[list[Judgement], list[Problem]]:
        found: dict[str, Judgement] = {}
        problems = []
        try:
            if self.path.exists() and not self.path.is_file():
                raise OSError(0, "It is no file")  # a pipe would never end
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return [], []
        except OSError as error:
            return [], [Problem(self.path.name, "unreadable journal",
                                f"{self.path} cannot be read: {plain(error, named=True)}")]
        lines = raw.split(b"\n")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            judgement = decisions.decode(line)
            if isinstance(judgement, Judgement) and found.get(judgement.id, judgement) != judgement:
                judgement = f"a second judgement has the id {judgement.id!r}"
            if isinstance(judgement, Judgement):
                found[judgement.id] = judgement  # the same line twice, as after merging two copies, is one decision
                judgement = None if judgement.kind in KINDS else f"the kind {judgement.kind!r} is not known here"
            if judgement:
                torn = " (cut off while it was written)" if number == len(lines) else ""
                problems.append(Problem(self.path.name, "judgement not applied",
                                        f"{self.path.name}, line {number}: {judgement}{torn}"))
        return list(found.values()), problems

    def _write(self, judgements: Iterable[Judgement]) -> list[Judgement]:
        """Append lines, on the disk when this returns. A torn line before them gets its line end and stays."""
        lines = [decisions.encode(judgement) for judgement in judgements]
        line = b"".join(lines)
        try:
            if self.path.exists() and not self.path.is_file():
                raise OSError(0, "It is no file")
            new = not self.path.exists()
            with self.path.open("ab+", buffering=0) as file:
                size = file.seek(0, os.SEEK_END)
                if size:
                    file.seek(size - 1)
                    line = line if file.read(1) == b"\n" else b"\n" + line
                try:
                    rest = memoryview(line)
                    while rest:
                        rest = rest[file.write(rest):]
                    os.fsync(file.fileno())
                except BaseException:  # a full disk, or an interrupted cell
                    with suppress(OSError):
                        os.ftruncate(file.fileno(), size)  # what was not acknowledged should not come back
                    raise
            if new:
                sync_folder(self.path.parent)
        except OSError as error:
            raise JudgementError(f"The judgement was not saved in {self.path}: {plain(error, named=True)}. {_ELSE}"
                                 ) from error
        return [decisions.decode(line.strip(b"\n")) for line in lines]

    @contextmanager
    def _lock(self) -> Iterator[None]:
        lock = FileLock(f"{self.path}.lock", timeout=PATIENCE)
        try:
            lock.acquire()
        except Timeout as error:
            raise JudgementError(f"Another program has held {self.path}.lock for {PATIENCE:.0f} seconds: "
                                 f"close it and try again.") from error
        except OSError as error:
            raise JudgementError(f"The journal {self.path} cannot be written: {plain(error, named=True)}. {_ELSE}"
                                 ) from error
        try:
            yield
        finally:
            lock.release()
