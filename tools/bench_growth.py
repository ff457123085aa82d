"""Print what the rules cost beyond the parse, for 40 shapes of text at 1, 2, 4 and 8 times a length.

    python tools/bench_growth.py [--length CHARACTERS] [SHAPE ...]        default 4000, all shapes

A column is the processor time of the rules in seconds; then follow the growth over the last doubling and the seconds
for 100,000 characters. The tests count calls instead, which do not hang on how busy a machine is.
"""

from __future__ import annotations

import argparse
import sys
import time

from analysis import language
from analysis.extraction import extract_doc
from analysis.records import Article

GROWTH, SECONDS = 2.5, 2.0  # over a doubling; for 100,000 characters
_LEAST = 0.05  # seconds under which a doubling says nothing

_ONE = {  # what is said over and over, with its number
    "chronology": "{i} March 2021: {n} people were killed in Kabul, police said.\n",
    "chronology of towns": "In town {i} gunmen shot {n} farmers and wounded two on Friday.\n",
    "tolls": "The death toll rose to {i}. ",
    "deaths of one family": "Ahmad Khan of {i} Street was killed by his brother. ",
    "quotations": '"We lost {n} men," said Ahmad. ',
    "who says who says": "Officials say witnesses say police say {n} died. ",
    "pronouns": "They said he killed them. ",
    "same people": "The victims were farmers. Five of them were women. ",
    "semicolons": "soldiers killed {n} men; ",
    "relative clauses": "who killed the man ",
    "and": "they killed him and ",
    "verbs": "were killed ",
    "nested quotations": "“He said ",
    "nested brackets": "({n} killed ",
    "commas": "two soldiers, a boy, ",
    "places": "in Kabul, Herat, Gao, ",
    "dates": "on Monday 3 March, ",
    "numbers": "five ",
    "large numbers": "five hundred and ",
    "digits": "1 2 3 ",
    "one number": "1",
    "one word": "a",
    "hyphens": "al-Shabaab-",
    "dashes": "five killed - ",
    "colons": "Killed: {n}: ",
    "slashes": "{n} dead / ",
    "bullets": "- {n} killed\n",
    "table": "Aden | {n} | killed | wounded\n",
    "capitals": "FIVE KILLED IN KABUL ",
    "acronyms": "Army of the {i}th Front (A{i}F) ",
    "names": "Ahmad Shah Khan, General Omar Ali, ",
    "titles": "President Prime Minister General ",
    "possessives": "the man's brother's ",
    "of": "the death of the son of ",
    "that": "it said that ",
    "negations": "not no never nobody ",
    "denials": "The army denied it killed {n} civilians. ",
    "claims": "The group claimed an attack which killed {n}. ",
    "prose": "The weather in the valley was mild and the harvest of wheat had begun early. ",
    "line breaks": "killed\n",
}


def shape(name: str, length: int) -> str:
    """Return a text of a shape, of at least ``length`` characters."""
    parts, size = [], 0
    while size < length:
        parts.append(_ONE[name].format(i=len(parts) + 1, n=len(parts) % 9 + 2))
        size += len(parts[-1])
    return "".join(parts)


def shapes() -> tuple[str, ...]:
    """Return the names of the shapes."""
    return tuple(_ONE)


def calls(text: str) -> int:
    """Return how many functions of Python the rules enter for a text that is parsed already."""
    doc, count = next(iter(language.parse([Article("growth", text=text)]))), 0

    def entered(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    extract_doc(doc)  # tables and caches are filled at the first use
    sys.setprofile(entered)
    try:
        extract_doc(doc)
    finally:
        sys.setprofile(None)
    return count


def seconds(text: str) -> float:
    """Return the processor time that the rules take for a text that is parsed already."""
    doc = next(iter(language.parse([Article("growth", text=text)])))
    start = time.process_time()
    extract_doc(doc)
    return time.process_time() - start


def main(names: list[str], length: int) -> int:
    """Print a line a shape; return how many miss a bound."""
    missed = 0
    seconds(shape("chronology", 500))  # tables are read at the first use
    for name in names or shapes():
        took = [seconds(shape(name, times * length)) for times in (1, 2, 4, 8)]
        growth, rate = took[-1] / max(took[-2], _LEAST), took[-1] * 100_000 / (8 * length)
        bad = (growth > GROWTH and took[-1] > _LEAST) or rate > SECONDS
        missed += bad
        print(f"{name:24}", *(f"{one:7.2f}" for one in took), f"{growth:6.1f} x", f"{rate:6.1f} s",
              " over" if bad else "", flush=True)
    print(f"{missed} of {len(names or shapes())} grow over {GROWTH} x or take over {SECONDS} s for 100,000 characters")
    return missed


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("shapes", nargs="*", help="names of shapes; all where none is given")
    options.add_argument("--length", type=int, default=4000, help="characters of the shortest text")
    given = options.parse_args()
    main(given.shapes, given.length)
