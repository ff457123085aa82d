"""The tables of the workbook: one frozen dataclass a row, and the only place that names a column.

Spans are half-open character offsets into the article's text as read. ``None`` means not known or not said; it is
never replaced by ``""`` or 0. Row numbers (``attribution``, ``casualty``) count from 0 within an article, so that a
row is named by ``(article_id, number)``.

    >>> table([Problem("a.txt", "empty", "the file has no text")], Problem).columns.tolist()
    ['article_id', 'what', 'detail']
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.records.frames import dtypes, table
from analysis.records.made import Entity, Incident, LedgerEntry, Source
from analysis.records.rows import many_rows, replaced

__all__ = ["BOUNDS", "CERTAINTIES", "EFFECTS", "MENTION_TYPES", "ROLES", "SCOPES", "SCOPE_OF_ROLE", "STATUSES",
           "TABLES", "Article", "Attribution", "Casualty", "Entity", "Incident", "LedgerEntry", "Mention", "Problem",
           "Source", "Span", "Spans", "dtypes", "many_rows", "replaced", "table"]

Span = tuple[int, int]
Spans = tuple[Span, ...]

MENTION_TYPES = ("person", "armed_group", "security_force", "government", "organisation", "media", "place", "facility",
                 "nationality", "date", "weapon", "vehicle", "money")
EFFECTS = ("killed", "injured", "captured", "abducted", "missing", "displaced")
BOUNDS = ("exact", "at_least", "at_most", "about", "range", "vague", "plural", "shared", "named")
CERTAINTIES = ("asserted", "hedged", "denied", "hypothetical")
STATUSES = ("civilian", "police", "combatant", "unknown")
SCOPES = ("incident", "cumulative", "background")
SCOPE_OF_ROLE = {"toll": "incident", "part": "incident", "again": "incident", "other": "background",
                 "over time": "cumulative"}
ROLES = tuple(SCOPE_OF_ROLE)


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``text`` is what every span counts into; ``published`` is an ISO date."""

    article_id: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    rights: str | None = None
    path: str | None = None
    words: int = 0
    text: str = ""
    sha256: str = ""
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, a place, a time or a thing in the text. ``nominal``: "the militants", not a name. Degrees WGS 84."""

    article_id: str
    start: int
    end: int
    text: str
    type: str
    entity: str | None = None
    nominal: bool = False
    date: str | None = None
    place_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    where_prec: int | None = None
    extracted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: ``source`` with ``cue`` says the words of ``content_spans``, perhaps to ``told_to``.

    ``start, end`` cover source, cue and content. ``depth`` is 1 when no other attribution encloses it, and ``parent``
    the number of the one that does. ``chain`` runs from the outermost voice to the root.
    """

    article_id: str
    attribution: int
    start: int
    end: int
    source: str | None
    source_entity: str | None
    source_spans: Spans
    cue: str
    cue_spans: Spans
    content_spans: Spans
    told_to: str | None = None
    kind: str = "indirect"
    stance: str = "neutral"
    certainty: str = "asserted"
    depth: int = 1
    parent: int | None = None
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Casualty:
    """One effect on one set of victims as one clause states it. ``low`` and ``high`` count ``unit`` (persons).

    ``event`` numbers the events within the article; ``incident`` is the event over all articles. ``root`` is the one
    account that the claim counts as: the party of the chain's last voice, else that voice. ``side``: the state that the
    root is taken to speak for where the article does not say so ("police", "the ministry"). ``judged`` is the analyst's
    word (accepted, rejected, corrected, added) and ``found`` the JSON of what a correction replaced. A number that the
    phrase itself does not state has ``derived_from``: the spans of the words it was worked out from. ``role``: toll
    (all that its event came to), part, again (the same people as a row before), other (another event), over time; with
    its ``role_probability`` and the reasons that speak most for it. ``scope``, ``restates``, ``part_of`` and
    ``superseded_by`` are read off the roles. ``incident_probability``: how likely its event is that incident, null for
    the first report of it. ``side_word``: the harm word where only one side calls it so ("neutralised", "martyred"):
    its effect is what the word is commonly meant to say, and is that speaker's reading. ``said_by``: who says so by the
    analyst's word, null where that is as found.
    """

    article_id: str
    casualty: int
    start: int
    end: int
    effect: str
    low: int | None
    high: int | None
    bound: str
    unit: str = "person"
    wording: str | None = None
    victims: str | None = None
    victims_start: int | None = None
    victims_end: int | None = None
    victims_entity: str | None = None
    victim_status: str = "unknown"
    victim_groups: tuple[str, ...] = ()
    perpetrator: str | None = None
    means: str | None = None
    place: str | None = None
    date: str | None = None
    certainty: str = "asserted"
    attribution: int | None = None
    chain: tuple[str, ...] = ()
    root: str | None = None
    side: str | None = None
    scope: str = "incident"
    restates: int | None = None
    superseded_by: int | None = None
    part_of: int | None = None
    moved_from: int | None = None
    role: str = "toll"
    role_probability: float | None = None
    role_reasons: tuple[str, ...] = ()
    event: int = 0
    incident: str | None = None
    incident_probability: float | None = None
    grade_number: int | None = None
    grade_number_suggested: int | None = None
    grade_reason: str | None = None
    judged: str | None = None
    judged_why: str | None = None
    found: str | None = None
    derived_from: Spans = ()
    side_word: str | None = None
    said_by: str | None = None

    @property
    def has_voice(self) -> bool:
        """Whether somebody says it; else it is the article's own account."""
        return self.attribution is not None or self.said_by is not None

    @property
    def account(self) -> str | None:
        """Whose account it is one of: a state's police and its ministries give one between them."""
        return self.side or self.root


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or was left out; ``article_id`` is the path where there is no article."""

    article_id: str
    what: str
    detail: str


TABLES = {"articles": Article, "mentions": Mention, "entities": Entity, "attributions": Attribution,
          "casualties": Casualty, "incidents": Incident, "ledger": LedgerEntry, "sources": Source,
          "problems": Problem}
