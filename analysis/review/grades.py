"""The Admiralty number that the analyst gives a claim."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.judgements import Judgement, Located
from analysis.records import Casualty, Problem
from analysis.review.corrections import claim_span, extracted

GRADES = range(1, 7)  # Admiralty code, the item


def item_grades(claims: Sequence[Casualty], decided: Sequence[tuple[Judgement, tuple[Located, ...]]],
                ) -> tuple[dict[tuple[str, int], tuple[int, str]], list[Problem]]:
    """Return {(article_id, casualty): (Admiralty number, reason)} as the analyst gave them, and what fits no claim.

    A grade of an item is anchored to the words of its claim; its value is a number from 1 to 6, or, where two effects
    share these words, ``{"effect": "killed", "grade": 2}``. The last word stands.
    """
    at: dict[Located, list[Casualty]] = {}
    for claim in claims:
        at.setdefault((claim.article_id, *claim_span(claim)), []).append(claim)
    grades, problems = {}, []
    for judgement, places in sorted(decided, key=lambda pair: pair[0].when):
        value = judgement.value if isinstance(judgement.value, dict) else {"grade": judgement.value}
        number, effect = value.get("grade"), value.get("effect")
        for place in places:
            meant = [claim for claim in at.get(place, ()) if effect in (None, extracted(claim))]
            is_grade = type(number) is int and number in GRADES
            fault = ("no such claim is found there now" if not meant else None if is_grade
                     else f"{number!r} is no number from 1 to 6")
            if fault:
                problems.append(Problem(place[0], "judgement no longer fits", f"grade of {judgement.when}: {fault}"))
            else:
                grades |= {(c.article_id, c.casualty): (number, judgement.why or "no reason given") for c in meant}
    return grades, problems
