"""Persons with their titles, and persons named by their office alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from analysis import lexicon
from analysis.mentions.words import NOUNS, Found, Words

_MISREAD = frozenset(("place", "organisation", "facility", "person"))  # what the model takes a name after a title for
_LONGEST = 8  # words of a name after a title
_JOINTS = frozenset((".", "-", "of", "for", "the", "and", "&"))
_STOPS = frozenset((",", '"', "(", ")", ";", ":"))
_TITLE_TAGS = frozenset(("NN", "NNP", "NNPS", "JJ", "HYPH"))
_NAME_TAGS = frozenset(("NNP", "NNPS", "NN", "JJ"))


def persons(words: Words, named: list[Found]) -> Iterator[Found]:
    """Yield each named person with the titles before the name, and "the spokesman", "a rebel commander" as nominal.

    **Misses:** titles after the name ("Ana Petrescu, the minister", which are two mentions); a name the model did not
    take for a name, unless a title stands before it.
    """
    for one in named:
        if one.type == "person":
            first = one.first if one.nominal else _title_start(words, one.first)
            yield Found(first, one.last, "person", one.rule, nominal=one.nominal)
    for i, lower in enumerate(words.lower):
        kinds = _last_words().get(lower)
        if kinds is not None and words.tag[i] in NOUNS:
            if words.capital(i):
                yield from _name_after(words, i, kinds)
            if not kinds.isdisjoint(("office", "rank")):
                for office in _office(words, i):
                    yield from (office, *words.inner_names(office))


@cache
def _titles() -> dict[tuple[str, ...], str]:
    """Return {words of a title: kind}, with and without a full stop: "Gen.", "Gen"."""
    return {tuple(form.lower().split()): row["kind"] for row in lexicon.rows("titles")
            for form in (row["word"], row["word"].removesuffix("."))}


@cache
def _last_words() -> dict[str, frozenset[str]]:
    """Return {last word of a title: kinds of the titles that end so}."""
    return {word: frozenset(kind for title, kind in _titles().items() if title[-1] == word)
            for word in {title[-1] for title in _titles()}}


def _title_start(words: Words, first: int) -> int:
    """Return where the titles before a name begin: "UN envoy Marta Lindholm" begins at "UN"."""
    if not _is_title(words, first - 1):
        return first
    i = first - 1
    while i > 0 and i not in words.first_of_sentence and _in_title(words, i - 1):
        i -= 1
    while i < first and (words.lower[i] in _JOINTS or words.tag[i] == "HYPH"):
        i += 1
    return i


def _is_title(words: Words, i: int) -> bool:
    """True where the word closes a title, or the complement of one: "Minister for Trade" before a name."""
    if i < 0 or i in words.counted:
        return False
    i -= words.lower[i] == "." and i > 0
    if kinds := _last_words().get(words.lower[i]):
        return words.capital(i) or (words.tag[i] in NOUNS and kinds != {"honorific"})
    return words.capital(i) and _complement_start(words, i) is not None


def _complement_start(words: Words, i: int) -> int | None:
    """Return where the "of" or "for" stands that joins the words up to ``i`` to a title, or None."""
    while i > 0 and i not in words.first_of_sentence and (words.capital(i) or words.lower[i] in ("the", "and", "&")):
        i -= 1
    return i if i > 0 and words.lower[i] in ("of", "for") and words.lower[i - 1] in _last_words() else None


def _in_title(words: Words, i: int) -> bool:
    """True where the word before a title belongs to it."""
    held = words.at.get(i)
    if i in words.counted or words.text[i] in _STOPS or (
            held is not None and held.type == "person" and held.last - held.first > 1):
        return False
    if words.lower[i] in _JOINTS and words.lower[i] not in (".", "-"):
        return _complement_start(words, i) is not None
    return words.tag[i] in _TITLE_TAGS or words.lower[i] == "."


def _name_after(words: Words, i: int, kinds: frozenset[str]) -> Iterator[Found]:
    """Yield the capitalised words after a title that the model did not take for a name: "Gen. Okello"."""
    first = i + 2 if words.text[i + 1:i + 2] == ["."] else i + 1
    last = first
    while last < min(len(words), first + _LONGEST) and _may_be_name(words, last):
        last += 1
    if last > first and words.lower[first] not in _last_words() and (kinds != {"role"} or words.text[i].endswith(".")):
        yield Found(_title_start(words, first), last, "person", "title")


def _may_be_name(words: Words, i: int) -> bool:
    held = words.at.get(i)
    return words.capital(i) and words.tag[i] in _NAME_TAGS and (held is None or (
        held.type in _MISREAD and held.rule in ("model", "place name") and held.last - held.first < 3))


def _office(words: Words, i: int) -> Iterator[Found]:
    """Yield "the spokesman", "a police commander": an office in the singular, after a determiner or beside a name."""
    if words.tag[i] not in ("NN", "NNP") or words.tag[i + 1:i + 2] in (["NN"], ["NNS"], ["NNP"], ["NNPS"], ["HYPH"]):
        return
    length = max((len(title) for title, kind in _titles().items() if kind in ("office", "rank")
                  and title == tuple(words.lower[max(i + 1 - len(title), 0):i + 1])), default=0)
    first = min(words.whole_names(words.modifiers_before(i), i), i + 1 - length)
    held = words.at.get(i)
    if length and first and (held is None or held.type != "person") and (
            words.tag[first - 1] in ("DT", "PRP$", "POS") or _beside_name(words, first)):
        yield Found(first, i + 1, "person", "office", nominal=True)


def _beside_name(words: Words, first: int) -> bool:
    """True after a person and a comma: "Tomas Okello, commander of"."""
    held = words.at.get(first - 2) if first > 1 and words.text[first - 1] == "," else None
    return held is not None and held.type == "person"
