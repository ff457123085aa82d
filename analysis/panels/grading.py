"""Grade by hand: a letter for a source, a number for a claim, with a reason, beside the suggestion; take it back."""

from __future__ import annotations

from functools import partial

from analysis.corpus import Corpus
from analysis.judgements import Judgement, JudgementError
from analysis.panels.grid import Listing
from analysis.panels.page import table_html
from analysis.panels.panel import Done, Panel, Picked, Shown, choice, counted, text
from analysis.panels.reader import read_row
from analysis.panels.review import NO_CLAIM, anchored, chosen
from analysis.panels.sources import grades_view, sources_view
from analysis.sources import LETTERS, NUMBERS

NO_REASON = "Not saved: a grade needs a reason that others can follow."
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


def save_grade(corpus: Corpus, source: str | None, letter: str, why: str) -> Done:
    """Write a grade into the journal, and say what was done or why not."""
    if source is None:
        return Done(NO_SOURCE)
    if not why.strip():
        return Done(NO_REASON)
    try:
        made = corpus.judge("grade", source, value=letter.split()[0], why=why.strip())
    except JudgementError as error:
        return Done(f"Not saved: {error}")
    return Done(f"Saved: {source}, {letter}", partial(corpus.undo, made.id))


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
    letters = choice("Your grade", [f"{letter} {meaning}" for letter, meaning in LETTERS.items()], first=None,
                     wide=True)
    letters.value = letters.options[-1]  # "cannot be judged", until the analyst says otherwise
    return Panel(partial(show_grade, corpus), actions=actions,
                 source=choice("Source", corpus.sources["source"], first=None, wide=True), letter=letters,
                 why=text("Reason", "why, so that others can follow", wide=True))


def show_numbers(corpus: Corpus) -> Shown:
    """Return all claims with their Admiralty numbers, to choose one."""
    claims = corpus.casualties.set_index(["article_id", "casualty"], drop=False)
    n_given = int(claims["grade_number"].notna().sum())
    order = {"effect": "effect", "number": "low", "given": "grade_number", "suggested": "grade_number_suggested"}
    return Shown(f"{counted(len(claims), 'claim')}, {n_given:,} graded by you", "",
                 Listing(claims, partial(grades_view, corpus), order, "There is no claim to grade."))


def save_number(corpus: Corpus, picked: Picked, number: str, why: str, **_: object) -> Done:
    """Write the number of the chosen claim into the journal, and say what was done or why not."""
    claim = chosen(corpus, picked)
    if claim is None:
        return Done(NO_CLAIM)
    if not why.strip():
        return Done(NO_REASON)
    try:
        judgement = corpus.judge("grade", anchors=(anchored(corpus, claim),), why=why.strip(),
                                 value={"effect": claim.effect, "grade": int(number.split()[0])})
    except JudgementError as error:
        return Done(f"Not saved: {error}")
    return Done(f"Saved: {claim.effect}, {number}", partial(corpus.undo, judgement.id))


def numbers_panel(corpus: Corpus) -> Panel:
    """Return the panel in which the analyst grades claims; the chosen claim's sentence stands beside the table."""
    words = [f"{number} {meaning}" for number, meaning in NUMBERS.items()]
    numbers = choice("Your number", words, first=None, wide=True)
    numbers.value = numbers.options[-1]  # "cannot be judged", until the analyst says otherwise
    return Panel(partial(show_numbers, corpus), {"Save the number": partial(save_number, corpus)}, table="Claims",
                 read=partial(read_row, corpus, claims=True),
                 fields={"number": numbers, "why": text("Reason", "why, so that others can follow", wide=True)})
