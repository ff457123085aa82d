"""Notes of the analyst on words of an article: a line in the journal, tied to the words, and taken back like any."""

from __future__ import annotations

import pandas as pd

from analysis.corpus import Corpus
from analysis.judgements import applicable
from analysis.panels.judging import take_back, write
from analysis.panels.page import Mark
from analysis.panels.panel import Done, Picked
from analysis.panels.tables import rows, sentence
from analysis.records import Article, Span


def notes(corpus: Corpus) -> pd.DataFrame:
    """Return the notes that stand and whose words are still there: article_id, start, end, note, who, when, id."""
    written = [judgement for judgement in corpus.journal.in_force() if judgement.kind == "note"]
    found = applicable(written, rows(corpus.articles, Article)).get("note", ()) if written else ()
    return pd.DataFrame([(*place, str(j.value), j.who, j.when, j.id) for j, places in found for place in places],
                        columns=["article_id", "start", "end", "note", "who", "when", "id"])


def notes_view(corpus: Corpus) -> pd.DataFrame:
    """Return the notes for reading: article, words in their sentence, note, who, when."""
    found = notes(corpus)
    quoted = [sentence(corpus, *place) for place in zip(found["article_id"], found["start"], found["end"], strict=True)]
    return pd.DataFrame({"article": found["article_id"], "words": pd.Series(quoted, dtype=object),
                         "note": found["note"], "who": found["who"], "when": found["when"].str[:10]})


def note_marks(corpus: Corpus, article_id: str) -> list[Mark]:
    """Return the marks of the notes on an article."""
    return [Mark(n.start, n.end, "note", f"note: {n.note} ({n.who})", "note")
            for n in notes(corpus).itertuples() if n.article_id == article_id]


def write_note(corpus: Corpus, picked: Picked, note: str, **_: object) -> Done:
    """Write a note on the words that are selected in the open article, else on those of the chosen row."""
    place = pointed_at(picked)
    if place is None:
        return Done("Not saved: select words in the article, or choose a row.")
    if not note.strip():
        return Done("Not saved: the note is empty.")
    words = " ".join(corpus.text(picked.article_id)[slice(*place)].split())
    return write(corpus, f"a note on “{words}”", "note", anchors=(corpus.anchor(picked.article_id, *place),),
                 value=note.strip())


def pointed_at(picked: Picked) -> Span | None:
    """Return the words that are meant: those selected, else those of the chosen row."""
    if picked.article_id is None:
        return None
    row = picked.row
    return picked.selection or (None if row is None else (int(row["start"]), int(row["end"])))


def take_back_note(corpus: Corpus, picked: Picked, **_: object) -> Done:
    """Take back the latest note on the open article."""
    known = notes(corpus)
    written = known[known["article_id"] == picked.article_id]
    if written.empty:
        return Done("There is no note of yours on this article to take back.")
    return take_back(corpus, [written["id"].iloc[-1]], written["note"].iloc[-1])
