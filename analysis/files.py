"""Files that are complete or absent, also after a crash, and that take the place of no file of the user's.

A folder of results holds ``.workbook-files.json``: what the workbook wrote there, {name: check sums}. A file that is
not in it, or has another check sum because somebody changed it, is the user's.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil

WRITTEN, CACHE = ".workbook-files.json", ".workbook-cache"  # hidden, so that they are not read as articles


@contextmanager
def replacing(path: Path, durable: bool = True) -> Iterator[Path]:
    """Give a path to write to, which takes the place of ``path`` when all went well, and is on the disk then.

    Not ``durable``: a power cut may leave a torn file; for many files that have a check sum, since a disk is slow.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{_unfinished(path)}{os.getpid()}-")
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        if durable:
            with unfinished.open("rb+") as file:
                os.fsync(file.fileno())
        unfinished.chmod(0o644)  # mkstemp gives 0o600; what we write is as readable as any other file
        unfinished.replace(path)
        if durable:
            sync_folder(path.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _unfinished(path: Path) -> str:
    """Return how the names of half-written files begin that this machine makes in place of ``path``."""
    return f".{path.name}-{platform.node()}-"


def clear_unfinished(path: Path) -> None:
    """Delete what programs of this machine left half written in place of ``path`` when they were killed."""
    begin = _unfinished(path)
    for file in path.parent.iterdir():
        process = file.name.removeprefix(begin).split("-")[0]
        if file.name.startswith(begin) and process.isdigit() and not psutil.pid_exists(int(process)):
            with suppress(OSError):
                file.unlink()


def plain(error: Exception, named: bool = False) -> str:
    """Return an error in words, without its number and hidden names; ``named``: without the file's name too.

    >>> plain(PermissionError(13, "Permission denied", "out")), plain(OSError(13, "Permission denied", ".out-host-7"))
    ('permission denied: out', 'permission denied')
    """
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    name, words = str(error.filename or ""), os.strerror(error.errno) if error.errno else error.strerror
    return words[:1].lower() + words[1:] + (
        "" if named or not name or Path(name).name.startswith(".") else f": {name}")


@contextmanager
def results(folder: Path, names: Iterable[str]) -> Iterator[list[Path]]:
    """Give a path to write to for each name; the files take their places in ``folder`` when all of them are written.

    What the user laid or changed there is never replaced: raises FileExistsError, as ``own_files``.
    """
    names = list(names)
    if os.path.lexists(folder) and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file: name a folder, which may be a new one")
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*names, WRITTEN):
        clear_unfinished(folder / name)
    with ExitStack() as files:
        paths = [files.enter_context(replacing(folder / name)) for name in names]
        yield paths
        last = own_files(folder, names)
        new = {name: checksum(path) for name, path in zip(names, paths, strict=True)}
        with replacing(folder / WRITTEN) as unfinished:  # before they are moved: a crash leaves old ones or new ones
            known = _written(folder) | {name: sorted({new[name], last.get(name, new[name])}) for name in names}
            unfinished.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def own_files(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return {name: check sum} of the files of those names that lie in a folder of results.

    Raises FileExistsError where one of them is not as the workbook wrote it there.
    """
    known = _written(folder)
    found = {name: checksum(folder / name) for name in names if os.path.lexists(folder / name)}
    if (folder / CACHE).is_dir() and not (folder / WRITTEN).exists():
        return found  # results of a version that kept no list
    if others := [name for name, content in found.items() if content not in known.get(name, ())]:
        raise FileExistsError(f"{folder} has {', '.join(others)}, which the workbook did not write there or which was "
                              f"changed since. Nothing is replaced: name another place, or move what is there.")
    return found


def checksum(path: Path) -> str | None:
    """Return what stands for a file's bytes, None for what is no file or cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _written(folder: Path) -> dict[str, list[str]]:
    """Return {name: check sums} of what the workbook wrote into a folder; where that cannot be read, nothing."""
    try:
        found = json.loads((folder / WRITTEN).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and all(isinstance(sums, list) for sums in found.values()) else {}


def sync_folder(folder: Path) -> None:
    """Make sure that a new file's name is on the disk too, where the system lets a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
