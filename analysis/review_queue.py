"""What to review next: every doubtful role and link, by how many people it could move.

``review`` applies what the analyst decided; this module only reads finished tables and asks. It looks at columns, never
at pairs of claims.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd

from analysis.incidents import DEFAULT
from analysis.judgements import Judgement
from analysis.wording import figure_words

CLAIM, LINK, MAY_BE = "claim", "link", "may be one"
COLUMNS = ("kind", "incident", "article_id", "casualty", "other_incident", "other_article_id", "other_casualty",
           "effect", "figure", "role", "reasons", "doubt", "people", "urgency", "question")
QUESTIONS = {"toll": "Is {0} a toll of its own, no part or repetition of {1}?",  # yes: it was read rightly
             "part": "Is {0} a part of {1}?",
             "again": "Is {0} a repetition of {1}?",
             "other": "Is {0} of another event than {1}?",
             "over time": "Is {0} a count over time, and not of the same event as {1}?",
             LINK: "Does {0} tell of {2}, as {1} does?",
             MAY_BE: "Are {2} and {3} one event?"}
_LIKELY_ONE = 0.35  # linking says "may be" from 0.2 to 0.5, and no table says how likely it is
_WORDS = 60  # characters of a claim in a question
_ROW, _GROUP = ["article_id", "casualty"], ["incident", "effect"]
_READ = [*_ROW, *_GROUP, "start", "end", "victims_start", "victims_end", "victims", "wording", "low", "high", "bound",
         "scope", "event", "restates", "part_of", "role", "role_probability", "role_reasons", "incident_probability",
         "judged"]  # columns of the claims; each of the others would be copied at every step
_MOOT = r"^(?:rejected|superseded|denied|hypothetical)"


def review_queue(casualties: pd.DataFrame, incidents: pd.DataFrame, ledger: pd.DataFrame,
                 judgements: Iterable[Judgement] = ()) -> pd.DataFrame:
    """Return one row for each decision an analyst could take, the most urgent first; ``judgements``: those in force.

    ``kind``: "claim" (is its role right? Answer with claim_accepted, claim_rejected or claim_corrected), "link" (does
    the event of this claim belong to this incident? Answer with incident_merged or incident_split) or "may be one" (are
    ``incident`` and ``other_incident`` one? Likewise, with a claim of each). ``other_article_id`` and
    ``other_casualty``: the claim to compare with. ``figure`` and ``question`` are words, ``role`` and ``reasons``
    (words, separated by semicolons) are as found. ``doubt``, 0 to 1: 1 - role_probability, 1 - incident_probability,
    or 0.35 for what may be one. ``urgency``: doubt times people.

    ``people``: how far a total of the default policy could move, by a proxy. For a toll and what is told again, how far
    the range of the figures used shrinks without it, or all of its people where it stands alone or is added up; for a
    link the same, of the largest figure of the event; for a part its own number, which would come on top; for another
    event and a count over time how far its number lies outside the total of its article's news, but no more than that
    total; for what may be one the smaller of the two figures.

    What is reviewed or merged is not asked about, nor what moves nothing: claims without a number, denied, superseded,
    or agreeing with another. Claims over time are only asked about for being so. **Misses:** claims that were not
    found, wrong numbers whose role is sure, events left apart that are named as no other, and how several wrong
    decisions move a total together.
    """
    claims = _claims(casualties, incidents, ledger)
    merged = {(a.article_id, a.start, a.end) for j in judgements if j.kind == "incident_merged" for a in j.anchors[1:]}
    queue = pd.concat([_roles(claims), _links(claims, merged), _may_be(incidents)], ignore_index=True)
    queue["urgency"] = queue["doubt"].astype(float) * queue["people"].astype(float)
    queue = queue[queue["urgency"] > 0].sort_values("urgency", ascending=False, kind="stable", ignore_index=True)
    return _in_words(queue, claims, incidents)


def _claims(casualties: pd.DataFrame, incidents: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with what the default policy made of them, and ``size``: the people that each tells of."""
    entries = ledger.loc[ledger["policy"] == DEFAULT.name, [*_ROW, "used", "reason"]]
    totals = incidents.loc[incidents["policy"] == DEFAULT.name, [*_GROUP, "low", "best", "high"]]
    claims = casualties[_READ].merge(entries, "left", _ROW, validate="one_to_one").merge(
        totals.rename(columns={"low": "least", "high": "most"}), "left", _GROUP, validate="many_to_one")
    size = claims["low"].fillna(claims["high"]).fillna(0).astype(int)
    return claims.assign(size=size, used=claims["used"].eq(True).fillna(False).astype(bool))


def _roles(claims: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each claim that nobody has reviewed; ``row`` and ``other`` count the rows of ``claims``."""
    used = claims[claims["used"]]
    news = used[used["scope"] == "incident"].drop_duplicates(["article_id", "effect"])
    news = claims[["article_id", "effect"]].merge(
        news[["article_id", "effect", "least", "best", "most"]].assign(row=news.index), "left")
    low = news["least"].fillna(news["best"]).fillna(0)
    high = news["most"].fillna(news["best"]).fillna(low)
    outside = np.maximum(low - claims["size"], claims["size"] - high).clip(0, high)
    shrinks = _shrinks(used).reindex(claims.index, fill_value=0)
    elsewhere = claims["role"].isin(["other", "over time"])
    people = np.select([claims["size"] == 0, claims["role"] == "part", elsewhere], [0, claims["size"], outside],
                       shrinks)
    toll = claims[_GROUP].merge(used[_GROUP].assign(row=used.index).drop_duplicates(_GROUP), "left")["row"]
    lead = claims[["article_id"]].assign(casualty=claims["restates"].fillna(claims["part_of"]))
    lead = lead.merge(claims[_ROW].assign(row=claims.index), "left", _ROW)["row"]
    asked = claims["judged"].isna() & ~claims["reason"].str.contains(_MOOT, na=False)
    return pd.DataFrame({"kind": CLAIM, "row": claims.index, "incident": claims["incident"], "people": people,
                         "other": lead.fillna(news["row"].where(elsewhere, toll)), "effect": claims["effect"],
                         "doubt": 1 - claims["role_probability"]})[asked]


def _shrinks(used: pd.DataFrame) -> pd.Series:
    """Return how far the range of its total shrinks without each figure."""
    used = used.sort_values([*_GROUP, "size"], kind="stable")
    same = used[_GROUP].eq(used[_GROUP].shift()).all(axis=1)
    up = (used["size"].shift(-1) - used["size"]).where(same.shift(-1, fill_value=False))
    down = (used["size"] - used["size"].shift()).where(same)
    ends = up.where(down.isna(), down.where(up.isna(), 0))
    alone = (up.isna() & down.isna()) | used["reason"].str.contains("added up", regex=False)
    return ends.where(~alone, used["size"]).astype(int)


def _links(claims: pd.DataFrame, merged: set[tuple[str, int, int]]) -> pd.DataFrame:
    """Return a row for each event that was taken for the incident of another article, by its largest figure."""
    told = claims[claims["judged"].ne("rejected").fillna(True) & (claims["scope"] != "cumulative")]
    ends = [told[["incident", "article_id"]].assign(row=told.index).drop_duplicates("incident", keep=keep)
            for keep in ("first", "last")]
    tolls = told[told["used"]].sort_values("size", ascending=False, kind="stable").drop_duplicates(
        ["article_id", "event", *_GROUP])
    doubtful = told.assign(people=_shrinks(tolls))[told["incident_probability"] < 1].dropna(subset="people")
    spans = zip(doubtful["article_id"], doubtful["victims_start"].fillna(doubtful["start"]),
                doubtful["victims_end"].fillna(doubtful["end"]), strict=True)
    said = doubtful.loc[[span in merged for span in spans], ["article_id", "event"]].drop_duplicates()
    doubtful = doubtful.sort_values("people", ascending=False, kind="stable").drop_duplicates(["article_id", "event"])
    doubtful = doubtful[~pd.MultiIndex.from_frame(doubtful[["article_id", "event"]]).isin(
        pd.MultiIndex.from_frame(said))].sort_index()
    first, last = (doubtful[["incident"]].merge(end, "left", "incident").set_axis(doubtful.index) for end in ends)
    other = first["row"].where(first["article_id"] != doubtful["article_id"], last["row"])
    return pd.DataFrame({"kind": LINK, "row": doubtful.index, "other": other, "incident": doubtful["incident"],
                         "effect": doubtful["effect"], "people": doubtful["people"],
                         "doubt": 1 - doubtful["incident_probability"]})


def _may_be(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each incident that may be another, by the effect that moves most."""
    rows = incidents[incidents["policy"] == DEFAULT.name]
    size = rows["best"].fillna(rows["high"]).fillna(rows["low"]).fillna(0)
    rows = rows[[*_GROUP, "may_be", "told_apart"]].assign(size=size)
    pairs = rows.dropna(subset="may_be").merge(rows[[*_GROUP, "size"]], left_on=["may_be", "effect"], right_on=_GROUP)
    said = [one in apart for one, apart in zip(pairs["may_be"], pairs["told_apart"], strict=True)]
    pairs["people"] = pairs[["size_x", "size_y"]].min(axis=1).mask(pd.Series(said, pairs.index, dtype=bool), 0)
    pairs = pairs.sort_values("people", ascending=False, kind="stable").drop_duplicates("incident_x")
    return pd.DataFrame({"kind": MAY_BE, "row": -1, "other": -1, "incident": pairs["incident_x"],
                         "other_incident": pairs["may_be"], "effect": pairs["effect"], "people": pairs["people"],
                         "doubt": _LIKELY_ONE})


def _in_words(queue: pd.DataFrame, claims: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the queue with the claims of its rows, and what is asked of each."""
    row, other = queue["row"], queue["other"].fillna(-1)
    other = other.where(other != row, -1)
    one, two = (claims.reindex(of).set_axis(queue.index) for of in (row, other))
    figure = cache(figure_words)
    figures = [None if bound is None else figure(low, high, bound) for low, high, bound in zip(
        *(one[name].astype(object).where(one[name].notna(), None) for name in ("low", "high", "bound")), strict=True)]
    events = incidents.drop_duplicates("incident").set_index("incident")
    events = (events.index + " (" + _short(events["place"]).fillna("place not known") + ", "
              + _short(events["date"]).fillna("date not known") + ")").to_dict()
    said = "“" + _short(claims["victims"].fillna(claims["wording"]).fillna("no words")) + "”"
    mine, theirs = (said.reindex(of).fillna("another toll of its article").tolist() for of in (row, other))
    asked = one["role"].where(queue["kind"] == CLAIM, queue["kind"])
    questions = [QUESTIONS[kind].format(first, second, events.get(here), events.get(there))
                 for kind, first, second, here, there in zip(asked.tolist(), mine, theirs, queue["incident"].tolist(),
                                                          queue["other_incident"].tolist(), strict=True)]
    reasons = ["; ".join(cell) if isinstance(cell, tuple) else "" for cell in one["role_reasons"]]
    made = queue.assign(article_id=one["article_id"], casualty=one["casualty"], other_article_id=two["article_id"],
                        other_casualty=two["casualty"], figure=figures, role=one["role"], reasons=reasons,
                        people=queue["people"].astype("Int64"), question=questions)
    return made[list(COLUMNS)]


def _short(words: pd.Series) -> pd.Series:
    """Return words on one line, with "…" for what is over 60 characters."""
    words = words.str.replace(r"\s+", " ", regex=True)
    return words.where(~(words.str.len() > _WORDS), words.str.slice(0, _WORDS) + "…")
