"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), for queries only.

GET with `query`, POST of a form, POST of a query; each with `default-graph-uri` and `named-graph-uri`. `format` names a
format where an address must say it. What would change data is refused: the dataset changes by its facts.
"""

from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.server.body import TooMuch, read
from onrecord.server.reply import Reply, problem
from onrecord.server.sparql import media
from onrecord.server.web import answer, plain
from onrecord.store.syntax import MOST_BYTES

PATH = "/sparql"
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_ALLOW = {"allow": "GET, HEAD, POST, OPTIONS"}
_VARY = {"vary": "Accept"}
_MOST_BODY = 3 * MOST_BYTES + (1 << 16)
"""Bytes of a form: its query may be encoded with three letters for each of its own."""
_KNOWN = {"query", "default-graph-uri", "named-graph-uri", "format", "output"}
Parameters = list[tuple[str, str]]


class Refused(Exception):
    """A request that is none of the protocol's."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


async def endpoint(request: Request) -> Response:
    """Answer a query, or describe the service."""
    try:
        given = await _parameters(request)
        query = _query(given)
        if query is None:
            return await _described(request)
        if _is_read(request, given):
            return RedirectResponse(f"query?{request.url.query}", 303, _VARY)
        return await answer(request, "query", _args(request.headers, given, query), headers=_VARY)
    except Refused as refused:
        return plain(refused.reply, _VARY)


async def _parameters(request: Request) -> Parameters:
    """What is asked, from the address and the body. Raises Refused."""
    given = _pairs(request.scope["query_string"])
    if request.method != "POST":
        return given
    kind, _, more = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == _UPDATE:
        raise Refused(_read_only())
    if kind not in (_FORM, _QUERY):
        hint = f"send it as {_QUERY}, or as a form ({_FORM})"
        raise Refused(problem(415, f"a query cannot be sent as {kind or 'a body of no type'}", hint))
    charset = more.lower().replace('"', "").partition("charset=")[2].partition(";")[0].strip()
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(problem(415, f"the query is in {charset}, and must be in UTF-8"))
    content = await _body(request)
    if kind == _FORM:
        return [*given, *_pairs(content)]
    try:
        return [*given, ("query", content.decode("utf-8"))]
    except UnicodeDecodeError as error:
        raise Refused(problem(400, f"the query is no UTF-8: byte {error.start}")) from error


async def _body(request: Request) -> bytes:
    try:
        return await read(request, _MOST_BODY)
    except TooMuch as error:
        raise Refused(problem(413, str(error), "ask in smaller parts")) from error


def _pairs(content: bytes) -> Parameters:
    try:
        text = content.decode("ascii" if content.isascii() else "utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise Refused(problem(400, "the parameters are no UTF-8")) from error
    except ValueError as error:
        raise Refused(problem(400, "there are more than 1,000 parameters")) from error


def _query(given: Parameters) -> str | None:
    queries = [value for name, value in given if name == "query"]
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in given):
        raise Refused(_read_only())
    if len(queries) > 1:
        raise Refused(problem(400, f"{len(queries)} queries were sent at once", "send each in a request of its own"))
    if not queries and given:
        raise Refused(problem(400, "there is no parameter `query`", "write: ?query=SELECT…"))
    return queries[0] if queries else None


def _read_only() -> Reply:
    return problem(403, "this endpoint is read-only", "the dataset changes by its facts: change these and run kg build")


def _args(headers: Headers, given: Parameters, query: str) -> dict[str, object]:
    wanted = next((value for name, value in given if name in ("format", "output") and value), "")
    accept = headers.get("accept", "")
    found = []
    for formats in (media.ROWS, media.GRAPHS):
        found.append(media.named(wanted, formats) if wanted else media.chosen(accept, formats))
    rows, graph = found
    if wanted and rows is None and graph is None:
        raise Refused(problem(400, f"there is no format {wanted[:40]!r}", f"one of: {', '.join(media.NAMES)}"))
    return {
        "query": query,
        "default": [value for name, value in given if name == "default-graph-uri"],
        "named": [value for name, value in given if name == "named-graph-uri"],
        "rows": (rows.form, rows.media) if rows else None,
        "graph": (graph.form, graph.media) if graph else None,
    }


def _is_read(request: Request, given: Parameters) -> bool:
    """Whether a person has followed a link to an answer: they are led to the page that shows answers."""
    accept = request.headers.get("accept", "")
    return request.method == "GET" and accept.startswith("text/html") and not any(n == "format" for n, _ in given)


async def _described(request: Request) -> Response:
    """What the service says of itself (https://www.w3.org/TR/sparql11-service-description/)."""
    accept = request.headers.get("accept", "")
    if accept.startswith("text/html"):
        return RedirectResponse("query", 303, _VARY)
    form = media.chosen(accept, media.GRAPHS) or media.GRAPHS[0]
    args: dict[str, object] = {"address": str(request.url.replace(query="")), "graph": (form.form, form.media)}
    return await answer(request, "description", args, headers=_VARY)


async def options(request: Request) -> Response:
    """What may be asked."""
    return Response(status_code=204, headers={**_ALLOW, "accept-query": _QUERY})


ROUTES: list[BaseRoute] = [
    Route(path, handler, methods=methods)
    for path in (PATH, f"{PATH}/")
    for handler, methods in ((endpoint, ["GET", "HEAD", "POST"]), (options, ["OPTIONS"]))
]
