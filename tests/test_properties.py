"""What holds for every article, however it is written: properties of the whole way from text to totals.

The suite tries a hundred articles, always the same. ``pytest tests/test_properties.py --hypothesis-profile=thorough``
tries two thousand new ones.
"""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from reporting import corpora

from analysis import incidents, independence
from analysis.assembly import assemble
from analysis.extraction import NOT_ANALYSED, extract
from analysis.records import (
    BOUNDS,
    CERTAINTIES,
    EFFECTS,
    MENTION_TYPES,
    SCOPES,
    STATUSES,
    TABLES,
    Article,
    Casualty,
    table,
)

ARTICLES = 2  # of one example


def spans_of(extracted):
    """Every span of an article's rows, as (what, start, end)."""
    for mention in extracted.mentions:
        yield "mention", mention.start, mention.end
    for a in extracted.attributions:
        yield "attribution", a.start, a.end
        for what in ("source_spans", "cue_spans", "content_spans"):
            yield from ((what, *span) for span in getattr(a, what))
    for c in extracted.casualties:
        yield "casualty", c.start, c.end
        if c.victims_start is not None:
            yield "victims", c.victims_start, c.victims_end
    yield from (("sentence", *span) for span in extracted.sentences)


def check_words(extracted):
    text = extracted.article.text
    assert NOT_ANALYSED not in [problem.what for problem in extracted.problems], extracted.problems
    for what, start, end in spans_of(extracted):
        assert 0 <= start < end <= len(text), (what, start, end)
    for mention in extracted.mentions:
        assert text[mention.start:mention.end] == mention.text
        assert mention.type in MENTION_TYPES
    for claim in extracted.casualties:
        if claim.victims_start is not None:
            assert text[claim.victims_start:claim.victims_end] == claim.victims
    for a in extracted.attributions:
        said = [text[start:end] for start, end in a.cue_spans]
        assert re.sub(r"\W", "", a.cue) == re.sub(r"\W", "", "".join(said)), (a.cue, said)


def check_voices(attributions):
    numbers = {a.attribution: a for a in attributions}
    assert list(numbers) == list(range(len(attributions)))
    voices = independence.around({("a", n): (a.parent, (None, None)) for n, a in numbers.items()})
    for a in attributions:
        assert a.certainty in CERTAINTIES
        assert a.depth == 1 + (0 if a.parent is None else numbers[a.parent].depth)
        assert len(voices["a", a.attribution]) == a.depth  # which also says that the chain ends


def check_claims(claims, attributions):
    numbers = {c.casualty: c for c in claims}
    assert list(numbers) == list(range(len(claims)))
    for c in claims:
        assert (c.effect in EFFECTS) + (c.bound in BOUNDS) + (c.certainty in CERTAINTIES) + (c.scope in SCOPES) == 4
        assert c.victim_status in STATUSES
        assert (c.low or 0) >= 0
        assert c.low is None or c.high is None or c.low <= c.high, c
        assert c.attribution is None or c.attribution in range(len(attributions))
        for column in ("restates", "superseded_by", "part_of", "moved_from"):
            seen, at = set(), c.casualty
            while at is not None:
                assert at not in seen, (column, c)
                seen.add(at)
                at = getattr(numbers[at], column)


def check_tables(rows, articles):
    known = {(c.article_id, c.casualty) for c in rows["casualties"]}
    for policy in incidents.POLICIES:
        ledger = [(e.article_id, e.casualty) for e in rows["ledger"] if e.policy == policy]
        assert len(ledger) == len(set(ledger))
        assert set(ledger) == known
    totals = [row for row in rows["incidents"] if row.policy == incidents.DEFAULT.name]
    assert {(c.incident, c.effect) for c in rows["casualties"]} == {(row.incident, row.effect) for row in totals}
    for row in rows["incidents"]:
        figures = [number for number in (row.low, row.best, row.high) if number is not None]
        assert figures == sorted(figures), row
    for claim in rows["casualties"]:
        assert claim.root
        assert len(set(claim.chain)) == len(claim.chain)
    for name, record in TABLES.items():
        assert len(table(rows[name], record)) == len(rows[name])
    assert [a.article_id for a in rows["articles"]] == [a.article_id for a in articles]


@settings(max_examples=settings.default.max_examples // ARTICLES, deadline=None,
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(corpora(ARTICLES))
def test_whatever_is_written_the_rows_hold_together(articles):
    for article in articles:
        note(repr(article.text))
    extracts = list(extract(articles))
    for extracted in extracts:
        check_words(extracted)
        check_voices(extracted.attributions)
        check_claims(extracted.casualties, extracted.attributions)
    assert list(extract(articles)) == extracts
    rows = assemble(extracts)
    check_tables(rows, articles)
    assert assemble(extracts) == rows


def test_the_generator_writes_what_the_rules_find():
    """Else the properties above would hold for want of rows."""
    found = {"mentions": 0, "attributions": 0, "casualties": 0}

    @settings(max_examples=20, derandomize=True, deadline=None, database=None)
    @given(corpora(ARTICLES))
    def count(articles):
        for extracted in extract(articles):
            for name in found:
                found[name] += len(getattr(extracted, name))

    count()
    assert min(found.values()) > 40, found


# ------------------------------------------------------------------ from claims to totals

BOUNDED = st.one_of(
    st.integers(0, 40).map(lambda n: (n, n, "exact")), st.integers(1, 40).map(lambda n: (n, None, "at_least")),
    st.integers(1, 40).map(lambda n: (None, n, "at_most")), st.integers(1, 40).map(lambda n: (n, n, "about")),
    st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda t: (t[0], sum(t), "range")),
    st.sampled_from([(2, None, "vague"), (24, None, "vague"), (2, None, "plural"), (0, 30, "shared")]))
COLUMNS = {
    "effect": st.sampled_from(EFFECTS[:2]), "wording": st.sampled_from([None, "dozens", "several"]),
    "victim_status": st.sampled_from(STATUSES), "certainty": st.sampled_from([*CERTAINTIES, "asserted", "asserted"]),
    "scope": st.sampled_from([*SCOPES, "incident"]), "judged": st.sampled_from([None, None, "rejected", "accepted"]),
    "root": st.sampled_from("ABC"), "role": st.sampled_from(["toll", "toll", "part"]),
    "victim_groups": st.sampled_from([(), (), ("attacker",)]), "unit": st.sampled_from(["person", "person", "family"]),
    "incident": st.sampled_from(["I1", "I1", "I2"])}
RELATIONS = ("restates", "superseded_by", "part_of", "moved_from")


@st.composite
def claims_of(draw, article, circular=False):
    """A few claims of one article, of which each may stand in any relation to an earlier one; or to any."""
    found, number = [], draw(st.integers(1, 6))
    for n in range(number):
        low, high, bound = draw(BOUNDED)
        others = [m for m in range(number) if m != n] if circular else list(range(n))
        related = draw(st.sets(st.sampled_from(RELATIONS), max_size=2)) if others else ()
        fields = {name: draw(values) for name, values in COLUMNS.items()}
        found.append(Casualty(article, n, n, n + 1, low=low, high=high, bound=bound, **fields,
                              **{name: draw(st.sampled_from(others)) for name in sorted(related)}))
    return found


DAYS = st.tuples(*[st.sampled_from([None, "2022-03-01", "2022-03-02"])] * 3)
GIVEN = st.dictionaries(st.sampled_from("ABC"), st.sampled_from("ABCDEF"))
POLICY = st.sampled_from(list(incidents.POLICIES.values()))
USED = {"used", "used: added up with the other groups of victims", "used: as this policy reads it",
        "used: at least: parts without a stated total", "used: at least: others of the total may count, too"}
UNUSED = re.compile("|".join((
    "rejected by the analyst", "denied", "hypothetical", "superseded in the same article",
    "superseded by a later report of .+", "out of scope: .+",
    "attackers, not counted by this policy", "(restates a )?part of another", "part of a toll that another claim gives",
    "compatible but less precise", "tells of some of the victims only", "higher than the most conservative figure")))


def counted(told, days, policy, grades):
    """What the claims come to: {(incident, effect): row} and of each claim (claim, row, entry of the ledger)."""
    articles = {name: Article(name, published=day) for name, day in zip("abc", days, strict=True)}
    claims = [claim for own in told for claim in own]
    rows, ledger = incidents.totals(claims, policy, articles, grades=grades)
    assert sorted((e.article_id, e.casualty) for e in ledger) == sorted((c.article_id, c.casualty) for c in claims)
    of = {(row.incident, row.effect): row for row in rows}
    entries = {(e.article_id, e.casualty): e for e in ledger}
    return of, [(c, of[c.incident, c.effect], entries[c.article_id, c.casualty]) for c in claims]


def figures(row):
    return row.low, row.best, row.high


@settings(deadline=None)
@given(st.tuples(*map(claims_of, "abc")), DAYS, GIVEN, POLICY)
def test_whatever_is_claimed_low_is_at_most_best_and_best_at_most_high(told, days, grades, policy):
    rows, entries = counted(told, days, policy, grades)
    used = {(claim.incident, claim.effect) for claim, _, entry in entries if entry.used}
    for row in [*rows.values(), *incidents.overall(list(rows.values()), [claim for own in told for claim in own])]:
        known = [number for number in figures(row) if number is not None]
        assert known == sorted(known), row
    for key, row in rows.items():
        assert key in used or figures(row) == (None, None, None), row


@settings(deadline=None)
@given(st.tuples(*map(claims_of, "abc")), DAYS, GIVEN, POLICY)
def test_what_is_used_lies_inside_and_what_is_not_says_why(told, days, grades, policy):
    for claim, row, entry in counted(told, days, policy, grades)[1]:
        assert entry.reason in USED if entry.used else UNUSED.fullmatch(entry.reason), entry
        if entry.reason == "used":
            assert row.low is None or (claim.low is not None and row.low <= claim.low), (row, claim)
            assert row.high is None or (claim.high is not None and claim.high <= row.high), (row, claim)
        elif entry.used and policy.rivals != "lowest":
            assert row.high is None or claim.low is None or claim.low <= row.high, (row, claim)


@settings(deadline=None)
@given(st.tuples(*map(claims_of, "abc")), DAYS, GIVEN, POLICY)
def test_what_is_taken_back_never_counts_nor_a_part_beside_its_toll(told, days, grades, policy):
    entries = counted(told, days, policy, grades)[1]
    of = {(claim.article_id, claim.casualty): (claim, entry) for claim, _, entry in entries}

    def first(claim):
        """The first row on the same people."""
        above = of.get((claim.article_id, claim.restates), (None,))[0]
        if above is not None and _one_total(claim, above):
            return first(above)
        return claim.article_id, claim.casualty if claim.restates is None else claim.restates

    used = {(claim.incident, claim.effect, first(claim)) for claim, _, entry in entries if entry.used}
    for claim, _, entry in entries:
        newer = of.get((claim.article_id, claim.superseded_by), (None,))[0]
        if newer is not None and _one_total(claim, newer) and newer.judged != "rejected":
            assert not entry.used, entry
        whole = of.get((claim.article_id, claim.part_of), (None,))[0]
        if entry.used and whole is not None and _one_total(claim, whole) and first(whole) != first(claim):
            assert (claim.incident, claim.effect, first(whole)) not in used, (claim, whole)


def _one_total(one, other):
    return (one.incident, one.effect) == (other.incident, other.effect)


@settings(deadline=None)
@given(st.tuples(*map(claims_of, "abc")), DAYS, GIVEN)
def test_no_unreliable_root_is_best_while_a_better_one_stands(told, days, grades):
    rows, entries = counted(told, days, incidents.DEFAULT, grades)
    for key, row in rows.items():
        if re.search(r", grade [DE]\b", row.best_reason or "") and row.best is not None:
            for article in "abc":
                own = [c for c, of, entry in entries if c.article_id == article and of is row and entry.used]
                assert not own or not all(grades.get(c.root, "F") in "ABCF" and c.low is not None
                                          and c.bound not in ("vague", "plural", "shared") for c in own), (key, row)


@settings(deadline=None)
@given(st.permutations("abc"), st.tuples(*map(claims_of, "abc")), DAYS, GIVEN, POLICY)
def test_the_order_of_the_articles_does_not_matter(order, told, days, grades, policy):
    rows, entries = counted(told, days, policy, grades)
    others, said = counted([told["abc".index(name)] for name in order], days, policy, grades)
    assert {key: figures(row) for key, row in rows.items()} == {key: figures(row) for key, row in others.items()}
    assert {(e.article_id, e.casualty): e.reason for *_, e in entries} == {
        (e.article_id, e.casualty): e.reason for *_, e in said}


@settings(deadline=None)
@given(st.tuples(*(claims_of(article, circular=True) for article in "abc")), DAYS, GIVEN, POLICY)
def test_corrections_that_lead_in_a_circle_are_counted_all_the_same(told, days, grades, policy):
    for row in counted(told, days, policy, grades)[0].values():
        known = [number for number in figures(row) if number is not None]
        assert known == sorted(known), row


@settings(deadline=None)
@given(st.tuples(*map(claims_of, "abc")), st.dictionaries(st.sampled_from("ABC"), st.sampled_from("AF")))
def test_what_policies_share_and_incidents_beside_it_change_no_row(told, grades):
    days = {"a": None, "b": "2022-03-01", "c": "2022-03-02"}
    articles = {name: Article(name, published=day) for name, day in days.items()}
    claims = [claim for own in told for claim in own]
    policies = incidents.POLICIES.values()
    found = incidents.all_totals(claims, policies, articles, grades=grades)
    singly = [incidents.totals([c for c in claims if c.incident == name], policy, articles, grades=grades)
              for policy in policies for name in ("I1", "I2")]
    for rows, parts in zip(found, zip(*singly, strict=True), strict=True):
        assert parts == tuple([row for row in rows if (row.policy, row.incident) == (policy.name, name)]
                              for policy in policies for name in ("I1", "I2"))
