"""Who the speakers are: the phrase of a source, and the entity that it names or stands for."""

from __future__ import annotations

import re
from functools import cached_property

from spacy.tokens import Doc, Token

from analysis.attributions.cues import words
from analysis.attributions.phrases import characters, phrase
from analysis.attributions.speakers import is_medium, issuer, people
from analysis.attributions.voice import Voice
from analysis.language import word_before
from analysis.mentions import MentionIndex
from analysis.records import Spans

_MONITOR = re.compile(r"\b(?:monitor(?:s|ing (?:group|organi[sz]ation))?|watchdog|observatory)\b")
_WATCHES = re.compile(r"\b(?:Observatory|Monitor|Watch|Monitoring)\b")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_SINGULAR = frozenset(("he", "she", "his", "her"))
_BODIES = frozenset(("it", "they"))


class Sources:
    """The entities of an article's voices, resolved in reading order: ``entity[n]``, and who was told, ``told[n]``.

    "Reporters" and "people" who were told pass nothing on by name: only a name is kept.
    """

    def __init__(self, doc: Doc, mentions: MentionIndex):
        self.doc, self.mentions = doc, mentions
        self.entity: dict[int, str | None] = {}
        self.told: dict[int, str | None] = {}
        self._last: tuple[str, int] | None = None  # the last person who spoke, and the head word's number
        self._last_body: tuple[str, int] | None = None  # the last one who spoke that is no person
        self._offices: dict[str, str] = {}  # "spokesman" -> the person who was last called so as a source

    def read(self, n: int, voice: Voice) -> None:
        """Resolve the source and the hearer of voice ``n``."""
        head = voice.source and issuer(voice.source)
        self.entity[n] = self._named(head, voice.source_spans if head == voice.source else (phrase(head, voice.token),))
        for noun in (noun for word in voice.token.children if word.dep_ == "prep" for noun in word.children):
            if issuer(noun) == noun and noun.lower_ in words("document") and self.entity[n]:
                self._offices[noun.lower_] = self.entity[n]  # "said in a statement" … "the statement"
        if head is not None and head != voice.source and self.entity[n]:
            self._offices[voice.source.lower_] = self.entity[n]
        hears = voice.told is not None and (voice.told.pos_ == "PROPN" or self.is_named(voice.told))
        self.told[n] = self._named(voice.told, (phrase(voice.told, voice.token),)) if hears else None

    def is_named(self, head: Token | None) -> bool:
        """True where a mention with an entity covers the word: "reporters" is no link of a chain, an agency is."""
        return self._mentioned(head) is not None or (head is not None and is_medium(head))

    def _named(self, head: Token | None, spans: Spans) -> str | None:
        if head is None or not spans:
            return None
        unnamed = self._pronoun(head) if head.pos_ == "PRON" else (
            self._office(head) or self._monitor(spans) or self._phrase(head, spans))
        entity = self._mentioned(head) or unnamed
        if entity and self._is_person(head):
            self._last = (entity, head.i)
            self._offices.update((word.lower_, entity) for word in self.doc[slice(*spans[0])] if word.pos_ == "NOUN")
        elif entity and head.pos_ != "PRON":
            self._last_body = (entity, head.i)
        return entity

    def _mentioned(self, head: Token | None) -> str | None:
        """The entity of a name, of the name in apposition ("the spokesman, Omar"), else of a nominal mention."""
        if head is None:
            return None
        found = [self.mentions.at(word) for word in (head, *(c for c in head.children if c.dep_ == "appos"))]
        named = [m for m in found if m is not None and m.entity]
        return next((m.entity for m in named if not m.nominal), named[0].entity if named else None)

    def _is_person(self, head: Token) -> bool:
        found = [self.mentions.at(word) for word in (head, *(c for c in head.children if c.dep_ == "appos"))]
        if not any(found) and head.tag_ == "NN" and head.lower_ in people():
            return True
        return any(m is not None and m.type == "person" for m in found) or head.lower_ in _SINGULAR

    def _pronoun(self, head: Token) -> str | None:
        """"He" is the last person who spoke, within three sentences; "it" the last body, in the sentence before."""
        last, reach = (self._last, 3) if head.lower_ in _SINGULAR else (self._last_body, 1)
        if head.lower_ in _SINGULAR and (subject := self._subject_before(head)) is not None:
            return subject
        if head.lower_ not in _SINGULAR | _BODIES or last is None:
            return None
        entity, at = last
        between = sum(1 for t in self.doc[at:head.i + 1] if t.is_sent_start)
        return entity if between <= reach else None

    def _subject_before(self, head: Token) -> str | None:
        """The person who is the subject of the sentence: "Dr Wren read out names of men who he said had died"."""
        subject = next((c for c in head.sent.root.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < head.i), None)
        return self._mentioned(subject) if subject is not None and self._is_person(subject) else None

    def _office(self, head: Token) -> str | None:
        """"The spokesman" is the person who spoke before under that word; with more to it, it may be another one."""
        definite = {c.lower_ for c in head.lefts} == {"the"}
        return self._offices.get(head.lower_) if definite else None

    def _monitor(self, spans: Spans) -> str | None:
        """"A war monitor", "the Britain-based monitoring group" is the only monitor that the article names."""
        said = self.doc[slice(*spans[0])].text
        names = (word for word in self.doc[slice(*spans[0])] if word.pos_ == "PROPN" and word.ent_type_ != "GPE")
        return self._watching if _MONITOR.search(said) and not any(map(self.is_named, names)) else None

    @cached_property
    def _watching(self) -> str | None:
        named = {m.entity for m in self.mentions.rows if m.entity and not m.nominal and m.type == "organisation"
                 and _WATCHES.search(m.entity)}
        return named.pop() if len(named) == 1 else None

    def _phrase(self, head: Token, spans: Spans) -> str | None:
        """The words that say who it is: without ", who asked not to be named", "seen by the paper"."""
        first, last = spans[0]
        last = min((c.left_edge.i - (word_before(c.left_edge) == ",") for c in head.rights
                    if c.dep_ in ("acl", "relcl") and first < c.left_edge.i), default=last)
        (start, end), = characters(self.doc, ((first, min(last, spans[0][1])),))
        return _ARTICLE.sub("", self.doc._.article.text[start:end]) or None
