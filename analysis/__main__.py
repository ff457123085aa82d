"""The command line, for tables, for a brief, and for the judgements of two analysts.

    python -m analysis extract INPUT... --out DIR [--format parquet|csv|jsonl] [--workers N | --scheduler ADDRESS]
    python -m analysis report INPUT... --out FILE [--incident NAME] [--policy NAME]
    python -m analysis merge-journals ONE OTHER --out FILE

No file is replaced that the workbook did not write there, or that was changed since.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from analysis.articles import MANIFEST, READERS, is_manifest
from analysis.corpus import Corpus
from analysis.exports import WRITERS, file_names, write_tables
from analysis.files import own_files, plain
from analysis.judgements import JudgementError, merge_journals
from analysis.markup import seen
from analysis.records import TABLES


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 nothing could be read or written, 130 stopped by Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    _extract_options(commands.add_parser("extract", help="read articles and write one file per table"))
    _report_options(commands.add_parser("report", help="read articles and write a brief as one web page"))
    _merge_options(commands.add_parser("merge-journals", help="put two journals together and list disagreements"))
    options = parser.parse_args(arguments)
    if "files" in options:
        folder, names = options.files(options)
        if articles := _articles_at(folder, options.inputs):
            parser.error(f"--out {options.out} lies among the articles of {articles}: what is written would be read as "
                         f"articles the next time")
        if fault := _no_place(folder, names):
            return _fail(f"Not written: {fault}")
    try:
        return options.run(options)
    except KeyboardInterrupt:
        return 130


def _no_place(folder: Path, names: Iterable[str]) -> str | None:
    """Return why nothing can be written there, before all is read, which may take long."""
    if folder.exists() and not folder.is_dir():
        return f"{folder} is a file: name a folder, which may be a new one"
    if folder.is_dir() and (taken := next((name for name in names if (folder / name).is_dir()), None)):
        return f"{folder / taken} is a folder: name a file in it"
    try:
        own_files(folder, names)
    except FileExistsError as error:
        return str(error)
    return None


# One file of many articles, beside which no others lie.
_WHOLE_CORPUS = (".jsonl", ".ndjson", ".csv", ".tsv", ".xlsx", ".json")


def _articles_at(folder: Path, inputs: Iterable[Path]) -> Path | None:
    """Return the input among whose articles a folder lies, or the folder if it has a manifest; else None."""
    where = folder.resolve()
    among = (path for path in map(Path.resolve, inputs)
             if where.is_relative_to(path)
             or (path.is_file() and where == path.parent and path.suffix.lower() not in _WHOLE_CORPUS))
    return next(among, folder if is_manifest(folder / MANIFEST) else None)


def _extract_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="a file or folder of articles")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the tables go")
    command.add_argument("--format", choices=WRITERS, default="parquet")
    command.add_argument("--workers", type=int, default=1, metavar="N", help="processes that read (default 1)")
    command.add_argument("--scheduler", metavar="ADDRESS", help="let a Dask cluster read: tcp://HOST:8786")
    command.add_argument("--shared", metavar="FOLDER", help="a path or address that the cluster's machines share, for "
                         "its work in progress (default: inside --out)")
    command.set_defaults(run=extract, files=lambda o: (o.out, file_names(TABLES, o.format)))


def _report_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="a file or folder of articles")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="the page, for example brief.html")
    command.add_argument("--incident", action="append", default=[], metavar="NAME",
                         help="as in the table incidents; again for more; all without it")
    command.add_argument("--policy", metavar="NAME", help="how to count; a word that is no policy lists them")
    command.set_defaults(run=report, files=lambda o: (o.out.parent, [o.out.name]))


def _merge_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("one", type=Path, metavar="ONE", help="a judgements.jsonl")
    command.add_argument("other", type=Path, metavar="OTHER", help="another analyst's")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file")
    command.set_defaults(run=merge)


def extract(options: argparse.Namespace) -> int:
    """Read, extract, assemble, and write the tables; say on standard error what could not be read."""
    make = None
    if options.scheduler:
        from analysis import cluster  # late: few need it

        make = partial(cluster.extract, scheduler=options.scheduler, shared=options.shared or options.out / ".parts")
    try:
        corpus = _read(options.inputs, workers=options.workers, make=make)
    except (OSError, RuntimeError) as error:
        if not options.scheduler:
            raise
        return _fail(f"Not read: {plain(error)}")
    if corpus.articles.empty:
        return 1
    try:
        write_tables(corpus.tables, options.out, options.format)
    except OSError as error:
        return _fail(f"Not written: {plain(error)}")
    return 0


def report(options: argparse.Namespace) -> int:
    """Write the brief on some incidents or all."""
    from analysis.incidents import DEFAULT, POLICIES  # late: tables that are found need none of it, and no spaCy
    from analysis.reports import write_report

    policy = options.policy or DEFAULT.name
    if policy not in POLICIES:
        return _fail(f"Not written: --policy is one of {', '.join(map(repr, POLICIES))}")
    corpus = _read(options.inputs)
    if corpus.articles.empty:
        return 1
    try:
        write_report(corpus, options.out, options.incident, policy, date.today())
    except (ValueError, OSError) as error:
        return _fail(f"Not written: {plain(error)}")
    return 0


def merge(options: argparse.Namespace) -> int:
    """Put two journals into a new one; list on standard output where they disagree."""
    try:
        clashes, problems = merge_journals(options.one, options.other, options.out)
    except JudgementError as error:
        return _fail(str(error))
    for problem in problems:
        _fail(f"Not copied: {problem.detail}")
    print(f"{len(clashes)} disagreements" + (", where the later word holds until it is taken back:" if clashes else ""))
    for clash in clashes:
        print(f"- {seen(clash)}")
    return 0


def _read(inputs: list[Path], **how: object) -> Corpus:
    """Return the corpus; on standard error what could not be read of it."""
    corpus = Corpus(*inputs, **how)
    for problem in corpus.problems.itertuples():
        _fail(f"{problem.article_id}: {problem.what}: {problem.detail}")
    if corpus.articles.empty:
        _fail(f"Nothing could be read in {', '.join(map(str, inputs))}. "
              f"Give a folder or a file of articles: {', '.join(READERS)}.")
    return corpus


def _fail(words: str) -> int:
    print(seen(words), file=sys.stderr)  # a file's name may hold what a terminal would act on
    return 1


if __name__ == "__main__":
    sys.exit(main())
