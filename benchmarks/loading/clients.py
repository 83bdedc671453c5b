"""Clients that ask over and over, each over a connection of its own that stays open as long as the server lets it."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from loading.requests import HOST, LOOKUP, Asked, Mix

_PATIENCE = 90.0
_SIP, _WAIT = 1 << 16, 2.0


class Bad(Exception):
    """An answer that is none."""


@dataclass
class Seen:
    """What became of the requests: seconds of each good lookup, and how often which status came, by kind."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)

    def wrong(self) -> list[str]:
        """What should not have happened: a lookup that failed, a 5xx that is no 503, a connection lost in a lookup."""
        found = []
        for (kind, status), count in self.statuses.items():
            if 500 <= status != 503 or (kind == LOOKUP and status != 200):
                found.append(f"{kind}: {status} × {count}")
        return found + [f"{kind} broken × {count}" for kind, count in self.broken.items() if kind.startswith(LOOKUP)]


async def run(host: str, port: int, mixes: list[Mix], seconds: float) -> Seen:
    """Have a client for each mix ask for so long."""
    seen = Seen()
    end = time.monotonic() + seconds
    await asyncio.gather(*(_client(host, port, mix, end, seen) for mix in mixes))
    return seen


async def _client(host: str, port: int, mix: Mix, end: float, seen: Seen) -> None:
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    while time.monotonic() < end:
        asked = mix.next()
        try:
            if writer is None or reader is None:
                reader, writer = await asyncio.open_connection(host, port, limit=1 << 20)
            async with asyncio.timeout(_PATIENCE):
                keep = await _ask(reader, writer, asked, seen)
        except (OSError, Bad, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            seen.broken[asked.kind if asked.hostile else f"{LOOKUP} ({type(error).__name__})"] += 1
            keep = False
        if not keep and writer is not None:
            writer.close()
            reader = writer = None
    if writer is not None:
        writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: Asked, seen: Seen) -> bool:
    """Ask once; whether the connection can be used again."""
    began = time.perf_counter()
    host, port = writer.get_extra_info("peername")
    writer.write(asked.content.replace(HOST, f"Host: {host}:{port}".encode(), 1))
    if asked.leaves:
        await asyncio.sleep(asked.leaves)
        return False
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    seen.statuses[asked.kind, status] += 1
    if asked.sips and status == 200:
        await reader.read(_SIP)
        await asyncio.sleep(_WAIT)
        return False
    await _body(reader, head)
    if not asked.hostile and status == 200:
        seen.seconds.append(time.perf_counter() - began)
    return b"connection: close" not in head


async def _body(reader: asyncio.StreamReader, head: bytes) -> None:
    if b"content-length:" in head:
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        return
    if b"chunked" not in head:
        raise Bad("an answer of no length")
    while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
        await reader.readexactly(size + 2)
    await reader.readuntil(b"\r\n")
