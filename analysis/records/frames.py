"""Rows as DataFrames: the same columns and dtypes for a table of any length, also of none."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable
from functools import cache

import pandas as pd

_DTYPES = {str: "str", int: "Int64", float: "Float64", bool: "bool"}


@cache
def dtypes(record: type) -> dict[str, str]:
    """Return {column: pandas dtype} of a record; columns that hold lists are ``object``."""
    hints = typing.get_type_hints(record)
    kinds = {f.name: next(t for t in typing.get_args(hints[f.name]) or (hints[f.name],) if t is not type(None))
             for f in dataclasses.fields(record)}
    return {name: "object" if _is_list(hints[name]) else _DTYPES[kind] for name, kind in kinds.items()}


def _is_list(hint: object) -> bool:
    return typing.get_origin(hint) is tuple


def table(rows: Iterable[object], record: type) -> pd.DataFrame:
    """Return the rows of one record type as a DataFrame with its columns and dtypes, even when there are none."""
    names = list(dtypes(record))
    columns = zip(*([getattr(row, name) for name in names] for row in rows), strict=True)
    filled = dict(zip(names, columns, strict=False)) or dict.fromkeys(names, ())
    return pd.DataFrame({name: pd.Series(list(filled[name]), dtype=dtype) for name, dtype in dtypes(record).items()})
