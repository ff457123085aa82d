"""The day, place, means and doer of the event that a claim tells of, where its own clause does not say them.

They come from the nearest statement of that event before the claim, else, for the news of the article, from its lead:
"Gunmen attacked a village in Zamfara on Monday. Six people were killed.". Nothing is taken over from another event.

**Misses:** a place or day that only the headline outside the text gives; who "they" are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from spacy.tokens import Doc, Span

from analysis import lexicon
from analysis.casualties import harm
from analysis.casualties.circumstances import sites
from analysis.casualties.claims import Claim
from analysis.dates.edtf import bounds
from analysis.mentions import MentionIndex
from analysis.records import Attribution, Mention
from analysis.stretches import Stretches
from analysis.tokenizing import DASHES

_FACTS = ("date", "place", "means", "perpetrator")
_LEAD = 3  # sentences
_NEWS = 8  # days between the news and an article
_NIGHTS = 1  # from the first day of a night or weekend to the last


def event_times(doc: Doc, times: Iterable[Mention], voices: Sequence[Attribution]) -> list[Mention]:
    """Return the time expressions that may say when something happened: not when it was told ("said on Tuesday")."""
    told = {start for voice in voices for start, _ in voice.cue_spans}
    told |= {token.idx for token in doc if token.lemma_ in _saying() and token.pos_ == "VERB"}
    return [time for time in times if not _is_of_telling(doc.char_span(time.start, time.end, alignment_mode="expand"),
                                                         told)]


@lexicon.cached
def _saying() -> frozenset[str]:
    """The verbs that report, none of which harms."""
    harming = {form for table in (harm.words(), harm.idioms()) for form, rows in table.items()
               if any(row.effects for row in rows)}
    return frozenset(str(row["cue"]) for row in lexicon.rows("reporting_cues") if row["pos"] == "verb"
                     and {"that", "quote"} & set(str(row["frames"]).split())) - harming


def _is_of_telling(span: Span | None, told: set[int]) -> bool:
    if span is None:
        return False
    verb = next((token for token in (span.root, *span.root.ancestors) if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.idx in told


def fill(doc: Doc, claims: Sequence[Claim], mentions: MentionIndex, times: Stretches[Mention]) -> None:
    """Fill date, place, means and perpetrator of claims whose event has been told of before, or is the lead's."""
    known: dict[int, dict[str, object]] = {}
    news = next((claim.event for claim in claims if claim.scope == "incident"), None)
    for claim in claims:
        facts = known.get(claim.event)
        if facts is None:
            facts = known[claim.event] = _lead(doc, mentions, times) if claim.event == news else {}
        if claim.scope == "cumulative":
            continue
        for name in _FACTS:
            if own := getattr(claim, name):
                facts[name] = own
            elif name in facts:
                setattr(claim, name, facts[name])
        if claim.site is None:
            claim.site = facts.get("site")
        else:
            facts["site"] = claim.site


def date_from_sentences(claims: Iterable[Claim], times: Stretches[Mention]) -> None:
    """Fill the day of claims from their sentence, where their clause has none: what stands nearest to the harm."""
    for claim in claims:
        sentence, at = claim.span, claim.cue.token.idx
        inside = times.meeting(sentence.start_char, sentence.end_char)
        if claim.date is None and inside:
            claim.date = min(inside, key=lambda time: abs(time.start - at)).date


def _is_day(value: str | None, published: tuple[date, date] | None) -> bool:
    """True for a day, a night or a weekend shortly before an article, or of an open year."""
    if (span := bounds(value)) is None:
        return value is not None and len(value) == len("2016-10-12")
    return (span[1] - span[0]).days <= _NIGHTS and (published is None or 0 <= (published[0] - span[0]).days <= _NEWS)


def _lead(doc: Doc, mentions: MentionIndex, times: Stretches[Mention]) -> dict[str, object]:
    """The first recent day and the first place of the sentences that open an article."""
    facts: dict[str, object] = {}
    published = bounds(doc._.article.published) if doc._.article is not None else None
    unnamed = False
    for sentence, _ in zip(doc.sents, range(_LEAD), strict=False):
        inside = times.meeting(sentence.start_char, sentence.end_char)
        named = mentions.within(sentence)
        days = [time.date for time in inside if _is_day(time.date, published)]
        where = [mention for mention, _ in sites(sentence, named)]
        unnamed = unnamed or any(mention.nominal and mention.type == "facility" for mention in named)
        if days:
            facts.setdefault("date", days[0])
        if where and "site" not in facts:
            facts["site"] = min(where, key=lambda m: m.where_prec or 8)
    if unnamed and "site" not in facts and (town := _of_dateline(doc, mentions)):
        facts["site"] = town
    if "site" in facts:
        facts["place"] = facts["site"].entity or facts["site"].text
    return facts


def _of_dateline(doc: Doc, mentions: MentionIndex) -> Mention | None:
    """Return the town of the dateline, where a report that names no place says "a cafe" or "the market"."""
    datelines = (sentence for sentence, _ in zip(doc.sents, range(_LEAD), strict=False) if sentence[-1].text in DASHES)
    named = (mention for sentence in datelines for mention in mentions.within(sentence))
    return next((mention for mention in named if mention.type == "place"), None)
