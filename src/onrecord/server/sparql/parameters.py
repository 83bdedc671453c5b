"""What a request of the SPARQL protocol gives: in its address, its form, or as its body."""

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from onrecord.server.body import TooMuch, read
from onrecord.server.reply import problem
from onrecord.store.syntax import MOST_BYTES

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
MOST_PARAMETERS = 1000
_MOST_BODY = 3 * MOST_BYTES + (1 << 16)
"""Bytes of a form: its query may be encoded with three letters for each of its own."""
_ASIDE = 1 << 14
"""Bytes of a form that is taken apart in a thread: three megabytes take a quarter of a second, and others go on."""
_CHANGING = {"update", "using-graph-uri", "using-named-graph-uri"}
_FORMATS = ("format", "output")
Parameters = list[tuple[str, str]]


class Refused(Exception):
    """A request that is none of the protocol's."""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.reply = problem(status, message, hint)


@dataclass(frozen=True)
class Given:
    """A query (None where there is none, and the service is to be described), its dataset (2.1.4 of the protocol), and
    the name of a format or what is accepted, "" where only the header says it."""

    query: str | None
    default: tuple[str, ...]
    named: tuple[str, ...]
    form: str


async def given(request: Request) -> Given:
    """What is asked. Raises Refused for what is none of the protocol's, and ClientDisconnect."""
    pairs = _pairs(request.scope["query_string"])
    if request.method == "POST":
        pairs += await _posted(request)
    names = {name for name, _ in pairs}
    if names & _CHANGING:
        raise _read_only()
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise Refused(400, f"{len(queries)} queries were sent at once", "send each in a request of its own")
    if not queries and (request.method == "POST" or not names <= {*_FORMATS}):
        raise Refused(400, "there is no parameter `query`", "write: ?query=SELECT…")
    return Given(
        queries[0] if queries else None,
        tuple(value for name, value in pairs if name == "default-graph-uri"),
        tuple(value for name, value in pairs if name == "named-graph-uri"),
        next((value for name, value in pairs if name in _FORMATS and value), ""),
    )


async def _posted(request: Request) -> Parameters:
    """What is asked by the body."""
    kind, _, more = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise _read_only()
    if kind not in (FORM, QUERY):
        told = f"a query cannot be sent as {kind[:80] or 'a body of no type'}"
        raise Refused(415, told, f"send it as {QUERY}, or as a form ({FORM})")
    charset = more.lower().replace('"', "").partition("charset=")[2].partition(";")[0].strip()
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(415, f"the query is in {charset[:40]}, and must be in UTF-8")
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding != "identity":
        raise Refused(415, f"the query is sent as {coding[:40]}, and must be sent as it is")
    content = await _body(request)
    if kind == FORM:
        return await asyncio.to_thread(_pairs, content) if len(content) > _ASIDE else _pairs(content)
    try:
        return [("query", content.decode("utf-8"))]
    except UnicodeDecodeError as error:
        raise Refused(400, f"the query is no UTF-8: byte {error.start}") from error


async def _body(request: Request) -> bytes:
    try:
        return await read(request, _MOST_BODY)
    except TooMuch as error:
        raise Refused(413, str(error), "ask in smaller parts") from error


def _pairs(content: bytes) -> Parameters:
    try:
        text = content.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise Refused(400, "the parameters are no UTF-8") from error
    except ValueError as error:
        raise Refused(400, f"there are more than {MOST_PARAMETERS:,} parameters") from error


def _read_only() -> Refused:
    hint = "the dataset changes by its facts: change these and run kg build"
    return Refused(403, "this endpoint is read-only", hint)
