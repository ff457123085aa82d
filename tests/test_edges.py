"""Texts that end, or begin, anywhere: no rule looks past the last word, or before the first."""

from __future__ import annotations

import pytest

from analysis import language
from analysis.casualties import harm
from analysis.extraction import extract_doc
from analysis.records import Article

SHORT = ("", " ", "\n", ".", ",", '"', "'", "-", "—", ":", "(", "5", "five", "dead", "Killed", "the", "said")
ENDS = ("Five men were killed, too.", "Rebels attacked and killed, too.", "They kill, and kill, again.",
        "Those killed were Ann Lowe, Bob Hale, of", "- Police said so.")
# {} is a harm word. Each is cut after every word and before every word, so the order of the words matters most.
FRAMES = (
    "Rebels attacked the village and {}, too.",
    "The {} were Ann Lowe, 30, of Deering, Ill., two guards and a boy of 12, from Kabul, police said.",
    "According to the army, half of the 40 soldiers {} five or six men aboard, from two to three of them civilians.",
    '"They {} one in three of the people, all but two of the guards," said Omar Haddad, citing police, on Monday.',
    "In August 2012 a 17-year-old boy, who was {}, died along with two others: Ann Lowe, a nurse; and Bob Hale, MP.",
    "KABUL, Afghanistan (AP) - The toll of {} rose to at least 31 from 23, officials put it at more than 40.",
    "Neither the UN envoy for Syria nor Gen. Okello, the spokesman of the group, denied that a number of men {} near "
    "Homs, Syria, two days after 3 May.",
    "Minister: several {} in the town of Halmat – police",
)


def pieces(doc):
    """A Doc without its last words and without its first, as it was parsed whole."""
    for at in range(1, len(doc)):
        yield from (doc[:at], doc[at:])


@pytest.mark.parametrize("text", [*SHORT, *ENDS])
def test_a_text_may_be_as_short_as_it_likes(text):
    assert extract_doc(language.parse_text(text)).article.text == text


def test_a_text_may_break_off_at_every_word():
    words = sorted(word for rows in (harm.words(), harm.idioms()) for word in rows)
    texts = [FRAMES[number % len(FRAMES)].format(word) for number, word in enumerate(words[::3])]
    read = claims = 0
    for doc in language.parse([Article(text, text=text) for text in texts]):
        for piece in pieces(doc):
            cut = piece.as_doc()
            cut._.article = Article(piece.text, text=cut.text, published="2021-08-19")
            try:
                claims += len(extract_doc(cut).casualties)
            except Exception as error:
                pytest.fail(f"{piece.text!r}: {error!r}")
            read += 1
    assert read > 3_000
    assert claims > 500
