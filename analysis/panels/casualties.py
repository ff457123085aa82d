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
from analysis.panels.controls import choice, switch, text
from analysis.panels.page import picture_html, table_html
from analysis.panels.panel import Panel, Shown
from analysis.panels.reader import Reader, read_row
from analysis.panels.review import about
from analysis.panels.settings import Settings
from analysis.panels.table import Listing
from analysis.panels.tables import counted, named_by, picture_size
from analysis.panels.totals import doubts, incidents_view, overall_view, toll, toll_view, totals
from analysis.plots import plot_incidents, plot_toll
from analysis.records import CERTAINTIES, EFFECTS, STATUSES

MOST_INCIDENTS = 12  # in a picture
MOST_TIMES = 12  # likewise
TOTALS_ORDER = {"incident": "incident", "effect": "effect", "low to high": "low", "best": "best", "doubt": "doubt",
                "place": "place", "date": "date"}
TOLL_ORDER = {"when": "time", "effect": "effect", "low to high": "low", "best": "best"}
LEDGER_ORDER = {"incident": "incident", "effect": "effect", "role": "role", "number": "low", "who says so": "source",
                "grouped under": "root", "used": "reason"}
LEDGER, OTHERS = "What was used and what not", "Other events told in these articles"
ORDER = {"claim": "casualty", "effect": "effect", "number": "low", "victims": "victims", "status": "victim_status",
         "who says so": "source", "certainty": "certainty", "in the totals": "reason", "incident": "incident",
         "your decision": "judged"}  # {column that is read: what it is sorted by}


def _pictures(found: pd.DataFrame, over_time: pd.DataFrame, kept: pd.DataFrame, status: str) -> str:
    """Return the ranges of each incident, and those over time where somebody was killed or injured."""
    ranges = picture_html(plot_incidents(found.head(MOST_INCIDENTS), kept),
                          f"Low, best and high: {status}; the numbers are in the tables below")
    if over_time.empty:
        return ranges + picture_size(found, MOST_INCIDENTS)
    picture = picture_html(plot_toll(over_time.head(MOST_TIMES)), "The same over time; the numbers are in the tables")
    return (f"{ranges}{picture_size(found, MOST_INCIDENTS)}<h4>Over time</h4>{picture}"
            f"{picture_size(over_time, MOST_TIMES)}")


def show_casualties(corpus: Corpus, policy: str, words: str = "", pictures: bool = True, **wanted: str) -> Shown:
    """Return the totals to which the wanted claims belong, as ranges, sums and tables, and what was used of them.

    ``pictures``: draw them, which takes longer than all the rest.
    """
    told = statements(corpus, policy)
    kept = pick_claims(corpus, told, words, **wanted)
    found = totals(corpus, policy).merge(kept[["incident", "effect"]].drop_duplicates())
    reviewed = int(kept["judged"].notna().sum())
    status = (f"{len(kept):,} of {counted(len(told), 'claim')}, {counted(kept['article_id'].nunique(), 'article')}, "
              f"{counted(kept['incident'].nunique(), 'incident')}; reviewed {reviewed:,} of {len(kept):,}")
    listing = Listing(named_by(kept, "article_id", "casualty"), partial(rows_view, corpus), ORDER,
                      "No claim fits all of these filters. Widen one, or press Reset."
                      if len(told) else "No claim about casualties was found in these articles.",
                      hidden=("status", "certainty", "claim", "role", "why this role"))
    if kept.empty:
        return Shown(status, listing=listing)
    hidden = "" if len(kept) == len(told) else "<p>The totals rest on all claims, those that the filters hide too.</p>"
    over_time, lines = toll(corpus, found), ledger_rows(listing.rows)
    read = {"view": partial(ledger_page, corpus), "order": LEDGER_ORDER, "hidden": ("why this role", "claim")}
    tables = {"Totals of the incidents": Listing(named_by(found, "incident", "effect"),
                                                 partial(incidents_view, why=doubts(corpus, told)), TOTALS_ORDER,
                                                 hidden=("why this best", "rests on", "why this doubt")),
              "Sums over time": Listing(over_time, toll_view, TOLL_ORDER, "Nobody is said to be killed or injured."),
              LEDGER: Listing(lines[is_news(lines)], **read, nothing="None of these claims is of an article's news."),
              OTHERS: Listing(lines[~is_news(lines)], **read, nothing="None of these claims is of another event.")}
    return Shown(status, f"<p>{escape(POLICIES[policy].description)}</p>"
                 f"{_pictures(found, over_time, kept, status) if pictures else ''}"
                 f"<h4>Together</h4>{table_html(overall_view(corpus, found))}{hidden}", listing, tables)


def casualties_panel(corpus: Corpus, policy: str) -> Panel:
    """Return the panel of 3-casualties: filters, claims with their sentences, ranges, sums and the ledger."""
    told = where_and_when(corpus, statements(corpus, policy))
    policies = choice("Policy", POLICIES, first=None, wide=True)
    policies.value = policy
    return Panel(partial(show_casualties, corpus), read=partial(_read_claim, corpus), table="Claims",
                 saved=Settings.beside(corpus.journal, "casualties"), policy=policies,
                 effect=choice("Effect", EFFECTS), victim_status=choice("Victims", STATUSES),
                 counts_as=choice("Grouped under", sorted(told["counts_as"])),
                 source=choice("Who says so", sorted(told["source"])),
                 where=choice("Place", sorted(told["where"])), when=choice("Month", sorted(told["when"])),
                 certainty=choice("Certainty", CERTAINTIES),
                 words=text("Words", "in victims, place, perpetrator", wide=True), pictures=switch("Pictures", False))


def _read_claim(corpus: Corpus, reader: Reader, row: pd.Series | None, **_: object) -> None:
    read_row(corpus, reader, row, "" if row is None else about(corpus, row), claims=True)
