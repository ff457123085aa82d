"""How many are said to be harmed, by whose account, and what a policy makes of it."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.incidents import DATE_UNKNOWN, POLICIES, Overall, by_time, overall
from analysis.independence import root_words
from analysis.markup import escape
from analysis.panels.grid import Listing
from analysis.panels.page import picture_html, table_html
from analysis.panels.panel import Panel, Picked, Shown, choice, counted, text
from analysis.panels.reader import Reader, read_row
from analysis.panels.review import (
    AS_FOUND,
    NO_CLAIM,
    OPEN,
    about,
    add_claim,
    judge_claim,
    other_event,
    same_event,
    take_back,
    worked_out,
    your_words,
)
from analysis.panels.settings import Settings
from analysis.panels.tables import claim_names, containing, figures, named_by, pick, picture_size, rows, with_sentence
from analysis.plots import date_words, plot_incidents, plot_toll
from analysis.records import CERTAINTIES, EFFECTS, STATUSES, Article, Casualty, Incident

ARTICLE_ITSELF = "the article itself"
MOST_INCIDENTS = 12  # in a picture
MOST_TIMES = 12  # likewise
NOT_SAID = "not known"
TOTALS_ORDER = {"incident": "incident", "effect": "effect", "low to high": "low", "best": "best", "place": "place",
                "date": "date"}
LEDGER_ORDER = {"incident": "incident", "effect": "effect", "claim": "casualty", "number": "low",
                "who says so": "source", "counts as": "root", "used": "reason"}
ORDER = {"claim": "casualty", "effect": "effect", "number": "low", "victims": "victims", "status": "victim_status",
         "who says so": "source", "how surely": "certainty", "in the totals": "reason", "incident": "incident",
         "your word": "judged"}  # {column that is read: what it is sorted by}


def statements(corpus: Corpus, policy: str) -> pd.DataFrame:
    """Return the claims with what a policy did with them: casualties' columns, used and reason, source and counts_as.

    ``source`` is the last voice of the chain, or ``ARTICLE_ITSELF``; ``counts_as`` is the root in words. No claim is
    lost or doubled.
    """
    key = ["article_id", "casualty"]
    ledger = corpus.ledger[corpus.ledger["policy"] == policy]
    told = corpus.casualties.merge(ledger[[*key, "used", "reason"]], on=key, how="left", validate="one_to_one")
    told["counts_as"] = [root_words(None if pd.isna(root) else root) for root in told["root"]]
    told["source"] = [chain[-1] if chain else ARTICLE_ITSELF for chain in told["chain"]]
    return told


def claims_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return claims for reading: what is said of whom, who says so, how surely, and the sentence."""
    return _in_short(corpus, told).assign(sentence=with_sentence(corpus, told))


def _in_short(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "claim": claim_names(corpus, told), "effect": told["effect"], "number": figures(told) + worked_out(told),
        "victims": told["victims"], "status": told["victim_status"], "who says so": told["source"],
        "how surely": told["certainty"]})


def rows_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return claims for choosing one: what, how many, whose word; then what came of it, your word and its name.

    What tells rows apart comes first, since a narrow page shows only the first columns.
    """
    rows = _in_short(corpus, told).assign(**{
        "in the totals": told["reason"], "incident": told["incident"], "your word": your_words(told)})
    return rows[["effect", "number", "who says so", "victims", "incident", "in the totals", "how surely", "status",
                 "your word", "claim"]]


def ledger_view(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return what a policy used and what it left out, and why; by incident and effect, what was used first."""
    return _ledger_page(corpus, _ledger_rows(told))


def _ledger_rows(told: pd.DataFrame) -> pd.DataFrame:
    return told.sort_values(["incident", "effect", "used"], ascending=[True, True, False], kind="stable")


def _ledger_page(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "incident": told["incident"], "effect": told["effect"], "claim": claim_names(corpus, told),
        "number": figures(told) + worked_out(told), "who says so": told["source"],
        "counts as": list(map(root_words, told["root"], told["article_id"])),
        "used": [f"yes{why.removeprefix('used')}" if used else f"no: {why}"
                 for used, why in zip(told["used"], told["reason"], strict=True)],
        "sentence": with_sentence(corpus, told)})


def incidents_view(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return incidents for reading: the range, the best figure and why, and on how many accounts it rests."""
    return pd.DataFrame({
        "incident": incidents["incident"], "effect": incidents["effect"],
        "low to high": figures(incidents.assign(bound=None)), "best": incidents["best"],
        "why this best": incidents["best_reason"], "place": incidents["place"],
        "date": incidents["date"].map(date_words), "rests on": [_accounts(row) for row in incidents.itertuples()],
        "reviewed": [f"{row.n_reviewed} of {row.n_claims}" for row in incidents.itertuples()]})


def _accounts(row: object) -> str:
    return ", ".join((counted(row.n_articles, "article"), counted(row.n_outlets, "outlet"),
                      counted(row.n_roots, "independent root")))


def policies() -> pd.DataFrame:
    """Return the counting policies and what each counts, in words."""
    return pd.DataFrame({"policy": list(POLICIES), "what it counts": [p.description for p in POLICIES.values()]})


def policies_view(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return one row an incident and effect, one column a policy: low to high, and best in brackets."""
    ranges = zip(figures(incidents.assign(bound=None)), incidents["best"], strict=True)
    cells = incidents.assign(said=[words if pd.isna(best) else f"{words} (best {best:,})" for words, best in ranges])
    wide = cells.pivot(index=["incident", "effect"], columns="policy", values="said")
    return wide[list(dict.fromkeys(incidents["policy"]))].reset_index().rename_axis(columns=None)


def overall_view(corpus: Corpus, incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the sum of each effect over incidents of one policy, what it covers, and how many claims were reviewed."""
    sums = overall(*_summed(corpus, incidents))
    seen = incidents.groupby("effect")[["n_reviewed", "n_claims"]].sum()
    frame = _sums_table(sums).rename(columns={"covers": "what the sum covers"})
    reviewed = [f"{seen.at[e, 'n_reviewed']} of {seen.at[e, 'n_claims']}" for e in frame["effect"]]
    return frame.assign(**{
        "low to high": figures(frame.assign(bound=None)), "reviewed": pd.Series(reviewed, dtype="str")})[
        ["effect", "low to high", "best", "what the sum covers", "reviewed"]]


def toll(corpus: Corpus, incidents: pd.DataFrame, unit: str = "month",
         effects: tuple[str, ...] = ("killed", "injured")) -> pd.DataFrame:
    """Return the sums of each month or day of the incidents: time, effect, low, best, high, covers; undated ones last.

    ``incidents``: those of one policy. No incident is lost: what a sum leaves out stands in ``covers``.
    """
    chosen = incidents[incidents["effect"].isin(effects)]
    found = by_time(*_summed(corpus, chosen), unit)
    frames = [_sums_table(sums).assign(time=time) for time, sums in found.items()]
    columns = ["time", "effect", "low", "best", "high", "covers"]
    return pd.concat(frames, ignore_index=True)[columns] if frames else _sums_table([]).assign(time="")[columns]


def toll_view(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the sums over time for reading."""
    return pd.DataFrame({"when": frame["time"].map(lambda time: time if time == DATE_UNKNOWN else date_words(time)),
                         "effect": frame["effect"], "low to high": figures(frame.assign(bound=None)),
                         "best": frame["best"], "what the sum covers": frame["covers"]})


def _summed(corpus: Corpus, incidents: pd.DataFrame) -> tuple[list[Incident], list[Casualty], dict[str, Article]]:
    claims = corpus.casualties[corpus.casualties["incident"].isin(incidents["incident"])]
    return (rows(incidents, Incident), rows(claims, Casualty),
            {article.article_id: article for article in rows(corpus.articles, Article)})


def _sums_table(sums: list[Overall]) -> pd.DataFrame:
    kinds = {"effect": "str", "low": "Int64", "best": "Int64", "high": "Int64", "covers": "str"}
    return pd.DataFrame({name: pd.Series([getattr(total, name) for total in sums], dtype=kind)
                         for name, kind in kinds.items()})


def _pictures(corpus: Corpus, totals: pd.DataFrame, kept: pd.DataFrame, status: str) -> str:
    """Return the ranges of each incident, and those over time where somebody was killed or injured."""
    ranges = picture_html(plot_incidents(totals.head(MOST_INCIDENTS), kept),
                          f"Low, best and high: {status}; the numbers are in the tables below")
    over_time = toll(corpus, totals)
    if over_time.empty:
        return ranges + picture_size(totals, MOST_INCIDENTS)
    picture = picture_html(plot_toll(over_time.head(MOST_TIMES)), "The same over time; the numbers are in the table")
    return (f"{ranges}{picture_size(totals, MOST_INCIDENTS)}<h4>Over time</h4>{picture}"
            f"{picture_size(over_time, MOST_TIMES)}{table_html(toll_view(over_time))}")


def _where_and_when(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with place and month as a reader chooses them: the claim's own, else its incident's."""
    event = corpus.incidents.drop_duplicates("incident").set_index("incident")
    where, day = (told[column].fillna(told["incident"].map(event[column])) for column in ("place", "date"))
    month = day.str.extract(r"^(\d{4}-\d\d)(?:-\d\d)?$", expand=False)
    return told.assign(where=where.fillna(NOT_SAID), when=month.fillna(NOT_SAID))


def pick_claims(corpus: Corpus, told: pd.DataFrame, words: str = "", **wanted: str) -> pd.DataFrame:
    """Return the statements that fit all filters.

    ``wanted``: effect, victim_status, counts_as, source, certainty, where, when. ``where`` is a place and ``when`` a
    month of the event, or ``NOT_SAID``; ``ALL`` leaves a column alone.
    """
    kept = pick(_where_and_when(corpus, told), **wanted)
    return containing(kept, words, "victims", "perpetrator", "where")[list(told)]


def show_casualties(corpus: Corpus, policy: str, words: str = "", **wanted: str) -> Shown:
    """Return the totals to which the wanted claims belong, as ranges, sums and tables, and what was used of them."""
    told = statements(corpus, policy)
    kept = pick_claims(corpus, told, words, **wanted)
    totals = pick(corpus.incidents, policy=policy).merge(kept[["incident", "effect"]].drop_duplicates())
    reviewed = int(kept["judged"].notna().sum())
    status = (f"{len(kept):,} of {counted(len(told), 'claim')}, {counted(kept['article_id'].nunique(), 'article')}, "
              f"{counted(kept['incident'].nunique(), 'incident')}; reviewed {reviewed:,} of {len(kept):,}")
    if kept.empty:
        return Shown(status, table_html(kept, "No claim fits all of these filters. Widen one, or press Reset."
                                        if len(told) else "No claim about casualties was found in these articles."))
    listing = Listing(named_by(kept, "article_id", "casualty"), partial(rows_view, corpus), ORDER)
    hidden = "" if len(kept) == len(told) else "<p>The totals rest on all claims, those that the filters hide too.</p>"
    tables = {"Totals of the incidents": Listing(named_by(totals, "incident", "effect"), incidents_view, TOTALS_ORDER),
              "What was used and what not": Listing(_ledger_rows(listing.rows), partial(_ledger_page, corpus),
                                                    LEDGER_ORDER)}
    return Shown(status, f"<p>{escape(POLICIES[policy].description)}</p>{_pictures(corpus, totals, kept, status)}"
                 f"<h4>Together</h4>{table_html(overall_view(corpus, totals))}{hidden}", listing, tables)


def casualties_panel(corpus: Corpus, policy: str) -> Panel:
    """Return the panel of 3-casualties: filters, claims with their sentences, review, ranges, sums and the ledger."""
    told = _where_and_when(corpus, statements(corpus, policy))
    policies = choice("Policy", POLICIES, first=None, wide=True)
    policies.value = policy
    fields = {"low": text("At least", "people"), "high": text("At most", f"{OPEN}: not known"),
              "status": choice("Victims are", STATUSES, first=AS_FOUND), "why": text("Reason", "for others", wide=True),
              "words": text("Words", "select them in the text", wide=True),
              "effect": choice("They were", EFFECTS, first=None), "other": text("Held claim", "press Hold")}
    verdicts = {"Accept": "claim_accepted", "Reject": "claim_rejected", "Correct": "claim_corrected"}
    actions = {**{label: partial(judge_claim, corpus, kind) for label, kind in verdicts.items()},
               "Add these words as a claim": partial(add_claim, corpus),
               "Hold this claim": lambda picked, **_: _hold(panel, corpus, picked),
               "Same event as the held one": partial(same_event, corpus),
               "Another event": partial(other_event, corpus), "Take back": partial(take_back, corpus)}
    panel = Panel(partial(show_casualties, corpus), actions, read=partial(_read_claim, corpus), table="Claims",
                  fields=fields, saved=Settings.beside(corpus.journal, "casualties"), policy=policies,
                  effect=choice("Effect", EFFECTS), victim_status=choice("Victims", STATUSES),
                  counts_as=choice("Counts as", sorted(told["counts_as"])),
                  source=choice("Who says so", sorted(told["source"])),
                  where=choice("Place", sorted(told["where"])), when=choice("Month", sorted(told["when"])),
                  certainty=choice("How surely", CERTAINTIES),
                  words=text("Words", "in victims, place, perpetrator", wide=True))
    panel.reader.observe(lambda change: _fill(panel, corpus, change["new"]), names="selection")
    return panel


def _read_claim(corpus: Corpus, reader: Reader, row: pd.Series | None, **_: object) -> None:
    read_row(corpus, reader, row, "" if row is None else about(corpus, row), claims=True)


def _hold(panel: Panel, corpus: Corpus, picked: Picked) -> str:
    """Put the chosen claim's name into the field of the claim to compare others with."""
    if picked.row is None:
        return NO_CLAIM
    panel.fields["other"].value = claim_names(corpus, picked.row.to_frame().T)[0]
    return f"Held: claim {panel.fields['other'].value}; choose another and say whether it is the same event"


def _fill(panel: Panel, corpus: Corpus, span: list[int]) -> None:
    """Put the words that were selected in the text into the field for a claim's words."""
    if len(span) == 2 and panel.reader.article_id is not None:
        panel.fields["words"].value = corpus.text(panel.reader.article_id)[slice(*span)].strip()
