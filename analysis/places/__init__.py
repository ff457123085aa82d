"""Place names to coordinates, country, division and precision, with a gazetteer inside the package.

    >>> resolve("Mazar-e-Sharif").where_prec
    1
    >>> resolve("San Miguel") is None, resolve("San Miguel", countries=("SV",)).country
    (True, 'SV')

A place that could be several stays None, with ``candidates`` at hand: no point on a map is better than a wrong one.
The data are GeoNames' (CC BY 4.0) and Natural Earth's; tools/make_gazetteer.py makes them.
"""

from analysis.places.choice import NEAR_KM, may_be_one, resolve
from analysis.places.context import article_countries, context
from analysis.places.gazetteer import (
    DATA,
    Place,
    by_id,
    candidates,
    capital_of,
    country_code,
    country_place,
    outlines,
)
from analysis.places.keys import exact_key, is_latin, loose_key

__all__ = ["DATA", "NEAR_KM", "Place", "article_countries", "by_id", "candidates", "capital_of", "context",
           "country_code", "country_place", "exact_key", "is_latin", "loose_key", "may_be_one", "outlines", "resolve"]
