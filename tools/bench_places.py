"""Print how long the gazetteer takes to load and how many names it resolves in a second.

    python tools/bench_places.py
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import pyarrow.parquet as pq

from analysis import places

NAMES = 10_000
COUNTRIES = ("SY", "IQ", "TR", "US")


def main() -> None:
    """Load, then resolve different names of cities, districts and divisions, none of them looked up before."""
    started = time.perf_counter()
    places.candidates("Kabul")
    loaded = time.perf_counter()
    known = pq.read_table(places.DATA / "places.parquet", columns=["name"])["name"].to_pylist()
    names = random.Random(1).sample(sorted(set(known)), NAMES)
    began = time.perf_counter()
    found = sum(places.resolve(name, countries=COUNTRIES) is not None for name in names)
    took = time.perf_counter() - began
    print(f"loading: {loaded - started:.2f} s; {NAMES:,} names: {took:.2f} s, {NAMES / took:,.0f} a second; "
          f"{found:,} of them resolved in an article about {', '.join(COUNTRIES)}")


if __name__ == "__main__":
    main()
