"""One row for each voice: its kind, its party, its record and its suggested grade.

A voice is an entity that an attribution names as its source, that was told or passes a claim on, an outlet whose name
is known, or a phrase that names nobody ("a security official"). Such a phrase is counted but never judged: each time
it may be another person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis import lexicon
from analysis.independence import voice
from analysis.records import Casualty, Source
from analysis.sources.accounts import Weighed
from analysis.sources.admiralty import FEWEST, letter
from analysis.sources.statements import reliabilities

NAMELESS = "F", "cannot be judged: the phrase names nobody, each time it may be another"
_OF_TYPE = {"government": "official", "security_force": "official", "armed_group": "armed group", "media": "outlet"}


@dataclass(frozen=True, slots=True)
class Said:
    """How often somebody is named as the source of an attribution, in the same words; see ``Attribution``."""

    source: str | None
    source_entity: str | None
    told_to: str | None
    n: int

    @property
    def voice(self) -> str | None:
        """Who speaks."""
        return voice(self.source, self.source_entity)


@dataclass(frozen=True, slots=True)
class Typed:
    """How often an entity is mentioned as being of a type."""

    entity: str
    type: str
    nominal: bool
    n: int


def sources(outlets: Iterable[str], mentions: Sequence[Typed], attributions: Sequence[Said],
            claims: Sequence[Casualty], told: Sequence[Weighed], parties: Mapping[str, str],
            given: Mapping[str, tuple[str, str]] | None = None) -> list[Source]:
    """Return one row for each voice, most statements first.

    ``claims`` have their chain; ``told``: the accounts that they give, from ``weighed``; ``parties``: {entity: party};
    ``given``: {voice: (letter, reason)}, the analyst's own grades, which win.
    """
    figures = reliabilities(claims, told, parties)
    compared = {(claim.article_id, claim.casualty): (bool(one.backing), bool(one.against))
                for one in told if one.standing for claim in one.account.claims}
    spoken: Counter[str] = Counter()
    for way in attributions:
        if way.voice:
            spoken[way.voice] += way.n
    phrases, outlets = _phrases(attributions), set(outlets)
    passed: dict[str, list[Casualty]] = defaultdict(list)
    for claim in claims:
        for link in claim.chain:
            passed[link].append(claim)
    names = {*spoken, *(way.told_to for way in attributions if way.told_to), *outlets, *passed}
    types = _types(mentions)
    by_the_analyst = {claim.said_by for claim in claims if claim.said_by}
    unnamed = (spoken.keys() | by_the_analyst) - {way.entity for way in mentions if not way.nominal} - outlets
    rows = [_source(name, _kind(name, types.get(name), phrases.get(name, ""), name in outlets, name in unnamed,
                                _type_of(parties.get(name), types)),
                    parties.get(name), spoken[name], passed[name], compared,
                    None if name in unnamed else figures.get(name, {"n": 0}), (given or {}).get(name))
            for name in names]
    return sorted(rows, key=lambda row: (-row.n_statements, -row.n_casualty_claims, row.source))


def root_letters(rows: Iterable[Source], claims: Iterable[Casualty]) -> dict[str, str]:
    """Return {root: letter}: the letter of the voice that most of the root's claims come from, the first of equals."""
    letters = {row.source: row.grade_letter or "F" for row in rows}
    voices: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        if claim.root and claim.chain:
            voices[claim.root][claim.chain[-1]] += 1
    return {root: letters.get(count.most_common(1)[0][0], "F") for root, count in voices.items()}


def _phrases(attributions: Iterable[Said]) -> dict[str, str]:
    """Return {voice: every phrase that names it}, which may say what it is."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for way in attributions:
        if way.source and way.voice:
            found[way.voice][way.source] = None
    return {voice: " | ".join(words) for voice, words in found.items()}


def _types(mentions: Iterable[Typed]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for way in mentions:
        counts[way.entity][way.type] += way.n
    return {entity: count.most_common(1)[0][0] for entity, count in counts.items()}


def _type_of(party: str | None, types: Mapping[str, str]) -> str | None:
    """The type of a party, by the articles, else by the word list: it may be named in a title only."""
    return types.get(party) or next((row.type for row in lexicon.by_name().get(party, ())), None)


def _kind(name: str, type_: str | None, phrase: str, is_outlet: bool, nameless: bool, side: str | None) -> str:
    """Return what a voice is: by the words for it first, then by its entity's type, then by its ``side``'s."""
    words = f"{name} | {phrase}"
    if type_ == "media" or is_outlet:
        return "agency" if _named(words) == "agency" else "outlet"
    found = _named(words)
    if type_ in _OF_TYPE and found not in ("witness", "medic"):
        return _OF_TYPE[type_]
    return found or _OF_TYPE.get(side) or ("unnamed" if nameless else "other")


def _named(words: str) -> str | None:
    return next((kind for kind, pattern in _kinds().items() if pattern.search(words)), None)


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = defaultdict(list)
    for row in lexicon.rows("source_kinds"):
        words[row["kind"]].append(row["word"])
    return {kind: re.compile(rf"\b(?:{'|'.join(listed)})\b", re.IGNORECASE) for kind, listed in words.items()}


def _source(name: str, kind: str, party: str | None, n_statements: int, claims: Sequence[Casualty],
            compared: Mapping[tuple[str, int], tuple[bool, bool]], figures: Mapping[str, float] | None,
            given: tuple[str, str] | None) -> Source:
    """Return the row of one voice; ``figures``: its reliability, None for a phrase that names nobody."""
    verdicts = [compared[key] for c in claims if (key := (c.article_id, c.casualty)) in compared]
    n = int(figures["n"]) if figures else 0
    reliability, low, high = ((figures[key] for key in ("reliability", "reliability_low", "reliability_high"))
                              if figures and n >= FEWEST else (None, None, None))
    suggested, reason = letter(reliability, low, high, n) if figures else NAMELESS
    if party:
        reason += f"; speaks for one side, {party}"
    return Source(name, kind, party, n_statements, len(claims), sum(backed for backed, _ in verdicts),
                  sum(contradicted for _, contradicted in verdicts), sum(not any(pair) for pair in verdicts),
                  sum(c.certainty == "hedged" for c in claims),
                  sum(c.chain[-1] != name for c in claims), given[0] if given else suggested, suggested,
                  f"given by the analyst: {given[1]}; suggested: {reason}" if given else reason, reliability, low, high)
