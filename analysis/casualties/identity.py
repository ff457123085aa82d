"""Whether two claims may speak of the same people: by name and by kind."""

from __future__ import annotations

from itertools import pairwise

from analysis.casualties.claims import Claim
from analysis.casualties.kinds import PLURAL, SINGULAR
from analysis.casualties.people import roles
from analysis.casualties.phrases import SHARES
from analysis.casualties.sets import fates, words_of

GENERIC = words_of("anybody")
ATTACKERS = words_of("attacker")
_AGES, _MORE, _MEN, _WOMEN = map(words_of, ("age", "more", "male", "female"))
_IRREGULARS = words_of("irregular")  # one side calls militants whom the other calls fighters
_HURT = fates("hurt").keys()
_COUNTED_BEFORE = {"the", "those", "these"}


def words(claim: Claim) -> set[str]:
    """The lower-case words of the victims' phrase."""
    doc = claim.head.doc
    return {doc[i].lower_ for i in range(claim.people.first, claim.people.last + 1)}


def is_more(claim: Claim) -> bool:
    """True for "another man", "two others", "four more": people besides those counted before."""
    doc, first, last = claim.head.doc, claim.people.first, claim.people.last
    after = [token.lower_ for token in doc[last + 1:last + 3]]
    if doc[last].like_num and after[:1] == ["more"] and after[1:] != ["than"]:
        return True
    return bool(words(claim) & _MORE) and not doc[first:last + 1].text.lower().startswith("more than")


def is_share(claim: Claim) -> bool:
    """True for "three of the men", "most of them": some of those counted before; not for "three of the group's men"."""
    phrase = claim.head.doc[claim.people.first:claim.people.last + 1]
    return claim.head.lower_ in SHARES or any(
        one.like_num and of.lower_ == "of" and the.lower_ in _COUNTED_BEFORE and the.head.dep_ != "poss"
        for one, of, the in zip(phrase, phrase[1:], phrase[2:], strict=False))


def of_the_hurt(claim: Claim) -> bool:
    """True for "four of the wounded" who died: they were among the injured before."""
    return claim.effect == "killed" and bool(words(claim) & _HURT)


def was_earlier(claim: Claim) -> bool:
    """True for "had earlier put the toll at seven", "initially said that three died"."""
    before = [t.lower_ for t in claim.span if t.i < claim.cue.token.i]
    return bool({"initially", "originally"} & set(before)) or any(
        "had" in pair and pair & {"earlier", "previously"} for pair in map(set, pairwise(before)))


def same_name(claim: Claim, other: Claim) -> bool:
    """True for one entity, "Morel" and "Andres Morel Ibarra"; not for two brothers of one surname."""
    if claim.people.entity and claim.people.entity == other.people.entity:
        return True
    short, long = sorted((claim.people.name, other.people.name), key=len)
    shared = len(set(short) & set(long))
    return shared > 1 or 0 < shared == len(short)


def kinds_agree(claim: Claim, other: Claim) -> bool:
    """True where neither status nor role speaks against one set of people."""
    mine, theirs = claim.people, other.people
    if mine.status != theirs.status and "unknown" not in (mine.status, theirs.status):
        return False
    if bool(mine.key & ATTACKERS) != bool(theirs.key & ATTACKERS):
        return False
    if mine.key & _IRREGULARS and theirs.key & _IRREGULARS:
        return True
    if (mine.key | theirs.key) & GENERIC or mine.key & theirs.key or claim.head.lower_ in PLURAL | SINGULAR:
        return True
    if mine.entity and mine.entity == theirs.entity:
        return True
    trades = roles(mine), roles(theirs)
    if not all(trades) or trades[0] & trades[1]:
        return mine.high == 1 or bool(all(trades)) or (mine.definite and mine.status == "unknown")
    return mine.definite and any(trade <= _AGES for trade in trades)


def one_person(claim: Claim, other: Claim) -> bool:
    """True where two claims of one person each may be of the same one."""
    if claim.people.named and other.people.named:
        return same_name(claim, other)
    return not genders_differ(claim, other) and not is_more(claim) and (kinds_agree(claim, other) or claim.people.named)


def is_known(claim: Claim) -> bool:
    """True for "the boy", "his wife", "she", a name: somebody of whom the text has spoken, or whom readers know."""
    owned = any(token.dep_ == "poss" for token in claim.head.doc[claim.people.first:claim.people.last + 1])
    return claim.people.definite or claim.people.named or owned or claim.head.lower_ in SINGULAR | PLURAL


def genders_differ(claim: Claim, other: Claim) -> bool:
    """True for a man and a woman."""
    (man, woman), (other_man, other_woman) = ((words(c) & _MEN, words(c) & _WOMEN) for c in (claim, other))
    return bool((man and not woman and other_woman and not other_man)
                or (woman and not man and other_man and not other_woman))
