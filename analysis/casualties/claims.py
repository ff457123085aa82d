"""A casualty claim while it is being read, before the claims of an article are related to each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from analysis.casualties.cues import Cue
from analysis.casualties.people import People
from analysis.records import Attribution, Mention


@dataclass(slots=True)
class Claim:
    """One effect on one set of victims. Relations hold the position of another claim of the article.

    ``role``, ``probability``, ``reasons``, ``told``: see ``roles``. ``total``: the claim that a list or the sentence
    itself makes this one a part of; ``newer``, ``older``: "rose to nine", "from seven"; ``rival``: the claim whose
    people this one counts too ("the army confirmed only two").
    """

    cue: Cue
    people: People
    effect: str
    low: int | None
    high: int | None
    bound: str
    certainty: str
    sentence: int
    role: str = ""
    probability: float = 0.0
    reasons: tuple[str, ...] = ()
    told: str = "first"
    scope: str = "incident"
    voice: Attribution | None = None
    perpetrator: str | None = None
    means: str | None = None
    place: str | None = None
    site: Mention | None = None
    date: str | None = None
    restates: int | None = None
    part_of: int | None = None
    superseded_by: int | None = None
    moved_from: int | None = None
    event: int = 0
    derived: tuple[tuple[int, int], ...] = ()
    total: Claim | None = None
    rival: Claim | None = None
    newer: bool = False
    older: bool = False

    def count(self, low: int | None, high: int | None, bound: str, derived: tuple[tuple[int, int], ...]) -> None:
        """Set a number that was worked out from words at these characters."""
        self.low, self.high, self.bound, self.derived = low, high, bound, derived
        self.people = replace(self.people, low=low, high=high, bound=bound)

    @property
    def head(self) -> Token:
        """The head of the victims' phrase."""
        return self.people.head

    @property
    def span(self) -> Span:
        """The sentence."""
        return self.cue.token.sent

    @property
    def number(self) -> int | None:
        """The stated number, where it is one."""
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def size(self) -> int:
        """How many people a number speaks of: the least, of "30 killed or wounded" all 30."""
        return self.low or self.high or 0

    @property
    def is_words(self) -> bool:
        """True for "several", "soldiers": no number is said."""
        return self.bound in ("plural", "vague", "shared") and self.high is None
