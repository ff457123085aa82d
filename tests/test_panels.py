"""What the notebooks show: tables, highlighted articles, and panels whose controls are moved as a reader would."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

matplotlib.use("Agg")

from shown import in_order

from analysis import markup, panels, tallies
from analysis.corpus import Corpus
from analysis.incidents import DEFAULT, POLICIES
from analysis.judgements import Journal, JudgementError, journal_path
from analysis.panels import page
from analysis.panels.page import Mark, Quote
from analysis.panels.tables import in_short
from analysis.records import TABLES, Article, Attribution, Casualty, Incident, LedgerEntry, Mention, Source, table

FIRST = "The army said six rebels died in Oldtown. Rebels told Wire that 2 were hurt."
SECOND = "Nine rebels died in Oldtown, the mayor said."
POLICY = DEFAULT.name


class Made(Corpus):
    """A corpus of rows written by hand."""

    extracts = own = ()

    def __init__(self, texts: dict[str, str], **rows: list):
        articles = [Article(name, text=text, words=len(text.split())) for name, text in texts.items()]
        self.tables = {name: table(rows.get(name, []), record) for name, record in TABLES.items()}
        self.tables["articles"] = table(rows.get("articles", articles), Article)
        self.texts = texts
        self.journal = Journal(journal_path(Path()))

    def text(self, article_id):
        return self.texts[article_id]

    def sentence(self, article_id, start, end):
        text = self.text(article_id)
        return text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0, text.find(".", end - 1) + 1


def span(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def claim(article, number, words, effect, low, high, chain, **more) -> Casualty:
    text = {"a": FIRST, "b": SECOND}[article]
    return Casualty(article, number, *span(text, words), effect, low, high, "exact", victims="rebels",
                    victim_status="combatant", chain=chain, root=chain[-1] if chain else f"unknown ({article})",
                    incident="I1", **more)


@pytest.fixture
def corpus() -> Made:
    said = Attribution("a", 0, *span(FIRST, "The army said six rebels died in Oldtown"), "The army", "Army",
                       (span(FIRST, "The army"),), "said", (span(FIRST, "said"),),
                       (span(FIRST, "six rebels died in Oldtown"),), chain=("Army",))
    told = Attribution("a", 1, *span(FIRST, "Rebels told Wire that 2 were hurt"), "Rebels", None,
                       (span(FIRST, "Rebels"),), "told", (span(FIRST, "told"),), (span(FIRST, "that 2 were hurt"),),
                       told_to="Wire", chain=("Wire", "rebels"), certainty="hedged")
    claims = [claim("a", 0, "six rebels died in Oldtown", "killed", 6, 6, ("Army",), attribution=0, wording="six",
                    place="Oldtown", role_probability=0.93, role_reasons=("stands first", "is large")),
              claim("a", 1, "2 were hurt", "injured", 2, 2, ("Wire", "rebels"), attribution=1, wording="2"),
              claim("b", 0, "Nine rebels died", "killed", 9, 9, (), wording="Nine")]
    ledger = [LedgerEntry("I1", c.effect, policy, c.article_id, c.casualty, policy == POLICY, "used" if policy == POLICY
                          else "out of scope") for c in claims for policy in POLICIES]
    whole = dict.fromkeys(Incident.__dataclass_fields__) | {"incident": "I1", "place": "Oldtown", "n_articles": 2,
                                                            "n_outlets": 2, "n_roots": 2, "n_claims": 3,
                                                            "n_outlets_unknown": 0,
                                                            "n_reviewed": 1}
    totals = [Incident(**whole | {"effect": effect, "policy": policy, "low": low, "best": low, "high": high})
              for policy in POLICIES for effect, low, high in (("killed", 6, 9), ("injured", 2, 2))]
    mentions = [Mention("a", *span(FIRST, "The army"), "army", "armed_group", "Army", nominal=True),
                Mention("a", *span(FIRST, "Oldtown"), "Oldtown", "place", "Oldtown"),
                Mention("b", *span(SECOND, "Oldtown"), "Oldtown", "government", "Oldtown"),
                Mention("a", *span(FIRST, "Wire"), "Wire", "media", "Wire"),
                Mention("b", *span(SECOND, "rebels"), "rebels", "armed_group", nominal=True),
                Mention("a", *span(FIRST, "rebels"), "rebels", "armed_group", nominal=True)]
    return Made({"a": FIRST, "b": SECOND}, attributions=[said, told], casualties=claims, ledger=ledger,
                incidents=totals, mentions=mentions,
                sources=[Source("Army", "armed group", "State", 1, 1, 0, 1, 0, 0, 0, "B", "F", "given by the analyst",
                                None, None, None)])


@pytest.fixture
def nothing() -> Made:
    return Made({"a": FIRST})


def below(panel, name: str) -> str:
    """The words of one of a panel's tables below the rest."""
    return " ".join(cell for row in panel.tables[name].shown.values.tolist() for cell in map(str, row))


class Seen(HTMLParser):
    """The text of a page as a reader sees it, and the tags in it."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.attributes, self.text, self._label = [], [], "", False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self._label = tag == "sup"

    def handle_endtag(self, tag):
        self._label = self._label and tag != "sup"

    def handle_data(self, data):
        self.text += "" if self._label else data


# ------------------------------------------------------------------------------------------------- article text as HTML

HOSTILE = ["<script>document.title='run'</script>", "<img src=x onerror=alert(1)>", "</div></table><h1>out",
           "\" onmouseover=\"alert(1)", "' style='position:fixed", "&lt;b&gt;", "<a href='javascript:alert(1)'>x</a>",
           "<!-- ", "]]>", "<style>*{display:none}</style>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    marked = page.marked_html(text, [Mark(0, len(text), layer, note=text) for layer in page.LAYERS])
    tabled = page.table_html(pd.DataFrame({text: [text], "quote": [Quote(text, text, text)], "list": [(text, text)]}))
    assert Seen(marked).text == text
    assert set(Seen(marked).tags) == {"div", "mark", "u", "span", "b"}
    assert set(Seen(tabled).tags) <= {"table", "thead", "tbody", "tr", "th", "td", "b", "wbr"}
    assert set(Seen(marked).attributes + Seen(tabled).attributes) <= {"class", "style", "title", "dir", "scope"}
    under = page.table_html(pd.DataFrame({**{name: [text] for name in "abcde"}, "why": [text],
                                          "sentence": [Quote(text, text, text)]}))
    assert Seen(under).text == f"abcde{5 * text}why: {text}sentence: {3 * text}"
    assert set(Seen(under).tags) <= {"table", "thead", "tbody", "tr", "th", "td", "div", "span", "b", "wbr"}
    assert set(Seen(under).attributes) <= {"class", "style", "scope", "colspan"}


@pytest.mark.parametrize(("text", "shown"), [
    ("a\u202eb", "a[U+202E]b"), ("a\u200bb", "a[U+200B]b"), ("a\x1b[31mb", "a[U+001B][31mb"), ("\x00", "[U+0000]"),
    ("\ud83d", "[U+D83D]"), ("\ufeffa", "[U+FEFF]a"), ("line\nline\ttab", "line\nline\ttab"), ("é😀ل", "é😀ل"),
])
def test_what_cannot_be_seen_is_shown_by_its_number(text, shown):
    assert markup.escape(text) == shown


spans = st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(list(page.LAYERS)))


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"]), max_size=30), st.lists(spans, max_size=6))
def test_marks_never_change_the_words(text, marks):
    seen = Seen(page.marked_html(text, [Mark(*mark, label="label") for mark in marks]))
    assert seen.text == text


def test_crossing_spans_are_split_where_they_cross():
    html = page.marked_html("abcdef", [Mark(0, 4, "entities"), Mark(2, 6, "claims", label="killed 2")])
    pieces = re.findall(r"(<(?:mark|u)[^>]*>)?(<(?:mark|u)[^>]*>)?(\w+)(?=<)", html)
    assert [(one[:2], other[:2], words) for one, other, words in pieces if words in "abcdef"] == [
        ("<m", "", "ab"), ("<u", "<m", "cd"), ("<u", "", "ef")]
    assert html.index("killed 2") > html.index("ef")


def test_tables_say_what_is_not_known_and_what_is_left_out():
    frame = pd.DataFrame({"n": pd.Series([1, None, 3], dtype="Int64"), "used": [True, False, True]})
    assert Seen(page.table_html(frame, rows=2)).text == (
        "nused1yesnot knownnoThe first 2 of 3 rows; show(…, rows=3) shows all.")
    assert page.table_html(frame.head(0), "No <claim>.") == "<p>No &lt;claim&gt;.</p>"


def test_whole_sentences_stand_under_the_row_of_a_table_with_many_columns():
    frame = pd.DataFrame({"n": [1, 2], "why": ["because", None], **{name: [name, name] for name in "abcd"},
                          "why they are one": [("alike", "listed"), ()]})
    assert Seen(page.table_html(frame)).text == (
        "nabcd" "1abcdwhy: becausewhy they are one: alike, listed" "2abcdwhy: not known")
    assert Seen(page.table_html(frame.drop(columns=["a", "b"]))).text == (
        "nwhycdwhy they are one" "1becausecdalike, listed" "2not knowncdnone")


# ------------------------------------------------------------------------------------------------------------- reading

def test_facts_say_what_is_not_known(corpus):
    facts = panels.facts(corpus, "a").set_index("fact")["value"]
    assert facts.to_dict() == {
        "article": "a", "title": "not known", "outlet": "not known", "published": "not known", "url": "not known",
        "language": "not known", "rights": "not known", "words": "15", "mentions found": "4",
        "attributions found": "2", "claims found": "2", "a copy of": "no other article",
        "nearly the same as": "no other article"}


def test_a_word_is_found_in_its_context(corpus):
    found = panels.concordance(corpus, "DIED", 7)
    assert found[["article", "start"]].values.tolist() == [["a", 25], ["b", 12]]
    assert list(found["in context"]) == [Quote("rebels ", "died", " in Old"), Quote("rebels ", "died", " in Old")]


@pytest.mark.parametrize("search", ["", "  ", "(.*)", "nowhere"])
def test_a_search_for_nothing_finds_nothing(corpus, search):
    assert panels.concordance(corpus, search).empty


def layers(panel) -> set[str]:
    return {layer for _, _, _, names, *_ in panel.reader.page["pieces"] for layer in names}


def test_reading_panel(corpus):
    panel = panels.reading_panel(corpus, "a", "oldtown")
    assert panel.status.value == ("4 mentions, 2 claims, 2 attributions in this article; "
                                  "“oldtown” stands 2 times in 2 articles")
    assert [row[0] for row in panel.table.shown.values.tolist()] == ["a", "b"]
    assert panel.table.shown.values.tolist()[1][2:] == ["Nine rebels died in ", "Oldtown", ", the mayor said."]
    assert layers(panel) == {"entities", "claims", "content", "source", "cue", "found"}
    panel.choices["search"].value = ""
    for layer in ("entities", "claims", "attributions"):
        panel.choices[layer].value = False
    assert layers(panel) == set()
    assert panel.table.nothing == "Nothing was found in this article, or no layer is on."
    panel.choices["article"].value = "b"
    assert panel.status.value == "2 mentions, 1 claim, 0 attributions in this article"
    assert "".join(text for _, _, text, *_ in panel.reader.page["pieces"]) == SECOND
    panel.reset()
    assert panel.choices["article"].value == "a"
    assert panel.choices["entities"].value is True


def test_a_place_found_in_another_article_opens_there(corpus):
    panel = panels.reading_panel(corpus, "a", "oldtown")
    panel.table.choose(1)
    assert panel.reader.page["at"] == list(span(SECOND, "Oldtown"))
    assert panel.reader.article_id == "b"
    panel.choices["article"].value = "b"
    panel.choices["search"].value = ""
    assert panel.table.row is None


def test_each_finding_says_what_found_it(corpus):
    found = panels.findings(corpus, "b")
    assert panels.findings_view(found).values.tolist() == [
        ["claim", "Nine rebels died", "killed 9, asserted", "rule"],
        ["mention", "rebels", "not known (armed group)", "not known"],
        ["mention", "Oldtown", "Oldtown (government)", "not known"]]
    panel = panels.reading_panel(corpus, "b")
    panel.table.choose(0)
    assert panel.reader.page["about"] == "killed 9, asserted — found by rule"


def test_articles_of_one_story_name_each_other():
    story = "Six rebels died in Oldtown when the army fired on the old market, the mayor said on Monday."
    made = Made({"a": story, "b": story + " More soon.", "c": FIRST})
    assert panels.alike(made) == {"a": ("b",), "b": ("a",)}
    assert panels.facts(made, "b").iloc[-1].tolist() == ["nearly the same as", "a"]
    assert panels.reading_panel(made, "a").status.value.endswith("in this article; nearly the same as b")


def note(panel, words: str = "", button: str = "Write the note") -> str:
    panel.fields["note"].value = words
    panel.buttons[button].click()
    return panel.status.value.split(" — ")[0]


def test_notes_are_written_on_words_shown_and_taken_back(named, tmp_path):
    panel = panels.reading_panel(named, "old.txt")
    assert note(panel, "who?") == "Not saved: select words in the article, or choose a row."
    panel.reader.selection = [0, 4]
    assert note(panel, " ") == "Not saved: the note is empty."
    assert note(panel, "who is <b>she</b>?") == "Saved: a note on “Anna”"
    again = panels.reading_panel(Corpus(tmp_path, progress=False), "old.txt")
    assert "note" in layers(again)
    assert again.tables["Your notes"].shown.values.tolist()[0][2] == "who is <b>she</b>?"
    assert note(again, button="Take back a note") == "Taken back: who is <b>she</b>?"
    assert "note" not in layers(again)
    assert note(again, button="Take back a note") == "There is no note of yours on this article to take back."


# ------------------------------------------------------------------------------------------------------------ entities

def test_every_mention_is_tallied_once(corpus):
    tally = tallies.by_entity(corpus.mentions)
    assert tally.values.tolist() == [
        ["Oldtown", "place", 2, 0, 2], ["not linked to a name", "armed_group", 0, 2, 2], ["Wire", "media", 1, 0, 1],
        ["Army", "armed_group", 0, 1, 1]]
    assert (tally["names"] + tally["nominal"]).sum() == len(corpus.mentions)


def test_types_are_counted(corpus):
    assert tallies.by_type(corpus.mentions).values.tolist() == [
        ["armed_group", 3, 0, 3, 1], ["government", 1, 1, 0, 1], ["media", 1, 1, 0, 1], ["place", 1, 1, 0, 1]]


@pytest.mark.parametrize(("wanted", "texts"), [
    ({"kind": "place"}, ["Oldtown"]), ({"text": "OLD"}, ["Oldtown", "Oldtown"]),
    ({"article_id": "b"}, ["Oldtown", "rebels"]),
    ({"minimum": 2}, ["Oldtown", "Oldtown", "rebels", "rebels"]), ({"nominal": False}, ["Oldtown", "Oldtown", "Wire"]),
    ({"text": "("}, []), ({"kind": "place", "text": "wire"}, []),
    ({}, ["army", "Oldtown", "Oldtown", "Wire", "rebels", "rebels"]),
    ({"outlet": "Gazette"}, ["army", "Oldtown", "Wire", "rebels"]), ({"outlet": "not known"}, ["Oldtown", "rebels"]),
    ({"since": date(2020, 3, 5)}, ["army", "Oldtown", "Wire", "rebels"]), ({"until": "2020-03-04"}, []),
    ({"since": "2019-01-01", "until": "2021-01-01", "kind": "armed_group"}, ["army", "rebels"]),
    ({"outlet": "Gazette", "minimum": 2}, []),
])
def test_mentions_are_picked(corpus, wanted, texts):
    corpus.tables["articles"] = table([Article("a", outlet="Gazette", published="2020-03-05"), Article("b")], Article)
    assert list(panels.pick_mentions(corpus, **wanted)["text"]) == texts


def test_a_mention_opens_in_its_article(corpus):
    panel = panels.entities_panel(corpus)
    panel.choices["kind"].value = "media"
    assert panel.table.shown.values.tolist() == [["Wire", "media", "Wire", "a"]]
    panel.table.choose(0)
    assert panel.reader.page["at"] == list(span(FIRST, "Wire"))
    assert panel.reader.page["about"] == "Wire (media) — found by not known"


def test_entities_panel(corpus):
    panel = panels.entities_panel(corpus)
    assert panel.status.value == "6 of 6 mentions, 3 entities, 2 articles"
    panel.choices["kind"].value = "media"
    assert panel.status.value == "1 of 6 mentions, 1 entity, 1 article"
    assert re.search(r'<img alt="[^"]+" [^>]*src="data:image/png;base64,', panel.result.value)
    panel.choices["words"].value = "nobody"
    assert panel.status.value == "0 of 6 mentions, 0 entities, 0 articles"
    assert panel.table.nothing == "No mention fits all of these filters. Widen one, or press Reset."
    panel.reset()
    assert panel.status.value == "6 of 6 mentions, 3 entities, 2 articles"


# ---------------------------------------------------------------------------------------------------------- casualties

def test_every_claim_stands_once_in_the_ledger(corpus):
    for policy in POLICIES:
        told = panels.statements(corpus, policy)
        assert len(told) == len(corpus.casualties)
        assert told["reason"].notna().all()
    assert list(panels.statements(corpus, POLICY)["source"]) == ["Army", "rebels", "the article itself"]


def test_claims_open_to_their_sentences(corpus):
    view = panels.claims_view(corpus, panels.statements(corpus, POLICY))
    assert view.drop(columns="sentence").values.tolist() == [
        ["a · 0", "killed", "6", "rebels", "combatant", "Army", "asserted", "toll (93 %)", "stands first; is large"],
        ["a · 1", "injured", "2", "rebels", "combatant", "rebels", "asserted", "toll", ()],
        ["b · 0", "killed", "9", "rebels", "combatant", "the article itself", "asserted", "toll", ()]]
    assert view["sentence"][0] == Quote("The army said ", "six rebels died in Oldtown", ".")
    assert view["sentence"][1] == Quote("Rebels told Wire that ", "2 were hurt", ".")


def test_policies_side_by_side(corpus):
    view = panels.policies_view(corpus.incidents)
    assert list(view.columns) == ["incident", "effect", *POLICIES, "reviewed"]
    assert view["reviewed"].tolist() == ["1 of 3", "1 of 3"]
    assert view[POLICY].tolist() == ["6 to 9 (best 6)", "2 (best 2)"]


def test_the_killed_come_first_wherever_effects_are_sorted(corpus):
    assert panels.policies_view(corpus.incidents)["effect"].tolist() == ["killed", "injured"]
    told = panels.statements(corpus, POLICY)
    assert panels.ledger_view(corpus, told.iloc[::-1])["effect"].tolist() == ["killed", "killed", "injured"]
    panel = panels.casualties_panel(corpus, POLICY)
    for shown in (panel.tables["What was used and what not"], panel.table):
        assert in_order(shown, "effect") == ["killed", "killed", "injured"]


def test_what_a_policy_counts_none_of_is_not_counted_and_what_nobody_says_is_not_known(corpus):
    unsaid = corpus.incidents[corpus.incidents["policy"] == POLICY].assign(low=None, best=None, high=None)
    out_of_scope = unsaid.assign(n_articles=0)
    assert panels.policies_view(out_of_scope)[POLICY].tolist() == ["not counted"] * 2
    assert panels.incidents_view(out_of_scope)["low to high"].tolist() == ["not counted"] * 2
    assert panels.policies_view(unsaid)[POLICY].tolist() == ["not known"] * 2


def test_casualties_panel(corpus):
    panel = panels.casualties_panel(corpus, POLICY)
    assert panel.status.value == "3 of 3 claims, 2 articles, 1 incident; reviewed 0 of 3"
    assert "those that the filters hide" not in panel.result.value
    panel.choices["source"].value = ("Army",)
    assert panel.status.value == "1 of 3 claims, 1 article, 1 incident; reviewed 0 of 1"
    assert "those that the filters hide" in panel.result.value
    assert "6 to 9" in below(panel, "Totals of the incidents")
    panel.choices["effect"].value = "injured"
    assert panel.status.value == "0 of 3 claims, 0 articles, 0 incidents; reviewed 0 of 0"
    assert panel.result.value == ""
    assert (len(panel.table.rows), panel.table.nothing) == (
        0, "No claim fits all of these filters. Widen one, or press Reset.")
    panel.reset()
    panel.choices["policy"].value = "UCDP-style"
    assert POLICIES["UCDP-style"].description in Seen(panel.result.value).text
    assert "out of scope" in below(panel, "What was used and what not")


# ------------------------------------------------------------------------------------------------------------- sources

def test_chains_run_from_an_unknown_outlet_to_the_root(corpus):
    chains = panels.chains(corpus, corpus.attributions)
    assert chains.values.tolist() == [[("outlet not known", "Army"), 1, "State"],
                                      [("outlet not known", "Wire", "rebels"), 1, "rebels"]]
    assert chains["statements"].sum() == len(corpus.attributions)


def test_a_known_outlet_stands_first_and_once(corpus):
    corpus.tables["articles"]["outlet"] = ["Gazette", None]
    chains = [("Gazette", "Army"), ("Gazette", "Wire", "rebels")]
    corpus.tables["attributions"]["chain"] = chains
    assert list(panels.chains(corpus, corpus.attributions)["chain"]) == chains


def test_a_voice_without_a_name_is_a_root_of_its_own(corpus):
    corpus.tables["attributions"]["source"] = None
    corpus.tables["attributions"]["chain"] = [("Army",), ("Wire",)]
    assert list(panels.chains(corpus, corpus.attributions)["chain"]) == [
        ("outlet not known", "Army"), ("outlet not known", "Wire", "no one named")]


def test_accounts_stand_beside_each_other(corpus):
    view = panels.comparison_view(corpus)
    assert view[["its doubt", "its role", "its parts"]].values.tolist() == [
        ["7 %", "toll (93 %), because it stands first; is large", ()], ["–", "toll", ()], ["–", "toll", ()]]
    columns = ["effect", "article", "who says so", "passed on by", "grouped under", "number", "backed by",
               "contradicted by"]
    no_one = ("no one",)
    assert view[columns].values.tolist() == [
        ["killed", "a", "Army", ("–",), "itself", "6", no_one, ("the article b itself",)],
        ["injured", "a", "rebels", ("Wire",), "itself", "2", no_one, no_one],
        ["killed", "b", "the article itself", ("–",), "itself", "9", no_one, ("Army",)]]


def test_the_state_that_a_voice_is_taken_to_speak_for_is_what_it_counts_as(corpus):
    corpus.tables["casualties"]["side"] = [None, "Kenya", "Kenya"]
    assert list(panels.comparison_view(corpus)["grouped under"]) == ["itself", "Kenya", "Kenya"]
    assert panels.accounts_panel(corpus).status.value == "3 of 3 accounts, 1 incident, 2 independent sources"
    ways = panels.chains(corpus, corpus.attributions)
    assert ("rebels", "Kenya") in set(zip([chain[-1] for chain in ways["chain"]], ways["counts_as"], strict=True))


def test_an_account_is_chosen_by_incident_and_opens_its_sentence(corpus):
    panel = panels.accounts_panel(corpus)
    assert panel.status.value == "3 of 3 accounts, 1 incident, 3 independent sources"
    panel.choices["effect"].value = "injured"
    assert panel.status.value == "1 of 3 accounts, 1 incident, 1 independent source"
    panel.table.choose(0)
    [row] = corpus.casualties[corpus.casualties["effect"] == "injured"].itertuples()
    assert panel.reader.page["at"] == [row.start, row.end]


def test_leaving_a_source_out_shows_what_rests_on_it(corpus):
    panel = panels.omission_panel(corpus)
    panel.choices["source"].value = "rebels"
    assert panel.status.value == "Without rebels: 1 of 2 totals change, 1 rest on it alone"
    view = panels.omission_view(corpus, "rebels")
    assert view[["effect", "with it", "without it"]].values.tolist() == [["injured", "2", "nobody else speaks of it"]]


def test_articles_outlets_and_roots_of_each_incident(corpus):
    view = panels.independence(corpus)
    assert view[["articles", "outlets", "roots"]].values.tolist() == [[2, 2, 2], [1, 1, 1]]


def test_who_speaks_when(corpus):
    view = panels.statements_over_time(corpus)
    assert view["statements"].sum() == len(corpus.attributions)


def test_roots_are_counted_per_incident_and_effect(corpus):
    view = panels.readings_view(corpus)
    assert view[["effect", "told as", "articles", "independent sources", "contradictions"]].values.tolist() == [
        ["killed", "the news", 2, 2, 1], ["injured", "the news", 1, 1, 0]]


def test_a_party_is_named_where_it_is_known(corpus):
    claims = panels.statements(corpus, POLICY)
    assert list(claims["root"]) == ["Army", "rebels", "unknown (b)"]
    assert list(panels.chains(corpus, corpus.attributions)["counts_as"]) == ["State", "rebels"]


def test_sources_panel(corpus):
    panel = panels.sources_panel(corpus)
    assert panel.status.value == "2 of 2 attributions, 2 voices, 1 article"
    panel.choices["source"].value = "rebels"
    assert panel.status.value == "1 of 2 attributions, 1 voice, 1 article"
    assert panel.table.shown.values.tolist()[0][-1] == "that 2 were hurt"
    panel.table.choose(0)
    assert panel.reader.page["article"] == "a"
    assert below(panel, "What is known of these voices") == ""
    panel.choices["holding"].value = "nothing like it"
    assert panel.status.value == "0 of 2 attributions, 0 voices, 0 articles"
    assert panel.table.nothing.startswith("No attribution fits all of these filters.")
    assert panel.tables == {}
    panel.reset()
    panel.choices["article"].value = "b"
    assert panel.status.value == "0 of 2 attributions, 0 voices, 0 articles"


def test_the_grade_suggested_stands_beside_the_one_given(corpus):
    view = panels.sources_view(corpus)
    assert view[["source", "side", "grade", "suggested", "why"]].values.tolist() == [
        ["Army", "State", "B", "F", "given by the analyst"]]


# ----------------------------------------------------------------------------------------------------- an empty corpus

def test_panels_say_that_nothing_was_found(nothing):
    assert panels.reading_panel(nothing).status.value == "0 mentions, 0 claims, 0 attributions in this article"
    assert panels.entities_panel(nothing).status.value == "0 of 0 mentions, 0 entities, 0 articles"
    casualties = panels.casualties_panel(nothing, POLICY)
    assert casualties.table.nothing == "No claim about casualties was found in these articles."
    assert panels.sources_panel(nothing).status.value == "0 of 0 attributions, 0 voices, 0 articles"
    assert panels.accounts_panel(nothing).status.value == "0 of 0 accounts, 0 incidents, 0 independent sources"
    assert panels.omission_panel(nothing).status.value == "There is no claim that rests on anybody."
    assert panels.numbers_panel(nothing).status.value == "0 claims, 0 graded by you"
    assert panels.reading_panel(Made({})).status.value == "No article could be read."


def test_views_of_nothing_are_empty_tables(nothing):
    told = panels.statements(nothing, POLICY)
    views = [tallies.by_entity(nothing.mentions), tallies.by_type(nothing.mentions), told,
             panels.beside_map(nothing.mentions), panels.map_places(nothing.mentions),
             panels.ends_view(nothing, nothing.mentions), panels.aliases_view(nothing, "Army"),
             panels.claims_view(nothing, told), panels.ledger_view(nothing, told),
             panels.incidents_view(nothing.incidents),
             panels.policies_view(nothing.incidents), panels.chains(nothing, nothing.attributions),
             panels.attributions_view(nothing, nothing.attributions), panels.comparison_view(nothing),
             panels.readings_view(nothing), panels.grades_view(nothing), panels.leanings_view(nothing),
             panels.sources_view(nothing), panels.leanings(nothing), panels.independence(nothing),
             panels.statements_over_time(nothing), panels.omission_view(nothing, "Army"), panels.copies_view(nothing)]
    assert [len(view) for view in views] == [0] * len(views)
    assert all(len(view.columns) for view in views)


def test_a_count_opens_to_its_mentions_and_a_source_to_its_statements(corpus):
    panel = panels.entities_panel(corpus)
    counts = panel.tables["Who is named how often"]
    row = counts.rows["entity"].tolist().index("Oldtown")
    counts.choose(row)
    assert len(panel.table.rows) == counts.rows["names"].iloc[0] + counts.rows["nominal"].iloc[0] == 2
    assert set(panel.table.rows["entity"]) == {"Oldtown"}
    assert panel.reader.page["at"] is not None
    panel = panels.sources_panel(corpus)
    known = panel.tables["What is known of these voices"]
    known.choose(0)
    assert panel.choices["source"].value == known.rows["source"].iloc[0]
    assert 0 < len(panel.table.rows) < len(corpus.attributions)


def test_every_control_has_a_label_that_is_not_cut(corpus):
    for panel in (panels.reading_panel(corpus), panels.entities_panel(corpus), panels.casualties_panel(corpus, POLICY),
                  panels.sources_panel(corpus), panels.accounts_panel(corpus), panels.omission_panel(corpus),
                  panels.names_panel(corpus), panels.grading_panel(corpus), panels.numbers_panel(corpus),
                  panels.export_panel(corpus, POLICY)):
        controls = [*panel.choices.values(), *panel.fields.values()]
        assert controls
        assert len({control.description for control in controls}) == len(controls)
        for control in controls:
            assert control.description
            control = getattr(control, "typed", control)
            assert control.description_allow_html is False
            if hasattr(control.style, "description_width") and control.layout.width != "auto":
                assert len(control.description) * 8 <= int(control.style.description_width.removesuffix("px"))


def test_incidents_say_on_how_many_accounts_they_rest(corpus):
    view = panels.incidents_view(corpus.incidents.head(1))
    assert view[["low to high", "best", "place", "date", "rests on", "reviewed"]].values.tolist() == [
        ["6 to 9", 6, "Oldtown", "not known", "2 articles, 2 outlets, 2 independent sources", "1 of 3"]]
    assert view[["doubt", "why this doubt", "may be the same event as"]].values.tolist() == [["–", (), ()]]


def test_incidents_say_how_doubtful_they_are_and_why(corpus):
    why = panels.doubts(corpus, panels.statements(corpus, POLICY))
    assert why == {("I1", "killed"): "the role of claim a · 0: toll (93 %)"}
    row = corpus.incidents.head(1).assign(doubt=0.07, may_be="I2")
    assert panels.incidents_view(row, why)[["doubt", "why this doubt", "may be the same event as"]].values.tolist() == [
        ["7 %", "the role of claim a · 0: toll (93 %)", "I2"]]
    linked = corpus.casualties.assign(incident_probability=[0.5, None, None])
    corpus.tables["casualties"] = linked
    assert panels.doubts(corpus, panels.statements(corpus, POLICY)) == {
        ("I1", "killed"): "that claim a · 0 is of this incident (50 %)"}
    corpus.tables["casualties"] = linked.assign(judged=["accepted", None, None])
    assert panels.doubts(corpus, panels.statements(corpus, POLICY)) == {}


def as_told(corpus, *rows):
    """Give the claims of a corpus roles and places in an outline: (role, restates, part_of, incident, groups)."""
    columns = zip(("role", "restates", "part_of", "incident", "victim_groups"), zip(*rows, strict=True), strict=True)
    known = corpus.tables["casualties"]
    corpus.tables["casualties"] = known.assign(**{
        name: pd.Series(values, index=known.index, dtype=known[name].dtype) for name, values in columns})


def test_parts_stand_under_their_toll_and_attackers_and_other_events_apart():
    told = [claim("a", n, "six rebels died in Oldtown", "killed", low, low, ("Army",)) for n, low in enumerate(
        (1, 6, 2, 6, 3, 4))]
    ledger = [LedgerEntry("I1", "killed", POLICY, "a", n, n != 2, "used" if n != 2 else "part of another")
              for n in range(6)]
    made = Made({"a": FIRST, "b": SECOND}, casualties=told, ledger=ledger)
    as_told(made, ("toll", None, None, "I1", ("attacker",)), ("toll", None, None, "I1", ()),
            ("part", None, 1, "I1", ("child",)), ("again", 1, None, "I1", ()), ("other", None, None, "I10", ()),
            ("other", 4, None, "I10", ()))
    said = panels.statements(made, POLICY)
    view = panels.ledger_view(made, said)
    assert view[["incident", "role", "number", "claim"]].values.tolist() == [
        ["I1", "toll", "6", "a · 1"], ["I1", "↳ part", "2", "a · 2"], ["I1", "↳ repetition", "6", "a · 3"],
        ["I1", "toll, attackers", "1", "a · 0"], ["I10", "other event", "3", "a · 4"],
        ["I10", "↳ other event: repetition", "4", "a · 5"]]
    assert panels.news_and_others(said)[0]["casualty"].tolist() == [0, 1, 2, 3]


def test_links_that_lead_in_a_circle_lose_no_claim(corpus):
    as_told(corpus, ("again", None, 0, "I1", ()), ("toll", None, None, "I1", ()), ("again", 0, None, "I1", ()))
    said = panels.statements(corpus, POLICY)
    assert sorted(panels.ledger_view(corpus, said)["claim"]) == ["a · 0", "a · 1", "b · 0"]


def test_incidents_are_sorted_by_their_number(corpus):
    as_told(corpus, *(("toll", None, None, name, ()) for name in ("I10", "I2", "I1")))
    assert panels.ledger_view(corpus, panels.statements(corpus, POLICY))["incident"].tolist() == ["I1", "I2", "I10"]
    assert in_order(panels.casualties_panel(corpus, POLICY).table, "incident") == ["I1", "I2", "I10"]


def test_totals_of_the_news_come_before_those_of_other_events(corpus):
    corpus.tables["incidents"] = pd.concat([corpus.incidents.assign(incident="I0"), corpus.incidents])
    as_told(corpus, ("other", None, None, "I0", ()), ("toll", None, None, "I1", ()), ("toll", None, None, "I1", ()))
    found = panels.totals(corpus, POLICY)
    assert list(zip(found["incident"], found["told_as"], strict=True)) == [
        ("I1", "the news"), ("I1", "the news"), ("I0", "another event"), ("I0", "another event")]
    assert not found.duplicated(["incident", "effect"]).any()


@pytest.mark.parametrize(("outlets", "unknown", "said"), [
    (1, 1, "1 outlet (not known)"), (2, 2, "2 outlets (not known)"), (3, 1, "3 outlets (1 not known)"),
])
def test_incidents_say_that_an_outlet_is_not_known(corpus, outlets, unknown, said):
    rests = panels.incidents_view(corpus.incidents.head(1).assign(n_outlets=outlets, n_outlets_unknown=unknown))
    assert rests["rests on"].tolist() == [f"2 articles, {said}, 2 independent sources"]


def test_pictures_leave_out_what_points_to_no_entity(corpus):
    assert list(tallies.linked(tallies.by_entity(corpus.mentions))["entity"]) == ["Oldtown", "Wire", "Army"]


def test_policies_are_described():
    assert list(panels.policies()["policy"]) == list(POLICIES)
    assert panels.show(panels.policies()).data.count("<tr>") == len(POLICIES) + 1


def test_a_grade_is_given_taken_back_and_lasts(tmp_path):
    (tmp_path / "report.txt").write_text("The army said on Monday that six rebels were killed in Aleppo.")
    corpus = Corpus(tmp_path, progress=False)
    name = corpus.sources["source"].iloc[0]
    panel = panels.grading_panel(corpus)
    assert [words for words, _ in panel.fields["letter"].options][-1] == "F cannot be judged"
    panel.fields["letter"].value = "D"
    panel.buttons["Save the grade"].click()
    assert panel.status.value == ("Not saved: a judgement needs a reason that others can follow. — "
                                  f"{name}: F, as suggested")
    panel.fields["why"].value = "its last three figures were withdrawn"
    panel.buttons["Save the grade"].click()
    assert panel.status.value == f"Saved: {name}, D not usually reliable — {name}: D, given by you"
    panel.buttons["Undo"].click()
    assert panel.status.value == f"Undone: {name}, D not usually reliable — {name}: F, as suggested"
    assert [field.value for field in panel.fields.values()] == ["F", ""]  # nothing is left to be said of the next
    panel.fields["letter"].value, panel.fields["why"].value = "D", "its last three figures were withdrawn"
    panel.buttons["Save the grade"].click()
    again = panels.grading_panel(Corpus(tmp_path, progress=False))
    assert again.status.value == f"{name}: D, given by you"
    again.buttons["Take it back"].click()
    assert again.status.value == f"Taken back: {name}, D — {name}: F, as suggested"
    again.buttons["Take it back"].click()
    assert again.status.value.startswith("There is no grade of yours to take back.")


def test_the_field_says_the_grade_in_force(tmp_path):
    (tmp_path / "report.txt").write_text("The army said on Monday that six rebels were killed in Aleppo. "
                                         "The mayor said that nine rebels were killed in Homs.")
    corpus = Corpus(tmp_path, progress=False)
    first, other = corpus.sources["source"].iloc[:2]
    panel = panels.grading_panel(corpus)
    source, letter, why = panel.choices["source"], panel.fields["letter"], panel.fields["why"]
    assert (source.value, letter.value) == (first, "F")
    letter.value = "B"
    panel.buttons["Save the grade"].click()
    assert letter.value == "B"  # no reason, not saved: what was begun stays
    why.value = "its figures were borne out"
    panel.buttons["Save the grade"].click()
    assert (letter.value, why.value) == ("B", "")
    letter.value, why.value = "B", "so said others"  # the same again
    panel.buttons["Save the grade"].click()
    assert letter.value == "B"
    source.value = other
    assert letter.value == "F"
    letter.value = "C"
    source.value = first
    assert letter.value == "B"
    letter.value, why.value = "D", "its figures were withdrawn"
    panel.buttons["Save the grade"].click()
    assert letter.value == "D"
    panel.buttons["Undo"].click()
    assert letter.value == "B"
    assert panels.grading_panel(Corpus(tmp_path, progress=False)).fields["letter"].value == "B"
    panel.buttons["Take it back"].click()
    assert f" — {first}: {letter.value}, " in panel.status.value


def test_without_a_source_there_is_nothing_to_grade(nothing):
    panel = panels.grading_panel(nothing)
    panel.buttons["Save the grade"].click()
    assert panel.status.value == "No one speaks in these articles. — No one speaks in these articles."


# -------------------------------------------------------------------------------------- filters and judgements on names

NAMED = ("General Tarik Belun met Anna Kores in Aleppo. Belun left for Idlib province. Later Tariq Belun spoke.\n\n"
         "Idlib is in Syria. The country is at war. Anna Kores spoke in Springfield.")


@pytest.fixture
def named(tmp_path) -> Corpus:
    (tmp_path / "new.txt").write_text(NAMED)
    (tmp_path / "old.txt").write_text("Anna Kores was in Aleppo.")
    (tmp_path / "articles.csv").write_text("file,outlet,published\nnew.txt,Gazette,2020-03-05\nold.txt,,2019-12-31\n")
    return Corpus(tmp_path, progress=False)


def test_articles_are_picked_by_outlet_and_day():
    articles = table([Article("a", outlet="Gazette", published="2020-03-05"), Article("b", published="2020-03-06"),
                      Article("c", outlet="Gazette")], Article)
    for wanted, kept in (({}, ["a", "b", "c"]), ({"outlet": "Gazette"}, ["a", "c"]), ({"outlet": "not known"}, ["b"]),
                         ({"since": "2020-03-06"}, ["b"]), ({"until": date(2020, 3, 5)}, ["a"]),
                         ({"article_id": "c", "since": "2000-01-01"}, [])):
        found = panels.pick_articles(articles, **wanted)
        assert list(found["article_id"]) == kept, wanted
        assert list(found.columns) == list(articles.columns)


def test_every_view_shows_what_the_filters_leave(named):
    panel = panels.entities_panel(named)
    whole = len(named.mentions)
    views = [view for _, view in panel.choices["view"].options]
    assert views == ["how often", "over time", "with whom", "on a map"]
    for view in views:
        panel.choices["view"].value = view
        assert panel.status.value.startswith(f"{whole} of {whole} mentions, ")
        assert 'src="data:image/png;base64,' in panel.result.value
    shown = {row[0]: row[1:] for row in panel.tables["Not on the map"].shown.values.tolist()}
    assert re.fullmatch(r"\d+ places of this name, and the article does not say which", shown["Springfield"][2])
    assert shown["country"] == [1, 1, "a general word, no name"]
    panel.choices["view"].value = "over time"
    panel.choices["until"].value = date(2020, 1, 1)
    assert panel.status.value == f"2 of {whole} mentions, 2 entities, 1 article"
    assert "2019-12" in below(panel, "When they are named")
    assert "2020-03" not in below(panel, "When they are named")
    panel.choices["outlet"].value = "Gazette"
    assert len(panel.table.rows) == 0
    panel.reset()
    assert panel.status.value.startswith(f"{whole} of {whole} mentions, ")


def test_a_span_of_time_says_what_it_leaves_out(corpus):
    panel = panels.entities_panel(corpus)
    panel.choices["since"].value = date(2020, 1, 1)
    assert panel.status.value == "0 of 6 mentions, 0 entities, 0 articles; 2 articles without a date left out"


def test_pairs_are_listed_once():
    counts = pd.DataFrame([[4, 2, 0], [2, 3, 1], [0, 1, 1]], ["a", "b", "c"], ["a", "b", "c"])
    assert panels.pairs(counts).values.tolist() == [["a", "b", 2], ["b", "c", 1]]


def test_first_and_last_mentions_have_their_sentences(named):
    view = panels.ends_view(named, named.mentions).set_index("entity")
    assert view.loc["Anna Kores", ["mentions", "first on", "last on"]].tolist() == [3, "31 December 2019",
                                                                                   "5 March 2020"]
    assert str(view.loc["Anna Kores", "first mention"]) == "Anna Kores was in Aleppo."
    assert str(view.loc["Anna Kores", "last mention"]) == "Anna Kores spoke in Springfield."
    dated = view[view["first mention"].notna()]
    assert set(dated.loc[dated["mentions"] == 1, "last mention"]) == {"the same"}
    assert "the same" not in set(map(str, dated.loc[dated["mentions"] > 1, "last mention"]))
    assert in_short(Quote("a long way before ", "Anna", " and after"), 9) == Quote("… before ", "Anna", " and …")


def test_what_is_shown_is_saved_once(named, tmp_path, monkeypatch):
    named.mentions.loc[named.mentions["text"] == "Aleppo", "text"] = "=Aleppo"
    panel = panels.entities_panel(named)
    save = panel.buttons["Save as CSV"].click
    save()
    assert panel.status.value.startswith("Not written: type a folder")
    panel.fields["folder"].value = str(tmp_path / "out")
    save()
    assert panel.status.value.startswith(f"Written into {tmp_path / 'out'}: how-often.csv, how-often-mentions.csv — ")
    saved = pd.read_csv(tmp_path / "out" / "how-often.csv")
    assert (saved["names"] + saved["nominal"]).sum() == len(named.mentions)
    assert len(pd.read_csv(tmp_path / "out" / "how-often-mentions.csv")) == len(named.mentions)
    assert "'=Aleppo" in (tmp_path / "out" / "how-often-mentions.csv").read_text(encoding="utf-8")
    save()
    assert panel.status.value.startswith(
        f"Written into {tmp_path / 'out'}: how-often-2.csv, how-often-mentions-2.csv")
    panel.fields["folder"].value = str(tmp_path / "new.txt")
    save()
    assert panel.status.value.startswith("Not written")
    monkeypatch.setenv("WORKBOOK_ARTICLES", str(tmp_path))  # a table of mentions has a column "text" as articles have
    panel.fields["folder"].value = str(tmp_path / "more")
    save()
    assert "is a folder of articles" in panel.status.value
    assert not (tmp_path / "more").exists()


def judge(panel, decision: str, name: str, other: str, why: str = "another person") -> str:
    panel.choices["name"].value, panel.fields["other"].value, panel.fields["why"].value = name, other, why
    panel.fields["decision"].value = next(kind for words, kind in panel.fields["decision"].options if decision in words)
    panel.buttons["Save the decision"].click()
    return panel.status.value.split(" — ")[0]


def test_names_are_split_merged_and_kept_apart(named):
    panel = panels.names_panel(named)
    panel.choices["name"].value = "Tarik Belun"
    assert "“Tariq Belun” is another spelling of Tarik Belun" in Seen(panel.result.value).text
    assert "Tariq Belun" not in panel.choices["name"].options
    assert judge(panel, "split", "Tarik Belun", "Tariq Belun") == "Saved: “Tarik Belun” and “Tariq Belun” are two now"
    assert "Tariq Belun" in panel.choices["name"].options
    assert panel.tables["Your decisions"].shown.values.tolist()[0][2] == "another person"
    panel.buttons["Take it back"].click()
    assert panel.status.value.startswith("Taken back: Tarik Belun / Tariq Belun — ")
    assert "Tariq Belun" not in panel.choices["name"].options
    assert judge(panel, "merge", "Anna Kores", "Tarik Belun") == "Saved: “Anna Kores” and “Tarik Belun” are one now"
    assert "Tarik Belun" in named.entities.set_index("entity").loc["Anna Kores", "aliases"]


def test_a_merge_that_contradicts_is_said_not_to_be_made(named):
    panel = panels.names_panel(named)
    assert judge(panel, "not the same", "Anna Kores", "Tarik Belun") == (
        "Saved: “Anna Kores” and “Tarik Belun” are two now")
    assert judge(panel, "merge", "Anna Kores", "Tarik Belun").startswith(
        "Saved, but not carried out: “Anna Kores” and “Tarik Belun” were merged, but ")


@pytest.mark.parametrize(("decision", "name", "other", "why", "words"), [
    ("merge", "Anna Kores", "Nobody", "because", "Not saved: no entity has the name “Nobody”."),
    ("merge", "", "Nobody", "because", "Not saved: two names are needed."),
    ("merge", "Anna Kores", "Aleppo", " ", "Not saved: a judgement needs a reason that others can follow."),
    ("merge", "Anna Kores", "Anna Kores", "because", "Not saved: both names are the same words."),
    ("merge", "Tarik Belun", "Tariq Belun", "because", "Not saved: “Tarik Belun” and “Tariq Belun” are one already."),
    ("split", "Anna Kores", "Aleppo", "because", "Not saved: “Aleppo” is not a name of “Anna Kores”."),
])
def test_a_decision_that_makes_no_sense_is_not_saved(named, decision, name, other, why, words):
    panel = panels.names_panel(named)
    assert judge(panel, decision, name, other, why) == words
    assert named.journal.in_force() == []


def test_a_journal_that_cannot_be_written_is_said(named, monkeypatch):
    def refuse(*_, **__):
        raise JudgementError("the folder is read-only")

    monkeypatch.setattr(named, "judge_all", refuse)
    assert judge(panels.names_panel(named), "merge", "Anna Kores", "Aleppo") == "Not saved: the folder is read-only"


def test_without_names_there_is_nothing_to_judge(nothing):
    panel = panels.names_panel(nothing)
    assert panel.status.value == "No one is named in these articles."
    panel.buttons["Take it back"].click()
    assert panel.status.value.startswith("There is no decision of yours on “” to take back.")
    assert judge(panel, "merge", "a", "b") == "Not saved: no entity has the name “a”."
