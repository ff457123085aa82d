"""The regular forms of English verbs and nouns."""

from __future__ import annotations

from calendar import month_name

MONTHS = frozenset(month_name[1:])


def verb_forms(verb: str) -> set[str]:
    """Return the regular forms of a verb: "kidnap" kidnaps, kidnapped, kidnapping."""
    stem = verb[:-1] if verb.endswith("e") else verb
    doubled = stem + stem[-1] if stem == verb and len(stem) < 7 and stem[-1] in "bgmnpt" and (
        stem[-2:-1] in tuple("aeiou") and stem[-3:-2] not in tuple("aeiou")) else stem
    past = verb[:-1] + "ied" if verb.endswith("y") else f"{doubled}ed"
    plural = verb + ("es" if verb.endswith(("sh", "ch", "ss", "o")) else "s")
    return {verb, plural, past, f"{doubled}ing", f"{stem}ed", f"{stem}ing"}  # "kidnapped", but "poisoned"


def noun_forms(noun: str) -> set[str]:
    """Return a noun and its regular plural."""
    return {noun, noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith("s") else "s")}
