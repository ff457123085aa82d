"""Where, when, with what and by whom people were harmed, as the clause of the harm says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from analysis import lexicon, places
from analysis.casualties.claims import Claim
from analysis.casualties.clauses import agent
from analysis.casualties.cues import Cue
from analysis.casualties.kinds import kind_of_word
from analysis.casualties.sets import words_of
from analysis.language import text_of, word_at
from analysis.mentions import MentionIndex
from analysis.records import Attribution, Mention
from analysis.stretches import Stretches

_HOLDS = re.compile(r"\s*[,(]\s*|\s+(?:of|in)\s+")  # between a place and one that holds it
_HELD = re.compile(r"['’]s\s+")
_VERBAL = ("VERB", "AUX")
_ACTORS = ("armed_group", "security_force", "person", "government", "organisation")
_FORCES, _SUFFERING, _LOSING = words_of("force"), words_of("suffering"), words_of("losing")
_ATTACKING = words_of("attacking")
_OF_DEEDS = ("claimed", "alleged", "denied", "admitted")  # stances to a deed as well as to a statement
_SAME_TIME = {"after", "as", "while"}
_LOCATIVE = {"in", "at", "near", "inside", "outside", "on", "of", "from", "around", "against", "within", "to", "into"}


@cache
def _means() -> dict[str, str]:
    return {str(row["words"]): str(row["means"]) for row in lexicon.rows("means_words")}


def fill(claim: Claim, sentence: Span, mentions: MentionIndex, voices: Stretches[Attribution],
         times: Stretches[Mention]) -> None:
    """Set who says a claim, who did it and with what, where and when, as its sentence tells."""
    cue, tokens, named = claim.cue, clause(claim.cue), mentions.within(sentence)
    when = occasion(cue, tokens)
    claim.voice = attribution(cue, voices, claim.certainty == "denied")
    claim.means = means(cue, tokens) or means(cue, when)
    claim.perpetrator = perpetrator(cue, mentions, claim.voice)
    claim.date = date(cue, tokens, times) or date(cue, when, times)
    where = place(cue, tokens, named, sentence) or place(cue, when, named, sentence)
    if where is not None:
        claim.place, claim.site = where.entity or where.text, where


def share(claims: Sequence[Claim]) -> None:
    """Give "killed five and injured nine in Oldtown on Friday" one place and day, where the first verb has none."""
    for other in claims:
        if other.cue.token.dep_ != "conj":
            continue
        for claim in (claim for claim in claims if claim.cue.token == other.cue.token.head):
            if claim.place is None and claim.site is None:
                claim.place, claim.site = other.place, other.site
            claim.date = claim.date or other.date


def clause(cue: Cue) -> set[int]:
    """Return the tokens of the clauses that tell of the event: from the harm up to where a speaker's words begin."""
    doc, current = cue.token.doc, cue.token
    if current.i != cue.end and doc[cue.end].is_ancestor(current):
        current = doc[cue.end]
    anchors = [current]
    while current.dep_ not in ("ROOT", "ccomp", "parataxis") and current.head != current:
        head = current.head
        if current.dep_ == "relcl" and head.dep_ not in ("nsubj", "nsubjpass", "dobj"):
            anchors += _nouns_above(head)
            break
        if current.dep_ == "advcl" and any(c.dep_ == "mark" or (c.dep_ == "prep" and c.i < current.i)
                                           for c in current.children):
            break
        anchors.append(head)
        current = head
    return _own(*anchors)


def occasion(cue: Cue, tokens: set[int]) -> set[int]:
    """Return the tokens of the clause that says what did the harm: "were killed when shells hit the market in ...".

    "When" always tells of the same event; "after", "as" and "while" only where the clause names what harmed.
    """
    doc = cue.token.doc
    for token in (doc[i] for i in sorted(tokens)):
        for verb in token.children:
            if verb.dep_ == "advcl" and verb.i > cue.token.i and {"nsubj", "nsubjpass"} & {c.dep_ for c in verb.lefts}:
                opened, own = {c.lower_ for c in verb.lefts if c.dep_ in ("mark", "advmod")}, _own(verb)
                if "when" in opened or (opened & _SAME_TIME and _named_means(doc, own)):
                    return own
    return set()


def _nouns_above(noun: Token) -> list[Token]:
    """A noun and the nouns it hangs on: "the area" of "an attack on the centre, located in the area"."""
    found = [noun]
    while noun.dep_ in ("pobj", "prep", "acl", "appos") and noun.head != noun:
        noun = noun.head
        found += [noun] if noun.pos_ not in _VERBAL or noun.dep_ == "acl" else []
    return found


def _own(*anchors: Token) -> set[int]:
    """The tokens under some words, without the clauses under it that tell of something else."""
    found, waiting = set(), [*anchors]
    while waiting:
        token = waiting.pop()
        if token.i in found:
            continue
        found.add(token.i)
        waiting += [c for c in token.children if c.dep_ not in ("ccomp", "relcl", "advcl", "parataxis", "conj")
                    or (c.dep_ == "conj" and c.pos_ not in _VERBAL)]
    return found


def means(cue: Cue, tokens: set[int]) -> str | None:
    """Return what people were harmed with: the harm word says it, else a word of its clause."""
    return cue.means or _named_means(cue.token.doc, sorted(tokens, key=lambda i: abs(i - cue.token.i)))


def _named_means(doc: Doc, tokens: Iterable[int]) -> str | None:
    for i in tokens:
        word = doc[i].lower_
        pair = f"{word_at(doc, i - 1)} {word}"
        for text in (pair, word, word.removesuffix("s")):
            if text in _means():
                return _means()[text]
    return None


def place(cue: Cue, tokens: set[int], mentions: Sequence[Mention], span: Span) -> Mention | None:
    """Return the place of the event: a place or facility named in its clause after a preposition."""
    doc, where = cue.token.doc, list(sites(span, mentions))
    found = [(abs(named.start - cue.token.i), mention) for mention, named in where
             if any(token.i in tokens for token in named)]
    if not found:
        return None
    best = min(found, key=lambda pair: pair[0])[1]
    for other, _ in sorted(where, key=lambda pair: -pair[0].start):  # "in Quetta, Pakistan" is in Quetta
        around = other.start < best.start and other.end >= best.end
        apposed = _HOLDS.fullmatch(text_of(doc), other.end, best.start) or _HELD.fullmatch(
            text_of(doc), best.end, other.start)
        if around or (apposed and _may_hold(best, other)):
            best = other
    return best


def _may_hold(outer: Mention, inner: Mention) -> bool:
    return not (outer.place_id and inner.place_id) or places.may_be_one(outer.place_id, inner.place_id)


def sites(sentence: Span, mentions: Iterable[Mention]) -> Iterator[tuple[Mention, Span]]:
    """Yield the places and facilities that a sentence names as where something is, with their words."""
    for mention in mentions:
        if mention.type in ("place", "facility") and not mention.nominal:
            named = sentence.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if named is not None and _is_where(named, sentence):
                yield mention, named


def _is_where(named: Span, sentence: Span) -> bool:
    """Return whether a name says where: it stands after "in" or "near", "in the old town of X", no verb between."""
    if word_at(sentence.doc, named.end) == "time":
        return False  # "6.45 pm Singapore time"
    if named.root.dep_ in ("dobj", "nsubjpass") and named.root.head.lemma_ in _ATTACKING:
        return True  # "shelled Kharkiv"
    for token in reversed(sentence.doc[max(sentence.start, named.start - 6):named.start]):
        if token.pos_ in _VERBAL and token.dep_ != "amod":
            return False
        if token.lower_ in _LOCATIVE:
            return token.lower_ != "from" or token.i == sentence.start or token.nbor(-1).pos_ != "NOUN"  # "a man from"
    return False


def date(cue: Cue, tokens: set[int], times: Stretches[Mention]) -> str | None:
    """Return the EDTF date of the time expression of the clause that stands nearest and can be dated."""
    doc, found = cue.token.doc, []
    for time in times.meeting(cue.token.sent.start_char, cue.token.sent.end_char):
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is not None and time.date and any(token.i in tokens for token in span):
            found.append((abs(span.start - cue.token.i), time.date))
    return min(found)[1] if found else None


def perpetrator(cue: Cue, mentions: MentionIndex, voice: Attribution | None) -> str | None:
    """Return the entity that did it: the agent, the owner of a pronoun, or who claimed responsibility."""
    token = agent(cue)
    if token is None:
        return None
    claimant = _claimant(token)
    for word in (claimant or token, token):
        mention = mentions.at(word)
        if mention is not None and mention.type in _ACTORS and mention.entity:
            return mention.entity
        owner = next((c for c in word.children if c.dep_ == "poss"), None)
        if owner is not None and owner.lower_ in ("its", "their", "his", "her"):
            return voice.source_entity if voice is not None else None
        if owner is not None and (mention := mentions.at(owner)) is not None and mention.type in _ACTORS:
            return mention.entity
    return None


def suffering_force(cue: Cue) -> bool:
    """True where an armed force has the losses: "the army suffered 12 dead", "inflicted 15 casualties on troops"."""
    token, forces = cue.token, False
    verb = next((t for t in token.ancestors if t.pos_ in _VERBAL), None)
    if verb is not None and verb.lemma_ in _SUFFERING and "civilian" not in token.sent.text:
        return True
    has = verb is not None and verb.lemma_ in _LOSING
    did = agent(cue)
    among = [c for c in verb.children if c.lower_ == "among"] if verb is not None and not has else []
    for word in (token, *token.children, *(verb.children if has else among)):
        if word == did:
            continue
        if word.lower_ in ("on", "to", "of", "among"):
            word = next((c for c in word.children if c.dep_ == "pobj"), word)
        kind = kind_of_word(word.lower_)
        forces |= bool(kind and kind[0] == "combatant") or word.lower_ in _FORCES
    return forces


def _claimant(event: Token) -> Token | None:
    """The subject of "claimed responsibility for" above an attack."""
    claimed = next((noun for noun in _nouns_above(event) if noun.lemma_ == "responsibility"), None)
    return next((c for c in claimed.head.children if c.dep_ == "nsubj"), None) if claimed is not None else None


def attribution(cue: Cue, voices: Stretches[Attribution], denied: bool = False) -> Attribution | None:
    """Return the innermost attribution whose content holds the harm word; of what is denied, the one that denies it.

    Who claims, blames or denies an attack does not say what the article adds about it ("..., which killed five").
    """
    start, end = cue.token.idx, cue.token.idx + len(cue.token)
    holding = [voice for voice in voices.meeting(start, end)
               if any(a <= start and end <= b for a, b in voice.content_spans)]
    added = next((t for t in (cue.token, *cue.token.ancestors) if t.dep_ == "relcl"), None)
    verb = next((t for t in added.head.ancestors if t.pos_ in _VERBAL), None) if added is not None else None
    if verb is not None:
        holding = [voice for voice in holding if voice.stance not in _OF_DEEDS or any(
            a <= verb.idx < b for a, b in voice.content_spans)]
    denying = [voice for voice in holding if voice.certainty == "denied"] if denied else []
    return min(denying, default=None, key=lambda voice: voice.depth) or max(
        holding, key=lambda voice: (voice.depth, voice.start), default=None)
