"""Which voices count once: parties, chains, roots and copies, on rows made by hand."""

from __future__ import annotations

from importlib import import_module

import pytest

from analysis.corpus import Corpus
from analysis.exports import records
from analysis.ged import ged
from analysis.independence import Copies, around, chain, echoes, listed_party, originals, parties, root, voice_name
from analysis.independence import copies as find_copies
from analysis.records import Article, Attribution, Casualty, Mention, replaced

# ------------------------------------------------------------------ parties


def mention(text, phrase, type_, entity=None, nominal=False):
    start = text.index(phrase)
    return Mention("a", start, start + len(phrase), phrase, type_, entity or phrase, nominal)


def voice(number, text, phrase, entity=None, told_to=None, parent=None):
    spans = ((text.index(phrase), text.index(phrase) + len(phrase)),) if phrase else ()
    return Attribution("a", number, 0, len(text), phrase, entity, spans, "said", ((0, 0),), ((0, 0),), told_to,
                       depth=1 if parent is None else 2, parent=parent)


def sides(text, mentions, voices=(), published=None):
    return {name: party.name for name, party in parties(Article("a", text=text, published=published), mentions,
                                                        voices).items()}


def test_an_article_says_whose_spokesman_a_person_is():
    text = "Omar Daud, the spokesman of the Houthis, said so."
    rows = [mention(text, "Omar Daud", "person"), mention(text, "Houthis", "armed_group")]
    assert sides(text, rows, [voice(0, text, "Omar Daud, the spokesman of the Houthis", "Omar Daud")]) == {
        "Houthis": "Houthis", "Omar Daud": "Houthis"}


@pytest.mark.parametrize(("phrase", "name", "party"), [
    ("Houthi military spokesman Omar Daud", "Omar Daud", "Houthis"),
    ("ISIS spokesman Omar Daud", "Omar Daud", "Islamic State"),
    ("anti-ISIS fighter Omar Daud", "Omar Daud", None),
    ("envoy to Hamas Omar Daud", "Omar Daud", None),
])
def test_a_title_says_for_which_group_one_speaks(phrase, name, party):
    text = f"{phrase} said so."
    rows = [mention(text, phrase, "person", name)]
    assert sides(text, rows, [voice(0, text, phrase, name)]).get(name) == party


def test_a_group_that_no_list_knows_is_a_side_of_its_spokesman():
    text = "Omar Daud, a spokesman for the Blue Brigades, said so."
    rows = [mention(text, "Omar Daud", "person"), mention(text, "Blue Brigades", "armed_group")]
    assert sides(text, rows, [voice(0, text, "Omar Daud, a spokesman for the Blue Brigades", "Omar Daud")]) == {
        "Omar Daud": "Blue Brigades"}


def test_a_countrys_police_stand_with_the_country():
    text = "The Kenyan police said so."
    rows = [mention(text, "Kenyan police", "security_force"), mention(text, "Kenyan", "nationality")]
    assert sides(text, rows)["Kenyan police"] == "Kenya"


def test_a_countrys_police_stand_with_whoever_the_article_says_governs():
    text = "The Houthi government of Yemen spoke. The police of Yemen said so."
    rows = [mention(text, "Houthi government of Yemen", "armed_group", "Houthis"), mention(text, "Yemen", "place"),
            mention(text, "police of Yemen", "security_force"),
            Mention("a", text.rindex("Yemen"), text.rindex("Yemen") + 5, "Yemen", "place", "Yemen")]
    assert sides(text, rows)["police of Yemen"] == "Houthis"


def test_an_envoy_to_a_country_does_not_speak_for_it():
    text = "The envoy to Kenya, Ruth Arden, said so."
    rows = [mention(text, "Kenya", "place"), mention(text, "Ruth Arden", "person")]
    assert sides(text, rows, [voice(0, text, "The envoy to Kenya, Ruth Arden", "Ruth Arden")]) == {}


def test_an_unknown_voice_has_no_party():
    text = "Ruth Arden said so."
    assert sides(text, [mention(text, "Ruth Arden", "person")], [voice(0, text, "Ruth Arden", "Ruth Arden")]) == {}


@pytest.mark.parametrize(("phrase", "party"), [
    ("Police", "Kenya"),
    ("the health ministry", "Kenya"),
    ("State television", "Kenya"),
    ("a senior security official", "Kenya"),
    ("the county governor", "Kenya"),
    ("Local authorities", "Kenya"),
    ("an army spokesman", "Kenya"),
    ("The interior ministry", "Kenya"),
    ("Two security sources", "Kenya"),
    ("a hospital official", None),
    ("rebel officials", None),
    ("a medical official", None),
    ("an official of the Red Cross", None),
    ("opposition officials", None),
    ("an official of a teachers' union", None),
    ("residents", None),
    ("A spokesman", None),
])
def test_who_speaks_for_a_state_without_its_name_speaks_for_the_articles_country(phrase, party):
    text = f"A bomb went off in Mombasa. {phrase} said so in Nairobi."
    rows = [mention(text, "Mombasa", "place", "Kenya"), mention(text, "Nairobi", "place", "Kenya")]
    assert sides(text, rows, [voice(0, text, phrase)]).get(voice_name(voice(0, text, phrase))) == party


def test_an_article_about_two_countries_does_not_say_whose_police_speak():
    text = "Police said so in Nairobi, Kampala and Juba."
    rows = [mention(text, name, "place", country) for name, country in (
        ("Nairobi", "Kenya"), ("Kampala", "Uganda"), ("Juba", "South Sudan"))]
    assert sides(text, rows, [voice(0, text, "Police")]) == {}


def test_where_an_observer_lives_is_no_side_of_an_observer():
    text = "The Britain-based observatory and an official said so."
    rows = [mention(text, "Britain", "place")]
    assert sides(text, rows, [voice(0, text, "The Britain-based observatory and an official")]) == {}


@pytest.mark.parametrize(("entity", "day", "party"), [
    ("Afghan National Army", "2015-06-01", "Afghan republic"),
    ("Afghan National Army", "2021-08-14", "Afghan republic"),
    ("Afghan National Army", "2022-01-01", None),  # it was gone
    ("Syrian Arab Army", "2025-01-01", None),
    ("an actor that no list knows", "2015-06-01", None),
])
def test_the_word_list_knows_a_party_for_a_time(entity, day, party):
    found = listed_party(entity, day)
    assert (found and found.name) == party


# ------------------------------------------------------------------ chains and roots

TEXT = "Residents and The Army and Radio X said so."


def told(number, voices, *outlets):
    """The chain of an attribution, {number: attribution} being all of an article."""
    said = around({("a", n): (a.parent, (a.told_to, voice_name(a))) for n, a in voices.items()})
    return chain(said[("a", number)] if number is not None else (), *outlets)


def test_a_chain_runs_from_the_outlet_through_relays_to_the_last_voice():
    voices = {0: voice(0, TEXT, "Radio X", "Radio X"), 1: voice(1, TEXT, "The Army", "Army", told_to="Wire", parent=0)}
    assert told(1, voices, "Courier") == ("Courier", "Radio X", "Wire", "Army")
    assert told(0, voices, None) == ("Radio X",)
    assert told(None, voices, "Courier") == ("Courier",)
    assert told(None, voices, None) == ()


def test_a_copy_passes_on_what_its_original_printed():
    assert told(None, {}, "Courier", "Wire") == ("Courier", "Wire")
    assert told(None, {}, "Wire", "Wire") == ("Wire",)
    army = {0: voice(0, TEXT, "The Army", "Army", told_to="Wire")}
    assert told(0, army, "Wire", "Courier") == ("Wire", "Army")


def test_voices_of_one_party_are_one_root_and_others_speak_for_themselves():
    known = {"Army": "North", "Ministry": "North"}
    assert root(("Wire", "Army"), known, "a") == root(("Ministry",), known, "b") == "North"
    assert root(("Wire", "Hospital"), known, "a") == "Hospital"
    assert root(("Wire",), known, "a") == "Wire"


def test_articles_of_unknown_outlets_and_nameless_voices_are_each_a_root():
    assert root((), {}, "a") == "unknown (a)"
    assert root(("residents",), {}, "a", {"residents"}) == "residents (a)"
    assert root(("Wire", "residents"), {}, "a", {"residents"}) == "residents (Wire)"


def test_a_nameless_voice_that_one_agency_quotes_twice_is_one_root():
    one = root(("Courier", "Wire", "security official"), {}, "a", {"security official"})
    other = root(("Radio", "Wire", "security official"), {}, "b", {"security official"})
    assert one == other == "security official (Wire)"
    assert root(("Courier", "villagers", "doctor"), {}, "a", {"villagers", "doctor"}) == "doctor (Courier)"


@pytest.mark.parametrize(("phrase", "inner", "type_", "party"), [
    ("A Houthi official", "Houthi", "armed_group", "Houthis"),
    ("an official of the Houthis", "Houthis", "armed_group", "Houthis"),
    ("A Kenyan police officer", "Kenyan", "nationality", "Kenya"),
    ("A doctor in Kenya", "Kenya", "place", None),
    ("Kenyan villagers", "Kenyan", "nationality", None),
    ("A security official", None, None, None),
])
def test_a_nameless_voice_that_speaks_for_a_side_is_that_side(phrase, inner, type_, party):
    text = f"{phrase} said so."
    rows = [mention(text, inner, type_, "Houthis" if type_ == "armed_group" else inner)] if inner else []
    found = sides(text, rows, [voice(0, text, phrase, None)])
    assert found.get(voice_name(voice(0, text, phrase, None))) == party


def test_a_voice_without_a_name_goes_by_its_phrase():
    crowd = voice(0, TEXT, "Residents", None)
    army = voice(1, TEXT, "The Army", "Army")
    assert (voice_name(crowd), voice_name(army), voice_name(voice(2, TEXT, None, None))) == ("residents", "Army", None)


def test_we_inside_a_quotation_is_its_speaker_and_outside_it_the_outlet():
    text = "We know it, said Ruth Arden."
    we = voice(1, text, "We", None, parent=0)
    assert told(1, {0: voice(0, text, "Ruth Arden", "Ruth Arden"), 1: we}, "Courier") == ("Courier", "Ruth Arden")
    assert told(1, {1: voice(1, text, "We", None)}, "Courier") == ("Courier",)


# ------------------------------------------------------------------ copies

STORY = ("A fire broke out in the harbour of the old town early on Sunday and destroyed four warehouses before boats "
         "from two neighbouring ports could reach it. Nobody knows how it began. The harbour master asked all ships "
         "to wait outside the breakwater until the wind had turned and the smoke had gone.")
OTHER = ("The council met on Sunday to speak of the new tram line, which is to run from the station to the university "
         "by way of the river. Shopkeepers fear two years of noise and dust, students look forward to the first ride, "
         "and the mayor promised that the trees along the quay would stay where they are.")


def copies(*texts, days=None):
    days = days or [None] * len(texts)
    found = originals([Article(str(i), text=text, published=day)
                       for i, (text, day) in enumerate(zip(texts, days, strict=True))])
    return {article: original for article, original in found.items() if article != original}


def test_a_shortened_and_reworded_copy_is_one_story():
    reworded = STORY.replace("early on Sunday", "on Sunday morning").replace("Nobody knows how it began. ", "")
    assert copies(STORY, OTHER, reworded) == {"2": "0"}


def test_the_first_published_is_the_original():
    assert copies(STORY, STORY + " More soon.", days=["2020-05-02", "2020-05-01"]) == {"0": "1"}
    assert copies(STORY, STORY + " More soon.", days=[None, "2020-05-01"]) == {"0": "1"}


def test_a_copy_of_a_copy_leads_to_the_first():
    second = STORY.replace("Nobody knows how it began. ", "")
    third = second.replace("until the wind had turned and the smoke had gone", "")
    assert copies(STORY, second, third) == {"1": "0", "2": "0"}


def test_two_reports_that_share_a_quotation_are_two_stories():
    quotation = ' The harbour master said: "All ships will wait outside until the wind has turned."'
    assert copies(STORY + quotation, OTHER + quotation) == {}


def test_articles_without_words_are_no_copies_of_each_other():
    assert copies("", "", "Yes.", "Yes.") == {}


def test_a_copy_of_the_first_lines_is_one_story():
    assert copies(STORY + " " + OTHER, STORY[:170]) == {"1": "0"}


def test_every_outlet_that_prints_a_story_prints_the_firsts():
    edited = [STORY.replace("four", str(number)) for number in range(20)]
    assert copies(OTHER, STORY, *edited) == {str(number): "1" for number in range(2, 22)}


def test_what_everybody_prints_counts_in_a_copy_and_makes_none():
    notice = " Readers who have seen more of an event than our reporters may write to the desk by the river."
    told = [" ".join(f"On day {day} clerk {n} wrote {day * n} letters." for n in range(9)) for day in range(6)]
    found = copies(*(text + notice for text in (*told, STORY[:120], STORY[:120].replace("four", "seven"))))
    assert found == {"7": "6"}


OWN = (" A reporter of this newspaper counted nine graves behind the customs house on Monday. The guards at the gate "
       "did not let anybody speak with the crews, and the doctor of the port had been told to keep his door shut.")


def test_who_takes_over_a_story_and_adds_to_it_is_no_copy_but_the_passages_are_the_wires():
    wire, paper = STORY + " " + OTHER, OTHER[:120] + OWN + OWN.replace("nine", "ten") + " " + STORY[:200]
    found = independence_copies(wire, paper + OWN)
    assert found.original == {"0": "0", "1": "1"}
    first = paper.index("A fire broke out")
    assert found.source("1", (first, first + 190), (first, first + 6)) == "0"
    own = paper.index("A reporter")
    assert found.source("1", (own, own + 80), (own + 30, own + 45)) == "1"


def test_a_changed_figure_in_a_taken_over_sentence_is_the_papers_own():
    wire = STORY + " " + OTHER
    paper = STORY.replace("four warehouses", "seven warehouses") + OWN * 4
    found = independence_copies(wire, paper)
    sentence = (0, paper.index("Nobody"))
    changed, same = paper.index("seven warehouses"), paper.index("the harbour")
    assert found.original["1"] == "1"
    assert found.source("1", sentence, (changed, changed + 16)) == "1"
    assert found.source("1", sentence, (same, same + 11)) == "0"


def independence_copies(*texts):
    return find_copies([Article(str(i), text=text) for i, text in enumerate(texts)])


def test_a_capital_with_a_dot_is_one_letter_of_its_word():
    """Its small letter is an i and a combining dot, which no pattern takes for part of a word."""
    names = ("İzmir, İstanbul, İznik, İçel, İnegöl, İskenderun, İdil, İmroz, İspir, İslahiye, İvrindi, İliç, İkizdere, "
             "İhsaniye, İncirliova, İscehisar")  # 13 of 27 runs, and most of them if each of these were two words
    assert copies(f"Rain fell on {names} and no road was closed", f"Trains to {names} were late after snow") == {}


def test_articles_are_compared_in_parts_with_those_before_them(monkeypatch):
    edited = [STORY.replace("four", str(number)) for number in range(5)]
    texts = [OTHER, STORY, "", *edited, OTHER[:120] + OWN * 3 + STORY[:200], OWN + " " + OWN, STORY + OWN]
    whole = independence_copies(*texts)
    assert whole.original["7"] == "1"
    assert whole.passages["8"]
    for size in (len(texts) - 1, len(texts), 400):
        monkeypatch.setattr(import_module("analysis.independence.copies"), "_AT_ONCE", size)
        assert independence_copies(*texts) == whole


@pytest.mark.xfail(strict=True, reason="a copy is sought within its story, which is over after eight days")
def test_a_reprint_after_two_months_is_a_copy():
    assert copies(STORY, STORY.replace("four", "six"), days=["2020-05-01", "2020-07-01"]) == {"1": "0"}


def test_every_copy_of_a_story_is_found_however_many_print_parts_of_it():
    parts = [f"{STORY[:160]} {OWN.replace('nine', str(number)) * 2}" for number in range(5)]
    found = copies(STORY + OTHER, *parts, STORY + OTHER.replace("Sunday", "Monday"))
    assert found == {**{str(number): "1" for number in range(2, 6)}, "6": "0"}


def test_a_run_that_an_article_repeats_counts_once():
    chant = " We want our water back." * 12
    assert copies(STORY + chant, STORY + chant) == {"1": "0"}
    assert independence_copies(STORY + chant, OTHER + chant) == Copies({"0": "0", "1": "1"}, {})


def test_a_passage_comes_from_the_first_four_who_print_it():
    words = OTHER.split()  # in other orders: each has its own runs
    own = [" ".join(words[step * at % len(words)] for at in range(1, 57)) for step in (2, 4, 5, 7, 8, 10)]
    found = independence_copies(*(STORY + " " + text for text in own))
    assert found.passages == {str(later): [(0, len(STORY) - 1, str(earlier)) for earlier in range(min(later, 4))]
                              for later in range(1, 6)}


def test_two_passages_stay_two_where_they_are_put_side_by_side():
    first, last = STORY[:STORY.index(" Nobody")], STORY[STORY.index("The harbour"):]
    found = independence_copies(STORY, f"{first} {last}{OWN * 2}")
    assert found.passages == {"1": [(0, len(first) - 1, "0"), (len(first) + 1, len(first) + len(last), "0")]}


# ------------------------------------------------------------------ one account, told twice

def claim(number, low, high, attribution, restates=None, effect="killed"):
    return Casualty("a", number, 0, 1, effect, low, high, "exact", attribution=attribution, restates=restates)


@pytest.mark.parametrize(("what", "claims", "echoed"), [
    ("the headline, then the police", [claim(0, 9, 9, None), claim(1, 9, 9, 0, restates=0)], {0}),
    ("the police, then the article", [claim(0, 9, 9, 0), claim(1, 2, None, None, restates=0)], {1}),
    ("another figure is the article's own", [claim(0, 9, 9, 0), claim(1, 12, 12, None, restates=0)], set()),
    ("other victims", [claim(0, 9, 9, 0), claim(1, 9, 9, None)], set()),
    ("another effect", [claim(0, 9, 9, 0), claim(1, 9, 9, None, restates=0, effect="injured")], set()),
    ("only the article", [claim(0, 9, 9, None), claim(1, 9, 9, None, restates=0)], set()),
    ("two voices", [claim(0, 9, 9, 0), claim(1, 9, 9, 1, restates=0)], set()),
])
def test_what_an_article_repeats_in_its_own_words_is_no_second_account(what, claims, echoed):
    assert {number for _, number in echoes(claims)} == echoed, what


def test_what_an_incident_repeats_does_not_depend_on_the_incidents_beside_it():
    """A claim may restate one that linking put into another incident; each incident may be weighed alone."""
    said, again = (replaced(c, incident=name) for name, c in zip(
        ("I1", "I2"), [claim(0, 9, 9, 0), claim(1, 9, 9, None, restates=0)], strict=True))
    assert echoes([said, again]) == echoes([said]) | echoes([again]) == set()


# ------------------------------------------------------------------ as the totals show it

QUOTED = ("At least nine people were killed on 4 May 2019 when shells hit the harbour in Mombasa, a security official "
          "told Meridian Wire. Nobody said who had fired. The harbour master asked all ships to wait outside the "
          "breakwater until the wind had turned and the smoke had gone, and the ferry did not leave all day.")
REPORTS = {
    "wire.txt": ("Meridian Wire", QUOTED),
    "copy.txt": ("Coast Courier", QUOTED.replace(" all day", "")),
    "radio.txt": ("Coast Radio", "A security official told Meridian Wire that at least nine people were killed in "
                  "Mombasa on 4 May 2019. Trains from the capital were late and the schools stayed closed."),
    "paper.txt": ("Coast Paper", "Nine people were killed in the harbour of Mombasa on 4 May 2019. The director of the "
                  "hospital, Ruth Arden, said that nine people were killed in Mombasa on 4 May 2019.")}


@pytest.fixture
def reported(tmp_path):
    """The tables of the four reports: three of at least nine killed, one of nine."""
    names = ["file,outlet,published", *(f"{name},{outlet},2019-05-05" for name, (outlet, _) in REPORTS.items())]
    (tmp_path / "articles.csv").write_text("\n".join(names) + "\n", encoding="utf-8")
    for name, (_, text) in REPORTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Corpus(tmp_path, progress=False).tables


def test_articles_outlets_and_independent_roots_of_a_total(reported):
    [row] = [row for row in records(reported["incidents"]) if row["policy"] == "UCDP-style"]
    assert (row["n_articles"], row["n_outlets"], row["n_roots"]) == (4, 4, 2)
    [event] = records(ged(reported))
    assert (event["n_outlets"], event["n_roots"], event["country"]) == (4, 2, "Kenya")


@pytest.mark.xfail(strict=True, reason="ged counts the articles of used claims; at least nine is not used beside nine")
def test_the_sources_of_an_exported_event_are_those_that_agree_with_its_figure(reported):
    assert [event["number_of_sources"] for event in records(ged(reported))] == [4]
