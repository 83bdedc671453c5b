"""The addresses of the service. What is asked is looked at by a worker; here it is handed on as it came."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.server.body import TooMuch, read
from onrecord.server.reconciliation.manifest import PATH
from onrecord.server.reply import problem
from onrecord.server.web import answer, plain

_FORM = "application/x-www-form-urlencoded"
_MOST = 1 << 21
"""Bytes of a form: more than the largest batch takes that the manifest allows."""


async def service(request: Request) -> Response:
    """The endpoint (3.1, 4.3, 7.3)."""
    if request.method == "POST":
        kind = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
        if kind != _FORM:
            return plain(problem(415, f"a batch cannot be sent as {kind[:80]}", f"send it as {_FORM}"))
        try:
            body = await read(request, _MOST)
        except TooMuch as error:
            return plain(problem(413, str(error), "send smaller batches"))
        return await answer(request, "reconcile", {**_args(request), "body": body}, fresh=True)
    return await answer(request, "reconcile", _args(request))


def _asking(job: str, **more: object) -> Callable[[Request], Awaitable[Response]]:
    async def asked(request: Request) -> Response:
        return await answer(request, job, {**_args(request), **more})

    return asked


def _args(request: Request) -> dict[str, object]:
    query = request.scope["query_string"].decode("utf-8", "replace")
    origin = request.app.state.public or str(request.base_url)
    return {"query": query, "origin": origin.rstrip("/")}


ROUTES: list[BaseRoute] = [
    Route(PATH, service, methods=["GET", "HEAD", "POST"]),
    *(
        Route(f"{PATH}/suggest/{what}", _asking("reconcile-suggest", what=what), methods=["GET", "HEAD"])
        for what in ("entity", "type", "property")
    ),
    Route(f"{PATH}/properties", _asking("reconcile-properties"), methods=["GET", "HEAD"]),
    Route(f"{PATH}/preview", _asking("reconcile-preview"), methods=["GET", "HEAD"]),
    Route(f"{PATH}/view", _asking("reconcile-view"), methods=["GET", "HEAD"]),
    Route(f"{PATH}/about", _asking("reconcile-about"), methods=["GET", "HEAD"]),
]
