"""Answers to requests that were just the same: given again before anything of the request is read.

A cache of whole messages, in front of the routes. What a route would have to take apart – the address, what is
accepted, the arguments – is compared as it came. Only answers that name their state by a weak tag are kept, which are
those of jobs (`onrecord.server.web`), and with the release: another one has other keys.
"""

from collections import OrderedDict
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.server import seen as seeing
from onrecord.server.holding import Holding

_TELLING = (b"accept", b"accept-encoding", b"host")
"""Headers that an answer may depend on."""
_ASKING = frozenset({b"if-none-match", b"range", b"origin", b"cache-control", b"cookie", b"authorization"})
"""Headers of requests that are read by the routes, all of them."""
_MOST, _EACH = 32 << 20, 1 << 16
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Whole:
    """An answer, and what was noticed of it."""

    start: Message
    body: Message
    job: str
    query: str
    endpoint: object

    @property
    def size(self) -> int:
        return len(self.body["body"]) + len(self.query) + 1000


class Remembered:
    """An application whose answers are given again."""

    def __init__(self, app: ASGIApp, holding: Holding) -> None:
        self._app, self._holding = app, holding
        self._held: OrderedDict[Key, _Whole] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; other messages are the application's."""
        key = self._key(scope) if scope["type"] == "http" else None
        if key is None:
            await self._app(scope, receive, send)
            return
        whole = self._held.get(key)
        if whole is None:
            told: list[Message] = []

            async def listen(message: Message) -> None:
                if len(told) < 3:  # an answer in more pieces is not kept
                    kept = {**message, "headers": list(message["headers"])} if "headers" in message else message
                    told.append(kept)
                await send(message)

            await self._app(scope, receive, listen)
            self._keep(key, told, scope)
            return
        self._held.move_to_end(key)
        self._holding.cache.hits += 1
        seen = seeing.of(scope)
        seen.job, seen.query, seen.is_cached = whole.job, whole.query, True
        scope["endpoint"] = whole.endpoint
        await send({**whole.start, "headers": list(whole.start["headers"])})
        await send(whole.body)

    def _key(self, scope: Scope) -> Key | None:
        """What tells a request from others; None for one that the routes have to read."""
        if scope["method"] != "GET":
            return None
        given: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name in _ASKING or (name in _TELLING and name in given):
                return None
            if name in _TELLING:
                given[name] = value
        return self._holding.digest, scope["path"], scope["query_string"], *map(given.get, _TELLING)

    def _keep(self, key: Key, told: list[Message], scope: Scope) -> None:
        if len(told) != 2 or told[0].get("status") != 200 or told[1].get("more_body") or key in self._held:
            return
        headers = dict(told[0]["headers"])
        if not headers.get(b"etag", b"").startswith(b"W/") or len(told[1].get("body", b"")) > _EACH:
            return
        seen = seeing.of(scope)
        whole = _Whole(told[0], told[1], seen.job, seen.query, scope.get("endpoint"))
        if not seen.job or key[0] != self._holding.digest:
            return
        self._held[key] = whole
        self._size += whole.size
        while self._size > _MOST:
            self._size -= self._held.popitem(last=False)[1].size
