"""The prepared site of the release that is served: who has it made, and how far it is."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from onrecord.cache import Cache
from onrecord.errors import PublishError
from onrecord.server.holding import Holding, Served
from onrecord.server.pages.shelf import Shelf

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
            while not making.done() and served.digest == self._holding.current.digest:
                await self._changed({making})
            if not making.done():
                making.cancel()
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
        told = [str(self._holding.dataset), str(served.release.folder), str(cache), *["watch"][: self.watching]]
        pipe = asyncio.subprocess.PIPE
        command = [sys.executable, "-m", "onrecord.server.pages.making", *told]
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
        if self.shelf is None and not self.trouble:
            self.trouble = "the site could not be prepared"

    async def _heard(self, told: dict[str, object], served: Served) -> None:
        if isinstance(percent := told.get("percent"), int):
            self.percent = percent
        elif "ready" in told:
            try:
                self._shelf = await asyncio.to_thread(Shelf, Path(str(told["ready"])), str(told["base"]))
                self._digest = served.digest
            except (OSError, PublishError) as error:
                self.trouble = str(error)
        else:
            self.trouble = str(told.get("trouble"))
