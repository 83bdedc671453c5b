"""Taking up what is published while the server runs."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

from onrecord.errors import OnRecordError
from onrecord.server.holding import Holding
from onrecord.server.operation.tally import Tally

_EVERY = 1.0
"""Seconds between two looks at the link to the latest release."""
Mark = tuple[str, int, int]


class Following:
    """Looks at where the latest release is, and has it taken up when that is another one. `say` tells the operator."""

    def __init__(self, holding: Holding, tally: Tally, say: Callable[[str], None]) -> None:
        self._holding, self._tally, self._say = holding, tally, say
        self._task: asyncio.Task[None] | None = None
        self._now = asyncio.Event()
        self._told = ""

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.ensure_future(self._follow(self._mark()))

    def look_now(self) -> None:
        """Take up what there is, even if it looks the same as before (SIGHUP)."""
        self._now.set()

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _follow(self, last: Mark) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._now.wait(), _EVERY)
            now = self._mark()
            if now != last or self._now.is_set():
                self._now.clear()
                last = now
                await self._take_up(now)

    async def _take_up(self, mark: Mark) -> None:
        try:
            if await self._holding.take_up():
                self._tally.reloads += 1
                self._told = ""
                self._say(f"serving the release {Path(mark[0]).name}")
        except (OnRecordError, OSError) as error:
            if self._mark() != mark:
                return  # there is another one by now: that is taken up next
            self._tally.failed_reloads += 1
            told = f"the release {Path(mark[0]).name} cannot be served: {error}. The one before is served on"
            if told != self._told:
                self._told = told
                self._say(told)

    def _mark(self) -> Mark:
        """What differs when there is something else to serve."""
        place = ""
        with contextlib.suppress(OSError):
            place = str((self._holding.out / "latest").readlink())
        try:
            settings = (self._holding.dataset / "kg.toml").stat()
        except OSError:
            return place, 0, 0
        return place, settings.st_mtime_ns, settings.st_size
