"""Tables as CSV (RFC 4180): UTF-8 without BOM, lines end in CR LF, texts as they are."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.tables.columns import Cell, Column, Table, joined
from onrecord.tables.ground import Ground

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def write(table: Table, ground: Ground, stream: BinaryIO, *, guarded: bool = False) -> int:
    """Write a table with a line of names, and return how many rows it has.

    `guarded` is for spreadsheets: a BOM, and an apostrophe before what they would take for a formula.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig" if guarded else "utf-8", newline="", write_through=False)
    count = 0

    def counted() -> Iterator[list[str]]:
        nonlocal count
        for row in table.rows(ground):
            count += 1
            yield _texts(row, table.columns)

    lines: Iterable[list[str]] = counted()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(([safe(cell) for cell in row] for row in lines) if guarded else lines)
    text.flush()
    text.detach()
    return count


def _texts(row: list[Cell], columns: tuple[Column, ...]) -> list[str]:
    return [
        "" if cell is None else cell if isinstance(cell, str) else joined(cell, column)
        for cell, column in zip(row, columns, strict=True)
    ]


def safe(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
