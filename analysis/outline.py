"""The claims of incidents as an outline: each toll, under it what repeats it and its parts; other events apart.

What the articles tell as their news comes first, then other events, then counts over time. Within an incident and
effect the tolls that count come first, those of attackers who died last.

    >>> percent(0.931), percent(0.9996), percent(None)
    ('93 %', 'over 99 %', '–')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.records import EFFECTS

NEWS, OTHER, OVER_TIME = KINDS = ("the news", "another event", "a count over time")
ROLE_WORDS = {"toll": "toll", "part": "part", "again": "repetition", "other": "other event",
              "over time": "count over time"}
ATTACKER = "attacker"  # a group of victims
_KIND_OF = {"other": OTHER, "over time": OVER_TIME}  # by role; anything else is news
_NUMBER = re.compile(r"\d+$")
_LEAST, _MOST = 0.01, 0.99  # beyond, a percentage would promise more than a model can know


def incident_kinds(claims: pd.DataFrame) -> dict[str, str]:
    """Return {incident: one of ``KINDS``}: the news where any article tells it as its news, else another event.

    ``claims``: incident, role, judged. Claims that the analyst rejected have no say beside others.
    """
    found: dict[str, int] = {}
    for part in (claims[claims["judged"].ne("rejected").fillna(True)], claims):
        best: dict[str, int] = {}
        for incident, role in zip(part["incident"], part["role"], strict=True):
            kind = KINDS.index(_KIND_OF.get(role, NEWS))
            best[incident] = min(kind, best.get(incident, kind))
        found = best | found
    return {incident: KINDS[kind] for incident, kind in found.items()}


def outline(claims: pd.DataFrame, kinds: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return claims as an outline, each once, with ``depth`` (0 for a toll, 1 under it, …) and ``told_as``.

    ``claims``: columns of ``Casualty`` and ``used``. A claim stands under the one that it is part of, else under the
    one that it repeats, where that is of its incident and effect. ``kinds``: ``incident_kinds`` of more claims.
    """
    kinds = incident_kinds(claims) if kinds is None else kinds
    paths = _paths(claims)
    attackers = [is_of_attackers(groups) for groups in claims["victim_groups"]]
    used, incidents = claims["used"].tolist(), claims["incident"].tolist()
    effects = [EFFECTS.index(effect) for effect in claims["effect"]]

    def key(n: int) -> tuple:
        top = paths[n][0]
        return (KINDS.index(kinds[incidents[n]]), incident_key(incidents[n]), effects[n], attackers[top],
                not used[top], paths[n])

    order = sorted(range(len(claims)), key=key)
    return claims.iloc[order].assign(depth=[len(paths[n]) - 1 for n in order],
                                     told_as=[kinds[incidents[n]] for n in order])


def _paths(claims: pd.DataFrame) -> list[tuple[int, ...]]:
    """Return for each claim the positions from the toll at the top down to itself."""
    group = list(zip(claims["article_id"], claims["incident"], claims["effect"], strict=True))
    place = {(*where, number): n for n, (where, number) in enumerate(zip(group, claims["casualty"], strict=True))}
    over = [place.get((*where, whole if pd.notna(whole) else first)) for where, whole, first in zip(
        group, claims["part_of"].astype(object), claims["restates"].astype(object), strict=True)]
    return [_path(n, over) for n in range(len(over))]


def _path(n: int, over: Sequence[int | None]) -> tuple[int, ...]:
    path = [n]
    while (above := over[path[-1]]) is not None and above not in path:  # corrections by hand may lead in a circle
        path.append(above)
    return tuple(reversed(path))


def is_of_attackers(groups: object) -> bool:
    """Return whether a claim's groups of victims are those who attacked."""
    return isinstance(groups, (tuple, list)) and ATTACKER in groups


def incident_key(name: str | None) -> tuple[int, str]:
    """Return what an incident's name is sorted by: I2 before I10.

    >>> sorted(["I10", "I2"], key=incident_key)
    ['I2', 'I10']
    """
    number = _NUMBER.search(name or "")
    return (int(number[0]) if number else -1), name or ""


def role_words(claim: object, sure: bool = True) -> str:
    """Return the role of a claim in words, with how probable it is: "part (73 %)".

    ``claim``: a ``Casualty`` or a row with its columns. ``sure``: with the probability. Another event's repetitions and
    parts are called so, and what is said of attackers names them.
    """
    words = ROLE_WORDS.get(claim.role, claim.role)
    if claim.role in _KIND_OF:
        words += ": part" if pd.notna(claim.part_of) else ": repetition" if pd.notna(claim.restates) else ""
    words += ", attackers" if is_of_attackers(claim.victim_groups) else ""
    return words + (f" ({percent(claim.role_probability)})" if sure and pd.notna(claim.role_probability) else "")


def reason_words(claim: object) -> str:
    """Return what speaks most for a claim's role, "" where nothing is known to."""
    return "; ".join(claim.role_reasons)


def percent(share: float | None) -> str:
    """Return a share of 1 in whole percent, "–" where it is not known."""
    if pd.isna(share):
        return "–"
    return "over 99 %" if share > _MOST else "under 1 %" if share < _LEAST else f"{100 * share:.0f} %"


def in_short(reason: str) -> str:
    """Return why a claim does not count in at most a few words, for a picture.

    >>> in_short("superseded by a later report of Army"), in_short("out of scope: injured"), in_short("denied")
    ('superseded', 'out of scope', 'denied')
    """
    first = re.split(r" by | in the | and | but |: |, ", reason)[0]
    return {"compatible": "less precise", "tells of some of the victims only": "some of the victims",
            "restates a part of another": "part of another"}.get(first, first)
