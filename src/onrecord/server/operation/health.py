"""Whether the server answers, and what it serves."""

import asyncio
import contextlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import OnRecordError
from onrecord.release.manifest import Manifest
from onrecord.release.publication import manifest_in
from onrecord.server.holding import Holding, Served
from onrecord.server.pool import Busy, CutShort
from onrecord.server.reply import Reply, of_json

_PATIENCE = 5.0
"""Seconds in which a worker has to answer."""
_HOLDS = 1.0
"""Seconds that the last answer holds: whoever asks more often learns nothing new, and costs nothing."""


@dataclass
class Health:
    """What was found out last."""

    started: float = field(default_factory=time.monotonic)
    _looked: float = float("-inf")
    _answers: bool = False
    _manifest: tuple[str, Manifest | None] = ("", None)

    @property
    def uptime(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    async def reply(self, holding: Holding) -> Reply:
        """200 where a worker answers, or else 503."""
        if time.monotonic() - self._looked > _HOLDS:
            self._answers = await _answers(holding)
            self._looked = time.monotonic()
        told: dict[str, object] = {
            "status": "ok" if self._answers else "no worker answers",
            "release": self.release(holding.current),
            "uptime": round(self.uptime, 1),
            "workers": holding.current.pool.census,
        }
        headers = {"cache-control": "no-store"} | ({} if self._answers else {"retry-after": "1"})
        return of_json(told, status=200 if self._answers else 503, headers=headers)

    def release(self, served: Served) -> dict[str, str]:
        """What is served: its name, the digest of its data, and its label and day, where it has them."""
        if self._manifest[0] != served.digest:
            self._manifest = (served.digest, manifest_in(served.release.folder))
        manifest = self._manifest[1]
        told = {"name": served.release.folder.name, "sha256": _digest(served)}
        if manifest is not None and manifest.release:
            told |= {"label": manifest.release} | ({"date": manifest.date} if manifest.date else {})
        return told


def _digest(served: Served) -> str:
    try:
        return served.release.digest()
    except (OnRecordError, OSError):  # somebody has removed the folder: its workers go on
        return ""


async def _answers(holding: Holding) -> bool:
    """Whether a worker answers."""
    try:
        running = holding.current.pool.begin("ready", {}, _PATIENCE)
    except Busy:
        return False
    try:
        async with asyncio.timeout(_PATIENCE):
            head = await running.head()
            async for _ in running.chunks():
                pass
            return head.status == 200
    except (TimeoutError, CutShort):
        return False
    finally:
        running.cancel()


def memory(processes: list[int]) -> int:
    """Bytes that processes take together; what they share is counted for each (Linux: /proc)."""
    pages = 0
    for process in processes:
        with contextlib.suppress(OSError, IndexError, ValueError):
            pages += int(Path(f"/proc/{process}/statm").read_bytes().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
