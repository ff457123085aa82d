"""The command line: ``python -m analysis extract INPUT... --out DIR [--format parquet|csv|jsonl] [--workers N]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.articles import READERS
from analysis.corpus import Corpus
from analysis.exports import WRITERS, write_tables


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 nothing could be read."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("extract", help="read articles and write one file per table")
    command.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="a file or folder of articles")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the tables go")
    command.add_argument("--format", choices=WRITERS, default="parquet")
    command.add_argument("--workers", type=int, default=1, metavar="N", help="processes that read (default 1)")
    options = parser.parse_args(arguments)
    inside = next((folder for folder in options.inputs if options.out.resolve().is_relative_to(folder.resolve())), None)
    if inside:
        parser.error(f"--out {options.out} lies in {inside}: the tables would be read as articles the next time")
    return extract(options)


def extract(options: argparse.Namespace) -> int:
    """Read, extract, assemble, and write the tables; say on standard error what could not be read."""
    corpus = Corpus(*options.inputs, workers=options.workers)
    for problem in corpus.problems.itertuples():
        print(f"{problem.article_id}: {problem.what}: {problem.detail}", file=sys.stderr)
    if corpus.articles.empty:
        print(f"Nothing could be read in {', '.join(map(str, options.inputs))}. "
              f"Give a folder or a file of articles: {', '.join(READERS)}.", file=sys.stderr)
        return 1
    write_tables(corpus.tables, options.out, options.format)
    return 0


if __name__ == "__main__":
    sys.exit(main())
