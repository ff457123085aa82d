"""Whether two points on the map may be one place, as exactly as reports name them."""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from analysis import places

PROVINCE, COUNTRY = 4, 6  # UCDP's where_prec
_KM = {PROVINCE: 100.0, 5: 200.0}  # how far the point of a province, and of a vague region, may be from what is meant

Point = tuple[float, float, int, str | None]  # latitude, longitude, where_prec, the gazetteer's id


@lru_cache(maxsize=65536)
def apart(one: Point, other: Point) -> bool:
    """Return whether two points cannot be one place; the gazetteer knows best which town lies in which province."""
    if one[3] and other[3]:
        return not places.may_be_one(one[3], other[3])
    coarsest = max(one[2] or 1, other[2] or 1)
    return coarsest < COUNTRY and _kilometres(one, other) > _KM.get(coarsest, places.NEAR_KM)


def _kilometres(one: Point, other: Point) -> float:
    """Great-circle distance by the haversine formula."""
    lat1, lon1, lat2, lon2 = map(radians, (one[0], one[1], other[0], other[1]))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(h))
