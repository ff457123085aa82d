"""What is remembered of the attribute ruler is what the ruler says."""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc

from analysis import language
from analysis.tagging import RememberedRuler

EXERCISE = Path(__file__).parents[1] / "notebooks" / "exercise" / "articles"
ODD = "There is one. There's another. You ain't gonna say y'all let's go, are you?\n\n\tBut I saw it. It saw you."


def annotated(component, texts):
    nlp = language.pipeline()
    docs = []
    with nlp.select_pipes(enable=["paragraphs", "tok2vec", "tagger", "parser"]):
        parsed = list(nlp.pipe(texts))
    for doc in parsed:
        component(doc)
        docs.append([(t.text, t.pos_, t.lemma_, str(t.morph), t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in doc])
    return docs


def test_what_is_remembered_is_what_the_ruler_says():
    texts = [language.view(path.read_text(encoding="utf-8")) for path in sorted(EXERCISE.glob("*.txt"))[:12]]
    texts = [*texts, ODD, "", "\n"]
    ruler = language.pipeline().get_pipe("attribute_ruler")
    quick = RememberedRuler(ruler)
    expected = annotated(ruler, texts)
    assert sum(map(len, expected)) > 1000
    assert annotated(quick, texts) == expected
    assert annotated(quick, texts) == expected  # now that all words are known


def test_new_words_are_not_joined_because_they_are_asked_about_together():
    vocab, ruler = language.pipeline().vocab, language.pipeline().get_pipe("attribute_ruler")

    def made(words, tags):
        return Doc(vocab, words, tags=tags, heads=[0] * len(words), deps=["dep"] * len(words))

    quick, told = RememberedRuler(ruler), (["let", "the", "'s"], ["VB", "DT", "POS"])
    quick(made(["the"], ["DT"]))  # of the next words only "let" and "'s" are new
    assert [token.lemma_ for token in quick(made(*told))] == [token.lemma_ for token in ruler(made(*told))]
    assert quick(made(["let", "'s"], ["VB", "POS"]))[1].lemma_ == "us"


def test_a_pattern_that_looks_at_anything_else_goes_through_the_ruler():
    nlp = language.pipeline()
    ruler = nlp.create_pipe("attribute_ruler")
    ruler.add([[{"TEXT": "Kabul"}]], {"POS": "PROPN"})
    doc = Doc(nlp.vocab, ["Kabul", "fell"])
    assert [token.pos_ for token in RememberedRuler(ruler)(doc)] == ["PROPN", ""]
