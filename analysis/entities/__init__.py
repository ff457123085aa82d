"""Mentions to entities: aliases, acronyms, surnames and "the militants", within an article and over the corpus.

    names.py     when two names mean the same, and why
    article.py   link: the mentions of one article;  nominal.py: "the militants"
    corpus.py    assemble: the entities of all articles, as the analyst decided
    groups.py    names joined and kept apart;  rows.py: one group to its row
"""

from analysis.entities.article import link
from analysis.entities.corpus import NOT_AN_ENTITY, Assembled, assemble
from analysis.entities.rows import Alike

__all__ = ["NOT_AN_ENTITY", "Alike", "Assembled", "assemble", "link"]
