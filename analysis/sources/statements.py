"""What each voice says of an incident, as ``reliability.estimate`` takes it: figures, where it was, who did it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from analysis import places
from analysis.records import Casualty
from analysis.sources.accounts import Weighed
from analysis.sources.reliability import estimate


class Statement(NamedTuple):
    """What one voice says of one ``item`` of an incident: "killed | people", "place" or "perpetrator".

    ``low``, ``high``: people; of places and perpetrators both are the number of the one that is named.
    """

    incident: str
    item: str
    source: str
    root: str
    low: int | None
    high: int | None


def reliabilities(claims: Sequence[Casualty], told: Iterable[Weighed],
                  parties: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Return {voice: its reliability, with its interval and the items it rests on}, see ``estimate``.

    ``told``: the accounts that the claims give, from ``weighed``.
    """
    stated = [Statement(incident, f"{effect} | {side}", voice, one.account.root, one.account.low, one.account.high)
              for one in told if one.standing and not one.account.denied
              for incident, effect, side in (one.account.item,) for voice in one.account.chain or (one.account.root,)]
    stated += circumstances(claims, parties)
    order = {incident: n for n, incident in enumerate(dict.fromkeys(claim.incident for claim in claims))}
    return _estimated(tuple(sorted(stated, key=lambda said: order[said.incident])))


@lru_cache(maxsize=4)  # most judgements change no statement, or take one back
def _estimated(stated: tuple[Statement, ...]) -> dict[str, dict[str, float]]:
    rows = pd.DataFrame(stated, columns=Statement._fields)
    return estimate(rows.assign(item=rows["incident"] + " | " + rows["item"]))[1].to_dict("index")


def circumstances(claims: Iterable[Casualty], parties: Mapping[str, str]) -> list[Statement]:
    """Return the statements on place and perpetrator of incidents.

    ``parties``: {entity: party}: who blames the rebels' brigade and who blames the rebels agree. A category is written
    as its number among those that are stated for the item: no two of them are near each other. A place that may be the
    one that most name, or lie in it, is left out: it says neither the same nor anything else. Where only one place is
    stated nothing is: reports were joined into an incident because they name it.
    """
    stated: dict[tuple[str, str], list[tuple[str, Casualty]]] = defaultdict(list)
    for claim in claims:
        if claim.incident and claim.root and claim.scope == "incident" and claim.certainty in ("asserted", "hedged"):
            if claim.place:
                stated[claim.incident, "place"].append((claim.place, claim))
            if claim.perpetrator:
                stated[claim.incident, "perpetrator"].append((parties.get(claim.perpetrator, claim.perpetrator), claim))
    return [row for (incident, what), said in stated.items() for row in _numbered(incident, what, said)]


def _numbered(incident: str, what: str, said: list[tuple[str, Casualty]]) -> list[Statement]:
    (first, _), *others = Counter(name for name, _ in said).most_common()
    names = [first, *(name for name, _ in others if what != "place" or _apart(name, first))]
    if what == "place" and len(names) == 1:
        return []
    number = {name: n for n, name in enumerate(names, 1)}
    rows = {Statement(incident, what, voice, claim.root, number[name], number[name]): None
            for name, claim in said if name in number for voice in claim.chain or (claim.root,)}
    return list(rows)


def _apart(name: str, other: str) -> bool:
    one, two = places.resolve(name), places.resolve(other)
    return one is not None and two is not None and not places.may_be_one(one.place_id, two.place_id)
