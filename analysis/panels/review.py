"""Review claims by hand: accept, reject, correct or add one, say what is one event and what is two; and take it back.

Every function takes what a person points at and the fields beside it, writes at most one line into the journal, and
returns what was done, with how to undo it, or why nothing was. All but accepting need a reason.
"""

from __future__ import annotations

import json
import re

import pandas as pd

from analysis.corpus import Corpus
from analysis.judgements import Anchor, Judgement
from analysis.outline import reason_words, role_words
from analysis.panels import judging
from analysis.panels.panel import Done, Picked
from analysis.panels.tables import claim_names, figures, rows
from analysis.plots import figure_words
from analysis.records import Casualty, Span
from analysis.reports.evidence import worked_out_from
from analysis.review import RELATIONS, VERDICTS, claim_span
from analysis.wording import side_word_words

AS_FOUND = "as found"
OPEN = "?"
NO_CLAIM = "Choose a claim in the table first."


def reviewed(corpus: Corpus) -> str:
    """Return how many claims a person has looked at: "reviewed 2 of 14 claims"."""
    return f"reviewed {int(corpus.casualties['judged'].notna().sum()):,} of {len(corpus.casualties):,} claims"


def your_words(told: pd.DataFrame) -> pd.Series:
    """Return the analyst's word on each claim, with what was found before a correction: "corrected; found: 5"."""
    return pd.Series([_your_word(row.judged, row.found) for row in told.itertuples()], index=told.index, dtype="str")


def _your_word(judged: str, found: str) -> str:
    if pd.isna(judged):
        return "–"
    before = {} if pd.isna(found) else json.loads(found)
    follows = ("scope", "event", *RELATIONS) if "role" in before else ()
    parts = [str(value) for key, value in before.items() if key not in ("low", "high", "bound", *follows)]
    if {"low", "high"} <= set(before):
        parts.insert(0, figure_words(before["low"], before["high"], before.get("bound")))
    return judged + (f"; found: {', '.join(parts)}" if before else "")


def worked_out(told: pd.DataFrame) -> pd.Series:
    """Return what is said after a number that was worked out, or told in one side's own word; "" after others."""
    said = [_in_brackets("worked out" if spans else "", side_word_words(word))
            for spans, word in zip(told["derived_from"], told["side_word"], strict=True)]
    return pd.Series(said, index=told.index, dtype="str")


def _in_brackets(*said: str) -> str:
    return f" ({'; '.join(filter(None, said))})" if any(said) else ""


def about(corpus: Corpus, claim: pd.Series) -> str:
    """Return a claim in one line: its number, who says so, its role and why, what came of it, the analyst's word."""
    told = claim.to_frame().T.astype({"low": "Int64", "high": "Int64"})
    number, word = figures(told).iloc[0], your_words(told).iloc[0]
    spans = claim["derived_from"]
    beside = _in_brackets(worked_out_from(corpus, claim["article_id"], spans) if spans else "",
                          side_word_words(claim["side_word"]))
    why = "" if pd.isna(claim["judged_why"]) else f" ({claim['judged_why']})"
    return (f"Claim {claim_names(corpus, told)[0]}: {claim['effect']} {number}{beside}, "
            f"{claim['certainty']}, says {claim['source']}; {_role(corpus, claim)}; in the totals: {claim['reason']}; "
            f"your word: {'not reviewed' if word == '–' else word}{why}")


def _role(corpus: Corpus, claim: pd.Series) -> str:
    """Return a claim's role, the claim that it is part of or repeats, and why: "part (73 %) of claim 0, because …"."""
    above = claim["part_of"] if pd.notna(claim["part_of"]) else claim["restates"]
    other = pd.DataFrame({"article_id": [claim["article_id"]], "casualty": [above]})
    of = f" of claim {claim_names(corpus, other)[0]}" if pd.notna(above) else ""
    why = reason_words(claim)
    return role_words(claim) + of + (f", because it {why}" if why else "")


def judge_claim(corpus: Corpus, kind: str, picked: Picked, why: str, low: str = "", high: str = "",
                status: str = AS_FOUND, **_: object) -> Done:
    """Accept, reject or correct the chosen claim; ``kind`` is one of ``VERDICTS``.

    ``low``, ``high``: people, ``OPEN`` for not known, nothing to leave a bound as found; only a correction uses them.
    """
    claim = chosen(corpus, picked)
    if claim is None:
        return Done(NO_CLAIM)
    try:
        changes = correction(claim, low, high, status) if kind == "claim_corrected" else {}
    except ValueError as error:
        return Done(f"Not saved: {error}")
    return judging.write(corpus, f"Saved: {VERDICTS[kind]}", kind, anchors=(anchored(corpus, claim),),
                         value={"effect": claim.effect, **changes}, why=why)


def add_claim(corpus: Corpus, picked: Picked, words: str, effect: str, why: str, low: str = "", high: str = "",
              status: str = AS_FOUND, **_: object) -> Done:
    """Add a claim that the rules missed, about words of the open article; a bound that is not given is not known."""
    try:
        start, end = find_words(corpus, picked, words)
        bounds = {"low": people(low, None), "high": people(high, None)}
        if set(bounds.values()) == {None}:
            raise ValueError("how many? Give at least one bound")
        _ordered(**bounds)
    except ValueError as error:
        return Done(f"Not saved: {error}")
    same = corpus.casualties["effect"].eq(effect) & corpus.casualties["article_id"].eq(picked.article_id)
    if any(claim_span(claim) == (start, end) for claim in rows(corpus.casualties[same], Casualty)):
        return Done("Not saved: there is such a claim about these words already; correct that one.")
    value = {"effect": effect, **bounds, "bound": _bound(**bounds)}
    value |= {} if status == AS_FOUND else {"victim_status": status}
    return judging.write(corpus, f"Saved: added {effect} {figure_words(*bounds.values())}", "claim_added",
                         anchors=(corpus.anchor(picked.article_id, start, end),), value=value, why=why)


def same_event(corpus: Corpus, picked: Picked, other: str, why: str, **_: object) -> Done:
    """Say that the chosen claim and another one tell of one event."""
    return _events(corpus, "incident_merged", picked, other, why)


def other_event(corpus: Corpus, picked: Picked, other: str, why: str, **_: object) -> Done:
    """Say that the chosen claim tells of another event than another one: it leaves that one's incident."""
    return _events(corpus, "incident_split", picked, other, why)


def _events(corpus: Corpus, kind: str, picked: Picked, name: str, why: str) -> Done:
    claim, other = chosen(corpus, picked), named(corpus, name)
    if claim is None:
        return Done(NO_CLAIM)
    if other is None:
        return Done(f"Not saved: there is no claim “{name.strip()}” to compare with; hold one first.")
    if (claim.article_id, claim_span(claim)) == (other.article_id, claim_span(other)):
        return Done("Not saved: both are about the same words, which are of one event.")
    merging = kind == "incident_merged"
    if (claim.incident == other.incident) == merging:
        return Done(f"Not saved: they are {'one incident' if merging else 'two incidents'} already.")
    done = judging.write(corpus, "Saved", kind, anchors=(anchored(corpus, other), anchored(corpus, claim)), why=why)
    if done.undo is None:
        return done
    now, then = (named(corpus, which) for which in (_name(corpus, claim), name))
    if (now.incident == then.incident) == merging:
        return Done(f"Saved: they are {'one incident' if merging else 'two incidents'} now", done.undo)
    return Done("Saved, but not carried out: another judgement of yours says the opposite", done.undo)


def take_back(corpus: Corpus, picked: Picked, **_: object) -> Done:
    """Take back the latest judgement about the chosen claim, of this day or an earlier one."""
    claim = chosen(corpus, picked)
    if claim is None:
        return Done(NO_CLAIM)
    given = judgements_on(corpus, claim)
    if not given:
        return Done("There is no judgement of yours on this claim to take back.")
    return judging.take_back(corpus, given[-1].id, given[-1].kind.replace("_", " "))


def judgements_on(corpus: Corpus, claim: Casualty) -> list[Judgement]:
    """Return the analyst's judgements about a claim that stand, the latest last."""
    span = (claim.article_id, *claim_span(claim))
    about_it = [j for j in corpus.journal.in_force() if span in {(a.article_id, a.start, a.end) for a in j.anchors}]
    return [j for j in about_it if j.kind.startswith("incident_")
            or (isinstance(j.value, dict) and j.value.get("effect") == claim.effect)]


def chosen(corpus: Corpus, picked: Picked) -> Casualty | None:
    """Return the claim of the chosen row as it is now, None where there is none."""
    if picked.row is None:
        return None
    known = corpus.casualties
    row = known[(known["article_id"] == picked.row["article_id"]) & (known["casualty"] == picked.row["casualty"])]
    return next(iter(rows(row, Casualty)), None)


def named(corpus: Corpus, name: str) -> Casualty | None:
    """Return the claim that a table calls so, None where there is none."""
    names = dict(zip(claim_names(corpus, corpus.casualties), range(len(corpus.casualties)), strict=True))
    number = names.get(name.strip())
    return None if number is None else rows(corpus.casualties.iloc[[number]], Casualty)[0]


def _name(corpus: Corpus, claim: Casualty) -> str:
    return claim_names(corpus, pd.DataFrame({"article_id": [claim.article_id], "casualty": [claim.casualty]}))[0]


def find_words(corpus: Corpus, picked: Picked, words: str) -> Span:
    """Return where words stand in the open article: where they were selected, else where they stand alone.

    Raises ValueError where that is nowhere, or not certain.
    """
    words = words.strip()
    if not words or picked.article_id is None:
        raise ValueError("open an article and choose the words for the victims in it")
    text = corpus.text(picked.article_id)
    if picked.selection and text[slice(*picked.selection)].strip() == words:
        start = text.index(words, picked.selection[0])
        return start, start + len(words)
    found = [match.span() for match in re.finditer(re.escape(words), text)]
    if len(found) != 1:
        raise ValueError(f"“{words}” stands {len(found)} times in {picked.article_id}; select the words in the text"
                         if found else f"“{words}” does not stand in {picked.article_id}")
    return found[0]


def anchored(corpus: Corpus, claim: Casualty) -> Anchor:
    """Return the anchor of the words that a judgement about a claim is tied to."""
    return corpus.anchor(claim.article_id, *claim_span(claim))


def correction(claim: Casualty, low: str, high: str, status: str) -> dict[str, object]:
    """Return the columns that a correction sets. Raises ValueError for what is no number, or corrects nothing."""
    bounds = {"low": people(low, claim.low), "high": people(high, claim.high)}
    _ordered(**bounds)
    changes: dict[str, object] = {}
    if bounds != {"low": claim.low, "high": claim.high}:
        changes = {**bounds, "bound": _bound(**bounds)}
    if status not in (AS_FOUND, claim.victim_status):
        changes["victim_status"] = status
    if not changes:
        raise ValueError("a correction changes a number or the status; give one, or accept the claim")
    return changes


def people(words: str, found: int | None) -> int | None:
    """Return a number of people as typed, ``found`` for nothing. Raises ValueError for what is no number."""
    words = words.strip().replace(",", "")
    if words in ("", OPEN):
        return None if words == OPEN else found
    if not words.isdecimal():
        raise ValueError(f"“{words}” is no number of people; write digits, {OPEN} for not known, or nothing")
    return int(words)


def _ordered(low: int | None, high: int | None) -> None:
    if None not in (low, high) and low > high:
        raise ValueError(f"at least {low} and at most {high} cannot both be")


def _bound(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return "at_most" if low is None and high is not None else "at_least"
    return "exact" if low == high else "range"
