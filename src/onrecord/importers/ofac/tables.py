"""OFAC's tables: CSV without a header, `-0-` for nothing (https://ofac.treasury.gov/sdn-list/sdn-data-formats)."""

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.findings import Finding, Place

_NOTHING = re.compile(r"\s*(?:-0-?)?\s*")
_HEAD = re.compile(r'[^,\r\n]*,(?:[ \t]*"(?:[^"]|"")*"|[^,\r\n]*)')
_END = "\x1a"
_MOST_LINES = 20


class Line(NamedTuple):
    """A row: its cells ("" where the file has `-0-`), its first two cells as the file writes them, where it begins in
    the text (line, and offset in code points)."""

    cells: tuple[str, ...]
    head: str
    number: int
    offset: int


def lines(name: str, text: str, columns: int) -> Iterator[Line | Finding]:
    """The rows of a table, and a finding for each line that is none. Old files end in a Ctrl-Z, which is no row.

    A quotation mark that is not closed costs its own line and not the rest of the file: a row goes over several lines
    only where that makes it whole.
    """
    physical = list(io.StringIO(text.removeprefix("\ufeff").removesuffix(_END), newline=""))
    offset = len(text) - len(text.removeprefix("\ufeff"))
    at = 0
    while at < len(physical):
        taken, cells = _row(physical, at, columns)
        line = "".join(physical[at : at + taken])
        if isinstance(cells, str):
            yield Finding(
                Place(name, at + 1, 1), "violation", "broken-row", cells, "correct the row, or get the file again"
            )
        elif cells:
            head = _HEAD.match(line)
            yield Line(tuple(map(_value, cells)), head[0] if head else line.rstrip("\r\n"), at + 1, offset)
        offset += len(line)
        at += taken


def _row(physical: list[str], at: int, columns: int) -> tuple[int, list[str] | str]:
    """How many lines the row that begins in a line has, and its cells, [] for an empty line; or what is wrong."""
    line = physical[at]
    if not line.strip():
        return 1, []
    wrong = ""
    for taken in range(1, _MOST_LINES + 1):
        try:
            (cells,) = csv.reader(["".join(physical[at : at + taken])], strict=True)
        except csv.Error as error:
            wrong = wrong or f"this is no row of a CSV file: {error}"
            if "unexpected end of data" not in str(error) or at + taken >= len(physical):
                break
            continue
        except ValueError:  # lines of their own: a carriage return inside
            wrong = wrong or "this is no row of a CSV file: a line ends within it"
            break
        if len(cells) == columns:
            return taken, cells
        wrong = wrong or f"the row has {len(cells)} columns and not {columns}"
        break
    return 1, wrong


def _value(cell: str) -> str:
    return "" if _NOTHING.fullmatch(cell) else cell.strip()
