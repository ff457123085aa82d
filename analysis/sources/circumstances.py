"""Where it happened and who did it, by each voice: the statements on an incident that are no figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from analysis import places
from analysis.records import Casualty

Statement = tuple[str, str, str, int, int]  # item, voice, root, low, high


def circumstances(claims: Iterable[Casualty], parties: Mapping[str, str]) -> list[Statement]:
    """Return the statements on place and perpetrator of incidents, as ``reliability.estimate`` takes figures.

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
    return [row for (incident, what), said in stated.items() for row in _numbered(f"{incident} | {what}", what, said)]


def _numbered(item: str, what: str, said: list[tuple[str, Casualty]]) -> list[Statement]:
    (first, _), *others = Counter(name for name, _ in said).most_common()
    names = [first, *(name for name, _ in others if what != "place" or _apart(name, first))]
    if what == "place" and len(names) == 1:
        return []
    number = {name: n for n, name in enumerate(names, 1)}
    rows = {(item, voice, claim.root, number[name], number[name]): None for name, claim in said if name in number
            for voice in claim.chain or (claim.root,)}
    return list(rows)


def _apart(name: str, other: str) -> bool:
    one, two = places.resolve(name), places.resolve(other)
    return one is not None and two is not None and not places.may_be_one(one.place_id, two.place_id)
