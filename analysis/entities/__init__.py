"""Mentions to entities: aliases, acronyms, surnames and "the militants", within an article and over the corpus."""

from analysis.entities.article import link

__all__ = ["link"]
