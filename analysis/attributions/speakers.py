"""Who can speak, and what stands between a speaker and the words: documents, rumours, views."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from analysis import lexicon
from analysis.attributions.cues import words
from analysis.attributions.frames import agent_of, hearer_of, owner
from analysis.mentions.words import plurals

SPEAKERS = ("PERSON", "ORG", "NORP")  # a place before a colon says where, not who
_SPEAKING = ("speak", "talk")
_NOBODY, _NO = ("nobody", "none", "nothing"), ("no", "neither")


def is_nobody(head: Token) -> bool:
    """True for "no group" and "nobody": that nobody said it is not said by anybody."""
    return head.lower_ in _NOBODY or any(c.lower_ in _NO and c.dep_ in ("det", "neg") for c in head.children)


def is_rumour(head: Token) -> bool:
    """True for "reports" and "rumours" of nobody: not for "police reports", "reports from the front"."""
    return head.lower_ in words("rumour") and not any(
        c.dep_ in ("compound", "poss", "agent", "prep", "acl", "relcl") for c in head.children)


def speaks(head: Token) -> bool:
    """True for a word that names somebody who can speak: a name, "officials", "state media"."""
    return head.ent_type_ in SPEAKERS or head.pos_ == "PROPN" or head.lower_ in roles() | people()


@cache
def roles() -> frozenset[str]:
    """Return the words for those who speak, in both numbers."""
    return frozenset(form for row in lexicon.rows("speaker_roles") for form in (row["role"], row["plural"]) if form)


@cache
def people() -> frozenset[str]:
    """The words for people of any kind, in both numbers: who is cited may be a priest."""
    return frozenset(form for row in lexicon.rows("victim_words") for form in (row["words"], *plurals(row["words"])))


def is_medium(head: Token) -> bool:
    """True for a paper, a station or an agency, which passes on what others said: "state television", "Reuters"."""
    return head.lower_ in _media()


@cache
def _media() -> frozenset[str]:
    """The last words of the lexicon's media, by name and in general."""
    named = [name for row in lexicon.rows("names") if row["type"] == "media"
             for name in (row["name"], *(row["aliases"] or "").split("|")) if name]
    general = [row["word"] for row in lexicon.rows("type_words") if row["type"] == "media"]
    return frozenset(name.split()[-1].lower() for name in named + general)


def issuer(head: Token) -> Token:
    """Return who speaks in a document, "a statement from the army", "a police report"; else the word itself."""
    if head.lower_ not in words("document"):
        return head
    made = next((agent for c in head.children if c.dep_ == "acl" and c.lemma_ not in words("showing")
                 and (agent := agent_of(c)) is not None), None)
    found = made or (owner(head) if head.dep_ not in ("dobj", "attr") else None) or _of_phrase(head)
    return head if found is None or found.ent_type_ in ("DATE", "TIME") else found


def _of_phrase(head: Token) -> Token | None:
    """Whose a document is by the words beside it: "an army memo", "a letter seen by the paper from the army"."""
    shown = [c for verb in head.children if verb.dep_ == "acl" for c in verb.children if c.lower_ == "from"]
    sender = next((c for word in shown for c in word.children if c.dep_ == "pobj"), None)
    return sender or next((c for c in head.children if c.dep_ == "compound" and c.i == head.i - 1 and speaks(c)
                           and head.lower_ not in words("rumour")), None)


def passed_on_by(head: Token) -> Token | None:
    """Return who got or passed on what others say: "a letter seen by the paper", "a doctor who spoke to the radio"."""
    for verb in (c for c in head.children if c.dep_ in ("acl", "relcl")):
        if verb.lemma_ in words("showing") and (agent := agent_of(verb)) is not None:
            return agent
        if verb.lemma_ in _SPEAKING and (hearer := hearer_of(verb)) is not None:
            return hearer
    return None
