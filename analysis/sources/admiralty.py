"""Suggested Admiralty grades: a letter for a source, a number for an item, each with its reasons in words.

The two are made apart from each other, as NATO AJP-2.1 asks: a letter looks only at a source's record, a number only at
who else says so. A copy and a voice of the same root confirm nothing. Where the letters begin is our own choice.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.independence import root_words
from analysis.records import Casualty
from analysis.sources.accounts import Weighed

LETTERS = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
           "E": "unreliable", "F": "cannot be judged"}
NUMBERS = {1: "confirmed by other independent sources", 2: "probably true", 3: "possibly true", 4: "doubtful",
           5: "improbable", 6: "cannot be judged"}
FEWEST = 3  # compared figures, places and perpetrators below which a source cannot be judged
FEW = 8  # below which nobody is called completely reliable
_GOOD = (("A", 0.9, 0.75), ("B", 0.75, 0.5), ("C", 0.55, 0.3))  # letter, mean and lower end at least
_BAD = (("E", 0.35, 0.55), ("D", 0.55, 0.8))  # letter, mean and upper end at most


def letter(reliability: float | None, low: float | None, high: float | None, n: int) -> tuple[str, str]:
    """Return the suggested letter and the reason, from a reliability with its 90 % interval over ``n`` items.

    A source is called unreliable, as it is called reliable, only where its whole interval says so; else it is F.
    """
    if reliability is None or n < FEWEST:
        return "F", (f"cannot be judged: an independent source speaks on {n} of its figures, places and perpetrators, "
                     f"{FEWEST} are needed")
    good = next((name for name, mean, end in _GOOD if reliability >= mean and low >= end), None)
    bad = next((name for name, mean, end in _BAD if reliability <= mean and high <= end), None)
    found = "B" if good == "A" and n < FEW else good or bad or "F"
    return found, (f"{LETTERS[found]}: {100 * reliability:.0f} % of what it says is right ({100 * low:.0f} to "
                   f"{100 * high:.0f} %), judged by independent sources on {n} figures, places and perpetrators")


def grade_numbers(claims: Iterable[Casualty], told: Iterable[Weighed]) -> dict[tuple[str, int], tuple[int, str]]:
    """Return {(article_id, casualty): (number, reason)} for every claim; 6 where nobody independent speaks.

    ``told``: the accounts that the claims give, from ``weighed``.
    """
    corrected = 5, "improbable: the article itself corrects it"
    alone = 6, "cannot be judged: not a figure for a single incident that others could confirm"
    grades = {(c.article_id, c.casualty): alone if c.superseded_by is None else corrected for c in claims}
    for one in told:
        number = _number(one.backing, one.against)
        for claim in one.account.claims:
            grades[claim.article_id, claim.casualty] = number
    return grades


def _number(backing: list[str], against: list[str]) -> tuple[int, str]:
    """Return the number for an item that these other roots back and contradict."""
    if not backing and not against:
        return 6, "cannot be judged: no independent source gives a figure for it"
    number = ((1 if len(backing) > 1 else 2) if not against
              else 2 if len(backing) >= 2 * len(against) else 3 if backing
              else 4 if len(against) == 1 else 5)
    words = "; ".join(f"{verb} {', '.join(map(root_words, roots))}"
                      for verb, roots in (("backed by", backing), ("contradicted by", against)) if roots)
    return number, f"{NUMBERS[number]}: {words}"
