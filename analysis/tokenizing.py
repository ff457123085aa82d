"""Words and sentences: how the pipeline cuts hyphenated names, signed numbers, paragraphs and endless sentences."""

from __future__ import annotations

import re
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokens import Doc, Token

from analysis import lexicon

NAME = "paragraphs"
_STOPS = frozenset(".!?")
DASHES = frozenset(("-", "–", "—", "--"))
_DATELINE = 16  # words of the longest dateline: "KABUL, Afghanistan, March 3 (AP) -"
_LONGEST = 200  # words without a stop, after which a sentence ends at the next comma, and after twice as many anyway
# Names with hyphens stay one word: Mazar-i-Sharif, ISIS-K, al-Qaida; but not Anti-Taliban, pro-Russian.
_PART = r"(?:[A-Z][\w']*)"
_LINK = r"(?:[ie]|al|el|a[dnrstz]|ash|e[dsz]|ul|ol|ud|ur|us|de|la|du|sur|en)"
_ARTICLE = r"(?:[Aa]l|[Ee]l|ul|as|ash|an|ar|at|ad|az)"
_TITLES = frozenset(word for row in lexicon.rows("titles") for word in str(row["word"]).split() if word[-1] == ".")
_HYPHENATED = re.compile(rf"(?:{_ARTICLE}-{_PART}|{_PART}-(?:{_LINK}-)?{_PART})(?:-(?:{_LINK}-)?{_PART})*")
_PREFIX = re.compile(r"(?:anti|pro|non|ex|pre|post|mid|vice|deputy|former|co|self)-", re.IGNORECASE)


def repair(nlp: Language) -> None:
    """Keep hyphenated names whole and the stop of "incl." and "Brig.", split it off "ISIS-K." so that a sentence ends,
    and split numbers off what is written to them: "~40", "700k", "12–13", "1.5m-2m".
    """
    nlp.tokenizer.token_match = _hyphenated_name
    suffixes = [*nlp.Defaults.suffixes, r"(?<=[A-Za-z0-9]-[A-Z])\.", r"(?<=[0-9])(?:[kK]|mn|bn)"]
    infixes = [*nlp.Defaults.infixes, r"(?<=[0-9])[km](?=[–-][0-9])", r"(?:(?<=[0-9])|(?<=[0-9][km]))[–-](?=[0-9])"]
    for word in ("approx.", "Approx.", "incl.", "Incl.", *_TITLES):
        nlp.tokenizer.add_special_case(word, [{ORTH: word}])
    nlp.tokenizer.prefix_search = spacy.util.compile_prefix_regex([*nlp.Defaults.prefixes, "[~≈≥≤]"]).search
    nlp.tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    nlp.tokenizer.suffix_search = spacy.util.compile_suffix_regex(suffixes).search


def _hyphenated_name(string: str) -> re.Match[str] | None:
    return None if "-" not in string or _PREFIX.match(string) else _HYPHENATED.fullmatch(string)


@Language.component(NAME)
def _paragraphs(doc: Doc) -> Doc:
    """Start a sentence after each paragraph break and each dateline; keep a closing quotation mark and a counted noun
    where they belong.

    The parser keeps to what is set here. What is no sentence but goes on for hundreds of words is cut at a comma: a
    rule may look at all of its sentence for each claim in it.
    """
    wrapped, length, head = _hard_wrapped(doc.text), 0, []
    for before, token in pairwise(doc):
        inside = wrapped or token.text[0].islower()  # a sentence may go on after a single line break
        if before.is_space and "\n" in before.text and (before.text.count("\n") > 1 or not inside):
            token.is_sent_start = not token.is_space
        elif token.text == '"' and not before.is_space and not before.whitespace_:
            token.is_sent_start = False
        elif (before.like_num and token.is_alpha and token.is_lower) or before.text in _TITLES:
            token.is_sent_start = False  # "Eight soldiers" at the head of a paragraph
        elif token.text == ":" or (token.text in DASHES and not before.is_space) or (
                before.text == ":" and token.text[0].isdecimal()):
            token.is_sent_start = False  # "Aden: 12 dead"
        if _ends_dateline(before, head):
            token.is_sent_start = True
        head = [] if "\n" in before.text else [*head, before] if len(head) < _DATELINE else head
        length = 0 if token.is_sent_start or before.text in _STOPS else length + 1
        if length >= _LONGEST and (before.is_punct or length >= 2 * _LONGEST):
            token.is_sent_start, length = True, 0
    return doc


def _ends_dateline(dash: Token, head: list[Token]) -> bool:
    """True for the dash of "KABUL -", "Herat, Afghanistan (AP) —": names only, one in capitals, stand before it."""
    return (dash.text in DASHES and bool(dash.whitespace_) and 0 < len(head) < _DATELINE
            and any(token.text.isupper() and len(token) > 1 for token in head)
            and not any(token.is_alpha and token.is_lower for token in head))


def _hard_wrapped(text: str) -> bool:
    """True where most lines are of one printed width and stop in mid-sentence: a single line break means nothing."""
    lines = [line for line in text.split("\n") if line.strip()]
    broken = [line for line in lines if 50 <= len(line) <= 100 and line.rstrip()[-1] not in ".!?:\"')"]
    return len(broken) >= 4 and len(broken) > len(lines) / 2
