"""A request → its response: from the cache, unchanged (304), or from a worker as it comes."""

import asyncio
import hashlib
from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from onrecord.server import seen as seeing
from onrecord.server.caching import Cache, Kept
from onrecord.server.holding import Holding
from onrecord.server.pool import Busy, CutShort, Running
from onrecord.server.reply import Reply, problem

_WATCH = 0.1
"""Seconds after which somebody looks whether the client is still there."""
_CACHING = "no-cache"
"""Whoever keeps an answer asks whether it still holds: that costs nothing, and a new release shows at once."""


async def answer(
    request: Request,
    job: str,
    args: dict[str, object],
    *,
    headers: Mapping[str, str] | None = None,
    fresh: bool = False,
    seconds: float | None = None,
) -> Response:
    """The response to a request that a job answers.

    `headers` are added to the answer. `fresh`: it is neither kept nor compared with what the client has, for requests
    that nobody makes twice. `seconds`: what it may take, where that is not what any request may. Raises no error: a
    server that is busy says so with 503 and Retry-After.
    """
    holding: Holding = request.app.state.holding
    release = holding.current
    seen = seeing.of(request.scope)
    seen.job = job
    if job == "query":
        seen.query = str(args["query"])
    tag = b"" if fresh else _tag(release.digest, job, args)
    if tag and _has(request, tag):
        return Response(status_code=304, headers={"etag": tag.decode(), "cache-control": _CACHING, **(headers or {})})
    if tag and (kept := holding.cache.get(tag)) is not None:
        seen.is_cached = True
        return _Ready(kept)
    try:
        running = release.pool.begin(job, args, seconds)
    except Busy as busy:
        return busy_response(f"The server is busy: {busy}", holding)
    return _Answer(request, running, holding.cache, tag, dict(headers or {}))


def plain(reply: Reply, headers: Mapping[str, str] | None = None) -> Response:
    """The response to a request that needs no worker."""
    assert isinstance(reply.body, bytes)
    return Response(reply.body, reply.status, {**reply.headers, **(headers or {})}, reply.media)


def busy_response(message: str, holding: Holding) -> Response:
    """503 with Retry-After."""
    later = str(max(1, round(holding.limits.patience)))
    return plain(problem(503, message, f"try again in {later} seconds"), {"retry-after": later})


def _tag(digest: str, job: str, args: dict[str, object]) -> bytes:
    told = msgspec.msgpack.encode((digest, job, args))
    return b'W/"%s"' % hashlib.sha256(told).hexdigest()[:32].encode()


def _has(request: Request, tag: bytes) -> bool:
    """Whether the client has just this (RFC 9110, 13.1.2); only what is read can be unchanged."""
    given = request.headers.get("if-none-match", "")
    if not given or request.method not in ("GET", "HEAD"):
        return False
    bare = tag.decode().removeprefix("W/")
    return given.strip() == "*" or any(each.strip().removeprefix("W/") == bare for each in given.split(","))


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _Ready(Response):
    """A kept answer."""

    def __init__(self, kept: Kept) -> None:
        self.body, self.status_code, self.background = kept.body, kept.status, None
        self.raw_headers = list(kept.headers)


class _Answer(Response):
    """An answer on its way from a worker. The worker is free again when it is whole, or when the client leaves."""

    def __init__(self, request: Request, running: Running, cache: Cache, tag: bytes, headers: dict[str, str]) -> None:
        self._running, self._cache, self._tag, self._told = running, cache, tag, headers
        self._seen = seeing.of(request.scope)
        self._head_only = request.method == "HEAD"
        self.background = None
        self.status_code = 200
        self.raw_headers = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        watching: list[asyncio.Task[None]] = []

        async def watch() -> None:
            await _left(receive)
            self._running.cancel()

        timer = asyncio.get_running_loop().call_later(_WATCH, lambda: watching.append(asyncio.ensure_future(watch())))
        try:
            await self._send(send)
        finally:
            timer.cancel()
            for task in watching:
                task.cancel()
            self._running.cancel()

    async def _send(self, send: Send) -> None:
        head = await self._running.head()
        self.status_code = head.status
        self._told |= {"content-type": head.media, **head.headers}
        if self._tag and head.status < 400:
            self._told |= {"etag": self._tag.decode(), "cache-control": _CACHING}
        elif "cache-control" not in self._told:
            self._told["cache-control"] = "no-store"
        whole = self._running.whole()
        if whole is not None:
            self._told["content-length"] = str(len(whole))
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self._told.items()]
        if whole is not None and self._tag and head.status == 200:
            self._cache.put(self._tag, Kept(head.status, tuple(raw), whole))
        await send({"type": "http.response.start", "status": head.status, "headers": raw})
        if self._head_only:
            await send({"type": "http.response.body", "body": b""})
        elif whole is not None:
            await send({"type": "http.response.body", "body": whole})
        else:
            await self._stream(send)

    async def _stream(self, send: Send) -> None:
        """Piece by piece. What is cut short ends without an end: no client takes it for whole."""
        try:
            async for piece in self._running.chunks():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        except CutShort:
            self._seen.is_cut = True
            return
        await send({"type": "http.response.body", "body": b""})
