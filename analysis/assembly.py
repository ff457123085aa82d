"""The rows of all articles to the finished tables: the second stage, done anew each time and never cached.

    entities over the corpus -> parties, chains, roots -> incidents -> sources and grades -> totals and ledger
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from analysis import incidents, independence
from analysis.extraction import Extract
from analysis.records import Article, Attribution, Casualty, Problem


def assemble(extracts: Sequence[Extract], problems: Iterable[Problem] = ()) -> dict[str, list]:
    """Return the rows of every table, with the columns that depend on other articles filled."""
    articles = {e.article.article_id: e.article for e in extracts}
    mentions = [m for e in extracts for m in e.mentions]
    originals = independence.originals(articles.values())
    voices, claims = [], []
    for e in extracts:
        told, said = _with_chains(e, originals)
        voices += told
        claims += said
    incident_of, _ = incidents.link(claims, articles, mentions)
    claims = [dataclasses.replace(c, incident=incident_of[c.article_id, c.event]) for c in claims]
    totals, ledger = [], []
    for policy in incidents.POLICIES.values():
        rows, entries = incidents.totals(claims, policy, articles, mentions)
        totals += rows
        ledger += entries
    return {"articles": list(articles.values()), "mentions": mentions, "entities": [], "attributions": voices,
            "casualties": claims, "incidents": totals, "ledger": ledger, "sources": [], "problems": list(problems)}


def _with_chains(extract: Extract, originals: Mapping[str, str]) -> tuple[list[Attribution], list[Casualty]]:
    """Return an article's attributions and claims with their chains, and the claims' roots."""
    article: Article = extract.article
    sides = independence.parties(article, extract.mentions, extract.attributions)
    by_number = {a.attribution: a for a in extract.attributions}
    voices = [dataclasses.replace(a, chain=independence.chain(a.attribution, by_number, article.outlet))
              for a in extract.attributions]
    claims = []
    for claim in extract.casualties:
        links = independence.chain(claim.attribution, by_number, article.outlet)
        claims.append(dataclasses.replace(
            claim, chain=links, root=independence.root(links, sides, originals[article.article_id])))
    return voices, claims
