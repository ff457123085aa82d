"""Places for the map: those that have a point, those that have none and why, and both in words."""

from __future__ import annotations

import pandas as pd

from analysis import places
from analysis.panels.tables import counted
from analysis.plots import outside
from analysis.tallies import off_map, on_map

# UCDP's where_prec in words, see places.Place.
PRECISIONS = {1: "the place itself", 2: "near it", 3: "its district", 4: "its province", 5: "its part of the country",
              6: "its country"}


def map_places(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the places with coordinates, as ``plot_places`` takes them: those of ``on_map``, and country (ISO)."""
    found = on_map(mentions)
    known = [None if pd.isna(place_id) else places.by_id(place_id) for place_id in found["place_id"]]
    return found.assign(country=pd.Series([place and place.country for place in known], dtype="str"))


def places_view(found: pd.DataFrame) -> pd.DataFrame:
    """Return places for reading, with the country's name, and how exactly the place is known instead of a number."""
    exactly = found["where_prec"].map(PRECISIONS).astype("str")
    return found.assign(country=country_names(found["country"]), where_prec=exactly).rename(
        columns={"where_prec": "known to"})


def beside_map(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the places that the map of these mentions does not show: place, mentions, articles, why."""
    left = off_map(mentions)
    why = [_why_not(place, nominal) for place, nominal in zip(left["place"], left["nominal"], strict=True)]
    far = outside(map_places(mentions))
    columns = ["place", "mentions", "articles"]
    return pd.concat([left[columns].assign(why=pd.Series(why, dtype="str")),
                      far[columns].assign(why="a whole country, outside the map")], ignore_index=True)


def _why_not(place: str, nominal: bool) -> str:
    if nominal:
        return "a general word, no name"
    if found := len(places.candidates(place)):
        return f"{counted(found, 'place')} of this name, and the article does not say which"
    return "not in the gazetteer"


def country_names(codes: pd.Series) -> pd.Series:
    """Return the names of countries given by their ISO codes."""
    return pd.Series([None if pd.isna(code) else places.country_place(code).name for code in codes], codes.index,
                     dtype="str")
