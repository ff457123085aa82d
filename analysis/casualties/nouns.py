"""A noun phrase read as people: how many, which words, what they are, and whether they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from analysis.casualties.counting import count, wording
from analysis.casualties.cues import COUNTED
from analysis.casualties.kinds import kind_of_word, singular
from analysis.casualties.people import People
from analysis.casualties.phrases import (
    GATHERING,
    PEOPLE_TYPES,
    inner_of,
    is_adjective,
    is_coordinated,
    is_name,
    is_people,
    is_plural,
    left_edge_of,
    name_of,
    spoken,
)
from analysis.casualties.sets import words_of
from analysis.language import word_at
from analysis.mentions import MentionIndex
from analysis.quantities import Quantity
from analysis.records import Mention

_UNITS = words_of("measure")
_LEADING = words_of("leading")
_DEFINITE = {"the", "these", "those", "this", "that", "all", "both"}
_NO_PART = {"'s", ",", "only", "just", "also", "even", "-", '"', "both", "them"}  # of a phrase that they begin


class Reader:
    """Reads noun phrases of one sentence, whose numbers are given, as people."""

    def __init__(self, mentions: MentionIndex, numbers: Iterable[Quantity]):
        self.mentions, self.numbers = mentions, list(numbers)

    def heads(self, token: Token) -> Iterator[Token]:
        """Yield the head of a noun phrase and of each phrase that is coordinated with it."""
        chain = self._listed(token)
        if len(chain) > 1 and self._shares_number(chain):
            yield token
        else:
            # beside a name, what looks like a place's may be a person's
            names = is_name(token, self.mentions) or is_adjective(token)
            yield from (head for head in chain if head == token or is_people(head, self.mentions, names))

    def _listed(self, token: Token) -> list[Token]:
        """The heads of a list: its coordinated phrases, and what the parser takes for an apposition but is an item."""
        chain, waiting = [token], [token]
        while waiting:
            current = waiting.pop(0)
            for child in current.children:
                if child.i < current.i or child.pos_ in ("VERB", "AUX") or child.lower_ in ("both", "all", "each"):
                    continue
                if child.dep_ == "conj" or (child.dep_ == "appos" and self._is_item(current, child)):
                    chain.append(child)
                    waiting.append(child)
                elif child.dep_ == "appos":
                    described = [c for c in child.children if c.dep_ == "conj" and self._is_besides(c)]
                    chain += described
                    waiting += described
        return sorted(chain, key=lambda head: head.i)

    def _is_item(self, token: Token, other: Token) -> bool:
        """True for "a professor, a policeman and ...": not for a name and its role, nor for people and their names."""
        names = is_name(token, self.mentions), is_name(other, self.mentions)
        if other.left_edge.lower_ in ("alias", "aka"):
            return False
        if names[0] != names[1]:
            return False
        number = self.number(token)
        if names[0] or (number is not None and (number.high or 2) > 1):
            return names[0]
        return (is_coordinated(other) or is_coordinated(token)) and is_people(other, self.mentions)

    def _is_besides(self, token: Token) -> bool:
        """True for "his driver" in "Morel, the judge, and his driver": it goes on with the list, not with the role."""
        owned = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.lefts)
        return self.number(token) is not None or (owned and is_people(token, self.mentions))

    def _shares_number(self, chain: list[Token]) -> bool:
        """True for "20 men, women and small children": one number, then plurals without a number or an article."""
        first = self.number(chain[0])
        if first is None or (first.high == first.low == 1) or any(head.lower_ in GATHERING for head in chain[1:]):
            return False
        return all(is_plural(head) and self.number(head) is None and not any(
            child.dep_ in ("det", "poss", "nummod") or child.lower_ == "other" for child in head.lefts)
            for head in chain[1:])

    def people(self, token: Token) -> People:
        """Return the people that the noun phrase with this head names."""
        number, counted = self.number(token), token
        inner = inner_of(token)
        if inner is not None and (token.lower_ in GATHERING or token.like_num or (
                number and (number.last == token.i or number.whole))):
            counted = inner
            number = number or self.number(inner)
        first, last = self._edges(token, number)
        chain = list(self.heads(token)) if number else [token]
        if number and len(chain) == 1 and (shared := self._last_shared(token)):
            last = shared
        low, high, bound = count(token, counted, number, self.mentions)
        words = [token.doc[i].lower_ for i in range(first, last + 1)]
        status, groups = self._kind(counted, first, last)
        if bound == "named" and status == "unknown":
            status, groups = self._in_apposition(counted, groups)
        mention = self._actor(counted, first, last)
        return People(token, first, last, low, high, bound, wording(token, first, number), status, groups,
                      bound == "named", words[0] in _DEFINITE or word_at(token.doc, first - 1) == "both",
                      mention.entity if mention and mention.type in PEOPLE_TYPES else None,
                      self._key(counted, bound == "named", number),
                      tuple(word.lower_ for word in name_of(counted)) if bound == "named" else (),
                      "family" if token.lower_ == "families" else "person")

    def _actor(self, head: Token, first: int, last: int) -> Mention | None:
        """The person, or the group or force, that the phrase belongs to ("several members of the militant group")."""
        own = self.mentions.at(head)
        if own is not None and own.type in PEOPLE_TYPES:
            return own
        inside = (self.mentions.at(head.doc[i]) for i in range(first, last + 1))
        return next((m for m in inside if m is not None and m.type in ("armed_group", "security_force")), own)

    def number(self, token: Token) -> Quantity | None:
        """Return the number that counts this noun: its own left modifier, or the word itself."""
        left = left_edge_of(token)
        gathered = left - 1 if word_at(token.doc, left - 1) == "of" else token.i - 1  # "a number of sick men"
        fits = [q for q in self.numbers if (left <= q.last <= token.i or q.first <= token.i <= q.last
                                            or q.last in (token.i - 1, gathered)
                                            or (q.last == left - 1 and token.tag_ == "NNS"))
                and not self._measures(q, token)]
        if token.lower_ in COUNTED:  # the 12 of "5 dead 12 injured"
            fits = [q for q in fits if q.last == token.i - 1] or fits
        if fits and token.doc[fits[0].last].lower_ == "both" and any(c.dep_ == "conj" for c in token.children):
            return None  # "both Morel and his driver"
        if not fits:
            return None
        fits = [q for q in fits if q.first <= token.i <= q.last] or fits  # the 47 of "by 12 to 47"
        shared = fits[0].whole and fits[0].last < token.i and fits[0].first < left
        return fits[0].whole if shared else fits[0]  # the hostages of "half of the 40 hostages" are 40

    def _measures(self, number: Quantity, head: Token) -> bool:
        """True for a number of years or kilometres inside the phrase."""
        doc = head.doc
        if word_at(doc, number.first - 1) == "at" and len(doc[number.last].text) == 4 and doc[number.last].is_digit:
            return True  # "at 1215"
        return number.last < head.i and word_at(doc, number.last + 1) in _UNITS

    def _edges(self, token: Token, number: Quantity | None) -> tuple[int, int]:
        first = min(left_edge_of(token), number.first if number else token.i)
        near = number is not None and (token.i <= number.last or token.lower_ in COUNTED)
        if near and any(first <= q.last < number.first for q in self.numbers):
            first = number.first  # "by 12 to | 47", "5 dead | 12 injured"
        last = max(token.i, number.last if number else token.i)
        doc = token.doc
        while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and doc[last].pos_ == "PROPN" and (
                doc[last + 1].head.i in range(first, last + 2)):
            last += 1
        inner = inner_of(token)
        if inner is not None and inner.lower_ not in ("them", "whom", "us"):
            last = max(last, self._edges(inner, None)[1])
        if token.lower_ == "one" and (said := self._described(token, inner)) is not None:
            last = max(last, said.i)
        last += word_at(doc, last + 1) in ("aboard", "onboard")
        if number is not None and number.whole:  # "one in three of the 60 | hostages"
            last = max([last, *(t.i for t in doc[number.last:number.last + 3] if t.pos_ in ("NUM", "NOUN", "ADJ"))])
        while first < token.i and doc[first].lower_ in _NO_PART:
            first += 1
        return min(first, token.i), last

    def _described(self, token: Token, inner: Token | None) -> Token | None:
        """The "boy" of "one of them, a 12-year-old boy,"."""
        return next((c for word in (token, inner) if word is not None for c in word.children
                     if c.dep_ == "appos" and kind_of_word(c.lower_)), None)

    def _last_shared(self, token: Token) -> int | None:
        last, current = None, token
        while following := [c for c in current.children if c.dep_ == "conj" and c.i > current.i]:
            last, current = following[0].i, following[0]
        return last if last and self._shares_number([token, token.doc[last]]) else None

    def _kind(self, head: Token, first: int, last: int) -> tuple[str, tuple[str, ...]]:
        """Status of the phrase (its head decides, then its titles, then its group) and every group it states."""
        name = {word.i for word in name_of(head)} if is_name(head, self.mentions) else set()
        said = dict(spoken(head.doc[i] for i in range(first, last + 1) if i not in name))
        groups = tuple(dict.fromkeys(group for _, group in said.values() if group))
        status = said.get(head.i, ("unknown", None))[0]
        actor = self._actor(head, first, last)
        if actor is not None and actor.nominal and actor.type == "person":  # "a leader of the militant group"
            inside = (self.mentions.at(head.doc[i]) for i in range(first, last + 1))
            actor = next((m for m in inside if m is not None and m.type == "armed_group"), actor)
        forces = actor is not None and actor.type in ("armed_group", "security_force")
        words = {head.doc[i].lower_ for i in range(first, last + 1)}
        if any(word.startswith("police") for word in words):
            status = "police"
        if forces and (status == "unknown" or (actor.type == "armed_group" and head.lower_ in _LEADING)):
            status = "police" if "police" in actor.text.lower() else "combatant"
        if status == "unknown":
            status = next((said[i][0] for i in sorted(said, reverse=True) if said[i][0] != "unknown"
                           and (head.doc[i].dep_ != "amod" or head.doc[i].lower_ == "civilian")), "unknown")
        if status == "combatant" and words & {"former", "retired", "ex"}:
            status = "civilian"
        return status, groups

    def _in_apposition(self, name: Token, groups: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Status and groups of a name without a title, as its apposition says: "Jose Abarra, a rebel leader,"."""
        said = next((c for c in name.children if c.dep_ == "appos" and not is_name(c, self.mentions)), None)
        if said is None:
            return "unknown", groups
        status, more = self._kind(said, *self._edges(said, None))
        return status, groups + tuple(group for group in more if group not in groups)

    def _key(self, head: Token, named: bool, number: Quantity | None) -> frozenset[str]:
        if named:
            return frozenset(word.lower_ for word in name_of(head))
        counts = head.like_num or (number is not None and number.first <= head.i <= number.last)  # "scores died"
        return frozenset({"number" if counts else singular(head.lower_)})
