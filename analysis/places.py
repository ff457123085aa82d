"""Place names to coordinates, country, division and precision, with a gazetteer inside the package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. ``kind`` is city, division or country; ``where_prec`` is UCDP's (1 exact ... 6 country)."""

    place_id: str
    name: str
    kind: str
    country: str
    division: str | None
    latitude: float
    longitude: float
    population: int
    where_prec: int


def candidates(name: str) -> tuple[Place, ...]:
    """Return every place of that name, most populous first; () when the gazetteer does not know it."""
    return ()


def resolve(name: str, countries: tuple[str, ...] = (), within: tuple[str, ...] = (), kind: str | None = None) -> Place | None:
    """Return the place meant, or None when it is unknown or stays ambiguous.

    ``countries``: ISO codes the article is about, most likely first. ``within``: names of containing places.
    ``kind``: what the text calls it ("province" -> division).
    """
    return None


def country_code(word: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name, its people's name or its adjective."""
    return None


def capital_of(name: str) -> str | None:
    """Return the country code whose capital bears this name."""
    return None
