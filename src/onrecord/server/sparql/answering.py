"""A query → its answer: the job behind the endpoint."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO, cast

import pyoxigraph as ox

from onrecord.errors import InputError, QueryError, QueryRefused
from onrecord.ntriples import iri
from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.reply import Reply, problem
from onrecord.server.sparql import media
from onrecord.store import writing
from onrecord.store.syntax import Shape, graphs_of, inspect, unreadable

_HELD = 50_000
"""Triples of a graph that are put in order; what has more is written as it comes."""
_KINDS = {"SELECT": "rows", "ASK": "yes or no", "CONSTRUCT": "triples", "DESCRIBE": "triples"}
_ROW = {"json": b"},{", "xml": b"<result>", "tsv": b"\n", "csv": b"\n"}

_BEGIN = {"json": 1, "xml": 0, "tsv": -1, "csv": -1}
"""What the count begins with: one row is between nothing, and the first line is none."""


@dataclass(frozen=True)
class Asked:
    """A query with its dataset (SPARQL 1.1 Protocol, 2.1.4), and the format of each kind of answer: its name in the
    store and its media type, None where the client takes none."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    rows: tuple[str, str] | None
    graph: tuple[str, str] | None


def answer(desk: Desk, args: Args) -> Reply:
    """The answer to a query, in the format that the client takes."""
    asked = Asked(
        str(args["query"]),
        _texts(args["default"]),
        _texts(args["named"]),
        cast("tuple[str, str] | None", args["rows"]),
        cast("tuple[str, str] | None", args["graph"]),
    )
    shape = inspect(asked.query)
    kind = _KINDS[shape.form]
    form = asked.graph if kind == "triples" else asked.rows
    if form is None:
        told = f"the answer is {kind}, and no format of these is accepted"
        return problem(406, told, f"accept {'text/turtle' if kind == 'triples' else media.ROWS[0].accepted}, for one")
    result = _result(desk, asked, shape)
    if isinstance(result, ox.QueryTriples):
        return Reply(_graph(result, form[0], desk.prefixes), form[1])
    return Reply(_rows(result, form[0], cast(int, args["rows_most"])), form[1])


def _texts(value: object) -> tuple[str, ...]:
    return tuple(cast("list[str]", value))


def _result(desk: Desk, asked: Asked, shape: Shape) -> writing.Result:
    base = desk.settings.base
    default, named = _graphs(asked.default, desk), _graphs(asked.named, desk)
    given = bool(default or named)  # it goes before the query's own (2.1.4)
    _graphs(graphs_of(asked.query, desk.prefixes, base) if shape.own_dataset and not given else (), desk)
    try:
        return desk.store.query(
            asked.query,
            base_iri=base,  # so that <person/…> is one of the dataset's own
            prefixes=desk.prefixes,
            use_default_graph_as_union=not shape.own_dataset and not given,
            default_graph=[*default] if given else None,
            named_graphs=[*named] if given else None,
        )
    except SyntaxError as error:
        raise unreadable(asked.query, str(error), desk.prefixes) from error


def _graphs(addresses: Iterable[str], desk: Desk) -> list[ox.NamedNode]:
    """The graphs that a dataset is made of. Raises QueryRefused for one that is not here: nothing is fetched."""
    found: list[ox.NamedNode] = []
    for address in addresses:
        try:
            node = ox.NamedNode(iri(address)[1:-1])
        except (InputError, ValueError) as error:
            raise QueryError(f"{address[:80]!r} is no address of a graph") from error
        if not desk.store.contains_named_graph(node):
            raise QueryRefused(
                f"there is no graph {address[:200]} in this dataset, and none is fetched",
                hint="SELECT DISTINCT ?g { GRAPH ?g {} } lists those that there are",
            )
        found.append(node)
    return found


# ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(result: ox.QuerySolutions | ox.QueryBoolean, form: str, most: int) -> Callable[[BinaryIO], None]:
    def write(out: BinaryIO) -> None:
        if isinstance(result, ox.QueryBoolean):
            writing.results(result, out, form)
        else:
            writing.results(result, cast(BinaryIO, Counted(out, form, most)), form)

    return write


class Counted:
    """A stream that counts the rows of an answer that goes through it, and refuses those beyond a limit.

    Each format has bytes that stand once a row: between two of them in JSON, at the begin of each in XML, where angle
    brackets are escaped, at the end of each in TSV, where line ends are, and in CSV outside quotes. In JSON a text may
    hold them as well: the count is never too low.
    """

    def __init__(self, out: BinaryIO, form: str, most: int) -> None:
        self._out, self._form, self._most = out, form, most
        self._rows, self._tail, self._quoted = _BEGIN[form], b"", False

    def write(self, piece: bytes) -> int:
        """Hand a piece on. Raises QueryRefused where it has a row too many."""
        self._rows += self._in_csv(piece) if self._form == "csv" else self._in(piece)
        if self._rows > self._most:
            raise QueryRefused(f"the answer has more than {self._most:,} rows", hint="ask with LIMIT and OFFSET")
        return self._out.write(piece)

    def flush(self) -> None:
        """Hand on."""
        self._out.flush()

    def _in(self, piece: bytes) -> int:
        mark = _ROW[self._form]
        joined = self._tail + piece
        self._tail = joined[max(0, len(joined) - len(mark) + 1) :] if len(mark) > 1 else b""
        return joined.count(mark)

    def _in_csv(self, piece: bytes) -> int:
        found = 0
        for number, part in enumerate(piece.split(b'"')):
            if number:
                self._quoted = not self._quoted
            if not self._quoted:
                found += part.count(b"\n")
        return found


# ── Triples ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _graph(result: ox.QueryTriples, form: str, known: dict[str, str]) -> Callable[[BinaryIO], None]:
    """Triples in order, where there are not too many to hold; else as they come, some of them perhaps twice."""

    def write(out: BinaryIO) -> None:
        held = list(itertools.islice(result, _HELD + 1))
        if len(held) <= _HELD:
            writing.graph(held, out, form, known)
        else:
            writing.stream(itertools.chain(held, result), out, form, known)

    return write
