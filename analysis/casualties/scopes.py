"""Whether a harm is news of one event, a statement about a time (how many, or what is done again and again), or older.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from analysis.casualties.asides import is_aside
from analysis.casualties.claims import Claim
from analysis.casualties.cues import EVENT
from analysis.casualties.sets import pattern_of, words_of
from analysis.records import Mention

_CLAUSES = ("ROOT", "ccomp", "relcl", "advcl", "conj")
_MANY, _VERY_MANY, _BEYOND_ONE_EVENT = 10, 200, 10_000  # people
_KNOWN = frozenset({"the", "these", "those", "this", "that"})
_OWNED = _KNOWN | {"his", "her", "its", "their", "our"}
_REMEMBERING, _AGAIN = words_of("remembering"), words_of("again")


def scope(claim: Claim, others: Sequence[Claim]) -> str:
    """Return incident, cumulative or background, as a claim's time words, tense and date and what was told before say.

    ``others``: the claims told before or in the same sentence, which a bare plural ("the murder of nuns") may mean.

    **Misses:** older events told without a time, by the pluperfect alone.
    """
    if _is_cumulative(claim) or (_is_habit(claim) and not _is_told(claim, others)):
        return "cumulative"
    return "background" if _is_older(claim) or is_aside(claim, others, claim.when) else "incident"


def when(claim: Claim) -> str | None:
    """Return the words of the clause that set an event back in time: "last month", "two years ago"."""
    found = pattern_of("background", "earlier").search(_clause(claim.cue.token).text)
    return found and found.group().lower()


def put_into_years(claims: Sequence[Claim], published: str | None, times: Sequence[Mention]) -> None:
    """Put events of years before the article into the background; the first one told is the news, however old.

    An article without a date is as old as the latest year that it names.
    """
    told = [published] if published else [time.date or "" for time in times]
    years = [int(date[:4]) for date in told if date[:4].isdigit()]
    if not years or not claims:
        return
    for claim in claims[1:]:
        year = claim.date[:4] if claim.date and claim.scope == "incident" else ""  # a count over years stays one
        if year.isdigit() and int(year) < max(years) - 1:
            claim.scope = "background"
    if not published or claims[0].scope != "background":
        return
    for claim in claims:
        with_first = claim.sentence == claims[0].sentence or (claim.date and claim.date == claims[0].date)
        if claim.scope == "background" and with_first:
            claim.scope = "incident"


def _is_cumulative(claim: Claim) -> bool:
    """True for people counted over a time: several in its clause, many anywhere in the sentence."""
    number = claim.people.low or 0
    perfect = _auxiliaries(claim.cue.token) & {"have", "has"}
    if claim.effect == "displaced" and number >= _VERY_MANY and _auxiliaries(claim.cue.token) & {"is", "are"}:
        return True  # "1.5 million are displaced" tells no event
    if claim.effect != "displaced" and (number >= _BEYOND_ONE_EVENT or (number >= _VERY_MANY and perfect)):
        return True
    if number >= _VERY_MANY and re.fullmatch(r"\d{4}", claim.date or ""):
        return True
    if claim.people.high == 1 or pattern_of("record").search(claim.span.text):
        return False
    where = claim.span.text if number >= _MANY else _own_words(claim.cue.token)
    return bool(pattern_of("cumulative").search(where) or (number >= _MANY and pattern_of("many").search(where)))


def _is_older(claim: Claim) -> bool:
    """True for an event of an earlier year, or one that people remember."""
    if re.fullmatch(r"\d{4}", claim.date or "") or pattern_of("background").search(_clause(claim.cue.token).text):
        return True
    noun = claim.cue.token
    return claim.cue.frame == EVENT and any(word.lemma_.lower() in _REMEMBERING for word in (noun.head, noun.head.head))


def _is_habit(claim: Claim) -> bool:
    """True for "the murder of nuns", "they kill civilians", "are being killed", where no time or place is given."""
    if claim.people.bound not in ("plural", "vague"):
        return False
    token, verb_forms = claim.cue.token, _auxiliaries(claim.cue.token)
    present = token.tag_ in ("VBP", "VBZ") or bool(verb_forms & {"is", "are", "'re"} and verb_forms <= {
        "is", "are", "being", "'re", "get", "gets", "getting"})
    if claim.cue.frame != EVENT and (present or _governor(token).lemma_ in _AGAIN) and claim.people.bound == "plural":
        return True
    if claim.date or claim.place or claim.means:
        return False
    if claim.people.bound == "vague":
        many = "many" in {t.lower_ for t in claim.head.lefts}
        return many and (present or bool(verb_forms & {"have", "has"}))
    if claim.cue.frame == EVENT:
        return claim.head.pos_ != "PRON" and not claim.people.definite and not _determiners(token) & {"these", "this"}
    return token.dep_ == "amod" and token.head.i > token.i and not _determiners(token.head) & _OWNED


def _is_told(claim: Claim, others: Sequence[Claim]) -> bool:
    """True for "the murder of nuns" after "six nuns were killed", and for "the murder of a judge and of officials"."""
    return any(other.effect == claim.effect and (
        (other.sentence < claim.sentence and other.scope == "incident" and claim.people.key & other.people.key)
        or (other.cue.token == claim.cue.token and other.people.high is not None)) for other in others)


def _governor(verb: Token) -> Token:
    """The word over a verb, or over the verbs that it is coordinated with."""
    while verb.dep_ == "conj" and verb.head != verb:
        verb = verb.head
    return verb.head


def _auxiliaries(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}


def _determiners(noun: Token) -> set[str]:
    return {c.lower_ for c in noun.lefts}


def _clause(word: Token) -> Span:
    """The clause of the harm, with the relative clauses in it."""
    while word.dep_ not in _CLAUSES and word.head != word:
        word = word.head
    return word.doc[word.left_edge.i:word.right_edge.i + 1]


def _own_words(word: Token) -> str:
    """The words of the clause of the harm up to where a relative clause tells of something else."""
    clause = _clause(word)
    end = next((t.left_edge.i for t in clause if t.dep_ == "relcl" and t.left_edge.i > word.i), clause.end)
    return clause.doc[clause.start:end].text
