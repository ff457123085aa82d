"""A judgement changes the rows it is about and no others, taken back it leaves no trace; no corpus knows another."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from analysis.articles import read_articles
from analysis.assembly import Assembly, assemble
from analysis.cache import columns, segments
from analysis.corpus import Corpus
from analysis.extraction import Extract, extract
from analysis.judgements import Judgement, anchor
from analysis.records import TABLES, Article, Attribution, Casualty, Entity, Mention, Source
from analysis.review import claim_span

ARTICLES, _ = read_articles(Path(__file__).parents[1] / "notebooks" / "exercise" / "articles")


@pytest.fixture(scope="module")
def rows():
    return segments.to_table({f"{number}": e for number, e in enumerate(extract(ARTICLES))})


@pytest.fixture(scope="module")
def assembly(rows):
    return Assembly(ARTICLES, rows)


def differing(one, other):
    """The names of the tables that differ between two assemblies."""
    return {name for name in TABLES if not one[name].equals(other[name])}


def judged(number, kind, *about, target=(), value=None):
    by_id = {article.article_id: article for article in ARTICLES}
    return Judgement(f"{kind} {number}", kind, "an analyst", f"2022-04-01T00:00:{number:02}", "a test", target,
                     tuple(anchor(by_id[c.article_id], *claim_span(c)) for c in about),
                     {"effect": about[0].effect, **value} if isinstance(value, dict) else value)


def decisions(tables):
    """Decisions of every kind that changes a table, on claims, events, names and sources."""
    claims = columns.rows(tables["casualties"], Casualty)
    found = [judged(n, kind, claim, value=value) for n, claim in enumerate(claims[::5]) for kind, value in (
        ("claim_accepted", {"low": claim.low}), ("claim_rejected", {"low": claim.low}),
        ("claim_corrected", {"low": 1, "high": 1}), ("claim_corrected", {"source": "a nurse", "place": "Herat"}),
        ("claim_corrected", {"new_effect": "missing", "event": None}), ("grade", {"grade": 2}))]
    found += [judged(n, kind, *pair) for n, pair in enumerate(zip(claims[::3], claims[4::3], strict=False))
              for kind in ("incident_merged", "incident_split")]
    entities = columns.rows(tables["entities"], Entity)
    names = [e.entity for e in entities]
    found += [judged(n, kind, target=pair) for n, pair in enumerate(zip(names[:9], names[3:], strict=False))
              for kind in ("merge", "not_same")]
    found += [judged(n, "split", target=(e.entity, e.aliases[0])) for n, e in enumerate(entities) if e.aliases]
    return found + [judged(n, "grade", target=(voice.source,), value="ABCDEF"[n % 6])
                    for n, voice in enumerate(columns.rows(tables["sources"], Source))]


def changed(before, after, name, *key):
    """The keys of the rows of a table that are other rows after, or in only one of the two."""
    one, other = ({tuple(row[column] for column in key): row for row in tables[name].to_pylist()}
                  for tables in (before, after))
    assert len(one) == before[name].num_rows
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def test_a_rejected_claim_changes_its_incident_and_nothing_else(assembly):
    """Save what is best elsewhere: that rests on the sources' records, and these on all incidents."""
    before = assembly.tables()
    claims = columns.rows(before["casualties"], Casualty)
    of_many = [c for c in claims if sum(other.incident == c.incident for other in claims) > 1]
    claim = of_many[-1]
    after = assembly.tables(judgements=[judged(1, "claim_rejected", claim, value={"low": claim.low})])
    assert differing(before, after) <= {"casualties", "incidents", "ledger", "sources"}
    rejected = changed(before, after, "casualties", "article_id", "casualty")
    assert (claim.article_id, claim.casualty) in rejected
    assert {c.incident for c in claims if (c.article_id, c.casualty) in rejected} == {claim.incident}
    totals = [{"incidents": tables["incidents"].drop_columns(["best", "best_reason"])} for tables in (before, after)]
    assert {key[0] for key in changed(*totals, "incidents", "incident", "effect", "policy")} == {claim.incident}
    ledger = changed(before, after, "ledger", "policy", "article_id", "casualty")
    assert {key[1:] for key in ledger} >= {(claim.article_id, claim.casualty)}
    assert {c.incident for c in claims if (c.article_id, c.casualty) in {key[1:] for key in ledger}} == {claim.incident}


def test_a_grade_changes_the_rows_of_what_is_graded(assembly):
    before = assembly.tables()
    claim, voice = columns.rows(before["casualties"], Casualty)[3], columns.rows(before["sources"], Source)[-1]
    item = assembly.tables(judgements=[judged(1, "grade", claim, value={"grade": 2})])
    assert differing(before, item) == {"casualties"}
    assert changed(before, item, "casualties", "article_id", "casualty") == {(claim.article_id, claim.casualty)}
    source = assembly.tables(judgements=[judged(1, "grade", target=(voice.source,), value="E")])
    assert changed(before, source, "sources", "source") == {(voice.source,)}
    assert differing(before, source) <= {"sources", "incidents", "ledger"}


def test_a_merge_of_names_renames_their_rows(assembly):
    before = assembly.tables()
    kept, gone = columns.rows(before["entities"], Entity)[3:5]
    after = assembly.tables(judgements=[judged(1, "merge", target=(kept.entity, gone.entity))])
    assert gone.entity not in after["entities"]["entity"].to_pylist()
    rows = changed(before, after, "mentions", "article_id", "start", "end", "type")
    assert rows == {(row["article_id"], row["start"], row["end"], row["type"]) for row in before["mentions"].to_pylist()
                    if row["entity"] == gone.entity}
    assert len(rows) == gone.n_mentions


@pytest.mark.parametrize("seed", range(4))
def test_what_is_taken_back_leaves_no_trace(rows, assembly, seed):
    chance, before = random.Random(seed), assembly.tables()
    pool, seen = decisions(before), set()
    for _ in range(4):
        standing = chance.sample(pool, chance.choice([1, 5, 20]))
        after = assembly.tables(judgements=standing)
        seen |= differing(before, after)
        assert differing(after, Assembly(ARTICLES, rows).tables(judgements=standing)) == set()
        assert differing(before, assembly.tables()) == set()
    assert {"casualties", "incidents", "ledger", "sources"} <= seen


@pytest.mark.parametrize("seed", range(2))
def test_one_decision_after_another_is_as_all_at_once(rows, assembly, seed):
    """Also where the one before is taken back, or changes nothing but who looked at a claim."""
    chance, pool = random.Random(seed), [d for d in decisions(assembly.tables()) if d.kind.startswith("claim_")]
    standing = []
    for step in range(8):
        standing = standing[:-1] if step % 3 == 2 else [*standing, chance.choice(pool)]
        after = assembly.tables(judgements=standing)
        assert differing(after, Assembly(ARTICLES, rows).tables(judgements=standing)) == set()


def test_an_alias_that_was_split_off_and_then_merged_has_its_new_name_in_every_article():
    def told(article_id, *said):
        article = Article(article_id, text="Karim and Omar Daud met.")
        mentions = [Mention(article_id, 0, 5, text, "person", entity) for text, entity in said]
        return Extract(article, mentions, [], [], [], [(0, 24)])

    some = [told("a", ("Omar Daud", "Omar Daud"), ("Daud", "Omar Daud")), told("b", ("Karim", "Karim"))]
    split, merge = judged(1, "split", target=("Omar Daud", "Daud")), judged(2, "merge", target=("Karim", "Daud"))
    assembly = Assembly([e.article for e in some], segments.to_table({e.article.article_id: e for e in some}))
    assert assembly.tables(judgements=[split])["mentions"]["entity"].to_pylist() == ["Omar Daud", "Daud", "Karim"]
    assert assembly.tables(judgements=[split, merge])["mentions"]["entity"].to_pylist() == [
        "Omar Daud", "Karim", "Karim"]


@pytest.mark.parametrize(("nominal", "root"), [(False, "Army"), (True, "Army (Wire)")])
def test_a_voice_that_no_name_stands_for_is_known_only_to_who_passes_it_on(nominal, root):
    article = Article("a", outlet="Wire", text="The army said five died.")
    army = Mention("a", 0, 8, "The army", "organisation", "Army", nominal)
    said = Attribution("a", 0, 0, 24, "The army", "Army", ((0, 8),), "said", ((9, 13),), ((14, 23),))
    five = Casualty("a", 0, 14, 23, "killed", 5, 5, "exact", attribution=0)
    [claim] = assemble([Extract(article, [army], [said], [five], [], [(0, 24)])])["casualties"]
    assert (claim.chain, claim.root) == (("Wire", "Army"), root)


def test_without_articles_there_are_tables_without_rows():
    none = Assembly([], segments.SCHEMA.empty_table()).tables()
    assert {name: table.num_rows for name, table in none.items()} == dict.fromkeys(TABLES, 0)


def test_two_corpora_each_know_their_own_names(tmp_path):
    text = "The Salt Guild killed four farmers near Basra on Monday, Ilda Morvan of the Reed Office said.\n"
    corpora = []
    for name, kind, side in (("one", "armed_group", "North"), ("other", "organisation", "South")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.txt").write_text(text, encoding="utf-8")
        (folder / "lexicon.csv").write_text(f"name,type,party\nSalt Guild,{kind},{side}\n", encoding="utf-8")
        corpora.append(Corpus(folder, progress=False))

    def says(corpus):
        rows = corpus.entities.set_index("entity").loc["Salt Guild"]
        return rows["type"], rows["party"]

    assert [says(corpus) for corpus in corpora] == [("armed_group", "North"), ("organisation", "South")]
    alone = [{name: frame.to_json() for name, frame in corpus.tables.items()} for corpus in corpora]
    for corpus in (corpora[1], corpora[0], corpora[1]):
        made = corpus.judge("grade", "Ilda Morvan", value="C", why="a test")
        assert [says(corpus) for corpus in corpora] == [("armed_group", "North"), ("organisation", "South")]
        corpus.undo(made.id)
    assert [{name: frame.to_json() for name, frame in corpus.tables.items()} for corpus in corpora] == alone
