"""Grade by hand: a letter for a source, a number for a claim, with a reason, beside the suggestion; take it back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ipywidgets import ValueWidget

from analysis.corpus import Corpus
from analysis.judgements import Judgement
from analysis.panels import judging
from analysis.panels.controls import choice, text
from analysis.panels.page import table_html
from analysis.panels.panel import Done, Panel, Picked, Shown
from analysis.panels.reader import read_row
from analysis.panels.review import NO_CLAIM
from analysis.panels.sources import grades_view, sources_view
from analysis.panels.table import Listing
from analysis.panels.tables import counted
from analysis.records import Casualty
from analysis.review import extracted
from analysis.sources import LETTERS, NUMBERS
from analysis.typed_claims import anchored, claims_of

NO_SOURCE = "No one speaks in these articles."
CANNOT_BE_JUDGED = list(LETTERS)[-1], list(NUMBERS)[-1]
NO_GRADE = "There is no grade of yours to take back."


def show_grade(corpus: Corpus, source: str | None) -> Shown:
    """Return what is known of a source, with the grade in force and the one suggested."""
    known = sources_view(corpus)
    row = known[known["source"] == source]
    if row.empty:
        return Shown(NO_SOURCE)
    by = "given by you" if given(corpus, source) else "as suggested"
    return Shown(f"{source}: {row['grade'].iloc[0]}, {by}", table_html(row))


def given(corpus: Corpus, about: str | Casualty) -> list[Judgement]:
    """Return the grades in force that the analyst gave a source, or a claim, the latest last."""
    grades = [j for j in corpus.journal.in_force() if j.kind == "grade"]
    if isinstance(about, str):
        return [j for j in grades if j.target == (about,)]
    return [j for j in grades if j.anchors == (anchored(corpus, about),) and j.value["effect"] == extracted(about)]


def letter_in_force(corpus: Corpus, source: str | None, **_: object) -> dict[str, str]:
    """Return {"letter": the grade in force of a source}: the analyst's own, else the one suggested."""
    known = corpus.sources[corpus.sources["source"] == source]
    given = known["grade_letter"].fillna(known["grade_letter_suggested"])
    return {"letter": next((letter for letter in given if letter in LETTERS), CANNOT_BE_JUDGED[0])}


def save_grade(corpus: Corpus, source: str | None, letter: str, why: str) -> Done:
    """Write the letter of a source into the journal, and say what was done or why not."""
    if source is None:
        return Done(NO_SOURCE)
    return judging.write(corpus, f"{source}, {letter} {LETTERS[letter]}", "grade", source, value=letter, why=why)


def take_back_grade(corpus: Corpus, source: str | None, **_: object) -> Done:
    """Take back the latest grade of a source."""
    grades = given(corpus, source or "")
    return judging.take_back(corpus, [grades[-1].id], f"{source}, {grades[-1].value}") if grades else Done(NO_GRADE)


def grading_panel(corpus: Corpus) -> Panel:
    """Return the panel in which the analyst grades sources."""
    actions = {"Save the grade": partial(save_grade, corpus), "Take it back": partial(take_back_grade, corpus)}
    return Panel(partial(show_grade, corpus), actions, fields=_fields("Your grade", letter=LETTERS),
                 stands=partial(letter_in_force, corpus),
                 source=choice("Source", corpus.sources["source"], first=None, wide=True))


def show_numbers(corpus: Corpus) -> Shown:
    """Return all claims with their Admiralty numbers, to choose one."""
    claims = corpus.casualties.set_index(["article_id", "casualty"], drop=False)
    n_given = int(claims["grade_number"].notna().sum())
    order = {"effect": "effect", "number": "low", "given": "grade_number", "suggested": "grade_number_suggested"}
    return Shown(f"{counted(len(claims), 'claim')}, {n_given:,} graded by you", "",
                 Listing(claims, partial(grades_view, corpus), order, "There is no claim to grade.",
                         hidden=("why",)))


def _chosen(corpus: Corpus, picked: Picked) -> Casualty | None:
    keys = [] if picked.row is None else [(picked.row["article_id"], picked.row["casualty"])]
    return next(iter(claims_of(corpus, *keys)), None)


def number_in_force(corpus: Corpus, picked: Picked, **_: object) -> dict[str, int]:
    """Return {"number": the grade in force of the chosen claim}: the analyst's own, else the one suggested."""
    claim = _chosen(corpus, picked)
    given = (claim.grade_number, claim.grade_number_suggested) if claim else ()
    return {"number": next((number for number in given if number in NUMBERS), CANNOT_BE_JUDGED[1])}


def save_number(corpus: Corpus, picked: Picked, number: int, why: str) -> Done:
    """Write the number of the chosen claim into the journal, and say what was done or why not."""
    claim = _chosen(corpus, picked)
    return judging.write(corpus, f"{claim.effect}, {number} {NUMBERS[number]}", "grade", why=why, anchors=(
        anchored(corpus, claim),), value={"effect": extracted(claim), "grade": number}) if claim else Done(NO_CLAIM)


def take_back_number(corpus: Corpus, picked: Picked, **_: object) -> Done:
    """Take back the latest number of the chosen claim."""
    claim = _chosen(corpus, picked)
    grades = given(corpus, claim) if claim else []
    return judging.take_back(corpus, [grades[-1].id], f"{claim.effect}, {grades[-1].value['grade']}") if grades else (
        Done(NO_GRADE if claim else NO_CLAIM))


def numbers_panel(corpus: Corpus) -> Panel:
    """Return the panel in which the analyst grades claims; the chosen claim's sentence stands beside the table."""
    actions = {"Save the number": partial(save_number, corpus), "Take it back": partial(take_back_number, corpus)}
    return Panel(partial(show_numbers, corpus), actions, table="Claims", read=partial(read_row, corpus, claims=True),
                 fields=_fields("Your number", number=NUMBERS), stands=partial(number_in_force, corpus))


def _fields(label: str, **grades: Mapping[object, str]) -> dict[str, ValueWidget]:
    """Return the fields for one of some grades and its reason."""
    [(name, meanings)] = grades.items()
    field = choice(label, meanings, first=None, wide=True, said=lambda grade: f"{grade} {meanings[grade]}")
    return {name: field, "why": text("Reason", "why, so that others can follow", wide=True)}
