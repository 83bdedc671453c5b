"""The job "screen": a list of names → for each, in its place, what `kg status -` says of it, as it is made."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from onrecord.errors import QueryError
from onrecord.questions.screening import Screened, document, screen
from onrecord.server.asking.media import MOST_NAMES, SCREENED
from onrecord.server.asking.names import names_in
from onrecord.server.asking.standing import understood
from onrecord.server.desk import Desk
from onrecord.server.reply import Reply, problem

if TYPE_CHECKING:
    from onrecord.questions.verdicts import Days

COLUMNS: Final = ("query", "match", "answer", "as_of", "entity", "label", "jurisdiction", "list", "candidates")
"""Of CSV: those of JSON, with the candidates in one cell."""


def screened(desk: Desk, args: Mapping[str, object]) -> Reply:
    """Answer each of the names in `body`, which is of the media type `media`, with the status under `in` and `on`.

    413 for more names than MOST_NAMES. Raises QueryError for a body that cannot be read, a jurisdiction or date that is
    none, and where there is no date.
    """
    where, days = understood(desk, args)
    if days is None:
        raise QueryError("screening needs a date", hint="write ?on=2026-01-31")
    body = args["body"]
    assert isinstance(body, bytes)
    names = names_in(body, str(args["media"]), MOST_NAMES)
    if len(names) > MOST_NAMES:
        return problem(413, f"there are more than {MOST_NAMES:,} names", "send them in parts")
    answers = screen(names, desk.lookup, desk.statuses, where, days)
    form = str(args["form"])
    pieces = _WRITERS[form]

    def write(out: BinaryIO) -> None:
        for piece in pieces(answers, days):
            out.write(piece)

    return Reply(write, SCREENED[form])


def _told(one: Screened, days: "Days") -> bytes:
    return msgspec.json.encode(document(one, days))


def _array(answers: Iterable[Screened], days: "Days") -> Iterator[bytes]:
    before = b"[\n"
    for one in answers:
        yield before + _told(one, days)
        before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def _lines(answers: Iterable[Screened], days: "Days") -> Iterator[bytes]:
    for one in answers:
        yield _told(one, days) + b"\n"


def _table(answers: Iterable[Screened], days: "Days") -> Iterator[bytes]:
    yield _row(COLUMNS)
    for one in answers:
        told = document(one, days)
        told["candidates"] = json.dumps(told["candidates"], ensure_ascii=False) if told["candidates"] else None
        yield _row("" if told[column] is None else str(told[column]) for column in COLUMNS)


def _row(cells: Iterable[str]) -> bytes:
    """A line of CSV (RFC 4180). Cells are as they are: nothing guards those that a spreadsheet takes for formulas."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()


_WRITERS: dict[str, Callable[[Iterable[Screened], "Days"], Iterator[bytes]]] = {
    "json": _array,
    "ndjson": _lines,
    "csv": _table,
}
