"""What a notebook says first: which articles it reads, and its answer in a few numbers."""

from __future__ import annotations

import pandas as pd
from IPython.display import HTML

from analysis import tallies
from analysis.corpus import SEEDS, Corpus, articles_folder
from analysis.markup import escape
from analysis.outline import percent
from analysis.panels.claims import news_and_others
from analysis.panels.comparing import copies_view, readings_view
from analysis.panels.tables import counted, voices
from analysis.panels.totals import overall_view, totals
from analysis.plots import date_words

DOUBTFUL = 0.2  # a total with more doubt than this is one to look at first
OWN = "Your own articles: python3 workbook.py lab --articles DIR"


def opening(corpus: Corpus) -> HTML:
    """Return one line on what is read: how many articles, from which folder, and what could not be read."""
    articles, folder = counted(len(corpus.articles), "article"), articles_folder()
    if folder.resolve() == SEEDS.resolve():
        told = f"Reading the example: {articles} in seeds/. {OWN}"
    else:
        told = f"Reading {articles} in {folder}. The example is not shown."
    if len(corpus.problems):
        told += f" {counted(len(corpus.problems), 'problem')} while reading: 1-reading lists them."
    return HTML(f'<p style="font-size:115%"><b>{escape(told)}</b></p>')


def reading_headline(corpus: Corpus) -> pd.DataFrame:
    """Return how many articles and outlets there are, from when, and what was found in them."""
    articles = corpus.articles
    days = articles["published"].dropna()
    return _table([
        ("articles", len(articles), f"{counted(int(articles['outlet'].isna().sum()), 'article')} without an outlet"),
        ("published", "not known" if days.empty else f"{date_words(days.min())} to {date_words(days.max())}",
         f"{counted(len(articles) - len(days), 'article')} without a date"),
        ("mentions", len(corpus.mentions), "of people, groups, places and things"),
        ("claims about casualties", len(corpus.casualties), "see 3-casualties"),
        ("attributions", len(corpus.attributions), "who says what: see 4-sources")])


def entities_headline(corpus: Corpus) -> pd.DataFrame:
    """Return how many names there are, of whom, and which are mentioned most."""
    counts = tallies.linked(tallies.by_entity(corpus.mentions))
    lines = [("entities", len(counts), f"{counted(len(corpus.mentions), 'mention')}, "
                                       f"{int(corpus.mentions['entity'].isna().sum()):,} of them not linked to a name")]
    for kind in ("person", "armed_group", "security_force", "government", "place"):
        these = counts[counts["type"] == kind]
        most = ", ".join(f"{row.entity} ({row.names + row.nominal:,})" for row in these.head(3).itertuples())
        lines += [(f"of the type {kind.replace('_', ' ')}", len(these), f"most often {most}")] if most else []
    return _table(lines)


def casualties_headline(corpus: Corpus, policy: str) -> pd.DataFrame:
    """Return how many incidents the articles tell as their news, the sums over them, what was reviewed and is in doubt.

    Other events and counts over time are in none of the sums.
    """
    news, rest = news_and_others(totals(corpus, policy))
    others = rest["incident"].nunique()
    lines = [("incidents", news["incident"].nunique(),
              f"and {counted(others, 'other event or count over time', 'other events and counts over time')}, "
              f"which are in none of these sums")]
    lines += [(row["effect"], row["low to high"], _covers(row)) for _, row in overall_view(corpus, news).iterrows()]
    claims = corpus.casualties
    reviewed = f"{int(claims['judged'].notna().sum()):,} of {counted(len(claims), 'claim')}"
    doubtful = news[news["doubt"].astype("Float64").fillna(0) > DOUBTFUL]
    named = ", ".join(f"{row.incident} {row.effect} ({percent(row.doubt)})" for row in doubtful.head(5).itertuples())
    return _table([*lines, ("reviewed", reviewed, "accepted, rejected, corrected or added by you"),
                   ("doubtful", f"{len(doubtful):,} of {counted(len(news), 'total')}",
                    f"over {percent(DOUBTFUL)} doubt: {named}" if named else f"none over {percent(DOUBTFUL)}")])


def _covers(row: pd.Series) -> str:
    best = "" if pd.isna(row["best"]) else f"best {row['best']:,}; "
    return f"{best}{row['what the sum covers']}"


def sources_headline(corpus: Corpus) -> pd.DataFrame:
    """Return how many voices speak, and how many totals rest on one independent source, several, or rivals."""
    told = readings_view(corpus)
    single, several = (told["independent sources"] == 1).sum(), (told["independent sources"] > 1).sum()
    copies = copies_view(corpus) if len(corpus.articles) > 1 else ()  # what compares articles takes a second to load
    spoken = pd.Series(voices(corpus.attributions), dtype="str").value_counts()
    most = ", ".join(f"{name} ({number:,})" for name, number in spoken.head(3).items())
    return _table([
        ("voices", len(spoken), f"{counted(len(corpus.attributions), 'statement')}; most often {most}"
         if len(spoken) else "nobody is quoted"),
        ("totals with one independent source", int(single), f"of {counted(len(told), 'total')}: nothing confirms them"),
        ("totals with two or more", int(several), f"{counted(int(told['contradictions'].sum()), 'contradiction')}"),
        ("articles that copy another", len(copies), "a copy adds no independent source")])


def _table(lines: list[tuple[str, object, str]]) -> pd.DataFrame:
    """Return lines as a table; numbers are texts with separators, since a column may hold ranges too."""
    said = [(what, f"{number:,}" if isinstance(number, int) else str(number), detail) for what, number, detail in lines]
    return pd.DataFrame(said, columns=["what", "figure", "in detail"])
