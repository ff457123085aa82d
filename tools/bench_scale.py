"""Print what a large corpus costs: seeded articles of our own, read, killed, finished, opened again, changed.

    python tools/bench_scale.py [--articles 20000] [--workers 1] [--folder DIR]
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pandas as pd

from analysis import places

FIRST = date(2016, 1, 4)
COUNTRIES = {"AF": "Afghan", "ML": "Malian", "YE": "Yemeni", "NG": "Nigerian", "SO": "Somali", "CO": "Colombian"}
OUTLETS = [f"{town} {kind}" for town in ("Northern", "Harbour", "Capital", "Valley", "Frontier", "Union")
           for kind in ("Courier", "Radio", "Herald", "Wire", "Post")]
FIRST_NAMES = ("Amina", "Karim", "Leyla", "Tomas", "Ibrahim", "Rosa", "Daniel", "Fatima", "Yusuf", "Elena", "Hamid")
LAST_NAMES = ("Darani", "Okafor", "Ruiz", "Haidari", "Traore", "Molina", "Yusufzai", "Abdi", "Castano", "Nazari")
GROUPS = ("the Eastern Front", "the Salt River Brigade", "the Mountain Guard", "the Free Valley Movement", "gunmen",
          "militants", "rebels")
VICTIMS = ("civilians", "soldiers", "police officers", "villagers", "farmers", "people", "women", "children", "workers")
WEAPONS = ("a roadside bomb", "a car bomb", "mortar fire", "an air strike", "gunfire", "a drone strike", "a grenade")

LEADS = (
    "{Weapon} killed {dead} {victims} and wounded {hurt} others in {town} on {day}, {source} said.",
    "At least {dead} {victims} were killed on {day} when {group} attacked a convoy near {town}, according to {source}.",
    "{Group} shot dead {dead} {victims} in {town} on {day}. {Source} told the {other} that {hurt} were injured.",
    "{Dead} {victims} died and {hurt} were hurt in {weapon} in {town} on {day}, {source} confirmed.",
)
DETAILS = (
    "{Person}, a doctor at the hospital in {town}, said that {hurt} wounded people had been brought in.",
    "A spokesman for {group} denied that any {victims} had been killed.",
    "“We heard the blast before dawn and ran outside,” said {person}, who lives near the market.",
    "{Person}, the district governor, said the dead included {part} {victims}.",
    "{Source} added that {hurt} people were injured, some of them seriously.",
    "The {other} reported that several {victims} were still missing.",
    "Residents told the {other} that {group} had warned them to leave the area two days earlier.",
    "The {adjective} army said its forces had captured {part} fighters during a search of the area.",
)
BACKGROUND = (
    "Shops along the main road opened late, and buses to the capital were not running.",
    "The price of wheat has risen for three months in a row, traders say.",
    "{Person}, the minister of transport, is due to visit the province next week.",
    "Schools in the district had reopened only in the spring after repairs to their roofs.",
    "The {adjective} government and {group} have held talks twice this year without an agreement.",
    "Heavy rain washed away a bridge on the road that links {town} with the coast.",
    "Aid organisations have asked for more trucks to bring food to the highlands before winter.",
    "The council will elect a new chair in the autumn, and four candidates have put their names forward.",
    "An earlier inquiry by the ministry of the interior was never published.",
    "Officials from the {adjective} health ministry opened a clinic for mothers in a nearby village.",
)
SOURCES = ("police", "the army", "a hospital official", "the provincial governor", "residents", "a military spokesman",
           "the ministry of the interior", "a human rights group")


def made(n: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """Yield n articles of 60 to 190 words: incidents with one to six reports, and one report in ten without any."""
    chance = random.Random(seed)
    number = 0
    while number < n:
        event = _event(chance)
        for report in range(min(chance.choice((1, 1, 1, 2, 2, 3, 4, 6)), n - number)):
            yield _article(chance, event, number, report)
            number += 1


@cache
def _towns() -> list[tuple[str, str]]:
    """Return (town, country) of 600 towns of the gazetteer whose names are one plain word."""
    table = pd.read_parquet(Path(places.__file__).parents[1] / "data" / "places.parquet")
    table = table[table["country"].isin(COUNTRIES) & table["name"].str.fullmatch("[A-Z][a-z]{4,}")]
    return sorted(table[["name", "country"]].itertuples(index=False, name=None))[::max(len(table) // 600, 1)]


def _event(chance: random.Random) -> dict[str, object]:
    town, country = chance.choice(_towns())
    return {"town": town, "adjective": COUNTRIES[country], "group": chance.choice(GROUPS),
            "victims": chance.choice(VICTIMS), "weapon": chance.choice(WEAPONS), "dead": chance.randint(2, 30),
            "hurt": chance.randint(2, 40), "on": FIRST + timedelta(chance.randrange(3300)),
            "background": chance.random() < 0.1}


def _article(chance: random.Random, event: dict[str, object], number: int, report: int) -> dict[str, str]:
    """Return one report of an event: other sentences and voices each time, and one figure in four is another."""
    off = chance.choice((0, 0, 0, chance.randint(1, 5)))
    words = {"town": event["town"], "adjective": event["adjective"], "group": event["group"],
             "victims": event["victims"], "weapon": event["weapon"], "day": f"{event['on']:%A}",
             "source": chance.choice(SOURCES), "other": chance.choice(OUTLETS), "dead": str(event["dead"] + off),
             "hurt": str(event["hurt"]), "part": str(chance.randint(2, 5)),
             "person": f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"}
    words |= {key.capitalize(): value[0].upper() + value[1:] for key, value in words.items()}
    told = [] if event["background"] else [chance.choice(LEADS), *chance.sample(DETAILS, chance.randint(1, 4))]
    told += chance.sample(BACKGROUND, chance.randint(2, 6))
    sentences = [template.format(**words) for template in told]
    half = len(sentences) // 2
    text = f"{' '.join(sentences[:half])}\n\n{' '.join(sentences[half:])}\n"
    title = f"Report {report} from {event['town']}"
    return {"id": f"{number // 1000:03}/{number:06}.txt", "text": text, "title": title,
            "outlet": chance.choice(OUTLETS), "published": (event["on"] + timedelta(chance.randrange(3))).isoformat()}


def write(folder: Path, n: int, seed: int = 7) -> int:
    """Write n articles into a folder, one file each, with their manifest, and return the number of words."""
    words = 0
    folder.mkdir(parents=True)
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        manifest = csv.DictWriter(file, ("file", "title", "outlet", "published"), extrasaction="ignore")
        manifest.writeheader()
        for article in made(n, seed):
            path = folder / article["id"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(article["text"], encoding="utf-8")
            manifest.writerow({"file": article["id"], **article})
            words += len(article["text"].split())
    return words
