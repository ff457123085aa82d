"""The chain a claim came through, and its root: the one account that it counts as."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from analysis.records import Attribution, Mention

_FIRST_PERSON = ("i", "we")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def chain(number: int | None, attributions: Mapping[int, Attribution], outlet: str | None,
          printed_first_by: str | None = None) -> tuple[str, ...]:
    """Return who passed on what an attribution holds, outermost first; the last is who the information comes from.

    That is the outlet if known, the outlet whose article it copies, then each voice and the one it told.
    """
    steps = [outlet, printed_first_by]
    for voice in path(number, attributions):
        steps += [voice.told_to, voice_name(voice)]
    return tuple(dict.fromkeys(step for step in steps if step))


def voice_name(attribution: Attribution) -> str | None:
    """Return the entity that speaks, else the phrase without its article, None where the text names no source.

    "I" and "we" name none: inside a quotation they are its speaker, outside they are the outlet.
    """
    if attribution.source_entity or not attribution.source or attribution.source.lower() in _FIRST_PERSON:
        return attribution.source_entity
    phrase = _ARTICLE.sub("", " ".join(attribution.source.split()))
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]


def path(number: int | None, attributions: Mapping[int, Attribution]) -> list[Attribution]:
    """Return the attribution of that number and those around it, outermost first."""
    voices: list[Attribution] = []
    while number is not None:
        voices.insert(0, attributions[number])
        number = attributions[number].parent
    return voices


def nameless(mentions: Iterable[Mention], attributions: Iterable[Attribution]) -> set[str]:
    """Return the voices of one article that no name stands for: "residents", "a security official"."""
    named = {m.entity for m in mentions if m.entity and not m.nominal}
    return {name for a in attributions if (name := voice_name(a)) and name not in named}


def root(links: Sequence[str], sides: Mapping[str, str], article_id: str, unnamed: Collection[str] = ()) -> str:
    """Return the name under which a claim counts: the party of its last voice (``sides``), else that voice.

    A claim without any voice comes from one unknown root, its article (for a copy, the article it copies). So does one
    of the ``unnamed``: "residents" of two articles are not known to be the same.
    """
    if not links:
        return f"unknown ({article_id})"
    if links[-1] in sides:
        return sides[links[-1]]
    return f"{links[-1]} ({article_id})" if links[-1] in unnamed else links[-1]
