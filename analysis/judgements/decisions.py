"""One decision and its JSON line, and which of many decisions stand."""

from __future__ import annotations

import dataclasses
import getpass
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from analysis.judgements.anchors import Anchor

UNDO = "undo"
KINDS = ("grade", "merge", "split", "not_same", "claim_added", "claim_accepted", "claim_rejected", "claim_corrected",
         "incident_merged", "incident_split", "note", UNDO)


class JudgementError(RuntimeError):
    """A decision was not saved, or there is no such decision; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. ``target`` names what it is about (entities, sources, incidents), ``anchors`` the words.

    ``when`` is UTC in ISO 8601; ``value`` is whatever JSON the kind needs; ``undoes`` is the id of another decision.
    """

    id: str
    kind: str
    who: str
    when: str
    why: str | None = None
    target: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    value: object = None
    undoes: str | None = None


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that stand: of a known kind and not undone, or undone by what was undone; no undos."""
    judgements = list(judgements)
    ids = standing(judgements)
    return [judgement for judgement in judgements
            if judgement.id in ids and judgement.kind in KINDS and judgement.kind != UNDO]


def standing(judgements: list[Judgement]) -> set[str]:
    """Return the ids that nothing takes back. An undo comes after what it names, so the last line is read first."""
    undone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.id not in undone and judgement.kind == UNDO and judgement.undoes:
            undone.add(judgement.undoes)
    return {judgement.id for judgement in judgements} - undone


def new(kind: str, who: str | None, why: str | None, target: tuple[str, ...], anchors: tuple[Anchor, ...],
         value: object, undoes: str | None) -> Judgement:
    """Return a judgement made now by ``who``, else by the user's login name."""
    when = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Judgement(secrets.token_hex(8), kind, who or _login(), when, why, target, anchors, value, undoes)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return "unknown"


def encode(judgement: Judgement) -> bytes:
    """Return the line of a judgement, with what is empty left out. Raises JudgementError for what is no JSON."""
    try:
        fields = {key: value for key, value in dataclasses.asdict(judgement).items()
                  if value is not None and (key == "value" or value != ())}
        try:
            return json.dumps(fields, ensure_ascii=False, allow_nan=False).encode() + b"\n"
        except UnicodeEncodeError:  # half characters survive as escapes
            return json.dumps(fields, allow_nan=False).encode() + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        raise JudgementError(f"the judgement was not saved, its value cannot be written as JSON: {error}") from error


def decode(line: bytes) -> Judgement | str:
    """Return the judgement of a line, or what is wrong with the line."""
    try:
        fields = json.loads(line.decode("utf-8-sig"))
        if b"\\ud" in line.lower():  # half a character fits in no table
            whole = json.dumps(fields, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            fields = json.loads(whole)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    if not isinstance(fields, dict):
        return "not a JSON object"
    names = {field.name for field in dataclasses.fields(Judgement)}
    if unknown := sorted(set(fields) - names):
        return f"not understood: {', '.join(unknown)}"
    if missing := [name for name in ("id", "kind", "who", "when") if not isinstance(fields.get(name), str)]:
        return f"no {', '.join(missing)}"
    try:
        datetime.fromisoformat(fields["when"])
        anchors = tuple(_anchor(**row) for row in fields.pop("anchors", ()))
    except (TypeError, ValueError) as error:
        return f"not understood: {error}"
    target = fields.pop("target", [])
    texts = [*(target if isinstance(target, list) else [None]),
             *(fields[name] for name in ("why", "undoes") if fields.get(name) is not None)]
    if not all(isinstance(text, str) for text in texts):
        return "not understood: target is a list of texts; why and undoes are texts"
    return Judgement(**fields, target=tuple(target), anchors=anchors)


def _anchor(article_id: str, sha256: str, start: int, end: int, words: str, before: str = "", after: str = ""
            ) -> Anchor:
    texts = (article_id, sha256, words, before, after)
    if not all(isinstance(text, str) for text in texts) or type(start) is not int or type(end) is not int:
        raise TypeError("an anchor has texts and whole numbers")
    return Anchor(article_id, sha256, start, end, words, before, after)
