"""Parts that a sentence makes of its total: "one fatally", "four of them seriously", "four of whom were policemen"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from analysis.casualties.kinds import kind_of_word
from analysis.casualties.rolls import last_noun


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
