"""Time words to EDTF (ISO 8601-2): what the text says and no more.

"19 March" without a year is ``XXXX-03-19``; "last month" without the article's date is a time expression whose date is
None. No library fills in anything from today's date.
"""

from analysis.dates.scan import TimeExpression, dates

__all__ = ["TimeExpression", "dates"]
