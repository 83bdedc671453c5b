"""All routes and what surrounds them, as one ASGI application."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from onrecord.server.editor import routes as editor
from onrecord.server.holding import Holding
from onrecord.server.reply import problem
from onrecord.server.sparql import routes as sparql
from onrecord.server.web import plain

_TOLD = {404: "there is nothing at this address", 405: "this address does not take this method"}


def application(holding: Holding, *, patience: float = 10.0) -> Starlette:
    """The application that serves what `holding` holds. At its end, answers on their way have `patience` seconds."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.holding = holding
        await holding.take_up()
        try:
            yield
        finally:
            await holding.close(patience)

    return Starlette(
        routes=[*sparql.ROUTES, *editor.ROUTES],
        lifespan=lifespan,
        exception_handlers={HTTPException: _refused, ClientDisconnect: _left},
    )


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers: Mapping[str, str] = error.headers or {}
    return plain(problem(error.status_code, _TOLD.get(error.status_code, error.detail)), headers)


async def _left(request: Request, error: Exception) -> Response:
    """The client has left: nobody reads this."""
    return Response(status_code=499)
