"""HTML, PDF and Word files to their text, by the libraries that know them; ``apart`` says why they run apart.

``python -m analysis.articles.documents`` answers each line ``[path, format]`` on standard input with a line of JSON:
``{"fields", "page", "notes"}``, or ``{"problem": [what, detail]}`` where there is nothing to read, with ``"retry"``
where that is not the document's own fault alone.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import quantiles

from analysis.articles.decoding import decode
from analysis.articles.webpages import said_of_itself

UNPACKED = 200_000_000  # bytes of a Word file once unpacked; books with pictures have a tenth of that
MEMORY = 4_000_000_000  # bytes of addresses for the process that reads, where the system can limit them
DEPTH = 250  # the parser stops reading a page at 256 levels, and does not say so
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,30})""", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_READ = (f"{_WORD}del", f"{_WORD}moveFrom", _FALLBACK)  # struck out, moved elsewhere, said again for old programs
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_ENDS = tuple(".!?:;\"”'’)")  # of a line that the next one need not continue
_CONTINUED = 0.6  # of a page's long lines: a line as long as that ends where the paper ends


class NotRead(ValueError):
    """A document without text to read: ``args`` are what it is, and what to do about it."""


def read_html(path: Path) -> dict:
    """Return the article of a web page, without what stands around it, and what the page says of itself.

    **Misses:** text that a script puts in; comments; all but one article of a page that lists many.
    """
    import trafilatura

    page = _decoded(path.read_bytes())
    notes = [["broken characters", "holds NUL characters, shown as U+FFFD"]] if "\0" in page else []
    tree = trafilatura.load_html(page.replace("\0", "\ufffd"))
    if tree is None:
        raise NotRead("no text", "is empty, or no page")
    if tree.xpath(f"boolean(//*[count(ancestor::*) > {DEPTH}])"):
        notes.append(["part not read", f"is nested over {DEPTH} levels deep, and what follows is not read: copy its "
                                       f"text into a .txt file"])
    said = said_of_itself(tree)  # before trafilatura takes the tree apart
    found = trafilatura.bare_extraction(tree, include_comments=False)
    if found is None or not (found.text or "").strip():
        raise NotRead("no text", "is a page in which no article was found: copy its text into a .txt file")
    return {"fields": {"text": found.text.replace("\n", "\n\n")}, "page": said, "notes": notes}


def _decoded(raw: bytes) -> str:
    """Return a page's text: UTF-8 and byte order marks are certain, then comes the page's own word, then a guess."""
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8-sig")
    with suppress(UnicodeDecodeError, LookupError):
        if named := _CHARSET.search(raw[:4096]):
            return raw.decode(named[1].decode("ascii"))
    return decode(raw)[0]


def read_pdf(path: Path) -> dict:
    """Return the text of a PDF, its lines joined to paragraphs where that is likely what they were.

    **Misses:** the text in pictures; columns, tables and footnotes may run into each other; words divided at a line
    end stay divided.
    """
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotRead("encrypted", "asks for a password: save a copy without one")
        pages = [page.extract_text() or "" for page in reader.pages]
    except pypdf.errors.DependencyError as error:
        raise NotRead("encrypted", "is encrypted: open it and print it into a PDF without a password") from error
    blank = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(blank) == len(pages):
        raise NotRead("no text", "has no text, only pictures: run it through text recognition (OCR), and save that")
    note = ["pages without text", f"has no text on page {', '.join(map(str, blank))}: look at the file"]
    return {"fields": {"text": "\n\n".join(unwrapped(text) for text in pages if text.strip())}, "page": {},
            "notes": [note] if blank else []}


def unwrapped(text: str) -> str:
    """Return a page's text with a line joined to the next where it ends only because the paper does.

    >>> unwrapped("Herald\\nThe mayor said on Monday that\\nfive miners were hurt in the\\nnorth. He left.")
    'Herald\\nThe mayor said on Monday that five miners were hurt in the north. He left.'
    """
    lines = [line.strip() for line in text.split("\n")]
    lengths = [len(line) for line in lines if line]
    long = quantiles(lengths, n=10, method="inclusive")[-1] if len(lengths) > 1 else 0
    return "".join(line + (" " if len(line) >= _CONTINUED * long and not line.endswith(_ENDS) else "\n")
                   for line in lines).strip()


def read_docx(path: Path) -> dict:
    """Return the text of a Word file: paragraphs and cells in their order, as if all changes were accepted.

    **Misses:** headers, footers, footnotes, comments, and text in pictures.
    """
    import docx

    with zipfile.ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED:
            raise NotRead("too large", f"unpacks to over {UNPACKED // 1_000_000} MB: save its text as a .txt file")
    body = docx.Document(str(path)).element.body
    paragraphs = (_paragraph(node) for node in body.iter(f"{_WORD}p")
                  if next(node.iterancestors(*_NOT_READ), None) is None)
    text = "\n\n".join(filter(str.strip, paragraphs))
    if not text:
        raise NotRead("no text", "has no text")
    return {"fields": {"text": text}, "page": {}, "notes": []}


def _paragraph(paragraph) -> str:
    """Return the words of a paragraph, without those of a text box that hangs on it."""
    said = []
    for node in paragraph.iter(f"{_WORD}t", *_BREAKS):
        if (next(node.iterancestors(f"{_WORD}p")) is paragraph
                and next(node.iterancestors(*_NOT_READ), None) is None):
            said.append(_BREAKS.get(node.tag) or node.text or "")
    return "".join(said)


FORMATS: dict[str, Callable[[Path], dict]] = {".html": read_html, ".htm": read_html, ".pdf": read_pdf,
                                              ".docx": read_docx}


def answer(path: str, form: str) -> dict:
    """Return what ``FORMATS[form]`` makes of a file, or the problem with it; never raises for what is in the file."""
    try:
        return FORMATS[form](Path(path))
    except NotRead as error:
        return {"problem": list(error.args)}
    except MemoryError:
        return {"problem": ["too large", "needs more memory than is allowed: save its text as a .txt file"],
                "retry": True}
    except Exception as error:  # these libraries raise whatever a broken file makes them
        return {"problem": ["unreadable", f"is broken or no {form} file ({type(error).__name__}: {error}): open it, "
                                          f"and save it anew or as .txt"],
                "retry": isinstance(error, OSError)}


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
