"""The training exercise is labelled as one, and its answer key is recovered from its texts."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

from analysis import incidents, independence, sources
from analysis.articles import read_articles
from analysis.corpus import Corpus
from analysis.exports import records
from analysis.ged import ged
from analysis.records import Article, Casualty, Incident, LedgerEntry, Mention, Source

FOLDER = Path(__file__).parents[1] / "notebooks" / "exercise"
ARTICLES = FOLDER / "articles"
KEY = json.loads((FOLDER / "key.json").read_text(encoding="utf-8"))
LABEL = "TRAINING EXERCISE - fictional"
POLICY = "all effects, independent roots first"


def ident(article_id):
    return article_id.removesuffix(".txt")


@pytest.fixture(scope="module")
def corpus():
    return Corpus(ARTICLES, progress=False)


@pytest.fixture(scope="module")
def rows(corpus):
    """The rows as the functions of ``sources`` take them: claims, articles, {entity: party}."""
    return ([Casualty(**row) for row in records(corpus.casualties)],
            {row["article_id"]: Article(**row) for row in records(corpus.articles)},
            {row["entity"]: row["party"] for row in records(corpus.entities) if row["party"]})


# ------------------------------------------------------------------ the label

def test_every_file_says_that_it_is_fiction():
    texts = sorted(ARTICLES.glob("*.txt"))
    assert len(texts) == 32
    assert {path.read_text(encoding="utf-8").splitlines()[0] for path in texts} == {LABEL}
    with (ARTICLES / "articles.csv").open(encoding="utf-8", newline="") as file:
        manifest = list(csv.DictReader(file))
    assert {row["file"] for row in manifest} == {path.name for path in texts}
    assert all(row["rights"].startswith(LABEL) for row in manifest)
    assert KEY["label"] == LABEL
    assert LABEL in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert LABEL in (ARTICLES / "lexicon.csv").read_text(encoding="utf-8").splitlines()[0]


def test_the_label_is_no_claim_and_nobodys_words(corpus):
    assert len(corpus.articles) == 32
    assert corpus.problems[["article_id", "what"]].values.tolist() == [
        ["24-nadruk-lantern.txt", "odd quotation mark"]]  # the one with broken quotation marks
    assert (corpus.casualties["start"] > len(LABEL)).all()
    assert (corpus.attributions["start"] > len(LABEL)).all()


# ------------------------------------------------------------------ copies

def test_the_copies_and_their_originals():
    articles, _ = read_articles(ARTICLES)
    found = {ident(a): ident(b) for a, b in independence.originals(articles).items() if a != b}
    assert found == KEY["copies"]


# ------------------------------------------------------------------ incidents

def main_incident(corpus, key):
    """Return the incident that most of the key's articles speak of, and its articles."""
    claims = corpus.casualties[corpus.casualties["article_id"].map(ident).isin(KEY["incidents"][key]["articles"])]
    name = claims["incident"].mode().iloc[0]
    return name, set(claims.loc[claims["incident"] == name, "article_id"].map(ident))


@pytest.mark.parametrize("key", KEY["incidents"])
def test_the_articles_on_an_incident_are_found(corpus, key):
    assert main_incident(corpus, key)[1] == set(KEY["incidents"][key]["articles"])


def test_no_incident_mixes_two_of_the_key(corpus):
    of_article = {article: key for key, incident in KEY["incidents"].items() for article in incident["articles"]}
    groups = corpus.casualties.groupby("incident")["article_id"].agg(lambda ids: {of_article[ident(i)] for i in ids})
    assert len(groups) == len(KEY["incidents"])
    assert [keys for keys in groups if len(keys) > 1] == []


@pytest.mark.parametrize("key", KEY["incidents"])
def test_the_true_figures_lie_between_low_and_high(corpus, key):
    name, _ = main_incident(corpus, key)
    found = {row["effect"]: row for row in records(corpus.incidents)
             if row["incident"] == name and row["policy"] == POLICY}
    for effect, true in KEY["incidents"][key]["true"].items():
        row = found[effect]
        assert row["low"] is not None
        assert row["low"] <= true <= (float("inf") if row["high"] is None else row["high"])


@pytest.mark.parametrize("seed", range(6))
def test_some_incidents_alone_have_the_totals_that_they_have_among_all(corpus, rows, seed):
    claims, articles, _ = rows
    mentions = [Mention(**row) for row in records(corpus.mentions)]
    grades = sources.root_letters([Source(**row) for row in records(corpus.sources)], claims)
    names = sorted({claim.incident for claim in claims})
    some = random.Random(seed).sample(names, len(names) // 2)
    among_all = tuple([kind(**row) for row in records(frame) if row["incident"] in some]
                      for kind, frame in ((Incident, corpus.incidents), (LedgerEntry, corpus.ledger)))
    assert len(among_all[0]) >= len(some) * len(incidents.POLICIES)
    alone = [claim for claim in claims if claim.incident in some]
    assert incidents.all_totals(alone, incidents.POLICIES.values(), articles, mentions, grades) == among_all


@pytest.mark.parametrize(("key", "effect"), [(key, effect) for key, incident in KEY["incidents"].items()
                                             for effect in incident.get("independent_roots", ())])
def test_the_independent_accounts(corpus, key, effect):
    name, _ = main_incident(corpus, key)
    claims = [row for row in records(corpus.casualties) if (row["incident"], row["effect"]) == (name, effect)]
    told = {row["root"] for row in claims if row["part_of"] is None}
    assert told == set(KEY["incidents"][key]["independent_roots"][effect])


@pytest.mark.parametrize("key", [key for key, incident in KEY["incidents"].items() if "true_by_side" in incident])
def test_the_true_figures_by_side_in_geds_columns(corpus, key):
    name, _ = main_incident(corpus, key)
    [row] = [row for row in records(ged(corpus.tables)) if row["id"] == name]
    true = KEY["incidents"][key]["true_by_side"]
    assert {row["side_a"]: row["deaths_a"], row["side_b"]: row["deaths_b"]} == true
    assert (row["side_a"], row["type_of_violence"]) == ("Velmoran government", 1)


def test_the_late_correction_replaces_the_first_figure(corpus):
    claims = [row for row in records(corpus.casualties) if ident(row["article_id"]) == "19-ludesh-correction"]
    [withdrawn] = [row for row in claims if row["low"] == 23]
    [corrected] = [row for row in claims if row["low"] == 17]
    assert withdrawn["superseded_by"] == corrected["casualty"]


def test_the_denied_attack_is_denied(corpus):
    [row] = [row for row in records(corpus.casualties) if ident(row["article_id"]) == "13-korvath-state"]
    assert (row["certainty"], row["effect"]) == ("denied", "killed")


def test_broken_quotation_marks_hide_nothing(corpus):
    [row] = [row for row in records(corpus.casualties) if ident(row["article_id"]) == "24-nadruk-lantern"]
    assert (row["effect"], row["low"], row["high"]) == ("abducted", 5, 5)
    assert row["chain"][-1] in ("Ilse Maron", "Civic Harm Watch")


# ------------------------------------------------------------------ sources

@pytest.mark.parametrize("key", KEY["bias"], ids=lambda bias: f"{bias['source']} {bias['losses']}")
def test_the_leaning_with_its_sign(rows, key):
    [row] = [row for row in sources.leanings(*rows) if (row.root, row.losses) == (key["source"], key["losses"])]
    assert row.n == len(key["incidents"])
    assert (row.low > 1) if key["sign"] > 0 else (row.high < 1)


def test_the_sources_in_the_order_of_the_key(corpus):
    reliability = {row["source"]: row["reliability"] for row in records(corpus.sources)}
    found = [reliability[name] for name in KEY["ranking"]]
    assert found == sorted(found, reverse=True)
