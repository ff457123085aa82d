"""Which voices count once: the party a voice belongs to, the chain a claim came through, and its root.

A government, its spokesman and its police are one side; an outlet that passes on what the police told it adds no
second witness; a copy of an article adds nothing. So a figure is worth as many accounts as it has *independent
roots*, however many articles print it.

**Misses:** a party that no word list and no phrase of the article states stays unknown, and an unknown party is never
merged with another: two voices of one side may count as two.
"""

from analysis.independence.chains import (
    ARTICLE_ITSELF,
    Voice,
    around,
    chain,
    echoes,
    root,
    root_words,
    voice,
    voice_name,
)
from analysis.independence.copies import Copies, copies, originals
from analysis.independence.parties import Party, listed_party, parties, speaks_of_rule
from analysis.independence.stories import Likeness, likeness, stories

__all__ = ["ARTICLE_ITSELF", "Copies", "Likeness", "Party", "Voice", "around", "chain", "copies", "echoes", "likeness",
           "listed_party", "originals", "parties", "root", "root_words", "speaks_of_rule", "stories", "voice",
           "voice_name"]
