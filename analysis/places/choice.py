"""Which of the places that bear a name is meant, if that can be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from math import cos, hypot, radians

from analysis import lexicon
from analysis.places.gazetteer import Place, by_id, candidates, country_code, country_population, is_world_region
from analysis.places.phrase import kinds, taken_apart

# What may stand for what the text calls a place, best first: many a "province" is a second-order division, and a small
# town is often known only as the district that it gave its name to.
STANDS_FOR = {"city": ("city", "district"), "district": ("district", "city", "division"),
              "division": ("division", "region", "district"), "country": ("country",)}
CLEARLY = 3  # times as weighty as the next, where the article's countries decide
FAMOUS = 6  # ... where a country or a capital is meant that is none of the article's
DOMINANT = 10  # ... where only population decides
LARGE_CITY = 300_000  # people; of a city and its province of one name the city is meant
LARGE_CITY_BY_ANOTHER_NAME = 500_000  # Raqqa (Ar Raqqah), New York (New York City); but not Bolívar (Ciudad Bolívar)
KNOWN_ABROAD = 100_000  # people; a smaller place is not named without its country
KNOWN_ANYWHERE = 15_000  # people; the same where nothing is known of the article
KNOWN_BY_OTHER_NAMES = 15_000  # people; names without likeness of smaller places are mostly mistakes of the data
DISTRICT, CAPITAL = 1 / 5, 10  # how weights change; a capital's where nothing is known of the article
WORLD = 8e9  # people
COUNTRY_ABROAD = 0.01  # the weight of a country that the article does not name otherwise
ABROAD = {"capital": 4, "other": 3}  # a place abroad is named for its size, and for being known
SPELT = {"exact": 1, "other": 1 / 5, "renamed": 1 / 20, "loose": 1 / 20}
NEARBY = 60  # km from a containing city or district
WIDE = 300  # km from the middle of a region that may hold a place
DISTRICT_PLACED = 3  # where_prec of a district whose own point is known
NEAR_KM = 25  # between two points that a report may not tell apart: UCDP's "within about 25 km"


def resolve(name: str, countries: tuple[str, ...] = (), within: tuple[str, ...] = (), kind: str | None = None,
            near: bool = False) -> Place | None:
    """Return the place meant, or None when it is unknown or stays ambiguous.

    ``countries``: ISO codes the article is about, most likely first. ``within``: names of containing places, as the
    text has them. ``kind``: what the text calls it, a kind or a word for one ("province", "town"). ``near``: the text
    says near it: where_prec 2 for a city. The name may bring its own words: "Balkh province", "northern Iraq",
    "the city of Homs", "Aleppo, Syria".

    A city and its province of one name: the city if it has 300,000 people or is a capital, else the province, which
    is true of both. **Misses:** an old name that GeoNames does not list; quarters, camps and villages.
    """
    phrase = taken_apart(name)
    kind = phrase.kind or kinds().get((kind or "").lower(), kind)
    if kind is None and is_world_region(phrase.name):
        return None  # the Red Sea; but there is a Red Sea state
    found = _of_kind(candidates(phrase.name), kind)
    found = _inside(found, (*phrase.within, *within))
    place = _weightiest(_one_of_each(found, kind), countries, kind is not None or bool(phrase.within or within))
    if place is None:
        return None
    if phrase.part:
        return _part(place, phrase.part)
    return replace(place, where_prec=2) if near and place.where_prec == 1 else place


def _of_kind(found: Iterable[Place], kind: str | None) -> list[Place]:
    """Keep the places that are of the kind, or of the next that may stand for it."""
    found = list(found)
    if kind is None:
        return found
    for stand_in in STANDS_FOR.get(kind, (kind,)):
        if kept := [place for place in found if place.kind == stand_in]:
            vague = kind == "district" and stand_in == "city"  # somewhere in the district around it
            return [replace(place, where_prec=3) for place in kept] if vague else kept
    return []


def _inside(found: list[Place], within: tuple[str, ...]) -> list[Place]:
    """Keep the places that lie in every containing place that is known; none is better than one elsewhere."""
    for name in within:
        holders, code = candidates(taken_apart(name).name), country_code(name)
        if holders or code:
            found = [place for place in found
                     if place.country == code or any(_holds(holder, place) for holder in holders)]
    return found


def may_lie_in(name: str, container: str) -> bool:
    """True where "Homs, Syria" says where Homs is; false for the next in a list ("Homs, Hama and Idlib").

    A city or a country of its own weight needs no container that has none such.
    """
    found = candidates(taken_apart(name).name)
    if _inside(list(found), (container,)):
        return True
    return not any(place.kind == "country" or place.population >= LARGE_CITY for place in found)


def _holds(holder: Place, place: Place) -> bool:
    if holder.country != place.country or holder.place_id == place.place_id:
        return False
    if holder.kind == "country":
        return True
    if holder.kind == "region":
        return distance(holder, place) <= WIDE
    if holder.kind == "division":
        return holder.division == place.division
    return place.kind in ("city", "district") and distance(holder, place) <= NEARBY


def may_be_one(one_id: str, other_id: str) -> bool:
    """Return whether two places of the gazetteer may be one: the same, near each other, or one inside the other."""
    one, other = by_id(one_id), by_id(other_id)
    if one is None or other is None or one == other or _holds(one, other) or _holds(other, one):
        return True
    return one.kind == other.kind == "city" and distance(one, other) <= NEAR_KM


def distance(one: Place, other: Place) -> float:
    """Return the kilometres between two places, good to a few percent where they are near each other."""
    east = (one.longitude - other.longitude) * cos(radians((one.latitude + other.latitude) / 2))
    return 111.2 * hypot(east, one.latitude - other.latitude)


def _one_of_each(found: list[Place], kind: str | None) -> list[Place]:
    """Of places of one country that share the name, leave out those that are not meant by the bare name.

    A country or region stands before a place inside it, a capital before the rest of its country, and of a city, its
    district and its province only one is kept.
    """
    if kind is not None:
        return found
    first = {place.country: place for place in found if _is_capital(place)}
    first |= {place.country: place for place in found if place.kind in ("country", "region")}
    found = [place for place in found if first.get(place.country, place) is place]
    cities = {(place.country, place.division): place for place in reversed(found) if place.kind == "city"}
    divisions = {(place.country, place.division): place for place in found if place.kind == "division"}
    return [place for place in found if _is_meant(place, cities.get((place.country, place.division)),
                                                  divisions.get((place.country, place.division)))]


def _is_meant(place: Place, city: Place | None, division: Place | None) -> bool:
    """True unless the city or the division of that name, of which one lies in the other, is meant before the place."""
    if place.kind == "district":
        return city is None or (place.where_prec == DISTRICT_PLACED and distance(city, place) > NEARBY)
    if city is None or division is None or place.kind == "country":
        return True
    large = LARGE_CITY if city.spelling == "exact" else LARGE_CITY_BY_ANOTHER_NAME
    return (place.kind == "city") == (city.population >= large or _is_capital(city))


def _is_capital(place: Place) -> bool:
    return place.kind == "city" and place.place_id in _capital_ids()


@cache
def _capital_ids() -> frozenset[str]:
    """Return the cities that are capitals: the most populous of the name in its country."""
    named = ((row["code"], name) for row in lexicon.rows("countries") for name in (row["capital"] or "").split("|"))
    cities = ([p for p in candidates(name) if p.kind == "city" and p.country == code] for code, name in named if name)
    return frozenset(found[0].place_id for found in cities if found)


def _weightiest(found: list[Place], countries: tuple[str, ...], told: bool) -> Place | None:
    """Return the place that outweighs all others clearly; ``told``: the text itself says which kind or where."""
    if clash := country_and_division(found):
        found = [place for place in clash if _decides(place, clash, countries)]
    weighed = sorted(((_weight(place, countries), place) for place in found), key=lambda pair: -pair[0])
    if not weighed:
        return None
    best, place = weighed[0]
    others = [weight for weight, other in weighed if other is not place and not _are_one(place, other)]
    if others and best < _enough(place, countries) * others[0]:
        return None
    return place if _may_be_meant(place, countries, told) else None


def _are_one(place: Place, other: Place) -> bool:
    """True for two cities of one name that grew together: Rafah, on both sides of a border."""
    return place.kind == other.kind == "city" and distance(place, other) <= NEAR_KM


def _enough(place: Place, countries: tuple[str, ...]) -> int:
    """Return how many times it must outweigh the next."""
    if place.country in countries:
        return CLEARLY
    return FAMOUS if countries and _standing(place) != "other" else DOMINANT


def _weight(place: Place, countries: tuple[str, ...]) -> float:
    """Return how likely a place is named: by its share of its country's people where the article is about the country,
    else by its share of the world's. A town of Lebanon stands in an article about Lebanon before a city of Libya.
    """
    people = max(place.population, 1000) * SPELT[place.spelling] * (DISTRICT if place.kind == "district" else 1)
    standing = _standing(place)
    if place.country in countries:
        return people / country_population(place.country) / (1 + countries.index(place.country))
    if not countries:
        return people * (1 if standing == "other" else CAPITAL)
    return SPELT[place.spelling] * COUNTRY_ABROAD if standing == "country" else people / WORLD * ABROAD[standing]


def _standing(place: Place) -> str:
    return "country" if place.kind == "country" else (
        "capital" if place.kind == "region" or _is_capital(place) else "other")


def country_and_division(found: Iterable[Place]) -> tuple[Place, Place] | None:
    """Return the country and the division of another one that share the name, neither dwarfing the other."""
    found = list(found)
    pairs = ((state, part) for state in found if state.kind == "country" for part in found
             if part.kind == "division" and part.spelling == "exact" and part.country != state.country)
    return next((pair for pair in pairs if pair[0].population < DOMINANT * pair[1].population), None)


def _decides(place: Place, clash: tuple[Place, Place], countries: tuple[str, ...]) -> bool:
    """True where the article's countries leave only this one of the two."""
    state, part = clash
    if place is part:
        return countries == (part.country,)
    return bool(countries) and (part.country not in countries
                                or (state.country in countries and countries[0] != part.country))


def _may_be_meant(place: Place, countries: tuple[str, ...], told: bool) -> bool:
    """True where a place of this size is named as barely as it is."""
    if place.spelling == "renamed" and place.population < KNOWN_BY_OTHER_NAMES:
        return False
    if place.kind == "country" or place.country in countries:
        return True
    if place.spelling == "loose":
        return not countries and place.population >= KNOWN_ABROAD
    if countries:
        return place.population >= KNOWN_ABROAD or (place.kind in ("division", "region") and place.spelling == "exact")
    return told or place.kind == "division" or place.population >= KNOWN_ANYWHERE


def _part(place: Place, part: str) -> Place:
    """Return "northern Iraq" or "eastern Aleppo": no more exact than what it is a part of."""
    if place.kind != "country":
        return replace(place, name=f"{part} {place.name}")
    return replace(place, place_id=f"{place.place_id}/{part}", name=f"{part} {place.name}", kind="region", where_prec=5)
