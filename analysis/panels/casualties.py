"""The panel of 3-casualties: how many are said to be harmed, by whose account, and what a policy makes of it."""

from __future__ import annotations

from functools import cache, partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.incidents import DATE_UNKNOWN, POLICIES
from analysis.markup import escape
from analysis.panels.claims import (
    NOT_SAID,
    ledger_page,
    ledger_rows,
    news_and_others,
    pick_claims,
    rows_view,
    statements,
    where_and_when,
)
from analysis.panels.controls import Several, choice, day, switch, text
from analysis.panels.page import picture_html
from analysis.panels.panel import Panel, Shown
from analysis.panels.reader import Reader, read_row
from analysis.panels.review import about
from analysis.panels.settings import Settings
from analysis.panels.table import Listing
from analysis.panels.tables import ALL, article_names, counted, named_by, picture_size
from analysis.panels.totals import doubts, incidents_view, overall_view, toll, toll_view, totals
from analysis.plots import date_words, plot_incidents, plot_toll
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


def show_casualties(corpus: Corpus, policy: str, words: str = "", pictures: bool = True, **wanted: object) -> Shown:
    """Return the totals to which the wanted claims belong, as ranges, sums and tables, and what was used of them.

    ``pictures``: draw them, which takes longer than all the rest.
    """
    told = statements(corpus, policy)
    kept = pick_claims(corpus, told, words, **wanted)
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
    found = totals(corpus, policy).merge(kept[["incident", "effect"]].drop_duplicates())
    behind = partial(_behind, found, policy=policy, pictures=pictures)
    lines = cache(lambda: ledger_rows(listing.rows))
    over_time = cache(lambda: toll(corpus, found))
    read = {"view": partial(ledger_page, corpus), "order": LEDGER_ORDER, "hidden": ("why this role", "claim"),
            "opens": lambda _: {}}
    tables = {"Overall totals": lambda: Listing(overall_view(corpus, found), opens=behind),
              "Totals of the incidents": lambda: Listing(
                  named_by(found, "incident", "effect"), partial(incidents_view, why=doubts(corpus, told)),
                  TOTALS_ORDER, hidden=("why this best", "rests on", "why this doubt"), opens=behind),
              "Sums over time": lambda: Listing(over_time(), toll_view, TOLL_ORDER,
                                                "Nobody is said to be killed or injured.", opens=behind),
              LEDGER: lambda: Listing(news_and_others(lines())[0], **read,
                                      nothing="None of these claims is of an article's news."),
              OTHERS: lambda: Listing(news_and_others(lines())[1], **read,
                                      nothing="None of these claims is of another event.")}
    return Shown(status, f"<p>{escape(POLICIES[policy].description)}</p>"
                 f"{_pictures(found, over_time(), kept, status) if pictures else ''}{hidden}", listing, tables)


def _behind(found: pd.DataFrame, rows: pd.DataFrame, **kept: object) -> dict[str, object]:
    """Return the filters that leave the claims behind totals, or behind sums of them: all, or those of a month."""
    if "incident" in rows:
        incidents = rows["incident"]
    elif "time" in rows:
        months = found["date"].str.extract(r"^(\d{4}-\d\d)(?:-\d\d)?$", expand=False).fillna(DATE_UNKNOWN)
        incidents = found["incident"][months.isin(rows["time"]) & found["effect"].isin(rows["effect"])]
    else:
        incidents = ()
    effects = set(rows["effect"])
    return {**kept, "incident": tuple(dict.fromkeys(incidents)), "effect": effects.pop() if len(effects) == 1 else ALL}


def casualties_panel(corpus: Corpus, policy: str) -> Panel:
    """Return the panel of 3-casualties: filters, claims with their sentences, ranges, sums and the ledger."""
    told = where_and_when(corpus, statements(corpus, policy))
    policies = choice("Policy", POLICIES, first=None, wide=True)
    policies.value = policy
    events = corpus.incidents.drop_duplicates("incident")
    incidents = {" · ".join([name, *(words for words in (place, None if pd.isna(day) else date_words(day))
                                     if pd.notna(words))]): name
                 for name, place, day in events[["incident", "place", "date"]].itertuples(index=False, name=None)}
    outlets = corpus.articles["outlet"].fillna(NOT_SAID)
    return Panel(partial(show_casualties, corpus), read=partial(_read_claim, corpus), table="Claims",
                 saved=Settings.beside(corpus.journal, "casualties"), policy=policies,
                 effect=choice("Effect", EFFECTS), victim_status=choice("Victims", STATUSES),
                 certainty=choice("Certainty", CERTAINTIES), incident=Several("Incident", incidents),
                 article_id=Several("Article", article_names(corpus)), outlet=Several("Outlet", _named(outlets)),
                 where=Several("Place", _named(told["where"])), source=Several("Who says so", _named(told["source"])),
                 counts_as=Several("Grouped under", _named(told["counts_as"])),
                 party=Several("Party", _named(pd.concat([told["perpetrator"], told["side"]]))),
                 since=day("From"), until=day("To"), when=choice("Month", sorted(told["when"])),
                 words=text("Words", "in the sentence, place or party", wide=True), pictures=switch("Pictures", False))


def _named(values: pd.Series) -> dict[str, str]:
    return {value: value for value in sorted(values.dropna().unique())}


def _read_claim(corpus: Corpus, reader: Reader, row: pd.Series | None, **_: object) -> None:
    read_row(corpus, reader, row, "" if row is None else about(corpus, row), claims=True)
