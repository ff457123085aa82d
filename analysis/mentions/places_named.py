"""Place names with the words that narrow them: "eastern Aleppo", "Palmyra, Syria"."""

from __future__ import annotations

from collections.abc import Iterator

from analysis import places
from analysis.mentions.name_types import country
from analysis.mentions.names import PARTS
from analysis.mentions.words import Found, Words


def narrowed(words: Words, named: list[Found]) -> Iterator[Found]:
    """Yield the longer name of a place that a direction or a containing place narrows; the parts may stay inside it.

    **Misses:** "south of Stockholm", which is no part of it.
    """
    for one in named:
        if one.type != "place":
            continue
        first = one.first - (one.first > 0 and words.lower[one.first - 1] in PARTS)
        holder = words.at.get(one.last + 1) if words.text[one.last:one.last + 1] == [","] else None
        last = holder.last if holder is not None and _holds(words, holder, one) else one.last
        if (first, last) != (one.first, one.last):
            yield Found(first, last, "place", one.rule)
            if last > one.last:
                holder.inner = True


def _holds(words: Words, holder: Found, one: Found) -> bool:
    """True where the gazetteer knows the second place as a country or division that holds the first."""
    name, within = words.doc[one.first:one.last].text, words.doc[holder.first:holder.last].text
    divisions = {p.division for p in places.candidates(within) if p.kind == "division"}
    if holder.type != "place" or country(name) or not (country(within) or divisions):
        return False
    found = places.resolve(name, within=(within,))
    return found is not None and (found.country == places.country_code(within) or found.division in divisions)
