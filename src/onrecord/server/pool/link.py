"""A worker process, as the server sees it: what it is asked, what comes back, and its end."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import cast

import msgspec

from onrecord.server import frames
from onrecord.server.pool.birth import Process, Source
from onrecord.server.pool.limits import Limits

_NICE = 10
_FAREWELL = 2.0
"""Seconds."""
_CPUCLOCK_SCHED = 2
"""Of clock ids that name a process (linux/posix-timers.h)."""


class Link(asyncio.Protocol):
    """One worker. `on_frame` and `on_gone` are called for what comes of it, and when it has ended."""

    def __init__(self) -> None:
        self.answered = 0
        self.peak = 0
        self.niced = False
        self.gone: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.on_frame: Callable[[bytes, bytes], None] | None = None
        self.on_gone: Callable[[], None] | None = None
        self._process: Process | None = None
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def start(cls, source: Source) -> "Link":
        """Start a worker. Raises OSError where there is no room for one."""
        ours, theirs = socket.socketpair()
        with theirs:
            ours.setblocking(False)
            _, link = await asyncio.get_running_loop().create_unix_connection(cls, sock=ours)
            try:
                process = link._process = await source.fork(theirs)
            except BaseException:
                link._close()
                raise
        process.ended.add_done_callback(link._ended)
        return link

    @property
    def process(self) -> Process:
        """Its process."""
        assert self._process is not None
        return self._process

    @property
    def is_alive(self) -> bool:
        """Whether the worker has not ended."""
        return not self.gone.done()

    def ask(self, request: frames.Request) -> None:
        """Send a request; the worker must be idle."""
        assert self._transport is not None
        self.answered += 1
        self._transport.write(frames.frame(frames.REQUEST, frames.packed(request)))

    def hold(self) -> None:
        """Read nothing more of it for now."""
        if self._transport is not None and self.is_alive:
            self._transport.pause_reading()

    def go_on(self) -> None:
        """Read on."""
        if self._transport is not None and self.is_alive:
            self._transport.resume_reading()

    def busy(self) -> float:
        """The seconds of processor time that it has used; those of the clock, where that is not to be had."""
        if not sys.platform.startswith("linux"):
            return time.monotonic()
        with contextlib.suppress(OSError):
            return time.clock_gettime(~self.process.pid << 3 | _CPUCLOCK_SCHED)
        return 0.0

    def lower(self) -> None:
        """Let others go first. There is no way back: whoever lowers a worker does not use it again."""
        if self.niced:
            return
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, _NICE)
        self.niced = True

    def signal(self, number: signal.Signals) -> None:
        """Stop it in its tracks (SIGSTOP), let it go on (SIGCONT), or end it (SIGKILL)."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """End it, whatever it does."""
        self.signal(signal.SIGKILL)
        self._close()

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    # ── asyncio.Protocol ──────────────────────────────────────────────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The link is there."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by its class

    def data_received(self, data: bytes) -> None:
        """Take frames apart."""
        self._buffer += data
        start, size = 0, frames.HEADER.size
        while len(self._buffer) - start >= size:
            kind, length = frames.HEADER.unpack_from(self._buffer, start)
            if len(self._buffer) - start - size < length:
                break
            content = bytes(self._buffer[start + size : start + size + length])
            start += size + length
            if self.on_frame is not None:
                self.on_frame(kind, content)
        del self._buffer[:start]

    def connection_lost(self, exc: Exception | None) -> None:
        """The worker has ended, or is about to: it may have something to say of that yet."""
        if self._process is not None:
            asyncio.get_running_loop().call_later(_FAREWELL, self._process.send_signal, signal.SIGKILL)

    def _ended(self, code: "asyncio.Future[int]") -> None:
        self._close()
        self.gone.set_result(code.result())
        if self.on_gone is not None:
            self.on_gone()


class Opening:
    """A worker's first request: to open the store, before it is given to anybody. `done` tells how that ended."""

    def __init__(self, link: Link, limits: Limits) -> None:
        self.done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._link = link
        link.on_frame, link.on_gone = self._on_frame, lambda: self._end("gone")
        if link.is_alive:
            link.ask(frames.Request("ready", {}, limits.seconds, 1 << 16, 1))
        else:
            self._end("gone")

    def _on_frame(self, kind: bytes, content: bytes) -> None:
        if kind == frames.END:
            self._end(decoded_end(content).how)

    def _end(self, how: str) -> None:
        self._link.on_frame = self._link.on_gone = None
        if not self.done.done():
            self.done.set_result(how)


def decoded_head(content: bytes) -> frames.Head:
    """The head of an answer."""
    return msgspec.msgpack.decode(content, type=frames.Head)


def decoded_end(content: bytes) -> frames.End:
    """How an answer ended."""
    return msgspec.msgpack.decode(content, type=frames.End)
