"""Files to articles: formats, encodings, the manifest, language, duplicates.

A text is kept exactly as read: every character of the file, line ends included, only not the byte order mark, which
belongs to the encoding. Of a document (a web page, a PDF, an Office file) the text is what its reader makes of it, and
spans count into that. Half characters (lone surrogates, from JSON) become U+FFFD, since nothing can write them.
The manifest ``articles.csv`` in a folder says what the files cannot: title, outlet, published, url, language, rights.
What is not said stays ``None``. Whatever cannot be read is a ``Problem``, and the rest is read.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from pathlib import Path

from analysis.articles.apart import read_apart
from analysis.articles.decoding import Undecodable, language_of, without_surrogates
from analysis.articles.fields import NUMERIC, day, order_of
from analysis.articles.formats import READERS as READERS
from analysis.articles.formats import Raw, Read, articles_of
from analysis.articles.manifest import FIELDS, MANIFEST, is_manifest, read_manifests
from analysis.copies import COPIES
from analysis.files import plain
from analysis.records import Article, Problem

_LONG = 200  # characters; longer is data, not language, and the tokenizer's time grows with the square of it
LONG_WORD = re.compile(rf"(?<!\S)\S{{{_LONG + 1},}}")
_FIELDS = frozenset(["id", *FIELDS])
_DEEPEST = 100  # folders within folders; more is a loop, or an accident
_NO_ARTICLES = (".", "~$", "readme", "judgements.jsonl", "lexicon.csv", "harm_words.csv")  # beginnings of names


def read_articles(*inputs: Path, read: Read = read_apart) -> tuple[list[Article], list[Problem]]:
    """Return the articles of files and folders, and a row for everything that could not be read as it should.

    A folder is read with its subfolders in the order of its paths. ``article_id`` is the id the file gives, else the
    path below the input (``corpus.jsonl:3`` for its third line). ``read`` opens documents, or
    knows them from an earlier time. Never raises for what it reads.
    """
    articles, problems = [], []
    for item in iter_articles(*inputs, read=read):
        (articles if isinstance(item, Article) else problems).append(item)
    return articles, problems


def iter_articles(*inputs: Path, read: Read = read_apart) -> Iterator[Article | Problem]:
    """Yield what ``read_articles`` returns one by one; holds no texts, so that a corpus may be larger than memory."""
    ids: dict[str, str] = {}
    texts: dict[bytes, str] = {}
    for item in chain.from_iterable(_read_input(Path(path), read) for path in inputs):
        if isinstance(item, Problem):
            yield item
        elif item.article_id in ids:
            yield Problem(item.article_id, "two articles with one id",
                          f"{item.path} gives the id {item.article_id!r} again, after {ids[item.article_id]}; "
                          f"only the first is read: change one of the two")
        else:
            ids[item.article_id] = item.path
            words = _words(item.text)
            same = hashlib.sha256(" ".join(words).encode("utf-8")).digest()
            first = texts.setdefault(same, item.article_id)
            yield item if first == item.article_id else replace(item, duplicate_of=first)
            if fault := _left_out(item, words):
                yield Problem(item.article_id, *fault)


def is_extractable(article: Article) -> bool:
    """Return whether the article is in English, or may be: an unknown language is tried."""
    return article.language is None or article.language.replace("_", "-").casefold().split("-")[0] in (
        "en", "eng", "english")


def _left_out(article: Article, words: Sequence[str]) -> tuple[str, str] | None:
    """Return what of an article is read and shown but not extracted from, None where all of it is."""
    if not is_extractable(article):
        return "not English", (f"{article.article_id} is in another language ({article.language}): "
                               f"read and shown, not extracted from")
    if max(map(len, words)) <= _LONG:
        return None
    long = sum(len(word) > _LONG for word in words)  # as LONG_WORD finds them
    return "not language", (f"{article.article_id} holds {long} words of over {_LONG} characters: "
                            f"shown, not extracted from")


def _read_input(path: Path, read: Read) -> Iterator[Article | Problem]:
    """Yield what one input holds: a folder with its manifests, or a file with the manifest beside it."""
    if path.is_dir():
        files = dict(_files(path))
        manifests = {name: Path(file) for name, file in files.items()
                     if file.name == MANIFEST and is_manifest(Path(file))}
        fields, problems = read_manifests(manifests, files)
        yield from problems
        for name in files:
            if name not in manifests:
                yield from _read_file(files[name], name, fields.get(name, {}), path, read)
    elif path.is_file():
        beside = {MANIFEST: path.with_name(MANIFEST)} if is_manifest(path.with_name(MANIFEST)) else {}
        fields, _ = read_manifests(beside, {path.name: path})  # its other files were not asked for
        yield from _read_file(path, path.name, fields.get(path.name, {}), path.parent, read)
    else:
        yield _problem(str(path), "missing", f"{path}: no such file or folder" if not os.path.lexists(path) else
                       f"{path} is neither a file nor a folder, or a link that leads nowhere: name another")


def _files(folder: Path | os.DirEntry, below: str = "") -> Iterator[tuple[str, Path | os.DirEntry]]:
    """Yield (path below the input, file) in the order of their names, without what is hidden or holds no articles.

    Below ``_DEEPEST`` folders comes the folder itself. An entry of a folder knows whether it is a file or a link; a
    path would ask the disk, several times a file.
    """
    try:
        if below.count("/") > _DEEPEST:
            raise OSError
        with os.scandir(folder) as found:
            entries = sorted(found, key=attrgetter("name"))
    except OSError:
        yield below.rstrip("/") or ".", folder  # which reading then finds to be no file
        return
    names = (entry.name.rpartition(".") for entry in entries)
    beside = {f"{stem}_files" for stem, _, form in names if form.lower() in ("html", "htm")}  # a saved page's own
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name not in (*beside, COPIES):
                yield from _files(entry, f"{below}{entry.name}/")
        elif not entry.name.lower().startswith(_NO_ARTICLES):
            yield below + entry.name, entry


def _read_file(file: Path | os.DirEntry, name: str, manifest: dict[str, str], folder: Path, read: Read
               ) -> Iterator[Article | Problem]:
    """Yield the articles of one file; a link may not lead out of ``folder``."""
    stem, _, form = file.name.rpartition(".")
    try:
        if file.is_symlink() and not Path(file).resolve().is_relative_to(folder.resolve()):
            yield _problem(name, "link leads outside", f"{name} is a link to a file outside the folder: copy the file")
        elif name.count("/") >= _DEEPEST and file.is_dir():
            yield _problem(name, "too deep", f"folders lie over {_DEEPEST} levels deep in each other, and what the "
                                             f"lowest hold is not read: move it up")
        elif not file.is_file():
            yield _problem(name, "not a file", f"{name} is " + (
                "a link to a folder: copy the folder" if file.is_symlink() and file.is_dir() else
                "a pipe, a device, a link that leads nowhere or a folder that cannot be opened: copy what it holds"))
        else:
            order = item = None
            for item in articles_of(file, name, f".{form.lower()}" if stem else "", read):
                if isinstance(item, Problem):
                    yield item
                    continue
                if order is None and NUMERIC.search(str(item.fields.get("published"))):  # then all have to be known
                    again = articles_of(file, name, f".{form.lower()}", read)
                    order = order_of(raw.fields.get("published") for raw in again if isinstance(raw, Raw)) or ""
                yield from _article(item, manifest, name, order)
            if item is None:
                yield _problem(name, "no text", f"{name} has no articles in it")
    except RuntimeError:
        yield _problem(name, "not a file", f"{name} is a link that leads to itself: delete it")
    except (OSError, Undecodable) as error:
        yield _problem(name, "unreadable", f"{name} cannot be read: {plain(error, named=True)}")


def _article(raw: Raw, manifest: dict[str, str], name: str, order: str | None) -> Iterator[Article | Problem]:
    """Yield the article of what a file gave, and a row for each field that cannot be used.

    The line of an article wins over the manifest, and the manifest over what a web page says of itself.
    """
    given = {key: _string(value) for key, value in raw.fields.items() if key in _FIELDS and value is not None}
    of_itself = {key: _string(value) for key, value in raw.page.items()}
    fields = {**of_itself, **manifest, **{key: value for key, value in given.items() if value}}
    article_id = without_surrogates(fields.get("id") or raw.article_id)
    text, published = raw.fields.get("text"), fields.get("published")
    if not isinstance(text, str) or not text.strip():
        yield Problem(article_id, "no text", f"{raw.article_id} has no text" if text is None or text == "" else
                      f"{raw.article_id} has a text of white space only" if isinstance(text, str) else
                      f"{raw.article_id} has a text that is no string")
        return
    text, whole = without_surrogates(text), text
    when = day(published, order)
    yield Article(article_id, path=without_surrogates(name), words=len(_words(text)), text=text,
                  sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(), published=when,
                  language=fields.get("language") or language_of(text), title=fields.get("title"),
                  outlet=fields.get("outlet"), url=fields.get("url"), rights=fields.get("rights"))
    if published and not when:
        yield Problem(article_id, "bad date", f"{raw.article_id}: published {published!r} is " + (
            "read in two ways, and no other date of the file shows which: write it as 2021-08-31"
            if NUMERIC.search(published) and day(published, "day") else "no date like 2021-08-31"))
    for key in sorted(key for key, value in given.items() if value is None):
        yield Problem(article_id, "bad field", f"{raw.article_id}: {key} is neither a string nor a number")
    if text != whole:
        yield Problem(article_id, "broken characters", f"{raw.article_id} holds half characters, shown as U+FFFD")
    if "\0" in text:
        yield Problem(article_id, "broken characters", f"{raw.article_id} holds {text.count(chr(0))} NUL characters")


def _string(value: object) -> str | None:
    """Return a scalar as text without white space around it, None where it is no scalar."""
    return without_surrogates(str(value)).strip() if isinstance(value, str | int | float) else None


def _problem(name: str, what: str, detail: str) -> Problem:
    return Problem(without_surrogates(name), what, without_surrogates(detail))


@lru_cache(maxsize=1)  # they are asked for once more of the same text, and splitting takes as long as reading
def _words(text: str) -> list[str]:
    return text.split()
