"""The claims of all articles: the chain that each came through, its root, and what the analyst decided about it."""

from __future__ import annotations

from collections.abc import Iterable
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
from analysis.records import Attribution, Casualty


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
             ) -> tuple[pa.Table, review.Reviewed]:
    """Return all claims, those of an article that a decision is about as it leaves them, and what else they say."""
    about = {place[0] for made in decided.values() for _, places in made for place in places}
    judged = [article.article_id for article in read.articles if article.article_id in about]
    claims, voices = (_by_article(columns.rows(rows_of(table, "article_id", judged), record))
                      for table, record in ((rows, Casualty), (names.tables["attributions"], Attribution)))
    found = review.reviewed({name: claims.get(name, []) for name in judged}, voices, decided)
    ids = pa.array(judged, pa.string())
    rows = pa.concat_tables([rows.filter(pc.invert(pc.is_in(rows["article_id"], value_set=ids))),
                             rooted(read, names, columns.to_arrow(found.claims, Casualty))])
    article = pc.index_in(rows["article_id"], value_set=pa.array(list(read.by_id), pa.string()))
    return columns.pick(rows, np.argsort(article.to_numpy(), kind="stable")), found


def _by_article(rows: Iterable) -> dict[str, list]:
    return {article_id: list(of_article) for article_id, of_article in groupby(rows, attrgetter("article_id"))}
