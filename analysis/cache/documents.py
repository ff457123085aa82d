"""What was read of web pages, PDFs and Word files, one small file each: an unchanged document is parsed once.

It is found by the document's bytes and by the code and libraries that read them. A file is written whole or not at
all, with its check sum, so any number of programs may read and add at once.
"""

from __future__ import annotations

import hashlib
import json
import logging
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.articles.apart import read_apart
from analysis.cache import keys
from analysis.cache.progress import bar
from analysis.files import replacing

if TYPE_CHECKING:
    from tqdm import tqdm

PATIENCE = 5  # seconds without a word
_log = logging.getLogger(__name__)


class Documents:
    """The answers of ``read_apart`` in the folder ``documents`` of a cache, problems included."""

    def __init__(self, cache: Path, progress: bool = False):
        self.folder, self._progress = cache / "documents", progress
        self._used: set[str] = set()
        self._failure: OSError | None = None

    def read(self, path: Path, form: str) -> dict:
        """Return what ``read_apart`` answers: found, else asked and kept.

        An answer that another day may change ("retry"), as that of a busy machine, is not kept, nor that about a file
        that was written to meanwhile. Raises OSError where the file cannot be read.
        """
        content = _content(path)
        kept = self.folder / f"{keys.digest(keys.reader_version(), form, content)}.json"
        self._used.add(kept.name)
        found = _load(kept)
        if found is None:
            found = read_apart(path, form)
            self._bar.update()
            if not found.get("retry") and _content(path) == content:
                self._keep(kept, found)
        return found

    @cached_property
    def _bar(self) -> tqdm:
        return bar(None, "opening documents", " documents", shown=self._progress, delay=PATIENCE)

    def _keep(self, file: Path, found: dict) -> None:
        text = json.dumps(found)
        try:
            self.folder.mkdir(exist_ok=True)
            with replacing(file, durable=False) as unfinished:
                unfinished.write_bytes(f"{keys.digest(text)}\n{text}".encode("ascii"))
        except OSError as error:
            self._failure = error

    def tidy(self) -> None:
        """Delete what no document was found by since this was made; say where something could not be kept."""
        if "_bar" in self.__dict__:
            self._bar.close()
        for file in self.folder.glob("*.json"):
            if file.name not in self._used:
                with suppress(OSError):
                    file.unlink()
        if self._failure:
            _log.warning("What is read of documents cannot be kept in %s, the next run reads them again: %s",
                         self.folder, self._failure)


def _content(path: Path) -> str:
    """Return what stands for a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(file: Path) -> dict | None:
    """Return what was kept in a file, None where there is none; a damaged one is said, and is none."""
    try:
        told, _, text = file.read_bytes().decode("ascii").partition("\n")
        if told != keys.digest(text):
            raise ValueError("its check sum is another")
        return json.loads(text)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        _log.warning("%s is damaged and its document is read again: %s", file, error)
        return None
