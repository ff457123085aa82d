"""The chain a claim came through, and its root: the one account that it counts as."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from analysis.records import Attribution, Casualty

_PRONOUNS = ("i", "we", "you", "he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "who")
Voice = tuple[str | None, str | None]  # who was told, who speaks
ARTICLE_ITSELF = "the article itself"
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def chain(voices: Sequence[Voice], outlet: str | None, printed_first_by: str | None = None) -> tuple[str, ...]:
    """Return who passed on what some voices say (see ``around``), outermost first; the last is who it comes from.

    That is the outlet if known, the outlet whose article it copies, then each voice and the one it told. Who was told
    something copied it from nobody.
    """
    steps = [outlet, None if outlet in {told_to for told_to, _ in voices} else printed_first_by]
    return tuple(dict.fromkeys(step for step in (*steps, *itertools.chain.from_iterable(voices)) if step))


def around(said: Mapping[tuple[str, int], tuple[int | None, Voice]]) -> dict[tuple[str, int], tuple[Voice, ...]]:
    """Return the voice of each attribution and those of the attributions around it, outermost first.

    ``said``: {(article_id, attribution): (its parent, its voice)}.
    """
    found = {}
    for article_id, number in said:
        step, voices = number, ()
        while step is not None:
            step, voice = said[article_id, step]
            voices = (voice, *voices)
        found[article_id, number] = voices
    return found


def voice_name(attribution: Attribution) -> str | None:
    """Return the name of who speaks in an attribution (see ``voice``)."""
    return voice(attribution.source, attribution.source_entity)


def voice(source: str | None, source_entity: str | None) -> str | None:
    """Return the entity that speaks, else the phrase without its article, None where the text names no source.

    A pronoun names none: "we" is the speaker of its quotation or the outlet, "he" may be one who has a name already.
    """
    if source_entity or not source or source.lower() in _PRONOUNS:
        return source_entity
    phrase = _ARTICLE.sub("", " ".join(source.split()))
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]


def root(links: Sequence[str], sides: Mapping[str, str | None], article_id: str, unnamed: Collection[str] = ()) -> str:
    """Return the name under which a claim counts: the party of its last voice (``sides``), else that voice.

    A claim without any voice comes from one unknown root, its article (for a copy, the article it copies). One of the
    ``unnamed`` is known only to who passes it on, in brackets: "residents" of two outlets are not known to be the same,
    but "a security official" whom one agency quotes twice is not known to be two.
    """
    if not links:
        return f"unknown ({article_id})"
    if side := sides.get(links[-1]):
        return side
    if links[-1] not in unnamed:
        return links[-1]
    told = next((link for link in reversed(links[:-1]) if link not in unnamed), article_id)
    return f"{links[-1]} ({told})"


def root_words(root: str | None, article_id: str | None = None) -> str:
    """Return a root as a reader would say it, in an article or (None) over several.

    >>> root_words("unknown (a.txt)", "a.txt"), root_words("residents (a.txt)", "a.txt"), root_words("residents (Wire)")
    ('the article itself', 'residents', 'residents (Wire)')
    >>> root_words("unknown (a.txt)"), root_words(None)
    ('the article a.txt itself', 'the article itself')
    """
    if not root or root in ("unknown", f"unknown ({article_id})"):
        return ARTICLE_ITSELF
    own = root.startswith("unknown (") and re.fullmatch(r"unknown \((.+)\)", root)
    return f"the article {own[1]} itself" if own else root.removesuffix(f" ({article_id})")


def echoes(claims: Iterable[Casualty]) -> set[tuple[str, int]]:
    """Return (article_id, casualty) of what an article says in its own words and has, there, from a voice.

    "Nine people were killed in the port" above "nine people were killed, the police said" is one account, not two.
    Each incident is looked at alone, so that the answer is the same whether its claims are given alone or with others.
    """
    told: dict[tuple, list[Casualty]] = {}
    for claim in claims:
        victims = claim.casualty if claim.restates is None else claim.restates
        told.setdefault((claim.article_id, claim.incident, claim.effect, victims), []).append(claim)
    return {(own.article_id, own.casualty) for said in told.values() for own in said if not own.has_voice
            and any(other.has_voice and _fit(own, other) for other in said)}


def _fit(one: Casualty, other: Casualty) -> bool:
    return all(a is None or b is None or a <= b for a, b in ((one.low, other.high), (other.low, one.high)))
