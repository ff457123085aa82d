"""Grade a source by hand: the analyst's own letter, with a reason, beside the suggested one; and take it back."""

from __future__ import annotations

from functools import partial

from analysis.corpus import Corpus
from analysis.judgements import Judgement, JudgementError
from analysis.panels.page import table_html
from analysis.panels.panel import Panel, Shown, choice, text
from analysis.panels.sources import sources_view
from analysis.sources import LETTERS

NO_SOURCE = "No one speaks in these articles."


def show_grade(corpus: Corpus, source: str | None, letter: str = "", why: str = "") -> Shown:
    """Return what is known of a source, with the grade in force and the one suggested."""
    known = sources_view(corpus)
    row = known[known["source"] == source]
    if row.empty:
        return Shown(NO_SOURCE, "")
    by = "given by you" if given(corpus, source) else "as suggested"
    return Shown(f"{source}: {row['grade'].iloc[0]}, {by}", table_html(row))


def given(corpus: Corpus, source: str) -> list[Judgement]:
    """Return the grades in force that the analyst gave a source, the latest last."""
    return [j for j in corpus.journal.in_force() if j.kind == "grade" and j.target == (source,)]


def save_grade(corpus: Corpus, source: str | None, letter: str, why: str) -> str:
    """Write a grade into the journal, and return what was done or why not."""
    if source is None:
        return NO_SOURCE
    if not why.strip():
        return "Not saved: a grade needs a reason that others can follow."
    try:
        corpus.judge("grade", source, value=letter.split()[0], why=why.strip())
    except JudgementError as error:
        return f"Not saved: {error}"
    return f"Saved: {source}, {letter}"


def take_back_grade(corpus: Corpus, source: str | None, letter: str = "", why: str = "") -> str:
    """Take back the latest grade of a source, and return what was done."""
    grades = given(corpus, source) if source else []
    if not grades:
        return "There is no grade of yours to take back."
    corpus.undo(grades[-1].id)
    return f"Taken back: {source}, {grades[-1].value}"


def grading_panel(corpus: Corpus) -> Panel:
    """Return the panel in which the analyst grades sources."""
    actions = {"Save the grade": partial(save_grade, corpus), "Take it back": partial(take_back_grade, corpus)}
    letters = choice("Your grade", [f"{letter} {meaning}" for letter, meaning in LETTERS.items()], first=None)
    letters.value = letters.options[-1]  # "cannot be judged", until the analyst says otherwise
    return Panel(partial(show_grade, corpus), actions=actions,
                 source=choice("Source", corpus.sources["source"], first=None), letter=letters,
                 why=text("Reason", "why, so that others can follow"))
