"""Write thousands of judgements from several processes that are killed at random, and look for what was lost.

    .venv/bin/python tools/bench_journal.py [operations, 10000]

An operation counts as acknowledged once ``append`` or ``undo`` has returned in the process that called it. Not on
Windows, which has no SIGKILL.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import select
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from analysis.judgements import KINDS, Journal, in_force
from analysis.judgements.decisions import UNDO, Judgement, encode

MESSAGE = 16 + 1 + 40 + 1  # id, digest of the line, and what is between them; written at once, so never in part
TEXTS = ("", "short", "“Ünï” 👩‍👧 \u202e\0\n", "x" * 5000)


@dataclass
class Outcome:
    """What was acknowledged and what the journal then held."""

    acknowledged: dict[str, str]  # {id: digest}
    kills: int
    lost: list[str]
    changed: list[str]
    undone_and_back: list[str]
    unreadable: int
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Whether everything acknowledged is there as it was acknowledged, and no more lines are torn than kills."""
        return not (self.lost or self.changed or self.undone_and_back) and self.unreadable <= self.kills


def run(path: Path, operations: int, kills: int, workers: int = 4, seed: int = 0) -> Outcome:
    """Make ``operations`` random operations and ``kills`` on a journal, then compare."""
    begin, chance = time.perf_counter(), random.Random(seed)
    acknowledged: dict[str, str] = {}
    killed, started = 0, 0
    running: dict[int, multiprocessing.Process] = {}
    due = sorted(chance.randrange(operations) for _ in range(kills))
    try:
        while len(acknowledged) < operations:
            while len(running) < workers:
                started += 1
                end, process = _start(path, seed + started)
                running[end] = process
            for end in select.select(list(running), [], [], 1)[0]:
                _collect(end, acknowledged)
            while running and killed < len(due) and len(acknowledged) > due[killed]:
                killed += 1
                _stop(chance.choice(list(running)), running, acknowledged)
    finally:
        for end in list(running):
            _stop(end, running, acknowledged)
    return _compare(path, acknowledged, killed + workers, time.perf_counter() - begin)


def _start(path: Path, seed: int) -> tuple[int, multiprocessing.Process]:
    """Start a process that writes, and return it with the pipe that it acknowledges through."""
    ours, theirs = os.pipe()
    process = multiprocessing.get_context("fork").Process(target=_work, args=(path, seed, theirs), daemon=True)
    process.start()
    os.close(theirs)
    return ours, process


def _work(path: Path, seed: int, pipe: int) -> None:
    journal, chance, mine = Journal(path), random.Random(seed), []
    while True:
        if mine and chance.random() < 0.05:
            made = journal.undo(mine.pop(chance.randrange(len(mine))), who=f"process {seed}")
        else:
            kind = chance.choice([kind for kind in KINDS if kind != UNDO])
            made = journal.append(kind, target=[chance.choice(TEXTS)], value={"n": chance.random()},
                                  why=chance.choice(TEXTS), who=f"process {seed}")
            mine.append(made.id)
        os.write(pipe, f"{made.id} {_digest(made)}\n".encode())


def _digest(judgement: Judgement) -> str:
    return hashlib.sha1(encode(judgement)).hexdigest()


def _collect(end: int, acknowledged: dict[str, str]) -> None:
    for line in os.read(end, 1000 * MESSAGE).decode().split("\n"):
        if line:
            name, digest = line.split()
            acknowledged[name] = digest


def _stop(end: int, running: dict[int, multiprocessing.Process], acknowledged: dict[str, str]) -> None:
    """Kill a process, and hear what it had acknowledged until then."""
    process = running.pop(end)
    process.kill()
    process.join()
    while select.select([end], [], [], 0)[0] and (before := len(acknowledged)) >= 0:
        _collect(end, acknowledged)
        if len(acknowledged) == before:
            break
    os.close(end)


def _compare(path: Path, acknowledged: dict[str, str], kills: int, seconds: float) -> Outcome:
    found, problems = Journal(path).read()
    by_id = {judgement.id: judgement for judgement in found}
    standing = {judgement.id for judgement in in_force(found)}
    undone = {judgement.undoes for judgement in found if judgement.kind == UNDO}
    return Outcome(acknowledged, kills, [name for name in acknowledged if name not in by_id],
                   [name for name, digest in acknowledged.items() if name in by_id and _digest(by_id[name]) != digest],
                   sorted(undone & standing), len(problems), seconds)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder) / "judgements.jsonl", wanted, kills=wanted // 50)
    print(f"{len(outcome.acknowledged):,} operations acknowledged in {outcome.seconds:.0f} s,",
          f"{outcome.kills} processes killed: {len(outcome.lost)} lost, {len(outcome.changed)} changed,",
          f"{len(outcome.undone_and_back)} undone and back, {outcome.unreadable} torn lines set aside")
    sys.exit(0 if outcome.is_whole else 1)
