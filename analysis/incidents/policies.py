"""Counting policies: what is in scope, how vague words count, how rival figures combine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.records import EFFECTS, STATUSES


@dataclass(frozen=True, slots=True)
class Policy:
    """A declared way to count. ``vague``: {wording: people}; a word that is not in it keeps its bounds.

    ``attackers``: whether those who attacked and died count. ``rivals``: "range" keeps low, best and high; "lowest"
    takes the most conservative figure for all three; "extremes" keeps low and high and names no best.
    """

    name: str
    description: str
    effects: tuple[str, ...] = EFFECTS
    statuses: tuple[str, ...] = STATUSES
    attackers: bool = True
    rivals: str = "range"
    vague: Mapping[str, int] = field(default_factory=dict)

    def reading(self, effect: str) -> tuple | None:
        """Return how it counts an effect, None where it does not: policies of one reading give the same figures."""
        reads = self.statuses, self.attackers, self.rivals, tuple(self.vague.items())
        return reads if effect in self.effects else None


DEFAULT = Policy(
    "all effects, independent roots first",
    "Every effect and every victim. Low and high are the range of the figures counted; best is the figure of the "
    "best-graded independent source; if tied, the latest, then the one that most sources give, then the lower. Vague "
    "words keep their bounds.")
UCDP = Policy(
    "UCDP-style",
    "Deaths of all parties, police with the state's side. Best, low and high as reported; vague words keep their "
    "bounds.",
    effects=("killed",))
ACLED = Policy(
    "ACLED-style",
    "Deaths of all parties; where reports differ or are vague, the most conservative figure: tens are 10, dozens 12, "
    "hundreds 100.",
    effects=("killed",), rivals="lowest", vague={"tens": 10, "dozens": 12, "hundreds": 100})
IBC = Policy(
    "IBC-style",
    "Deaths of civilians, ordinary police included, as a minimum and a maximum. Victims whose status is not stated are "
    "out of scope; where some of them are told to be civilians, the others, who may be too, raise the maximum.",
    effects=("killed",), statuses=("civilian", "police"), rivals="extremes")

POLICIES = {policy.name: policy for policy in (DEFAULT, UCDP, ACLED, IBC)}
