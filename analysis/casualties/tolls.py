"""Figures that stand without their victims: parts ("one fatally", "four of them seriously") and tolls."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from analysis.casualties.kinds import kind_of_word
from analysis.casualties.rolls import last_noun
from analysis.casualties.sets import words_of

_RISING = words_of("rising")
_SETTING = words_of("setting")
_DEAD = {"dead", "killed", "murdered", "deaths", "fatalities"}
_BEFORE_FIGURE = {"to", "at", "from", "by", "least", "than", "of", "is", "was", "about"}


def shares(sentence: Span) -> Iterator[tuple[str, Token, Token | None]]:
    """Yield (kind, number, role) of "one fatally", "four of them seriously", "four of whom were policemen"."""
    doc = sentence.doc
    for token in sentence:
        if not token.like_num or token.i + 2 >= sentence.end:
            continue
        of = doc[token.i + 1].lower_ == "of" and doc[token.i + 2].lower_ in ("them", "whom")
        after = doc[token.i + 3] if of and token.i + 3 < sentence.end else doc[token.i + 1]
        if after.lower_ in ("fatally", "seriously", "critically", "gravely"):
            yield "killed" if after.lower_ == "fatally" else "injured", token, None
        elif of and after.lemma_ == "be" and after.i + 1 < sentence.end:
            role = last_noun(after.i + 1, sentence)
            if kind_of_word(role.lower_):
                yield "same", token, role


def tolls(sentence: Span) -> Iterator[tuple[str, Token]]:
    """Yield (effect, number) of "the death toll rose to 31", "the toll later rose to 15", "the number killed rose".

    Of a correction ("to 17 from 23") the newer number comes first.
    """
    words = {token.lower_: token for token in sentence}
    toll = words.get("toll") or words.get("number")
    if toll is None:
        return
    following = [token.lower_ for token in sentence.doc[toll.i:min(toll.i + 8, sentence.end)]]
    before = [token.lower_ for token in sentence.doc[max(toll.i - 6, sentence.start):toll.i]]
    effect = ("killed" if before[-1:] == ["death"] or _DEAD & set(following)
              else "injured" if {"injured", "wounded", "injuries"} & set(following) else None)
    if effect is None and toll.lower_ == "toll" and (_RISING & set(following) or _SETTING & set(before)):
        effect = "killed"  # a toll that rises or is put at a number is of deaths, unless it is said of what
    if effect is None or (toll.lower_ == "number" and "of" not in following):
        return
    brought = {"bring", "brings", "bringing", "brought"} & set(before)  # "brings to 14 the number of mayors killed"
    numbers = [t for t in sentence if t.like_num and t.i > sentence.start and t.nbor(-1).lower_ in _BEFORE_FIGURE
               and (t.i > toll.i or (brought and t.i > toll.i - 4))]
    to = [t for t in numbers if t.nbor(-1).lower_ != "from" and t.nbor(-1).lower_ != "by"]
    yield from ((effect, token) for token in [*to, *(t for t in numbers if t.nbor(-1).lower_ == "from")])
