"""The gazetteer: every place of a name, countries by their names and peoples, and the outlines of countries."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from analysis import lexicon
from analysis.places.keys import alike, close, exact_key, loose_key

DATA = Path(__file__).parents[1] / "data"
COLUMNS = ("place_id", "name", "kind", "country", "division", "latitude", "longitude", "population", "where_prec")
NAME, TEXT = 1, 5  # which column is the name, how many are text


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, in degrees WGS 84. ``kind`` is city, district, division, region or country.

    ``country`` is ISO 3166-1 alpha-2, ``division`` the name of the first-order division, ``where_prec`` UCDP's: 1 the
    place itself, 2 near it, 3 its district, 4 its province, 5 a part of a country, 6 a country. A point with 3 or more
    is the middle of an area, not where anything happened. ``spelling`` says how the name asked for stands to ours.
    """

    place_id: str
    name: str
    kind: str
    country: str
    division: str | None
    latitude: float
    longitude: float
    population: int
    where_prec: int
    spelling: str = "exact"


class Gazetteer:
    """Places by key. Rows become ``Place`` only when somebody asks for them."""

    def __init__(self, folder: Path = DATA):
        names = pq.ParquetFile(folder / "names.parquet").read()
        self._loose, self._exact, self._rows = (names[c].combine_chunks() for c in ("loose", "exact", "rows"))
        places = pq.ParquetFile(folder / "places.parquet").read(list(COLUMNS))
        self._text = [places[column].combine_chunks() for column in COLUMNS[:TEXT]]
        self._numbers = [places[column].to_numpy() for column in COLUMNS[TEXT:]]

    def place(self, row: int, spelling: str = "exact") -> Place:
        """Return the place of a row."""
        return Place(*(column[row].as_py() for column in self._text),
                     *(column[row].item() for column in self._numbers), spelling)

    def named(self, name: str) -> tuple[Place, ...]:
        """Return the places that have the name, else those that have a spelling of it."""
        key = loose_key(name)
        at = bisect_left(range(len(self._loose)), key, key=lambda row: self._loose[row].as_py())  # the keys are sorted
        if at == len(self._loose) or self._loose[at].as_py() != key:
            return ()
        exact, wanted = self._exact[at].as_py(), exact_key(name)
        rows = list(zip(self._rows[at].as_py(), exact, strict=True))
        spelt = [row for row, key in rows if key == wanted]
        found = [self.place(row, _spelling(self._text[NAME][row].as_py(), wanted) if spelt else "loose")
                 for row in dict.fromkeys(spelt or [row for row, key in rows if close(key, wanted)])]
        return tuple(sorted(found, key=lambda place: -place.population))


def _spelling(name: str, wanted: str) -> str:
    """Return how what is wanted stands to the place's main name: exact, other (a likeness) or renamed (none)."""
    if exact_key(name) == wanted:
        return "exact"
    return "other" if alike(name, wanted) else "renamed"


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once."""
    return Gazetteer()


@lru_cache(maxsize=16384)
def candidates(name: str) -> tuple[Place, ...]:
    """Return every place of that name, countries first, then most populous first; () when none is known.

    A name that nothing bears exactly is looked up by how it sounds ("Hassakeh", "Mazari Sharif", "Deir Ezzor").
    **Misses:** villages under 5,000 people, quarters of cities, rivers, mountains, refugee camps.
    """
    code = country_names().get(exact_key(name))
    country = (country_place(code),) if code and code in _countries() else ()
    return country + tuple(place for place in gazetteer().named(name) if place.kind != "country")


@lru_cache(maxsize=16384)
def by_id(place_id: str) -> Place | None:
    """Return the place with that id, None when the gazetteer does not have it."""
    row = _row_numbers().get(place_id)
    return None if row is None else gazetteer().place(row)


@cache
def _row_numbers() -> dict[str, int]:
    return {place_id: row for row, place_id in enumerate(pq.read_table(DATA / "places.parquet",
                                                                       columns=["place_id"])["place_id"].to_pylist())}


@cache
def _countries() -> dict[str, Place]:
    """Return the countries by code; they are the first rows of the gazetteer."""
    found: dict[str, Place] = {}
    row = 0
    while (place := gazetteer().place(row)).kind == "country":
        found[place.country] = place
        row += 1
    return found


def country_place(code: str) -> Place:
    """Return a country as a place: the middle of its largest part. Raises KeyError for an unknown code."""
    return _countries()[code]


def is_world_region(name: str) -> bool:
    """True for what is of many countries: West Africa, Central America, the Red Sea."""
    return exact_key(name) in _world_regions()


@cache
def _world_regions() -> frozenset[str]:
    return frozenset(exact_key(row["word"]) for row in lexicon.rows("place_words") if row["kind"] == "world_region")


def country_population(code: str) -> int:
    """Return the people of a country; of one that is not drawn on the map, a million."""
    place = _countries().get(code)
    return place.population if place and place.population else 1_000_000


@cache
def country_names() -> dict[str, str]:
    """Return {key of a country's name: ISO code}."""
    return {exact_key(name): code for name, code in lexicon.countries().items()}


@cache
def _peoples() -> dict[str, str]:
    return {exact_key(name): row["code"] for row in lexicon.rows("countries")
            for name in (row["people"] or "").split("|") if name}


@lru_cache(maxsize=16384)
def country_code(word: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name, its people's name or its adjective.

    None for what two countries share ("Korean", "Congolese") and for anything else.
    """
    key = exact_key(word)
    return country_names().get(key) or _peoples().get(key) or (_peoples().get(key[:-1]) if key.endswith("s") else None)


@cache
def _capitals() -> dict[str, str]:
    return {exact_key(name): row["code"] for row in lexicon.rows("countries")
            for name in (row["capital"] or "").split("|") if name}


def capital_of(name: str) -> str | None:
    """Return the code of the country whose capital bears this name ("Kyiv" and "Kiev" are Ukraine's)."""
    return _capitals().get(exact_key(name))


@cache
def first_words() -> frozenset[str]:
    """Return the first words of all names of countries, peoples and capitals, to pass over other words quickly."""
    keys = {key.split()[0] for table in (country_names(), _peoples(), _capitals()) for key in table}
    return frozenset(keys | {f"{key}s" for key in keys})


@cache
def outlines() -> pd.DataFrame:
    """Return the outer rings of the countries, for a map: country (code, or missing), name, longitude and latitude.

    Longitude and latitude are arrays of degrees, one ring a row. **Misses:** lakes and enclaves inside a country.
    Source: Natural Earth, 1:50 million, public domain; borders are theirs, not a judgement.
    """
    return pq.read_table(DATA / "outlines.parquet").to_pandas()
