"""Review claims: what a claim says in words, and the decisions on it.

Every decision takes claims and what the analyst says of them, writes judgements or nothing, and returns what was done,
with how to undo it, or why nothing was. All but accepting need a reason.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis import typed_claims
from analysis.corpus import Corpus
from analysis.incidents import DEFAULT
from analysis.independence import ARTICLE_ITSELF
from analysis.markup import escape
from analysis.outline import reason_words, role_words
from analysis.panels import judging
from analysis.panels.panel import Done
from analysis.panels.reader import source_line
from analysis.panels.tables import claim_names, figures, quote
from analysis.plots import date_words, figure_words
from analysis.records import Casualty, Span
from analysis.reports.evidence import worked_out_from
from analysis.review import VERDICTS, claim_span, extracted
from analysis.typed_claims import anchored, called, claims_of
from analysis.wording import found_words, side_word_words

NO_CLAIM = "Choose a claim first."
_FACT = "<span style='opacity:.7'>"


def reviewed(corpus: Corpus) -> str:
    """Return how many claims a person has looked at: "reviewed 2 of 14 claims"."""
    return f"reviewed {int(corpus.casualties['judged'].notna().sum()):,} of {len(corpus.casualties):,} claims"


def your_words(told: pd.DataFrame) -> pd.Series:
    """Return the analyst's decision on each claim, with what was found before a correction: "corrected; found: 5"."""
    said = list(map(_decision, told["judged"], told["found"]))
    return pd.Series(said, index=told.index, dtype="str")


def _decision(judged: str, found: str) -> str:
    return "–" if pd.isna(judged) else judged + (f"; found: {before}" if (before := found_words(found)) else "")


def worked_out(told: pd.DataFrame) -> pd.Series:
    """Return what is said after a number that was worked out, or told in one side's own word; "" after others."""
    said = [_in_brackets("worked out" if spans else "", side_word_words(word))
            for spans, word in zip(told["derived_from"], told["side_word"], strict=True)]
    return pd.Series(said, index=told.index, dtype="str")


def _in_brackets(*said: str) -> str:
    return f" ({'; '.join(filter(None, said))})" if any(said) else ""


def about(corpus: Corpus, claim: pd.Series) -> str:
    """Return a claim in one line: its number, who says so, its role and why, what came of it, your decision."""
    told = claim.to_frame().T.astype({"low": "Int64", "high": "Int64"})
    decision = _decision(claim["judged"], claim["found"])
    why = "" if pd.isna(claim["judged_why"]) else f" ({claim['judged_why']})"
    return (f"Claim {claim_names(corpus, told)[0]}: {claim['effect']} {figures(told).iloc[0]}"
            f"{doubts_of(corpus, claim)}, {claim['certainty']}, says {claim['source']}; {role_of(corpus, claim)}; "
            f"in the totals: {claim['reason']}; your decision: {'not reviewed' if decision == '–' else decision}{why}")


def doubts_of(corpus: Corpus, claim: pd.Series) -> str:
    """Return in brackets what a claim's number was worked out from and whose word its harm is, "" for neither."""
    spans = claim["derived_from"]
    return _in_brackets(worked_out_from(corpus, claim["article_id"], spans) if spans else "",
                        side_word_words(claim["side_word"]))


def role_of(corpus: Corpus, claim: pd.Series) -> str:
    """Return a claim's role, the claim that it is part of or repeats, and why: "part (73 %) of claim 0, because …"."""
    above = claim["part_of"] if pd.notna(claim["part_of"]) else claim["restates"]
    other = pd.DataFrame({"article_id": [claim["article_id"]], "casualty": [above]})
    of = f" of claim {claim_names(corpus, other)[0]}" if pd.notna(above) else ""
    why = reason_words(claim)
    return role_words(claim) + of + (f", because it {why}" if why else "")


def judge(corpus: Corpus, kind: str, claims: Sequence[Casualty], why: str = "") -> Done:
    """Accept or reject claims, all at once; ``kind`` is "claim_accepted" or "claim_rejected"."""
    what = called(claims[0]) if len(claims) == 1 else f"{len(claims)} claims"
    return judging.write_all(corpus, f"{VERDICTS[kind]} {what}", [
        {"kind": kind, "anchors": (anchored(corpus, claim),), "value": {"effect": extracted(claim)}, "why": why}
        for claim in claims]) if claims else Done(NO_CLAIM)


def events(corpus: Corpus, kind: str, claim: Casualty, other: Casualty, why: str) -> Done:
    """Say that two claims are of one event ("incident_merged") or of two ("incident_split")."""
    number = "one event" if kind == "incident_merged" else "two events"
    if (claim.article_id, claim_span(claim)) == (other.article_id, claim_span(other)):
        return Done("Not saved: both are about the same words, which are of one event.")
    done = judging.write(corpus, f"{number}: {called(claim)} and {called(other)}", kind, why=why,
                         anchors=(anchored(corpus, other), anchored(corpus, claim)))
    keys = [(one.article_id, one.casualty) for one in (claim, other)]
    if done.undo and (len({one.incident for one in claims_of(corpus, *keys)}) == 1) != (kind == "incident_merged"):
        return Done("Saved, but not carried out: another decision of yours says the opposite.", done.undo)
    return done


def correct(corpus: Corpus, claim: Casualty, why: str, **read: str) -> Done:
    """Correct what differs from the reading of a claim (see ``typed_claims``)."""
    try:
        value, anchors = typed_claims.correction(corpus, claim, read)
    except ValueError as error:
        return Done(f"Not saved: {error}.")
    return judging.write(corpus, f"corrected {called(claim)}", "claim_corrected", anchors=anchors, value=value, why=why)


def add(corpus: Corpus, article_id: str, words: str, selection: Span | None, why: str, **read: str) -> Done:
    """Add a claim that was missed, about words of an article (see ``typed_claims``)."""
    try:
        value, anchors = typed_claims.addition(corpus, article_id, words, selection, read)
    except ValueError as error:
        return Done(f"Not saved: {error}.")
    said = f"added {read['effect']} {figure_words(value['low'], value['high'])} “{' '.join(words.split())}”"
    return judging.write(corpus, said, "claim_added", anchors=anchors, value=value, why=why)


def claim_html(corpus: Corpus, claim: Casualty) -> str:
    """Return a claim's sentence with the ones around it, and how it was read."""
    spans, text = corpus.sentences[claim.article_id], corpus.text(claim.article_id)
    first, last = corpus.sentence(claim.article_id, claim.start, claim.end)
    before = max((start for start, _ in spans if start < first), default=first)
    after = min((end for _, end in spans if end > last), default=last)
    said = quote(text, min(before, claim.start), claim.start, claim.end, max(after, claim.end))
    known, ledger = (table[(table["article_id"] == claim.article_id) & (table["casualty"] == claim.casualty)]
                     for table in (corpus.casualties, corpus.ledger))
    told = known.iloc[0]
    event = typed_claims.event_names(corpus, [claim.incident])
    facts = {"number": f"{claim.effect} {figure_words(claim.low, claim.high, claim.bound)}{doubts_of(corpus, told)}",
             "victims": f"{claim.victims or 'not named'} ({claim.victim_status})",
             "who says so": f"{claim.chain[-1] if claim.chain else ARTICLE_ITSELF} ({claim.certainty})",
             "day": date_words(claim.date) if claim.date else "not known", "place": claim.place or "not known",
             "event": event[0] if event else "not known",
             "in the totals": next(iter(ledger.loc[ledger["policy"] == DEFAULT.name, "reason"]), "not counted"),
             "your decision": _decision(told["judged"], told["found"]).replace("–", "not reviewed")}
    cells = "".join(f"<div>{_FACT}{name}</span><br>{escape(str(value))}</div>" for name, value in facts.items())
    return (f"<p style='opacity:.75;margin:0'>{escape(source_line(corpus, claim.article_id))}</p>"
            f"<blockquote style='margin:6px 0 8px;line-height:1.6'>{escape(said.before)}<mark>{escape(said.found)}"
            f"</mark>{escape(said.after)}</blockquote><div style='display:grid;gap:4px 14px;line-height:1.35;"
            f"grid-template-columns:repeat(auto-fill,minmax(150px,1fr))'>{cells}<div style='grid-column:1/-1'>"
            f"{_FACT}role</span><br>{escape(role_of(corpus, told))}</div></div>")
