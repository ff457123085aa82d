"""The columns that the analyst sets of a claim, corrected or added: what is allowed, and what follows from them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence

from analysis.dates.edtf import is_date
from analysis.judgements import Judgement, Located
from analysis.quantities.numbers import MOST
from analysis.records import BOUNDS, CERTAINTIES, EFFECTS, ROLES, SCOPES, STATUSES, Attribution, Casualty, Span
from analysis.review.roles import ON_ROLE, follow, with_role

CORRECTABLE = ("new_effect", "low", "high", "bound", "victims_entity", "victim_status", "perpetrator", "means",
               "source", "place", "date", "certainty", "event", *ON_ROLE)
RELATIONS = ("restates", "superseded_by", "part_of", "moved_from")
_NUMBERS = ("low", "high", "restates", "part_of", "event")
_VALUES = {"bound": BOUNDS, "victim_status": STATUSES, "certainty": CERTAINTIES, "scope": SCOPES, "role": ROLES,
           "new_effect": EFFECTS}
_LEADS = {"part": "part_of", "again": "restates"}


def claim_span(claim: Casualty) -> Span:
    """Return the words that a judgement about a claim is anchored to."""
    return (claim.start, claim.end) if claim.victims_start is None else (claim.victims_start, claim.victims_end)


def extracted(claim: Casualty) -> str:
    """Return the effect that was extracted, by which judgements name a claim: a correction of it changes no name."""
    return json.loads(claim.found).get("effect", claim.effect) if claim.found else claim.effect


def judge(claims: list[Casualty], number: int, value: Mapping[str, object], judgement: Judgement,
          to: int | None = None) -> None:
    """Correct a claim, which leads to the one with the number ``to``; what was found is kept as JSON.

    Raises ValueError for what no claim can hold: then nothing is changed.
    """
    claim = claims[number]
    changed = _columns(claims, number, claim, value, to)
    found = {key: getattr(claim, key) for key in changed if key not in ("said_by", "attribution")}
    if "said_by" in changed:
        found["source"] = claim.chain[-1] if claim.chain else None
    first = json.loads(claim.found) if claim.found else {}
    claims[number] = dataclasses.replace(claim, **changed, judged=claim.judged if claim.judged == "added" else
                                         "corrected", judged_why=judgement.why, found=json.dumps({**found, **first}))
    if "effect" in changed:
        _leave(claims, number)
    if changed.keys() & {"event", *ON_ROLE}:
        follow(claims, number)


def added(claims: Sequence[Casualty], attributions: Sequence[Attribution], place: Located, value: Mapping[str, object],
          judgement: Judgement, to: int | None = None) -> Casualty:
    """Return a claim that the rules missed, said by who says those words, about an event of its own unless told."""
    article_id, start, end = place
    around = [a for a in attributions if any(s <= start and end <= e for s, e in a.content_spans)]
    number = 1 + max((c.casualty for c in claims), default=-1)
    claim = Casualty(article_id, number, start, end, str(value["effect"]), None, None, "exact",
                     victims=judgement.anchors[0].words, victims_start=start, victims_end=end, event=_unused(claims),
                     attribution=max(around, key=lambda a: a.depth).attribution if around else None,
                     judged="added", judged_why=judgement.why)
    return dataclasses.replace(claim, **_columns(claims, None, claim, value, to))


def _columns(claims: Sequence[Casualty], number: int | None, claim: Casualty, value: Mapping[str, object],
             to: int | None) -> dict[str, object]:
    """Return the columns that a value sets of a claim, with all that follows."""
    fields = {key: value[key] for key in CORRECTABLE if key in value}
    if to is not None:
        lead = _LEADS.get(str(fields.get("role")))
        fields |= {lead: to} if lead else {"event": claims[to].event}
    if fault := _fault(claims, number, claim, fields):
        raise ValueError(fault)
    if "event" in fields:
        fields["event"] = _unused(claims) if fields["event"] is None else fields["event"]
        if not set(ON_ROLE) & set(fields) and fields["event"] != claim.event:
            other = claims[to].role if to is not None else claim.role
            fields |= {"role": "toll" if other in ("toll", *_LEADS) else other, "restates": None, "part_of": None}
    if "source" in fields:
        fields |= {"said_by": fields.pop("source"), "attribution": None}
    effect = {"effect": fields.pop("new_effect")} if "new_effect" in fields else {}
    if effect and not set(ON_ROLE) & set(fields):
        claim = dataclasses.replace(claim, **effect)
        gone = {name: None for name in RELATIONS if (row := getattr(claim, name)) is not None
                and claims[row].effect != claim.effect}
        effect |= gone
        effect |= {"role": "toll"} if claim.role in _LEADS and _LEADS[claim.role] in gone else {}
    changed = with_role(claims, claim, fields) | effect
    if changed.get("event", claim.event) != claim.event:  # what was told of another event is not counted there
        changed |= {name: None for name in ("superseded_by", "moved_from") if getattr(claim, name) is not None}
    return changed


def _unused(claims: Sequence[Casualty]) -> int:
    return 1 + max((c.event for c in claims), default=-1)


def _leave(claims: list[Casualty], number: int) -> None:
    """Let no claim on another effect lead to a corrected one: what the analyst said is of this claim alone."""
    for n, other in enumerate(claims):
        if other.effect != claims[number].effect:
            gone = {name: None for name in RELATIONS if getattr(other, name) == number}
            role = {"role": "toll"} if other.role in _LEADS and _LEADS[other.role] in gone else {}
            claims[n] = dataclasses.replace(other, **gone, **role)


def _fault(claims: Sequence[Casualty], number: int | None, claim: Casualty, fields: Mapping[str, object]) -> str | None:
    """Return what in a decision no claim can hold, as after an edit by hand; None where all is well."""
    for name, value in fields.items():
        if value is not None and type(value) is not (int if name in _NUMBERS else str):
            return f"{name} cannot be {value!r}"
        if value not in _VALUES.get(name, (value,)) or (name in _NUMBERS and not 0 <= (value or 0) <= MOST):
            return f"{name} cannot be {value!r}"
        if isinstance(value, str) and (not value.strip() or (name == "date" and not is_date(value))):
            return f"{name} cannot be {value!r}"
        if name in ("restates", "part_of") and value is not None and _leads_back(claims, number, name, value):
            return f"{name} cannot be {value!r}: there is no such claim, or it leads back to this one"
    low, high = (fields.get(name, getattr(claim, name)) for name in ("low", "high"))
    return f"low {low} is more than high {high}" if low is not None and high is not None and low > high else None


def _leads_back(claims: Sequence[Casualty], number: int | None, name: str, to: int | None) -> bool:
    """True where there is no claim ``to``, or its own such column leads to ``number``."""
    while to is not None:
        if to == number or to >= len(claims):
            return True
        to = getattr(claims[to], name)
    return False
