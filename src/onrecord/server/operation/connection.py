"""A client's connection, ended where the client is too slow, too large, or one too many.

uvicorn ends idle connections between requests; these are those that send a request byte by byte, or never one, or take
nothing of their answer.
"""

import asyncio
from dataclasses import dataclass
from typing import cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from onrecord.server.operation.tally import Tally

_BETWEEN, _HEAD, _BODY = range(3)


@dataclass(frozen=True, slots=True)
class Guard:
    """Seconds for a head, for a body, and that an answer waits for a client who takes nothing of it; bytes of a head;
    connections that get an answer (twice as many are open at the most)."""

    tally: Tally
    head: float = 10.0
    body: float = 60.0
    stall: float = 30.0
    head_bytes: int = 1 << 16
    most: int = 1000


class Configuration(uvicorn.Config):
    """uvicorn's, with a guard."""

    guard: Guard


class Connection(HttpToolsProtocol):
    """A connection of HTTP/1.1."""

    _guard: Guard
    _stage = _BETWEEN
    _awaited: int | None = None
    _head_size = 0
    _timer: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        super().connection_made(cast(asyncio.Transport, transport))
        self._guard = cast(Configuration, self.config).guard
        if len(self.connections) > 2 * self._guard.most:
            self._end()
        else:
            self._wait_for(_HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone, or was sent away."""
        for timer in (self._timer, self._stalled):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what was sent."""
        if self._stage != _BODY:
            self._head_size += len(data)
        super().data_received(data)
        if self._stage == _HEAD and self._head_size > self._guard.head_bytes:
            self._end(431, f"a request's head takes no more than {self._guard.head_bytes >> 10} KiB")
        elif self._stage == _BETWEEN and self.cycle is not None and not self.cycle.response_complete:
            self._wait_for(None)
        else:
            self._wait_for(_BODY if self._stage == _BODY else _HEAD)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._stage = _HEAD
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._stage, self._head_size = _BODY, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """It is whole."""
        self._stage = _BETWEEN
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP."""
        self._guard.tally.turned_away += 1
        super().send_400_response(msg)

    def pause_writing(self) -> None:
        """The client takes nothing."""
        super().pause_writing()
        self._stalled = self.loop.call_later(self._guard.stall, self.transport.abort)

    def resume_writing(self) -> None:
        """It does."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _wait_for(self, what: int | None) -> None:
        """From now on, a head or a body has to come in time. One that is waited for already has no more time now."""
        if what == self._awaited:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._awaited = None, what
        if what is not None:
            seconds = self._guard.head if what == _HEAD else self._guard.body
            self._timer = self.loop.call_later(seconds, self._end, 408, "the request did not come in time")

    def _end(self, status: int = 0, told: str = "") -> None:
        if self.transport.is_closing():
            return
        self._guard.tally.turned_away += 1
        idle = self.cycle is None or self.cycle.response_complete
        if status and idle:
            head = b"content-type: text/plain\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(told)
            self.transport.write(STATUS_LINE[status] + head + told.encode())
        self.transport.close()
