"""A request on its way: the answer as it comes, how long it may still take, and how it ends."""

import asyncio
import signal
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from enum import Enum
from typing import Protocol

from onrecord.server import frames
from onrecord.server.pool.limits import Limits
from onrecord.server.pool.link import Link, decoded_end, decoded_head
from onrecord.server.reply import PROBLEM, problem

_MOST_WAITING = 1 << 22
"""Bytes of an answer that wait for the client: beyond, the worker is not read, and so stops writing."""

FOREIGN = "query"
"""The job that does what others have written."""
_BUSY = "the server is busy with long requests"


class CutShort(Exception):
    """The answer has begun, and will not become whole."""


class State(Enum):
    """Where a request is: waiting for a worker, in the fast lane, counted as long, stopped in its tracks, or at its
    end."""

    QUEUED = "queued"
    SHORT = "short"
    LONG = "long"
    PARKED = "parked"
    ENDED = "ended"


class Lanes(Protocol):
    """Whoever decides which requests run."""

    def turned(self, running: "Running") -> None:
        """A request turned out to be long: it is lengthened, parked or refused."""

    def ended(self, running: "Running", how: frames.End | None) -> None:
        """A request is at its end: how its worker says so, None where it says nothing any more."""


class Running:
    """A request from when it is asked to its end. It has no link before it is given one."""

    def __init__(self, request: frames.Request, limits: Limits, lanes: Lanes) -> None:
        self.state = self.was = State.QUEUED
        self.link: Link | None = None
        self.killed = ""
        """Why it was ended from here; "" where it was not."""
        self._request, self._limits, self._lanes = request, limits, lanes
        self._loop = asyncio.get_running_loop()
        self._head: asyncio.Future[frames.Head] = self._loop.create_future()
        self._pieces: deque[bytes] = deque()
        self.waiting = 0
        """Bytes of the answer that the client has not taken yet."""
        self._more: asyncio.Future[None] | None = None
        self._cut = ""
        self._held = self._left = False
        self._spent, self._since, self._busy = 0.0, float("inf"), 0.0
        self._timer: asyncio.TimerHandle | None = None

    def give(self, link: Link) -> None:
        """Have a worker answer it."""
        self.state, self.link = State.SHORT, link
        link.on_frame, link.on_gone = self._on_frame, self._on_gone
        self._since, self._busy = time.monotonic(), link.busy()
        self._later(min(self._limits.turns, self._request.seconds), self._turned)
        link.ask(self._request)

    def wait(self) -> None:
        """It is in the queue: not for ever."""
        self._later(self._limits.patience, self._kill, "no worker was free in time")

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
                self.waiting -= len(piece)
                if self._held and self.waiting < _MOST_WAITING // 2:
                    self._take_up()
                yield piece
            if self.state is State.ENDED:
                if self._cut:
                    raise CutShort(self._cut)
                return
            self._more = self._loop.create_future()
            await self._more

    def cancel(self) -> None:
        """Nobody wants the answer any more: its worker is ended."""
        if self.state is not State.ENDED:
            self._left = True
            self._kill("nobody waits for the answer any more")

    # ── Lanes ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def lengthen(self) -> None:
        """It counts as long from now on, and others go first."""
        self.state = State.LONG
        self._lower()
        self.carry_on()

    def _lower(self) -> None:
        """Others go first. Not before jobs of ours: they keep what they have read for the next ones, while a worker
        that others go before is not used again."""
        if self._request.job == FOREIGN:
            self._worker.lower()

    def carry_on(self) -> None:
        """It runs until its time is over."""
        self._since = time.monotonic()
        self._later(max(0.0, self._request.seconds - self._spent), self._expired)

    def park(self) -> None:
        """It is stopped in its tracks until there is room."""
        self.state = State.PARKED
        self._stand_still()
        self._lower()
        self._worker.signal(signal.SIGSTOP)
        self._later(self._limits.patience, self._kill, _BUSY)

    def unpark(self) -> None:
        """It goes on."""
        self._worker.signal(signal.SIGCONT)
        self.lengthen()

    def refuse(self) -> None:
        """There is no room for another long request."""
        self.state = State.LONG
        self._kill(_BUSY)

    def _turned(self) -> None:
        turns = self._limits.turns
        if self._spent_now() >= self._request.seconds:
            self._expired()
        elif not self._held and self._worker.busy() - self._busy < turns / 2:
            self._later(turns, self._turned)  # it had no chance yet: the machine does other things
        else:
            self._lanes.turned(self)

    def _stand_still(self) -> None:
        self._spent = self._spent_now()
        self._since = float("inf")
        self._unset()

    def _spent_now(self) -> float:
        return self._spent + max(0.0, time.monotonic() - self._since)

    def _expired(self) -> None:
        self._kill(f"it took longer than the {self._request.seconds:g} seconds that a request may take here")

    # ── A client who is slow to read ──────────────────────────────────────────────────────────────────────────────

    def _hold(self) -> None:
        self._held = True
        self._worker.hold()
        self._stand_still()
        self._later(self._limits.stall, self._kill, "the client took nothing of it any more")

    def _take_up(self) -> None:
        self._held = False
        self._worker.go_on()
        if self.state is State.SHORT:  # whoever needs several of these is long
            self._since = time.monotonic()
            self._lanes.turned(self)
        elif self.state is State.LONG:
            self.carry_on()

    # ── From the worker ───────────────────────────────────────────────────────────────────────────────────────────

    def _on_frame(self, kind: bytes, content: bytes) -> None:
        if self.state is State.ENDED:
            return
        if kind == frames.BODY:
            self._pieces.append(content)
            self.waiting += len(content)
            if self.waiting > _MOST_WAITING and not self._held and self.state is not State.PARKED:
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
        code = self._worker.gone.result()
        if self.killed:
            self._fail(503, self.killed, "ask for less, or later")
        elif code == -signal.SIGPROF:
            self._fail(503, "it took too long", "ask for less")
        elif code == -signal.SIGKILL:  # which is not of the request's doing: the system has no memory, or somebody did
            self._fail(503, "the process that answered it was killed", "ask again")
        elif code > 0:  # an exception that nobody expected: what the engine dies of is a signal
            self._fail(503, "this server has made a mistake", "tell whoever runs it; standard error says more")
        else:
            told = "the request ended the engine: it is nested too deep, or needs more memory than it may have"
            self._fail(400, told, "ask in a flatter way, or for less at a time")

    def _fail(self, status: int, told: str, hint: str) -> None:
        """It ends without its worker: with a refusal, where nothing of the answer was sent."""
        if self._head.done():
            self._cut = told
        else:
            self._refuse(status, f"There is no answer: {told}", hint)
        self._end(None)

    def _refuse(self, status: int, message: str, hint: str) -> None:
        reply = problem(status, message, hint)
        assert isinstance(reply.body, bytes)
        self._pieces.append(reply.body)
        self.waiting += len(reply.body)
        later = {"retry-after": str(max(1, round(self._limits.patience)))} if status == 503 else {}
        self._head.set_result(frames.Head(status, PROBLEM, later))

    def _end(self, how: frames.End | None) -> None:
        self.state, self.was = State.ENDED, self.state
        self._unset()
        if self.link is not None:
            self.link.on_frame = self.link.on_gone = None
            if how is not None:
                self.link.peak = how.peak
                if self._held:
                    self.link.go_on()
        self._wake()
        self._lanes.ended(self, how)

    def _wake(self) -> None:
        if self._more is not None and not self._more.done():
            self._more.set_result(None)
            self._more = None

    def _kill(self, why: str) -> None:
        self._unset()
        self.killed = why
        if self.link is None:
            self._fail(503, why, "ask for less, or later")
        else:
            self.link.kill()

    # ── Time ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _later(self, seconds: float, work: Callable[..., None], *args: object) -> None:
        """Do something, unless something else is set before."""
        self._unset()
        self._timer = self._loop.call_later(seconds, work, *args)

    def _unset(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @property
    def _worker(self) -> Link:
        assert self.link is not None
        return self.link

    @property
    def is_cut(self) -> bool:
        """Whether it has begun and is not whole, though somebody wants it."""
        return bool(self._cut) and not self._left
