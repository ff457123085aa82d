"""Exports of Nexis and Factiva hold many articles in one file, told apart by the marks these services leave.

The same marks stand in every container (text, RTF, Word, PDF, web page), so they are looked for in the lines of the
text. Layouts: "1 of 3 DOCUMENTS" above each article (LexisNexis), "End of Document" below it (Nexis Uni), and
"Document" with a code of 25 letters and digits below it (Factiva, also with a code such as HD before each field), and a
rule of underscores between them (ProQuest, with the name of each field before it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from analysis.articles.fields import day
from analysis.articles.wrapping import unwrapped

_COUNTED = re.compile(r"(?=\D|.*\D$)(?:(?:Document|Dokument|Documento) )?(\d+) (?:of|von|de|van|di|sur) (\d+)"
                      r"(?: DOCUMENTS?| DOKUMENTEN?| DOCUMENTOS?| DOCUMENTEN)?", re.I)
_END = re.compile(r"End of Document|Ende des Dokuments|Fin du document|Fin del documento|Einde van document", re.I)
_CODE = re.compile(r"(?:AN[\s|]+)?(?:Document|Dokument) [A-Z0-9]{4,12}(?:19|20)\d{6}[a-z][a-z0-9]{8}\W*", re.I)
_RULE = re.compile(r"_{20,}")
_QUEST = re.compile(r"(Title|Publication title|Publication date|Full text|Copyright|[A-Z][A-Za-z /-]{3,40}): ?(.*)")
_KEY = re.compile(r"(byline|section|length|dateline|highlight|series|autor|auteur|rubrik|rubrique|länge|longueur|url|"
                  r"link to image)\s*:\s*(.*)", re.I)
_AFTER = re.compile(r"(?:load-date|language|sprache|langue|publication-type|classification)\s*(?::|$)", re.I)
_BESIDE = re.compile(r"(?:Graphics?|Grafik|Notes|Correction)$|(?:GRAPHIC|GRAFIK|CORRECTION-DATE|UPDATE)\s*:")
_COPYRIGHT = re.compile(r"(?:Copyright|\(c\)|©)\W*(?:\(c\)|©)?\s*(?:19|20)\d\d\b|Alle Rechte vorb|All Rights Reserved",
                        re.I)
_COVER = re.compile(r"(?:User Name|Date and Time|Job Number|Documents? \(\d+\)|Client/Matter|Search Terms?|Search Type|"
                    r"Narrowed by|Content Type|Download Request|Time Of Request|Send To|Terms|Project ID)\b")
_LISTED = re.compile(r"(\d+)\. (\S.*)")
_PAGE = re.compile(r"Page \d+(?: of \d+)?(?: ?(?:©|\(c\)).*)?")
_WORDS = re.compile(r"([\d.,]+)\s+(?:words|Wörter|mots|palabras|woorden|parole)\b.*", re.I)
_TIME = re.compile(r"\d{1,2}:\d\d\b.*")
_LANGUAGE = re.compile(r"(?:English|German|French|Spanish|Dutch|Italian|Arabic|Russian|Portuguese|Turkish|Chinese)\b.*")
_FIELD = re.compile(r"(SE|HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPD|IPC|PUB|ART)"
                    r"(?:[\s|]+(.*)|$)")
_BEFORE = 12  # blocks before what comes after an article, among which its captions are sought
_AFTER_FULL_TEXT = ("Subject", "Location", "Title", "Publication title", "Company / organization", "Credit",
                    "Identifier / keyword", "Classification", "People", "Illustration", "Copyright", "Links",
                    "Business indexing term")
_ENOUGH = 50  # words of an article whose stated length is compared
_LONGEST_DAY = 80  # characters of a line that is a day
_SHORTEST = 45  # characters of a line that the next one continues


@dataclass(slots=True)
class Piece:
    """One article of an export, as fields of ours, and what is odd about it."""

    fields: dict[str, object]
    notes: list[tuple[str, str]] = field(default_factory=list)


def is_export(text: str) -> bool:
    """Return whether a text has the marks of such an export."""
    if "Full text:" in text and "ProQuest" in text:
        return any(map(_RULE.fullmatch, _lines(text)))
    if "ocument" not in text and "okument" not in text and "OCUMENT" not in text and "OKUMENT" not in text:
        return False  # as nearly all texts
    lines = _lines(text)
    return any(map(_CODE.fullmatch, lines)) or (
        any(map(is_mark, lines)) and any(_KEY.match(line) or _AFTER.match(line) for line in lines))


def is_mark(line: str) -> bool:
    """Return whether a line parts the articles of an export."""
    return any(mark.fullmatch(line) for mark in (_CODE, _END, _COUNTED))


def _lines(text: str) -> list[str]:
    return [line.strip(" \t|\ufeff\xa0\f") for line in text.splitlines()]


def pieces(text: str) -> tuple[list[Piece], list[tuple[str, str]]] | None:
    """Return the articles of an export and what is odd about the whole, None where a text is no export.

    An article of which neither a title nor a day is found is none: where that is true of half of them the list is
    empty, and the second part says so. **Misses:** captions, summaries and subject terms, which are left out; the
    exports of NewsBank.
    """
    if not is_export(text):
        return None
    lines = _lines(text)
    if "Full text:" in text and any(map(_RULE.fullmatch, lines)):
        parted = [list(part) for rule, part in groupby(lines, _RULE.fullmatch) if not rule]
        return _checked([Piece(_proquest(part)) for part in parted if any(map(_QUEST.fullmatch, part))
                         and any(line.startswith("Full text:") for line in part)])
    marks = {mark: [n for n, line in enumerate(lines) if mark.fullmatch(line)] for mark in (_CODE, _END, _COUNTED)}
    mark = next(mark for mark, at in marks.items() if at)
    at = marks[mark]
    ends = [*at, len(lines)] if mark is _COUNTED else [-1, *at]
    listed = {int(entry[1]): entry[2] for line in lines[:ends[1]] if (entry := _LISTED.fullmatch(line))}
    found = []
    for number, (first, last) in enumerate(pairwise(ends), 1):
        inside = [line for line in lines[first + 1:last] if not _PAGE.fullmatch(line)]
        found.append(Piece(_factiva(inside) if mark is _CODE else
                           _nexis(inside, mark is _END, listed.get(number, "") if mark is _END else "")))
    found, notes = _checked(found)
    n = len(found)
    if mark is _COUNTED and n and (count := max(int(_COUNTED.fullmatch(lines[n])[2]) for n in at)) > n:
        notes = [("articles missing", f"says it holds {count} articles, and {n} are found: look at the file")]
    elif mark is not _COUNTED and n and any(_KEY.match(line) or _WORDS.fullmatch(line) for line in lines[at[-1]:]):
        notes = [("articles missing", "breaks off in an article, which is not read: export it again")]
    return found, notes


def _checked(found: list[Piece]) -> tuple[list[Piece], list[tuple[str, str]]]:
    """Return the articles with what is odd about their length; none where most have no title or no day."""
    n = len(found)
    if 2 * sum(bool(piece.fields.get("published") and piece.fields.get("title")) for piece in found) < n:
        return [], [("not understood", f"looks like an export of {n} articles and cannot be split: export them again "
                                       f"with all their fields, or one file each")]
    for piece in found:
        stated, read = piece.fields.pop("length", None), len(str(piece.fields.get("text") or "").split())
        if stated and max(stated, read) > _ENOUGH and not stated / 2 <= read <= 2 * stated:
            piece.notes.append(("length differs", f"says it has {stated} words, and {read} are read: look at the file"))
    return found, []


def _proquest(lines: Sequence[str]) -> dict[str, object]:
    """Return the fields of an article of ProQuest, each below its name; the last title is the whole one."""
    said: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        key = _QUEST.fullmatch(line)
        if key and (name != "Full text" or key[1] in _AFTER_FULL_TEXT):
            name, line = key[1], key[2]
            said[name] = []
        said.setdefault(name, []).append(line)
    one = {name: " ".join(filter(None, parts)) for name, parts in said.items()}
    return {"title": one.get("Title"), "outlet": one.get("Publication title"),
            "published": day(one.get("Publication date")), "rights": one.get("Copyright"),
            "text": _paragraphs(*_blocks(said.get("Full text", [])))}


def _nexis(lines: Sequence[str], uni: bool, listed: str) -> dict[str, object]:
    """Return the fields of an article between two marks: outlet, day and title, in Nexis Uni title, outlet and day.

    ``listed``: its title in the list at the beginning of the file, where the cover's lines stand too.
    """
    covered = max((n for n, line in enumerate(lines) if uni and _COVER.match(line)), default=-1)
    blocks, parted = _blocks(lines[covered + 1:])
    start = _first(blocks, lambda line: _KEY.match(line) or _COPYRIGHT.match(line))
    head, rest = blocks[:start], blocks[start:]
    dated = [n for n, block in enumerate(head) if len(block[0]) < _LONGEST_DAY and day(block[0])]
    if not dated:
        return {"text": "\n\n".join("\n".join(block) for block in blocks)}
    at = dated[-1 if uni else 0]
    above = [block for block in head[:max(at - 1, 0)] if not _LISTED.fullmatch(block[0])] if uni else head[at + 1:]
    title = " ".join(line for block in above for line in block if uni or "edition" not in line.lower())
    if listed[:20] and listed[:20] in f"{title} {head[at - 1][0]}":
        title = listed
    said = {key[1].lower(): key[2] for block in rest for line in block if (key := _KEY.match(line)) and key[2]}
    body = 1 + _first(rest, lambda line: line.lower() == "body")
    if body > len(rest):
        body = _first(rest, lambda line: not (_KEY.match(line) or _COPYRIGHT.match(line)))
    end = _first(rest, lambda line: _AFTER.match(line) or _COPYRIGHT.match(line), body)
    end = max(_first(rest[:end], _BESIDE.match, max(body, end - _BEFORE)), body)
    text, place = _paragraphs(rest[body:end], parted), said.get("dateline", "")
    if place and not text.upper().startswith(place.upper()[:15]):
        text = f"{place}\n\n{text}"  # where it was written
    return {"title": title or None, "outlet": " ".join(head[at - 1]) if at else None, "published": day(head[at][0]),
            "rights": next((" ".join(block) for block in rest if _COPYRIGHT.match(block[0])), None), "text": text,
            "length": next((_number(said[key]) for key in ("length", "länge", "longueur") if key in said), None)}


def _first(blocks: Sequence[Sequence[str]], fits: Callable[[str], object], start: int = 0) -> int:
    """Return the number of the first block, from ``start`` on, whose first line fits; their number if none does."""
    return next((n for n in range(start, len(blocks)) if fits(blocks[n][0])), len(blocks))


def _factiva(lines: Sequence[str]) -> dict[str, object]:
    """Return the fields of an article above its code: title, length, day and outlet, language, rights, text."""
    if any(_FIELD.fullmatch(line) and line.startswith("HD") for line in lines):
        return _factiva_fields(lines)
    blocks, parted = _blocks(lines)
    flat = [line for block in blocks for line in block]
    counted = next((n for n, line in enumerate(flat) if _WORDS.fullmatch(line)), len(flat))
    dated = next((n for n, line in enumerate(flat) if n > counted and len(line) < _LONGEST_DAY and day(line)), None)
    if dated is None:
        return {"text": "\n".join(lines).strip()}
    above = [line for line in flat[:counted] if not line.startswith("By ")]
    if len(above) > 1 and len(above[0].split()) <= 3 < len(above[1].split()):
        above = above[1:]  # the section
    if not parted:
        above = [" ".join(above)]  # lines of one title
    named = next((n for n, line in enumerate(flat) if n > dated and not _TIME.fullmatch(line)), dated)
    start = next((n for n in range(named + 1, min(named + 9, len(flat))) if _COPYRIGHT.match(flat[n])), None)
    if start is None:
        start = next((n for n in range(named + 1, min(named + 9, len(flat))) if _LANGUAGE.fullmatch(flat[n])), named)
    while start + 1 < len(flat) and _COPYRIGHT.match(flat[start + 1]):
        start += 1
    passed, body = 0, []
    for block in blocks:
        if passed > start:
            body.append(block)
        elif passed + len(block) > start + 1:
            body.append(block[start + 1 - passed:])
        passed += len(block)
    return {"title": above[0] or None if above else None, "outlet": flat[named], "published": day(flat[dated]),
            "rights": flat[start] if _COPYRIGHT.match(flat[start]) else None, "text": _paragraphs(body, parted),
            "length": _number(flat[counted])}


def _factiva_fields(lines: Sequence[str]) -> dict[str, object]:
    """Return the fields of an article with a code before each: HD is the title, LP and TD are the text."""
    said: dict[str, list[str]] = {}
    code = None
    for line in lines:
        if found := _FIELD.fullmatch(line):
            code, line = found[1], found[2] or ""
        if code:
            said.setdefault(code, []).append(line.strip(" |"))
    one = {code: " ".join(filter(None, parts)) for code, parts in said.items()}
    return {"title": one.get("HD"), "outlet": one.get("SN"), "published": day(one.get("PD")), "rights": one.get("CY"),
            "text": _paragraphs(*_blocks([*said.get("LP", ()), "", *said.get("TD", ())])),
            "length": _number(one.get("WC", ""))}


def _blocks(lines: Sequence[str]) -> tuple[list[list[str]], bool]:
    """Return the lines that stand together, and True; each by itself in a text, as a PDF's, without empty lines."""
    blocks = [list(block) for full, block in groupby(lines, bool) if full]
    parted = len(blocks) > 3 or sum(map(len, blocks)) == len(blocks)
    return blocks if parted else [[line] for line in lines if line], parted


def _paragraphs(blocks: Sequence[Sequence[str]], parted: bool) -> str:
    """Return the text of some blocks, with the lines joined that only the paper cut."""
    if parted:
        return "\n\n".join(unwrapped("\n".join(block), _SHORTEST) for block in blocks)
    return unwrapped("\n".join(block[0] for block in blocks), _SHORTEST)


def _number(text: str) -> int | None:
    """Return the number of words in "1,204 words"."""
    digits = re.sub(r"(?<=\d)[.,](?=\d\d\d)", "", text)
    return int(found[0]) if (found := re.match(r"\d{1,7}", digits)) else None
