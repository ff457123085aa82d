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
    started, used = time.perf_counter(), time.process_time()
    places.candidates("Kabul")
    loaded, load_used = time.perf_counter() - started, time.process_time() - used
    known = pq.read_table(places.DATA / "places.parquet", columns=["name"])["name"].to_pylist()
    names = random.Random(1).sample(sorted(set(known)), NAMES)
    began, used = time.perf_counter(), time.process_time()
    found = sum(places.resolve(name, countries=COUNTRIES) is not None for name in names)
    took, names_used = time.perf_counter() - began, time.process_time() - used
    print(f"loading: {loaded:.2f} s ({load_used:.2f} s of processor time)")
    print(f"{NAMES:,} names: {took:.2f} s ({names_used:.2f} s of processor time), {NAMES / took:,.0f} a second; "
          f"{found:,} of them resolved in an article about {', '.join(COUNTRIES)}")


if __name__ == "__main__":
    main()
