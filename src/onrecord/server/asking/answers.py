"""The job "ask": a named question with what was typed → its answer in a form.

It answers as `kg ask` does: the same parameters, the same query, and the same rows in the same order. An answer is
whole or it is none: a part of it could say what the whole does not.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.errors import QueryError
from onrecord.questions import Question, bind, named
from onrecord.server.asking.forms import Told, written
from onrecord.server.desk import Desk
from onrecord.server.reply import Reply, problem
from onrecord.store.syntax import inspect

if TYPE_CHECKING:
    import pyoxigraph as ox

_MOST = 100_000
"""Rows of an answer: what is of a question is read by programs at once, and not row by row."""


def ask(desk: Desk, args: Mapping[str, object]) -> Reply:
    """Ask the question `name` with `given`, pairs of a parameter and its value, and answer in `form`.

    404 where there is no such question. Raises QueryError for what is no parameter, comes twice, is missing or is not
    of its type, and for an answer of more rows than are allowed.
    """
    try:
        question = named(str(args["name"]))
    except QueryError as error:
        near = error.hint if error.hint.startswith("do you mean") else ""
        return problem(404, error.message, near or "GET /ask lists the questions")
    pairs, most = cast("list[list[str]]", args.get("given", [])), cast(int, args.get("rows_most", _MOST))
    form, told = str(args["form"]), Told(question, dict(pairs), desk.release.digest(), desk.settings.base)
    try:
        given = given_of(question, pairs)
        rows = _rows(desk, question, given, min(_MOST, most))
    except QueryError as error:
        if form != "html":
            raise
        from onrecord.server.asking.page import refused

        return refused(desk, told, error)
    told = replace(told, given=given)
    if form == "html":
        from onrecord.server.asking.page import answer

        return answer(desk, told, rows)
    return written(form, told, rows)


def _rows(desk: Desk, question: Question, given: dict[str, str], most: int) -> bytes:
    if question.over:
        from onrecord.server.asking.changes import asked_over

        query, store = asked_over(desk, question, given)
    else:
        query, store = bind(question, given, desk.statuses.names.resolve), desk.store
    return rows_of(store, query, desk.prefixes, most)


def given_of(question: Question, pairs: list[list[str]]) -> dict[str, str]:
    """The parameters as typed; one that is left empty, as forms send it, is not given.

    Raises QueryError for one that comes twice, is none of the question's, or is missing.
    """
    given: dict[str, str] = {}
    told = "; ".join(f"{p.name}=… ({p.type})" for p in question.parameters) or "it has none"
    for key, value in pairs:
        if key in given:
            raise QueryError(f"{key[:40]} is given twice", hint=f"give each parameter once: {told}")
        given[key] = value
    for key in question.unknown(given):
        raise QueryError(f"{question.name} has no parameter {key[:40]!r}", hint=f"its parameters: {told}")
    given = {key: value for key, value in given.items() if value.strip()}
    for key in question.missing(given):
        raise QueryError(f"{question.name} needs {key}", hint=f"write ?{key}=…; its parameters: {told}")
    return given


def rows_of(store: "ox.Store", query: str, prefixes: Mapping[str, str], most: int) -> bytes:
    """The answer to a query as TSV: sorted by lines where the query leaves their order open.

    Raises QueryError where there are more than `most` rows.
    """
    import pyoxigraph as ox

    result = store.query(query, prefixes=dict(prefixes), use_default_graph_as_union=not inspect(query).own_dataset)
    assert isinstance(result, ox.QuerySolutions), "named questions are SELECT queries; tests hold it"
    lines = _Lines(most)
    try:
        result.serialize(output=cast(BinaryIO, lines), format=ox.QueryResultsFormat.TSV)
    except OSError:
        if lines.number > most:
            raise QueryError(
                f"the answer has more than {most:,} rows, and is given whole or not at all",
                hint="narrow it by a parameter, or ask the dataset with kg ask",
            ) from None
        raise
    head, *rows = b"".join(lines.pieces).removesuffix(b"\n").split(b"\n")
    return b"\n".join([head, *(rows if inspect(query).ordered else sorted(rows)), b""])


class _Lines:
    """A stream that holds what is written to it, until there are too many lines."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.number = -1  # the first line is no row
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Take a piece. Raises OSError beyond the limit."""
        self.pieces.append(bytes(piece))
        self.number += piece.count(b"\n")
        if self.number > self._most:
            raise OSError
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""
