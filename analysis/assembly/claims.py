"""The claims of all articles: the chain that each came through, its root, and what the analyst decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from operator import attrgetter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis import independence, review
from analysis.assembly.extracted import Extracted
from analysis.assembly.renaming import Names, put, rows_of
from analysis.cache import columns
from analysis.records import Attribution, Casualty, replaced


def rooted(read: Extracted, names: Names, rows: pa.Table) -> pa.Table:
    """Return claims with their chain, root and side.

    A name's side is the one that its own article tells of, else the one that all others agree on. Who is named by the
    analyst, and by no article, is known only to that article.
    """
    chain, chains, roots, states, of = cache(independence.chain), [], [], [], names.entities.of
    for article_id, number, said_by, start, end, *victims in columns.cells(
            rows, "article_id", "attribution", "said_by", "start", "end", "victims_start", "victims_end"):
        source = read.source(article_id, (start, end) if victims[0] is None else tuple(victims))
        voices = ((None, of.get(said_by, said_by)),) if said_by else names.voices.get((article_id, number), ())
        links = chain(voices, read.by_id[article_id].outlet, read.by_id[source].outlet)
        unnamed = [link for link in links if (article_id, link) in names.unnamed
                   or (link == said_by and said_by not in of and said_by not in read.outlet_names)]
        voice = links[-1] if links else None
        told, elsewhere = names.sides.get((article_id, voice)), None if voice in unnamed else voice
        party = told.name if told and not told.presumed else names.parties.get(elsewhere)
        state = told.name if told and told.presumed else names.states.get(elsewhere)  # a governor, said another article
        chains.append(links)
        roots.append(independence.root(links, {voice: party}, source, unnamed))
        states.append(None if party else state)
    return put(put(put(rows, "chain", chains), "root", roots), "side", states)


def reviewed(read: Extracted, names: Names, rows: pa.Table, decided: review.Decided,
             before: Mapping[str, list[Casualty]]) -> tuple[pa.Table, list[Casualty], review.Reviewed, tuple]:
    """Return all claims, as a table and as records, what else the decisions say, and what is said otherwise by them.

    ``before``: {article_id: the claims in ``rows``}; those of an article that no decision is about stay these records.
    Accepting a claim says nothing otherwise: it changes nothing that links or sources are made of.
    """
    about = {place[0] for made in decided.values() for _, places in made for place in places}
    judged = [article.article_id for article in read.articles if article.article_id in about]
    voices = by_article(rows_of(names.tables["attributions"], "article_id", judged), Attribution)
    found = review.reviewed({name: before.get(name, []) for name in judged}, voices, decided)
    was = {(claim.article_id, claim.casualty): claim for name in judged for claim in before.get(name, ())}
    otherwise = tuple(said for claim in found.claims if not _alike(
        said := replaced(claim, judged="rejected" if claim.judged == "rejected" else None, judged_why=None), was))
    ids = pa.array(judged, pa.string())
    made = rooted(read, names, columns.to_arrow(found.claims, Casualty))
    rows = pa.concat_tables([rows.filter(pc.invert(pc.is_in(rows["article_id"], value_set=ids))), made])
    article = pc.index_in(rows["article_id"], value_set=pa.array(list(read.by_id), pa.string()))
    new = dict.fromkeys(judged, ()) | by_article(made, Casualty)
    claims = [claim for name in read.by_id for claim in new.get(name, before.get(name, ()))]
    return columns.pick(rows, np.argsort(article.to_numpy(), kind="stable")), claims, found, otherwise


def _alike(claim: Casualty, before: Mapping[tuple[str, int], Casualty]) -> bool:
    """Return whether a claim says what it said before; its incident is not its own word."""
    was = before.get((claim.article_id, claim.casualty))
    return was is not None and claim == replaced(was, incident=claim.incident,
                                                 incident_probability=claim.incident_probability)


def by_article(rows: pa.Table, record: type) -> dict[str, list]:
    """Return {article_id: its rows as records}."""
    found = groupby(columns.rows(rows, record), attrgetter("article_id"))
    return {article_id: list(of_article) for article_id, of_article in found}
