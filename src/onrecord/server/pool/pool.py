"""Which worker a request gets, and when."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onrecord.server import frames
from onrecord.server.pool.birth import Source
from onrecord.server.pool.limits import Limits
from onrecord.server.pool.link import Link, Opening
from onrecord.server.pool.running import Running, State

_LOOK = 0.05
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
    """The workers of one release. `on_damage` is called when one finds that the store is damaged. `watching`: pages are
    loaded again when another release is served."""

    def __init__(
        self,
        dataset: Path,
        release: Path,
        limits: Limits,
        counts: Counts,
        on_damage: Callable[[], None] = lambda: None,
        *,
        watching: bool = False,
    ) -> None:
        self._dataset, self._release, self.limits, self.counts = dataset, release, limits, counts
        self._on_damage, self._watching = on_damage, watching
        self._idle: list[Link] = []
        self._running: set[Running] = set()
        self._parked: deque[Running] = deque()
        self._waiting: deque[Running] = deque()
        self._short = 0
        self._hurrying: asyncio.TimerHandle | None = None
        self._starting: set[asyncio.Task[None]] = set()
        self._closing = False
        self._source: Source | None = None
        self._beginning = asyncio.Lock()

    async def start(self) -> None:
        """Start the workers. Raises OSError where not one of them begins to answer."""
        self._fill()
        await asyncio.wait(set(self._starting), return_when=asyncio.FIRST_COMPLETED)
        if not self._idle:
            raise OSError("no process that answers requests could be started")

    def begin(self, job: str, args: dict[str, object], seconds: float | None = None) -> Running:
        """Take a request on. It gets a worker now or soon, or is refused. Raises Busy where too many wait already."""
        limits = self.limits
        allowed = limits.seconds if seconds is None else seconds
        request = frames.Request(job, args, allowed, limits.answer_bytes, limits.rows)
        running = Running(request, limits, self)
        link = self._taken() if self._short < limits.crowd else None
        if link is not None:
            self._give(running, link)
            return running
        if self._closing or len(self._waiting) >= limits.queue:
            self.counts.refused += 1
            raise Busy("too many requests wait already")
        running.wait()
        self._waiting.append(running)
        if self._hurrying is None:
            self._hurrying = asyncio.get_running_loop().call_later(limits.hurry, self._hurry)
        return running

    async def close(self, seconds: float) -> None:
        """Let what runs come to its end, at most for so long; then end the workers."""
        self._closing = True
        end = time.monotonic() + seconds
        while (self._running or self._waiting) and time.monotonic() < end:
            await asyncio.sleep(_LOOK)
        if self._hurrying is not None:
            self._hurrying.cancel()
        for task in self._starting:
            task.cancel()
        links = [*self._idle, *(running.link for running in self._running if running.link)]
        for running in [*self._running, *self._waiting]:
            running.cancel()
        for link in links:
            link.kill()
        if links:
            await asyncio.wait([link.gone for link in links], timeout=5)
        if self._source is not None:
            self._source.end()

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
        links = [*self._idle, *(running.link for running in self._running if running.link)]
        return [link.process.pid for link in links]

    # ── The fast lane ─────────────────────────────────────────────────────────────────────────────────────────────

    def _taken(self) -> Link | None:
        while self._idle:
            link = self._idle.pop()
            if link.is_alive:
                return link
        return None

    def _give(self, running: Running, link: Link) -> None:
        self._running.add(running)
        self._short += 1
        running.give(link)

    def _offer(self, link: Link) -> None:
        """A worker is free: whoever has waited longest gets it."""
        if self._waiting:
            self._give(self._waiting.popleft(), link)
        else:
            link.on_gone = lambda: self._lost(link)
            self._idle.append(link)

    def _lost(self, link: Link) -> None:
        """A worker that nobody has asked anything has ended: the system had no memory left, or somebody killed it."""
        if self._closing:
            return
        self._idle.remove(link)
        self.counts.died += 1
        self._fill()

    def _hurry(self) -> None:
        """Some have waited: they get what workers there are."""
        self._hurrying = None
        while self._waiting and (link := self._taken()) is not None:
            self._offer(link)
        if self._waiting:
            self._hurrying = asyncio.get_running_loop().call_later(self.limits.hurry, self._hurry)

    def _fill(self) -> None:
        missing = self.limits.workers - len(self._idle) - self._short - len(self._starting)
        for _ in range(missing if not self._closing else 0):
            task = asyncio.ensure_future(self._start_one())
            self._starting.add(task)
            task.add_done_callback(self._begun)

    def _begun(self, task: "asyncio.Task[None]") -> None:
        """A start has come to its end, well or not: there may be one to be made again."""
        self._starting.discard(task)
        self._fill()

    async def _origin(self) -> Source:
        """What workers are forked from; another one, where the last has ended."""
        async with self._beginning:
            if self._source is None or not self._source.is_alive:
                self._source = await Source.start(
                    self._dataset, self._release, self.limits.memory, watching=self._watching
                )
            return self._source

    async def _start_one(self) -> None:
        """Start a worker, and have it open the store before it is given to anybody."""
        try:
            link = await Link.start(await self._origin())
        except OSError:
            await asyncio.sleep(_AGAIN)
            return
        self.counts.started += 1
        opening = Opening(link, self.limits)
        try:
            how = await opening.done
        except asyncio.CancelledError:
            link.kill()
            raise
        if how == "whole" and link.is_alive:
            self._offer(link)
            return
        link.kill()
        if how == "damaged":
            self._on_damage()
        await asyncio.sleep(_AGAIN)

    # ── Long requests ─────────────────────────────────────────────────────────────────────────────────────────────

    def turned(self, running: Running) -> None:
        """A request is long: it goes on, is parked, or is refused. Another worker takes its place in any case."""
        self._short -= 1
        if self._long < self.limits.long:
            running.lengthen()
        elif len(self._parked) < self.limits.parked:
            self.counts.parked += 1
            self._parked.append(running)
            running.park()
        else:
            self.counts.refused += 1
            running.refuse()
        self._fill()

    def ended(self, running: Running, how: frames.End | None) -> None:
        """A request is at its end: its worker takes the next one, or another worker its place."""
        if running.link is None:
            self._waiting.remove(running)
            self.counts.refused += 1
            return
        self._short -= running.was is State.SHORT
        self._running.discard(running)
        with contextlib.suppress(ValueError):
            self._parked.remove(running)
        self.counts.killed += bool(running.killed)
        self.counts.died += how is None and not running.killed
        self.counts.cut += running.is_cut
        self._free(running.link, how.how if how else "gone")
        if self._parked and self._long < self.limits.long:
            self._parked.popleft().unpark()
        self._fill()

    def _free(self, link: Link, how: str) -> None:
        if how == "damaged":
            self._on_damage()
        fit = how == "whole" and not link.niced and link.answered < self.limits.lifetime
        if fit and link.is_alive and not (self._closing and not self._waiting):
            self._offer(link)
        elif link.is_alive:
            link.kill()

    @property
    def _long(self) -> int:
        return sum(running.state is State.LONG for running in self._running)
