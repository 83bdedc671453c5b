"""Results: one row a measurement, as a table for people and as JSON for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One measurement. `ours` and `beside` are written with their units; `ratio` is what is owed or compared.

    `met` is None where nothing is owed, or where it could not be measured; the note then says why.
    """

    debt: str
    what: str
    ours: str
    beside: str = ""
    ratio: float | None = None
    owed: str = ""
    met: bool | None = None
    note: str = ""


def seconds(value: float) -> str:
    """Seconds as people read them."""
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s" if value < 100 else f"{value:,.0f} s"


def size(value: float) -> str:
    """Bytes as people read them."""
    return f"{value / 2**20:,.0f} MiB"


def rate(count: float, taken: float) -> str:
    """Triples a second."""
    return f"{count / taken / 1000:,.1f} k/s"


HEADS = ("debt", "measured", "ours", "beside it", "ratio", "owed", "met")


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "" if row.ratio is None else f"{row.ratio:,.2f}" if row.ratio < 10 else f"{row.ratio:,.0f}"
    met = {True: "yes", False: "NO", None: ""}[row.met]
    return row.debt, row.what, row.ours, row.beside, ratio, row.owed, met


def rendered(about: Mapping[str, str], rows: Sequence[Row]) -> str:
    """The table in Markdown, with what it was measured on above it and the notes below."""
    notes = list(dict.fromkeys(row.note for row in rows if row.note))
    cells: list[tuple[str, ...]] = [HEADS]
    for row in rows:
        made = _cells(row)
        cells.append((made[0], f"{made[1]} [{notes.index(row.note) + 1}]" if row.note else made[1], *made[2:]))
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    head = " · ".join(f"{name} {value}" for name, value in about.items())
    return "\n".join([head, "", *lines, "", *(f"[{number}] {note}" for number, note in enumerate(notes, 1))])


def written(file: Path, about: Mapping[str, str], rows: Sequence[Row]) -> None:
    """The same as JSON."""
    data = {"about": dict(about), "rows": [asdict(row) for row in rows]}
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
