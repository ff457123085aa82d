"""Print what a large corpus costs: seeded articles of our own, read, killed, finished, opened again, one changed.

    python tools/bench_scale.py [--articles 20000] [--workers 1] [--kills 5] [--seed 7] [--folder DIR]

Every step is a command of its own, as a user would give it, so that times include the start of Python (printed first)
and memory is that of the largest process (Linux). The articles have about 110 words each. With ``--folder`` they stay.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
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


def command(folder: Path, out: Path, workers: int) -> list[str]:
    """Return the call that reads the articles of a folder and writes their tables."""
    return [sys.executable, "-m", "analysis", "extract", str(folder), "--out", str(out), "--workers", str(workers)]


def opened(folder: Path) -> list[str]:
    """Return the call that opens the articles of a folder, as a notebook does."""
    code = "import sys; from analysis.corpus import Corpus; Corpus(sys.argv[1], progress=False).tables"
    return [sys.executable, "-c", code, str(folder)]


JUDGED = """
import sys, time
from analysis.corpus import Corpus
corpus = Corpus(sys.argv[1], progress=False)
claim = corpus.casualties.dropna(subset="victims_start").iloc[-1]
words = corpus.anchor(claim["article_id"], claim["victims_start"], claim["victims_end"])
names = corpus.entities["entity"].iloc[[-2, -1]]
for what, *judgement in (("the first of a session", "claim_rejected"), ("one claim rejected", "claim_rejected"),
                         ("one claim graded", "grade"), ("two names merged", "merge", *names)):
    value = {"effect": claim["effect"], "grade": 2}
    about = {"anchors": (words,), "value": value} if len(judgement) == 1 else {}
    begun = time.process_time()
    made = corpus.judge(*judgement, why="a test", **about)
    print(f"  {what}: {time.process_time() - begun:.2f} s", flush=True)
    corpus.undo(made.id)
"""


def judged(folder: Path) -> list[str]:
    """Return the call that opens the articles of a folder once, and judges and undoes in turn."""
    return [sys.executable, "-c", JUDGED, str(folder)]


def watched(call: list[str], stop_after: float | None = None) -> tuple[float, float]:
    """Run a command, killed with its children after some seconds; return (seconds, GB of its largest process)."""
    start, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(call, start_new_session=True)
    while process.poll() is None:
        peak = max([peak, *map(_peak_of, _family(process.pid))])
        if stop_after is not None and time.perf_counter() - start > stop_after:
            for pid in _family(process.pid):
                os.kill(pid, signal.SIGKILL)
            process.wait()
            break
        time.sleep(0.05)
    return time.perf_counter() - start, peak


def _family(pid: int) -> list[int]:
    """Return a process and its children, of which a dead one has none."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _peak_of(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e6 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def same_tables(one: Path, other: Path) -> bool:
    """Return whether two folders hold the same tables, byte for byte."""
    names = sorted(path.name for path in one.iterdir())
    return names == sorted(path.name for path in other.iterdir()) and all(
        (one / name).read_bytes() == (other / name).read_bytes() for name in names)


def main(arguments: argparse.Namespace, folder: Path) -> None:
    """Print each figure as soon as it is known."""
    articles, out = folder / "articles", folder / "tables"
    if not articles.exists():
        write(articles, arguments.articles, arguments.seed)
    forget = articles / ".workbook-cache"
    begun, _ = watched([sys.executable, "-c", "import analysis.corpus"])
    print(f"the start of Python with the package: {begun:.1f} s", flush=True)
    whole, peak = watched(command(articles, out, arguments.workers))
    print(f"{arguments.articles:,} articles, {arguments.workers} workers: {whole:.0f} s, "
          f"the largest process {peak:.2f} GB", flush=True)
    for name in ("unchanged", "again unchanged"):
        seconds, peak = watched(opened(articles))
        print(f"{name}: {seconds:.1f} s to ready tables, {peak:.2f} GB", flush=True)
    seconds, _ = watched(command(articles, folder / "again", 1))
    print(f"unchanged, with files written: {seconds:.1f} s, the same tables: {same_tables(out, folder / 'again')}",
          flush=True)
    few = folder / "few"
    if not few.exists():
        write(few, 500, arguments.seed)
    for some in (few, articles):
        watched(opened(some))
        print(f"a judgement on {500 if some == few else arguments.articles:,} articles, in seconds of the processor:",
              flush=True)
        watched(judged(some))
        (some / "judgements.jsonl").unlink()
    changed = sorted(articles.rglob("*.txt"))[arguments.articles // 2]
    text = changed.read_text(encoding="utf-8")
    for number in ("two", "three", "four"):
        changed.write_text(f"{text}\nPolice said {number} more people were killed.\n", encoding="utf-8")
        seconds, peak = watched(opened(articles))
        print(f"one article changed: {seconds:.1f} s to ready tables, {peak:.2f} GB", flush=True)
    watched(command(articles, folder / "again", 1))
    for path in forget.rglob("table-*.parquet"):
        path.unlink()
    watched(command(articles, folder / "anew", 1))
    print(f"the same tables as made at once: {same_tables(folder / 'anew', folder / 'again')}", flush=True)
    changed.write_text(text, encoding="utf-8")
    shutil.rmtree(forget)
    chance, moments = random.Random(arguments.seed), []
    for _ in range(arguments.kills):
        moments.append(chance.uniform(begun, begun + (whole - begun) / arguments.kills))
        watched(command(articles, folder / "killed", arguments.workers), moments[-1])
    seconds, _ = watched(command(articles, folder / "killed", arguments.workers))
    print(f"killed after {', '.join(f'{moment:.0f}' for moment in moments)} s, finished in {seconds:.0f} s more, "
          f"the same tables: {same_tables(out, folder / 'killed')}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.folder:
        main(options, options.folder)
    else:
        with tempfile.TemporaryDirectory() as place:
            main(options, Path(place))
