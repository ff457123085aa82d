"""Pictures: what is drawn where, in which words, and that nothing covers anything or is cut off."""

from __future__ import annotations

from itertools import combinations, pairwise

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

from analysis.plots import (
    date_words,
    figure_words,
    outside,
    plot_chains,
    plot_entities,
    plot_incidents,
    plot_independence,
    plot_leanings,
    plot_mentions,
    plot_places,
    plot_ranges,
    plot_statements,
    plot_times,
    plot_together,
    plot_toll,
)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def numbers(*values: int | None) -> pd.Series:
    return pd.Series(values, dtype="Int64")


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def row_labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def marks(ax: Axes, marker: str) -> list[tuple[float, float]]:
    return [(x, y) for line in ax.lines if line.get_marker() == marker for x, y in zip(*line.get_data(), strict=True)]


def assert_readable(ax: Axes) -> None:
    """No text lies on another, and none is cut by the edge of the picture."""
    ax.figure.canvas.draw()
    page = ax.figure.bbox
    drawn = [*ax.texts, *(ax.get_yticklabels() if ax.axison else ()), ax.xaxis.label]
    drawn += ax.get_legend().get_texts() if ax.get_legend() else []
    boxes = [(t.get_text(), t.get_window_extent()) for t in drawn if t.get_text() and t.get_visible()]
    assert boxes
    for text, box in boxes:
        assert page.x0 <= box.x0 + 1, text
        assert box.x1 <= page.x1 + 1, text
        assert page.y0 <= box.y0 + 1, text
        assert box.y1 <= page.y1 + 1, text
    for (one, box), (other, second) in combinations(boxes, 2):
        wide = min(box.x1, second.x1) - max(box.x0, second.x0)
        high = min(box.y1, second.y1) - max(box.y0, second.y0)
        assert min(wide, high) < 1, f"{one!r} covers {other!r}"


@pytest.mark.parametrize(("low", "high", "bound", "words"), [
    (5, 5, "exact", "5"), (30, 30, "about", "about 30"), (5, 7, "range", "5 to 7"), (2, None, "vague", "at least 2"),
    (None, 30, "at_most", "up to 30"), (None, None, None, "not known"), (0, 0, "exact", "0"),
    (pd.NA, pd.NA, None, "not known"), (1200, 1200, None, "1,200"), (24, None, pd.NA, "at least 24"),
    (1000, 1500, "about", "about 1,000 to 1,500"),
])
def test_figures_in_words(low, high, bound, words):
    assert figure_words(low, high, bound) == words


@pytest.mark.parametrize(("edtf", "words"), [
    ("2021-08-19", "19 August 2021"), ("2021-08", "August 2021"), ("XXXX-03-19", "19 March, year not known"),
    ("2021", "2021"), ("2014/2016", "2014 to 2016"), ("2021-21", "spring 2021"), ("2021-40", "first half of 2021"),
    ("2021-03-04/2021-03-05", "4 to 5 March 2021"), ("2021-03-30/2021-04-02", "30 March to 2 April 2021"),
    ("2021-12-30/2022-01-02", "30 December 2021 to 2 January 2022"), ("2021-03/2021-05", "March to May 2021"),
    ("XXXX-03-04/XXXX-03-05", "4 to 5 March, year not known"), ("2021-03-04/2021-04", "4 March 2021 to April 2021"),
    ("2021-03-04~", "about 4 March 2021"), ("2021?", "perhaps 2021"), ("2021-03/..", "from March 2021 on"),
    ("../2021-03", "until March 2021"),
    ("2021/2021", "2021"), ("2021-13", "2021-13"), ("soon", "soon"), (None, "not known"), (pd.NA, "not known"),
])
def test_dates_in_words(edtf, words):
    assert date_words(edtf) == words


INCIDENTS = pd.DataFrame({
    "incident": ["I1", "I1", "I2", "I3"], "effect": ["killed", "injured", "displaced", "killed"],
    "low": numbers(5, None, 1200, None), "best": numbers(7, None, 1200, None), "high": numbers(12, 30, 45000, None),
    "place": ["Oldtown, beyond the long wall of the former customs office", None, None, None],
    "date": ["2021-08-19", "XXXX-03-18", "2020", None], "doubt": [0.07, None, 0.354, None],
    "may_be": [None, None, "I3", None]})
CLAIMS = pd.DataFrame({
    "incident": ["I1", "I1", "I1", "I1", "I2", "I2", "I3"],
    "effect": ["killed", "killed", "killed", "injured", "displaced", "displaced", "killed"],
    "low": numbers(5, 7, 12, None, 1200, 45000, None), "high": numbers(7, 7, 12, 30, 1200, None, None),
    "bound": ["range", "exact", "exact", "at_most", "exact", "at_least", "vague"],
    "source": ["a security official who asked not to be named", "Army", "Rebels", "Medics", "Relief board",
               "Citizens’ committee", "Harbour master"],
    "wording": ["five to seven", "seven", "a dozen", "up to 30", "1,200", "more than forty-five thousand", None],
    "used": [True, True, False, True, True, True, False],
    "reason": ["used", "used", "superseded by a later report of Army", "used", "used", "used",
               "rejected by the analyst"],
    "article_id": ["a", "a", "a", "a", "b", "b", "c"], "casualty": [0, 1, 2, 3, 0, 1, 0], "role": "toll",
    "part_of": numbers(*[None] * 7), "restates": numbers(*[None] * 7), "victim_groups": [()] * 7, "judged": None,
    "role_probability": None})


def test_each_statement_stands_under_its_incident():
    ax = plot_incidents(INCIDENTS.head(2), CLAIMS)
    assert row_labels(ax) == [
        "low, best, high", "a security official who ask…: “five to seven”", "Army: “seven”", "Rebels: “a dozen”",
        "low, best, high", "Medics: “up to 30”"]
    assert texts(ax) == [
        "killed · Oldtown, beyond the long wall of the fo… · 19 August 2021 · incident I1 · doubt 7 %",
        "5 to 12, best 7", "5 to 7", "7", "12 (superseded)",
        "injured · 18 March, year not known · incident I1", "up to 30", "up to 30"]
    assert ax.get_xlabel() == "people"
    assert_readable(ax)


def test_open_ends_are_arrows_and_unknown_figures_are_not_drawn():
    ax = plot_incidents(INCIDENTS.iloc[[1, 3]], CLAIMS.assign(used=True))
    assert [x for x, _ in marks(ax, "<")] == [0, 0]
    assert marks(ax, ">") == []
    assert {x for x, _ in marks(ax, "o")} == {30}
    assert texts(ax)[-3:] == ["killed · incident I3", "not known", "not known"]
    assert texts(ax)[0] == "injured · 18 March, year not known · incident I1"
    assert "Harbour master" in row_labels(ax)


def test_a_total_of_which_no_statement_counts_does_not_say_that_nothing_is_known():
    left_out = CLAIMS.head(3).assign(used=False)
    total = INCIDENTS.head(1).assign(low=numbers(None), best=numbers(None), high=numbers(None))
    left_out = left_out.assign(reason=["rejected by the analyst", "out of scope: killed", "denied"])
    assert texts(plot_incidents(total, left_out))[1:] == [
        "not counted", "5 to 7 (rejected)", "7 (out of scope)", "12 (denied)"]


def test_parts_and_repetitions_stand_under_their_toll_and_other_events_apart():
    told = CLAIMS.assign(
        role=["toll", "again", "part", "toll", "over time", "over time", "other"],
        part_of=numbers(None, None, 0, None, None, None, None), restates=numbers(None, 0, None, None, None, None, None),
        used=[True, True, False, True, False, False, True], reason=[
            "used", "used", "part of another", "used", *["out of scope: cumulative figure"] * 2, "used"])
    ax = plot_incidents(INCIDENTS, told)
    assert row_labels(ax) == [
        "low, best, high", "a security official who ask…: “five to seven”", "\u2003repetition · Army: “seven”",
        "\u2003part · Rebels: “a dozen”", "low, best, high", "Medics: “up to 30”", "low, best, high", "Harbour master",
        "low, best, high", "Relief board: “1,200”", "Citizens’ committee: “more than forty-f…”"]
    words = texts(ax)
    assert words.index("Other events told in these articles") == words.index("killed · incident I3") - 1
    assert words.index("Counts over time, which are in no total") == words.index(
        "displaced · 2020 · incident I2 · doubt 35 % · may be I3") - 1
    assert "12 (part)" in words
    assert {x for x, _ in marks(ax, "s")} == {12}
    assert len({label.get_window_extent().x0 for label in ax.get_yticklabels()}) == 1
    assert_readable(ax)


def test_attackers_who_died_stand_apart():
    told = CLAIMS.head(3).assign(victim_groups=[("attacker",), (), ()])
    assert row_labels(plot_incidents(INCIDENTS.head(1), told)) == [
        "low, best, high", "Army: “seven”", "Rebels: “a dozen”",
        "toll, attackers · a security official w…: “five to seven”"]


@pytest.mark.parametrize(("low", "best", "high", "words"), [
    (9, 9, None, "at least 9, best 9"), (None, 9, 9, "up to 9, best 9"), (None, 9, None, "not known, best 9"),
    (9, None, 9, "9"), (9, None, None, "at least 9"), (0, 0, 0, "0"), (5, 5, 5, "5"),
])
def test_any_of_the_three_figures_may_be_unknown(low, best, high, words):
    total = INCIDENTS.head(1).assign(low=numbers(low), best=numbers(best), high=numbers(high))
    assert texts(plot_incidents(total, CLAIMS.head(0)))[1:] == [words]


def test_best_is_marked_only_where_it_is_known():
    ax = plot_incidents(INCIDENTS, CLAIMS)
    assert [x for x, _ in marks(ax, "D")] == [7, 1200]


def test_far_apart_figures_share_a_logarithmic_axis():
    ax = plot_incidents(INCIDENTS, CLAIMS)
    assert ax.get_xscale() == "symlog"
    assert ax.get_xlabel() == "people (logarithmic from 10)"
    assert_readable(ax)


def test_statements_left_out_are_hollow():
    ax = plot_incidents(INCIDENTS.head(1), CLAIMS)
    hollow = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"
              and line.get_markerfacecolor() == "white"]
    assert hollow == [12]


def test_each_incident_is_one_line_with_its_figure():
    ax = plot_ranges(INCIDENTS)
    assert row_labels(ax) == ["I1 killed · Oldtown, beyond the long wall…, 19 August 2021",
                              "I1 injured · 18 March, year not known", "I2 displaced · 2020",
                              "I3 killed · place and date not known"]
    assert texts(ax) == ["5 to 12, best 7", "up to 30", "1,200 to 45,000, best 1,200", "not known"]
    assert [x for x, _ in marks(ax, "D")] == [7, 1200]
    assert [x for x, _ in marks(ax, "<")] == [0]
    assert_readable(ax)


def test_twenty_five_incidents_stay_readable():
    many = pd.concat([INCIDENTS.head(1).assign(incident=f"I{n}", high=numbers(n * n + 9)) for n in range(1, 26)])
    ax = plot_ranges(many)
    assert [label.split()[0] for label in row_labels(ax)] == [f"I{n}" for n in range(1, 26)]
    assert_readable(ax)


def test_families_are_counted_in_their_unit():
    families = CLAIMS[CLAIMS["incident"] == "I2"].assign(unit="family")
    ax = plot_incidents(INCIDENTS[INCIDENTS["incident"] == "I2"], families)
    assert texts(ax)[1:] == ["1,200 to 45,000 families, best 1,200", "1,200 families",
                             "at least 45,000 families"]


def test_what_lies_behind_a_picture_shows_through_so_that_a_dark_page_stays_dark():
    figure = plot_ranges(INCIDENTS).figure
    assert figure.get_facecolor()[3] == 0  # of which matplotlib tells the notebook that it needs a light page
    assert figure.axes[0].get_facecolor()[3] == 0


TOLL = pd.DataFrame({
    "time": ["2021-08", "2021-08", "2021-10", "not known"], "effect": ["killed", "injured", "killed", "killed"],
    "low": numbers(5, None, 12, None), "best": numbers(7, None, None, None), "high": numbers(9, 30, None, None),
    "covers": ["2 of 2 incidents added", "1 of 2 incidents added; I4 not added: may be I1", "1 of 1 incident added",
               "0 of 1 incident added; not known in I5"]})


def test_each_month_has_its_figures_and_the_undated_stand_apart():
    ax = plot_toll(TOLL)
    assert texts(ax) == ["August 2021", "5 to 9, best 7", "up to 30", "October 2021", "at least 12",
                         "date unknown", "not known"]
    assert row_labels(ax) == ["killed\n2 of 2 incidents added", "injured\n1 of 2 incidents added",
                              "killed\n1 of 1 incident added", "killed\n0 of 1 incident added"]
    assert [x for x, _ in marks(ax, "D")] == [7]
    assert [x for x, _ in marks(ax, "<")] == [0]
    assert {x for x, _ in marks(ax, "o")} == {5, 9, 30, 12}
    assert_readable(ax)


def test_days_are_named_and_a_long_toll_stays_readable():
    days = pd.concat([TOLL.head(2).assign(time=f"2021-08-{day:02}") for day in range(1, 7)])
    ax = plot_toll(days)
    assert texts(ax)[0] == "1 August 2021"
    assert_readable(ax)


TALLY = pd.DataFrame({"entity": ["Red Column", "Ministry of Roads and Bridges of the Northern Provinces", "Oldtown"],
                      "type": ["armed_group", "government", "place"], "names": [8, 3, 1], "nominal": [4, 0, 0]})


def test_bars_count_names_and_other_words_apart():
    ax = plot_entities(TALLY)
    assert row_labels(ax) == ["Red Column (armed group)", "Ministry of Roads and Bridges of the No… (government)",
                              "Oldtown (place)"]
    assert [bar.get_width() for bar in ax.patches] == [8, 3, 1, 4, 0, 0]
    assert texts(ax) == ["12", "3", "1"]
    assert_readable(ax)


def test_mentions_lie_where_they_stand_in_their_article():
    mentions = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [0, 50, 100], "nominal": [False, True, False],
                             "entity": ["Red Column", "Red Column", "Oldtown"]})
    ax = plot_mentions(mentions, {"a": 100, "b": 400})
    assert marks(ax, "|") == [(0, 0), (25, 1)]
    assert marks(ax, "o") == [(50, 0)]
    assert row_labels(ax) == ["Red Column", "Oldtown"]
    assert_readable(ax)


def test_chains_run_from_the_outlet_to_the_root():
    chains = pd.DataFrame({"chain": [("Gazette", "Wire", "Mayor"), ("Gazette", "Wire", "Army"), ("Gazette", "Army")],
                           "counts_as": ["Mayor", "State", "State"], "statements": [1, 2, 12]})
    ax = plot_chains(chains)
    assert [text for text in texts(ax) if text] == [
        "outlet", "passed on by", "root: who says it", "grouped under", "statements",
        "Army", "State", "12", "Army", "State", "2", "Mayor", "Mayor", "1", "Gazette", "Wire"]
    assert_readable(ax)


def test_thirty_sources_stay_readable():
    names = [f"Spokesman number {n} of a ministry with a long name" for n in range(30)]
    paths = [(f"Outlet {n % 3}", *((f"Agency {n % 4}",) if n % 2 else ()), name) for n, name in enumerate(names)]
    chains = pd.DataFrame({"chain": paths, "counts_as": ["a side with a long name"] * 30, "statements": range(30)})
    assert_readable(plot_chains(chains))


@pytest.mark.parametrize("draw", [
    lambda: plot_incidents(INCIDENTS.head(0), CLAIMS.head(0)),
    lambda: plot_toll(TOLL.head(0)),
    lambda: plot_entities(TALLY.head(0)),
    lambda: plot_chains(pd.DataFrame({"chain": [], "counts_as": [], "statements": []})),
], ids=["incidents", "toll", "entities", "chains"])
def test_nothing_to_draw_is_no_error(draw):
    draw().figure.canvas.draw()


def test_article_text_is_drawn_as_it_is():
    hostile = TALLY.assign(entity=["$5 and $6", r"$\frac{", "two\nlines\x00"])
    ax = plot_entities(hostile)
    assert row_labels(ax) == [r"\$5 and \$6 (armed group)", r"\$\frac{ (government)", "two lines (place)"]
    ax.figure.canvas.draw()


def test_a_plot_goes_on_the_axes_it_is_given():
    given = plt.figure().subplots()
    assert plot_entities(TALLY, given) is given


TIMES = pd.DataFrame({"time": ["2020-01", "2020-02", "2020-09", "not known"], "articles": [1, 3, 2, 1],
                      "names": [4, 10, 2, 1], "nominal": [0, 5, 0, 2]})


def test_times_stand_by_the_calendar_and_the_unknown_apart():
    ax = plot_times(TIMES)
    assert [round(bar.get_x() + bar.get_width() / 2) for bar in ax.patches[:4]] == [0, 1, 8, 10]
    assert [bar.get_height() for bar in ax.patches] == [4, 10, 2, 1, 0, 5, 0, 2]
    assert texts(ax) == ["4", "15", "2", "3"]
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels[0] == "January 2020\n1 article"
    assert labels[-1] == "not known\n1 article"
    assert_readable(ax)


@pytest.mark.parametrize("times", [
    [f"20{year:02}-{month:02}" for year in range(20) for month in range(1, 13)],
    [f"2020-03-{day:02}" for day in range(1, 32)], ["1989", "2021"]], ids=["months", "days", "years"])
def test_many_times_have_labels_that_do_not_touch(times):
    ax = plot_times(pd.DataFrame({"time": times, "articles": 1, "names": 3, "nominal": 0}))
    assert_readable(ax)
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert len(boxes) >= 2
    assert all(one.x1 < other.x0 for one, other in pairwise(boxes))


def test_company_is_counted_in_squares():
    names = ["Red Column", "Oldtown", "Mayor"]
    ax = plot_together(pd.DataFrame([[5, 3, 0], [3, 4, 0], [0, 0, 1]], names, names))
    assert texts(ax) == ["5", "3", "3", "4", "1"]
    shades = ax.collections[0].get_array()
    assert shades.mask.tolist() == [[True, False, True], [False, True, True], [True, True, True]]
    assert row_labels(ax) == names
    assert_readable(ax)


def test_twenty_entities_stay_readable():
    names = [f"Ministry {n} of Roads and Bridges of the Northern Provinces" for n in range(20)]
    ax = plot_together(pd.DataFrame([[1234] * 20] * 20, names, names))
    assert_readable(ax)
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert all(one.x1 <= other.x0 + 1 for one, other in pairwise(boxes))
    assert all(box.y1 <= ax.figure.bbox.y1 for box in boxes)


PLACES = pd.DataFrame({
    "place": ["Aleppo", "Idlib", "Afrin", "Syria", "Brazil"], "country": ["SY", "SY", "SY", "SY", "BR"],
    "latitude": [36.2, 35.9, 36.5, 35.0, -10.0], "longitude": [37.1, 36.6, 36.9, 38.5, -53.0],
    "where_prec": [1, 4, 3, 6, 6], "mentions": [5, 4, 1, 7, 2]})


def test_only_the_place_itself_is_a_point():
    ax = plot_places(PLACES)
    filled = [tuple(line.get_data()[0]) for line in ax.lines
              if line.get_markerfacecolor() != "none" and len(line.get_data()[0])]
    assert filled == [(37.1,)]
    rings = {tuple(line.get_data()[0]): line.get_markersize() for line in ax.lines
             if line.get_markerfacecolor() == "none" and len(line.get_data()[0])}
    assert rings == {(36.6,): 30, (36.9,): 20}
    assert [text for text in texts(ax) if text] == ["Aleppo 5", "Idlib (province) 4", "Afrin (district) 1"]
    assert ax.get_xlabel() == "Only the country is named: Syria 7\nOutside this map: Brazil 2"
    assert {patch.get_hatch() for patch in ax.patches} == {None, "///"}
    assert list(outside(PLACES)["place"]) == ["Brazil"]
    assert_readable(ax)


def test_where_only_countries_are_named_the_map_shows_them():
    countries = PLACES[PLACES["where_prec"] == 6]
    ax = plot_places(countries)
    assert sum(patch.get_hatch() == "///" for patch in ax.patches) >= 2
    assert ax.lines[0].get_xdata().tolist() == []
    assert outside(countries).empty
    assert_readable(ax)


def test_many_places_stay_readable():
    many = pd.concat([PLACES, *[PLACES.head(1).assign(place=f"a town with a very long name {n}", latitude=30.0 + n / 9)
                                for n in range(40)]])
    ax = plot_places(many)
    assert ax.get_xlabel().endswith("23 more places have no name here")
    assert_readable(ax)


@pytest.mark.parametrize("draw", [
    lambda: plot_times(TIMES.head(0)), lambda: plot_together(pd.DataFrame()), lambda: plot_places(PLACES.head(0)),
], ids=["times", "together", "places"])
def test_nothing_to_draw_over_time_in_company_or_on_a_map_is_no_error(draw):
    draw().figure.canvas.draw()


# ------------------------------------------------------------------------------------------------------------ accounts

def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def spoken(*rows: tuple[str, str | None, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["voice", "day", "statements"])


def test_statements_lie_on_their_voice_and_day_and_the_undated_apart():
    ax = plot_statements(spoken(("Army", "2020-03-01", 2), ("Army", "2020-03-03", 1), ("Clinic", None, 4)))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Army", "Clinic"]
    assert [(*text.get_position(), text.get_text()) for text in ax.texts] == [(0, 0, "2"), (2, 0, "1"), (4, 1, "4")]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1 March 2020", "3 March 2020", "date unknown"]


def test_days_too_near_to_tell_apart_are_taken_together():
    days = [day.date().isoformat() for day in pd.date_range("2020-01-01", "2020-12-31")]
    ax = plot_statements(spoken(*(("Army", day, 1) for day in days)))
    assert sum(int(number) for number in written(ax)) == len(days)
    assert len(ax.texts) <= 26
    assert_readable(ax)
    assert ax.get_xlabel().endswith("in 16 days")


def test_articles_outlets_and_roots_are_counted_side_by_side():
    ax = plot_independence(pd.DataFrame({"name": ["I1 killed"], "articles": [7], "outlets": [5], "roots": [2]}))
    assert written(ax) == ["7", "5", "2"]
    assert_readable(ax)


def test_a_leaning_has_its_interval_and_too_few_are_said_to_be():
    ax = plot_leanings(pd.DataFrame({"party": ["North", "North"], "losses": ["enemy", "own"], "n": [4, 2],
                                     "ratio": [3.5, None], "low": [3.0, None], "high": [4.0, None]}))
    assert_readable(ax)
    assert sorted(written(ax)) == ["too few incidents to compare (2)", "×3.5"]
    assert any(list(line.get_xdata()) == [3.0, 4.0] for line in ax.lines)
    assert ax.get_xlim()[0] < 1 < 4 < ax.get_xlim()[1]


@pytest.mark.parametrize(("draw", "columns"), [
    (plot_statements, ["voice", "day", "statements"]), (plot_independence, ["name", "articles", "outlets", "roots"]),
    (plot_leanings, ["party", "losses", "n", "ratio", "low", "high"])])
def test_no_account_to_draw_is_no_error(draw, columns):
    assert isinstance(draw(pd.DataFrame(columns=columns)), Axes)
