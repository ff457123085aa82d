"""The analyst's word on claims: accepted, rejected, corrected, added, graded, of one event or of two.

    corrections.py   the columns that a correction sets: what is allowed, and what follows
    roles.py         what follows from the role of a claim
    events.py        which events are one, which are two
    grades.py        the Admiralty number of a claim

A judgement is anchored to the words of the victims (of the clause, where no victims are named). Its value names the
effect that was extracted and, where it corrects or adds, the columns it sets: ``{"effect": "killed", "low": 4,
"high": 4}``. ``new_effect`` corrects the effect; ``source`` who says so (null: the article itself). A correction that
leads to another claim has that claim's words as its second anchor, and its effect as ``of``: a part is ``part_of`` it,
a repetition ``restates`` it, and any other claim is moved into its event, in whichever article that is; ``event`` null
gives a claim an event of its own. Journals of before name the row instead (``part_of``, ``restates``, ``event``).

A corrected claim keeps in ``found`` what was extracted; a rejected one stays in the table and in the ledger, and counts
nowhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from analysis.judgements import Judgement, Located
from analysis.records import EFFECTS, Attribution, Casualty, Problem
from analysis.review.corrections import CORRECTABLE, RELATIONS, added, claim_span, extracted, judge
from analysis.review.events import EventKey, events, unplaced
from analysis.review.grades import item_grades

__all__ = ["CORRECTABLE", "KINDS", "RELATIONS", "VERDICTS", "Decided", "EventKey", "Reviewed", "claim_span", "events",
           "extracted", "item_grades", "review", "reviewed"]

VERDICTS = {"claim_accepted": "accepted", "claim_rejected": "rejected", "claim_corrected": "corrected"}
KINDS = (*VERDICTS, "claim_added")

Decision = tuple[Judgement, Located, Located | None]  # the words it is about, those of the claim that it leads to
Decided = Mapping[str, Sequence[tuple[Judgement, tuple[Located, ...]]]]  # {kind: [(judgement, its places)]}


@dataclasses.dataclass(frozen=True, slots=True)
class Reviewed:
    """Some ``claims`` under the analyst's decisions, and what else these say.

    ``apart``, ``merged``: pairs of events that are two, or one; ``grades``: see ``item_grades``; ``problems``: the
    decisions that fit nothing.
    """

    claims: list[Casualty]
    apart: list[tuple[EventKey, EventKey]]
    merged: list[tuple[EventKey, EventKey]]
    grades: dict[tuple[str, int], tuple[int, str]]
    problems: list[Problem]


def reviewed(claims: Mapping[str, Sequence[Casualty]], attributions: Mapping[str, Sequence[Attribution]],
             decided: Decided) -> Reviewed:
    """Return claims with all decisions applied; both are {article_id: rows}, of each article that one is about."""
    on_claims: dict[str, list[Decision]] = {}
    for judgement, places in sorted((pair for kind in KINDS for pair in decided.get(kind, ())),
                                    key=lambda pair: pair[0].when):
        leads = isinstance(judgement.value, dict) and "of" in judgement.value and len(places) > 1
        for place in places[:1] if leads else places:
            on_claims.setdefault(place[0], []).append((judgement, place, places[1] if leads else None))
    rows, problems, moved = [], [], {}
    for article_id, of_article in claims.items():
        found, unfit, away = review(of_article, attributions.get(article_id, ()), on_claims.get(article_id, ()))
        rows += found
        problems += unfit
        moved |= away
    splits, merges = decided.get("incident_split", ()), decided.get("incident_merged", ())
    problems += unplaced(rows, (*splits, *merges))
    rows, apart = events(rows, splits)
    rows, merged = events(rows, merges)
    problems += unplaced(rows, [(judgement, (place,)) for judgement, place in moved.values()])
    at = {(c.article_id, *claim_span(c)): (c.article_id, c.event) for c in rows} if moved else {}
    merged += [(at[moved[key][1]], (claim.article_id, claim.event)) for claim in rows
               if (key := (claim.article_id, claim.casualty)) in moved and moved[key][1] in at]
    grades, unfit = item_grades(rows, [pair for pair in decided.get("grade", ()) if pair[0].anchors])
    return Reviewed(rows, apart, merged, grades, problems + unfit)


def review(claims: Sequence[Casualty], attributions: Sequence[Attribution], decided: Sequence[Decision],
           ) -> tuple[list[Casualty], list[Problem], dict[tuple[str, int], tuple[Judgement, Located]]]:
    """Return an article's claims with the analyst's word in ``judged``, added ones last, and what fits none of them.

    The last word on a claim stands. A judgement whose claim is no longer extracted is a problem, never applied. Third
    come the claims that are moved into the event of another article's words.
    """
    rows, problems, moved = list(claims), [], {}
    found = {(*claim_span(c), extracted(c)): n for n, c in enumerate(claims)}
    for judgement, (article_id, start, end), other in decided:
        value = judgement.value if isinstance(judgement.value, dict) else {}
        number = found.get((start, end, value.get("effect")))
        away = other if other is not None and other[0] != article_id else None
        try:
            to = None if other is None or away else found.get((*other[1:], value["of"]))
            if other is not None and not away and to is None:
                raise ValueError(f"no claim that somebody was {value['of']} is found at the words that it leads to")
            if judgement.kind == "claim_added" and number is None and value.get("effect") in EFFECTS:
                rows.append(added(rows, attributions, (article_id, start, end), value, judgement, to))
                number = found[start, end, rows[-1].effect] = len(rows) - 1
            elif number is None:
                problems.append(Problem(article_id, "judgement no longer fits",
                                        f"{judgement.kind} of {judgement.when}: no claim that somebody was "
                                        f"{value.get('effect')} is found there now"))
                continue
            elif judgement.kind in ("claim_accepted", "claim_rejected"):
                rows[number] = dataclasses.replace(rows[number], judged=VERDICTS[judgement.kind],
                                                   judged_why=judgement.why)
            else:
                judge(rows, number, value if away is None else {**value, "event": None}, judgement, to)
            if {"event", "role", "of"} & value.keys():
                moved.pop((article_id, rows[number].casualty), None)
            if away:
                moved[article_id, rows[number].casualty] = judgement, away
        except ValueError as error:
            problems.append(Problem(article_id, "judgement not applied",
                                    f"{judgement.kind} of {judgement.when}: {error}"))
    return rows, problems, moved
