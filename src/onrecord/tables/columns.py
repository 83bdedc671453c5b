"""What a table is made of: columns, and parts that fill some of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from onrecord.documents.reading import Said

if TYPE_CHECKING:
    from onrecord.tables.ground import Ground

Cell: TypeAlias = "str | list[str] | None"
"""A value as its source has it; several in a column that holds several; None where nothing is said."""

SEPARATOR = "|"
"""What stands between several values of one cell."""


@dataclass(frozen=True)
class Column:
    """A column.

    `datatype` is one of `DATATYPES`. `many` tells that a cell may hold several values; where these are texts, which may
    have the separator in them, it and the backslash are escaped by a backslash. `prop` is the `<iri>` that the
    column stands for, "" for none of the vocabulary's; `text` says how to read it, "" where the property's definition
    does.
    """

    name: str
    datatype: str = "text"
    many: bool = False
    prop: str = ""
    text: str = ""

    @property
    def escaped(self) -> bool:
        """Whether the values of a cell are texts that are escaped."""
        return self.many and self.datatype == "text"


DATATYPES = ("text", "word", "address", "date", "edtf", "integer", "decimal", "boolean")
"""Texts of sources; words of ours; addresses (IRIs); days; EDTF; numbers; true and false."""


@dataclass(frozen=True)
class Row:
    """What a row is made of: a node, the node that it belongs to ("" for none), by which property, and what is said of
    the node."""

    node: str
    owner: str
    by: str
    said: Said
    ground: "Ground"


@dataclass(frozen=True)
class Part:
    """Some columns, and what fills them for a row."""

    columns: tuple[Column, ...]
    fill: Callable[[Row], Sequence[Cell]]


@dataclass(frozen=True)
class Found:
    """Where a row comes from: a node, its owner, and the property between them."""

    node: str
    owner: str = ""
    by: str = ""


@dataclass(frozen=True)
class Table:
    """A table: its name, what it holds, what makes its rows, and its parts.

    `key` are the columns that tell its rows apart; `links` its single columns that name a row of another table, with
    that table. `computed` tells that its rows rest on all sources.
    """

    name: str
    title: str
    text: str
    found: "Callable[[Ground], Iterable[Found]]"
    parts: tuple[Part, ...]
    key: tuple[str, ...] = ("id",)
    links: tuple[tuple[str, str], ...] = ()
    computed: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in order."""
        return tuple(column for part in self.parts for column in part.columns)

    def rows(self, ground: "Ground") -> Iterator[list[Cell]]:
        """Its rows, sorted by the addresses of what they are about."""
        parts = [part.fill for part in self.parts]
        for found in self.found(ground):
            row = Row(found.node, found.owner, found.by, ground.said(found.node), ground)
            yield [cell for fill in parts for cell in fill(row)]


def joined(values: Sequence[str], column: Column) -> str:
    """The values of a cell as one text."""
    if column.escaped:
        return SEPARATOR.join(value.replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}") for value in values)
    return SEPARATOR.join(values)


def parted(text: str, column: Column) -> list[str]:
    """The values of a cell that `joined` has made."""
    if not column.escaped:
        return text.split(SEPARATOR) if text else []
    values, value, at = [], "", 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            value += text[at + 1]
            at += 2
            continue
        if text[at] == SEPARATOR:
            values.append(value)
            value = ""
        else:
            value += text[at]
        at += 1
    return [*values, value] if text else []
