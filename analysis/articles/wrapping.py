"""Lines of paper back to running text: joined lines, words divided at a line's end, ligatures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import quantiles

ENDS = tuple(".!?:;\"”'’)")  # of a line that the next one need not continue
_CONTINUED = 0.6  # of a page's long lines: a line as long as that ends where the paper ends
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
                            "\u00ad": None})  # the last is a hyphen that is only seen at the end of a line
_DIVIDED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010]\n[ \t]*([^\W\d_]+)")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEFORE_HYPHEN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "anti", "co", "counter",
                  "cross", "ex", "mid", "multi", "non", "post", "pre", "pro", "self", "semi")
_AFTER_FIGURE = re.compile(r"(?<=\d-)\n[ \t]*(?=\w)")  # 18-/year-old


def unwrapped(text: str, shortest: int = 0) -> str:
    """Return a page's text with a line joined to the next where it ends only because the paper does.

    ``shortest``: characters of a line that may have ended so.

    >>> unwrapped("Herald\\nThe mayor said on Monday that\\nfive miners were hurt in the\\nnorth. He left.")
    'Herald\\nThe mayor said on Monday that five miners were hurt in the north. He left.'
    """
    lines = [line.strip() for line in text.split("\n")]
    lengths = [len(line) for line in lines if line]
    long = quantiles(lengths, n=10, method="inclusive")[-1] if len(lengths) > 1 else 0
    return "".join(line + (" " if len(line) >= max(_CONTINUED * long, shortest) and not line.endswith(ENDS) else "\n")
                   for line in lines).strip()


def plain_letters(text: str) -> str:
    """Return a text with its ligatures as letters, without soft hyphens.

    >>> plain_letters("ﬁve ﬁghters")
    'five fighters'
    """
    return text.translate(_LIGATURES)


def undivided(text: str, others: Iterable[str] = ()) -> str:
    """Return a text with the words that are divided at the end of a line as they are written within one.

    A hyphen stays where it belongs to the word: in "twenty-three", where the text has the word with it elsewhere, and
    where both halves are words of the text and the whole is not. ``others``: more texts of the same document.

    >>> undivided("twenty-\\nthree casu-\\nalties")
    'twenty-three casualties'
    """
    text = _AFTER_FIGURE.sub("", text)
    if not _DIVIDED.search(text):
        return text
    words = set(_WORDS.findall("\n".join((_DIVIDED.sub(" ", text), *others)).lower()))

    def joined(found: re.Match[str]) -> str:
        first, second = found[1].lower(), found[2].lower()
        both = first + second not in words and {first, second} <= words and len(second) > 2
        kept = both or first in _BEFORE_HYPHEN or f"{first}-{second}" in words or found[2][0].isupper()
        return f"{found[1]}{'-' if kept else ''}{found[2]}"

    return _DIVIDED.sub(joined, text)
