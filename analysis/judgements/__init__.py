"""The analyst's journal: decisions that are only ever appended, and tied to the words they are about.

    decisions.py   one decision, its JSON line, which of many stand
    journal.py     the file: append, read, undo
    fit.py         which decisions fit the articles as they are now
    merging.py     two analysts' journals into one, and where they disagree
    anchors.py     words in an article, found again after the article or the extraction has changed

A decision says who made it, when and why, what it is about (``target`` for names, ``anchors`` for words) and what it
sets (``value``). What a kind means is up to the module whose rows it changes; a new kind needs no new store.
"""

from analysis.judgements.anchors import Anchor, anchor, locate
from analysis.judgements.decisions import KINDS, UNDO, Judgement, JudgementError, in_force
from analysis.judgements.fit import Located, applicable, stale
from analysis.judgements.journal import Journal, journal_path
from analysis.judgements.merging import Disagreement, disagreements, merge_journals

__all__ = ["KINDS", "UNDO", "Anchor", "Disagreement", "Journal", "Judgement", "JudgementError", "Located", "anchor",
           "applicable", "disagreements", "in_force", "journal_path", "locate", "merge_journals", "stale"]
