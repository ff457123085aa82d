"""The view that the parser sees, and the repairs of words and sentences."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import language
from analysis.language import PipelineMissing, parse, parse_text, pipeline, view
from analysis.records import Article


def sentences(text):
    return [sentence.text.strip() for sentence in parse_text(text).sents]


@pytest.mark.parametrize(("text", "seen"), [
    ("“Go,” he said. ‘Now’", '"Go," he said. \'Now\''),
    ("«Go»", '"Go"'),
    ("said ''we go'' and ''[they] stay.'' Then", 'said  "we go"  and  "[they] stay."  Then'),
    ("said ``we go'' then", 'said  "we go"  then'),
    ("the soldiers' camp", "the soldiers' camp"),
    ("a\r\n\r\nb\rc\u2028d", "a \n \nb\nc\nd"),
    ("a\xa0b\u2009c\td", "a b c\td"),
    ("IS\u2011K", "IS-K"),
    ("a\0b \x1b[31mred\x1b[0m.", "a b      red    ."),
    ("five\u200b men \u202etold\u202c us, Ka\u200cbul", "five  men  told  us, Ka\u200cbul"),
    ("ab \ud800", "ab \ufffd"),
    ("x " + "A" * 201 + " y", "x " + " " * 201 + " y"),
    ("x " + "A" * 200 + " y", "x " + "A" * 200 + " y"),
])
def test_the_view_is_plain_and_as_long(text, seen):
    assert view(text) == seen
    assert len(seen) == len(text)


@pytest.mark.parametrize("credit", [
    "(Photo Credit: Jo Doe)", "(Photo: Jo Doe/Agency)", "(AP Photo/Jo Doe)", "[Image via Jo Doe]",
    "(File photo: Jo Doe)", "(Photo by Jo Doe)", "(Photos courtesy of Jo Doe)"])
def test_photo_credits_are_blanked(credit):
    assert view(f"One. {credit} Two.") == "One. " + " " * len(credit) + " Two."
    assert view(f"Photo credit: Jo Doe\r\n{credit}\nTwo.").split() == ["Two."]


@pytest.mark.parametrize("caption", ["(Photos show at least ten bodies.)", "(The image was taken at noon)",
                                     "Photos: ten dead in the market"])
def test_a_caption_that_states_something_stays(caption):
    assert view(caption) == caption


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(codec=None, exclude_categories=()),
                                  st.sampled_from("\r\n'\"`“” ([)\x1b[m\u200b-ab.")), max_size=60))
def test_every_view_is_as_long_as_its_text_and_can_be_parsed(text):
    seen = view(text)
    assert len(seen) == len(text)
    assert pipeline().make_doc(seen).text == seen


@pytest.mark.parametrize(("text", "expected"), [
    ("They accused ISIS-K. It denied the charge.", ["They accused ISIS-K.", "It denied the charge."]),
    ("Rain fell in the north\n\nFlood waters rose.", ["Rain fell in the north", "Flood waters rose."]),
    ("Rain fell in the north\r\nFlood waters rose.", ["Rain fell in the north", "Flood waters rose."]),
    ('He said: "We will wait." Then he left.', ['He said: "We will wait."', "Then he left."]),
])
def test_sentences(text, expected):
    assert sentences(text) == expected


def test_a_line_end_in_hard_wrapped_text_ends_no_sentence():
    text = ("The committee met for most of the day on Tuesday and agreed that the\n"
            "bridge over the river would have to be closed until the summer so that\n"
            "workers could look at the pillars, which had been damaged when a barge\n"
            "hit them in the spring. Its chairman added that nobody had been hurt in\n"
            "the accident.\n\nThe second item was the school.\n")
    assert [sentence.split()[0] for sentence in sentences(text)] == ["The", "Its", "The"]


@pytest.mark.parametrize(("text", "word"), [
    ("They reached Mazar-i-Sharif at noon.", "Mazar-i-Sharif"), ("They met al-Nusra men.", "al-Nusra"),
    ("Fighters of ISIS-K left.", "ISIS-K"), ("He saw Deir-ez-Zor burn.", "Deir-ez-Zor"),
    ("The Anti-Smuggling unit left.", "Smuggling"), ("A pro-Ruritanian crowd came.", "Ruritanian")])
def test_a_name_with_hyphens_is_one_word(text, word):
    assert word in [token.text for token in parse_text(text)]


def test_a_long_text_is_parsed_whole_and_its_offsets_stay(monkeypatch):
    text = "The guards left Mazar-i-Sharif.\n\n" * 3 + "The guards left the town. " * 5
    whole = parse_text(text)
    monkeypatch.setattr(language, "PIECE", 60)
    pieces = parse_text(text)
    assert pieces.text == whole.text == view(text)
    assert [(token.idx, token.text, token.dep_, token.head.i) for token in pieces if not token.is_space] == [
        (token.idx, token.text, token.dep_, token.head.i) for token in whole if not token.is_space]
    assert [sentence.text.strip() for sentence in pieces.sents] == [sentence.text.strip() for sentence in whole.sents]
    assert pieces._.article.text == text


def test_a_text_without_breaks_is_cut_all_the_same(monkeypatch):
    monkeypatch.setattr(language, "PIECE", 50)
    assert parse_text("ab" * 90).text == "ab" * 90


def test_articles_come_in_order_and_foreign_ones_are_empty(monkeypatch):
    monkeypatch.setattr(language, "PIECE", 20)
    articles = [Article("a", text="One guard left. Two guards stayed."),
                Article("b", text="Zwei blieben.", language="de"), Article("c", text="")]
    assert [(doc._.article.article_id, doc.text) for doc in parse(articles)] == [
        ("a", "One guard left. Two guards stayed."), ("b", ""), ("c", "")]


def test_listed_names_have_their_types_and_the_model_learns_none():
    doc = language.parse_text("Hamas told Al Jazeera about Maria Lopez.")
    found = {entity.text: entity.label_ for entity in doc.ents}
    assert (found["Hamas"], found["Al Jazeera"], found["Maria Lopez"]) == ("armed_group", "media", "PERSON")
    assert {"armed_group", "media"}.isdisjoint(language.pipeline().get_pipe("ner").labels)


def test_a_missing_pipeline_says_how_to_install_it(monkeypatch):
    monkeypatch.setenv("WORKBOOK_PIPELINE", "no_such_pipeline")
    with pytest.raises(PipelineMissing, match=r"'no_such_pipeline' is not installed\. Install it .* WORKBOOK_PIPELINE"):
        parse_text("One.")


def test_a_pipeline_that_cannot_parse_says_so(tmp_path, monkeypatch):
    spacy.blank("en").to_disk(tmp_path / "blank")
    monkeypatch.setenv("WORKBOOK_PIPELINE", str(tmp_path / "blank"))
    with pytest.raises(PipelineMissing, match="has no tagger, no parser, no lemmatizer"):
        pipeline()


def test_there_is_no_word_before_the_first_and_none_after_the_last():
    doc = language.parse_text("Rebels Left")
    assert [language.word_at(doc, i) for i in range(-2, 4)] == ["", "", "rebels", "left", "", ""]
    assert [*map(language.word_before, doc)] == ["", "rebels"]
    assert [*map(language.word_after, doc)] == ["left", ""]


@pytest.mark.parametrize("text", [
    "Aden: 12 killed, " * 300, "men were killed and " * 300, "killed " * 900, "they and " * 500])
def test_what_is_no_sentence_but_goes_on_is_cut(text):
    assert max(len(sentence) for sentence in parse_text(text).sents) <= 402


def test_a_long_sentence_stays_whole():
    text = "Nine people were killed " + ", and in the next village a house was burned" * 15 + "."
    assert len(list(parse_text(text).sents)) == 1


@pytest.mark.parametrize(("text", "first"), [
    ("NAIROBI - Police said two people died.", "NAIROBI -"),
    ("Herat, Afghanistan (AP) \u2014 Two soldiers died.", "Herat, Afghanistan (AP) -"),
    ("KABUL, 3 March (Reuters) - Two soldiers died.", "KABUL, 3 March (Reuters) -"),
    ("The army - IDF says five died.", "The army - IDF says five died."),
    ("Two soldiers died - UN.", "Two soldiers died - UN."),
    ("KABUL-based doctors saw two dead.", "KABUL-based doctors saw two dead."),
])
def test_a_dateline_is_no_part_of_the_sentence_that_follows_it(text, first):
    assert next(parse_text(text).sents).text.replace("\u2014", "-") == first
