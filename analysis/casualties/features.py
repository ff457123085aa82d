"""What speaks for the role of a claim: named facts about its number, words, time and place beside the claims before it.

Each feature is true or false. Those that are true are looked up in ``lexicon/role_weights.csv``, which says what each
is worth and how it is put to a reader.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from analysis.casualties.claims import Claim
from analysis.casualties.identity import GENERIC, is_known, is_more, is_share, kinds_agree, one_person
from analysis.casualties.kinds import singular
from analysis.casualties.roles import AGAIN, NEWS, OTHER, OVER_TIME, PART, TOLL
from analysis.casualties.sets import fates, pattern_of, words_of
from analysis.dates.edtf import bounds
from analysis.language import text_of

_TIMES, _COMES, _INCLUDING, _HOSPITALS = map(words_of, ("time span", "comes", "including", "hospital"))
_THEM, _DEGREES = fates("those"), fates("degree").keys()
_KIND = {OTHER: "other", OVER_TIME: "time"}  # anything else is news
_LEAD, _OPENING = 300, 1000  # characters
_NEW, _AFTERMATH, _YEAR = 3, 14, 365  # days: of the news, over which an event stays news, of an old one
_PERSONS = 20  # persons among whom one that is told again is looked for
_LATEST = 40  # tolls of one effect beside which a claim is looked at
_SHORT = 1500  # characters of an article that has no last third
_TREATED = re.compile(r"\b(?:hospitals?|morgue|mortuary|clinics?|admitted|treated|surgery|critical(?:ly)?|received"
                      r"|condition|stable)\b", re.IGNORECASE)


class Told:
    """The claims of an article told so far, as their roles count: ``tolls`` of the news by effect, and the last one."""

    def __init__(self, doc: Doc, claims: Sequence[Claim]):
        self.text, self.claims = text_of(doc), claims
        published = doc._.article.published if doc._.article is not None else None
        self.day = date.fromisoformat(published) if published else None
        self.tolls: dict[str, deque[Claim]] = defaultdict(lambda: deque(maxlen=_LATEST))
        self.last_of: dict[str, Claim] = {}
        self.persons: dict[str, deque[Claim]] = defaultdict(lambda: deque(maxlen=_PERSONS))  # of one person each
        self.last: Claim | None = None
        self.by_sentence: dict[int, list[Claim]] = defaultdict(list)
        self._of_sentence: dict[int, dict[str, bool]] = {}
        for claim in claims:
            self.by_sentence[claim.sentence].append(claim)

    def of_sentence(self, claim: Claim) -> dict[str, bool]:
        """Return what is true of the sentence of a claim."""
        if claim.sentence not in self._of_sentence:
            self._of_sentence[claim.sentence] = _sentence(claim.span)
        return self._of_sentence[claim.sentence]

    def add(self, claim: Claim) -> None:
        """Take in a claim whose role is decided."""
        self.last = self.last_of[claim.effect] = claim
        if claim.low == claim.high == 1:
            self.persons[claim.effect].append(claim)
        if claim.role == TOLL:
            self.tolls[claim.effect].append(claim)
            if self.day is None and (span := bounds(claim.date)):
                self.day = span[1]  # an article without a date is as old as its news


def features(claim: Claim, told: Told) -> list[str]:
    """Return the names of what is true of a claim, beside those told before it."""
    facts = {**_position(claim, told), **_number(claim, told), **_phrase(claim, told), **_clause(claim),
             **told.of_sentence(claim), **_time(claim, told), **_sequence(claim, told)}
    return [name for name, true in facts.items() if true]


def _position(claim: Claim, told: Told) -> dict[str, bool]:
    start, length = claim.people.span[0], len(told.text)
    return {"in the first 300 characters": start < _LEAD < length / 2,
            "in the first 1000 characters": start < _OPENING and length > 2 * _LEAD,
            "in the last third": length > _SHORT and start > length * 2 / 3}


def _number(claim: Claim, told: Told) -> dict[str, bool]:
    low, toll = claim.size, max((other.size for other in told.tolls[claim.effect]), default=None)
    counted = not claim.is_words
    beside = [other for other in told.by_sentence[claim.sentence] if other is not claim
              and other.effect == claim.effect]
    facts = {"ten or more": low >= 10, "200 or more": low >= 200, "one": claim.low == claim.high == 1,
             "none": claim.high == 0, "no number": claim.bound == "plural",
             "fewer than others of the sentence": any(other.size > low for other in beside)}
    if toll is None:
        return facts | {"no toll yet": True}
    if counted and low > 1:
        facts |= {"below the toll": low < toll, "above the toll": low > toll,
                  "near the toll": toll <= 2 * low <= 4 * toll,
                  "number of a toll": (equal := any(_equal(claim, other) for other in told.tolls[claim.effect])),
                  "large number of a toll": equal and low >= 5}
    return facts


def _equal(claim: Claim, other: Claim) -> bool:
    """True for one number, also as "17" and "more than 16"."""
    if claim.size == other.size:
        return claim.size > 0
    return (claim.bound == "at_least") != (other.bound == "at_least") and (
        claim.size - other.size == (1 if claim.bound == "at_least" else -1))


def _phrase(claim: Claim, told: Told) -> dict[str, bool]:
    tolls = told.tolls[claim.effect]
    again = claim.low == claim.high == 1 and any(one_person(claim, other) for other in told.persons[claim.effect])
    return {"named": claim.people.named, "definite": claim.people.definite,
            "people at large": bool(claim.people.key & GENERIC),
            "in a list of the dead": claim.total is not None, "said to be part": _says_part(claim),
            "of them": _speaks_of_them(claim),
            "may be one told before": again, "known, may be one told before": again and is_known(claim),
            "others besides": is_more(claim), "nothing but a plural": claim.bound == "plural" and not (
                claim.date or claim.place or claim.people.definite),
            "another kind than the toll": bool(tolls) and not any(kinds_agree(claim, other) for other in tolls)}


def _says_part(claim: Claim) -> bool:
    """True for "including three children", "four of whom", "three children were among the dead"."""
    doc, first, last = claim.cue.token.doc, claim.people.first, claim.people.last
    before = {token.lower_ for token in doc[max(first - 8, claim.span.start):first]}
    inside = {token.lower_ for token in doc[first:last + 4]}
    after = [token.lower_ for token in doc[last + 1:last + 5]]
    among = any(one == "among" and two in ("the", "those") for one, two in pairwise(after))
    return bool(is_share(claim) or before & _INCLUDING or inside & {"whom", "included"} or among)


def _speaks_of_them(claim: Claim) -> bool:
    """True for "six of the dead", "among the dead is a family of four"."""
    doc, first, last = claim.cue.token.doc, claim.people.first, claim.people.last
    near = [token.lower_ for token in doc[max(first - 6, claim.span.start):last + 3]]
    return any(one in ("of", "among") and two in ("the", "those") and three in _THEM
               for one, two, three in zip(near, near[1:], near[2:], strict=False))


def _clause(claim: Claim) -> dict[str, bool]:
    token = claim.cue.token
    return {"words for how badly": any(t.lower_ in _DEGREES for t in token.doc[max(token.i - 2, 0):token.i + 3]),
            "has or have": any(c.lower_ in ("have", "has") for c in token.children if c.dep_ == "aux"),
            "a habit": _is_habit(claim), "told by a noun": claim.cue.frame == "event",
            "in a relative clause": any(t.dep_ == "relcl" for t in _above(token)),
            "set before the news": _is_set_back(claim)}


def _sentence(sentence: Span) -> dict[str, bool]:
    return {"words for an older event": bool(pattern_of("background", "earlier").search(sentence.text)),
            "words for a stretch of time": bool(pattern_of("cumulative").search(sentence.text)),
            "words of a hospital": bool(_TREATED.search(sentence.text)),
            "after a sentence on other events": _is_announced(sentence)}


def _is_habit(claim: Claim) -> bool:
    """True for "the murder of nuns", "they kill civilians", "are being killed", without a day, place or means."""
    token = claim.cue.token
    if claim.bound != "plural" or claim.date or claim.place or claim.means:
        return False
    if claim.cue.frame == "event":
        return claim.head.pos_ != "PRON" and not claim.people.definite
    helping = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    return token.tag_ in ("VBP", "VBZ") or bool(helping & {"is", "are"} and helping <= {"is", "are", "being"})


def _above(token: Token) -> list[Token]:
    return [token, *(ancestor for ancestor, _ in zip(token.ancestors, range(3), strict=False))]


def _is_set_back(claim: Claim) -> bool:
    """True for "two days after three men were shot", "a street from where a boy was killed"."""
    for verb in (claim.cue.token, *claim.cue.token.ancestors):
        for word in verb.lefts:
            if word.lower_ == "where" and verb.dep_ == "pcomp":
                return True
            if word.lower_ in ("after", "since") and word.dep_ in ("mark", "prep", "advmod"):
                return (word.i > 0 and singular(word.nbor(-1).lower_) in _TIMES) or verb.head.lemma_ in _COMES
        if verb.dep_ in ("advcl", "ccomp", "pcomp"):
            return False
    return False


def _is_announced(sentence: Span) -> bool:
    """True after a sentence that turns to other events: "It was the third shooting there in five days."."""
    first = sentence.start
    return first > 0 and bool(pattern_of("others").search(sentence.doc[first - 1].sent.text))


def _time(claim: Claim, told: Told) -> dict[str, bool]:
    span, tolls = bounds(claim.date), [toll for of_effect in told.tolls.values() for toll in of_effect]
    age = (told.day - span[1]).days if span and told.day else None
    sites = {toll.place for toll in tolls if toll.place}
    return {"dated, how long ago is not known": bool(claim.date) and age is None,
            "over three days old": age is not None and _NEW < age <= _AFTERMATH,
            "over two weeks old": age is not None and age > _AFTERMATH,
            "over a year old": age is not None and age > _YEAR,
            "days old": age is not None and 0 <= age <= _NEW,
            "place of the toll": claim.place is not None and claim.place in sites}


def _sequence(claim: Claim, told: Told) -> dict[str, bool]:
    """What the claims just before are, and whether the voice is another than the toll's."""
    tolls, last, voice = told.tolls[claim.effect], told.last, speaker(claim)
    facts = {"first of its effect": claim.effect not in told.last_of,
             "another voice than the toll": bool(tolls) and voice is not None
             and all(speaker(toll) != voice for toll in tolls)}
    if claim.effect in told.last_of and told.last_of[claim.effect].role in (TOLL, OTHER):
        facts[f"last of its effect was {told.last_of[claim.effect].role}"] = True
    if last is None:
        return facts
    distance, kind = claim.sentence - last.sentence, _KIND.get(last.role, "news")
    if distance == 0:
        facts |= {f"same sentence as {kind}": True, "joined to another": claim.cue.token == last.cue.token,
                  "same sentence as a part": last.role == PART, "same sentence as a repetition": last.role == AGAIN,
                  "same sentence and effect": last.effect == claim.effect or any(
                      other.effect == claim.effect and other.people.first < claim.people.first
                      for other in told.by_sentence[claim.sentence])}
    elif distance == 1 and "\n" not in told.text[last.people.span[1]:claim.people.span[0]]:
        facts |= {f"next sentence after {kind}": True, "next sentence after a part": last.role == PART}
    elif distance <= 2 and last.role in NEWS:
        facts["near the news"] = True
    return facts


def speaker(claim: Claim) -> str | None:
    """Return who says so, as far as the article tells."""
    return (claim.voice.source_entity or (claim.voice.source or "").lower() or None) if claim.voice else None
