"""A brief on incidents as one web page in one file, to send or to print.

    brief.py      the tables of a corpus -> what a reader of one incident needs
    report.html   the page, filled by jinja2; every value goes through ``markup.escape``
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from analysis.corpus import Corpus
from analysis.files import results
from analysis.incidents import DEFAULT, POLICIES
from analysis.markup import escape
from analysis.method import method
from analysis.reports.brief import PICTURES, briefs, sums

__all__ = ["report", "write_report"]


def report(corpus: Corpus, incidents: Sequence[str] = (), policy: str = DEFAULT.name, made: date | None = None) -> str:
    """Return the page on some incidents, on all without a name: figures, ledger, sources, sentences, method.

    ``policy``: the one the ledger and the headlines follow; the figures of the others stand beside. ``made``: the day
    to print on it. The page holds its pictures, runs nothing and asks for nothing; of the articles it has only the
    sentences that its claims rest on. Raises ValueError for an incident or a policy that does not exist.
    """
    if policy not in POLICIES:
        raise ValueError(f"there is no policy {policy!r}, only {', '.join(POLICIES)}")
    known = list(dict.fromkeys(corpus.incidents["incident"]))
    if unknown := [name for name in incidents if name not in known]:
        raise ValueError(f"there is no incident {', '.join(unknown)}, only {', '.join(known) or 'none at all'}")
    chosen = list(dict.fromkeys(incidents)) or known
    told = briefs(corpus, chosen, POLICIES[policy])
    return _template().render(
        briefs=told, policy=POLICIES[policy], made=made,
        method=method(corpus.tables, policy, corpus.own).split("\n\n"),
        sums=sums(corpus, chosen, policy) if len(chosen) > 1 else [], left_out=len(known) - len(chosen),
        pictures=len(chosen) <= PICTURES)


def write_report(corpus: Corpus, path: Path, incidents: Sequence[str] = (), policy: str = DEFAULT.name,
                 made: date | None = None) -> Path:
    """Write the page into a file and return its path: the whole page or none.

    Raises OSError, FileExistsError for a file that is not as the workbook wrote it, and as ``report``.
    """
    page = report(corpus, incidents, policy, made)
    with results(path.parent, [path.name]) as [unfinished]:
        unfinished.write_text(page, encoding="utf-8")
    return path


@cache
def _template() -> Template:
    return Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, finalize=_shown,
                       autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template("report.html")


class _Escaped(str):
    """Text that has been through ``escape``; ``__html__`` is how jinja2 knows it."""

    def __html__(self) -> str:
        return self


def _shown(value: object) -> object:
    """Every value of the page goes through the one function that escapes."""
    return value if hasattr(value, "__html__") else _Escaped(escape("not known" if value is None else value))
