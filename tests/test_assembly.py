"""Tables made anew where something has changed are those made at once, whatever has changed."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pyarrow as pa
import pytest

from analysis.articles import read_articles
from analysis.assembly import ALL, assembled
from analysis.assembly.reading import Read
from analysis.cache import columns, segments
from analysis.extraction import Extract, extract
from analysis.independence import copies
from analysis.judgements import Judgement, anchor
from analysis.records import Article, Casualty, Entity, Mention, Source
from analysis.review import claim_span

ARTICLES, _ = read_articles(Path(__file__).parents[1] / "notebooks" / "exercise" / "articles")


def as_others(article):
    """An article as it is, as another outlet's, as of another day, and with one sentence more."""
    more = f"{article.text}\nPolice said two more people were killed in Duran on Friday.\n"
    return [article, dataclasses.replace(article, outlet="Harbour Post"),
            dataclasses.replace(article, published="2022-03-19"),
            dataclasses.replace(article, text=more, sha256=f"{article.sha256[:-1]}x")]


@pytest.fixture(scope="module")
def read():
    """[(article, its extract as a table of one row)], four versions of each article in turn."""
    versions = [version for article in ARTICLES for version in as_others(article)]
    return [(e.article, segments.to_table({f"{number}": e})) for number, e in enumerate(extract(versions))]


def made(some, judgements=(), last=None):
    articles = [article for article, _ in some]
    return assembled(articles, pa.concat_tables([row for _, row in some]), copies(articles), (), judgements, last)


def decisions(read):
    """Decisions of every kind that changes a table, on claims, events, names and sources of the articles."""
    tables, by_id = made(read[::4]), {article.article_id: article for article, _ in read[::4]}
    claims = columns.rows(tables["casualties"], Casualty)

    def judged(number, kind, *about, target=(), **value):
        return Judgement(f"{kind} {number}", kind, "an analyst", f"2022-04-01T00:00:{number:02}", "a test", target,
                         tuple(anchor(by_id[c.article_id], *claim_span(c)) for c in about),
                         value.pop("letter", None) or ({"effect": about[0].effect, **value} if value else None))

    found = [judged(n, kind, claim, **value) for n, claim in enumerate(claims[::5]) for kind, value in (
        ("claim_accepted", {"low": claim.low}), ("claim_rejected", {"low": claim.low}),
        ("claim_corrected", {"low": 1, "high": 1}), ("grade", {"grade": 2}))]
    found += [judged(n, kind, *pair) for n, pair in enumerate(zip(claims[::3], claims[4::3], strict=False))
              for kind in ("incident_merged", "incident_split")]
    entities = columns.rows(tables["entities"], Entity)
    names = [e.entity for e in entities]
    found += [judged(n, kind, target=pair) for n, pair in enumerate(zip(names[:9], names[3:], strict=False))
              for kind in ("merge", "not_same")]
    found += [judged(n, "split", target=(e.entity, e.aliases[0])) for n, e in enumerate(entities) if e.aliases]
    return found + [judged(n, "grade", target=(voice.source,), letter="ABCDEF"[n % 6])
                    for n, voice in enumerate(columns.rows(tables["sources"], Source))]


@pytest.mark.parametrize("seed", range(12))
def test_after_any_changes_the_tables_are_those_made_at_once(read, seed):
    chance = random.Random(seed)
    pool, judgements, last, n_judged = decisions(read), [], None, 0
    versions = [0] * len(ARTICLES)
    there = [chance.random() < 0.8 for _ in ARTICLES]
    for _ in range(5):
        for number in chance.sample(range(len(ARTICLES)), chance.choice([0, 1, 5])):
            versions[number], there[number] = chance.randrange(4), chance.random() < 0.8
        some = [read[4 * number + version] for number, version in enumerate(versions) if there[number]]
        judgements = [judgement for judgement in judgements if chance.random() < 0.8]
        judgements += [new for new in chance.sample(pool, chance.choice([5, 20])) if new not in judgements]
        last, whole = made(some, judgements, last), made(some, judgements)
        assert [name for name in ALL if not last[name].equals(whole[name])] == []
        n_judged += whole["casualties"].num_rows - whole["casualties"]["judged"].null_count
    assert n_judged


def test_only_what_has_changed_is_made_anew(read, monkeypatch):
    some, seen = read[::4], []
    last = made(some)
    extracts = Read.extracts
    monkeypatch.setattr(Read, "extracts", lambda self, numbers: seen.append(sorted(numbers)) or extracts(self, numbers))
    assert all(last[name].equals(again) for name, again in made(some, last=last).items())
    made([*some[:5], read[5 * 4 + 3], *some[6:]], last=last)
    assert seen[:2] == [[], []]
    assert seen[2] == [5]
    assert 5 in seen[3]
    assert len(seen[3]) < len(some) / 2


def test_an_alias_that_was_split_off_and_then_merged_has_its_new_name_in_every_article():
    def told(article_id, *said):
        article = Article(article_id, text="Karim and Omar Daud met.")
        mentions = [Mention(article_id, 0, 5, text, "person", entity) for text, entity in said]
        return article, segments.to_table({article_id: Extract(article, mentions, [], [], [], [(0, 24)])})

    some = [told("a", ("Omar Daud", "Omar Daud"), ("Daud", "Omar Daud")), told("b", ("Karim", "Karim"))]
    split = Judgement("1", "split", "an analyst", "2022-04-01T00:00:01", None, ("Omar Daud", "Daud"), (), None)
    merge = Judgement("2", "merge", "an analyst", "2022-04-01T00:00:02", None, ("Karim", "Daud"), (), None)
    last = made(some, [split])
    assert last["mentions"]["entity"].to_pylist() == ["Omar Daud", "Daud", "Karim"]
    assert made(some, [split, merge], last)["mentions"]["entity"].to_pylist() == ["Omar Daud", "Karim", "Karim"]
    assert all(table.equals(made(some, [split, merge])[name])
               for name, table in made(some, [split, merge], last).items())


def test_without_articles_there_are_tables_without_rows(read):
    none = assembled([], segments.SCHEMA.empty_table(), copies([]))
    assert {name: table.num_rows for name, table in none.items()} == dict.fromkeys(ALL, 0)
    some = made(read[:8], last=none)
    assert all(some[name].equals(table) for name, table in made(read[:8]).items())
