"""A request on its way: the answer as it comes, how long it may still take, and how it ends."""

import asyncio
import signal
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from enum import Enum

from onrecord.server import frames
from onrecord.server.pool.limits import Limits
from onrecord.server.pool.link import Link, decoded_end, decoded_head
from onrecord.server.reply import PROBLEM, problem

_MOST_WAITING = 1 << 22
"""Bytes of an answer that wait for the client: beyond, the worker is not read, and so stops writing."""


class CutShort(Exception):
    """The answer has begun, and will not become whole."""


class State(Enum):
    """Where a request is: in the fast lane, counted as long, stopped in its tracks, or at its end."""

    SHORT = "short"
    LONG = "long"
    PARKED = "parked"
    ENDED = "ended"


class Running:
    """A request that a worker has. `on_turn` is called when it turns out to be long, `on_end` once, at its end."""

    def __init__(
        self,
        link: Link,
        limits: Limits,
        seconds: float,
        on_turn: "Callable[[Running], None]",
        on_end: "Callable[[Running, frames.End | None], None]",
    ) -> None:
        self.link, self.state = link, State.SHORT
        self.killed = ""
        """Why the worker was ended from here; "" where it was not."""
        self._limits, self._allowed = limits, seconds
        self._on_turn, self._on_end = on_turn, on_end
        loop = asyncio.get_running_loop()
        self._loop = loop
        self._head: asyncio.Future[frames.Head] = loop.create_future()
        self._pieces: deque[bytes] = deque()
        self._waiting = 0
        self._more: asyncio.Future[None] | None = None
        self._cut = ""
        self._held = False
        self._spent, self._since = 0.0, time.monotonic()
        self.ended = asyncio.Event()
        self._timer: asyncio.TimerHandle = loop.call_later(min(limits.turns, seconds), self._turned)
        link.on_frame, link.on_gone = self._on_frame, self._on_gone

    # ── What comes back ───────────────────────────────────────────────────────────────────────────────────────────

    async def head(self) -> frames.Head:
        """What the answer begins with, once it does."""
        return await self._head

    def whole(self) -> bytes | None:
        """The body, where all of it is there."""
        return b"".join(self._pieces) if self.state is State.ENDED and not self._cut else None

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body in pieces. Raises CutShort where it does not become whole."""
        while True:
            while self._pieces:
                piece = self._pieces.popleft()
                self._waiting -= len(piece)
                if self._held and self._waiting < _MOST_WAITING // 2:
                    self._take_up()
                yield piece
            if self.state is State.ENDED:
                if self._cut:
                    raise CutShort(self._cut)
                return
            self._more = self._loop.create_future()
            await self._more

    def cancel(self) -> None:
        """Nobody wants the answer any more: the worker is ended."""
        if self.state is not State.ENDED:
            self._kill("nobody waits for the answer any more")

    # ── Lanes ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def lengthen(self) -> None:
        """It counts as long from now on, and others go first."""
        self.state = State.LONG
        if not self.link.niced:
            self.link.lower()
        self.carry_on()

    def carry_on(self) -> None:
        """It runs until its time is over."""
        self._since = time.monotonic()
        self._timer.cancel()
        self._timer = self._loop.call_later(max(0.0, self._allowed - self._spent), self._expired)

    def park(self) -> None:
        """It is stopped in its tracks until there is room."""
        self.state = State.PARKED
        self._stand_still()
        self.link.lower()
        self.link.signal(signal.SIGSTOP)
        self._timer = self._loop.call_later(self._limits.patience, self._kill, "the server is busy with long requests")

    def unpark(self) -> None:
        """It goes on."""
        self._timer.cancel()
        self.link.signal(signal.SIGCONT)
        self.lengthen()

    def refuse(self) -> None:
        """There is no room for another long request."""
        self._kill("the server is busy with long requests")

    def _turned(self) -> None:
        if self._spent_now() >= self._allowed:
            self._expired()
        else:
            self._on_turn(self)

    def _stand_still(self) -> None:
        self._spent = self._spent_now()
        self._since = float("inf")
        self._timer.cancel()

    def _spent_now(self) -> float:
        return self._spent + max(0.0, time.monotonic() - self._since)

    def _expired(self) -> None:
        self._kill(f"it took longer than the {self._allowed:g} seconds that a request may take here")

    # ── A client who is slow to read ──────────────────────────────────────────────────────────────────────────────

    def _hold(self) -> None:
        self._held = True
        self.link.hold()
        self._stand_still()
        self._timer = self._loop.call_later(self._limits.stall, self._kill, "the client took nothing of it any more")

    def _take_up(self) -> None:
        self._held = False
        self.link.go_on()
        if self.state is State.SHORT:  # whoever needs several of these is long
            self._timer.cancel()
            self._since = time.monotonic()
            self._on_turn(self)
        elif self.state is State.LONG:
            self.carry_on()

    # ── From the worker ───────────────────────────────────────────────────────────────────────────────────────────

    def _on_frame(self, kind: bytes, content: bytes) -> None:
        if self.state is State.ENDED:
            return
        if kind == frames.BODY:
            self._pieces.append(content)
            self._waiting += len(content)
            if self._waiting > _MOST_WAITING and not self._held and self.state is not State.PARKED:
                self._hold()
            self._wake()
        elif kind == frames.HEAD:
            self._head.set_result(decoded_head(content))
        else:
            end = decoded_end(content)
            if end.how != "whole" and self._pieces_begun():
                self._cut = end.message or "it is not whole"
            self._end(end)

    def _pieces_begun(self) -> bool:
        return self._head.done() and self._head.result().status == 200

    def _on_gone(self) -> None:
        if self.state is State.ENDED:
            return
        code = self.link.gone.result()
        if self.killed:
            told, hint, status = self.killed, "ask for less, or later", 503
        elif code == -signal.SIGPROF:
            told, hint, status = "it took too long", "ask for less", 503
        else:
            told = "the request ended the engine: it is nested too deep, or needs more memory than it may have"
            hint, status = "ask in a flatter way, or for less at a time", 400
        if self._head.done():
            self._cut = told
        else:
            self._refuse(status, f"There is no answer: {told}", hint)
        self._end(None)

    def _refuse(self, status: int, message: str, hint: str) -> None:
        reply = problem(status, message, hint)
        assert isinstance(reply.body, bytes)
        self._pieces.append(reply.body)
        self._waiting += len(reply.body)
        later = {"retry-after": str(max(1, round(self._limits.patience)))} if status == 503 else {}
        self._head.set_result(frames.Head(status, PROBLEM, later))

    def _end(self, how: frames.End | None) -> None:
        self.state = State.ENDED
        self._timer.cancel()
        self.link.on_frame = self.link.on_gone = None
        if how is not None:
            self.link.peak = how.peak
            if self._held:
                self.link.go_on()
        self._wake()
        self.ended.set()
        self._on_end(self, how)

    def _wake(self) -> None:
        if self._more is not None and not self._more.done():
            self._more.set_result(None)
            self._more = None

    def _kill(self, why: str) -> None:
        self._timer.cancel()
        self.killed = why
        self.link.kill()

    @property
    def is_cut(self) -> bool:
        """Whether it has begun and is not whole."""
        return bool(self._cut)
