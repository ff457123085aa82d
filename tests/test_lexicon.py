"""The word lists: what a row must be, and what a user is told about one that is not."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from analysis import lexicon
from analysis.casualties import sets
from analysis.lexicon import HarmWord, Name
from analysis.records import MENTION_TYPES

TABLES = sorted(path.stem for path in lexicon.FOLDER.glob("*.csv"))


def test_there_are_word_lists():
    assert "names" in TABLES


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_every_list_says_where_it_is_from(table):
    rows = lexicon.rows(table)
    assert rows
    assert [row for row in rows if not row.get("source")] == []


@pytest.mark.parametrize(("table", "column", "room"), [
    ("casualty_sets", "set", "casualties"), ("fate_words", "use", "casualties"), ("mention_sets", "set", "mentions"),
    ("number_bounds", "side", "quantities")])
def test_no_set_of_words_lies_unread(table, column, room):
    code = "".join(path.read_text(encoding="utf-8") for path in (lexicon.FOLDER.parent / room).glob("*.py"))
    code += re.sub(r"<(\w+)>", r'"\1"', (lexicon.FOLDER / "harm_idioms.csv").read_text(encoding="utf-8"))
    named = {name for row in lexicon.rows(table) for name in row[column].split("|")}
    assert len(named) > 1
    assert {name for name in named if f'"{name}"' not in code} == set()


@pytest.mark.parametrize("look_up", [sets.words_of, sets.fates])
def test_a_set_that_has_no_words_is_an_error(look_up):
    with pytest.raises(KeyError, match="has no"):
        look_up("no such set")


def test_names_have_a_known_type_and_are_listed_once():
    names = lexicon.names()
    assert {name.type for name in names} <= set(MENTION_TYPES)
    listed = Counter((name.name, name.type, name.party_from) for name in names)
    assert [name for name, times in listed.items() if times > 1] == []


def test_the_users_names_come_first(tmp_path):
    path = tmp_path / "lexicon.csv"
    path.write_bytes("\ufeff# mine, until I know better\r\nname,type,aliases,party,source\r\n\r\n"
                     "River Front,armed_group,RF | \"The Front\",Front,\"Annual report, p. 3\"\r\n"
                     "Old Mill,place,,,\r\n".encode())
    own, problems = lexicon.own_rows(path, tmp_path / "missing.csv")
    assert (own, problems) == ((
        Name("River Front", "armed_group", ("RF", '"The Front"'), "Front", source="Annual report, p. 3"),
        Name("Old Mill", "place")), [])
    with lexicon.using(own):
        assert lexicon.names()[:2] == own
    assert own[0] not in lexicon.names()


def test_a_name_of_the_users_is_taken_from_ours():
    listed = next(name for name in lexicon.names() if name.aliases)
    with lexicon.using((Name("Mine", "person", (listed.aliases[0],)),)):
        assert [name.name for name in lexicon.names() if listed.aliases[0] in name.aliases] == ["Mine"]


@pytest.mark.parametrize(("row", "fault"), [
    (b"A,person,x", "line 3: 3 cells where the header has 2"),
    (b",person", "line 3: a row needs a name"),
    (b"A,hero", "line 3: the type 'hero' is none of person, armed_group"),
    (b"A,", "line 3: the type None is none of"),
    (b"Jos\xe9,person", "line 3: not UTF-8"),
])
def test_a_bad_row_is_named_by_file_and_line(tmp_path, row, fault):
    path = tmp_path / "lexicon.csv"
    path.write_bytes(b"# comment\nname,type\n" + row + b"\nB,person\n")
    own, [problem] = lexicon.own_rows(path)
    assert problem.detail.startswith(f"lexicon.csv, {fault}")
    assert own == (Name("B", "person"),)


def test_own_harm_words_need_words_and_effect_only(tmp_path):
    path = tmp_path / "harm_words.csv"
    path.write_text("# mine\nwords,effect\ndispatch,killed\nput to the sword,Killed\nneutralise,none\n")
    own, problems = lexicon.own_rows(path, tmp_path / "missing.csv")
    assert (own, problems) == ((HarmWord("dispatch", "killed"), HarmWord("put to the sword", "killed"),
                                HarmWord("neutralise", "none")), [])
    with lexicon.using(own):
        assert lexicon.harm_words()[:3] == own
        assert lexicon.names() == lexicon.default_names()
    assert own[0] not in lexicon.harm_words()


@pytest.mark.parametrize(("row", "fault"), [
    ("dispatch,,", "line 2: the effect '' is none of killed, injured"),
    ("dispatch,dead,", "line 2: the effect 'dead' is none of killed, injured"),
    ("dispatch,killed|none,", "line 2: the effect 'none' is none of killed, injured"),
    (",killed,", "line 2: a row needs words"),
    ("dispatch,killed,verb", "line 2: frame 'verb' is none of act, suffer"),
    ("dispatch,killed", "line 2: 2 cells where the header has 3"),
])
def test_a_bad_harm_word_is_named_by_file_and_line(tmp_path, row, fault):
    path = tmp_path / "harm_words.csv"
    path.write_text(f"words,effect,frame\n{row}\nzap,injured,act\n", encoding="utf-8")
    own, [problem] = lexicon.own_rows(path)
    assert problem.detail.startswith(f"harm_words.csv, {fault}")
    assert own == (HarmWord("zap", "injured"),)


def test_an_unknown_column_is_named(tmp_path):
    path = tmp_path / "lexicon.csv"
    path.write_text("name;type\nA;person\n")
    [problem] = lexicon.own_rows(path)[1]
    assert problem.detail == "lexicon.csv, line 2: no such column: name;type"


@pytest.mark.parametrize(("cells", "country", "said"), [
    ("Nigeria,", "NG", None),
    ("ng,2021-08", "NG", None),
    ("UAE,", "AE", None),
    (",", None, None),
    ("Borduria,", None, "line 2: the country 'Borduria' is not known"),
    (",sometime", None, "line 2: party_from 'sometime' is no date"),
])
def test_a_country_is_given_by_name_or_code_and_a_bad_cell_is_named_with_its_line(tmp_path, cells, country, said):
    path = tmp_path / "lexicon.csv"
    path.write_text(f"name,type,country,party_from\nBorno Rights Monitor,organisation,{cells}\n", encoding="utf-8")
    rows, problems = lexicon.own_rows(path)
    assert [row.country for row in rows] == ([] if said else [country])
    assert [said in problem.detail for problem in problems] == ([True] if said else [])
