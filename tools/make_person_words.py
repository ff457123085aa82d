"""Make lexicon/person_words.csv, the nouns that mean a person, from WordNet.

    apt-get install wordnet-base
    python tools/make_person_words.py /usr/share/wordnet

WordNet 3.0's nouns in small letters whose first sense is a person, without abuse and without what ``victim_words.csv``
has already: a row there is our own reading. ``also``: yes where another sense is a thing (a trainer, a conductor), so
that only a verb that harms people shows that a person is meant; so are doers with a thing first (an operator).
``status`` and ``group`` are those of the first of ``KINDS`` that stands above the sense; unknown where there is none.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LEXICON = Path(__file__).resolve().parents[1] / "analysis" / "lexicon"
PERSON = ("18", "03")  # WordNet's files noun.person, noun.Tops
DOERS = ("er", "or", "ist", "ian", "ant", "ee")
RUDE = ("slur", "offensive", "disparag", "derog", "obscene", "vulgar")
KINDS = {  # a sense of WordNet, by its first word: (status, group) of all below it
    "serviceman": ("combatant", ""), "military_officer": ("combatant", ""), "insurgent": ("combatant", ""),
    "terrorist": ("combatant", ""), "guerrilla": ("combatant", ""), "mercenary": ("combatant", ""),
    "marksman": ("unknown", ""), "policeman": ("police", ""), "lawman": ("police", ""),
    "prisoner": ("unknown", "prisoner"), "child": ("civilian", "child"), "clergyman": ("civilian", "clergy"),
    "religious": ("civilian", "clergy"),
    "journalist": ("civilian", "journalist"), "health_professional": ("civilian", "medic"),
    "criminal": ("unknown", ""), "bad_person": ("unknown", ""), "spy": ("unknown", ""), "leader": ("unknown", ""),
    "assistant": ("unknown", ""), "trainee": ("unknown", ""), "woman": ("civilian", "woman"),
} | dict.fromkeys((
    "worker", "businessperson", "capitalist", "professional", "creator", "entertainer", "consumer", "traveler",
    "relative", "learner", "inhabitant", "intellectual", "religious_person", "sick_person", "contestant",
    "communicator", "public_servant", "spectator", "domestic_partner", "neighbor", "owner",
    "unfortunate", "recipient", "custodian"), ("civilian", ""))
HEADER = """\
# Nouns that mean a person, made by tools/make_person_words.py; do not edit by hand, add to victim_words.csv instead.
# also: another sense is a thing. status, group: of a kind of person that the word is one of, as in victim_words.csv.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. Its licence stands in WORDNET.txt.
"""


class Sense(NamedTuple):
    """A meaning: its file, its words, the senses above it; ``left_out`` where it is one man or place, or abuse."""

    file: str
    words: tuple[str, ...]
    above: tuple[str, ...]
    left_out: bool


def main() -> None:
    """Write the table."""
    folder = Path(sys.argv[1])
    senses = dict(_senses(folder / "data.noun"))
    with (LEXICON / "victim_words.csv").open(encoding="utf-8") as file:
        ours = {line.split(",")[0] for line in file}
    with (LEXICON / "person_words.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("words", "also", "status", "group", "source"))
        for word, offsets in _nouns(folder / "index.noun"):
            found = [(at, senses[at]) for at in offsets if not senses[at].left_out]
            people = [at for at, sense in found if sense.file == PERSON[0] and word in sense.words]
            likely = people and people[0] in [at for at, _ in found[:1 + word.endswith(DOERS)]]
            if likely and word not in ours and len(word) > 2:
                also = any(sense.file not in PERSON for _, sense in found)
                table.writerow((word, "yes" if also else "", *_kind(people[0], senses), "WordNet 3.0"))


def _lines(path: Path) -> Iterator[tuple[list[str], str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            fields, _, gloss = line.partition(" | ")
            if not line.startswith(" "):
                yield fields.split(), gloss


def _senses(path: Path) -> Iterator[tuple[str, Sense]]:
    for (offset, file, _, size, *rest), gloss in _lines(path):
        words, links = rest[:2 * int(size, 16):2], rest[2 * int(size, 16) + 1:]
        above = tuple(links[i + 1] for i in range(0, len(links) - 3, 4) if links[i] in ("@", "@i"))
        rude = any(word in gloss for word in RUDE)
        yield offset, Sense(file, tuple(words), above, rude or "@i" in links[::4])


def _nouns(path: Path) -> Iterator[tuple[str, list[str]]]:
    for (word, _, count, *rest), _ in _lines(path):
        if word.isalpha():
            yield word, rest[-int(count):]


def _kind(sense: str, senses: dict[str, Sense]) -> tuple[str, str]:
    """The first of ``KINDS`` that stands above a sense: a jawan is a soldier before he is an inhabitant."""
    above, waiting = set(), [sense]
    while waiting:
        at = waiting.pop()
        above.add(senses[at].words[0])
        waiting += senses[at].above
    return next((kind for name, kind in KINDS.items() if name in above), ("unknown", ""))


if __name__ == "__main__":
    main()
