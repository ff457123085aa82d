"""People of whom it is said that nobody survived."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from analysis.casualties.clauses import subject_of
from analysis.casualties.kinds import NOBODY
from analysis.casualties.phrases import inner_of


def lost(sentence: Span) -> Iterator[tuple[Token, Token]]:
    """Yield (word, head of the people) of "no survivors among the 40 passengers", "none survived"."""
    for token in sentence:
        if token.lower_ in ("survivor", "survivors"):
            none = any(child.lower_ == "no" for child in token.lefts)
            of = next((c for c in token.rights if c.lower_ in ("among", "of", "from")), None)
            whole = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
            if none and whole is not None:
                yield whole, whole
        elif token.lemma_ == "survive" and token.pos_ == "VERB" and (subject := subject_of(token)) is not None:
            nobody = subject.lower_ in NOBODY | {"one"} and (subject.lower_ != "one" or any(
                c.lower_ in ("no", "not") for c in subject.lefts))
            negated = any(child.dep_ == "neg" for child in token.children)
            if nobody != negated:
                whole = (inner_of(subject) or subject) if nobody else subject
                yield (token if whole == subject and nobody else whole), whole
