"""The panel of 3-casualties: how many are said to be harmed, by whose account, and what a policy makes of it."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.incidents import POLICIES
from analysis.markup import escape
from analysis.panels.claims import (
    is_news,
    ledger_page,
    ledger_rows,
    pick_claims,
    rows_view,
    statements,
    where_and_when,
)
from analysis.panels.controls import choice, text
from analysis.panels.grid import Listing
from analysis.panels.page import picture_html, table_html
from analysis.panels.panel import Panel, Picked, Shown
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
)
from analysis.panels.settings import Settings
from analysis.panels.tables import claim_names, counted, named_by, picture_size
from analysis.panels.totals import doubts, incidents_view, overall_view, toll, toll_view, totals
from analysis.plots import plot_incidents, plot_toll
from analysis.records import CERTAINTIES, EFFECTS, STATUSES

MOST_INCIDENTS = 12  # in a picture
MOST_TIMES = 12  # likewise
TOTALS_ORDER = {"incident": "incident", "effect": "effect", "low to high": "low", "best": "best", "doubt": "doubt",
                "place": "place", "date": "date"}
TOLL_ORDER = {"when": "time", "effect": "effect", "low to high": "low", "best": "best"}
LEDGER_ORDER = {"incident": "incident", "effect": "effect", "role": "role", "number": "low", "who says so": "source",
                "counts as": "root", "used": "reason"}
LEDGER, OTHERS = "What was used and what not", "Other events told in these articles"
ORDER = {"claim": "casualty", "effect": "effect", "number": "low", "victims": "victims", "status": "victim_status",
         "who says so": "source", "how surely": "certainty", "in the totals": "reason", "incident": "incident",
         "your word": "judged"}  # {column that is read: what it is sorted by}


def _pictures(found: pd.DataFrame, over_time: pd.DataFrame, kept: pd.DataFrame, status: str) -> str:
    """Return the ranges of each incident, and those over time where somebody was killed or injured."""
    ranges = picture_html(plot_incidents(found.head(MOST_INCIDENTS), kept),
                          f"Low, best and high: {status}; the numbers are in the tables below")
    if over_time.empty:
        return ranges + picture_size(found, MOST_INCIDENTS)
    picture = picture_html(plot_toll(over_time.head(MOST_TIMES)), "The same over time; the numbers are in the tables")
    return (f"{ranges}{picture_size(found, MOST_INCIDENTS)}<h4>Over time</h4>{picture}"
            f"{picture_size(over_time, MOST_TIMES)}")


def show_casualties(corpus: Corpus, policy: str, words: str = "", **wanted: str) -> Shown:
    """Return the totals to which the wanted claims belong, as ranges, sums and tables, and what was used of them."""
    told = statements(corpus, policy)
    kept = pick_claims(corpus, told, words, **wanted)
    found = totals(corpus, policy).merge(kept[["incident", "effect"]].drop_duplicates())
    reviewed = int(kept["judged"].notna().sum())
    status = (f"{len(kept):,} of {counted(len(told), 'claim')}, {counted(kept['article_id'].nunique(), 'article')}, "
              f"{counted(kept['incident'].nunique(), 'incident')}; reviewed {reviewed:,} of {len(kept):,}")
    listing = Listing(named_by(kept, "article_id", "casualty"), partial(rows_view, corpus), ORDER,
                      "No claim fits all of these filters. Widen one, or press Reset."
                      if len(told) else "No claim about casualties was found in these articles.",
                      under=("victims", "status", "how surely", "claim", "role", "why this role"))
    if kept.empty:
        return Shown(status, listing=listing)
    hidden = "" if len(kept) == len(told) else "<p>The totals rest on all claims, those that the filters hide too.</p>"
    over_time, lines = toll(corpus, found), ledger_rows(listing.rows)
    read = {"view": partial(ledger_page, corpus), "order": LEDGER_ORDER}
    tables = {"Totals of the incidents": Listing(named_by(found, "incident", "effect"),
                                                 partial(incidents_view, why=doubts(corpus, told)), TOTALS_ORDER),
              "Sums over time": Listing(over_time, toll_view, TOLL_ORDER, "Nobody is said to be killed or injured."),
              LEDGER: Listing(lines[is_news(lines)], **read, nothing="None of these claims is of an article's news."),
              OTHERS: Listing(lines[~is_news(lines)], **read, nothing="None of these claims is of another event.")}
    return Shown(status, f"<p>{escape(POLICIES[policy].description)}</p>{_pictures(found, over_time, kept, status)}"
                 f"<h4>Together</h4>{table_html(overall_view(corpus, found))}{hidden}", listing, tables)


def casualties_panel(corpus: Corpus, policy: str) -> Panel:
    """Return the panel of 3-casualties: filters, claims with their sentences, review, ranges, sums and the ledger."""
    told = where_and_when(corpus, statements(corpus, policy))
    policies = choice("Policy", POLICIES, first=None, wide=True)
    policies.value = policy
    fields = {"low": text("At least", "people"), "high": text("At most", f"{OPEN}: not known"),
              "status": choice("Victims are", STATUSES, first=AS_FOUND), "why": text("Reason", "for others", wide=True),
              "words": text("New claim", "select its words in the text", wide=True),
              "effect": choice("They were", EFFECTS, first=None), "other": text("Held claim", "press Hold")}
    verdicts = {"Accept": "claim_accepted", "Reject": "claim_rejected", "Correct": "claim_corrected"}
    actions = {**{label: partial(judge_claim, corpus, kind) for label, kind in verdicts.items()},
               "Add these words as a claim": partial(add_claim, corpus),
               "Hold this claim": lambda picked, **_: _hold(panel, corpus, picked),
               "Same event as the held one": partial(same_event, corpus),
               "Another event": partial(other_event, corpus), "Take back": partial(take_back, corpus)}
    panel = Panel(partial(show_casualties, corpus), actions, read=partial(_read_claim, corpus), table="Claims",
                  fields=fields, held=("other",), saved=Settings.beside(corpus.journal, "casualties"), policy=policies,
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
