"""The process that opens documents; ``apart`` says why they run apart.

``python -m analysis.articles.documents`` answers each line ``[path, format]`` on standard input with a line of JSON:
``{"articles": [{"fields", "page", "id"}], "notes"}`` as ``answers.found`` makes it, or ``{"problem": [what, detail]}``
where there is nothing to read, with ``"retry"`` where that is not the document's own fault alone.
"""

from __future__ import annotations

import importlib
import json
import sys
from contextlib import suppress
from pathlib import Path

from analysis.articles.answers import NotRead
from analysis.articles.formats import READERS

MEMORY = 1_000_000_000  # bytes of addresses for the process that reads, where the system can limit them


def answer(path: str, form: str) -> dict:
    """Return what ``READERS[form]`` makes of a file, or the problem with it; never raises for what is in the file."""
    try:
        module, _, function = READERS[form].partition(":")
        return getattr(importlib.import_module(f"analysis.articles.{module}"), function)(Path(path))
    except NotRead as error:
        return {"problem": list(error.args)}
    except MemoryError:
        return {"problem": ["too large", "needs more memory than is allowed: save its text as a .txt file"],
                "retry": True}
    except Exception as error:  # these libraries raise whatever a broken file makes them
        return {"problem": ["unreadable", f"is broken or no {form} file ({type(error).__name__}: {str(error)[:200]}): "
                                          f"open it, and save it anew or as .txt"],
                "retry": isinstance(error, OSError) and error.errno is not None}


def main() -> None:
    """Answer line by line, until there is nobody to answer to."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    for line in sys.stdin:
        print(json.dumps(answer(*json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
