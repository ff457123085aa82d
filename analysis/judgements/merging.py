"""Two analysts' journals into one, and where they disagree."""

from __future__ import annotations

import dataclasses
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.files import plain, replacing
from analysis.judgements import decisions
from analysis.judgements.decisions import UNDO, Judgement, JudgementError, in_force, standing
from analysis.judgements.journal import Journal
from analysis.records import Problem

_APART = ("split", "not_same")
_CLAIM = ("claim_accepted", "claim_rejected", "claim_corrected", "claim_added")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two decisions in force that cannot both be right; ``taken_back``: the other journal undid the first one."""

    one: Judgement
    other: Judgement
    taken_back: bool = False

    def __str__(self) -> str:
        verb = "took back" if self.taken_back else "said"
        return f"{_about(self.one)}: {_said(self.one)}; but {_said(self.other, verb)}"


def merge_journals(one: Path, other: Path, out: Path) -> tuple[list[Disagreement], list[Problem]]:
    """Write the lines of two journals into a third in the order of their time, and return where they disagree.

    A line that stands in both is one line, and what either took back is taken back. The rows for lines that cannot be
    read, which are not copied, come second. The two files stay as they are. Raises JudgementError where one of them
    does not exist or is no journal, or ``out`` exists.

    **Misses:** contradictions over three names or more (A is B, B is C, A is not C).
    """
    if missing := [path for path in (one, other) if not path.is_file()]:
        raise JudgementError(f"There is no journal {missing[0]}.")
    if out.exists():
        raise JudgementError(f"{out} is there already, and no journal is ever overwritten: name another file.")
    (first, torn), (second, torn_too) = (Journal(path).read(locked=False) for path in (one, other))
    for path, said, faults in ((one, first, torn), (other, second, torn_too)):
        if faults and not said:
            raise JudgementError(f"{path} is no journal: not one of its lines is a judgement. Nothing is written.")
    lines = {j.id: j for j in heapq.merge(first, second, key=lambda j: j.when)}
    clashes = [f"the id {j.id} is another judgement in {other}" for j in second if lines[j.id] != j]
    clashes += [f"the id {j.id} is another judgement in {one}" for j in first if lines[j.id] != j]
    if clashes:
        raise JudgementError(f"These are not two copies of one workbook's journals: {clashes[0]}.")
    _write(out, lines.values())
    return disagreements(first, second), [*torn, *torn_too]


def disagreements(first: Sequence[Judgement], second: Sequence[Judgement]) -> list[Disagreement]:
    """Return the pairs of decisions, one of each journal, that contradict each other; those in both are no pairs."""
    shared = {judgement.id for judgement in first} & {judgement.id for judgement in second}
    mine, yours = (_last_words(in_force(said)) for said in (first, second))
    found = [Disagreement(one, other) for one in mine for other in yours
             if not {one.id, other.id} <= shared and _contradict(one, other)]
    for said, kept in ((first, second), (second, first)):
        own, stands = {j.id for j in kept}, {j.id: j for j in in_force(kept)}
        valid = standing(list(said))
        found += [Disagreement(stands[j.undoes], j, taken_back=True) for j in said
                  if j.kind == UNDO and j.id in valid and j.id not in own and j.undoes in stands]
    return found


def _last_words(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the last decision on each subject: an analyst who changes her mind does not disagree with herself.

    Corrections of one claim are one, of all the columns that they set.
    """
    last: dict[tuple, Judgement] = {}
    for judgement in judgements:
        before = last.get(_subject(judgement))
        if before and {before.kind, judgement.kind} == {"claim_corrected"} and isinstance(before.value, dict):
            judgement = dataclasses.replace(judgement, value={**before.value, **judgement.value})
        last[_subject(judgement)] = judgement
    return list(last.values())


def _subject(judgement: Judgement) -> tuple:
    topic = next((topic for topic, kinds in {"claim": _CLAIM, "names": ("merge", *_APART),
                                             "incident": ("incident_merged", "incident_split")}.items()
                  if judgement.kind in kinds), judgement.kind)
    value = judgement.value if isinstance(judgement.value, dict) and topic == "claim" else {}
    anchors = judgement.anchors[:1] if "of" in value else judgement.anchors  # the second is what it leads to
    places = frozenset((a.article_id, a.sha256, a.start, a.end) for a in anchors)
    effect = value.get("effect")
    alone = judgement.id if topic == "note" else None
    return topic, frozenset(judgement.target), places, effect, alone


def _contradict(one: Judgement, other: Judgement) -> bool:
    """True where both are about one thing and say different things of it; two names of more than two are one thing."""
    if {one.kind, other.kind} & {"merge"} and {one.kind, other.kind} & {*_APART}:
        return len(set(one.target) & set(other.target)) >= 2
    if _subject(one) != _subject(other) or {one.kind, other.kind} <= {*_APART}:
        return False
    said = [(j.kind, j.value, [(a.sha256, a.start, a.end) for a in j.anchors[1:]]) for j in (one, other)]
    return said[0] != said[1] and "note" not in (one.kind, other.kind)


def _about(judgement: Judgement) -> str:
    words = [f"“{anchor.words}” in {anchor.article_id}" for anchor in judgement.anchors]
    return ", ".join([*judgement.target, *words]) or "everything"


def _said(judgement: Judgement, verb: str = "said") -> str:
    value = "" if judgement.value is None else f" {judgement.value}"
    why = f" ({judgement.why})" if judgement.why else ""
    what = "that" if judgement.kind == UNDO else f"{judgement.kind}{value}"
    return f"{judgement.who} {verb} {what} on {judgement.when[:10]}{why}"


def _write(path: Path, judgements: Iterable[Judgement]) -> None:
    try:
        with replacing(path) as unfinished:
            unfinished.write_bytes(b"".join(map(decisions.encode, judgements)))
    except OSError as error:
        raise JudgementError(f"The journals were not merged into {path}: {plain(error, named=True)}.") from error
