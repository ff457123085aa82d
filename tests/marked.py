"""Sentences with their mentions in brackets, as tests/mentions/sentences.txt writes them."""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TOKEN = re.compile(r"\[|\|(?P<type>[a-z_]+)(?P<link>[=~]?)(?P<entity>[^\]\[]*)\]")


@dataclass(frozen=True)
class Mark:
    """A marked mention: characters [start, end), its type, whether it is nominal, its entity ("" is not checked)."""

    start: int
    end: int
    type: str
    nominal: bool
    entity: str


def unmark(line: str) -> tuple[str, list[Mark]]:
    """Return the sentence without its marks, and the marks by start, the outermost first."""
    text, marks, opened, at = "", [], [], 0
    for match in TOKEN.finditer(line):
        text += line[at:match.start()]
        at = match.end()
        if match[0] == "[":
            opened.append(len(text))
        else:
            marks.append(Mark(opened.pop(), len(text), match["type"], match["link"] == "~", match["entity"]))
    assert not opened, line
    return text + line[at:], sorted(marks, key=lambda mark: (mark.start, -mark.end))


def read_marked(name: str) -> list[tuple[str, str, list[Mark]]]:
    """Return (section, text, marks) of every line."""
    rows, section = [], ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line and not line.startswith("#"):
            rows.append((section, *unmark(line)))
    assert rows, f"{name} holds no sentence"
    return rows
