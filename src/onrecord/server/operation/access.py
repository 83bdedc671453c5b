"""The log of requests: one JSON object a line.

Told are the path and never what comes after `?`, nor bodies: they hold the names of people who are looked up. Of a
SPARQL query, the beginning and a hash are told. Whatever a client sends stands within a string of JSON: no line can be
forged.
"""

import asyncio
import datetime
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
from starlette.types import Scope

from onrecord.server.seen import Seen

_DELAY = 0.2
"""Seconds that lines are gathered before they are written."""
_MOST_TEXT, _MOST_QUERY = 500, 200


class Line(msgspec.Struct, omit_defaults=True):
    """A request that was answered. `ms` is how long that took, `bytes` the size of the body as it was sent."""

    time: str
    method: str
    path: str
    status: int
    bytes: int
    ms: float
    client: str = ""
    agent: str = ""
    job: str = ""
    cached: bool = False
    cut: bool = False
    query: str = ""
    query_sha256: str = ""


def line(scope: Scope, seen: Seen, seconds: float, agent: bytes, now: datetime.datetime) -> Line:
    """What is told of a request."""
    client = scope.get("client")
    return Line(
        now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        str(scope["method"]),
        str(scope["path"])[:_MOST_TEXT],
        seen.status,
        seen.size,
        round(seconds * 1000, 1),
        str(client[0]) if client else "",
        agent.decode("latin-1")[:_MOST_TEXT],
        seen.job,
        seen.is_cached,
        seen.is_cut,
        seen.query[:_MOST_QUERY],
        hashlib.sha256(seen.query.encode("utf-8", "replace")).hexdigest() if seen.query else "",
    )


class AccessLog:
    """Lines to a file, or to standard output where `path` is None. A file that was moved away is followed by a new one
    at `reopen`. `on_loss` is told how many lines could not be written."""

    def __init__(self, path: Path | None, on_loss: Callable[[int], None]) -> None:
        """Raises OSError where the file cannot be opened."""
        self._path, self._on_loss = path, on_loss
        self._encoder = msgspec.json.Encoder()
        self._held: list[bytes] = []
        self._file = self._opened()

    def add(self, told: Line) -> None:
        """Take a line, which is written soon."""
        if not self._held:
            asyncio.get_running_loop().call_later(_DELAY, self.flush)
        encoded = self._encoder.encode(told)
        if not encoded.isascii():  # what some programs take for the end of a line is among the rest of Unicode
            encoded = json.dumps(msgspec.to_builtins(told)).encode()
        self._held.append(encoded)

    def flush(self) -> None:
        """Write what is held. A full disk or a reader who has left costs lines, and no request."""
        held, self._held = self._held, []
        content = memoryview(b"".join(b"%s\n" % each for each in held))
        try:
            while content:
                content = content[os.write(self._file, content) :]
        except OSError:
            self._on_loss(len(held))

    def reopen(self) -> None:
        """Go on in a new file where the old one was moved away."""
        self.flush()
        try:
            fresh = self._opened()
        except OSError:
            return  # the old one can still be written
        if self._path is not None:
            os.close(self._file)
        self._file = fresh

    def _opened(self) -> int:
        if self._path is None:
            return 1
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)
