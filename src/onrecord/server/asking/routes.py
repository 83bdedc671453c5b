"""Addresses of named questions, statuses and screening → jobs with their arguments."""

from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from onrecord.server.asking import media
from onrecord.server.body import TooMuch, read
from onrecord.server.reply import Reply, problem
from onrecord.server.sparql.media import Format, chosen
from onrecord.server.web import answer, plain

_VARY: Final = {"vary": "Accept"}
_LONGEST: Final = 16_384
"""Bytes of an address's parameters."""
_SECONDS: Final = 60.0
"""That screening may take."""


def _formats(types: dict[str, str]) -> tuple[Format, ...]:
    return tuple(Format(kind.partition(";")[0], form, kind, form) for form, kind in types.items())


_PAGE: Final = Format("text/html", "html", "text/html; charset=utf-8", "html")
_ANSWERS: Final = (*_formats(media.ANSWERS), _PAGE)
_LIST: Final = (Format("application/json", "json", "application/json", "json"), _PAGE)
_SCREENED: Final = _formats(media.SCREENED)


class Refused(Exception):
    """A request that is not understood; `reply` says why."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


async def questions(request: Request) -> Response:
    """The list of questions, as JSON or as a page."""
    try:
        form = _form(request, _LIST)
        _known(_pairs(request), ())
    except Refused as refused:
        return plain(refused.reply, _VARY)
    return await answer(request, "questions", _listing(request, form), headers=_VARY)


async def question(request: Request) -> Response:
    """The answer to one question. The form is that of the ending, else the one that is accepted."""
    name, dot, ending = str(request.path_params["name"]).rpartition(".")
    try:
        if not dot:
            name, form = ending, _form(request, _ANSWERS)
        elif ending in {each.ending for each in _ANSWERS}:
            form = ending
        else:
            told = ", ".join(each.ending for each in _ANSWERS)
            raise Refused(problem(404, f"there is no form {ending[:40]!r} of answers", f"one of: {told}"))
        given = _pairs(request)
    except Refused as refused:
        return plain(refused.reply, _VARY)
    return await answer(request, "ask", {"name": name, "given": given, "form": form}, headers=_VARY)


async def status(request: Request) -> Response:
    """Somebody's status as JSON."""
    try:
        pairs = _pairs(request)
        if entity := str(request.path_params.get("entity", "")):
            pairs.append(("entity", entity))
        args = _known(pairs, ("entity", "in", "on"))
        _form(request, _LIST[:1])
        if not args["entity"].strip():
            raise Refused(problem(400, "a status needs somebody", "write ?entity=…&in=…&on=…"))
    except Refused as refused:
        return plain(refused.reply, _VARY)
    return await answer(request, "status", dict(args), headers=_VARY)


class ForPrograms(Route):
    """A route for those who welcome JSON most; for people another part of the server has a page at the same address."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is for this route."""
        found = chosen(Headers(scope=scope).get("accept", ""), _LIST) if scope["type"] == "http" else None
        return (Match.NONE, {}) if found is _PAGE else super().matches(scope)


async def screen(request: Request) -> Response:
    """The status of each of the names in the body."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        args = _known(_pairs(request), ("in", "on"))
        form = _form(request, _SCREENED)
        if kind not in media.NAMES or request.headers.get("content-encoding", "identity") != "identity":
            told = f"send them as {', '.join(media.NAMES)}, and not compressed"
            raise Refused(problem(415, f"names cannot be read from {kind[:80] or 'a body of no type'}", told))
        body = await read(request, media.MOST_BYTES)
    except TooMuch as error:
        return plain(problem(413, str(error), "send the names in parts"), _VARY)
    except Refused as refused:
        return plain(refused.reply, _VARY)
    sent: dict[str, object] = {**args, "body": body, "media": kind, "form": form}
    return await answer(request, "screen", sent, headers=_VARY, fresh=True, seconds=_SECONDS)


async def unposted(request: Request) -> Response:
    """Whoever opens the address of screening is told how to use it."""
    return plain(problem(405, "a list of names is posted here", "see /api#screen"), {"allow": "POST"})


async def openapi(request: Request) -> Response:
    """The OpenAPI document."""
    return await answer(request, "openapi", {})


async def api(request: Request) -> Response:
    """The page that shows what can be asked."""
    return await answer(request, "questions", _listing(request, "html"))


def _listing(request: Request, form: str) -> dict[str, object]:
    public: str = request.app.state.public
    return {"form": form, "address": (public or str(request.base_url)) if form == "html" else ""}


def _pairs(request: Request) -> list[tuple[str, str]]:
    """The parameters of the address. Raises Refused for what is too long, or no UTF-8."""
    raw: bytes = request.scope["query_string"]
    if len(raw) > _LONGEST:
        raise Refused(problem(414, f"the parameters have more than {_LONGEST:,} bytes"))
    try:
        return parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError as error:
        raise Refused(problem(400, "the parameters are no UTF-8")) from error
    except ValueError as error:
        raise Refused(problem(400, "there are more than 100 parameters")) from error


def _known(pairs: list[tuple[str, str]], known: tuple[str, ...]) -> dict[str, str]:
    """The values of these parameters, "" for one that is not given. Raises Refused for others: a slip of the pen in
    one would be an answer to another question."""
    told = f"its parameters: {', '.join(known)}" if known else "it has none"
    found = dict.fromkeys(known, "")
    seen = set()
    for name, value in pairs:
        if name not in found:
            raise Refused(problem(400, f"there is no parameter {name[:40]!r} here", told))
        if name in seen:
            raise Refused(problem(400, f"{name} is given twice", "give each parameter once"))
        seen.add(name)
        found[name] = value
    return found


def _form(request: Request, formats: tuple[Format, ...]) -> str:
    """The form that the client welcomes most. Raises Refused where it takes none."""
    found = chosen(request.headers.get("accept", ""), formats)
    if found is None:
        told = ", ".join(each.accepted for each in formats)
        raise Refused(problem(406, "Accept names no media type that this is given in", f"one of: {told}"))
    return found.form


ROUTES: Final[list[BaseRoute]] = [
    Route("/ask", questions),
    Route("/ask/{name}", question),
    ForPrograms("/status", status),
    Route("/status/{entity:path}", status),
    Route("/screen", screen, methods=["POST"]),
    Route("/screen", unposted, methods=["GET"]),
    Route("/openapi.json", openapi),
    Route("/api", api),
]
