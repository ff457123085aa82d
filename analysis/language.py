"""The spaCy pipeline: model by name, and the repairs that reports from conflicts need.

``parse(articles)`` yields one Doc an article, with the article as ``doc._.article``. A Doc holds a *view* of the text:
as long as the text, so that every offset counts into both, but with straight quotation marks and with photo credits
and what no reader sees blanked. Quote the article's text, never the Doc's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext

import spacy
from spacy import tokens
from spacy.language import Language
from spacy.strings import hash_string
from spacy.tokens import Doc, Token
from thinc.api import get_current_ops, use_ops

from analysis import lexicon, tagging, tokenizing
from analysis.articles import LONG_WORD, is_extractable
from analysis.pipeline import DEFAULT_PIPELINE, pipeline_name
from analysis.records import Article, Span

BATCH = 16  # as fast as 64 at half the memory
_LISTED = "ORG"  # the label of listed names while the model looks for others
PIECE = 20_000  # characters of one text that are parsed at once: memory grows with BATCH of them

_SPACES = (*range(0x20), *range(0x7F, 0xA1), *range(0x2000, 0x200B), 0x1680, 0x202F, 0x205F, 0x3000)
_PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("\u2010\u2011\u2212", "-")
    | dict.fromkeys(map(chr, _SPACES), " ") | {"\t": "\t"} | dict.fromkeys("\n\r\x0b\x0c\x85\u2028\u2029", "\n")
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"))
_UNSEEN = "[\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"  # joiners, marks of direction, soft hyphens
_BLANKED = re.compile(rf"\x1b\[[0-?]*[ -/]*[@-~]|(?<!\w){_UNSEEN}+|{_UNSEEN}+(?!\w)|{LONG_WORD.pattern}")
_OPENING = re.compile(r"``|(?:(?<=[\s(\[—–-])|^)''(?=[^\s.,;:!?)\]])")
_BULLET = re.compile(r"^[ \t]*[-–*•·▪](?=[ \t])", re.MULTILINE)
# A picture's caption may state what happened: only what says whose picture it is goes.
_CREDIT = re.compile(
    r"[(\[]\s*(?:[A-Z]{2,5}\s+)?(?:file\s+)?(?:photo|image|picture|photograph)s?\s*"
    r"(?:credits?:?|courtesy(?:\s+of)?:?|by|via|:|/)[^()\[\]\n]{2,80}[)\]]"
    r"|^(?:photo|image|picture)s?\s+(?:credits?|courtesy|by)(?:\s+of)?\b[^\n]{2,80}$", re.IGNORECASE | re.MULTILINE)
_VARIANTS = tuple((re.compile(pattern), forms) for pattern, forms in (
    (r"\b[Aa]l[- ](?=['A-Z])", ("Al-", "al-", "Al ", "al ")), (r"(?<=[a-z])-[ei]-(?=[A-Z])", ("-e-", "-i-")),
    (r"^US (?=[A-Z])", ("U.S. ", "United States ")), (r"^UN (?=[A-Z])", ("U.N. ", "United Nations ")),
    (r"\bDefen[cs]e\b", ("Defence", "Defense")), (r"(?<=[a-z]i)[sz](?=ation\b)", ("s", "z")),
    (r"\bCent(?:re|er)\b", ("Centre", "Center"))))


class PipelineMissing(RuntimeError):
    """The spaCy pipeline is not installed; the message says how to install it."""


def view(text: str) -> str:
    """Return the text as the parser should see it, character for character as long.

    Curly and doubled quotation marks become straight ones, odd white space and hyphens become plain. Blanked are photo
    credits, control characters, invisible ones at the edge of a word, "words" of over 200 characters, and the marks
    of a list's items.
    """
    plain = _BLANKED.sub(_blank, text.replace("\r\n", " \n")).translate(_PLAIN)
    plain = _BULLET.sub(lambda bullet: bullet[0][:-1] + ("\n" if bullet.start() else " "), plain)  # each a paragraph
    return _CREDIT.sub(_blank, _OPENING.sub(' "', plain).replace("''", '" '))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"\S", " ", match[0])


def credits(text: str) -> list[Span]:
    """Return the spans of photo credits, which are no sentences of the report."""
    return [match.span() for match in _CREDIT.finditer(text)]


def pipeline(name: str | None = None) -> Language:
    """Return the spaCy pipeline, loaded once: ``name``, else ``WORKBOOK_PIPELINE``, else the small English one.

    Raises PipelineMissing where it is not installed, or cannot do what the rules need.
    """
    return _load(name or pipeline_name())


@lexicon.cached
def _load(name: str) -> Language:
    try:
        with _quick_products():
            nlp = spacy.load(name)
    except OSError as error:
        raise PipelineMissing(f"The spaCy pipeline {name!r} is not installed. Install it into the workbook's "
                              f"environment (for the default: run workbook.py again, or "
                              f"pip install {DEFAULT_PIPELINE.replace('_', '-')}), or name another one in "
                              f"WORKBOOK_PIPELINE. ({error})") from error
    if lacking := [pipe for pipe in ("tagger", "parser", "lemmatizer") if not nlp.has_pipe(pipe)]:
        raise PipelineMissing(f"The spaCy pipeline {name!r} has no {', no '.join(lacking)}, which the rules need: "
                              f"name an English pipeline that has them in WORKBOOK_PIPELINE.")
    tokenizing.repair(nlp)
    nlp.add_pipe(tokenizing.NAME, first=True)
    if nlp.has_pipe("attribute_ruler"):
        nlp.add_pipe(tagging.NAME, after="attribute_ruler")
        nlp.disable_pipe("attribute_ruler")
    ruler = nlp.add_pipe("entity_ruler", name="gazetteer", before="ner" if nlp.has_pipe("ner") else None)
    with nlp.select_pipes(enable=[]):  # the names are cut into words; nothing else of them is looked at
        ruler.add_patterns([{"label": _LISTED, "pattern": alias, "id": f"{row.type}|{row.name}"}
                            for row in lexicon.names() for alias in spellings(row.name, *row.aliases)])
    nlp.add_pipe("listed_types")
    return nlp


def _quick_products() -> AbstractContextManager:
    """Let numpy multiply a model's matrices: its library knows more processors than spaCy's own, which may take thrice
    the time. Others that spaCy finds by itself (a Mac's, a graphics card's) stay."""
    return use_ops("numpy", use_blis=False) if get_current_ops().name == "numpy" else nullcontext()


@Language.component("listed_types")
def _listed_types(doc: Doc) -> Doc:
    """Give the names of the lexicon their own types; until here they had one of the model's, which tries each type it
    has ever met on each word."""
    if any(entity.ent_id for entity in doc.ents):
        doc.ents = [_typed(entity) if entity.ent_id else entity for entity in doc.ents]
    return doc


def _typed(entity: tokens.Span) -> tokens.Span:
    type_, _, name = entity.ent_id_.partition("|")
    return tokens.Span(entity.doc, entity.start, entity.end, label=type_, span_id=name)


def spellings(*names: str) -> list[str]:
    """Return the names with the ways English texts write them: Al-, al-, Al, al; US, U.S.; Defence, Defense."""
    found = dict.fromkeys(name.replace("’", "'") for name in names)
    found |= dict.fromkeys("".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
                           for name in tuple(found))
    for pattern, forms in _VARIANTS:
        found |= dict.fromkeys(pattern.sub(form, name) for name in tuple(found) for form in forms)
    return list(found)


def parse(articles: Iterable[Article], name: str | None = None) -> Iterator[Doc]:
    """Yield one Doc an article, in order, with the article as ``doc._.article``.

    A long text is parsed in pieces, cut between paragraphs where it has them, and put together: nothing is left out.
    The Doc of an article that is not in English is empty.
    """
    pieces = ((piece, (article, not rest)) for article in articles
              for piece, rest in _pieces(view(article.text) if is_extractable(article) else ""))
    parsed: list[Doc] = []
    for doc, (article, is_last) in pipeline(name).pipe(pieces, as_tuples=True, batch_size=BATCH):
        parsed.append(doc)
        if is_last:
            whole = doc if len(parsed) == 1 else Doc.from_docs(parsed, ensure_whitespace=False)
            whole._.article = article
            yield whole
            parsed = []


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield pieces of at most ``PIECE`` characters, up to a paragraph, else a sentence, and whether more follows."""
    while len(text) > PIECE:
        ends = (text.rfind(mark, PIECE // 2, PIECE) + len(mark) for mark in ("\n\n", "\n", ". ", " ")
                if mark in text[PIECE // 2:PIECE])
        end = next(ends, PIECE)
        yield text[:end], True
        text = text[end:]
    yield text, False


def text_of(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy puts together anew at every look."""
    if "text" not in doc.user_data:
        doc.user_data["text"] = doc.text
    return doc.user_data["text"]


def hashes(words: Iterable[str]) -> frozenset[int]:
    """Return what stands for some words in spaCy's arrays, the same in every vocabulary: for ``positions``."""
    return frozenset(map(hash_string, words))


def positions(doc: Doc, words: frozenset[int]) -> list[int]:
    """Return where words stand that are in small letters one of ``words`` (see ``hashes``): quicker than the tokens."""
    return [at for at, word in enumerate(doc.to_array("LOWER").tolist()) if word in words]


def word_at(doc: Doc, i: int) -> str:
    """Return the word at a position in small letters, "" before the first and after the last: ``doc[i]`` would count
    from the end there, or raise."""
    return doc[i].lower_ if 0 <= i < len(doc) else ""


def word_before(token: Token) -> str:
    """Return the word before a token in small letters, "" where there is none."""
    return word_at(token.doc, token.i - 1)


def word_after(token: Token) -> str:
    """Return the word after a token in small letters, "" where there is none."""
    return word_at(token.doc, token.i + 1)


def parse_text(text: str, **fields: str) -> Doc:
    """Return the Doc of one text, for tests and for trying a rule on a sentence."""
    return next(parse([Article("text", text=text, words=len(text.split()), **fields)]))


if not Doc.has_extension("article"):
    Doc.set_extension("article", default=None)
