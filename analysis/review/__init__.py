"""The analyst's word on claims: accepted, rejected, corrected, added, graded, of one event or of two.

A judgement is anchored to the words of the victims (of the clause, where no victims are named). Its value names the
effect and, where it corrects or adds, the columns it sets: ``{"effect": "killed", "low": 4, "high": 4}``. A corrected
claim keeps in ``found`` what was extracted; a rejected one stays in the table and in the ledger, and counts nowhere.
A correction of ``role`` needs ``part_of`` for a part and ``restates`` for what is told again; what follows is in
``review.roles``.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Mapping, Sequence

from analysis.judgements import Judgement, Located
from analysis.quantities.numbers import MOST
from analysis.records import (
    BOUNDS,
    CERTAINTIES,
    EFFECTS,
    ROLES,
    SCOPES,
    STATUSES,
    Attribution,
    Casualty,
    Problem,
    Span,
)
from analysis.review.roles import ON_ROLE, follow, with_role

VERDICTS = {"claim_accepted": "accepted", "claim_rejected": "rejected", "claim_corrected": "corrected"}
KINDS = (*VERDICTS, "claim_added")
GRADES = range(1, 7)  # Admiralty code, the item
CORRECTABLE = ("low", "high", "bound", "victims_entity", "victim_status", "perpetrator", "means", "place", "date",
               "certainty", "event", *ON_ROLE)

RELATIONS = ("restates", "superseded_by", "part_of", "moved_from")
_NUMBERS = ("low", "high", "restates", "part_of", "event")
_VALUES = {"bound": BOUNDS, "victim_status": STATUSES, "certainty": CERTAINTIES, "scope": SCOPES,
           "role": ROLES}

Decision = tuple[Judgement, Located]
Decided = Mapping[str, Sequence[tuple[Judgement, tuple[Located, ...]]]]  # {kind: [(judgement, its places)]}
EventKey = tuple[str, int]  # article_id, event


def claim_span(claim: Casualty) -> Span:
    """Return the words that a judgement about a claim is anchored to."""
    return (claim.start, claim.end) if claim.victims_start is None else (claim.victims_start, claim.victims_end)


@dataclasses.dataclass(frozen=True, slots=True)
class Reviewed:
    """Some ``claims`` under the analyst's decisions, and what else these say.

    ``apart``, ``merged``: pairs of events that are two, or one; ``grades``: see ``item_grades``; ``problems``: the
    decisions that fit nothing.
    """

    claims: list[Casualty]
    apart: list[tuple[EventKey, EventKey]]
    merged: list[tuple[EventKey, EventKey]]
    grades: dict[tuple[str, int], tuple[int, str]]
    problems: list[Problem]


def reviewed(claims: Mapping[str, Sequence[Casualty]], attributions: Mapping[str, Sequence[Attribution]],
             decided: Decided) -> Reviewed:
    """Return claims with all decisions applied; both are {article_id: rows}, of each article that one is about."""
    on_claims: dict[str, list[Decision]] = {}
    for judgement, places in sorted((pair for kind in KINDS for pair in decided.get(kind, ())),
                                    key=lambda pair: pair[0].when):
        for place in places:
            on_claims.setdefault(place[0], []).append((judgement, place))
    rows, problems = [], []
    for article_id, of_article in claims.items():
        found, unfit = review(of_article, attributions.get(article_id, ()), on_claims.get(article_id, ()))
        rows += found
        problems += unfit
    splits, merges = decided.get("incident_split", ()), decided.get("incident_merged", ())
    problems += unplaced(rows, (*splits, *merges))
    rows, apart = events(rows, splits)
    rows, merged = events(rows, merges)
    grades, unfit = item_grades(rows, [pair for pair in decided.get("grade", ()) if pair[0].anchors])
    return Reviewed(rows, apart, merged, grades, problems + unfit)


def review(claims: Sequence[Casualty], attributions: Sequence[Attribution],
           decided: Sequence[Decision]) -> tuple[list[Casualty], list[Problem]]:
    """Return an article's claims with the analyst's word in ``judged``, added ones last, and what fits none of them.

    The last word on a claim stands. A judgement whose claim is no longer extracted is a problem, never applied.
    """
    reviewed, problems = list(claims), []
    found = {(*claim_span(c), c.effect): n for n, c in enumerate(claims)}
    for judgement, (article_id, start, end) in decided:
        value = judgement.value if isinstance(judgement.value, dict) else {}
        number = found.get((start, end, value.get("effect")))
        fields = {key: value[key] for key in CORRECTABLE if key in value}
        try:
            if fault := _fault(reviewed, number, fields):
                raise ValueError(fault)
            if judgement.kind == "claim_added" and number is None and value.get("effect") in EFFECTS:
                reviewed.append(_added(reviewed, attributions, (article_id, start, end), fields, judgement))
                found[start, end, reviewed[-1].effect] = len(reviewed) - 1
            elif number is None:
                problems.append(Problem(article_id, "judgement no longer fits",
                                        f"{judgement.kind} of {judgement.when}: no claim that somebody was "
                                        f"{value.get('effect')} is found there now"))
            else:
                _judge(reviewed, number, fields, judgement)
        except ValueError as error:
            problems.append(Problem(article_id, "judgement not applied",
                                    f"{judgement.kind} of {judgement.when}: {error}"))
    return reviewed, problems


def _fault(claims: Sequence[Casualty], number: int | None, fields: Mapping[str, object]) -> str | None:
    """Return what in a decision no claim can hold, as after an edit by hand; None where all is well."""
    for name, value in fields.items():
        if value is not None and type(value) is not (int if name in _NUMBERS else str):
            return f"{name} cannot be {value!r}"
        if value not in _VALUES.get(name, (value,)) or (name in _NUMBERS and not 0 <= (value or 0) <= MOST):
            return f"{name} cannot be {value!r}"
        if name in ("restates", "part_of") and value is not None and _leads_back(claims, number, name, value):
            return f"{name} cannot be {value!r}: there is no such claim, or it leads back to this one"
    claim = claims[number] if number is not None else None
    low, high = (fields.get(name, getattr(claim, name, None)) for name in ("low", "high"))
    return f"low {low} is more than high {high}" if low is not None and high is not None and low > high else None


def _leads_back(claims: Sequence[Casualty], number: int | None, name: str, to: int | None) -> bool:
    """True where there is no claim ``to``, or its own such column leads to ``number``."""
    while to is not None:
        if to == number or to >= len(claims):
            return True
        to = getattr(claims[to], name)
    return False


def _judge(claims: list[Casualty], number: int, fields: Mapping[str, object], judgement: Judgement) -> None:
    """Put a claim under a verdict; what was found before a correction is kept as JSON."""
    claim = claims[number]
    if judgement.kind in ("claim_accepted", "claim_rejected"):
        claims[number] = dataclasses.replace(claim, judged=VERDICTS[judgement.kind], judged_why=judgement.why)
        return
    changed = with_role(claims, claim, fields)
    found = {key: getattr(claim, key) for key in changed}
    first = json.loads(claim.found) if claim.found else {}
    claims[number] = dataclasses.replace(claim, **changed, judged=claim.judged if claim.judged == "added" else
                                         "corrected", judged_why=judgement.why, found=json.dumps({**found, **first}))
    if changed.keys() & {"event", *ON_ROLE}:
        follow(claims, number)


def _added(claims: Sequence[Casualty], attributions: Sequence[Attribution], place: Located,
           fields: Mapping[str, object], judgement: Judgement) -> Casualty:
    """Return a claim that the rules missed, said by who says those words, about an event of its own unless told."""
    article_id, start, end = place
    around = [a for a in attributions if any(s <= start and end <= e for s, e in a.content_spans)]
    number, event = (1 + max((getattr(c, column) for c in claims), default=-1) for column in ("casualty", "event"))
    claim = Casualty(article_id, number, start, end, judgement.value["effect"], None, None, "exact",
                     victims=judgement.anchors[0].words, victims_start=start, victims_end=end, event=event,
                     attribution=max(around, key=lambda a: a.depth).attribution if around else None,
                     judged="added", judged_why=judgement.why)
    return dataclasses.replace(claim, **with_role(claims, claim, fields))


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
            meant = [claim for claim in at.get(place, ()) if effect in (None, claim.effect)]
            is_grade = type(number) is int and number in GRADES
            fault = ("no such claim is found there now" if not meant else None if is_grade
                     else f"{number!r} is no number from 1 to 6")
            if fault:
                problems.append(Problem(place[0], "judgement no longer fits", f"grade of {judgement.when}: {fault}"))
            else:
                grades |= {(c.article_id, c.casualty): (number, judgement.why or "no reason given") for c in meant}
    return grades, problems


def events(claims: Sequence[Casualty], decided: Sequence[tuple[Judgement, tuple[Located, ...]]],
           ) -> tuple[list[Casualty], list[tuple[EventKey, EventKey]]]:
    """Return the claims, and the pairs of events that the anchors of each decision name: the first with each other.

    Claims of one event that are to be apart get events of their own, each with the claims on the same people or on a
    part of them, and nothing leads from one to the other; ``decided`` are all merges or all splits.
    """
    claims = list(claims)
    at = {(c.article_id, *claim_span(c)): n for n, c in enumerate(claims)}
    pairs = []
    for judgement, places in decided:
        numbers = [at[place] for place in places if place in at]
        for number in numbers[1:]:
            one, other = claims[numbers[0]], claims[number]
            if judgement.kind == "incident_split" and (one.article_id, one.event) == (other.article_id, other.event):
                _split(claims, number, {claims[n].casualty for n in numbers if n != number})
                other = claims[number]
            pairs.append(((one.article_id, one.event), (other.article_id, other.event)))
    return claims, pairs


def _split(claims: list[Casualty], number: int, others: Collection[int]) -> None:
    """Give a claim an event of its own, with all of its article that lead to it; ``others`` are those to be apart."""
    split = claims[number]
    own = [n for n, c in enumerate(claims) if (c.article_id, c.event) == (split.article_id, split.event)]
    unused = 1 + max(c.event for c in claims if c.article_id == split.article_id)
    moved = {claims[n].casualty for n in own if claim_span(claims[n]) == claim_span(split)}
    while more := {claims[n].casualty for n in own if not moved.isdisjoint(_leads_to(claims[n]).values())
                   } - moved - set(others):
        moved |= more
    for n in own:
        claim = claims[n]
        gone = {column: None for column, to in _leads_to(claim).items() if (to in moved) != (claim.casualty in moved)}
        claims[n] = dataclasses.replace(claim, event=unused if claim.casualty in moved else claim.event, **gone)


def _leads_to(claim: Casualty) -> dict[str, int]:
    return {column: to for column in RELATIONS if (to := getattr(claim, column)) is not None}


def unplaced(claims: Sequence[Casualty], decided: Sequence[tuple[Judgement, tuple[Located, ...]]]) -> list[Problem]:
    """Return the decisions on events of which a claim is no longer found, so that they join or part nothing."""
    known = {(c.article_id, *claim_span(c)) for c in claims}
    return [Problem(places[0][0], "judgement no longer fits",
                    f"{judgement.kind} of {judgement.when}: one of its claims is not found there now")
            for judgement, places in decided if places and not known.issuperset(places)]
