"""The tables of a corpus to what a reader of one incident needs, as plain words. No HTML here."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import matplotlib.pyplot as plt
import pandas as pd

from analysis.corpus import Corpus
from analysis.exports import records
from analysis.incidents import POLICIES, Overall, Policy, overall
from analysis.independence import ARTICLE_ITSELF
from analysis.outline import NEWS, outline, percent
from analysis.plots import date_words, figure_words, plot_incidents
from analysis.records import TABLES, Article, Casualty, Incident, Problem
from analysis.reports.evidence import Claim, Voice, claim_line, voices_of

PICTURES = 40  # incidents of a report up to which each has its picture: a fifth of a second and 100 KB each


@dataclass(frozen=True, slots=True)
class Figure:
    """What one effect comes to under one policy, in words, and what that rests on."""

    policy: str
    effect: str
    range: str
    best: str | None
    why: str | None
    rests_on: str
    doubt: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class Brief:
    """All that the page says of one incident; ``articles`` are numbered from 1 in their order.

    ``beside``: the other events and counts over time that the same articles tell, each in one line.
    """

    name: str
    title: str
    perpetrator: str | None
    may_be: str | None
    figures: list[Figure]
    others: list[Figure]
    claims: list[Claim]
    beside: list[str]
    voices: list[Voice]
    articles: list[Article]
    problems: list[Problem]
    picture: str | None

    @property
    def headline(self) -> str:
        """The figures in one line, for the table of contents."""
        return "; ".join(f"{figure.effect} {figure.range}" for figure in self.figures) or "nothing in scope"


def briefs(corpus: Corpus, names: Sequence[str], policy: Policy) -> list[Brief]:
    """Return the briefs of incidents in the order of their days; those without a day come last.

    The claims of each stand as in ``analysis.outline``.
    """
    told = {name: TABLES[name] for name in ("incidents", "casualties", "articles", "sources", "problems")}
    rows = {name: [record(**row) for row in records(getattr(corpus, name))] for name, record in told.items()}
    articles = {article.article_id: article for article in rows["articles"]}
    known = {(claim.article_id, claim.casualty): claim for claim in rows["casualties"]}
    sources = {source.source: source for source in rows["sources"]}
    verdicts = {(row.article_id, row.casualty): (row.used, row.reason)
                for row in corpus.ledger[corpus.ledger["policy"] == policy.name].itertuples()}
    titles = {row.incident: _title(row) for row in rows["incidents"]}
    lines = _outlined(corpus, verdicts)
    depths = {(row.article_id, row.casualty): row.depth for row in lines.itertuples()}
    told_as = dict(zip(lines["incident"], lines["told_as"], strict=True))
    told_in = {name: [known[key] for key in zip(group["article_id"], group["casualty"], strict=True)]
               for name, group in lines.groupby("incident", sort=False)}
    found = []
    for name in names:
        totals = [row for row in rows["incidents"] if row.incident == name]
        claims = told_in[name]
        shown = [articles[key] for key in dict.fromkeys(claim.article_id for claim in claims)]
        numbers = {article.article_id: number for number, article in enumerate(shown, 1)}
        found.append(Brief(
            name, titles[name], totals[0].perpetrator, _may_be(totals[0].may_be, titles),
            [_figure(row) for row in totals if row.policy == policy.name and _counts(row)],
            [_figure(row) for row in totals if row.policy != policy.name and _counts(row)],
            [claim_line(corpus, claim, numbers, known, depths[claim.article_id, claim.casualty],
                    *verdicts[claim.article_id, claim.casualty]) for claim in claims],
            [f"{titles[other]}: {said}{'' if told_as[other] == NEWS else f' ({told_as[other]})'}"
             for other in told_as if other != name and (said := _tolls(told_in[other], numbers, depths))],
            voices_of(claims, sources), shown, [row for row in rows["problems"] if row.article_id in numbers],
            _picture(corpus, name, policy.name) if len(names) <= PICTURES else None))
    days = {row.incident: row.date for row in rows["incidents"]}
    return sorted(found, key=lambda brief: (days[brief.name] or "~").replace("XXXX", "~"))


def sums(corpus: Corpus, names: Sequence[str], policy: str) -> list[tuple[Overall, str]]:
    """Return what the incidents come to together under a policy, each effect in its scope, with its range in words."""
    chosen = corpus.incidents[corpus.incidents["incident"].isin(names) & (corpus.incidents["policy"] == policy)
                              & corpus.incidents["effect"].isin(POLICIES[policy].effects)]
    claims = corpus.casualties[corpus.casualties["incident"].isin(names)]
    totals = overall([Incident(**row) for row in records(chosen)], [Casualty(**row) for row in records(claims)])
    return [(total, figure_words(total.low, total.high)) for total in totals]


def _outlined(corpus: Corpus, verdicts: Mapping[tuple[str, int], tuple[bool, str]]) -> pd.DataFrame:
    """Return all claims as an outline."""
    claims = corpus.casualties
    keys = zip(claims["article_id"], claims["casualty"], strict=True)
    return outline(claims.assign(used=[verdicts[key][0] for key in keys]))


def _may_be(name: str | None, titles: Mapping[str, str]) -> str | None:
    return None if name is None else f"{name}, {titles[name]}" if name in titles else name


def _tolls(claims: Sequence[Casualty], articles: Collection[str], depths: Mapping[tuple[str, int], int]) -> str:
    """Return what some articles give as an event's figures, "" where they do not tell of it."""
    said = [f"{claim.effect} {figure_words(claim.low, claim.high, claim.bound)}" for claim in claims
            if claim.article_id in articles and depths[claim.article_id, claim.casualty] == 0]
    return ", ".join(dict.fromkeys(said))


def _title(row: Incident) -> str:
    day = " to ".join(map(date_words, row.date.split("/"))) if row.date else "day not known"
    return f"{row.place or 'Place not known'}, {day}"


def _counts(row: Incident) -> bool:
    return row.effect in POLICIES[row.policy].effects


def _figure(row: Incident) -> Figure:
    best = None if row.best is None else f"{row.best:,}"
    return Figure(row.policy, row.effect, figure_words(row.low, row.high), best, row.best_reason,
                  rests_on(row), percent(row.doubt),
                  f"{row.n_reviewed} of {row.n_claims}")


def rests_on(row: Incident) -> str:
    """Return on how many articles, outlets and roots a total rests, and how many of the outlets are not known."""
    counts = ((row.n_articles, "article"), (row.n_outlets, "outlet"), (row.n_roots, "independent source"))
    articles, outlets, roots = (f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in counts)
    if row.n_outlets_unknown:
        known = row.n_outlets_unknown < row.n_outlets
        outlets += f" ({row.n_outlets_unknown:,} not known)" if known else " (not known)"
    return f"{articles}, {outlets}, {roots}"


def _picture(corpus: Corpus, name: str, policy: str) -> str:
    """Return the figures of an incident and every statement behind them, drawn, as the data of an SVG image."""
    totals = corpus.incidents[(corpus.incidents["incident"] == name) & (corpus.incidents["policy"] == policy)]
    key = ["article_id", "casualty"]
    ledger = corpus.ledger.loc[corpus.ledger["policy"] == policy, [*key, "used", "reason"]]
    claims = corpus.casualties[corpus.casualties["incident"] == name].merge(ledger, on=key, validate="one_to_one")
    source = pd.Series([chain[-1] if chain else ARTICLE_ITSELF for chain in claims["chain"]], dtype="str")
    ax = plot_incidents(totals, claims.assign(source=source))
    file = io.BytesIO()
    # Text stays text, so that the reader's own fonts draw what matplotlib's has no letters for; and the names inside
    # the picture are the same each time.
    with plt.rc_context({"svg.hashsalt": "report", "svg.fonttype": "none"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        ax.figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(ax.figure)
    return base64.b64encode(file.getvalue()).decode()
