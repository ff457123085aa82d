"""Claims as the analyst types them: what a claim says, field by field, and the judgement that a changed field makes.

A *reading* has the fields low, high, effect, victim_status, source, place, date, role, event, and ``of``: the claim
that it is part of or repeats. Every field is text that may be changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.corpus import Corpus
from analysis.dates.edtf import is_date
from analysis.exports import records
from analysis.independence import ARTICLE_ITSELF
from analysis.judgements import Anchor
from analysis.records import EFFECTS, ROLES, Casualty, Span
from analysis.review import claim_span, extracted
from analysis.wording import date_words, figure_words

OPEN, NEW_EVENT = "?", "a new event"
NOTHING = {"low": "", "high": "", "effect": EFFECTS[0], "victim_status": "unknown", "source": "", "place": "",
           "date": "", "role": ROLES[0], "event": NEW_EVENT, "of": ""}  # the reading of a claim that is to be added
_LEADS = ("part", "again")  # roles of claims that belong to another one
_SUGGESTED = 50

Value = tuple[dict[str, object], tuple[Anchor, ...]]  # what a judgement sets, and the words that it is about


def rows(claims: pd.DataFrame) -> list[Casualty]:
    """Return the rows of a table of claims as records."""
    return [Casualty(**row) for row in records(claims)]


def claims_of(corpus: Corpus, *keys: tuple[str, int]) -> list[Casualty]:
    """Return the claims with these (article_id, casualty) as they are now; those that are gone are left out."""
    known = corpus.casualties
    of_articles = known[known["article_id"].isin({article for article, _ in keys})]
    found = {(c.article_id, c.casualty): c for c in rows(of_articles)}
    return [found[key] for key in keys if key in found]


def called(claim: Casualty) -> str:
    """Return a claim's number and words: "killed 3 “three people”"."""
    words = " ".join((claim.victims or claim.wording or "").split())
    return f"{claim.effect} {figure_words(claim.low, claim.high, claim.bound)} “{words}”"


def numbered(claim: Casualty) -> str:
    """Return a claim with its number in the article: "0: killed 3 “three people”"."""
    return f"{claim.casualty}: {called(claim)}"


def event_names(corpus: Corpus, incidents: Sequence[str]) -> list[str]:
    """Return incidents with place and day: "I12 (Herat, 9 April 2019)"."""
    known = corpus.incidents[corpus.incidents["incident"].isin(incidents)].drop_duplicates("incident")
    said = {row.incident: f"{row.incident} ({'place not known' if pd.isna(row.place) else row.place}, "
                          f"{'day not known' if pd.isna(row.date) else date_words(row.date)})"
            for row in known.itertuples()}
    return [said[name] for name in incidents if name in said]


def reading(corpus: Corpus, claim: Casualty) -> dict[str, str]:
    """Return the reading of a claim (see above)."""
    above = claim.part_of if claim.part_of is not None else claim.restates
    return {**{name: "" if (value := getattr(claim, name)) is None else str(value) for name in NOTHING
               if name not in ("source", "event", "of")},
            "source": claim.chain[-1] if claim.chain else ARTICLE_ITSELF,
            "event": event_names(corpus, [claim.incident])[0],
            "of": next((numbered(other) for other in claims_of(corpus, (claim.article_id, above))), "")}


def suggestions(corpus: Corpus, article_id: str, claim: Casualty | None = None) -> dict[str, list[str]]:
    """Return what may be meant, the nearest first: {"source": …, "place": …, "event": …, "of": …}."""
    known, here = corpus.casualties, corpus.mentions[corpus.mentions["article_id"] == article_id]
    own = rows(known[known["article_id"] == article_id])
    near = corpus.incidents.drop_duplicates("incident")
    if claim is not None:
        near = near[near["place"].eq(claim.place) | near["date"].eq(claim.date) | near["may_be"].eq(claim.incident)]
    names = dict.fromkeys([*(one.incident for one in own), *near["incident"].head(_SUGGESTED)])
    is_place = here["type"] == "place"
    return {"source": [*dict.fromkeys([ARTICLE_ITSELF, *(one.chain[-1] for one in own if one.chain),
                                       *here.loc[~is_place, "entity"].dropna()])],
            "place": [*dict.fromkeys(here.loc[is_place, "entity"].dropna())],
            "event": [NEW_EVENT, *event_names(corpus, list(names))],
            "of": [numbered(one) for one in own if claim is None or one.casualty != claim.casualty]}


def correction(corpus: Corpus, claim: Casualty, read: Mapping[str, str]) -> Value:
    """Return the judgement that corrects what differs from the reading of a claim. Raises ValueError for none."""
    value, other = _changes(corpus, claim.article_id, reading(corpus, claim), read)
    if not value:
        raise ValueError("nothing was changed; accept the claim instead")
    value |= {"new_effect": value["effect"]} if "effect" in value else {}
    return {**value, "effect": extracted(claim)}, (anchored(corpus, claim), *other)


def addition(corpus: Corpus, article_id: str, words: str, selection: Span | None, read: Mapping[str, str]) -> Value:
    """Return the judgement that adds a claim about words of an article: those selected, else those that stand alone.

    Raises ValueError for what cannot be one.
    """
    start, end = find_words(corpus, article_id, words, selection)
    value, other = _changes(corpus, article_id, {**NOTHING, "effect": ""}, read)
    if value.get("low") is None and value.get("high") is None:
        raise ValueError("how many? Give at least one bound")
    known = corpus.casualties[corpus.casualties["article_id"] == article_id]
    if any((*claim_span(claim), extracted(claim)) == (start, end, read["effect"]) for claim in rows(known)):
        raise ValueError("there is such a claim about these words already; correct that one")
    return value, (corpus.anchor(article_id, start, end), *other)


def _changes(corpus: Corpus, article_id: str, before: Mapping[str, str], read: Mapping[str, str]) -> Value:
    """Return the columns that a changed reading sets, and the anchor of the claim that it leads to.

    Raises ValueError for what cannot be said.
    """
    new = {name: read[name].strip() for name in before if name in read and read[name].strip() != before[name]}
    value: dict[str, object] = {name: new[name] for name in ("effect", "victim_status", "role") if name in new}
    if {"low", "high"} & new.keys():
        low, high = (people(new.get(name, before[name])) for name in ("low", "high"))
        value |= {"low": low, "high": high, "bound": _bound(low, high)}
    if "date" in new and new["date"] and not is_date(new["date"]):
        raise ValueError(f"“{new['date']}” is no day; write 2019-03-04, 2019-03 or 2019")
    value |= {name: new[name] or None for name in ("place", "date") if name in new}
    if "place" in new:
        value["place"] = _name(corpus, new["place"])
    if "source" in new:
        outlet = corpus.articles.set_index("article_id").loc[article_id, "outlet"]
        own = new["source"] in ("", ARTICLE_ITSELF) or new["source"] == outlet
        value["source"] = None if own else _name(corpus, new["source"])
    role = new.get("role", before["role"])
    if role not in _LEADS or not {"role", "of"} & new.keys():
        if "event" not in new:
            return value, ()
        name = new["event"].partition(" (")[0]
        if name in ("", NEW_EVENT):
            return {**value, "event": None}, ()
        known = corpus.casualties[corpus.casualties["incident"] == name]
        inside = sorted(rows(known), key=lambda claim: claim.article_id != article_id)
        fault = f"there is no event “{name}”"
    else:
        if "event" in new:
            raise ValueError("a part or a repetition is of the event of its claim; change one of the two")
        number = re.match(r"\d+", read.get("of", ""))
        inside = claims_of(corpus, (article_id, int(number[0]))) if number else []
        value, fault = {**value, "role": role}, "which claim of this article is it part of, or does it repeat"
    if not inside:
        raise ValueError(fault)
    return {**value, "of": extracted(inside[0])}, (anchored(corpus, inside[0]),)


def _name(corpus: Corpus, name: str) -> str | None:
    """Return the entity that has a name or alias, where that is certain; else the name."""
    owners = [entity for entity, aliases in zip(corpus.entities["entity"], corpus.entities["aliases"], strict=True)
              if name == entity or name in aliases]
    return name if name in owners else owners[0] if len(owners) == 1 else name or None


def find_words(corpus: Corpus, article_id: str | None, words: str, selection: Span | None = None) -> Span:
    """Return where words stand in an article: where they were selected, else where they stand alone.

    Raises ValueError where that is nowhere, or not certain.
    """
    words = words.strip()
    if not words or article_id is None:
        raise ValueError("open an article and select the words for the victims in it")
    text = corpus.text(article_id)
    if selection and text[slice(*selection)].strip() == words:
        start = text.index(words, selection[0])
        return start, start + len(words)
    found = [match.span() for match in re.finditer(re.escape(words), text)]
    if len(found) != 1:
        raise ValueError(f"“{words}” stands {len(found)} times in {article_id}; select the words in the text"
                         if found else f"“{words}” does not stand in {article_id}")
    return found[0]


def anchored(corpus: Corpus, claim: Casualty) -> Anchor:
    """Return the anchor of the words that a judgement about a claim is tied to."""
    return corpus.anchor(claim.article_id, *claim_span(claim))


def people(words: str) -> int | None:
    """Return a number of people as typed, None for nothing or ``OPEN``. Raises ValueError for what is no number."""
    words = words.strip().replace(",", "")
    if words in ("", OPEN):
        return None
    if not words.isdecimal():
        raise ValueError(f"“{words}” is no number of people; write digits, or {OPEN} for not known")
    return int(words)


def _bound(low: int | None, high: int | None) -> str:
    if None not in (low, high) and low > high:
        raise ValueError(f"at least {low} and at most {high} cannot both be")
    if low is None or high is None:
        return "at_most" if low is None and high is not None else "at_least"
    return "exact" if low == high else "range"
