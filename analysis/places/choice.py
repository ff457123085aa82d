"""Which of the places that bear a name is meant, if that can be told."""

from __future__ import annotations

from analysis.places.gazetteer import Place, candidates


def resolve(name: str, countries: tuple[str, ...] = (), within: tuple[str, ...] = (), kind: str | None = None,
            near: bool = False) -> Place | None:
    """Return the only place of that name, in the article's countries if they are known; else None."""
    found = [place for place in candidates(name) if not countries or place.country in countries]
    return found[0] if len(found) == 1 else None
