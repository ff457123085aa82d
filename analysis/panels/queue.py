"""The review panel: one question at a time, the most urgent first; a key for each answer; what was decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import ipywidgets as widgets
import pandas as pd

from analysis.corpus import Corpus
from analysis.markup import escape, seen
from analysis.outline import percent
from analysis.panels import judging, review
from analysis.panels.claim_form import ClaimForm
from analysis.panels.controls import Button, row
from analysis.panels.panel import Done, Panel, Status
from analysis.panels.reader import Reader
from analysis.panels.tables import counted
from analysis.records import Casualty
from analysis.review_queue import CLAIM, MAY_BE
from analysis.typed_claims import called, claims_of

Key = tuple[str, int]  # article_id, casualty
SAME = "they tell of one event"  # why a question of the queue is answered with yes
MOST = 200  # decisions that are listed
RIGHT_OR_NOT = ("Accept: it is read rightly. Correct: it is a claim, but read wrongly. "
                "Reject: it is no such claim and counts nowhere.")
ONE_OR_TWO = "Accept: they are one event. Reject: they are two."
DONE = "Nothing is left to ask: what is sure, or moves no total, is not asked about."


class Review(widgets.VBox):
    """The queue (``Corpus.review_queue``) as questions, or the claims that are selected in the table of a ``panel``.

    The panel shows what each decision changes.
    """

    def __init__(self, corpus: Corpus, panel: Panel | None = None):
        self.corpus, self.panel = corpus, panel
        self._selected: list[Key] = []
        self._asked: tuple[pd.DataFrame, pd.DataFrame] | None = None  # the claims, and the queue made of them
        self._order: list[tuple] = []  # the questions in the order in which they are asked
        self._passed: list[tuple] = []
        self.status, self.card = Status(), widgets.HTML()
        self.reader = Reader(layout=widgets.Layout(flex="2 1 340px", min_width="0", margin="0 0 0 8px"))
        actions = {"Accept (A)": self.accept, "Reject (R)": partial(self.turn_to, "reject"),
                   "Correct (C)": partial(self.turn_to, "correct"), "Same event (S)": self.same_event,
                   "Next (N)": self.next, "Undo (U)": self.undo, "Missed claim (M)": partial(self.turn_to, "add"),
                   "Save (Enter)": self.save, "Cancel (Esc)": self.turn_to}
        self.buttons = {label: Button(label, partial(self._act, action)) for label, action in actions.items()}
        labels = list(self.buttons)
        self.form = ClaimForm(corpus, self.reader, [self.buttons[label] for label in labels[7:]])
        self.decided = widgets.Select(rows=4, layout=widgets.Layout(width="auto"))
        self.decided.add_class("wb-wide")
        left = widgets.VBox([row(*(self.buttons[label] for label in labels[:7])), self.form, self.card],
                            layout=widgets.Layout(flex="3 1 380px", min_width="0"))
        pair = row(left, self.reader)
        pair.layout.align_items = "flex-start"
        super().__init__([self.status, pair, widgets.Label("Decided, newest first:"), self.decided])
        self.add_class("wb-review")
        if panel is not None:
            panel.table.on_select(lambda _: self._follow())
        self.show()

    def __repr__(self) -> str:
        return f"Review: {self.status.value}"

    def _follow(self) -> None:
        """Show the claims that are selected in the panel's table."""
        chosen = self.panel.table.selected
        self.select(list(zip(chosen["article_id"], map(int, chosen["casualty"]), strict=True)))

    def select(self, keys: Sequence[Key]) -> None:
        """Show these claims instead of the queue; none of them for the queue."""
        self._selected = list(keys)
        self.form.turn_to(move=False)  # the table keeps the focus
        self.show()

    def show(self, said: str = "") -> None:
        """Show what is asked now, how much is left, and what was decided; ``said`` comes first."""
        self._ask()
        claims = self.claims()
        left = counted(len(self._order) + len(self._passed), "question") + " left"
        at = counted(len(claims), "claim") + " selected" if self._selected else left
        self.status.value = " — ".join(filter(None, [said, f"{at}; {review.reviewed(self.corpus)}"]))
        self.card.value = self._card(claims)
        asking = bool(claims) and self.form.mode != "add"
        for label, can in (("Accept", asking), ("Reject", asking), ("Correct", asking and len(claims) == 1),
                           ("Same event", asking and self._other() is not None), ("Next", self.form.mode != "add")):
            self.buttons[f"{label} ({label[0]})"].disabled = not can
        if asking:
            self.form.show_article(claims[0].article_id, claims[0])
        listed = [(seen(said), ids) for said, ids in judging.decided(self.corpus, MOST)]
        if listed != list(self.decided.options):
            self.decided.options = listed
            self.decided.index = 0 if listed else None
        self.buttons["Undo (U)"].disabled = not listed

    def claims(self) -> list[Casualty]:
        """Return the claims that answers are about."""
        if self._selected:
            return claims_of(self.corpus, *self._selected)
        if self.question is None:
            return []
        return self._claims_of(self.question, "")

    def _claims_of(self, question: pd.Series, side: str) -> list[Casualty]:
        """Return the claim of a question, or the one it is compared with (``side`` "other_")."""
        if question["kind"] == MAY_BE:
            known = self.corpus.casualties
            first = known[known["incident"] == question[f"{side}incident"]].head(1)
            keys = list(zip(first["article_id"], first["casualty"], strict=True))
        else:
            keys = [(question[f"{side}article_id"], question[f"{side}casualty"])]
        return claims_of(self.corpus, *(key for key in keys if pd.notna(key[0])))

    def _ask(self) -> None:
        """Find what is to be asked: the order stays, what was answered goes, what is new comes last."""
        if self._asked is None or self._asked[0] is not self.corpus.casualties:  # only a decision changes what to ask
            self._asked = self.corpus.casualties, self.corpus.review_queue()
        queue = self._asked[1]
        names = list(zip(queue["kind"], queue["article_id"].fillna(queue["incident"]),
                         queue["casualty"].fillna(-1), strict=True))
        there = dict(zip(names, range(len(names)), strict=True))
        kept = [name for name in self._order if name in there]
        known = {*kept, *self._passed}
        self._passed = [name for name in self._passed if name in there]
        self._order = kept + [name for name in names if name not in known]
        if not self._order:
            self._order, self._passed = self._passed, []
        self.question = None if not self._order else queue.iloc[there[self._order[0]]]

    def _other(self) -> Casualty | None:
        """Return the claim that the question compares with."""
        if self._selected:
            claims = self.claims()
            return claims[1] if len(claims) == 2 else None
        return next(iter(self._claims_of(self.question, "other_")), None) if self.question is not None else None

    def accept(self) -> Done:
        """Accept the claims, or say yes to a question about events."""
        if self._about_events():
            return self.same_event()
        return review.judge(self.corpus, "claim_accepted", self.claims())

    def _about_events(self) -> bool:
        return not self._selected and self.question is not None and self.question["kind"] != CLAIM

    def same_event(self) -> Done:
        """Say that the claim and the one it is compared with are of one event."""
        return review.events(self.corpus, "incident_merged", self.claims()[0], self._other(), SAME)

    def next(self) -> None:
        """Pass over the question, to be asked again after all others; or go back from selected claims to the queue."""
        if self._selected:
            self._selected = []
        elif self._order:
            self._passed.append(self._order.pop(0))

    def undo(self) -> Done | None:
        """Take back the decision that is marked in the list: the newest unless another was chosen."""
        if self.decided.value is None:
            return None
        return judging.take_back(self.corpus, self.decided.value, self.decided.label)

    def turn_to(self, mode: str = "") -> None:
        """Open the form to reject, correct or add a claim; "" closes it."""
        self.form.turn_to(mode, next(iter(self.claims()), None))

    def save(self) -> Done | None:
        """Save what the form says."""
        form, why = self.form, self.form.why.value
        if form.mode == "reject":
            if self._about_events():
                return review.events(self.corpus, "incident_split", self.claims()[0], self._other(), why)
            return review.judge(self.corpus, "claim_rejected", self.claims(), why)
        if form.mode == "correct":
            return review.correct(self.corpus, self.claims()[0], why, **form.read)
        selected = tuple(self.reader.selection) or None
        return review.add(self.corpus, self.reader.article_id, form.words.value, selected, why, **form.read
                          ) if form.mode else None

    def _act(self, action: Callable[[], Done | None]) -> None:
        """Do what a button is for, and show what came of it."""
        with self.status.working():
            done = action()
            if done is None:
                self.show()
                return
            if done.undo:
                self.turn_to()
                self._selected = []
                if self.panel is not None:
                    self.panel.refresh()
            self.show(done.words)

    def _card(self, claims: Sequence[Casualty]) -> str:
        """Return what is asked of which claims."""
        if self.form.mode == "add":
            return "<p><b>Which claim was missed?</b> Choose its article and select the words for the victims.</p>"
        if not claims:
            return f"<p>{DONE}</p>"
        if len(claims) > 1 and self._selected:
            said = "".join(f"<li>{escape(one.article_id)}: {escape(called(one))}</li>" for one in claims[:20])
            return f"<p><b>{len(claims)} claims: Accept and Reject are about all of them.</b></p><ul>{said}</ul>"
        asked, why, other, events = "Is this claim right?", "", None, self._about_events()
        if not self._selected:
            asked, other = str(self.question["question"]), self._other() if events else None
            why = f" Asked because of {percent(self.question['doubt'])} doubt about {self.question['people']:,} people."
        shown = "".join(review.claim_html(self.corpus, one) for one in (claims[0], other) if one is not None)
        return (f"<p style='font-size:115%;margin:4px 0'><b>{escape(asked)}</b></p>"
                f"<p style='opacity:.75;margin:0 0 6px'>{ONE_OR_TWO if events else RIGHT_OR_NOT}{escape(why)}</p>"
                f"{shown}")


def review_panel(corpus: Corpus, panel: Panel | None = None) -> Review:
    """Return the panel in which the analyst answers the queue, corrects claims and adds those that were missed.

    ``panel``: that of the claims (``casualties_panel``), of which the selected ones are asked about instead.
    """
    return Review(corpus, panel)
