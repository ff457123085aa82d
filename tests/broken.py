"""Broken files of every format, made from sound ones by chance: cut, flipped, swapped, nested, and bombs.

    python tests/broken.py 2000

reads so many new ones, and says how long they took and what memory. Each has to become problems or articles, without an
exception, within 20 seconds and a gigabyte.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import psutil
from test_documents import pdf, web_page

from analysis.articles import apart, read_articles
from analysis.articles.formats import READERS

SECONDS, BYTES = 20, 1_000_000_000
TEXT = "Police said on Monday that five people were killed in Aden, and that two of the wounded are in hospital. "


def sound(form: str) -> bytes:
    """Return a whole file of a format."""
    inside = io.BytesIO()
    if form == ".docx":
        document = docx.Document()
        document.add_paragraph(TEXT)
        document.save(inside)
    elif form == ".xlsx":
        book = openpyxl.Workbook()
        book.active.append(["text", "published"])
        book.active.append([TEXT, "19/03/2024"])
        book.save(inside)
    elif form == ".odt":
        with zipfile.ZipFile(inside, "w") as packed:
            packed.writestr("content.xml", "<o:d xmlns:o='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
                                           "xmlns:t='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>"
                                           f"<o:text><t:p>{TEXT}</t:p></o:text></o:d>")
    elif form == ".gz":
        return gzip.compress(TEXT.encode())
    row = {"text": TEXT, "published": "19/03/2024", "source": {"name": "Herald"}}
    texts = {".pdf": pdf(TEXT, TEXT[::-1]), ".rtf": f"{{\\rtf1\\ansi {TEXT}\\par}}",
             ".json": json.dumps({"articles": [row]}),
             ".jsonl": f"{json.dumps(row)}\n" * 3, ".ndjson": json.dumps(row), ".html": web_page(), ".htm": web_page(),
             ".csv": f'text,published\n"{TEXT}",19/03/2024\n' * 2, ".tsv": f"text\tpublished\n{TEXT}\t2024\n",
             ".eml": f"Subject: x\nDate: Tue, 19 Mar 2024 08:00:00 +0000\n\n{TEXT}"}
    page = b"Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n" + web_page() + b"\n--B--"
    feed = f"<rss><channel><title>x</title><item><description>{TEXT}</description></item></channel></rss>"
    other = page if form.startswith(".mh") else feed if form in (".xml", ".rss", ".atom") else TEXT
    made = inside.getvalue() or texts.get(form) or other
    return made if isinstance(made, bytes) else made.encode()


def cut(raw: bytes, chance: random.Random) -> bytes:
    """Take the end away."""
    return raw[:chance.randrange(len(raw) + 1)]


def flipped(raw: bytes, chance: random.Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(raw)
    for _ in range(chance.choice((1, 5, 50))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def doubled(raw: bytes, chance: random.Random) -> bytes:
    """Say a piece of it again and again."""
    start = chance.randrange(len(raw))
    return raw[:start] + raw[start:start + chance.randrange(1, 400)] * chance.choice((3, 300, 3000)) + raw[start:]


def swapped(_: bytes, chance: random.Random) -> bytes:
    """Take a file of another format under this name."""
    return sound(chance.choice(sorted(READERS)))


def nested(raw: bytes, chance: random.Random) -> bytes:
    """Pack it, once or often."""
    for _ in range(chance.choice((1, 2, 40))):
        raw = gzip.compress(raw, 1)
    return raw


def inside_out(raw: bytes, chance: random.Random) -> bytes:
    """Break a part of a packed file and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = {part.filename: packed.read(part) for part in packed.infolist()}
    except zipfile.BadZipFile:
        return flipped(raw, chance)
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice((cut, flipped, doubled))(parts[name] or b"x", chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def bomb(_: bytes, chance: random.Random) -> bytes:
    """Unpack to very much, or nest very deeply."""
    size = chance.choice((10_000_000, 60_000_000, 250_000_000))
    kind = chance.randrange(8)
    if kind < 3:
        made = io.BytesIO()
        names = {0: "word/document.xml", 1: "xl/worksheets/sheet1.xml", 2: "content.xml"}
        with (zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
              packed.open(names[kind], "w") as part):
            for _ in range(size // 1_000_000):
                part.write(b"<a>" + b" " * 999_997)
        return made.getvalue()
    return {3: gzip.compress(bytes(size), 1), 4: b"[" * 1_000_000, 5: b"<div>" * 1_000_000,
            6: b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 9000 + b'">' + b"".join(
                b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(9)) + b"]><rss>&j;</rss>",
            7: b"{\\rtf1" + b"{\\b " * 500_000}[kind]


WAYS = (cut, cut, flipped, flipped, doubled, swapped, nested, inside_out, inside_out, bomb)


def files(number: int, seed: int):
    """Yield (name, bytes) of so many broken files."""
    chance, whole = random.Random(seed), {form: sound(form) for form in sorted(READERS)}
    for n in range(number):
        form, way = chance.choice(sorted(whole)), chance.choice(WAYS)
        if way is bomb and chance.random() < 0.7:
            way = flipped  # they take long to make
        broken = way(whole[form], chance) or b" "
        gz = form != ".gz" and chance.random() < 0.1
        yield f"{n}-{way.__name__}{form}{'.gz' if gz else ''}", gzip.compress(broken, 1) if gz else broken


def read(folder: Path, name: str, raw: bytes) -> tuple[float, list, list]:
    """Read one file and return how long it took, its articles and its problems."""
    (folder / name).write_bytes(raw)
    start = time.monotonic()
    articles, problems = read_articles(folder / name)
    (folder / name).unlink()
    return time.monotonic() - start, articles, problems


def memory() -> int:
    """Return the bytes in use by this process and the one that opens documents."""
    me = psutil.Process()
    return sum(process.memory_info().rss for process in (me, *me.children()))


def main(number: int, seed: int) -> None:
    """Read so many broken files and print what became of them."""
    slowest, largest, silent, refused = (0.0, ""), 0, [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in files(number, seed):
            seconds, articles, problems = read(Path(folder), name, raw)
            slowest, largest = max(slowest, (seconds, name)), max(largest, memory())
            refused += not articles
            silent += [name] if not articles and not problems else []
    apart.stop()
    print(f"{number} files: {refused} refused, slowest {slowest[0]:.1f} s ({slowest[1]}), {largest / 1e6:.0f} MB, "
          f"without a word: {silent or 'none'}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns())
