"""One row for each voice: its kind, its party, its record and its suggested grade.

A voice is an entity that an attribution names as its source, that was told or passes a claim on, an outlet whose name
is known, or a phrase that names nobody ("a security official"). Such a phrase is counted but never judged: each time
it may be another person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import pandas as pd

from analysis import lexicon
from analysis.independence import nameless, voice_name
from analysis.records import Article, Attribution, Casualty, Mention, Source
from analysis.sources.accounts import Account, Weighed
from analysis.sources.admiralty import FEWEST, letter
from analysis.sources.circumstances import circumstances
from analysis.sources.reliability import estimate

NAMELESS = "F", "cannot be judged: the phrase names nobody, each time it may be another"
_OF_TYPE = {"government": "official", "security_force": "official", "armed_group": "armed group", "media": "outlet"}


def sources(articles: Mapping[str, Article], mentions: Sequence[Mention], attributions: Sequence[Attribution],
            claims: Sequence[Casualty], told: Sequence[Weighed], parties: Mapping[str, str],
            given: Mapping[str, tuple[str, str]] | None = None) -> list[Source]:
    """Return one row for each voice, most statements first.

    ``claims`` have their incident, chain and root; ``told``: the accounts they give, from ``weighed``. ``parties``:
    {entity: party}. ``given``: {voice: (letter, reason)}, the analyst's own grades, which win.
    """
    said = Counter(voice for a in attributions if (voice := voice_name(a)))
    phrases = _phrases(attributions)
    outlets = dict.fromkeys(article.outlet for article in articles.values() if article.outlet)
    passed: dict[str, list[Casualty]] = defaultdict(list)
    for claim in claims:
        for voice in claim.chain:
            passed[voice].append(claim)
    heard = [a.told_to for a in attributions if a.told_to]
    names = dict.fromkeys([*said, *heard, *outlets, *passed])
    told = [one for one in told if one.standing]
    records = {(c.article_id, c.casualty): (bool(one.backing), bool(one.against))
               for one in told for c in one.account.claims}
    figures = _reliabilities(claims, told, parties)
    types = _types(mentions)
    unnamed = nameless(mentions, attributions) - set(outlets)
    rows = [_source(name, _kind(name, types.get(name), phrases.get(name, ""), name in outlets, name in unnamed,
                                _type_of(parties.get(name), types)),
                    parties.get(name), said[name], passed[name], records,
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


def _phrases(attributions: Iterable[Attribution]) -> dict[str, str]:
    """Return {voice: every phrase that names it}, which may say what it is."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for a in attributions:
        if a.source and (voice := voice_name(a)):
            found[voice][a.source] = None
    return {voice: " | ".join(words) for voice, words in found.items()}


def _types(mentions: Iterable[Mention]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for m in mentions:
        if m.entity:
            counts[m.entity][m.type] += 1
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


def _reliabilities(claims: Sequence[Casualty], told: Iterable[Weighed],
                   parties: Mapping[str, str]) -> dict[str, dict[str, float]]:
    statements = [_statement(one.account, voice) for one in told if not one.account.denied
                  for voice in one.account.chain or (one.account.root,)]
    statements += circumstances(claims, parties)
    return estimate(pd.DataFrame(statements, columns=["item", "source", "root", "low", "high"]))[1].to_dict("index")


def _statement(account: Account, voice: str) -> tuple[str, str, str, int | None, int | None]:
    return " | ".join(account.item), voice, account.root, account.low, account.high


def _source(name: str, kind: str, party: str | None, n_statements: int, claims: Sequence[Casualty],
            records: Mapping[tuple[str, int], tuple[bool, bool]], figures: Mapping[str, float] | None,
            given: tuple[str, str] | None) -> Source:
    """Return the row of one voice; ``figures``: its reliability, None for a phrase that names nobody."""
    compared = [records[c.article_id, c.casualty] for c in claims if (c.article_id, c.casualty) in records]
    n = int(figures["n"]) if figures else 0
    reliability, low, high = ((figures[key] for key in ("reliability", "reliability_low", "reliability_high"))
                              if figures and n >= FEWEST else (None, None, None))
    suggested, reason = letter(reliability, low, high, n) if figures else NAMELESS
    if party:
        reason += f"; speaks for one side, {party}"
    return Source(name, kind, party, n_statements, len(claims), sum(backed for backed, _ in compared),
                  sum(contradicted for _, contradicted in compared), sum(not any(pair) for pair in compared),
                  sum(c.certainty == "hedged" for c in claims),
                  sum(c.chain[-1] != name for c in claims), given[0] if given else suggested, suggested,
                  f"given by the analyst: {given[1]}; suggested: {reason}" if given else reason, reliability, low, high)
