"""Files written into a folder that the user names: all or none, and none in another's place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from pathlib import Path

from analysis.articles import MANIFEST, is_manifest
from analysis.copies import COPIES
from analysis.corpus import articles_folder
from analysis.files import plain, results

Write = Callable[[Path], object]


def write_files(folder: str, files: Mapping[str, Write]) -> str:
    """Write files into a folder and return what was written or why not; ``files``: {name: what writes it to a path}.

    All are written or none. A file that is there is never replaced: the new ones get a number. None is laid among the
    articles; the folder of the analyst's notebooks beside them is not searched for articles, and may be used.
    """
    if not folder.strip():
        return "Not written: type a folder, or press Download."
    into = Path(folder.strip()).expanduser().absolute()
    articles = articles_folder().resolve()
    among = into.resolve().is_relative_to(articles) and COPIES not in into.resolve().relative_to(articles).parts
    if among or is_manifest(into / MANIFEST):
        return (f"Not written: {into} is a folder of articles, and the file would be read as one. "
                f"Type another folder, or press Download.")
    names = _free_names(into, files)
    try:
        with results(into, names) as paths:
            for path, write in zip(paths, files.values(), strict=True):
                write(path)
    except (OSError, ValueError) as error:
        return f"Not written into {into}: {why_not(error)}"
    return f"Written into {into}: {', '.join(names)}"


def _free_names(folder: Path, names: Iterable[str]) -> list[str]:
    """Return the names, with one number more in each where a file of one of them is there."""
    for number in count(1):
        found = [name if number == 1 else f"{Path(name).stem}-{number}{Path(name).suffix}" for name in names]
        if not any((folder / name).exists() for name in found):
            return found
    raise AssertionError("numbers do not end")


def why_not(error: Exception) -> str:
    """Return what went wrong in words, and what to do about it."""
    said = plain(error, named=True)
    return f"{said}. Type another folder, or press Download." if isinstance(error, OSError) else said


def own_folder() -> str:
    """Return a folder for exports beside the analyst's copies of the notebooks, "" where there are none."""
    return str(Path.cwd() / "exports") if COPIES in Path.cwd().parts else ""
