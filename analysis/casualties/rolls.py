"""Lists of victims away from a harm verb: "The dead were A, B and C", "killed three people: A, B and C"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from analysis.casualties.clauses import subject_of
from analysis.casualties.cues import PEOPLE, Cue
from analysis.casualties.kinds import RELATIVE, listed_kind
from analysis.casualties.phrases import SHARES, is_name, is_people, left_edge_of
from analysis.casualties.sets import fates, words_of
from analysis.language import word_after, word_before
from analysis.mentions import MentionIndex

_FATES, _PARTICIPLES = fates("roll"), fates("verbal")
WITH_PARTS = words_of("with parts")
_DASHES = {":", "--", "—", "–", "("}
_VERBS = {"be", "include", "identify", "name"}
_LINKS = {",", ";", "and", ":", "&", "--", "as", "were", "are", "was", "is", "include", "included", "includes",
          "including", "follows", "also"}
_MORE = {"along", "together"}
_OF_HOMES = {"of", "from"}
_INNER = {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "PART", "ADV"}


def rolls(sentence: Span, mentions: MentionIndex) -> Iterator[tuple[str | None, Token, list[Token]]]:
    """Yield (effect, pivot, heads of the people listed) of each list in a sentence.

    The effect is None where the text says only "the victims", or where a colon follows the number.
    """
    told = None
    for token in sentence:
        if told is not None and (token.i <= told or token.text not in _DASHES):
            continue
        if token.lower_ in _FATES:
            heads = _members(token, sentence, mentions) or _listed_after(_pivot(token, sentence), sentence, mentions)
            if heads:
                cut = next((t.i for t in token.doc[heads[0].i:heads[-1].i] if t.text == ":"), sentence.end)
                heads = [head for head in heads if head.i < cut]  # "killed were 12 people: eight ... and four ..."
                yield _FATES[token.lower_], token, heads
                told = max(heads[-1].i, token.i)
        them = token.lower_ == "among" and word_after(token) == "them"
        if them or (token.lower_ in WITH_PARTS and token.lower_ != "among"):
            heads = list(_items(token.i + them, sentence, mentions, subject=True)) or _just_before(token, mentions)
            if heads:
                yield None, token, heads
        if token.text in _DASHES and sentence.start < token.i < sentence.end - 1:
            heads = list(_items(token.i, sentence, mentions))
            counted = token.text == "(" and token.doc[token.i + 1].like_num  # "(three children)", not "(PMF)"
            if heads and (counted or (len(heads) > 1 and token.text != "(")) and heads[0].i - token.i <= 6:
                yield None, token, heads
                return
        if token.lower_ in ("are", "were") and (heads := _who_they_are(token, sentence, mentions)):
            yield None, token, heads
            return


def _just_before(among: Token, mentions: MentionIndex) -> list[Token]:
    """The newborn of "killed nine, a newborn among them"."""
    before = among.doc[max(among.i - 1, among.sent.start)]
    own = among.lower_ == "among" and word_before(among.doc[left_edge_of(before)]) == ","
    return [before] if own and is_people(before, mentions) else []


def _listed_after(pivot: int | None, sentence: Span, mentions: MentionIndex) -> list[Token]:
    return [] if pivot is None else list(_items(pivot, sentence, mentions))


def _before_article(word: Token, sentence: Span) -> int:
    """Where the "of" of "of the dead", "of those 12 injured" stands, or whatever is before the word."""
    i = word.i - 1
    while i > sentence.start and (word.doc[i].like_num or word.doc[i].lower_ in ("the", "those")):
        i -= 1
    return i


def _is_whole(word: Token, sentence: Span) -> bool:
    """True for "the dead" of "ten of the dead were women", which tells of a part."""
    i = _before_article(word, sentence)
    if i == word.i - 1 or word.doc[i].lower_ != "of":
        return False
    counted = word.doc[max(i - 1, sentence.start)]
    return counted.like_num or counted.lower_ in SHARES


def _members(word: Token, sentence: Span, mentions: MentionIndex) -> list[Token]:
    """Those who "are among the wounded", "was one of the dead"."""
    i = _before_article(word, sentence)
    if i == word.i - 1 or not (word.doc[i].lower_ == "among" or (
            word.doc[i].lower_ == "of" and word_before(word.doc[i]) == "one")):
        return []
    verb = next((t for t in reversed(word.doc[max(sentence.start, i - 3):i]) if t.lemma_ == "be"), None)
    subject = subject_of(verb) if verb is not None else None
    if subject is None or any(c.dep_ == "neg" for c in verb.children):
        return []
    return [head for head in (subject, *subject.conjuncts) if is_people(head, mentions, True)]


def _who_they_are(verb: Token, sentence: Span, mentions: MentionIndex) -> list[Token]:
    """The names of "They are A, B and C" and "The two who were kidnapped are A and B"."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None:
        return []
    opens = subject.i == sentence.start and subject.lower_ in ("they", "these")
    if not opens and all(c.dep_ not in ("relcl", "acl") for c in subject.rights):
        return []
    heads = list(_items(verb.i, sentence, mentions))
    return heads if len(heads) > 1 and is_name(heads[0], mentions) else []


def _pivot(token: Token, sentence: Span) -> int | None:
    """The verb after "the dead", "the victims", "killed" that a list follows: were, include, were identified as."""
    doc, i = token.doc, token.i
    before = doc[i - 1].lower_ if i > sentence.start else ""
    earlier = {t.lower_ for t in doc[max(sentence.start, i - 4):i]}
    as_ = next((j for j in range(i + 1, sentence.end) if doc[j].lower_ == "as"), None)
    if as_ is not None and {"identified", "named"} & earlier and as_ - i < 5:
        return as_
    if as_ is not None and doc[as_ - 1].lower_ in ("identified", "named") and token.lower_ in ("victims", "dead"):
        return as_
    if _is_whole(token, sentence):
        return None
    opens = "those" in earlier or before in ("", "the", "those", "other", "also", "among") or doc[i - 1].like_num
    if not opens or (token.lower_ in _PARTICIPLES and before not in ("", "those", "the", "also")
                     and "those" not in earlier and i != sentence.start):
        return None
    for j in range(i + 1, min(i + 9, sentence.end)):
        if doc[j].lemma_ in _VERBS and doc[j].pos_ in ("AUX", "VERB"):
            after = next((k for k in range(j, min(j + 6, sentence.end)) if doc[k].lower_ == "as"), None)
            named = any(doc[k].lower_ in ("identified", "named") for k in range(j, min(j + 4, sentence.end)))
            if named and after is None:
                return None
            return after if named else j
        if doc[j].pos_ in ("VERB", "PUNCT"):
            return None
    return None


def _items(pivot: int, sentence: Span, mentions: MentionIndex, subject: bool = False) -> Iterator[Token]:
    """The heads of the phrases of a list; a role after a name ("X, a photographer,") is no item of its own.

    ``subject``: the list may be the subject of what follows ("including a child were hurt").
    """
    doc, previous, i = sentence.doc, None, pivot + 1
    open_item, home = True, 0
    while i < sentence.end:
        token = doc[i]
        if token.lower_ in _OF_HOMES and previous is not None and word_before(token) == "," and i + 1 < sentence.end:
            home, open_item = _end_of_home(i + 1, sentence, mentions), False
        if token.text == ")":
            return
        if i < home:
            pass
        elif token.lower_ in _LINKS:
            open_item = True
        elif (token.pos_ in ("VERB", "AUX", "SCONJ") and not token.text[:1].isupper()) or token.lower_ in RELATIVE:
            return
        elif open_item and (token.pos_ in _INNER or token.text[:1].isupper()):
            head = last_noun(i, sentence)
            following = doc[head.i + 1] if head.i + 1 < sentence.end else head
            if not subject and following.pos_ in ("VERB", "AUX") and following.tag_ != "VBN":
                return
            beside_name = previous is not None and is_name(previous, mentions)
            if is_people(head, mentions, beside_name) and not head.like_num and head.lower_ not in SHARES:
                bare = doc[i].pos_ not in ("DET", "NUM", "PRON")
                described = previous is not None and _is_role(head) and not _is_role(previous)
                if not (described and (doc[i - 1].text == "," or bare)):
                    yield head
                if not (described and bare and head.tag_ == "NN"):
                    previous = head  # after "Paul Merrow, senator" another bare role is still his
            elif previous is None:
                return
            i, open_item = head.i, False
        i += 1


def _end_of_home(first: int, sentence: Span, mentions: MentionIndex) -> int:
    """Where the place ends that somebody in a list is from: "Ann Lowe, 30, of Deering, Ill., and ..."."""
    doc, end = sentence.doc, last_noun(first, sentence).i + 1
    if end + 1 < sentence.end and doc[end].text == ",":
        region, mention = doc[end + 1], mentions.at(doc[end + 1])
        clipped = region.text[:1].isupper() and (region.text.isupper() or region.text.endswith("."))
        if clipped or (mention is not None and mention.type == "place" and mention.place_id):
            return last_noun(end + 1, sentence).i + 1
    return end


def last_noun(start: int, sentence: Span) -> Token:
    """The last noun of the phrase that starts here."""
    doc, last = sentence.doc, start
    for i in range(start, sentence.end):
        modifies = doc[i].pos_ in _INNER or doc[i].text in ("'s", "-") or doc[i].dep_ == "amod"
        if doc[i].lower_ in RELATIVE or not (modifies or doc[i].text[:1].isupper()):
            break
        if doc[i].pos_ in ("NOUN", "PROPN", "PRON", "ADJ") or doc[i].text[:1].isupper():
            last = i
    return doc[last]


def _is_role(token: Token) -> bool:
    return listed_kind(token.lower_) is not None or not token.text[:1].isupper()


def companions(cue: Cue, sentence: Span, mentions: MentionIndex) -> Iterator[Token]:
    """Yield those harmed "along with" or "together with" the victims of a cue."""
    doc = sentence.doc
    for token in sentence:
        if token.lower_ in _MORE and token.i + 2 < sentence.end and doc[token.i + 1].lower_ == "with" and (
                abs(token.i - cue.token.i) < 20):
            head = last_noun(token.i + 2, sentence)
            if is_people(head, mentions):
                yield head


def listed(cue: Cue, head: Token, sentence: Span, mentions: MentionIndex) -> list[Token]:
    """Return the heads of the list that a victim's phrase is in, read word by word where the parse loses itself.

    Only lists of three or more, or with semicolons, and names joined by "and"; else [].
    """
    doc = sentence.doc
    if head.i > cue.token.i:
        first = head.left_edge.i if cue.token.i < head.left_edge.i else cue.end + 1
        heads = list(_items(first - 1, sentence, mentions))
    else:
        first = next((i + 1 for i in range(head.i, sentence.start, -1) if doc[i].pos_ in ("VERB", "AUX", "SCONJ")
                      or doc[i].lower_ == "but" or doc[i].text in ('"', ":")), sentence.start)
        starts = [first, *(i + 1 for i in range(first, head.i) if doc[i].pos_ == "ADP")]
        lists = ([item for item in _items(start - 1, sentence, mentions) if item.i < cue.token.i] for start in starts)
        heads = next((items for items in lists if head in items and len(items) > 1), [])
    if len(heads) > 1 and 0 < heads[0].i - head.i < 5 and doc[head.i + 1].text[:1].isupper() and (
            head.tag_ == "NNS" and not any(c.like_num for c in head.lefts)):
        return heads  # "the priests Ruiz, Lopez and Mora": the names stand for the plural
    if head not in heads or len(heads) < 2:
        return []
    between = doc[heads[0].i:heads[-1].i]
    joined = any(t.lower_ in ("and", ";") for t in doc[heads[-2].i:heads[-1].i])
    return heads if joined and (len(heads) > 2 or ";" in between.text or len(between) < 14) else []


def as_cue(pivot: Token, effect: str) -> Cue:
    """Return the cue under which the people of a list are claimed."""
    return Cue(pivot, (effect,), PEOPLE, end=pivot.i)
