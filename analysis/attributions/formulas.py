"""Reports without a verb of saying: "according to X", "by X's count", "X: …" and "… – X" in a headline."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from analysis.attributions.contents import ranges, subtree
from analysis.attributions.cues import Cue, cue_of, cues, words
from analysis.attributions.quotes import Quotes
from analysis.attributions.speakers import SPEAKERS, is_medium, issuer, passed_on_by, roles, speaks
from analysis.attributions.voice import Voice
from analysis.language import word_after
from analysis.places.gazetteer import candidates

_ACCORDING = Cue("according to", "phrase", frozenset())
_CITY = 50_000  # people at least in a town that a paragraph opens with
_COLON = Cue(":", "mark", frozenset(("that", "quote")))
_VIEWED = Cue("in the view of", "phrase", frozenset())
_LONGEST_NAME, _SHORTEST_HEADLINE, _LONGEST_HEADLINE, _LONGEST_START = 6, 3, 20, 12  # words
_SHORT_WORD = 3  # letters: "in", "of", "the" keep small letters in a headline
_NO_NAME = ("VERB", "AUX", "NUM", "ADV", "SCONJ")
_SENTENCE_ENDS = (".", "!", "?")
_SUBORDINATE = ("conj", "xcomp", "aux", "prep", "pcomp", "advcl", "relcl", "acl")


def according(doc: Doc, token: Token, quotes: Quotes) -> Voice | None:
    """"according to X", "per X": the clause it belongs to, else the rest of the sentence."""
    to = token if token.lower_ == "per" else doc[token.i + 1] if word_after(token) == "to" else None
    source = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if source is None or (to == token and not (speaks(source) and _is_some(source))):
        return None
    top = token if to.head == token else to
    if top.dep_ == "ROOT" or top.head == top:
        return None
    clause = _reported_clause(top)
    passes_on = is_medium(source) or source.lower_ in words("rumour")  # "according to press reports"
    if passes_on and clause.dep_ == "ccomp" and token.i > clause.i and doc[token.i - 1].text == ",":
        clause = _reported_clause(clause)  # "the mayor said nine died, according to Reuters": it passes the mayor on
    said = subtree(clause) - {t.i for t in top.subtree} - {token.i, to.i}
    said -= {c.i for c in clause.children if c.dep_ == "mark" and c.i < token.i}
    return Voice(_ACCORDING, token, ((token.i, to.i + 1),), source, ranges(doc, said, quotes, token),
                 passed_on_by(source))


def _is_some(noun: Token) -> bool:
    """False for "per resident", "per 1,000 residents", which say of how many each."""
    return noun.pos_ == "PROPN" or ((bool(list(noun.lefts)) or noun.tag_ == "NNS") and not any(
        c.dep_ == "nummod" for c in noun.lefts))


def enclose(doc: Doc, found: list[Voice], quotes: Quotes) -> None:
    """Take ", according to Reuters" out of what the mayor said where Reuters has the mayor's word: the outer voice."""
    for voice in (v for v in found if v.cue is _ACCORDING):
        inside = {i for start, end in voice.content for i in range(start, end)}
        for other in (v for v in found if v.token.i in inside):
            said = {i for start, end in other.content for i in range(start, end)}
            if voice.token.i in said:
                other.content = ranges(doc, said - subtree(voice.token), quotes, other.token) or other.content


def viewed(doc: Doc, token: Token, quotes: Quotes) -> Voice | None:
    """"in the mayor's account", "by the army's count", "in a photo released by the army": the clause it belongs to."""
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    if token.dep_ != "prep" or noun is None or noun.lower_ not in words("view") | words("document"):
        return None
    source = _holder(noun)
    clause = _reported_clause(token)
    if source is None or clause == token or clause.pos_ not in ("VERB", "AUX") or cue_of(clause) is not None:
        return None
    said = subtree(clause) - {t.i for t in token.subtree}
    return Voice(_VIEWED, noun, ((noun.i, noun.i + 1),), source, ranges(doc, said, quotes, token))


def _holder(noun: Token) -> Token | None:
    """Whose view a noun is: "the mayor's account", "the view of the mayor"; nobody's in "in recent accounts"."""
    if noun.lower_ not in words("view"):
        return issuer(noun) if issuer(noun) != noun and any(c.dep_ == "acl" for c in noun.children) else None
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "from")), None)
    holders = [c for c in noun.children if c.dep_ == "poss"] + [c for c in (of.children if of else ())
                                                                if c.dep_ == "pobj"]
    return next((c for c in holders if c.ent_type_ not in ("DATE", "TIME")
                 and (c.pos_ == "PRON" or speaks(c))), None)


def _reported_clause(token: Token) -> Token:
    """The verb of the clause that a phrase at its edge reports: the highest one that no complementizer holds."""
    head = token.head
    while head.head != head and (head.pos_ not in ("VERB", "AUX") or head.dep_ in _SUBORDINATE):
        head = head.head
    return head


def headed(doc: Doc, token: Token, quotes: Quotes) -> Voice | None:
    """"Minister: Dam will hold": a short name at the start of a paragraph, a colon, and what it says."""
    start = token.i
    while start > 0 and token.i - start <= _LONGEST_START and "\n" not in doc[start - 1].text:
        start -= 1
    name = doc[start:token.i]
    where = next((t.i for t in name if t.lower_ in ("in", "on", "at", "to")), None)
    if where is not None and token.i + 1 < len(doc) and quotes.at(token.i + 1) is not None:
        name = doc[start:where]  # "The governor in a statement: “…”"
    is_headline = start == 0 and 0 < len(name) <= 3 and all(
        t.pos_ == "PROPN" and t.ent_type_ not in ("GPE", "LOC") for t in name)
    if _is_dateline(name.text):
        return None
    if not (is_headline or _is_speaker(name)) or quotes.at(token.i) is not None:
        return None
    end = token.i + 1
    while end < len(doc) and "\n" not in doc[end].text:
        end += 1
    content = ranges(doc, set(range(token.i + 1, end)), quotes, token)
    if sum(last - first for first, last in content) < _SHORTEST_HEADLINE:
        return None
    return Voice(_COLON, token, ((token.i, token.i + 1),), name[-1], content,
                 source_spans=((name.start, name.end),))


def _is_dateline(name: str) -> bool:
    """True for "SURABAYA", not for "NATO", which is a small town, too, "HAMAS" or "Surabaya"."""
    return name.isupper() and name.lower() not in roles() and any(
        place.spelling == "exact" and place.population >= _CITY for place in candidates(name))


def trailed(doc: Doc, token: Token, quotes: Quotes) -> Voice | None:
    """"Nine killed in blast – police": a headline, a dash or a colon, and a short name that ends the line."""
    start, end = token.i, token.i + 1
    while start > 0 and "\n" not in doc[start - 1].text and token.i - start <= _LONGEST_HEADLINE:
        start -= 1
    while end < len(doc) and "\n" not in doc[end].text and end - token.i <= _LONGEST_NAME:
        end += 1
    said = doc[start:token.i]
    short = _SHORTEST_HEADLINE <= len(said) <= _LONGEST_HEADLINE and not any(t.text in _SENTENCE_ENDS for t in said)
    name = doc[token.i + 1:end]
    if not short or not name or name[-1].lower_ not in roles() or not _is_speaker(name, headline=True):
        return None
    content = ranges(doc, set(range(start, token.i)), quotes, token)
    return Voice(_COLON, token, ((token.i, token.i + 1),), name[-1], content)


def title_end(doc: Doc) -> int:
    """Return where the first line of a Doc ends if it is A Headline in Capitals, which the parser takes for names."""
    end = next((t.i for t in doc if "\n" in t.text), len(doc))
    words = [t for t in doc[:end] if t.is_alpha and len(t) > _SHORT_WORD]
    return end if words and all(t.text[0].isupper() for t in words) and end <= _LONGEST_HEADLINE else 0


def titled(doc: Doc, token: Token, end: int, quotes: Quotes) -> Voice | None:
    """"Minister Claims Rebels Killed Nine": a cue that was taken for a name, behind a short name in the headline."""
    cue, name = cues().get((token.lower_, "verb")), doc[:token.i]
    if cue is None or not cue.inner or token.pos_ == "VERB" or not cue.frames & {"that", "object"} or not (
            0 < len(name) <= _LONGEST_NAME and all(t.is_alpha and t.pos_ not in _NO_NAME for t in name)):
        return None
    if token.lower_.endswith("s") == name[-1].lower_.endswith("s") or name[-1].pos_ not in ("NOUN", "PROPN"):
        return None  # "rebels claim", "the army claims"
    content = ranges(doc, set(range(token.i + 1, end)), quotes, token)
    if sum(last - first for first, last in content) < 2:
        return None
    return Voice(cue, token, ((token.i, token.i + 1),), name[-1], content, source_spans=((0, token.i),))


def _is_speaker(name: Span, headline: bool = False) -> bool:
    """True for up to six words that end in a name or in the word for somebody who speaks ("minister")."""
    if not 0 < len(name) <= _LONGEST_NAME or name[-1].pos_ not in ("PROPN", "NOUN"):
        return False
    if not (headline or name[0].text[0].isupper()):
        return False
    if any(token.pos_ in _NO_NAME or token.is_punct for token in name):
        return False
    return name[-1].lower_ in roles() or any(token.ent_type_ in SPEAKERS for token in name)


FORMULAS = {"according": (according,), "per": (according,), "in": (viewed,), "by": (viewed,), ":": (headed, trailed),
            "-": (trailed,), "–": (trailed,), "—": (trailed,)}
