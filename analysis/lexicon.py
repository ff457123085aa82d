"""The word lists in ``analysis/lexicon/*.csv``, and the user's own rows beside the articles.

A row has its ``source``: a citation that was opened, or ``unchecked``. A line that starts with ``#`` is a comment.
The user's own names go into ``lexicon.csv`` in the folder of articles, in the columns of ``names.csv``, and own harm
words into ``harm_words.csv``, in the columns of ours; they win over ours inside ``with using(...)``, so that two
corpora in one program each have their own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, lru_cache, wraps
from pathlib import Path

from analysis.inflection import noun_forms, verb_forms
from analysis.records import EFFECTS, MENTION_TYPES, Problem

FOLDER = Path(__file__).with_name("lexicon")
HARM_WORDS = "harm_words.csv"


class LexiconError(ValueError):
    """A row that cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Name:
    """An actor or a thing that is known by name. ``party`` is the side it belongs to between two ISO dates."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    party_from: str | None = None
    party_to: str | None = None
    country: str | None = None
    source: str = "unchecked"


@dataclass(frozen=True, slots=True)
class HarmWord:
    """A word, or several ("put to the sword"), that says people came to harm; see ``lexicon/harm_words.csv``.

    ``effect`` may be two joined by ``|``, or "none" where the word is no harm in the user's articles. ``forms``: the
    irregular ones, with spaces between. ``side``: where given, the word of one side, which a claim keeps.
    """

    words: str
    effect: str
    forms: str = ""
    frame: str = "act"
    means: str | None = None
    weak: str | None = None
    side: str | None = None
    source: str = "unchecked"

    def inflected(self) -> set[str]:
        """Return the forms of its first word: of a noun with its plural, of a verb with what English makes of it."""
        first = self.words.split()[0]
        noun = self.frame not in VERBS
        return {*((noun_forms(first) if first[-2:] != "ed" else {first}) if noun else verb_forms(first)),
                *self.forms.split()}


Own = Name | HarmWord
VERBS, FRAMES = ("act", "suffer", "both"), ("act", "suffer", "both", "event", "people", "state")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_CHOICES = {"frame": FRAMES, "weak": ("yes", "forces", "many"), "side": ("yes",)}


@cache
def rows(table: str) -> tuple[dict[str, str | None], ...]:
    """Return the rows of ``lexicon/<table>.csv`` as dictionaries; an empty cell is ``None``. Raises LexiconError."""
    return tuple(_sound(row) for row in read(FOLDER / f"{table}.csv"))


@cache
def words_of(table: str, name: str) -> frozenset[str]:
    """Return the words of one set of a table with a column set; raises KeyError for a set that has none."""
    found = frozenset(str(row["words"]) for row in rows(table) if row["set"] == name)
    if not found:
        raise KeyError(f"lexicon/{table}.csv has no set {name!r}")
    return found


def read(path: Path) -> Iterator[dict[str, str | None] | LexiconError]:
    """Yield each row of a lexicon file, or what is wrong with it: too many or few cells, or not in UTF-8."""
    with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as file:
        lines = ((number, line) for number, line in enumerate(file, 1) if line.strip() and not line.startswith("#"))
        header: list[str] = []
        for number, line in lines:
            cells = [cell.strip() for cell in next(csv.reader([line]))]
            at = f"{path.name}, line {number}"
            if any("\udc80" <= mark <= "\udcff" for mark in line):
                yield LexiconError(f"{at}: not UTF-8: save the file as UTF-8")
            elif not header:
                header = cells
            elif len(cells) != len(header):
                yield LexiconError(f"{at}: {len(cells)} cells where the header has {len(header)}: "
                                   f"put a text that contains a comma into double quotation marks")
            else:
                yield {column: cell or None for column, cell in zip(header, cells, strict=True)} | {"at": at}


def _sound(row: dict[str, str | None] | LexiconError) -> dict[str, str | None]:
    if isinstance(row, LexiconError):
        raise row
    return {column: cell for column, cell in row.items() if column != "at"}


_Made = dict[tuple[Callable, tuple], object]  # {(function, arguments): what it returned}
_OURS: _Made = {}
_using: ContextVar[tuple[tuple[Own, ...], _Made]] = ContextVar("the user's rows, what was made", default=((), _OURS))


@contextmanager
def using(own: tuple[Own, ...]) -> Iterator[None]:
    """Use these names and harm words of the user's before ours, in this block and nowhere else."""
    token = _using.set((own, _made_of(own)))
    try:
        yield
    finally:
        _using.reset(token)


@lru_cache(maxsize=2)  # a pipeline that knows the names is among it, some 100 MB
def _made_of(own: tuple[Own, ...]) -> _Made:
    return {} if own else _OURS


def own() -> tuple[Own, ...]:
    """Return the names and harm words of the user's that are in use."""
    return _using.get()[0]


def cached(function: Callable) -> Callable:
    """Cache what a function makes of ``names`` or ``harm_words``, for each user's rows apart."""
    @wraps(function)
    def found(*args: object) -> object:
        made = _using.get()[1]
        if (function, args) not in made:
            made[function, args] = function(*args)
        return made[function, args]

    return found


def names() -> tuple[Name, ...]:
    """Return the names in use: the user's own, then ours without what a name of the user's is also called."""
    mine = tuple(row for row in own() if isinstance(row, Name))
    taken = {alias for row in mine for alias in (row.name, *row.aliases)}
    ours = (row for row in default_names() if row.name not in taken)
    return mine + tuple(replace(row, aliases=tuple(a for a in row.aliases if a not in taken)) for row in ours)


@cache
def default_names() -> tuple[Name, ...]:
    """Return our own names, as they are where the user has none."""
    return tuple(_name(row) for row in read(FOLDER / "names.csv"))


def harm_words() -> tuple[HarmWord, ...]:
    """Return the harm words in use: the user's own, then ours."""
    return tuple(row for row in own() if isinstance(row, HarmWord)) + _our_harm_words()


@cache
def _our_harm_words() -> tuple[HarmWord, ...]:
    return tuple(_harm_word(row) for row in read(FOLDER / HARM_WORDS))


def own_rows(*files: Path) -> tuple[tuple[Own, ...], list[Problem]]:
    """Return the rows of the user's files, harm words of a ``harm_words.csv`` and else names.

    A line that cannot be used is a problem, and the rest is read; a file that is not there has no rows.
    """
    found, problems = [], []
    for path in filter(Path.is_file, files):
        for row in read(path):
            try:
                found.append(_harm_word(row) if path.name == HARM_WORDS else _name(row))
            except LexiconError as error:
                problems.append(Problem(path.name, "bad lexicon row", str(error)))
    return tuple(found), problems


@cached
def by_name() -> dict[str, list[Name]]:
    """Return {name: its rows}, several where a party changed."""
    table: dict[str, list[Name]] = {}
    for row in names():
        table.setdefault(row.name, []).append(row)
    return table


def _cells(row: dict[str, str | None] | LexiconError, record: type) -> tuple[str, dict[str, str | None]]:
    """Return where a row stands and its cells, all of them columns of the record."""
    if isinstance(row, LexiconError):
        raise row
    at, cells = row["at"], {column: cell for column, cell in row.items() if column != "at"}
    if unknown := sorted(set(cells) - set(record.__dataclass_fields__)):
        raise LexiconError(f"{at}: no such column: {', '.join(unknown)}")
    return str(at), cells


@cache
def countries() -> dict[str, str]:
    """Return {name of a country: ISO code}."""
    return {name: str(row["code"]) for row in rows("countries")
            for name in (row["name"], *(row["aliases"] or "").split("|")) if name}


def _harm_word(row: dict[str, str | None] | LexiconError) -> HarmWord:
    at, cells = _cells(row, HarmWord)
    cells = {column: cell if column == "source" else cell.lower() for column, cell in cells.items() if cell}
    if "words" not in cells:
        raise LexiconError(f"{at}: a row needs words")
    effects = cells.get("effect", "").split("|")
    if effects != ["none"] and (unknown := [effect for effect in effects if effect not in EFFECTS]):
        raise LexiconError(f"{at}: the effect {unknown[0]!r} is none of {', '.join(EFFECTS)}, none")
    for column, known in _CHOICES.items():
        if cells.get(column, known[0]) not in known:
            raise LexiconError(f"{at}: {column} {cells[column]!r} is none of {', '.join(known)}")
    return HarmWord(**cells)


def _name(row: dict[str, str | None] | LexiconError) -> Name:
    at, cells = _cells(row, Name)
    if not cells.get("name"):
        raise LexiconError(f"{at}: a row needs a name")
    if cells.get("type") not in MENTION_TYPES:
        raise LexiconError(f"{at}: the type {cells.get('type')!r} is none of {', '.join(MENTION_TYPES)}")
    if country := cells.get("country"):
        cells["country"] = next((code for name, code in countries().items()
                                 if country.lower() in (name.lower(), code.lower())), None)
        if cells["country"] is None:
            raise LexiconError(f"{at}: the country {country!r} is not known: give its name or its two letters, as NG")
    for column in ("party_from", "party_to"):
        if cells.get(column) and not _DAY.fullmatch(cells[column] or ""):
            raise LexiconError(f"{at}: {column} {cells[column]!r} is no date such as 2021-08-19, 2021-08 or 2021")
    aliases = tuple(alias.strip() for alias in (cells.pop("aliases", None) or "").split("|") if alias.strip())
    return Name(**{column: cell for column, cell in cells.items() if cell}, aliases=aliases)
