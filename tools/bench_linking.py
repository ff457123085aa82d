"""Print how long linking, counting and adding up take: seeded synthetic claims, five reports of each incident.

    python tools/bench_linking.py [CLAIMS ...]        default 10000 100000
"""

from __future__ import annotations

import dataclasses
import random
import sys
import time
from datetime import date, timedelta

from analysis.incidents import DEFAULT, link, overall, totals
from analysis.records import Article, Casualty, Mention

REPORTS = 5  # of each incident
FIRST = date(2015, 1, 1)


def made(n: int) -> tuple[list[Casualty], dict[str, Article], list[Mention]]:
    """Return n claims with their articles and places: incidents over ten years and 500 towns of one region."""
    chance = random.Random(n)
    towns = [(f"Town {i}", chance.uniform(30, 40), chance.uniform(40, 70)) for i in range(500)]
    claims, articles, mentions = [], {}, []
    for i in range(n):
        if i % REPORTS == 0:
            town, day, dead = chance.choice(towns), FIRST + timedelta(chance.randrange(3650)), chance.randint(1, 40)
        name = f"article {i}"
        articles[name] = Article(name, published=(day + timedelta(chance.randrange(3))).isoformat())
        told = day.isoformat() if chance.random() < 0.7 else None
        claims.append(Casualty(name, 0, 0, 1, "killed", dead, dead, "exact", place=town[0], date=told))
        mentions.append(Mention(name, 0, 1, town[0], "place", town[0], latitude=town[1], longitude=town[2],
                                where_prec=1))
    return claims, articles, mentions


def main(sizes: list[int]) -> None:
    """Print seconds of processor time for each size, for linking, for totals and for the sum over all incidents."""
    for n in sizes:
        claims, articles, mentions = made(n)
        start = time.process_time()
        names, links, _ = link(claims, articles, mentions)
        linked = time.process_time()
        claims = [dataclasses.replace(c, incident=names[c.article_id, c.event]) for c in claims]
        rows, _ = totals(claims, DEFAULT, articles, mentions)
        counted = time.process_time()
        [total] = overall(rows, claims)
        print(f"{n:,} claims of {-(-n // REPORTS):,} incidents: {len(set(names.values())):,} incidents found, "
              f"{len(links):,} links, {linked - start:.1f} s; counted {counted - linked:.1f} s; "
              f"{len(total.added):,} added {time.process_time() - counted:.1f} s")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
