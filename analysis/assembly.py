"""The rows of all articles to the finished tables: the second stage, done anew each time and never cached.

    entities over the corpus -> parties, chains, roots -> incidents -> sources and grades -> totals and ledger

The analyst's judgements are applied on the way. What they change stands beside the automatic value, and those that no
longer fit the articles are problems, never applied.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from analysis import entities, incidents, independence, review, sources
from analysis.extraction import Extract
from analysis.judgements import Judgement, applicable, stale
from analysis.records import Article, Attribution, Casualty, Incident, Problem, Span, many_rows, replaced


@many_rows()
def assemble(extracts: Sequence[Extract], problems: Iterable[Problem] = (),
             judgements: Sequence[Judgement] = ()) -> dict[str, list]:
    """Return {table: rows}, with the columns that depend on other articles filled and ``judgements`` applied."""
    articles = {e.article.article_id: e.article for e in extracts}
    decided = applicable(judgements, articles.values())
    sides = {e.article.article_id: independence.parties(e.article, e.mentions, e.attributions) for e in extracts}
    named = entities.assemble(
        {e.article.article_id: e.mentions for e in extracts}, _decisions(decided),
        {article_id: article.published for article_id, article in articles.items()},
        {(i, entity): (party.name, party.evidence) for i, side in sides.items() for entity, party in side.items()})
    extracts = [_renamed(e, named) for e in extracts]
    extracts, unfit = _reviewed(extracts, decided)
    sides = {i: {named.of.get((i, entity), entity): party for entity, party in side.items()}
             for i, side in sides.items()}
    parties = _corpus_parties(sides.values())
    attributions, claims = _with_roots(extracts, articles, sides, parties)
    mentions = list(chain.from_iterable(e.mentions for e in extracts))
    unfit += review.unplaced(claims, [pair for kind in ("incident_split", "incident_merged")
                                      for pair in decided.get(kind, ())])
    claims, apart = review.events(claims, decided.get("incident_split", ()))
    claims, merged = review.events(claims, decided.get("incident_merged", ()))
    incident_of, _ = incidents.link(claims, articles, mentions, merged, apart, parties)
    claims = [replaced(c, incident=incident_of[c.article_id, c.event]) for c in claims]
    told = sources.weighed(claims, articles, parties)
    claims, misfit = _graded(claims, told, decided.get("grade", ()))
    voices = sources.sources(articles, mentions, attributions, claims, told, parties, _given_grades(decided))
    totals, ledger = _totals(claims, articles, mentions, sources.root_letters(voices, claims))
    totals = _told_apart(totals, [(incident_of.get(one), incident_of.get(other)) for one, other in apart])
    return {"articles": list(articles.values()), "mentions": mentions, "entities": named.entities,
            "attributions": attributions, "casualties": claims, "incidents": totals, "ledger": ledger,
            "sources": voices, "problems": [
                *problems, *chain.from_iterable(e.problems for e in extracts), *named.problems, *unfit, *misfit,
                *_stale(judgements, articles),
                *_unknown_names(decided, named, [v.source for v in voices] + [c.root for c in claims])]}


def _decisions(decided: Mapping[str, Sequence]) -> list[tuple[str, tuple[str, ...]]]:
    """Return what the analyst said of names, in order: (merge, split or not_same, the names)."""
    return [(kind, judgement.target) for kind in ("not_same", "split", "merge")
            for judgement, _ in decided.get(kind, ())]


def _renamed(extract: Extract, named: entities.Assembled) -> Extract:
    """Return an article's rows under the names that the whole corpus gives its entities."""
    article_id = extract.article.article_id

    def renamed(row, *columns):
        known = ((column, name, named.of.get((article_id, name), name)) for column in columns
                 if (name := getattr(row, column)))
        other = {column: new for column, name, new in known if new != name}
        return replaced(row, **other) if other else row

    mentions = [m if (entity := named.entity_of(m)) == m.entity else replaced(m, entity=entity)
                for m in extract.mentions]
    return replaced(extract, mentions=mentions,
                    attributions=[renamed(a, "source_entity", "told_to") for a in extract.attributions],
                    casualties=[renamed(c, "victims_entity", "perpetrator", "place") for c in extract.casualties])


def _reviewed(extracts: Iterable[Extract], decided: Mapping[str, Sequence]) -> tuple[list[Extract], list[Problem]]:
    """Return the articles with the analyst's word on their claims, and the judgements that fit no claim any more."""
    by_article, reviewed, problems = review.decisions(decided), [], []
    for e in extracts:
        claims, unfit = review.review(e.casualties, e.attributions, by_article.get(e.article.article_id, ()))
        reviewed.append(replaced(e, casualties=claims))
        problems += unfit
    return reviewed, problems


def _with_roots(extracts: Iterable[Extract], articles: Mapping[str, Article],
                sides: Mapping[str, Mapping[str, independence.Party]],
                parties: Mapping[str, str]) -> tuple[list[Attribution], list[Casualty]]:
    """Return all attributions and claims with their chains, and the claims with the root they count as.

    A name's side is the one its own article tells of, else the one that all others agree on.
    """
    copies = independence.copies(articles.values())
    attributions, claims = [], []
    for e in extracts:
        article, by_number = e.article, {a.attribution: a for a in e.attributions}
        original = copies.original[article.article_id]
        through = (article.outlet, articles[original].outlet)
        unnamed = independence.nameless(e.mentions, e.attributions) - set(through)
        told = {name: party.name for name, party in sides[article.article_id].items()}
        known = ChainMap(told, dict.fromkeys(unnamed), parties)
        attributions += [replaced(a, chain=independence.chain(a.attribution, by_number, *through))
                         for a in e.attributions]
        for claim in e.casualties:
            source = copies.source(article.article_id, _sentence(e, claim), review.claim_span(claim))
            links = independence.chain(claim.attribution, by_number, article.outlet, articles[source].outlet)
            claims.append(replaced(claim, chain=links, root=independence.root(links, known, source, unnamed)))
    return attributions, claims


def _sentence(extract: Extract, claim: Casualty) -> Span:
    """Return the sentence in which a claim's victims stand."""
    start = review.claim_span(claim)[0]
    return extract.sentences[max(bisect_right(extract.sentences, (start, len(extract.article.text))) - 1, 0)]


def _corpus_parties(sides: Iterable[Mapping[str, independence.Party]]) -> dict[str, str]:
    """Return {entity: party} where all articles that know a party agree; an entity that changed sides has none."""
    found: dict[str, set[str]] = {}
    for side in sides:
        for entity, party in side.items():
            found.setdefault(entity, set()).add(party.name)
    return {entity: names.pop() for entity, names in found.items() if len(names) == 1}


def _graded(claims: Sequence[Casualty], told: Sequence[sources.Weighed],
            decided: Sequence) -> tuple[list[Casualty], list[Problem]]:
    """Return the claims with the Admiralty number suggested and the analyst's own, and what fits no claim."""
    numbers = sources.grade_numbers(claims, told)
    given, problems = review.item_grades(claims, [pair for pair in decided if pair[0].anchors])

    def graded(claim: Casualty) -> Casualty:
        key = claim.article_id, claim.casualty
        number, reason = numbers[key]
        own, why = given.get(key, (None, None))
        reason = f"given by the analyst: {why}; suggested {number}, {reason}" if own else reason
        return replaced(claim, grade_number=own, grade_number_suggested=number, grade_reason=reason)

    return [graded(claim) for claim in claims], problems


def _totals(claims: Sequence[Casualty], articles: Mapping[str, Article], mentions: Sequence,
            grades: Mapping[str, str]) -> tuple[list, list]:
    """Return the incidents and the ledger of every policy."""
    named = {(claim.article_id, claim.place) for claim in claims}
    mentions = [m for m in mentions if m.latitude is not None and (m.article_id, m.entity) in named]
    counted = [incidents.totals(claims, policy, articles, mentions, grades)
               for policy in incidents.POLICIES.values()]
    return [row for rows, _ in counted for row in rows], [entry for _, entries in counted for entry in entries]


def _told_apart(totals: Iterable[Incident], pairs: Iterable[tuple[str | None, str | None]]) -> list[Incident]:
    """Return the incidents with the names of those that the analyst told apart from them."""
    others: dict[str, set[str]] = {}
    for one, other in pairs:
        if one and other and one != other:
            others.setdefault(one, set()).add(other)
            others.setdefault(other, set()).add(one)
    return [replaced(row, told_apart=tuple(sorted(others[row.incident]))) if row.incident in others else row
            for row in totals]


def _given_grades(decided: Mapping[str, Sequence]) -> dict[str, tuple[str, str]]:
    """Return {source: (letter, reason)} of the analyst's last word on each source."""
    return {name: (str(judgement.value), judgement.why or "no reason given")
            for judgement, _ in decided.get("grade", ()) if not judgement.anchors for name in judgement.target}


def _unknown_names(decided: Mapping[str, Sequence], named: entities.Assembled, voices: Iterable[str | None]
                   ) -> list[Problem]:
    """Return the decisions about names of which one is in no article any more: they change nothing."""
    known = {*voices, *named.of.values(), *(name for _, name in named.of),
             *(name for entity in named.entities for name in (entity.entity, *entity.aliases))}
    return [Problem("", "judgement no longer fits", f"{judgement.kind} of {judgement.when}: nobody is named "
                    + " or ".join(f"“{name}”" for name in missing))
            for kind in ("grade", "merge", "split", "not_same") for judgement, _ in decided.get(kind, ())
            if not judgement.anchors and (missing := [name for name in judgement.target if name not in known])]


def _stale(judgements: Sequence[Judgement], articles: Mapping[str, Article]) -> list[Problem]:
    return [Problem(judgement.anchors[0].article_id, "judgement no longer fits", f"{judgement.kind}: {why}")
            for judgement, why in stale(judgements, articles.values())]
