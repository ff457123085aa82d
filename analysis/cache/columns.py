"""Records to Arrow columns of plain types and back: numbers, strings, booleans and lists of them, nothing else.

Rows of one article after another are one *nested* column, a list of structs for each article, so that a file of any
number of articles is one table, whole or absent.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise, repeat
from operator import attrgetter

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.records import dtypes

_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
MOST_RUNS = 1000  # of rows, from which on copying them is quicker
_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}


@cache
def schema(record: type) -> pa.Schema:
    """Return the Arrow schema of a record: tuples are lists, what may be unknown may be null."""
    hints = typing.get_type_hints(record)
    return pa.schema([(field.name, _arrow(hints[field.name])) for field in dataclasses.fields(record)])


def _arrow(hint: object) -> pa.DataType:
    """Return the Arrow type of a type hint: ``str | None`` is a string, ``tuple[Span, ...]`` a list of lists."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    inner = next(part for part in typing.get_args(hint) if part not in (type(None), ...))
    return pa.list_(_arrow(inner)) if typing.get_origin(hint) is tuple else _arrow(inner)


def to_arrow(rows: Sequence[object], record: type) -> pa.Table:
    """Return the rows as an Arrow table (see ``array``)."""
    arrays = [array(list(map(attrgetter(field.name), rows)), field.type) for field in schema(record)]
    return pa.table(arrays, schema=schema(record))


def array(cells: list, kind: pa.DataType) -> pa.Array:
    """Return cells as an Arrow array; half characters, which no file can hold, become U+FFFD."""
    try:
        return pa.array(cells, kind)
    except UnicodeEncodeError:
        return pa.array([cell and cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
                         for cell in cells], kind)


def frame(table: pa.Table, record: type) -> pd.DataFrame:
    """Return an Arrow table of a record as ``records.table`` would: the same columns and dtypes, lists as tuples."""
    lists = [field.name for field in schema(record) if pa.types.is_list(field.type)]
    made = table.drop_columns(lists).to_pandas(types_mapper=_NULLABLE.get)
    for name in lists:
        made[name] = pd.Series(values(table.column(name)), dtype=object)
    return made[table.column_names].astype({name: kind for name, kind in dtypes(record).items() if name not in lists})


def values(column: pa.ChunkedArray | pa.Array) -> list:
    """Return a column as Python values; equal strings are one object, and lists are tuples."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_string(column.type) or (column.null_count and not pa.types.is_nested(column.type)):
        coded = pc.dictionary_encode(column)
        words = coded.dictionary.to_pylist()
        words.append(None)
        return [words[i] for i in coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).tolist()]
    if pa.types.is_list(column.type):
        return list(cut(tuple(values(column.flatten())), lengths(column)))
    return column.to_numpy(zero_copy_only=False).tolist()


def rows(table: pa.Table, record: type) -> list:
    """Return the rows of a table as records; a column that the table lacks has its default in all of them."""
    found = (values(table.column(field.name)) if field.name in table.column_names else repeat(field.default)
             for field in dataclasses.fields(record))
    return list(map(record, *found)) if len(table) else []


def cells(table: pa.Table, *names: str) -> Iterator[tuple]:
    """Yield some columns of each row of a table."""
    return zip(*(values(table.column(name)) for name in names), strict=True)


def flat(column: pa.ChunkedArray, names: Sequence[str]) -> tuple[np.ndarray, pa.Table]:
    """Return the rows in all cells of a nested column, in some of their columns, and the number of the cell of each."""
    structs = [chunk.flatten() for chunk in column.chunks]
    kinds = [column.type.value_type.field(name).type for name in names]
    held = np.array([size for chunk in column.chunks for size in lengths(chunk)], dtype=np.int64)
    return np.repeat(np.arange(len(column)), held), pa.table(
        {name: pa.chunked_array([of_chunk.field(name) for of_chunk in structs], kind)
         for name, kind in zip(names, kinds, strict=True)})


def pick(table: pa.Table, numbers: Sequence[int] | np.ndarray) -> pa.Table:
    """Return the rows of those numbers, in that order; long runs of rows that follow each other are not copied."""
    numbers = np.asarray(numbers, dtype=np.int64)
    starts = np.flatnonzero(np.diff(numbers, prepend=-2) != 1)
    if len(starts) > MOST_RUNS:
        return table.take(pa.array(numbers))
    ends = [*starts[1:], len(numbers)]
    return pa.concat_tables([table.slice(0, 0), *(table.slice(numbers[start], end - start)
                                                  for start, end in zip(starts, ends, strict=False))])


def nested(parts: Sequence[Sequence[object]], record: type) -> pa.ListArray:
    """Return one cell for each article, a list of its rows as structs without ``article_id``."""
    rows = to_arrow([row for part in parts for row in part], record).drop_columns("article_id")
    structs = pa.StructArray.from_arrays([column.combine_chunks() for column in rows.columns], fields=list(rows.schema))
    return pa.ListArray.from_arrays(pa.array([0, *accumulate(map(len, parts))], pa.int32()), structs)


def unnested(column: pa.ListArray, article_ids: Sequence[str], record: type) -> Iterator[list]:
    """Yield the records of each cell of a nested column, one for each of ``article_ids``."""
    structs, sizes = column.flatten(), lengths(column)
    ids = [name for name, size in zip(article_ids, sizes, strict=True) for _ in range(size)]
    rows = list(map(record, ids, *map(values, structs.flatten())))
    return cut(rows, sizes)


def nested_type(record: type) -> pa.DataType:
    """Return the type of a nested column of a record."""
    return pa.list_(pa.struct([field for field in schema(record) if field.name != "article_id"]))


def lengths(column: pa.ListArray) -> list[int]:
    """Return how many values each cell of a column of lists holds."""
    return pc.list_value_length(column).fill_null(0).to_pylist()


def cut(rows: Sequence, sizes: Iterable[int]) -> Iterator[Sequence]:
    """Yield the rows in parts of the given sizes."""
    return (rows[start:end] for start, end in pairwise(accumulate(sizes, initial=0)))
