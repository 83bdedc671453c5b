"""What operators ask: `/health` for those who start it again, `/metrics` for those who draw it."""

import os
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord import __version__
from onrecord.server.holding import Holding
from onrecord.server.operation.health import Health, memory
from onrecord.server.operation.tally import MEDIA, Tally, family, single
from onrecord.server.web import plain

_NO_STORE = {"cache-control": "no-store"}


async def health(request: Request) -> Response:
    """Whether it answers, and what it serves."""
    state = request.app.state
    looking: Health = state.health
    return plain(await looking.reply(state.holding))


async def metrics(request: Request) -> Response:
    """Figures, as Prometheus reads them."""
    state = request.app.state
    tally: Tally = state.tally
    text = "".join([*tally.families(), *_of_workers(state.holding), *_of_server(state.holding, state.health)])
    return Response(text, media_type=MEDIA, headers=_NO_STORE)


def _of_workers(holding: Holding) -> Iterator[str]:
    census, counts = holding.current.pool.census, holding.counts
    states = [("", {"state": state}, count) for state, count in census.items() if state != "waiting"]
    yield family("workers", "gauge", "Processes that answer requests.", states)
    yield single("requests_waiting", "gauge", "Requests that wait for a worker.", census["waiting"])
    for name, told in (
        ("started", "Workers started."),
        ("killed", "Workers ended because of time, or because nobody wanted the answer."),
        ("died", "Workers that ended by themselves."),
    ):
        yield single(f"workers_{name}_total", "counter", told, getattr(counts, name))
    for name, told in (
        ("refused", "Requests that no worker was free for."),
        ("parked", "Requests that waited in the middle for other long ones."),
        ("cut", "Answers that ended before their end."),
    ):
        yield single(f"requests_{name}_total", "counter", told, getattr(counts, name))
    yield single("cache_hits_total", "counter", "Answers that were kept.", holding.cache.hits)
    yield single(
        "cache_misses_total", "counter", "Answers that might have been kept, and were not.", holding.cache.misses
    )


def _of_server(holding: Holding, looking: Health) -> Iterator[str]:
    own, others = memory([os.getpid()]), memory(holding.current.pool.processes())
    kinds = [("", {"process": "server"}, own), ("", {"process": "workers"}, others)]
    yield family("memory_bytes", "gauge", "Memory that is held; what workers share is counted for each.", kinds)
    yield single("uptime_seconds", "gauge", "Seconds since the start.", round(looking.uptime, 3))
    info = looking.release(holding.current) | {"version": __version__}
    yield family("release_info", "gauge", "What is served.", [("", info, 1)])


ROUTES: list[BaseRoute] = [
    Route("/health", health, methods=["GET", "HEAD"]),
    Route("/metrics", metrics, methods=["GET", "HEAD"]),
]
