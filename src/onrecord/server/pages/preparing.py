"""The prepared site of the release that is served: who has it made, and how far it is."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from onrecord import processes
from onrecord.cache import Cache
from onrecord.errors import PublishError
from onrecord.server.holding import Holding, Served
from onrecord.server.pages.shelf import Shelf

_TROUBLE = "the site could not be prepared"
_AGAIN = 60.0
"""Seconds after which it is tried again, where a site could not be prepared."""


class Preparation:
    """`percent` tells how far it is, `trouble` what is in the way."""

    def __init__(self, holding: Holding, *, watching: bool = False) -> None:
        self._holding, self.watching = holding, watching
        self._shelf: Shelf | None = None
        self._digest = ""
        self.percent = 0
        self.trouble = ""

    @property
    def shelf(self) -> Shelf | None:
        """The files of the site of the release that is served now; None while there are none."""
        return self._shelf if self._digest == self._holding.current.digest else None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Prepare the site of each release that is taken up, until the end."""
        with tempfile.TemporaryDirectory(prefix="onrecord-site-") as spare:
            user = Cache.of_user()
            cache = user.folder.expanduser() / "sites" if user.is_usable() else Path(spare)
            task = asyncio.ensure_future(self._run(cache))
            try:
                yield
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
                self._shelf = None

    async def _run(self, cache: Path) -> None:
        while True:
            served = self._holding.current
            making = asyncio.ensure_future(self._make(served, cache))
            try:
                while not making.done() and served.digest == self._holding.current.digest:
                    await self._changed({making})
            finally:
                making.cancel()  # for another release, or at the end of the server
                await asyncio.wait({making})
            while served.digest == self._holding.current.digest:
                before = self.trouble
                await self._changed(set(), _AGAIN if before else None)
                if before:
                    break

    async def _changed(self, others: "set[asyncio.Future[None]]", seconds: float | None = None) -> None:
        """Wait for another release, or one of `others`, or so long."""
        following = asyncio.ensure_future(self._holding.next())
        waiting: set[asyncio.Future[str] | asyncio.Future[None]] = {following, *others}
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        following.cancel()

    async def _make(self, served: Served, cache: Path) -> None:
        """Have the site of a release made by a process of its own."""
        self.percent, self.trouble = 0, ""
        try:
            await self._have_made(served, cache)
        except (OSError, ValueError):  # no process can be started, or it has not said what it should
            self.trouble = _TROUBLE
        if self.shelf is None and not self.trouble:
            self.trouble = _TROUBLE

    async def _have_made(self, served: Served, cache: Path) -> None:
        told = [str(self._holding.dataset), str(served.release.folder), str(cache), *["watch"][: self.watching]]
        pipe = asyncio.subprocess.PIPE
        command = processes.command("onrecord.server.pages.making:main", *told)
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
        try:
            assert process.stdout is not None
            async for line in process.stdout:
                await self._heard(json.loads(line), served)
            await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _heard(self, told: dict[str, object], served: Served) -> None:
        if isinstance(percent := told.get("percent"), int):
            self.percent = percent
        elif "ready" in told:
            try:
                self._shelf = await asyncio.to_thread(Shelf, Path(str(told["ready"])), str(told["base"]))
                self._digest = served.digest
            except (OSError, PublishError):  # it has been removed meanwhile
                self.trouble = _TROUBLE
        else:
            self.trouble = str(told.get("trouble"))
