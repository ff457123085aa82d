"""The first stage: which mentions of one article mean the same actor, place or thing."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter

from spacy.tokens import Doc

from analysis import places
from analysis.entities import names
from analysis.entities.nominal import resolve_nominal
from analysis.mentions.name_types import nationality
from analysis.records import Mention

_NO_ENTITY = frozenset(("date", "money"))
_BODIES = frozenset(("armed_group", "security_force", "government", "organisation", "media"))


def link(doc: Doc, rows: list[Mention]) -> list[Mention]:
    """Return the mentions of one article with ``entity`` filled as far as the article itself can tell.

    An entity is named by the lexicon or the gazetteer's country, else by its longest mention without article, title
    and type word. A nominal mention has the entity it means, or None.
    **Misses:** pronouns; nicknames; a surname that two people of the article share stays None.
    """
    called = [row.entity or _own_name(row) for row in rows]
    named = [(row.type, name) for row, name in zip(rows, called, strict=True) if name]
    sites = _places(Counter(name for type_, name in named if type_ in ("place", "facility")))
    people = Counter(name for type_, name in named if type_ == "person")
    table = {"person": _persons(people), "place": sites, "facility": sites}
    table |= dict.fromkeys(_BODIES, _bodies({name for type_, name in named if type_ in _BODIES}))
    linked = [dataclasses.replace(row, entity=table.get(row.type, {}).get(name, name) if name else None)
              for row, name in zip(rows, called, strict=True)]
    return resolve_nominal(doc, linked)


def _own_name(row: Mention) -> str | None:
    """Return what a mention calls its entity, before other mentions are looked at."""
    if row.nominal or row.type in _NO_ENTITY:
        return None
    if row.type == "person":
        return names.person(row.text)
    if row.type == "place":
        return names.place(row.text)
    if row.type in ("weapon", "vehicle"):
        return names.thing(row.text)
    if row.type == "nationality":
        return nationality(names.plain(row.text)) or names.plain(row.text)
    return names.listed(row.text) or names.plain(row.text)


def _persons(found: Counter[str]) -> dict[str, str | None]:
    """Return {name: entity}: spellings and short forms of a full name together, surnames to the one who bears it."""
    full = sorted((n for n in found if " " in n), key=len, reverse=True)  # of equals the one that the article has first
    table: dict[str, str | None] = {}
    for name in full:
        same = [e for e in dict.fromkeys(table.values()) if names.same_spelling(name, e) or names.shortened(name, e)]
        table[name] = same[0] if len(same) == 1 else name
        if len(same) == 1 and same[0].startswith(name) and found[name] > found[same[0]]:  # more often without the end
            table |= {other: name for other, entity in table.items() if entity == same[0]}
    for name in (n for n in found if " " not in n):
        bearers = {table[f] for f in full if names.surname_of(name, f)}
        table[name] = bearers.pop() if len(bearers) == 1 else None if bearers else name
    return table


def _places(found: Counter[str]) -> dict[str, str]:
    """Return {name: entity}: spellings of one place together, under the one that the article uses most."""
    table: dict[str, str] = {}
    for name, _ in found.most_common():
        table[name] = next((e for e in dict.fromkeys(table.values()) if names.same_place(name, e)), name)
    return table


def _bodies(found: set[str]) -> dict[str, str]:
    """Return {name: entity}: acronyms to the long name, "government of Kenya" to "Kenyan government"."""
    table = {name: name for name in found}
    by_key: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(found, key=lambda n: (-len(n), n)):
        if key := state_body(name):
            by_key.setdefault(key, []).append(name)
    for same in by_key.values():
        table |= dict.fromkeys(same, same[0])
    for short in filter(names.is_acronym, found):
        meant = {table[long] for long in found if names.acronym_of(short, long)}
        if len(meant) == 1 and not names.listed(short):
            table[short] = meant.pop()
    return table


_OF = re.compile(r"(?P<body>[\w ]+?) of (?:the )?(?P<country>[A-Z].*)")
_BEFORE = re.compile(r"(?P<country>[A-Z][\w.-]*(?: [A-Z][\w.-]*)*?)(?:['’]s?)? (?P<body>[A-Za-z ]+)")


def state_body(name: str) -> tuple[str, ...] | None:
    """Return (country, body) for "Kenyan government", "Government of Kenya", "Kenya's government"."""
    for pattern in (_OF, _BEFORE):
        if (match := pattern.fullmatch(name)) and (code := places.country_code(match["country"])):
            return code, match["body"].lower()
    return None

