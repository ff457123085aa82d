"""Which side an entity speaks for: the word list for the date, else what the article says."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis import lexicon, places
from analysis.independence.chains import voice_name
from analysis.records import Article, Attribution, Mention

_NOT_FOR = re.compile(r"\b(?:to|in|at|against|with|near|on|about|by|over|from|outside|inside)\s+(?:the\s+)?$",
                      re.IGNORECASE)
_RULES = re.compile(r"\b(?:government|administration|regime|authorities|emirate)\b", re.IGNORECASE)
_STATE_TYPES = ("security_force", "government")
_OTHERS = ("organisation", "armed_group", "media", "nationality", "place")  # in whose name an official may speak


@dataclass(frozen=True, slots=True)
class Party:
    """A side, and the words or the word list that say so; ``presumed`` from the country that the article is about."""

    name: str
    evidence: str
    presumed: bool = False


def parties(article: Article, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> dict[str, Party]:
    """Return {entity: party} for the entities of one article whose side is known.

    The word list comes first (for the article's date), then what the article says: "the spokesperson of the Taliban
    government, X"; a country's police and ministries stand with whoever the article says governs it, else with the
    country. "Police", "state television" or "the governor" alone are those of the country that most places of the
    article lie in.

    **Misses:** police and officials of those who rule a part of a country, where the phrase does not say so.
    """
    types = {m.entity: m.type for m in sorted(mentions, key=lambda m: m.type in _STATE_TYPES) if m.entity}
    found = {entity: party for entity in types if (party := listed_party(entity, article.published))}
    found |= {entity: Party(entity, "a country that acts through its government") for entity, type_ in types.items()
              if type_ == "government" and entity not in found and places.country_code(entity)}
    rulers, home = _rulers(mentions, found), _home(mentions)
    for head, start, end in _phrases(mentions, attributions):
        if head not in found:
            inside = _inside(mentions, start, end)
            party = _party_in_phrase(article, start, end, head, types.get(head), inside, found, rulers) or (
                _presumed(article.text[start:end], head, types.get(head), inside, home, rulers))
            found |= {head: party} if party else {}
    return found


def listed_party(entity: str, date: str | None) -> Party | None:
    """Return the party that the word list gives the entity on a date; None when it changed and the date is unknown."""
    rows = [row for row in lexicon.by_name().get(entity, ()) if row.party]
    if date:
        rows = [row for row in rows if (row.party_from or "") <= date
                and date[:len(row.party_to or "")] <= (row.party_to or "9")]
    names = {row.party for row in rows}
    return Party(names.pop(), "word list") if len(names) == 1 else None


def speaks_of_rule(name: str) -> bool:
    """True for a name that says that somebody governs: "the Taliban government", "Islamic Emirate"."""
    return bool(_RULES.search(name))


def _rulers(mentions: Sequence[Mention], found: Mapping[str, Party]) -> dict[str, Party]:
    """Return {country code: party} where the article names a party's government: "the Taliban government"."""
    rulers: dict[str, Party] = {}
    for m in mentions:
        if m.entity in found and speaks_of_rule(m.text):
            named = [code for inner in _inside(mentions, m.start, m.end) if (code := _country(inner))]
            named += [row.country for row in lexicon.by_name().get(m.entity, ()) if row.country]
            for code in named[:1]:
                rulers.setdefault(code, Party(found[m.entity].name, f"the article speaks of the “{m.text}”"))
    return rulers


def _phrases(mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> Iterable[tuple[str, int, int]]:
    """Yield (voice, start, end) of every phrase that may say which side a voice is on, also of one without a name."""
    for a in attributions:
        if a.source_spans and (voice := voice_name(a)):
            yield voice, a.source_spans[0][0], a.source_spans[-1][1]
    for m in mentions:
        if m.entity and m.type in ("person", *_STATE_TYPES):
            yield m.entity, m.start, m.end


def _party_in_phrase(article: Article, start: int, end: int, head: str, head_type: str | None,
                     inside: Sequence[Mention], found: Mapping[str, Party],
                     rulers: Mapping[str, Party]) -> Party | None:
    phrase = article.text[start:end]
    evidence = f"“{' '.join(phrase.split())}”"
    speaks_for_state = head_type in _STATE_TYPES or _offices().search(phrase)
    for inner in inside:
        is_place = inner.type == "place"
        elsewhere = _NOT_FOR.search(article.text[start:inner.start]) and not (is_place and head_type in _STATE_TYPES)
        if inner.entity == head or elsewhere or article.text.startswith("-based", inner.end):
            continue
        if inner.entity in found and not is_place:
            return Party(found[inner.entity].name, evidence)
        if inner.type == "armed_group" and inner.entity and not inner.nominal and _offices().search(phrase):
            return Party(inner.entity, evidence)
        code = _country(inner)
        if code and speaks_for_state:
            return _state(code, evidence, rulers)
    name = _group_in_title(phrase)
    return Party((listed_party(name, article.published) or Party(name, "")).name, evidence) if name else None


def _presumed(phrase: str, head: str, head_type: str | None, inside: Iterable[Mention], home: str | None,
              rulers: Mapping[str, Party]) -> Party | None:
    """Return the state that "police" or "the ministry" alone is taken to speak for: that of ``home``."""
    alone, home = _offices("yes").search(phrase), places.country_code(head.split()[0]) or home  # "Afghan authorities"
    others = _offices("no").search(phrase) or any(
        m.type in _OTHERS and m.entity != head and not m.nominal for m in inside)
    medium = head_type == "media" and alone is not None and not alone[0].lower().startswith("state")
    if alone is None or home is None or others or medium or (
            head_type not in (None, "person", "media", *_STATE_TYPES)):
        return None
    return dataclasses.replace(_state(home, f"“{' '.join(phrase.split())}”", rulers), presumed=True)


def _state(code: str, evidence: str, rulers: Mapping[str, Party]) -> Party:
    """Return who governs a country, by the article, else the country."""
    return Party(rulers[code].name, f"{evidence}; {rulers[code].evidence}") if code in rulers else Party(
        places.country_place(code).name, evidence)


def _home(mentions: Sequence[Mention]) -> str | None:
    """Return the country that at least half of the places lie in, of an article without places half of the names."""
    codes = [(m.type == "place", code) for m in mentions if (code := _country(m))]
    count = Counter(code for is_place, code in codes if is_place) or Counter(code for _, code in codes)
    return next((code for code, n in count.most_common(1) if 2 * n >= count.total()), None)


def _group_in_title(phrase: str) -> str | None:
    """Return the armed group in the title of one who speaks for it, which no mention has: "Hamas spokesman Sami …"."""
    office = _offices().search(phrase)
    group = _groups().search(phrase, 0, office.start()) if office else None
    if group is None or _NOT_FOR.search(phrase[:group.start()]):
        return None
    return next(row.name for row in lexicon.names() if group[0] in (row.name, *row.aliases))


@lexicon.cached
def _groups() -> re.Pattern[str]:
    forms = {form for row in lexicon.names() if row.type == "armed_group" for form in (row.name, *row.aliases)}
    listed = "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or "(?!)"  # no list matches nothing
    return re.compile(rf"\b(?:{listed})\b")


def _inside(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    return [m for m in mentions if start <= m.start and m.end <= end]


def _country(mention: Mention) -> str | None:
    if mention.type == "nationality":
        return places.country_code(mention.text)
    if mention.type in ("place", "government"):
        place = places.by_id(mention.place_id) if mention.place_id else None
        return place.country if place else places.country_code(mention.entity or mention.text)
    return None


@cache
def _offices(alone: str | None = None) -> re.Pattern[str]:
    """The words for who speaks for a state; those that do it ``alone``, and those that keep others from it ("no")."""
    kinds = (alone,) if alone else (None, "yes")
    words = [row["word"] for row in lexicon.rows("offices") if row["alone"] in kinds]
    return re.compile(rf"\b(?:{'|'.join(words)})s?\b", re.IGNORECASE)
