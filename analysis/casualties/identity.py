"""Whether two claims may speak of the same people: by name, role, gender, age, kind, number."""

from __future__ import annotations

import re

from analysis import lexicon
from analysis.casualties.claims import Claim
from analysis.casualties.clauses import agent, subject_of
from analysis.casualties.cues import ACT
from analysis.casualties.kinds import KIN, PLURAL, SINGULAR, kind_of_word
from analysis.casualties.people import roles
from analysis.casualties.sets import fates, words_of

GENERIC = words_of("anybody")
_COUNTED_BEFORE = {"the", "those", "these"}
_AGES = words_of("age")
_MEN, _WOMEN = words_of("male"), words_of("female")
_MORE = words_of("more")
_ORDINALS = {row["words"]: int(row["low"] or 0) for row in lexicon.rows("vague_numbers") if row["kind"] == "ordinal"}
_ATTACKERS = words_of("attacker")
_IRREGULARS = words_of("irregular")  # one side calls militants whom the other calls fighters
_HURT, _WOUNDS, _HOSPITAL = fates("hurt").keys(), words_of("wounds"), words_of("hospital")
_AGE = re.compile(r"\b(\d{1,2})[ -]?(?:years?|yrs?)[ -]?old")
_AGE_AFTER = re.compile(r", (?:age )?(\d{1,2}) ?(?:[,.;]|of\b|$)")


def is_more(claim: Claim) -> bool:
    """True for "another man", "two others", "four more", "a third person": people besides those counted before."""
    doc, first, last = claim.head.doc, claim.people.first, claim.people.last
    if doc[last].like_num and doc[last + 1:last + 2].text.lower() == "more" and doc[last + 2:last + 3].text != "than":
        return True
    phrase = doc[first:last + 1].text.lower()
    return bool(words(claim) & _MORE) and not phrase.startswith("more than") and not _is_beside_the_doer(claim)


def _is_beside_the_doer(claim: Claim) -> bool:
    """True for the victim of "one of the boys shot the other": he is the other one beside the boy who shot him."""
    if claim.cue.frame != ACT or claim.head.i < claim.cue.token.i or not claim.people.definite:
        return False
    doer = subject_of(claim.cue.token) if words(claim) & {"other"} else None
    return doer is not None and (doer.lower_ == "one" or kind_of_word(doer.lower_) is not None)


def place_in_row(claim: Claim) -> int:
    """Return 5 for "a fifth person", who is not one of the four told before; 0 without such a word."""
    return max((_ORDINALS.get(word, 0) for word in words(claim)), default=0)


def is_besides(claim: Claim) -> bool:
    """True for people besides those told before: "another man", "all 32 kidnappers were also killed"."""
    return is_more(claim) or any(child.lower_ == "also" for child in claim.cue.token.children)


def of_the_hurt(claim: Claim) -> bool:
    """True for "four of the wounded" who died: they were among the injured before."""
    return claim.effect == "killed" and bool(words(claim) & _HURT)


def died_later(claim: Claim) -> bool:
    """True for who "died of their wounds": the day they died is not the day of the event."""
    doc, end = claim.cue.token.doc, claim.cue.end
    if of_the_hurt(claim) or claim.effect != "killed":
        return claim.effect == "killed"
    after = {doc[i].lower_ for i in range(claim.cue.token.i, min(end + 7, claim.span.end))}
    he_died = claim.cue.token.lemma_ == "die" and claim.head.lower_ in ("he", "she")
    return he_died or bool(after & (_WOUNDS | _HOSPITAL if claim.cue.token.lemma_ == "die" else _WOUNDS))


def was_earlier(claim: Claim) -> bool:
    """True for "had earlier put the toll at seven", "initially said that three died"."""
    before = {t.lower_ for t in claim.span if t.i < claim.cue.token.i}
    return bool(before & {"initially", "originally"} or (before & {"earlier", "previously"} and "had" in before))


def is_share(claim: Claim) -> bool:
    """True for "three of the men": some of those counted before; not for "three of the group's men"."""
    doc = claim.head.doc
    return any(doc[i].like_num and doc[i + 1].lower_ == "of" and doc[i + 2].lower_ in _COUNTED_BEFORE
               and doc[i + 2].head.dep_ != "poss"
               for i in range(claim.people.first, min(claim.people.last, len(doc) - 2)))


def words(claim: Claim) -> set[str]:
    """The lower-case words of the victims' phrase."""
    doc = claim.head.doc
    return {doc[i].lower_ for i in range(claim.people.first, claim.people.last + 1)}


def same_name(claim: Claim, other: Claim) -> bool:
    """True for one entity, "Morel" and "Andres Morel Ibarra"; not for two brothers of one surname."""
    if claim.people.entity and claim.people.entity == other.people.entity:
        return True
    short, long = sorted((claim.people.name, other.people.name), key=len)
    shared = sum(any(_spelt_alike(word, each) for each in long) for word in short)
    return shared > 1 or 0 < shared == len(short)


def _spelt_alike(one: str, two: str) -> bool:
    """True for "Mohamed" and "Mohammed": the same but for one letter left out; not for "Juan" and "Juana"."""
    if one == two:
        return True
    short, long = sorted((one, two), key=len)
    return len(long) - len(short) == 1 and len(short) > 2 and not long.endswith("a") and any(
        long[:i] + long[i + 1:] == short for i in range(len(long)))


def one_person(claim: Claim, other: Claim) -> bool:
    """True where two claims of one person each may be of the same one."""
    if claim.people.named and other.people.named:
        return same_name(claim, other)
    quoted = claim.voice is not None or words(claim) & {"my", "our"}
    if words(claim) & KIN and other.people.named and not quoted and not claim.people.key & other.people.key:
        return False  # "his son" after a name is somebody else, unless a relative speaks
    if is_more(claim) or (is_besides(claim) and is_owned(claim)):
        return False  # "his aide was also killed"
    if genders_differ(claim, other) or ages_differ(claim, other) or _trades_differ(claim, other):
        return False
    return kinds_agree(claim, other) or claim.head.lower_ in SINGULAR or bool(claim.people.named or other.people.named)


def is_apposed(claim: Claim, other: Claim) -> bool:
    """True for a name and what he is: "the death of his daughter, Ana Ruiz, who was shot"."""
    return (claim.head.dep_ == "appos" and claim.head.head == other.head and claim.number == other.number == 1
            and claim.people.named != other.people.named and one_person(claim, other))


def genders_differ(claim: Claim, other: Claim) -> bool:
    """True for a man and a woman."""
    mine, theirs = _gendered(claim), _gendered(other)
    return any(one and two and one <= _MEN and two <= _WOMEN for one, two in ((mine, theirs), (theirs, mine)))


def _gendered(claim: Claim) -> set[str]:
    """The words that say man or woman, of one person the head's: "her son" is a man."""
    doc, word = claim.head.doc, claim.head.lower_
    if claim.high == 1 and word in _MEN | _WOMEN:
        return {word}
    phrase = doc[claim.people.first:claim.people.last + 1]
    return {token.lower_ for token in phrase if token.tag_ != "PRP$"} & (_MEN | _WOMEN)


def ages_differ(claim: Claim, other: Claim) -> bool:
    """True where the text gives two ages that are not the same, or a child and a grown-up."""
    for one, two in ((claim, other), (other, claim)):
        if "child" in one.people.groups and words(two) & {"man", "woman"}:
            return True
    mine, theirs = age(claim), age(other)
    return mine is not None and theirs is not None and mine != theirs


def age(claim: Claim) -> str | None:
    """The age of somebody as the text writes it: "a 6-year-old", "Ana Ruiz, 34,"."""
    doc, first, after = claim.head.doc, claim.people.first, claim.people.last + 1
    match = _AGE.search(doc[first:after + 3].text) or _AGE_AFTER.match(doc[after:after + 4].text)
    return match.group(1) if match else None


def kinds_agree(claim: Claim, other: Claim) -> bool:
    """True where neither status nor role speaks against one set of people."""
    mine, theirs = claim.people, other.people
    if mine.status != theirs.status and "unknown" not in (mine.status, theirs.status):
        return False
    if bool(mine.key & _ATTACKERS) != bool(theirs.key & _ATTACKERS):
        return False
    if mine.key & _IRREGULARS and theirs.key & _IRREGULARS:
        return True
    if mine.key & theirs.key or mine.key & GENERIC or theirs.key & GENERIC or claim.head.lower_ in PLURAL | SINGULAR:
        return True
    if mine.entity and mine.entity == theirs.entity:
        return True
    if mine.definite and mine.status == "unknown" and not roles(mine) and mine.high != 1:
        return True  # "the men"
    if _trades_differ(claim, other):
        return False
    return mine.high == 1 or bool(roles(mine) and roles(theirs))


def _trades_differ(claim: Claim, other: Claim) -> bool:
    """True for a student and a nurse, two boys and two soldiers; not for a student and then "the boy"."""
    mine, theirs = roles(claim.people), roles(other.people)
    if not mine or not theirs or (claim.people.key | other.people.key) & GENERIC:
        return False
    if mine & theirs or set(claim.people.groups) & set(other.people.groups) or (
            claim.people.status == other.people.status == "police"):
        return False
    known = claim.people.definite or is_owned(claim) or (age(claim) is not None and age(claim) == age(other))
    return not (known and (mine <= _AGES or theirs <= _AGES))


def is_owned(claim: Claim) -> bool:
    """True for "his stepson", "the mayor's aide", "one of our students"."""
    return any(token.dep_ == "poss" for token in claim.head.doc[claim.people.first:claim.people.last + 1])


def is_the_doer(claim: Claim, other: Claim) -> bool:
    """True for "himself" beside "a man shot six people": he is none of the six."""
    return claim.head.lower_ in ("himself", "herself") and agent(other.cue) is not None


def close_kinds(claim: Claim, other: Claim) -> bool:
    """True where both use the same word, or both only say "people"."""
    mine, theirs = claim.people, other.people
    return bool(mine.key & theirs.key or (mine.entity and mine.entity == theirs.entity)) or (
        bool(mine.key & GENERIC) and bool(theirs.key & GENERIC))
