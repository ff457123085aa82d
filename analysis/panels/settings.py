"""Filter settings kept by name in a small file beside the journal, so that they outlast a restart.

    {panel: {name: {control: value}}}, JSON. A file that cannot be read is reported, and set aside by the next saving.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.judgements import Journal

PATIENCE = 5.0  # seconds to wait for another kernel's saving

Values = dict[str, object]


class SettingsError(RuntimeError):
    """Settings were not saved or read; the message says why."""


class Settings:
    """The named settings of one panel."""

    def __init__(self, path: Path, panel: str):
        self.path, self.panel = Path(path), panel

    @classmethod
    def beside(cls, journal: Journal, panel: str) -> Settings:
        """Return the settings of a panel in the file that lies beside a journal."""
        return cls(journal.path.with_name(f"{journal.path.name}.filters"), panel)

    def read(self) -> dict[str, Values]:
        """Return {name: {control: value}}. Raises SettingsError where the file cannot be read."""
        return self._all().get(self.panel, {})

    def save(self, name: str, values: Mapping[str, object]) -> None:
        """Keep values under a name, in place of what it had. Raises SettingsError where they cannot be saved."""
        plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
        self._change(lambda named: {**named, name: plain})

    def forget(self, name: str) -> None:
        """Drop a name. Raises SettingsError where that cannot be saved."""
        self._change(lambda named: {key: values for key, values in named.items() if key != name})

    def _all(self) -> dict[str, dict[str, Values]]:
        try:
            found = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise SettingsError(f"{self.path} cannot be read: {_why(error)}") from error
        whole = isinstance(found, dict) and all(
            isinstance(named, dict) and all(isinstance(values, dict) for values in named.values())
            for named in found.values())
        if not whole:
            raise SettingsError(f"{self.path} holds no filter settings")
        return found

    def _change(self, change: Callable[[dict[str, Values]], dict[str, Values]]) -> None:
        try:
            with FileLock(f"{self.path}.lock", timeout=PATIENCE):
                try:
                    everything = self._all()
                except SettingsError:  # nothing of the analyst's is ever deleted
                    self.path.replace(f"{self.path}.unreadable")
                    everything = {}
                everything[self.panel] = change(everything.get(self.panel, {}))
                _write(self.path, json.dumps(everything, ensure_ascii=True, indent=1))
        except (OSError, Timeout) as error:
            raise SettingsError(f"{self.path} cannot be written: {_why(error)}") from error


def _why(error: Exception) -> str:
    """Return what the system says of an error, without its number and the path that the message names already."""
    return getattr(error, "strerror", None) or str(error)


def _write(path: Path, text: str) -> None:
    """Write a file so that it is whole or as it was before."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
