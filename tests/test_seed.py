"""The seed article comes out as a person read it: ``tests/gold/seed.json``, all of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.corpus import SEEDS, Corpus
from analysis.exports import records

GOLD = json.loads(Path(__file__).with_name("gold").joinpath("seed.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(SEEDS, progress=False)


@pytest.fixture(scope="module")
def text(corpus: Corpus) -> str:
    return corpus.articles["text"].iloc[0]


def test_outlet_and_date_stay_unknown(corpus):
    row = records(corpus.articles)[0]
    assert (row["outlet"], row["published"], row["duplicate_of"]) == (None, None, None)
    assert corpus.problems.empty


# ------------------------------------------------------------------ casualties

CHECKED = ("effect", "low", "high", "bound", "wording", "victims", "victims_entity", "victim_status", "perpetrator",
           "certainty", "place", "date", "restates")


def test_exactly_the_six_claims(corpus):
    assert len(corpus.casualties) == len(GOLD["casualties"]) == 6


@pytest.mark.parametrize("number", range(6))
def test_claim(corpus, number):
    gold, row = GOLD["casualties"][number], records(corpus.casualties)[number]
    wanted = {key: gold[key] for key in CHECKED if key in gold}
    assert {key: row[key] for key in wanted} == wanted
    assert [row["victims_start"], row["victims_end"]] == gold["victims_span"]
    if "victim_groups" in gold:
        assert list(row["victim_groups"]) == gold["victim_groups"]


@pytest.mark.parametrize("number", range(6))
def test_claim_has_its_source(corpus, number):
    gold, row = GOLD["casualties"][number], records(corpus.casualties)[number]
    voices = {a["attribution"]: a for a in records(corpus.attributions)}
    voice = voices.get(row["attribution"])
    assert (voice["source_entity"] if voice else None) == gold["source_entity"]
    assert (voice["told_to"] if voice else None) == gold.get("told_to")


# ------------------------------------------------------------------ incidents

def test_two_incidents_as_read(corpus):
    claims, gold = records(corpus.casualties), GOLD["casualties"]
    pairs = list(zip(claims, gold, strict=True))
    groups = {g["incident"]: {c["incident"] for c, o in pairs if o["incident"] == g["incident"]} for g in gold}
    assert all(len(names) == 1 for names in groups.values())
    assert len({name for names in groups.values() for name in names}) == len(groups) == 2


@pytest.mark.parametrize("gold", GOLD["incidents"], ids=lambda g: f"{g['incident']} {g['effect']}")
def test_low_best_high(corpus, gold):
    position = next(i for i, c in enumerate(GOLD["casualties"]) if c["incident"] == gold["incident"])
    name = corpus.casualties["incident"].iloc[position]
    row = next(r for r in records(corpus.incidents) if r["incident"] == name and r["effect"] == gold["effect"]
               and r["policy"] == "all effects, independent roots first")
    wanted = {key: gold[key] for key in ("low", "best", "high", "n_articles", "n_roots", "date") if key in gold}
    assert {key: row[key] for key in wanted} == wanted


def test_several_is_left_out_as_less_precise(corpus):
    entry = next(r for r in records(corpus.ledger) if r["casualty"] == 1 and r["policy"].startswith("all effects"))
    assert (entry["used"], entry["reason"]) == (False, "compatible but less precise")


# ------------------------------------------------------------------ attributions

def found_attribution(corpus, gold):
    return [a for a in records(corpus.attributions) if [list(s) for s in a["cue_spans"]] == [gold["cue_span"]]]


@pytest.mark.parametrize("gold", [a for a in GOLD["attributions"] if not a.get("optional")],
                         ids=lambda a: f"{a['source']} {a['cue']}")
def test_attribution(corpus, text, gold):
    [row] = found_attribution(corpus, gold)
    assert row["source"] == gold["source"]
    assert [list(s) for s in row["source_spans"]] == [gold["source_span"]]
    assert (row["source_entity"], row["cue"], row["kind"], row["depth"], row["told_to"]) == (
        gold["source_entity"], gold["cue"], gold["kind"], gold["depth"], gold.get("told_to"))
    start = row["content_spans"][0][0]
    assert start == gold["content_starts"]
    assert text[start:].startswith(gold["content_begins_with"])
    if "chain" in gold:
        assert list(row["chain"]) == gold["chain"]


def test_no_other_attributions(corpus):
    cues = {tuple(a["cue_span"]) for a in GOLD["attributions"]}
    assert [a["cue"] for a in records(corpus.attributions) if tuple(a["cue_spans"][0]) not in cues] == []


# ------------------------------------------------------------------ entities and dates

@pytest.mark.parametrize("name", GOLD["entities"])
def test_entity(corpus, text, name):
    gold = GOLD["entities"][name]
    rows = [m for m in records(corpus.mentions) if m["entity"] == name]
    entity = next(e for e in records(corpus.entities) if e["entity"] == name)
    assert entity["type"] == gold["type"]
    if "party" in gold:
        assert entity["party"] == gold["party"]
    assert set(gold["mentions"]) <= {m["text"] for m in rows}
    assert set(gold.get("nominal", ())) <= {m["text"] for m in rows if m["nominal"]}
    for phrase in gold.get("acting", ()):
        assert "government" in {m["type"] for m in rows if m["start"] - text.index(phrase) in (0, len("the "))}


def test_no_mention_overlaps_a_gold_mention_with_another_entity(corpus):
    listed = {(name, text) for name, e in GOLD["entities"].items()
              for text in (*e["mentions"], *e.get("nominal", ()), *e.get("also", ()))}
    rows = records(corpus.mentions)
    gold = [m for m in rows if (m["entity"], m["text"]) in listed]
    assert gold
    strangers = [(g["text"], m["text"], m["entity"]) for g in gold for m in rows
                 if m["start"] < g["end"] and g["start"] < m["end"] and (m["entity"], m["text"]) not in listed]
    assert strangers == []


@pytest.mark.parametrize("gold", GOLD["dates"], ids=lambda d: d["text"])
def test_date(corpus, gold):
    rows = [m for m in records(corpus.mentions) if m["type"] == "date" and m["text"] == gold["text"]]
    assert [m["date"] for m in rows] == [gold["date"]]


# ------------------------------------------------------------------ sources

def test_one_independent_root(corpus):
    """The government, its spokesman and the police are one side; Pajhwok relays; nothing independent speaks."""
    gold = GOLD["sources_reading"]
    claims = [c for c, g in zip(records(corpus.casualties), GOLD["casualties"], strict=True)
              if g["incident"] == gold["incident"] and g["effect"] == gold["effect"]]
    assert {c["root"] for c in claims} == {"Taliban"}
    assert sorted({c["chain"][-1] for c in claims}) == sorted(gold["voices"])
    assert sorted({link for c in claims for link in c["chain"][:-1]}) == gold["relays"]
