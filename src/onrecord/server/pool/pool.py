"""Which worker a request gets, and when."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onrecord.server import frames
from onrecord.server.pool.limits import Limits
from onrecord.server.pool.link import Link
from onrecord.server.pool.running import Running, State

_AGAIN = 1.0
"""Seconds until another worker is started after one that could not be."""


class Busy(Exception):
    """There is no worker for a request, nor will there be in time."""


@dataclass(slots=True)
class Counts:
    """What has happened since the server was started, over all pools."""

    started: int = 0
    killed: int = 0
    died: int = 0
    refused: int = 0
    parked: int = 0
    cut: int = 0


class Pool:
    """The workers of one release. `on_damage` is called when one finds that the store is damaged."""

    def __init__(
        self,
        dataset: Path,
        release: Path,
        limits: Limits,
        counts: Counts,
        on_damage: Callable[[], None] = lambda: None,
    ) -> None:
        self._dataset, self._release, self.limits, self.counts = dataset, release, limits, counts
        self._on_damage = on_damage
        self._idle: list[Link] = []
        self._running: set[Running] = set()
        self._parked: deque[Running] = deque()
        self._waiting: deque[asyncio.Future[Link]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._closing = False

    async def start(self) -> None:
        """Start the workers. Raises OSError where not one of them begins to answer."""
        self._fill()
        await asyncio.wait(set(self._starting), return_when=asyncio.FIRST_COMPLETED)
        if not self._idle:
            raise OSError("no process that answers requests could be started")

    async def run(self, job: str, args: dict[str, object], seconds: float | None = None) -> Running:
        """Give a request to a worker. Raises Busy where none is free in time."""
        limits = self.limits
        allowed = limits.seconds if seconds is None else seconds
        link = self._taken() or await self._next()
        running = Running(link, limits, allowed, self._turned, self._ended)
        self._running.add(running)
        link.ask(frames.Request(job, args, allowed, limits.answer_bytes, limits.rows))
        return running

    async def close(self, seconds: float) -> None:
        """Let what runs come to its end, at most for so long; then end the workers."""
        self._closing = True
        for future in self._waiting:
            if not future.done():
                future.set_exception(Busy("the server is being stopped"))
        held = [asyncio.ensure_future(running.ended.wait()) for running in self._running]
        if held:
            await asyncio.wait(held, timeout=seconds)
        for task in [*self._starting, *held]:
            task.cancel()
        links = [*self._idle, *(running.link for running in self._running)]
        for running in list(self._running):
            running.cancel()
        for link in links:
            link.kill()
        if links:
            await asyncio.wait([link.gone for link in links], timeout=5)

    @property
    def census(self) -> dict[str, int]:
        """How many workers there are of each kind, and how many requests wait."""
        states = [running.state for running in self._running]
        return {
            "idle": len(self._idle),
            "short": states.count(State.SHORT),
            "long": states.count(State.LONG),
            "parked": states.count(State.PARKED),
            "starting": len(self._starting),
            "waiting": len(self._waiting),
        }

    def processes(self) -> list[int]:
        """The ids of the workers' processes."""
        return [link.process.pid for link in (*self._idle, *(running.link for running in self._running))]

    # ── The fast lane ─────────────────────────────────────────────────────────────────────────────────────────────

    def _taken(self) -> Link | None:
        while self._idle:
            link = self._idle.pop()
            if link.is_alive:
                return link
        return None

    async def _next(self) -> Link:
        if self._closing or len(self._waiting) >= self.limits.queue:
            self.counts.refused += 1
            raise Busy("too many requests wait already")
        future: asyncio.Future[Link] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            return await asyncio.wait_for(future, self.limits.patience)
        except TimeoutError:
            self.counts.refused += 1
            raise Busy("no worker was free in time") from None
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(future)

    def _offer(self, link: Link) -> None:
        """A worker is free: whoever has waited longest gets it."""
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(link)
                return
        self._idle.append(link)

    def _fill(self) -> None:
        short = sum(running.state is State.SHORT for running in self._running)
        missing = self.limits.workers - len(self._idle) - short - len(self._starting)
        for _ in range(missing if not self._closing else 0):
            task = asyncio.ensure_future(self._start_one())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start_one(self) -> None:
        """Start a worker, and have it open the store before it is given to anybody."""
        try:
            link = await Link.start(self._dataset, self._release, self.limits.memory)
        except OSError:
            await asyncio.sleep(_AGAIN)
            asyncio.get_running_loop().call_soon(self._fill)
            return
        self.counts.started += 1
        ended = asyncio.Event()
        told: list[frames.End | None] = []

        def end(_: Running, how: frames.End | None) -> None:
            told.append(how)
            ended.set()

        warming = Running(link, self.limits, self.limits.seconds, Running.carry_on, end)
        link.ask(frames.Request("ready", {}, self.limits.seconds, 1 << 16, 1))
        try:
            await ended.wait()
        except asyncio.CancelledError:
            warming.cancel()
            raise
        if link.is_alive and told[0] is not None and told[0].how == "whole":
            self._offer(link)
            return
        link.kill()
        if told[0] is not None and told[0].how == "damaged":
            self._on_damage()
        await asyncio.sleep(_AGAIN)
        asyncio.get_running_loop().call_soon(self._fill)

    # ── Long requests ─────────────────────────────────────────────────────────────────────────────────────────────

    def _turned(self, running: Running) -> None:
        """A request is long: it goes on, is parked, or is refused. Another worker takes its place in any case."""
        if sum(each.state is State.LONG for each in self._running) < self.limits.long:
            running.lengthen()
        elif len(self._parked) < self.limits.parked:
            self.counts.parked += 1
            self._parked.append(running)
            running.park()
        else:
            self.counts.refused += 1
            running.refuse()
        self._fill()

    def _ended(self, running: Running, how: frames.End | None) -> None:
        self._running.discard(running)
        with contextlib.suppress(ValueError):
            self._parked.remove(running)
        self.counts.killed += bool(running.killed)
        self.counts.died += how is None and not running.killed
        self.counts.cut += running.is_cut
        link = running.link
        if how is not None and how.how == "damaged":
            self._on_damage()
        fit = how is not None and how.how == "whole" and not link.niced and link.answered < self.limits.lifetime
        if fit and link.is_alive and not self._closing:
            self._offer(link)
        elif link.is_alive:
            link.kill()
        if self._parked and sum(each.state is State.LONG for each in self._running) < self.limits.long:
            self._parked.popleft().unpark()
        if not self._closing:
            self._fill()
