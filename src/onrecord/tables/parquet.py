"""Tables as Parquet: the rows of the CSV, typed. Needs pyarrow, which is an extra."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import ConfigurationError
from onrecord.tables.columns import Cell, Column, Table
from onrecord.tables.description import told
from onrecord.tables.ground import Ground

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP = 10_000
"""Rows of a group: what is held at once."""
_DIGITS = (38, 9)


def arrow() -> ModuleType:
    """The library. Raises ConfigurationError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ConfigurationError(
            "Parquet needs pyarrow, which is not installed", hint="pip install 'onrecord[parquet]'"
        ) from error
    library: ModuleType = pyarrow
    return library


def write(table: Table, ground: Ground, stream: BinaryIO) -> int:
    """Write a table, and return how many rows it has. Raises ConfigurationError where pyarrow is not installed."""
    pa = arrow()
    schema = pa.schema(
        [pa.field(c.name, _type(pa, c), metadata={"description": told(c)}) for c in table.columns],
        metadata={"title": table.title, "description": table.text},
    )
    count = 0
    rows = table.rows(ground)
    with pa.parquet.ParquetWriter(stream, schema, compression="zstd", version="2.6") as writer:
        for group in _groups(rows):
            arrays = [
                pa.array([value(row[at], column) for row in group], _type(pa, column))
                for at, column in enumerate(table.columns)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=_GROUP)
            count += len(group)
    return count


def _groups(rows: Iterator[list[Cell]]) -> Iterator[list[list[Cell]]]:
    while group := list(islice(rows, _GROUP)):
        yield group


def _type(pa: ModuleType, column: Column) -> "pa.DataType":
    kinds = {
        "text": pa.string(),
        "word": pa.dictionary(pa.int32(), pa.string()),
        "address": pa.string(),
        "date": pa.date32(),
        "edtf": pa.string(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(*_DIGITS),
        "boolean": pa.bool_(),
    }
    if column.many:
        return pa.list_(pa.string() if column.datatype in ("word", "edtf") else kinds[column.datatype])
    return kinds[column.datatype]


def value(cell: Cell, column: Column) -> object:
    """The value of a cell in its datatype; that of one with an impossible date, number or the like is None.

    No release has any: its shapes refuse them.
    """
    if cell is None or column.many or not isinstance(cell, str):
        return cell
    if column.datatype == "date":
        return date.fromisoformat(cell)
    if column.datatype == "integer":
        return int(cell)
    if column.datatype == "decimal":
        return Decimal(cell)
    return cell == "true" if column.datatype == "boolean" else cell
