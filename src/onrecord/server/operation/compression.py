"""Answers as gzip for those who take it. What is streamed stays streamed; large pieces are compressed aside."""

import asyncio
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.server.operation.front import varied

_LEAST = 1024
"""Bytes of a body that is worth it."""
_LEVEL = 4
_ASIDE = 1 << 14
"""Bytes of a piece that are compressed in a thread: the server goes on meanwhile."""
_GZIP = 16 + zlib.MAX_WBITS
_TEXT = re.compile(
    rb"text/(?!event-stream)|application/([\w.-]+\+)?(json|xml|ld\+json|n-triples|n-quads|trig|javascript)\b"
    rb"|application/(sparql-|x-trig|x-turtle|x-ndjson|manifest)|image/svg\+xml|[\w.-]+/[\w.-]+\+(json|xml)\b"
)
Headers = list[tuple[bytes, bytes]]


class Compressed:
    """An application whose answers are compressed where that is worth it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; other messages are the application's."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = b", ".join(value for name, value in scope["headers"] if name == b"accept-encoding")
        takes = bool(given) and scope["method"] != "HEAD" and takes_gzip(given)
        await self._app(scope, receive, _Sender(send, takes).send)


class _Sender:
    """Sends an answer, compressed or not: what its head says and its first piece decide."""

    def __init__(self, send: Send, takes: bool) -> None:
        self._send, self._takes = send, takes
        self._head: Message | None = None
        self._packer: zlib._Compress | None = None

    async def send(self, message: Message) -> None:
        """Take a message of the application."""
        if message["type"] == "http.response.start":
            headers = message["headers"] = list(message.get("headers", ()))
            if not is_worth(message["status"], headers):
                await self._send(message)
                self._takes = False
                return
            message["headers"] = varied(headers, b"Accept-Encoding")
            self._head = message
            return
        if self._head is not None:
            head, self._head = self._head, None
            await self._begin(head, message)
        if self._packer is not None and message["type"] == "http.response.body":
            message = await self._packed(self._packer, message)
        await self._send(message)

    async def _begin(self, head: Message, first: Message) -> None:
        large = first.get("more_body", False) or len(first.get("body", b"")) >= _LEAST
        if self._takes and large and first["type"] == "http.response.body":
            self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
            head["headers"] = _repacked(head["headers"])
        await self._send(head)

    async def _packed(self, packer: "zlib._Compress", message: Message) -> Message:
        body, more = message.get("body", b""), message.get("more_body", False)

        def work() -> bytes:
            return packer.compress(body) + packer.flush(zlib.Z_SYNC_FLUSH if more else zlib.Z_FINISH)

        packed = await asyncio.to_thread(work) if len(body) >= _ASIDE else work()
        return {**message, "body": packed}


def is_worth(status: int, headers: Sequence[tuple[bytes, bytes]]) -> bool:
    """Whether a body may be compressed: a whole text that is not compressed yet."""
    if status < 200 or status in (204, 206, 304):
        return False
    told = dict(headers)
    return b"content-encoding" not in told and _is_text(told.get(b"content-type", b""))


@lru_cache(maxsize=256)
def _is_text(media: bytes) -> bool:
    return bool(_TEXT.match(media))


def _repacked(headers: Headers) -> Headers:
    """The headers of a body that is compressed. It is not the one that a strong tag was for (RFC 9110, 8.8.3)."""
    told = [(name, value) for name, value in headers if name not in (b"content-length", b"accept-ranges")]
    told = [(n, b"W/" + v) if n == b"etag" and not v.startswith(b"W/") else (n, v) for n, v in told]
    return [*told, (b"content-encoding", b"gzip")]


@lru_cache(maxsize=256)
def takes_gzip(given: bytes) -> bool:
    """Whether `Accept-Encoding` takes gzip (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in given.decode("latin-1").lower().split(","):
        name, _, more = part.partition(";")
        found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", more)
        weights[name.strip()] = float(found[1]) if found else 0.0 if more.strip() else 1.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0
