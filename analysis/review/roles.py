"""What follows from the role of a claim that the analyst gives: its scope, event, and the rows that it leads to.

This is the only place where a decision by hand sets ``scope``, ``restates``, ``part_of``, ``superseded_by`` or
``event``; what the rules find is related in ``casualties.relating``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from analysis.records import SCOPE_OF_ROLE, Casualty

ON_ROLE = ("role", "scope", "restates", "part_of")
_LEADS = {"part": "part_of", "again": "restates"}
_OUTSIDE = ("other", "over time")


def role_of(claim: Casualty, fields: Mapping[str, object]) -> str:
    """Return the role that a decision gives a claim, told as such or by ``scope``, ``restates`` or ``part_of``."""
    scope, restates, part_of = (fields.get(name, getattr(claim, name)) for name in ON_ROLE[1:])
    outside = next((role for role in _OUTSIDE if SCOPE_OF_ROLE[role] == scope), None)
    told = outside or ("again" if restates is not None else "part" if part_of is not None else "toll")
    return str(fields.get("role") or told)


def with_role(claims: Sequence[Casualty], claim: Casualty, fields: Mapping[str, object]) -> dict[str, object]:
    """Return the columns that a decision sets, with those that follow from the role.

    A part and what is told again are of the event of the row they lead to, the first on its people. Another event and
    a count over time have an event of their own, and a toll stays in the one it has, unless ``event`` is told. Raises
    ValueError where the columns that were told contradict each other.
    """
    if not set(ON_ROLE) & set(fields):
        return dict(fields)
    role = role_of(claim, fields)
    kept = role == claim.role or role in _LEADS
    leads = {name: fields.get(name, getattr(claim, name) if kept else None) if role in (of, *_OUTSIDE) else None
             for of, name in _LEADS.items()}
    leads = {name: to if to is None or claims[to].restates is None else claims[to].restates
             for name, to in leads.items()}
    if role in _LEADS and leads[_LEADS[role]] is None:
        raise ValueError(f"a claim that is {role!r} needs {_LEADS[role]}")
    if claim.casualty in leads.values():
        raise ValueError("it leads back to this one")
    follows = {"role": role, "scope": SCOPE_OF_ROLE[role], **leads,
               "superseded_by": claim.superseded_by if role in (claim.role, "again") else None,
               "event": fields.get("event", _event(claims, claim, role, leads))}
    for name in ON_ROLE:
        if fields.get(name) is not None and (name == "scope" or follows[name] is None) and (
                fields[name] != follows[name]):
            raise ValueError(f"{name} cannot be {fields[name]!r} for a claim that is {role!r}")
    return {name: value for name, value in {**fields, **follows}.items()
            if name in fields or value != getattr(claim, name)}


def _event(claims: Sequence[Casualty], claim: Casualty, role: str, leads: Mapping[str, int | None]) -> int:
    to = next((to for to in leads.values() if to is not None), None)
    if to is not None:
        return claims[to].event
    return claim.event if role in ("toll", claim.role) else 1 + max((c.event for c in claims), default=-1)


def follow(claims: list[Casualty], number: int) -> None:
    """Let the rows on the same people as a claim, or on some of them, go with it: they are of one event."""
    claim = claims[number]
    first = number if claim.restates is None else claim.restates
    for n, other in enumerate(claims):
        leads = {name: first if getattr(other, name) == number else getattr(other, name) for name in _LEADS.values()}
        if number in (other.restates, other.part_of):
            role = claim.role if claim.role in _OUTSIDE else "part" if leads["restates"] is None else "again"
            claims[n] = dataclasses.replace(other, **leads, role=role, scope=claim.scope, event=claim.event)
