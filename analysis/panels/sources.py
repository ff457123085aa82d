"""Who says what, through whom, and who agrees or contradicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.panels.casualties import statements
from analysis.panels.page import picture_html, table_html
from analysis.panels.panel import Panel, Shown, choice, counted, text
from analysis.panels.tables import ALL, containing, figures, of_article, pick, picture_size, voice, without_lone_article
from analysis.plots import plot_chains

UNKNOWN_OUTLET = "outlet not known"
MOST_CHAINS = 30  # in a picture
COMPARED = ("used", "compatible but less precise", "denied")  # what the ledger says of statements worth comparing


def counts_as(corpus: Corpus) -> Callable[[str], str]:
    """Return a function from a voice to the one account that it belongs to: its side where known, else itself."""
    known: Mapping[str, str] = {chain[-1]: root for chain, root in
                                zip(corpus.casualties["chain"], corpus.casualties["root"], strict=True) if chain}
    known |= {s.source: s.party for s in corpus.sources.itertuples() if pd.notna(s.party)}
    return lambda voice: known.get(voice, voice)


def attributions_view(corpus: Corpus, attributions: pd.DataFrame) -> pd.DataFrame:
    """Return who says what: the source, the word for it, to whom, who passes it on, how surely, and what is said."""
    said = [corpus.text(a.article_id)[a.content_spans[0][0]:a.content_spans[-1][1]] if a.content_spans else None
            for a in attributions.itertuples()]
    speakers = {(a.article_id, a.attribution): voice(a) for a in corpus.attributions.itertuples()}
    outer = zip(attributions["article_id"], attributions["parent"], strict=True)
    return pd.DataFrame({
        "article": attributions["article_id"], "who": [voice(a) for a in attributions.itertuples()],
        "says": attributions["cue"], "to": attributions["told_to"].fillna("–"),
        "as told by": [speakers.get(key, "–") for key in outer],
        "how": attributions["certainty"], "what": said}).pipe(without_lone_article, corpus)


def chains(corpus: Corpus, attributions: pd.DataFrame) -> pd.DataFrame:
    """Return the different ways information takes: chain (outlet first, root last), counts_as, statements."""
    outlets = corpus.articles.set_index("article_id")["outlet"]
    side = counts_as(corpus)
    rows = []
    for a in attributions.itertuples():
        outlet = outlets[a.article_id]
        voices = a.chain if pd.isna(outlet) else a.chain[1:]
        last = () if pd.notna(a.source_entity) else (voice(a),)
        rows.append((UNKNOWN_OUTLET if pd.isna(outlet) else outlet, *voices, *last))
    counted = pd.Series(rows, dtype=object).value_counts(sort=False)
    return pd.DataFrame({"chain": list(counted.index), "counts_as": [side(chain[-1]) for chain in counted.index],
                         "statements": counted.to_numpy()})


def comparison(told: pd.DataFrame) -> pd.DataFrame:
    """Return each statement with the other roots on the same victims: who ``agrees`` with it, who ``contradicts`` it.

    ``told``: rows of ``statements``; what the ledger sets aside is left out. Two statements agree when some number of
    people fits both; a denial agrees with nothing. Both new columns hold tuples of roots.
    """
    compared = told[told["reason"].isin(COMPARED)]
    groups = {key: list(group.itertuples()) for key, group in compared.groupby(["incident", "effect"])}
    answers = {True: [], False: []}
    for claim in compared.itertuples():
        others = [other for other in groups[claim.incident, claim.effect]
                  if other.root != claim.root and _same_victims(claim, other)]
        for answer, column in answers.items():
            column.append(tuple(dict.fromkeys(other.root for other in others if _agree(claim, other) == answer)))
    return compared.assign(agrees=pd.Series(answers[True], compared.index, dtype=object),
                           contradicts=pd.Series(answers[False], compared.index, dtype=object))


def comparison_view(compared: pd.DataFrame) -> pd.DataFrame:
    """Return the comparison for reading, incident by incident."""
    return pd.DataFrame({
        "incident": compared["incident"], "effect": compared["effect"], "who": compared["source"],
        "counts as": compared["root"], "number": figures(compared), "how": compared["certainty"],
        "independent and agrees": compared["agrees"], "independent and contradicts": compared["contradicts"],
    }).sort_values(["incident", "effect", "counts as"], kind="stable")


def _same_victims(one: object, other: object) -> bool:
    """True unless one article counts them as different people: rows that restate each other are about the same."""
    first, second = (claim.casualty if pd.isna(claim.restates) else claim.restates for claim in (one, other))
    return one.article_id != other.article_id or first == second


def _agree(one: object, other: object) -> bool:
    if "denied" in (one.certainty, other.certainty):
        return False
    return all(pd.isna(low) or pd.isna(high) or low <= high
               for low, high in ((one.low, other.high), (other.low, one.high)))


def sources_view(corpus: Corpus) -> pd.DataFrame:
    """Return what is known of each source, with the Admiralty letter suggested beside the one given."""
    s = corpus.sources
    return pd.DataFrame({
        "source": s["source"], "kind": s["kind"], "side": s["party"], "statements": s["n_statements"],
        "claims": s["n_casualty_claims"], "backed": s["n_corroborated"], "contradicted": s["n_contradicted"],
        "hedged": s["n_hedged"], "relayed": s["n_relayed"], "grade given": s["grade_letter"],
        "suggested": s["grade_letter_suggested"], "why": s["grade_reason"]})


def show_sources(corpus: Corpus, policy: str, source: str = ALL, words: str = "", article: str = ALL) -> Shown:
    """Return the statements of some sources, the ways they took, and who agrees with them on whom they count."""
    voices = corpus.attributions.assign(voice=[voice(a) for a in corpus.attributions.itertuples()])
    kept = containing(pick(of_article(voices, article), voice=source), words, "voice", "cue", "told_to")
    ways = chains(corpus, kept).head(MOST_CHAINS)
    compared = pick(of_article(comparison(statements(corpus, policy)), article), source=source)
    status = (f"{len(kept):,} of {counted(len(voices), 'attribution')}, {counted(kept['voice'].nunique(), 'voice')}, "
              f"{counted(kept['article_id'].nunique(), 'article')}")
    picture = picture_html(plot_chains(ways), f"From outlet to root: {counted(len(ways), 'way')}") if len(ways) else ""
    said = table_html(attributions_view(corpus, kept), "No one is said to say anything.")
    sides = table_html(comparison_view(compared), "No claim to compare.")
    return Shown(status, f"{picture}{picture_size(chains(corpus, kept), MOST_CHAINS)}<h4>Who says what</h4>{said}"
                 f"<h4>Who agrees, who contradicts</h4>{sides}")


def sources_panel(corpus: Corpus, policy: str) -> Panel:
    """Return the panel of 4-sources: voices, their chains, and how their figures compare."""
    voices = sorted({voice(a) for a in corpus.attributions.itertuples()})
    return Panel(partial(show_sources, corpus, policy), source=choice("Source", voices),
                 words=text("Words", "in name or reporting word"),
                 article=choice("Article", corpus.articles["article_id"], wide=True))
