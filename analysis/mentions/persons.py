"""Persons with their titles, and persons named by their office alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from analysis import lexicon
from analysis.mentions.words import NOUNS, Found, Words

_MISREAD = frozenset(("place", "organisation", "facility", "person"))  # what the model may take a name after a title for
_BETWEEN = frozenset((".", "-", "of", "for", "the", "and", "&"))


def persons(words: Words, named: list[Found]) -> Iterator[Found]:
    """Yield each named person with the titles before the name, and "the spokesman", "a rebel commander" as nominal.

    **Misses:** titles after the name ("Ana Petrescu, the minister", which are two mentions); a name the model did not
    take for a name, unless a title stands before it.
    """
    for one in named:
        if one.type == "person" and one.nominal:
            yield one
        elif one.type == "person":
            yield Found(_title_start(words, one.first), one.last, "person", one.rule, nominal=False)
    for i, lower in enumerate(words.lower):
        kind = _last_words().get(lower)
        if kind is None or words.tag[i] not in NOUNS:
            continue
        if words.capital(i):
            yield from _title_before_unknown(words, i, kind)
        if "office" in kind or "rank" in kind:
            for office in _office(words, i):
                yield from (office, *words.inner_names(office))


@cache
def _titles() -> dict[tuple[str, ...], str]:
    return {tuple(row["word"].lower().split()): row["kind"] for row in lexicon.rows("titles")}


@cache
def _last_words() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for title, kind in _titles().items():
        table.setdefault(title[-1], set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in table.items()}


def _title_start(words: Words, first: int) -> int:
    """Return where the titles before a name begin: "UN envoy Marta Lindholm" begins at "UN"."""
    if not _is_title(words, first - 1):
        return first
    i = first - 1
    while i > 0 and i not in words.first_of_sentence and _in_title(words, i - 1):
        i -= 1
    while i < first and (words.lower[i] in _BETWEEN or words.tag[i] == "HYPH"):
        i += 1
    return i


def _is_title(words: Words, i: int) -> bool:
    """True where the word closes a title, or the complement of one: "Minister for Trade" before a name."""
    if i < 0 or i in words.counted:
        return False
    if words.lower[i] == "." and i:
        i -= 1
    if kinds := _last_words().get(words.lower[i]):
        return words.capital(i) or words.tag[i] in NOUNS and kinds != {"honorific"}
    j = i
    while j > 0 and j not in words.first_of_sentence and (words.capital(j) or words.lower[j] in ("the", "and", "&")):
        j -= 1
    return words.capital(i) and words.lower[j] in ("of", "for") and j > 0 and words.lower[j - 1] in _last_words()


def _in_title(words: Words, i: int) -> bool:
    if i in words.counted or words.text[i] in (",", '"', "(", ")", ";", ":"):
        return False
    held = words.at.get(i)
    if held is not None and held.type == "person" and held.last - held.first > 1:
        return False
    if words.lower[i] in ("of", "for"):
        return i > 0 and words.lower[i - 1] in _last_words()
    if words.lower[i] in ("the", "and", "&"):
        return i > 1 and words.capital(i + 1) and (words.lower[i - 1] in ("of", "for") or words.lower[i] != "the" and words.capital(i - 1)
                                                  and words.lower[i - 1] not in _last_words() and words.lower[i - 2] in ("of", "for"))
    return words.tag[i] in ("NN", "NNP", "NNPS", "JJ", "HYPH") or words.lower[i] == "."


def _title_before_unknown(words: Words, i: int, kinds: frozenset[str]) -> Iterator[Found]:
    """Yield the capitalised words after a title that the model did not take for a name: "Gen. Okello"."""
    j = i + 2 if words.text[i + 1:i + 2] == ["."] else i + 1
    last = j
    while last < len(words) and words.capital(last) and words.tag[last] in ("NNP", "NN", "JJ", "NNPS") and (
            (held := words.at.get(last)) is None or held.type in _MISREAD and held.rule in ("model", "place name")
            and held.last - held.first < 3):
        last += 1
    if last > j and words.lower[j] not in _last_words() and (kinds != {"role"} or words.text[i].endswith(".")):
        yield Found(_title_start(words, j), last, "person", "title")


def _office(words: Words, i: int) -> Iterator[Found]:
    """Yield "the spokesman", "a police commander": an office in the singular with a determiner."""
    following = words.tag[i + 1] if i + 1 < len(words) else ""
    if words.tag[i] not in ("NN", "NNP") or following in (*NOUNS, "HYPH") and not words.text[i + 1].isspace():
        return
    first = words.modifiers_before(i)
    held = words.at.get(first) if first < i else None
    first = held.first if held is not None else first
    title = max((len(t) for t, kind in _titles().items() if t[-1] == words.lower[i] and kind in ("office", "rank")
                 and tuple(words.lower[i + 1 - len(t):i + 1]) == t), default=0)
    if not title:
        return
    first = min(first, i + 1 - title)
    beside = first > 1 and words.text[first - 1] == "," and (named := words.at.get(first - 2)) is not None and named.type == "person"
    if first and (beside or words.tag[first - 1] in ("DT", "PRP$", "POS")) and (i not in words.at or words.at[i].type != "person"):
        yield Found(first, i + 1, "person", "office", nominal=True)
