"""Sources over all articles: who speaks, how often the others back them, and how far each can be leaned on.

``estimate`` judges sources by agreement alone; ``sources`` and ``grade_numbers`` put the result into words and
Admiralty grades; ``comparison``, ``reading`` and ``leanings`` show one incident or one party; ``without`` leaves
a source out.
"""

from analysis.sources.accounts import Weighed, weighed
from analysis.sources.admiralty import LETTERS, NUMBERS, grade_numbers
from analysis.sources.comparison import Compared, Leaning, Reading, comparison, leanings, reading
from analysis.sources.omission import Changed, without
from analysis.sources.reliability import estimate
from analysis.sources.voices import Said, Typed, root_letters, sources

__all__ = ["LETTERS", "NUMBERS", "Changed", "Compared", "Leaning", "Reading", "Said", "Typed", "Weighed", "comparison",
           "estimate", "grade_numbers", "leanings", "reading", "root_letters", "sources", "weighed", "without"]
