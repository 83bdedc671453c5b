"""The release that is served, and how another one takes its place without a request that fails."""

import asyncio
import hashlib
import json
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path

import onrecord
from onrecord.server.caching import Cache
from onrecord.server.pool import Counts, Limits, Pool
from onrecord.store.release import Release


@dataclass(frozen=True, slots=True)
class Served:
    """A release with its workers. `digest` tells it from any other."""

    release: Release
    digest: str
    pool: Pool


@dataclass
class Holding:
    """What the server serves. `dataset` is the folder with kg.toml, `out` that with the releases."""

    dataset: Path
    out: Path
    limits: Limits
    cache: Cache
    watching: bool = False
    """Whether pages are loaded again when another release is served."""
    counts: Counts = field(default_factory=Counts)
    ending: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server takes no more requests: whoever waits for something else is let go."""

    _current: Served | None = None
    _drains: set[asyncio.Task[None]] = field(default_factory=set)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def current(self) -> Served:
        """What is served now. Nothing is asked before `take_up` was done once."""
        assert self._current is not None
        return self._current

    @property
    def digest(self) -> str:
        """What tells the release that is served from others; "" before there is one."""
        return self._current.digest if self._current else ""

    async def take_up(self) -> bool:
        """Serve the latest release, if it is not served yet; whether it was not.

        Who is being answered from the one before is answered to the end. Raises NotBuilt where there is none, or it is
        damaged.
        """
        async with self._taking:
            release, digest = await asyncio.to_thread(self._latest)
            if self._current is not None and self._current.digest == digest:
                return False
            pool = self._pool(release)
            await pool.start()
            before, self._current = self._current, Served(release, digest, pool)
            if before is not None:
                self._later(before.pool.close(self.limits.seconds + self.limits.patience))
        async with self._changed:
            self._changed.notify_all()
        return True

    async def next(self) -> str:
        """The digest of the release that is taken up next, once it is."""
        async with self._changed:
            await self._changed.wait()
        return self.current.digest

    async def close(self, seconds: float) -> None:
        """End all workers; what is being answered may take so long."""
        pools = [self._current.pool.close(seconds)] if self._current else []
        await asyncio.gather(*pools, *self._drains)

    def _pool(self, release: Release) -> Pool:
        return Pool(self.dataset, release.folder, self.limits, self.counts, self._mend, watching=self.watching)

    def _latest(self) -> tuple[Release, str]:
        release = Release.latest(self.out)
        release.store_folder()  # made again first, where it is missing or damaged
        told = (self.dataset / "kg.toml").read_bytes()
        parts = [onrecord.__version__, release.digest(), told.hex()]  # another version may write another page
        return release, hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _later(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._drains.add(task)
        task.add_done_callback(self._drains.discard)

    def _mend(self) -> None:
        """The store is damaged: make it again, and start anew."""
        self._later(self._mended())

    async def _mended(self) -> None:
        async with self._taking:
            served = self._current
            if served is None:
                return
            await asyncio.to_thread(served.release.mended)
            pool = Pool(
                self.dataset, served.release.folder, self.limits, self.counts, self._mend, watching=self.watching
            )
            await pool.start()
            self._current = Served(served.release, served.digest, pool)
            self._later(served.pool.close(self.limits.patience))
