"""People as a noun phrase names them: how many, which words, what they are, and whether they are named."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from analysis.casualties.kinds import KIN, kind_of_word, singular


@dataclass(frozen=True, slots=True)
class People:
    """People as one noun phrase names them; tokens ``[first, last]``. ``key`` words tell them from others."""

    head: Token
    first: int
    last: int
    low: int | None
    high: int | None
    bound: str
    wording: str | None
    status: str
    groups: tuple[str, ...]
    named: bool
    definite: bool
    entity: str | None
    key: frozenset[str]
    name: tuple[str, ...] = ()
    unit: str = "person"

    @property
    def span(self) -> tuple[int, int]:
        """Characters of the phrase."""
        doc = self.head.doc
        return doc[self.first].idx, doc[self.last].idx + len(doc[self.last])

    def number_is_open(self) -> bool:
        """True for "several", "soldiers", "at least five"."""
        return self.high is None


def of_kind(people: People, word: str) -> People:
    """Return some people with the status and group that a lower-case word for them says."""
    status, group = kind_of_word(word) or ("unknown", None)
    return replace(people, status=status, groups=(group,) if group else ())


def roles(people: People) -> set[str]:
    """Return the words of a phrase that say what somebody is ("senator", "woman"), in the singular."""
    doc = people.head.doc
    words = {doc[i].lower_ for i in range(people.first, people.last + 1)} - KIN - set(people.name)
    kinds = {word: kind for word in words if (kind := kind_of_word(word))}
    return {singular(word) for word, (status, group) in kinds.items() if group or status != "unknown"}
