"""The one function through which text of articles becomes HTML, and the one through which it goes to a terminal."""

from __future__ import annotations

import html
import re

# Control characters, direction changes, invisible letters and lone surrogates: shown by number, never as they are.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
                     "\ud800-\udfff\U000e0000-\U000e007f]")


def seen(text: object) -> str:
    """Return text in which every unprintable character stands by its number: ``[U+202E]``. Line breaks stay.

    >>> seen("a\\x1b[31mb")
    'a[U+001B][31mb'
    """
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", str(text))


def escape(text: object) -> str:
    """Return text that a page shows as it is and never acts on; see ``seen`` for unprintable characters.

    >>> escape("<b>\\x1b")
    '&lt;b&gt;[U+001B]'
    """
    return html.escape(seen(text))


def unseen(text: str) -> list[int]:
    """Return where the characters stand that ``seen`` shows by their number."""
    return [match.start() for match in _UNSEEN.finditer(text)]
