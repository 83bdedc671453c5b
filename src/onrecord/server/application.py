"""All routes and what surrounds them, as one ASGI application."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from onrecord.server.asking import routes as asking
from onrecord.server.editor import routes as editor
from onrecord.server.holding import Holding
from onrecord.server.operation import routes as operation
from onrecord.server.operation.access import AccessLog
from onrecord.server.operation.compression import Compressed
from onrecord.server.operation.doors import Doors
from onrecord.server.operation.following import Following
from onrecord.server.operation.front import Front
from onrecord.server.operation.health import Health
from onrecord.server.operation.remembered import Remembered
from onrecord.server.operation.tally import Tally
from onrecord.server.pages import routes as pages
from onrecord.server.pages.preparing import Preparation
from onrecord.server.reconciliation import routes as reconciliation
from onrecord.server.reply import problem
from onrecord.server.sparql import routes as sparql
from onrecord.server.web import plain

_ROUTES: tuple[BaseRoute, ...] = (
    *sparql.ROUTES,
    *operation.ROUTES,
    *asking.ROUTES,  # before the pages: it takes those of /status who welcome JSON most
    *pages.ROUTES,
    *reconciliation.ROUTES,
    *editor.ROUTES,
    *pages.LAST,
)
_TOLD = {404: "there is nothing at this address", 405: "this address does not take this method"}


def application(
    holding: Holding,
    *,
    patience: float = 10.0,
    doors: Doors | None = None,
    tally: Tally | None = None,
    log: AccessLog | None = None,
    following: Following | None = None,
    watching: bool = False,
) -> ASGIApp:
    """The application that serves what `holding` holds, and takes up what is published later where it is `following`.

    `doors` are whom it answers, anybody by default; `tally` is what counts; `log` what writes requests down;
    `watching`: its pages show another release by themselves. At its end, answers on their way have `patience` seconds.
    """
    counted = Tally() if tally is None else tally
    entrance = Doors() if doors is None else doors

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.holding, app.state.tally, app.state.health = holding, counted, Health()
        app.state.public = entrance.public
        await holding.take_up()
        app.state.preparation = Preparation(holding, watching=watching)
        if following is not None:
            following.start()
        try:
            async with app.state.preparation.running():
                yield
        finally:
            if following is not None:
                await following.stop()
            await holding.close(patience)
            if log is not None:
                log.flush()

    app = Starlette(
        routes=_ROUTES,
        lifespan=lifespan,
        exception_handlers={HTTPException: _refused, ClientDisconnect: _left, 500: _failed},
    )
    return Front(Remembered(Compressed(app), holding), entrance, counted, log)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers: Mapping[str, str] = error.headers or {}
    return plain(problem(error.status_code, _TOLD.get(error.status_code, error.detail)), headers)


async def _failed(request: Request, error: Exception) -> Response:
    """A mistake of ours: the operator's log has the rest."""
    return plain(problem(500, "this server has made a mistake", "tell whoever runs it; their log says more"))


async def _left(request: Request, error: Exception) -> Response:
    """The client has left: nobody reads this."""
    return Response(status_code=499)
