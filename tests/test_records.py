"""The tables: their columns, and what an unknown value looks like in each."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.records import TABLES, Casualty, Mention, Problem, dtypes, table


@pytest.mark.parametrize("record", TABLES.values(), ids=TABLES)
def test_a_table_without_rows_has_its_columns_and_dtypes(record):
    empty = table([], record)
    assert list(empty.columns) == list(record.__dataclass_fields__)
    assert {name: str(dtype) for name, dtype in empty.dtypes.items()} == dtypes(record)


def test_unknown_stays_unknown_and_whole_numbers_stay_whole():
    rows = [Casualty("a", 0, 3, 9, "killed", 5, 5, "exact", victim_groups=("child",)),
            Casualty("a", 1, 3, 9, "injured", 2, None, "vague")]
    frame = table(iter(rows), Casualty)
    assert (frame["high"].dtype, frame["high"][0], frame["high"].isna().tolist()) == ("Int64", 5, [False, True])
    assert frame["place"].isna().all()
    assert frame["victim_groups"].tolist() == [("child",), ()]
    assert (frame["low"].dtype, frame["low"].tolist()) == ("Int64", [5, 2])


def test_columns_keep_their_meaning_whatever_is_in_them():
    frame = table([Mention("a", 0, 5, "Kabul", "place", latitude=34.5, nominal=False)], Mention)
    assert (frame["latitude"].dtype, frame["longitude"].dtype, frame["nominal"].dtype) == ("Float64", "Float64", "bool")
    assert frame["longitude"][0] is pd.NA


def test_the_problems_table():
    frame = table([Problem("a.txt", "no text", "a.txt has no text")], Problem)
    assert frame.to_dict("records") == [{"article_id": "a.txt", "what": "no text", "detail": "a.txt has no text"}]
