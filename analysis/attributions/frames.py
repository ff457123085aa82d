"""What a cue stands with: its complements, its speaker, and who is told, read from the parse."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.attributions.cues import words
from analysis.language import word_before

_CLAUSE_MARKS = {"for": "for", "if": "if", "whether": "that", "that": "that"}
_PERSONS = ("he", "she", "they", "we", "you", "who")
_SHARING = ("conj", "advcl", "xcomp", "pcomp", "prep", "aux", "dep", "ccomp", "acomp")  # the subject stands above
_LETS = ("let", "lets", "letting")  # "let reporters know that"
_SUBJECTS = ("nsubj", "csubj")
_RELATIVES = ("who", "which", "that", "whom")


def complements(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (frame, head word of the complement) of a verb, an adjective or a noun, left to right."""
    shared = _is_result(token) or _is_equated(token)
    clauses = [c for c in token.head.rights if c.dep_ == "ccomp" and c != token] if shared else []
    for child in (*token.children, *clauses):
        if child.dep_ == "ccomp" and _mark(child) == "for":
            yield "for", child
        elif child.dep_ == "ccomp":
            yield ("that" if _finite(child) else "object"), child
        elif child.dep_ == "xcomp":
            yield _non_finite(child), child
        elif child.dep_ in ("dobj", "oprd", "acomp", "attr"):
            yield "object", child
            if _small_clause(child):
                yield "that", child
        elif child.dep_ == "nsubjpass":
            if child.lower_ != "it" or not any(c.dep_ == "ccomp" for c in token.children):
                yield "passive", child
        elif child.dep_ == "dative":
            yield "tell", child
        elif child.i > token.i and (child.dep_ == "prep" or (child.dep_ == "agent" and token.pos_ == "NOUN")):
            yield child.lower_, child
        elif child.dep_ == "advcl" and child.i > token.i and (mark := _mark(child)) in _CLAUSE_MARKS:
            yield _CLAUSE_MARKS[mark], child
        elif child.dep_ in ("acl", "relcl") and token.pos_ == "NOUN":
            yield from _noun_clause(child)


def _is_result(token: Token) -> bool:
    """True for "clear" in "made it clear" and "know" in "let them know": the clause may hang on the verb above."""
    if token.tag_ == "VB":
        return token.dep_ == "ccomp" and token.head.lower_ in _LETS
    return token.pos_ == "ADJ" and token.dep_ in ("acomp", "oprd", "ccomp") and token.head.pos_ == "VERB"


def _is_equated(token: Token) -> bool:
    """True for "claim" in "his claim is that he fled"."""
    return token.pos_ == "NOUN" and token.dep_ == "nsubj" and token.head.lemma_ == "be"


def _mark(verb: Token) -> str | None:
    return next((c.lower_ for c in verb.children if c.dep_ == "mark"), None)


def _noun_clause(child: Token) -> Iterator[tuple[str, Token]]:
    """The clause of a noun: "the claim that he fled", "a promise to leave", "a report saying"."""
    if child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children):
        yield "to", child
    elif any(c.lower_ == "that" and c.dep_ not in ("dobj", "pobj") and own_subject(child) != c for c in child.lefts):
        yield "that", child


def _finite(token: Token) -> bool:
    """A clause of its own: "that he fled", "he fled"; not "him a liar", "him to flee"."""
    subjects = [c for c in token.children if c.dep_.startswith(_SUBJECTS) or c.dep_ in ("expl", "attr")]
    return token.tag_ in ("VBZ", "VBP", "VBD", "MD") or any(c.tag_ in ("MD", "VBZ", "VBP", "VBD") for c in
                                                            token.children) or (token.tag_ == "VBN" and bool(subjects))


def _small_clause(noun: Token) -> bool:
    """True for a headline's clause without its "were": "claims 40 rebels killed"."""
    kids = {c.dep_: c for c in noun.children}
    return "nummod" in kids and "acl" in kids and kids["acl"].tag_ == "VBN"


def _non_finite(token: Token) -> str:
    if any(c.tag_ == "TO" for c in token.children):
        return "that" if _mark(token) == "whether" else "to"
    return "ing" if token.tag_ == "VBG" else "object"


def speaker(token: Token) -> Token | None:
    """Return the head word of the one who says: subject, agent, or what the clause hangs on; None where unsaid."""
    if token.pos_ not in ("VERB", "AUX"):
        return owner(token)
    agent = agent_of(token)
    if agent is not None or is_passive(token):
        return agent
    return _subject(token)


def is_passive(token: Token) -> bool:
    """True for "was told", "is said", and for a bare participle that follows its noun ("the man named")."""
    kids = {c.dep_ for c in token.children}
    if kids & {"nsubjpass", "auxpass"}:
        return True
    if token.is_sent_start and token.tag_ in ("VBN", "VBD") and not kids & {"nsubj", "dobj"}:
        return True  # "Asked whether he would resign, the mayor laughed"
    if token.tag_ != "VBN" or kids & {"aux", "nsubj"}:
        return False
    if token.dep_ in ("acl", "amod") or (token.dep_ == "advcl" and "dobj" not in kids):
        return True
    return token.dep_ == "conj" and token.head.tag_ == "VBN" and is_passive(token.head) and "dobj" not in kids


def agent_of(token: Token) -> Token | None:
    """Return the head of "by …" of a passive verb."""
    for child in token.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def hearer_of(token: Token) -> Token | None:
    """Return the head of "to …" beside a verb of speaking."""
    return next((c for child in token.children if child.dep_ in ("prep", "dative") and child.lower_ == "to"
                 for c in child.children if c.dep_ == "pobj"), None)


def quoted_as(token: Token) -> Token | None:
    """Return the "saying" of a passive "was quoted as saying": that verb reports, and the agent passes it on."""
    if not is_passive(token):
        return None
    return next((verb for word in token.children if word.lower_ == "as" for verb in word.children
                 if verb.dep_ == "pcomp"), None)


def own_subject(token: Token) -> Token | None:
    """Return the subject word that hangs on the verb itself; the parser may hang one inside a quotation on it too."""
    subjects = [c for c in token.children if c.dep_.startswith(_SUBJECTS) and not is_time(c)]
    return min(subjects, key=lambda c: abs(c.i - token.i), default=None)


def _subject(token: Token, steps: int = 0) -> Token | None:
    """The subject of an active verb; a shared, controlled or relative one is looked for further up."""
    own = own_subject(token)
    head = token.head
    if own is not None and not (token.tag_ == "VB" and head.lower_ in _LETS):
        return antecedent(own, token)
    if head == token or steps > 5:
        return None
    if token.dep_ == "acl" and token.tag_ == "VBG" and word_before(token) == "," and head.dep_ not in _SUBJECTS:
        clause = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None)
        return (_subject(clause, steps + 1) if clause is not None else None) or head
    if token.dep_ in ("acl", "relcl"):
        return head
    if token.dep_ in _SHARING:
        if token.dep_ in ("xcomp", "pcomp") and head.pos_ in ("VERB", "AUX", "ADP", "SCONJ"):
            verb = head.head if head.lower_ == "as" else head  # "quoted the mayor as saying"
            told = next((c for c in verb.children if c.dep_ == "dobj"), None)
            if told is not None:
                return told
        if head.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ in ("pcomp", "prep", "xcomp"):
            verb = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None)
            return owner(head) or (_subject(verb, steps + 1) if verb is not None else None)
        return _subject(head, steps + 1)
    return None


def is_time(word: Token) -> bool:
    """True for a date that the parser takes for a subject: "the mayor, who was there, last week said"."""
    return word.ent_type_ in ("DATE", "TIME") and word.pos_ != "PRON"


def antecedent(subject: Token, verb: Token) -> Token:
    """Return the noun that "who" or "which" stands for, else the subject itself."""
    if subject.lower_ not in _RELATIVES or subject.tag_ not in ("WP", "WDT", "DT", "IN", "WP$"):
        return subject
    for above in (verb, *verb.ancestors):
        if above.dep_ == "relcl":
            return above.head
        if above.dep_ not in ("conj", "ccomp", "xcomp", "advcl"):
            break
    return subject


def gets(verb: Token) -> bool:
    """True for a verb whose object others said: "faces accusations", "drew criticism", "investigates complaints"."""
    return verb.lemma_ in words("getting")


def owner(noun: Token) -> Token | None:
    """Return whose claim a noun is: "Omar's claim", "the claim of/by/from Omar", "Omar made the claim"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("agent", "prep") and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    head = noun.head
    if noun.dep_ == "dobj" and head.pos_ in ("VERB", "AUX"):
        return None if gets(head) else speaker(head)
    if (noun.dep_ in ("attr", "acomp") or _is_result(noun)) and head.pos_ in ("AUX", "VERB"):
        return _subject(head)
    return None


def is_person(word: Token | None) -> bool:
    """True for a personal pronoun and for a word that the pipeline took for a person: "it means that" is nobody's."""
    return word is not None and (word.ent_type_ == "PERSON" or word.lower_ in _PERSONS)
