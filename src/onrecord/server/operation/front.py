"""What surrounds every request: who may ask, what every answer says, and what is noticed of both."""

import datetime
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.server import seen as seeing
from onrecord.server.operation import access
from onrecord.server.operation.access import AccessLog
from onrecord.server.operation.doors import Doors
from onrecord.server.operation.tally import Tally
from onrecord.server.reply import problem
from onrecord.server.seen import Seen
from onrecord.server.web import plain
from onrecord.site.servers import SECURITY

_MOST_BODY = 32 << 20
"""Bytes of a body that anybody takes; each address has a limit of its own below this one."""
_LEFT = 499
"""What the log tells of a client who has left before an answer began."""
_SECURITY = {name.lower().encode(): value.encode() for name, value in SECURITY.items()}
_EXPOSED = (b"access-control-expose-headers", b"etag, link, location, retry-after")
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST",
    "access-control-allow-headers": "accept, accept-language, content-type, if-none-match",
    "access-control-max-age": "86400",
}
"""Nothing can be changed here: whatever is asked is only read, by POST as well."""
_Asked = tuple[bytes | None, bytes, bytes, bytes, bool]
"""Host (None: none or several), origin, user agent, length of the body, and whether it asks before it asks (CORS)."""


class Front:
    """An application, with its doors before it. `log` None: nothing is written."""

    def __init__(self, app: ASGIApp, doors: Doors, tally: Tally, log: AccessLog | None = None) -> None:
        self._app, self._doors, self._tally, self._log = app, doors, tally, log
        self._routes: dict[object, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; other messages are the application's."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        seen = seeing.begin(scope)
        asked = _asked(scope)
        readers = self._doors.readers(asked[1]) if _method(scope) != "other" else b""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                message["headers"] = self._with(message.get("headers", ()), readers)
            else:
                seen.size += len(message.get("body", b""))
            await send(message)

        self._tally.active += 1
        try:
            refusal = self._refusal(scope, asked, readers)
            await (self._app if refusal is None else refusal)(scope, receive, told)
        finally:
            self._tally.active -= 1
            self._note(scope, seen, time.perf_counter() - began, asked[2])

    def _refusal(self, scope: Scope, asked: _Asked, readers: bytes) -> Response | None:
        """What is answered here, without the application."""
        host, _, _, length, is_preflight = asked
        if host is None or not self._doors.admits(host):
            hint = f"its address is {self._doors.told()}; other names are answered with kg serve --allowed-host NAME"
            return plain(problem(421 if host else 400, "this server is not called by that name", hint))
        if is_preflight and scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT if readers else None)
        if length and (len(length) > 12 or not length.isdigit() or int(length) > _MOST_BODY):
            return plain(problem(413, f"a request takes no more than {_MOST_BODY >> 20} MiB", "ask in smaller parts"))
        return None

    def _with(self, headers: "list[tuple[bytes, bytes]]", readers: bytes) -> list[tuple[bytes, bytes]]:
        """What every answer says, besides what this one says itself."""
        own = dict(headers)
        told = [*headers, *(_SECURITY.items() if own.keys().isdisjoint(_SECURITY) else _lacking(own))]
        if readers and b"access-control-allow-origin" not in own:
            told += [(b"access-control-allow-origin", readers), _EXPOSED]
        return varied(told, b"Origin") if self._doors.is_closed else told

    def _note(self, scope: Scope, seen: Seen, seconds: float, agent: bytes) -> None:
        seen.status = seen.status or _LEFT
        self._tally.add(self._route(scope), _method(scope), seen.status, seen.size, seconds)
        if self._log is not None:
            self._log.add(access.line(scope, seen, seconds, agent, datetime.datetime.now(datetime.UTC)))

    def _route(self, scope: Scope) -> str:
        """Which part of the server has answered."""
        endpoint = scope.get("endpoint")
        if endpoint is None:
            return "none"
        known = self._routes.get(endpoint)
        if known is None:
            module = str(getattr(endpoint, "__module__", "")).split(".")
            known = self._routes[endpoint] = module[2] if module[:2] == ["onrecord", "server"] else "other"
        return known


def _asked(scope: Scope) -> _Asked:
    hosts: list[bytes] = []
    origin = agent = length = b""
    is_preflight = False
    for name, value in scope["headers"]:
        if name == b"host":
            hosts.append(value)
        elif name == b"origin":
            origin = value
        elif name == b"user-agent":
            agent = value
        elif name == b"content-length":
            length = value
        elif name == b"access-control-request-method":
            is_preflight = True
    return hosts[0] if len(hosts) == 1 else None, origin, agent, length, is_preflight


def _method(scope: Scope) -> str:
    method = str(scope["method"])
    return method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other"


def _lacking(own: Mapping[bytes, bytes]) -> Iterator[tuple[bytes, bytes]]:
    return (pair for pair in _SECURITY.items() if pair[0] not in own)


def varied(headers: list[tuple[bytes, bytes]], by: bytes) -> list[tuple[bytes, bytes]]:
    """Headers that say that the answer depends on one of the request, too (RFC 9110, 12.5.5)."""
    for place, (name, value) in enumerate(headers):
        if name == b"vary":
            headers[place] = (name, _joined(value, by))
            return headers
    return [*headers, (b"vary", by)]


@lru_cache(maxsize=256)
def _joined(said: bytes, by: bytes) -> bytes:
    names = {each.strip().lower() for each in said.split(b",")}
    return said if by.lower() in names or b"*" in names else said + b", " + by
