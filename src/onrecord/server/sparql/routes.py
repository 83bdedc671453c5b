"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), for queries only, and where it is described.

GET with `query`, POST of a form, POST of a query; each with `default-graph-uri` and `named-graph-uri`. `format` names a
format where an address must say it. What would change data is refused: the dataset changes by its facts.
"""

import re

from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.server.sparql import media
from onrecord.server.sparql.parameters import QUERY, Given, Refused, given
from onrecord.server.web import answer, plain

PATH = "/sparql"
WELL_KNOWN = "/.well-known/void"
"""Where a description of a dataset is looked for (https://www.w3.org/TR/void/#well-known)."""
_VARY = {"vary": "Accept"}
_NEVER_TWICE = tuple(re.compile(rf"{name}\b") for name in ("NOW", "RAND", "UUID"))
"""Functions whose value is another one every time: an answer that may hold one is not kept. What is looked for begins
with letters alone, which is found ten times as fast: a query may have a megabyte."""


class Endpoint(HTTPEndpoint):
    """Answers a query, or describes the service where none is asked."""

    async def get(self, request: Request) -> Response:
        """A query in the address, or none."""
        return await _answered(request)

    async def head(self, request: Request) -> Response:
        """As GET, without the body."""
        return await _answered(request)

    async def post(self, request: Request) -> Response:
        """A query in the body, or in a form."""
        return await _answered(request)

    async def options(self, request: Request) -> Response:
        """What may be asked."""
        return Response(status_code=204, headers={"allow": ", ".join(self._allowed_methods), "accept-post": _POSTED})


_POSTED = f"application/x-www-form-urlencoded, {QUERY}"


async def _answered(request: Request) -> Response:
    try:
        asked = await given(request)
        if asked.query is None:
            return await _described(request, asked)
        if _is_read(request, asked):
            return RedirectResponse(f"{_beside(request)}query?{request.url.query}", 303, _VARY)
        words = asked.query.upper()
        fresh = any(name.search(words) for name in _NEVER_TWICE)
        return await answer(request, "query", _args(request, asked, asked.query), headers=_VARY, fresh=fresh)
    except Refused as refused:
        return plain(refused.reply, _VARY)


def _args(request: Request, asked: Given, query: str) -> dict[str, object]:
    rows, graph = _wanted(request, asked, media.ROWS), _wanted(request, asked, media.GRAPHS)
    if asked.form and rows is None and graph is None:
        raise Refused(400, f"there is no format {asked.form[:40]!r}", f"one of: {', '.join(media.names())}")
    return {
        "query": query,
        "default": list(asked.default),
        "named": list(asked.named),
        "rows": rows and (rows.form, rows.media),
        "graph": graph and (graph.form, graph.media),
    }


def _wanted(request: Request, asked: Given, formats: media.Formats) -> media.Format | None:
    return media.named(asked.form, formats) if asked.form else media.chosen(_accept(request), formats)


def _accept(request: Request) -> str:
    """What is accepted; a header that comes in several lines is one list (RFC 9110, 5.3)."""
    return ", ".join(request.headers.getlist("accept"))


def _is_read(request: Request, asked: Given) -> bool:
    """Whether a person has followed a link to an answer: they are led to the page that shows answers."""
    return request.method in ("GET", "HEAD") and not asked.form and media.is_page(_accept(request))


async def _described(request: Request, asked: Given) -> Response:
    """What the service says of itself (https://www.w3.org/TR/sparql11-service-description/)."""
    if _is_read(request, asked):
        return RedirectResponse(f"{_beside(request)}query", 303, _VARY)
    form = _wanted(request, asked, media.GRAPHS)
    if form is None:
        raise Refused(406, "the description of this service is RDF, and no such format is accepted", _SOME)
    public = str(request.app.state.public)
    address = f"{public}{PATH[1:]}" if public else str(request.url.replace(query="", fragment=""))
    args: dict[str, object] = {"address": address, "graph": (form.form, form.media)}
    return await answer(request, "description", args, headers=_VARY)


_SOME = "accept text/turtle, for one"


def _beside(request: Request) -> str:
    """What leads from the endpoint to the pages beside it."""
    return "../" if request.url.path.endswith("/") else ""


async def description(request: Request) -> Response:
    """Where the dataset is described: by the service, in the form that is accepted."""
    return RedirectResponse(f"..{PATH}", 303)


ROUTES: list[BaseRoute] = [Route(PATH, Endpoint), Route(f"{PATH}/", Endpoint), Route(WELL_KNOWN, description)]
