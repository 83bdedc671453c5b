"""A list of names as a client sends it: a line each, a JSON array, or a column of CSV."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

from onrecord.errors import QueryError

COLUMN: Final = "name"
"""The column of CSV that names are in. Where the first line has no such cell, it is the first column."""


def names_in(body: bytes, media: str, most: int) -> list[str]:
    """The names in a body of one of the media types, in their order, blank lines included; one more than `most`, if
    there are more.

    Raises QueryError, with the place, for what is no UTF-8, no JSON array of texts, or no CSV.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, start = body.count(b"\n", 0, error.start) + 1, body.rfind(b"\n", 0, error.start) + 1
        told = f"the names, line {line}: not UTF-8 at byte {error.start - start}"
        raise QueryError(told, hint="send them as UTF-8") from error
    return list(islice(_READERS[media](text), most + 1))


def _lines(text: str) -> Iterator[str]:
    """As `kg status -` reads standard input: a line ends with \\n, and an end at the very end begins no other line."""
    lines = text.split("\n")
    yield from lines[:-1] if lines[-1] == "" else lines


def _array(text: str) -> Iterator[str]:
    try:
        yield from msgspec.json.decode(text.encode(), type=list[str])
    except msgspec.MsgspecError as error:
        hint = 'send an array of texts: ["Abdul Ghani Baradar", "TAi.002"]'
        raise QueryError(f"the names are no JSON array of texts: {error}", hint=hint) from error


def _column(text: str) -> Iterator[str]:
    """A quoted cell may hold commas and ends of lines. A row that is too short has a blank name."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        first = next(rows, None)
        if first is None:
            return
        heads = [cell.strip().casefold() for cell in first]
        place = heads.index(COLUMN) if COLUMN in heads else 0
        if COLUMN not in heads:
            yield first[0] if first else ""
        for row in rows:
            yield row[place] if place < len(row) else ""
    except csv.Error as error:
        raise QueryError(f"the names, line {rows.line_num}: no CSV: {error}", hint="see RFC 4180") from error


_READERS = {"text/plain": _lines, "application/json": _array, "text/csv": _column}
