"""Reading documents in a process of its own: one that hangs, eats memory or crashes costs that file, not the notebook.

The process starts with the first document that needs it and stays for the next ones. Its libraries' warnings go
nowhere: what matters of them is in the answer.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer

SECONDS = 60.0  # for one document; a hundred pages take two or three
_ROOT = Path(__file__).parents[2]
_one_at_a_time = Lock()
_process: subprocess.Popen | None = None


def read_apart(path: Path, form: str) -> dict:
    """Return the answer of ``documents`` about a file; a file it dies of, or does not finish, is a problem."""
    global _process
    with _one_at_a_time:
        if _process is None or _process.poll() is not None:
            _process = _start()
        process = _process
        late = Timer(SECONDS, process.kill)
        late.start()
        try:
            process.stdin.write(json.dumps([str(path.resolve()), form]) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = ""
        finally:
            in_time = late.is_alive()
            late.cancel()
        if line.endswith("\n"):
            return json.loads(line)
        stop()
        why = "makes the program that reads it stop" if in_time else f"is not read within {SECONDS:.0f} seconds"
        return {"problem": ["unreadable", f"{why}: open it, and save its text as .txt"], "retry": True}


def _start() -> subprocess.Popen:
    # No window on Windows; the folder is that of the package, so that it is found wherever the notebook runs.
    return subprocess.Popen([sys.executable, "-m", "analysis.articles.documents"], cwd=_ROOT, text=True,
                            encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))


@atexit.register
def stop() -> None:
    """End the process, if there is one."""
    global _process
    if _process is not None:
        _process.kill()
        for pipe in (_process.stdin, _process.stdout):
            with suppress(OSError):
                pipe.close()
        _process.wait()
        _process = None
