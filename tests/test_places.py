"""Places: phrases in sentences, names that collide, spellings, and what the data promises."""

from __future__ import annotations

import csv
from math import cos, hypot, radians
from pathlib import Path

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from analysis import places

TABLE = Path(__file__).with_name("places") / "phrases.csv"
TOLERANCE = {1: 30, 2: 30, 3: 60, 4: 250}  # km between general knowledge and the gazetteer, by where_prec
MISSES: dict[str, str] = {}


def phrases() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def marked(row: dict[str, str]) -> object:
    reason = MISSES.get(row["sentence"])
    marks = pytest.mark.xfail(strict=True, reason=reason) if reason else ()
    return pytest.param(row, id=f"{row['phrase']}-{row['country'] or 'open'}", marks=marks)


def read(text: str) -> Doc:
    return English()(text)


def found(row: dict[str, str]) -> places.Place | None:
    start = row["sentence"].rindex(row["phrase"])
    return places.resolve(row["phrase"], **places.context(read(row["sentence"]), start, start + len(row["phrase"])))


def kilometres(row: dict[str, str], place: places.Place) -> float:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    return 111.2 * hypot(place.latitude - latitude, (place.longitude - longitude) * cos(radians(latitude)))


@pytest.mark.parametrize("row", [*map(marked, phrases())])
def test_phrase(row):
    place = found(row)
    if not row["country"]:
        assert place is None
        return
    assert place is not None
    assert place.country == row["country"]
    assert place.kind in row["kind"].split("|")
    if row["where_prec"]:
        assert place.where_prec == int(row["where_prec"])
    if row["latitude"]:
        assert kilometres(row, place) <= TOLERANCE[place.where_prec]
