"""Print how long a panel takes at a million mentions, and from a click to the marked sentence in a real page.

    python tools/bench_panels.py [MENTIONS]           default 1000000
    python tools/bench_panels.py --claims [ARTICLES]  the kernel's seconds for a filter, a reset, an Accept; default 30

The first part times the kernel: a filter and the rows that it sends, 10,000 at most. The second needs a Chromium.
"""

from __future__ import annotations

import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from analysis.panels.prepared import Prepared, mentions_view  # noqa: E402
from analysis.panels.table import Listing, Table  # noqa: E402
from analysis.records import MENTION_TYPES, Mention, table  # noqa: E402

ROUNDS = 15
SAID = "Three people were killed in Herat on 4 March 2019, police said. "


def made(n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return n mentions of 5,000 names in n / 50 articles over ten years."""
    chance = np.random.default_rng(1)
    names = np.array([f"Name {i % 97} of Place {i}" for i in range(5000)])
    entity = names[chance.zipf(1.3, n) % 5000]
    articles = np.char.add("article ", np.arange(max(n // 50, 1)).astype(str))
    mentions = table([], Mention).reindex(range(n)).assign(
        article_id=np.repeat(articles, 50)[:n], start=np.arange(n) % 5000, text=entity, entity=entity,
        type=chance.choice(MENTION_TYPES, n), nominal=chance.random(n) < 0.2)
    mentions["end"] = mentions["start"] + 10
    days = pd.date_range("2015-01-01", periods=3650).strftime("%Y-%m-%d").to_numpy()
    return mentions, pd.DataFrame({"article_id": articles, "outlet": chance.choice(["Gazette", "Wire"], len(articles)),
                                   "published": chance.choice(days, len(articles))})


def median(call: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the median of several calls, in milliseconds by a clock."""
    times = []
    for _ in range(ROUNDS):
        start = clock()
        call()
        times.append(1000 * (clock() - start))
    return statistics.median(times)


def kernel(n: int) -> None:
    """Print the time of a filter with its rows."""
    mentions, articles = made(n)
    start = time.perf_counter()
    prepared = Prepared(mentions, articles)
    print(f"{n:,} mentions, prepared once in {time.perf_counter() - start:.1f} s; medians of {ROUNDS}:")
    listed = Table("Mentions")

    def shown(**wanted: object) -> None:
        listed.show(Listing(mentions, mentions_view, keep=prepared.keep(**wanted)))

    for words, wanted in (("category and date", {"kind": "place", "since": "2018-01-01", "until": "2018-12-31"}),
                          ("free text", {"text": "place 49"}), ("all three", {"kind": "place", "since": "2018-01-01",
                                                                              "text": "place 49"})):
        by_the_wall = median(lambda given=wanted: shown(**given))
        computing = median(lambda given=wanted: shown(**given), time.process_time)
        print(f"{by_the_wall:7.1f} ms  filter by {words}, and its rows ({computing:.1f} ms of computing, "
              f"{len(listed.rows):,} rows)")


def claims(n: int) -> None:
    """Print the kernel's seconds for a filter, a reset and an Accept in the panel of claims, of n made-up articles."""
    from analysis.corpus import Corpus
    from analysis.incidents import DEFAULT
    from analysis.panels import casualties_panel, review_panel

    chance = random.Random(1)
    places, voices = ["Herat", "Kabul", "Kunduz", "Mosul", "Aleppo"], ["police", "doctors", "the army", "residents"]
    with tempfile.TemporaryDirectory() as name:
        for number in range(n):
            said = "".join(f"{chance.choice(['Three', 'Nine', 'Twelve'])} people were "
                           f"{chance.choice(['killed', 'injured'])} in {chance.choice(places)} on "
                           f"{chance.randint(1, 28)} March {chance.randint(2010, 2019)}, {chance.choice(voices)} said. "
                           for _ in range(8))
            (Path(name) / f"{number:05}.txt").write_text(said)
        corpus = Corpus(name, progress=False)
        panel = casualties_panel(corpus, DEFAULT.name)
        accept = review_panel(corpus, panel).buttons["Accept (A)"].click
        effects = itertools.cycle(["killed", "injured"])
        print(f"{n:,} articles, {len(corpus.casualties):,} claims; medians of {ROUNDS}, seconds of the processor:")
        for words, call in (("filter", lambda: setattr(panel.choices["effect"], "value", next(effects))),
                            ("filter and reset", lambda: (setattr(panel.choices["effect"], "value", "killed"),
                                                          panel.reset())), ("Accept", accept)):
            print(f"{median(call, time.process_time) / 1000:7.2f} s  {words}")


def page() -> None:
    """Print the time from a click on a row to its marked sentence, through JupyterLab."""
    import browser
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    with tempfile.TemporaryDirectory() as name, browser.chromium() as running:
        folder = Path(name)
        (folder / "seeds").mkdir()
        for number in range(60):
            (folder / "seeds" / f"{number:02}.txt").write_text("It rained. " * number + SAID + "It was dry. " * 200)
        seeds = str(folder / "seeds")
        cell = ("from analysis.corpus import Corpus; from analysis.incidents import DEFAULT\n"
                "from analysis.panels import casualties_panel\n"
                f"casualties_panel(Corpus({seeds!r}, progress=False), DEFAULT.name)")
        kernel_of = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(new_notebook(cells=[new_code_cell(cell)], metadata=kernel_of), folder / "bench.ipynb")
        with browser.serve(folder) as lab:
            notebook = browser.Notebook(running, lab, "bench.ipynb")
            notebook.run()
            notebook.page.locator(".wb-chooses tbody tr").first.wait_for()
            times = notebook.page.evaluate("""async (rounds) => {
                const times = [];
                for (let row = 0; row < rounds; row++) {
                    const heading = document.querySelector(".wb-heading").textContent;
                    const start = performance.now();
                    document.querySelectorAll(".wb-chooses tbody tr")[row].click();
                    while (document.querySelector(".wb-heading").textContent === heading
                           || !document.querySelector(".wb-chosen")) {
                        await new Promise(requestAnimationFrame);
                    }
                    times.push(performance.now() - start);
                }
                return times;
            }""", ROUNDS)
            print(f"{statistics.median(times):7.1f} ms  from a click to the marked sentence in the page "
                  f"(most {max(times):.0f} ms)")
            notebook.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--claims"]:
        sys.exit(claims(int(sys.argv[2]) if len(sys.argv) > 2 else 30))
    kernel(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    page()
