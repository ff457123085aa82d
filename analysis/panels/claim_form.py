"""The form of the review: why a claim is rejected, what it should say, or which claim was missed; and its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets

from analysis.corpus import Corpus
from analysis.markup import seen
from analysis.panels.controls import choice, columns, row, suggestion, text
from analysis.panels.marks import marks
from analysis.panels.reader import Reader
from analysis.panels.table import HERE
from analysis.records import EFFECTS, ROLES, STATUSES, Casualty
from analysis.typed_claims import NOTHING, reading, suggestions

REASONS = ("not about casualties", "the words are misread", "told of another event", "told elsewhere already",
           "two events of one day")
FIRST = {"": "", "reject": "Reason", "correct": "At least", "add": "Words"}  # {what the form is for: where one begins}


class Keys(anywidget.AnyWidget):
    """The keys of the review around it; ``focus``: the label of a field to go to, "" for none, and how often so far."""

    _esm = HERE / "keys.js"
    focus = traitlets.List(["", 0]).tag(sync=True)

    def go(self, label: str = "") -> None:
        """Go to a field by its label, "" to leave all."""
        self.focus = [label, self.focus[1] + 1]


class ClaimForm(widgets.VBox):
    """The form, closed at first. ``mode``: what it is for, one of ``FIRST``; ``reader``: where words are selected."""

    def __init__(self, corpus: Corpus, reader: Reader, buttons: Sequence[widgets.Widget]):
        self.corpus, self.reader, self.mode, self._buttons, self.letters = corpus, reader, "", row(*buttons), Keys()
        titles = zip(corpus.articles["article_id"], corpus.articles["title"], strict=True)
        self.article = suggestion("Article", "type a part of its title", [
            name if pd.isna(title) else f"{name} · {seen(title)}" for name, title in titles], wide=True)
        self.words = text("Words", "select them in the article", wide=True)
        self.why = suggestion("Reason", "for others to follow", REASONS, wide=True)
        self.fields = {"low": text("At least", "people"), "high": text("At most", "empty: not known"),
                       "effect": choice("Harm", EFFECTS, first=None),
                       "source": suggestion("Who says so", "as in the text", ()),
                       "place": suggestion("Place", "", ()), "date": text("Day", "2019-03-04"),
                       "victim_status": choice("Victims are", STATUSES, first=None),
                       "role": choice("Role", ROLES, first=None), "event": suggestion("Event", "", (), wide=True),
                       "of": suggestion("Of claim", "for a part or repetition", (), wide=True)}
        super().__init__([self.letters])
        self.article.observe(lambda _: self._read_article(), names="value")
        reader.observe(lambda change: self._take_words(change["new"]), names="selection")

    def turn_to(self, mode: str = "", claim: Casualty | None = None, move: bool = True) -> None:
        """Open the form, with what a claim says now, or close it (""); ``move``: go there, or back to the keys."""
        self.mode, self.why.value = mode, ""
        if mode == "correct":
            self._fill(claim.article_id, claim)
        if mode == "add":
            names = [name for name in self.article.options if claim and name.partition(" · ")[0] == claim.article_id]
            self.words.value, self.article.value = "", (names or self.article.options or ("",))[0]
            self._read_article()
        parts = {"": (), "reject": (self.why,), "correct": (*self.fields.values(), self.why),
                 "add": (self.article, self.words, *self.fields.values(), self.why)}[mode]
        self.children = [self.letters, *([columns(*parts), self._buttons] if mode else [])]
        if move:
            self.letters.go(FIRST[mode])

    @property
    def read(self) -> Mapping[str, str]:
        """What the form says of the claim."""
        return {name: field.value for name, field in self.fields.items()}

    def show_article(self, article_id: str, claim: Casualty | None = None) -> None:
        """Open an article in the reader, at a claim."""
        span = (claim.start, claim.end) if claim else ()
        self.reader.read(self.corpus, article_id, *span, around=marks(self.corpus, article_id, False, True, False))

    def _fill(self, article_id: str, claim: Casualty | None) -> None:
        """Let the form say what a claim says, and offer what else may be meant."""
        for name, offered in suggestions(self.corpus, article_id, claim).items():
            self.fields[name].options = [seen(one) for one in offered]
        for name, value in (NOTHING if claim is None else reading(self.corpus, claim)).items():
            self.fields[name].value = value

    def _read_article(self) -> None:
        """Open the article in which a claim was missed."""
        article_id = self.article.value.partition(" · ")[0]
        if self.mode == "add" and article_id in set(self.corpus.articles["article_id"]):
            self._fill(article_id, None)
            self.show_article(article_id)

    def _take_words(self, span: Sequence[int]) -> None:
        if self.mode == "add" and len(span) == 2 and self.reader.article_id is not None:
            self.words.value = self.corpus.text(self.reader.article_id)[slice(*span)].strip()
