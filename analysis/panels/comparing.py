"""The accounts of each incident side by side: who agrees, who contradicts, who leans which way, who is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

import pandas as pd

from analysis import sources
from analysis.corpus import Corpus
from analysis.independence import ARTICLE_ITSELF, originals, root_words
from analysis.outline import KINDS, NEWS, incident_kinds, percent, reason_words, role_words
from analysis.panels.claims import account_words
from analysis.panels.controls import choice
from analysis.panels.panel import Panel, Shown
from analysis.panels.reader import read_row
from analysis.panels.settings import Settings
from analysis.panels.sources import for_sources
from analysis.panels.table import Listing
from analysis.panels.tables import ALL, UNNAMED, counted, pick, rows, voices, without_lone_article
from analysis.plots import date_words, figure_words
from analysis.records import Article, Source

_READ = {"incident": "incident", "effect": "effect", "losses of": "side", "article": "article_id",
         "who says so": "voice", "grouped under": "counts_as",
         "number": "low"}  # {column that is read: what it is sorted by}
_NOBODY = "nobody else speaks of it"


def accounts(corpus: Corpus) -> pd.DataFrame:
    """Return every account of every incident: the columns of ``sources.Compared``, start and end of its first claim,
    and ``counts_as``, the side or root that it is one account of.

    The index is the article and the number of that claim.
    """
    found = [{name: getattr(account, name) for name in account.__slots__}
             for account in sources.comparison(*for_sources(corpus))]
    frame = pd.DataFrame(found, columns=list(sources.Compared.__slots__))
    first = [numbers[0] for numbers in frame["casualties"]]
    frame.index = pd.MultiIndex.from_arrays([frame["article_id"], first], names=["article", "claim"])
    claims = corpus.casualties.set_index(["article_id", "casualty"])[["start", "end", "side"]].reindex(frame.index)
    return frame.assign(start=claims["start"], end=claims["end"],
                        counts_as=list(map(account_words, claims["side"], frame["root"])))


def comparison_view(corpus: Corpus, told: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return accounts for reading, all or those ``told``: whose losses, who says so, who agrees or contradicts, which
    role its first claim has and why, what parts are told of it, and how doubtful its toll is.
    """
    told = accounts(corpus) if told is None else told
    found = told.itertuples(index=False)
    known = {(row.article_id, row.casualty): row for row in corpus.casualties.itertuples(index=False)}
    parts = _parts(known)
    return pd.DataFrame([{
        "incident": c.incident, "effect": c.effect, "losses of": c.side, "article": c.article_id,
        "who says so": ARTICLE_ITSELF if pd.isna(c.voice) else c.voice, "passed on by": c.relays or ("–",),
        "grouped under": _counts_as(c),
        "number": figure_words(c.low, c.high) + _how_surely(c),
        "backed by": tuple(map(root_words, c.backed_by)) or ("no one",),
        "contradicted by": tuple(map(root_words, c.contradicted_by)) or ("no one",),
        "its doubt": percent(doubt(known[c.article_id, number] for number in c.casualties)),
        "its role": _role(known[c.article_id, c.casualties[0]]),
        "its parts": tuple(part for number in c.casualties for part in parts.get((c.article_id, number), ()))}
        for c in found],
        columns=["incident", "effect", "losses of", "number", "who says so", "grouped under", "backed by",
                 "contradicted by", "passed on by", "its role", "its doubt", "its parts", "article"],
    ).pipe(without_lone_article, corpus)


def _parts(known: Mapping[tuple[str, int], object]) -> dict[tuple[str, int], list[str]]:
    """Return {claim: the parts told of it, in words}."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for (article, _), row in known.items():
        if pd.notna(row.part_of):
            number = figure_words(row.low, row.high, row.bound)
            found[article, int(row.part_of)].append(number + (f" ({row.victims})" if pd.notna(row.victims) else ""))
    return found


def _role(claim: object) -> str:
    why = reason_words(claim)
    return role_words(claim) + (f", because it {why}" if why else "")


def doubt(claims: Iterable[object]) -> float | None:
    """Return how likely the weakest role or link of some claims is wrong, None where nothing is known to be in doubt.

    A repetition adds no doubt to what it repeats, and what the analyst has looked at is sure.
    """
    wrong = [1 - share for claim in claims if pd.isna(claim.judged) and pd.isna(claim.restates)
             for share in (claim.role_probability, claim.incident_probability) if pd.notna(share)]
    return max(wrong, default=None)


def _how_surely(account: object) -> str:
    notes = [word for word, applies in (("denied", account.denied), ("hedged", account.hedged),
                                        ("this root gives a later figure", account.replaced)) if applies]
    return f" ({'; '.join(notes)})" if notes else ""


def readings_view(corpus: Corpus) -> pd.DataFrame:
    """Return, for each incident and effect, how many speak and how many independent sources they come to.

    What the articles tell as their news comes first, then other events, then counts over time.
    """
    claims, *rest = for_sources(corpus)
    kinds = incident_kinds(corpus.casualties)
    pairs = sorted(dict.fromkeys((c.incident, c.effect) for c in claims if c.incident),
                   key=lambda pair: KINDS.index(kinds[pair[0]]))
    found = [sources.reading(*pair, claims, *rest) for pair in pairs]
    return pd.DataFrame({
        "incident": [r.incident for r in found], "effect": [r.effect for r in found],
        "told as": [kinds[r.incident] for r in found],
        "articles": [r.articles for r in found], "outlets": [r.outlets for r in found],
        "independent sources": [r.independent_roots for r in found],
        "contradictions": [r.contradictions for r in found], "in words": [r.sentence for r in found]})


def leanings_view(corpus: Corpus) -> pd.DataFrame:
    """Return which way each party leans on its own and on its enemies' losses, where there is enough to compare."""
    found = sources.leanings(*for_sources(corpus))
    return pd.DataFrame({"party": [x.root for x in found], "losses": [x.losses for x in found],
                         "incidents": [x.n for x in found], "in words": [x.reason for x in found]})


def leanings(corpus: Corpus) -> pd.DataFrame:
    """Return the same as numbers, for ``plot_leanings``: party, losses, n, ratio, low, high, reason."""
    found = sources.leanings(*for_sources(corpus))
    return pd.DataFrame([(x.root, x.losses, x.n, x.ratio, x.low, x.high, x.reason) for x in found],
                        columns=["party", "losses", "n", "ratio", "low", "high", "reason"])


def independence(corpus: Corpus) -> pd.DataFrame:
    """Return, for each incident and effect, for ``plot_independence``: name, articles, outlets, roots.

    Articles whose outlet is not known count as one outlet each.
    """
    claims = corpus.casualties.merge(corpus.articles[["article_id", "outlet"]], on="article_id")
    claims = claims[claims["incident"].notna()].assign(outlet=claims["outlet"].fillna(claims["article_id"]))
    outlets = claims.groupby(["incident", "effect"])["outlet"].nunique()
    told = readings_view(corpus)
    event = corpus.incidents.drop_duplicates("incident").set_index("incident")
    about = {name: ", ".join(word for word in (row.place, _when(row.date)) if pd.notna(word))
             for name, row in event.iterrows()}
    return pd.DataFrame({
        "name": [f"{incident} {effect}{'' if kind == NEWS else f', {kind}'}: {about.get(incident, '')}".rstrip(": ")
                 for incident, effect, kind in zip(told["incident"], told["effect"], told["told as"], strict=True)],
        "articles": told["articles"],
        "outlets": [int(outlets[pair]) for pair in zip(told["incident"], told["effect"], strict=True)],
        "roots": told["independent sources"]})


def _when(date: str | None) -> str:
    return "date unknown" if pd.isna(date) else date_words(date)


def statements_over_time(corpus: Corpus, most: int = 25) -> pd.DataFrame:
    """Return how many statements the voices that speak most make on each day: voice, day, statements.

    ``day``: when the article was published, null where it is not known. Who is not named is left out.
    """
    said = corpus.attributions[["article_id"]].assign(voice=voices(corpus.attributions))
    said = said[said["voice"] != UNNAMED].merge(corpus.articles[["article_id", "published"]], on="article_id")
    first = said["voice"].value_counts().head(most).index
    counts = said[said["voice"].isin(first)].groupby(["voice", "published"], dropna=False).size()
    told = counts.rename("statements").reset_index().rename(columns={"published": "day"})
    return told.sort_values(["voice", "day"], key=lambda c: c.map(list(first).index) if c.name == "voice" else c,
                            ignore_index=True)


def copies_view(corpus: Corpus) -> pd.DataFrame:
    """Return the articles that are near-copies of an earlier one: article, outlet, and what it copies, by whom."""
    outlets = corpus.articles.set_index("article_id")["outlet"].fillna("outlet not known")
    of = {a: b for a, b in originals(rows(corpus.articles, Article)).items() if a != b}
    return pd.DataFrame({"article": list(of), "printed by": [outlets[a] for a in of], "copies": list(of.values()),
                         "first printed by": [outlets[b] for b in of.values()]})


def omission_view(corpus: Corpus, source: str) -> pd.DataFrame:
    """Return the totals that change when every claim from or through a voice or a root is left out."""
    claims, articles, _ = for_sources(corpus)
    letters = sources.root_letters(rows(corpus.sources, Source), claims)
    changed = sources.without(source, claims, articles, grades=letters)
    return pd.DataFrame([(c.incident, c.effect, _range(c.before), _NOBODY if c.after is None else _range(c.after))
                         for c in changed], columns=["incident", "effect", "with it", "without it"])


def _counts_as(account: tuple) -> str:
    """Return whose account it is one of, where that is not who says so."""
    if account.counts_as != root_words(account.root):
        return account.counts_as  # a side
    words = root_words(account.root, account.article_id)
    return "itself" if words == (ARTICLE_ITSELF if pd.isna(account.voice) else account.voice) else words


def _range(figures: tuple[int | None, int | None, int | None]) -> str:
    low, best, high = figures
    return figure_words(low, high) + ("" if best is None or low == best == high else f", best {best:,}")


def sources_to_leave_out(corpus: Corpus) -> list[str]:
    """Return the voices and roots on which some total rests, most claims first."""
    claims = corpus.casualties
    return list(pd.Series([name for chain, root in zip(claims["chain"], claims["root"], strict=True)
                           for name in dict.fromkeys((*chain, root)) if isinstance(name, str)], dtype=str)
                .value_counts().index)


def show_accounts(corpus: Corpus, incident: str = ALL, effect: str = ALL, counts_as: str = ALL) -> Shown:
    """Return the accounts that fit, to page through."""
    told = accounts(corpus)
    kept = pick(told, incident=incident, effect=effect, counts_as=counts_as)
    status = (f"{len(kept):,} of {counted(len(told), 'account')}, {counted(kept['incident'].nunique(), 'incident')}, "
              f"{counted(kept['counts_as'].nunique(), 'independent source')}")
    return Shown(status, "", Listing(kept, partial(comparison_view, corpus), _READ, "No account fits these filters.",
                                     hidden=("losses of", "its role", "its doubt", "its parts", "passed on by",
                                             "article")))


def accounts_panel(corpus: Corpus) -> Panel:
    """Return the panel in which the accounts of an incident stand side by side; a chosen one opens its sentence."""
    told = accounts(corpus)
    return Panel(partial(show_accounts, corpus), read=partial(read_row, corpus, claims=True, attributions=True),
                 table="Accounts", saved=Settings.beside(corpus.journal, "accounts"),
                 incident=choice("Incident", _names(told["incident"]), wide=True),
                 effect=choice("Effect", _names(told["effect"])),
                 counts_as=choice("Grouped under", _names(told["counts_as"])))


def _names(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def show_omission(corpus: Corpus, source: str | None) -> Shown:
    """Return what changes in the totals without a source."""
    if source is None:
        return Shown("There is no claim that rests on anybody.")
    changed = omission_view(corpus, source)
    alone = int((changed["without it"] == _NOBODY).sum())
    total = len(corpus.casualties.dropna(subset=["incident"])[["incident", "effect"]].drop_duplicates())
    status = f"Without {source}: {len(changed):,} of {counted(total, 'total')} change, {alone:,} rest on it alone"
    return Shown(status, tables={"What changes": Listing(changed, nothing="No total changes: others say the same.")})


def omission_panel(corpus: Corpus) -> Panel:
    """Return the panel that leaves a source out."""
    return Panel(partial(show_omission, corpus), source=choice("Leave out", sources_to_leave_out(corpus), first=None,
                                                               wide=True))
