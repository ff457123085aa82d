"""What a cached row depends on, as one short string: the article, the rules, the model, the user's names and harm
words in it.

A key that is not found is work to do; nothing else decides whether something is up to date.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from analysis import lexicon
from analysis.pipeline import pipeline_name
from analysis.records import Article

PACKAGE = Path(__file__).parents[1]
READ = ("sha256", "title", "outlet", "published", "language")  # what a rule may read of an article, beside its text
# The modules and folders that decide what is extracted from an article; a test compares them with what is imported.
RULES = ("articles", "attributions", "casualties", "data", "dates", "entities", "extraction", "inflection",
         "language", "lexicon", "mentions", "pipeline", "places", "quantities", "records", "stretches",
         "tagging", "tokenizing")
_LIBRARIES = ("spacy", "text2num", "rapidfuzz")
_READERS = ("trafilatura", "courlan", "htmldate", "justext", "lxml", "pypdf", "cryptography", "pycryptodome",
            "python-docx", "charset-normalizer", "openpyxl", "striprtf")  # pypdf decrypts with what it finds


def digest(*parts: object) -> str:
    """Return 32 hexadecimal characters that stand for plain values."""
    return hashlib.blake2b(json.dumps(parts, default=str).encode(), digest_size=16).hexdigest()


@cache
def rules_version() -> str:
    """Return what stands for the code and word lists of extraction, without the user's names and the model."""
    return _files_digest(file for file in PACKAGE.rglob("*") if _room(file) in RULES)


@cache
def code_version() -> str:
    """Return what stands for the whole package: finished tables depend on all of it."""
    return _files_digest(PACKAGE.rglob("*"))


@cache
def reader_version() -> str:
    """Return what stands for the code and libraries that read web pages, PDFs and Word files."""
    return _files_digest((PACKAGE / "articles").rglob("*"), _READERS)


def _room(file: Path) -> str:
    """Return the module or folder of the package that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _files_digest(files: Iterable[Path], libraries: Iterable[str] = _LIBRARIES) -> str:
    named = sorted((file.relative_to(PACKAGE).as_posix(), file) for file in files
                   if file.is_file() and file.suffix in (".py", ".csv", ".parquet"))
    return digest([(name, hashlib.blake2b(file.read_bytes()).hexdigest()) for name, file in named],
                  [_version(name) for name in libraries])


def model_version() -> str:
    """Return the name and version of the spaCy pipeline in use; of one in a folder, what its ``meta.json`` says."""
    name = pipeline_name()
    meta = Path(name) / "meta.json"
    return f"{name} {meta.read_text(encoding='utf-8') if meta.is_file() else _version(name)}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def keys() -> Callable[[Article], str]:
    """Return the function that gives an article's key under the rules, model and rows of the user's in use now.

    Equal texts with equal title, outlet, date and language have one key, whatever their file is called.
    """
    rules = digest(rules_version(), model_version())
    changed = _changed_names() + [(repr(row), frozenset(_words(" ".join(row.inflected()))))
                                  for row in lexicon.own() if isinstance(row, lexicon.HarmWord)]

    def key(article: Article) -> str:
        read = [getattr(article, name) for name in READ]
        return digest(rules, read, _names_in(article.text, changed) if changed else ())

    return key


def _changed_names() -> list[tuple[str, frozenset[str]]]:
    """Return each row of names that the user's own add, change or hide, with the words that can bring it into play."""
    with_own, without = set(lexicon.names()), set(lexicon.default_names())
    return sorted((repr((row in with_own, row)), _telling_words(row)) for row in with_own ^ without)


def _telling_words(row: lexicon.Name) -> frozenset[str]:
    """Return the words of a name and its aliases of which an article that it touches has at least one.

    They are the capitalised words that are no common English ones; where a form has none of those, all its words.
    """
    from spacy.lang.en.stop_words import STOP_WORDS  # late: spaCy takes a second, and few have names of their own

    from analysis import language

    found: set[str] = set()
    for form in language.spellings(row.name, *row.aliases):
        words = re.findall(r"\w+", form)
        telling = [word for word in words if word[0].isupper() and word.lower() not in STOP_WORDS]
        found.update(_words(" ".join(telling or words)))
    return frozenset(found)


def _names_in(text: str, changed: list[tuple[str, frozenset[str]]]) -> list[str]:
    words = _words(text)
    return [row for row, telling in changed if not telling or telling & words]


def _words(text: str) -> set[str]:
    """Return the words of a text without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return set(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))
