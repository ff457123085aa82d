"""Time words to EDTF (ISO 8601-2): what the text says and no more.

"19 March" without a year is ``XXXX-03-19``; "last month" without the article's date is a time expression whose date is
None. No library fills in anything from today's date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.dates.scan import TimeExpression, dates

__all__ = ["TimeExpression", "dates"]


def __getattr__(name: str) -> object:
    """Return what reads dates; it needs spaCy, which takes a second, and the readers of EDTF do not."""
    if name not in __all__:
        raise AttributeError(name)
    from analysis.dates import scan

    return getattr(scan, name)
