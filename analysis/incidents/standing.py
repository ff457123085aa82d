"""Which claims on one effect in one incident may count, and why the others may not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from analysis.incidents.figures import WORDS_ONLY, root_words
from analysis.records import Article, Casualty

Key = tuple[str, int]  # article_id, casualty
Group = dict[Key, Casualty]  # the claims on one effect in one incident


def key_of(claim: Casualty) -> Key:
    """Return what names a claim."""
    return claim.article_id, claim.casualty


def left_out(group: Group, scope: Collection[str] | None, articles: Mapping[str, Article]) -> dict[Key, str]:
    """Return {claim: reason} for the claims that may not count. ``scope``: the statuses in it, None for no effect."""
    rejected = {key for key, claim in group.items() if claim.judged == "rejected"}
    reasons: dict[Key, str] = {}
    for key, claim in group.items():
        reason = ("rejected by the analyst" if key in rejected
                  else f"out of scope: {claim.effect}" if scope is None
                  else f"out of scope: victims {claim.victim_status}" if claim.victim_status not in scope
                  else "out of scope: cumulative figure" if claim.scope == "cumulative"
                  else "denied" if claim.certainty == "denied"
                  else "hypothetical" if claim.certainty == "hypothetical"
                  else "superseded in the same article" if claim.superseded_by is not None
                  and (claim.article_id, claim.superseded_by) not in rejected else None)
        if reason:
            reasons[key] = reason
    if scope and any(claim.part_of is not None for claim in group.values()):
        reasons |= _parts(group, reasons, scope)
    return reasons | _superseded([c for key, c in group.items() if key not in reasons], articles)


def _parts(group: Group, left_out: Mapping[Key, str], scope: Collection[str]) -> dict[Key, str]:
    """Leave out the parts of a total, unless nobody counts it: the analyst rejects it, its status is out of scope."""
    told = {(c.article_id, victims_of(c)) for key, c in group.items() if key not in left_out and c.part_of is None}

    def counts(whole: Casualty | None) -> bool:
        return (whole is None or (whole.judged != "rejected" and whole.victim_status in scope)
                or (whole.article_id, victims_of(whole)) in told
                or (whole.part_of is not None and counts(group.get((whole.article_id, whole.part_of)))))

    reasons = {}
    for key, claim in group.items():
        part = claim if claim.part_of is not None else group.get((claim.article_id, victims_of(claim)), claim)
        if key not in left_out and part.part_of is not None and counts(group.get((claim.article_id, part.part_of))):
            reasons[key] = "part of another" if part is claim else "restates a part of another"
    return reasons


def open_wholes(group: Group, left_out: Mapping[Key, str], scope: Collection[str] | None,
                ) -> dict[Key, tuple[int, int | None]]:
    """Return {part that counts: (its total, how many of the total may be in scope)} where others of it may be, too.

    "Nine people were killed, three of them children" tells of at least three civilians and at most nine, unless it
    says what the others were. None: the total is open above.

    **Misses:** of two groups of one status out of scope it takes off only the smaller; they may be the same people.
    """
    if scope is None or "unknown" in scope:
        return {}
    parts: dict[Key, dict[Key, Casualty]] = defaultdict(dict)
    for key, claim in group.items():
        if (whole := _outermost_unknown(claim, group)) is not None:
            parts[claim.article_id, whole][key] = claim
    found = {}
    for (article, whole), claims in parts.items():
        counting = {key: claim for key, claim in claims.items() if key not in left_out}
        others = [c for c in claims.values() if c.victim_status not in (*scope, "unknown")
                  and c.certainty == "asserted" and c.judged != "rejected"]
        high = _most(c for c in group.values() if (c.article_id, victims_of(c)) == (article, whole)
                     and c.judged != "rejected" and c.certainty != "denied")
        room = None if high is None else high - sum(min(lows) for lows in _lows(others))
        if room is None or room > sum(max(lows) for lows in _lows(counting.values())):
            found |= dict.fromkeys(counting, (whole, room))
    return found


def _outermost_unknown(claim: Casualty, group: Group) -> int | None:
    """Return the widest set of victims of unknown status that the analyst lets stand and the claim's are part of."""
    found, part, seen = None, claim, set()
    while part is not None and part.casualty not in seen:  # corrections by hand may lead in a circle
        seen.add(part.casualty)
        part = part if part.part_of is not None else group.get((claim.article_id, victims_of(part)), part)
        part = None if part.part_of is None else group.get((claim.article_id, part.part_of))
        if part is not None and part.victim_status == "unknown" and part.judged != "rejected":
            found = victims_of(part)
    return found


def _most(rows: Iterable[Casualty]) -> int | None:
    """Return the highest figure for the same victims, None where one of them is open above it."""
    rows = list(rows)
    high = max((c.high for c in rows if c.high is not None), default=None)
    return None if high is None or any((c.low or 0) > high for c in rows) else high


def _lows(claims: Iterable[Casualty]) -> Iterable[list[int]]:
    """Return the low figures for each status."""
    lows: dict[str, list[int]] = defaultdict(list)
    for claim in claims:
        lows[claim.victim_status].append(claim.low or 0)
    return lows.values()


def victims_of(claim: Casualty) -> int:
    """Return the number of the set of victims that a claim speaks of: that of the first row on them."""
    return claim.casualty if claim.restates is None else claim.restates


def _superseded(claims: Sequence[Casualty], articles: Mapping[str, Article]) -> dict[Key, str]:
    """Leave out what a root said of the same victims before a later dated report.

    A later word without a number ("several") replaces no number, and a report on one group of victims no other group.
    """
    if len({claim.article_id for claim in claims}) < 2:
        return {}
    by_root: dict[str | None, list[tuple[str, Casualty]]] = defaultdict(list)
    for claim in claims:
        if day := articles[claim.article_id].published:
            by_root[claim.root].append((day, claim))

    def replaces(later: Casualty, claim: Casualty) -> bool:
        return (("unknown" in (later.victim_status, claim.victim_status)
                 or later.victim_status == claim.victim_status)
                and (later.bound not in WORDS_ONLY or claim.bound in WORDS_ONLY))

    return {key_of(claim): f"superseded by a later report of {root_words(claim)}" for said in by_root.values()
            for day, claim in said if any(later > day and replaces(other, claim) for later, other in said)}
