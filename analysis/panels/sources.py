"""Who says what, through whom, and who agrees or contradicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.independence import ARTICLE_ITSELF
from analysis.panels.controls import choice, text
from analysis.panels.page import picture_html, words
from analysis.panels.panel import Panel, Shown
from analysis.panels.reader import read_row
from analysis.panels.settings import Settings
from analysis.panels.table import Listing
from analysis.panels.tables import (
    ALL,
    UNNAMED,
    claim_names,
    containing,
    counted,
    figures,
    named_by,
    of_article,
    pick,
    picture_size,
    rows,
    voices,
    without_lone_article,
)
from analysis.plots import plot_chains
from analysis.records import Article, Casualty

UNKNOWN_OUTLET = "outlet not known"
ORDER = {"article": "article_id", "who": "source", "says": "cue", "to": "told_to", "certainty": "certainty"}
MOST_CHAINS = 30  # in a picture


def attributions_view(corpus: Corpus, attributions: pd.DataFrame) -> pd.DataFrame:
    """Return who says what: the source, the word for it, to whom, who passes it on, how surely, and what is said."""
    said = [corpus.text(a.article_id)[a.content_spans[0][0]:a.content_spans[-1][1]] if a.content_spans else None
            for a in attributions.itertuples()]
    whole = corpus.attributions
    speakers = dict(zip(zip(whole["article_id"], whole["attribution"], strict=True), voices(whole), strict=True))
    outer = zip(attributions["article_id"], attributions["parent"], strict=True)
    return pd.DataFrame({
        "article": attributions["article_id"], "who": voices(attributions), "says": attributions["cue"],
        "to": attributions["told_to"].fillna("–"), "as told by": [speakers.get(key, "–") for key in outer],
        "certainty": attributions["certainty"], "what": said}).pipe(without_lone_article, corpus)


def sources_view(corpus: Corpus) -> pd.DataFrame:
    """Return what is known of each source, and its Admiralty letter: the one in force, the one suggested, and why."""
    s = corpus.sources
    return pd.DataFrame({
        "source": s["source"], "kind": s["kind"], "side": s["party"], "statements": s["n_statements"],
        "claims about casualties": [_record(row) for row in s.itertuples()], "grade": s["grade_letter"],
        "suggested": s["grade_letter_suggested"], "why": s["grade_reason"]})


def _record(row: object) -> str:
    if not row.n_casualty_claims:
        return "none"
    return (f"{row.n_casualty_claims}: {row.n_hedged} hedged, {row.n_relayed} passed on; {row.n_corroborated} backed, "
            f"{row.n_contradicted} contradicted, {row.n_alone} alone")


def chains(corpus: Corpus, attributions: pd.DataFrame) -> pd.DataFrame:
    """Return the different ways information takes: chain (outlet first, root last), counts_as, statements."""
    outlets, known = corpus.articles.set_index("article_id")["outlet"], parties(corpus)
    presumed = {(article_id, chain[-1]): side for article_id, chain, side in corpus.casualties[
        ["article_id", "chain", "side"]].dropna().itertuples(index=False, name=None) if chain}
    paths = []
    for article_id, chain, voice in zip(attributions["article_id"], attributions["chain"], voices(attributions),
                                        strict=True):
        outlet = outlets[article_id]
        begin = (UNKNOWN_OUTLET,) if pd.isna(outlet) else ()
        path = (*begin, *chain, *((UNNAMED,) if voice == UNNAMED else ()))
        paths.append((path, known.get(path[-1]) or presumed.get((article_id, path[-1]), path[-1])))
    ways = Counter(paths)
    return pd.DataFrame({"chain": [path for path, _ in ways], "statements": list(ways.values()),
                         "counts_as": [account for _, account in ways]})


def parties(corpus: Corpus) -> Mapping[str, str]:
    """Return {entity: its side} for the entities and sources whose side is known."""
    named = corpus.entities[["entity", "party"]], corpus.sources[["source", "party"]]
    return {name: party for frame in named for name, party in frame.dropna().itertuples(index=False, name=None)}


def for_sources(corpus: Corpus) -> tuple[list[Casualty], dict[str, Article], Mapping[str, str]]:
    """Return what the functions of ``analysis.sources`` take: claims, articles by id, {entity: party}."""
    articles = {article.article_id: article for article in rows(corpus.articles, Article)}
    return rows(corpus.casualties, Casualty), articles, parties(corpus)


def grades_view(corpus: Corpus, claims: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the Admiralty number of each claim, of all or some: the one given, the one suggested, and why."""
    claims = corpus.casualties if claims is None else claims
    return pd.DataFrame({
        "claim": claim_names(corpus, claims), "effect": claims["effect"],
        "number": figures(claims), "who says so": [chain[-1] if chain else ARTICLE_ITSELF for chain in claims["chain"]],
        "given": [words(n) if pd.notna(n) else "–" for n in claims["grade_number"]],
        "suggested": claims["grade_number_suggested"],
        "why": claims["grade_reason"]})


def show_sources(corpus: Corpus, source: str = ALL, holding: str = "", article: str = ALL) -> Shown:
    """Return the statements of some sources, the ways they took, and what is known of these sources."""
    everyone = corpus.attributions.assign(voice=voices(corpus.attributions))
    everyone["everyone"] = [" · ".join(chain) for chain in everyone["chain"]]
    kept = pick(of_article(everyone, article), voice=source)
    kept = containing(kept, holding, "voice", "cue", "everyone").drop(columns=["voice", "everyone"])
    ways, names = chains(corpus, kept), set(voices(kept))
    status = (f"{len(kept):,} of {counted(len(everyone), 'attribution')}, {counted(len(names), 'voice')}, "
              f"{counted(kept['article_id'].nunique(), 'article')}")
    said = Listing(named_by(kept, "article_id", "attribution"), partial(attributions_view, corpus), ORDER,
                   "No attribution fits all of these filters. Widen one, or press Reset."
                   if len(everyone) else "No one is said to say anything in these articles.",
                   hidden=("to", "as told by"))
    if kept.empty:
        return Shown(status, listing=said)
    picture = picture_html(plot_chains(ways.head(MOST_CHAINS)), f"From outlet to root: {counted(len(ways), 'way')}")
    known = sources_view(corpus)
    known = named_by(known[known["source"].isin(names)], "source")
    return Shown(status, f"{picture}{picture_size(ways, MOST_CHAINS)}", said,
                 {"What is known of these voices": Listing(
                     known, hidden=("why",), opens=lambda rows: {"source": rows["source"].iloc[0]})})


def sources_panel(corpus: Corpus) -> Panel:
    """Return the panel of 4-sources: who says what, where, the ways information takes, and the record of each voice."""
    return Panel(partial(show_sources, corpus), read=partial(read_row, corpus, attributions=True), table="Statements",
                 saved=Settings.beside(corpus.journal, "sources"),
                 source=choice("Source", sorted(voices(corpus.attributions))),
                 holding=text("Words", "in chain or reporting word", wide=True),
                 article=choice("Article", corpus.articles["article_id"], wide=True))
