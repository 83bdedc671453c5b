"""An answer as a table on a page: its first rows, with what can be followed as links."""

import io
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple, cast
from urllib.parse import urlencode

from onrecord.errors import QueryError
from onrecord.ntriples import split, text_of
from onrecord.questions.prefixes import Shortener
from onrecord.server.desk import Desk
from onrecord.server.sparql.answering import answer
from onrecord.site.dereferencing import VOCABULARY
from onrecord.site.rendering import web

MOST_ROWS = 1_000
_XSD = "http://www.w3.org/2001/XMLSchema#"


class Cell(NamedTuple):
    """A term: what is shown, where it leads ("" for nowhere), its language, and its datatype where it needs one."""

    text: str
    href: str = ""
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class Shown:
    """The first rows of an answer. `whole` is false where there are more; `kind` is `rows`, `graph` or `truth`."""

    kind: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    whole: bool


class _Enough(Exception):
    pass


class _Lines(io.RawIOBase):
    """Takes what is written until it holds so many lines."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: list[bytes] = []
        self._count = 0

    def write(self, piece: object) -> int:
        """Take a piece. Raises _Enough once there are lines enough."""
        taken = bytes(cast(bytes, piece))
        self._held.append(taken)
        self._count += taken.count(b"\n")
        if self._count > self._most:
            raise _Enough
        return len(taken)

    @property
    def lines(self) -> list[str]:
        """The lines, the last one too where no line end is behind it."""
        return b"".join(self._held).decode().removesuffix("\n").split("\n")


def of_query(desk: Desk, query: str) -> Shown:
    """The first rows of the answer to a query. Raises the errors of the endpoint."""
    formats = {"rows": ("tsv", "rows"), "graph": ("nt", "graph")}
    reply = answer(desk, {"query": query, "default": [], "named": [], "rows_most": 1 << 62, **formats})
    if isinstance(reply.body, bytes):
        raise QueryError(reply.body.decode())
    out = _Lines(MOST_ROWS + 2)
    whole = True
    try:
        reply.body(cast(BinaryIO, out))
    except _Enough:
        whole = False
    cells = _Cells(desk)
    if reply.media == "graph":
        return _graph(out.lines, cells, whole)
    return _rows(out.lines, cells, whole)


def _graph(lines: list[str], cells: "_Cells", whole: bool) -> Shown:
    rows = tuple(tuple(map(cells.cell, split(line)[:3])) for line in lines[:MOST_ROWS])
    return Shown("graph", ("subject", "predicate", "object"), rows, whole and len(lines) <= MOST_ROWS)


def _rows(lines: list[str], cells: "_Cells", whole: bool) -> Shown:
    head, *rest = lines or ["false"]
    if head in ("true", "false"):
        return Shown("truth", (), ((Cell("yes" if head == "true" else "no"),),), True)
    heads = tuple(name.removeprefix("?") for name in head.split("\t") if name)
    rows = tuple(tuple(map(cells.cell, line.split("\t"))) for line in rest[:MOST_ROWS])
    return Shown("rows", heads, rows, whole and len(rest) <= MOST_ROWS)


class _Cells:
    def __init__(self, desk: Desk) -> None:
        self._base = desk.settings.base
        self._shortener = Shortener(desk.prefixes)

    def cell(self, term: str) -> Cell:
        """A term as TSV and N-Triples write it."""
        if term.startswith("<"):
            iri = term[1:-1]
            return Cell(self._shortener.short(iri), self._href(iri))
        if not term.startswith('"'):
            return Cell(term)
        after = term[term.rindex('"') + 1 :]
        datatype = after[3:-1] if after.startswith("^^") else ""
        told = "" if datatype in ("", f"{_XSD}string") else self._shortener.short(datatype)
        return Cell(text_of(term), "", after[1:] if after.startswith("@") else "", told)

    def _href(self, iri: str) -> str:
        if iri.startswith((self._base, VOCABULARY)):
            return f"./?{urlencode({'iri': iri})}"
        return web(iri)
