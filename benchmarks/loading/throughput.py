"""Look-ups a second, ours beside Oxigraph's own server: by wrk, which costs little itself, or by a client in Python."""

import asyncio
import random
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from loading.requests import HOST, lookup
from loading.servers import Server

CONNECTIONS = 16
WRK = shutil.which("wrk")
"""Of Debian's package wrk."""


@dataclass(frozen=True)
class Rate:
    """Requests a second, the median of some runs, and the largest p99 of them in seconds."""

    a_second: float
    p99: float


def measured(
    servers: Sequence[Server], nodes: Sequence[str], seconds: float, folder: Path, *, anew: bool
) -> list[Rate]:
    """The rates of some servers, which take turns three times. `anew`: no request was asked before."""
    runs: list[list[Rate]] = [[] for _ in servers]
    for turn in range(3):
        for number, server in enumerate(servers):
            mark = f"{turn}-{number}-{random.random()}" if anew else ""
            runs[number].append(_run(server, nodes, seconds, folder, mark))
    return [Rate(statistics.median(r.a_second for r in held), max(r.p99 for r in held)) for held in runs]


def _run(server: Server, nodes: Sequence[str], seconds: float, folder: Path, mark: str) -> Rate:
    if WRK is None:
        return asyncio.run(_by_python(server, nodes, seconds, mark))
    script = folder / "lookups.lua"
    script.write_text(_lua(server, nodes, mark), encoding="utf-8")
    address = f"http://{server.host}:{server.port}/"
    command = [WRK, "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--latency", "-s", str(script), address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"wrk met errors: {told}")
    rate, last = re.search(r"Requests/sec:\s+([\d.]+)", told), re.search(r"99%\s+([\d.]+)(us|ms|s)", told)
    assert rate is not None
    assert last is not None
    return Rate(float(rate[1]), float(last[1]) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[last[2]])


def _lua(server: Server, nodes: Sequence[str], mark: str) -> str:
    """A script for wrk that asks for nodes in turn."""
    target = lookup("@", server.path, "@@" if mark else "").split(b" ")[1].decode()
    before, _, after = target.partition("%40")
    end = f'"{after.partition("%40%40")[0]}{mark}-" .. n' if mark else f'"{after}"'
    quoted = ",\n".join(f'"{quote_plus(node)}"' for node in nodes)
    return (
        f"local nodes = {{\n{quoted}\n}}\nlocal n = 0\nrequest = function()\n  n = n + 1\n"
        f'  local path = "{before}" .. nodes[n % #nodes + 1] .. {end}\n'
        '  return wrk.format("GET", path, {["Accept"] = "application/sparql-results+json"})\nend\n'
    )


async def _by_python(server: Server, nodes: Sequence[str], seconds: float, mark: str) -> Rate:
    taken: list[float] = []
    end = time.monotonic() + seconds

    async def client(number: int) -> None:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        chance, count = random.Random(number), 0
        while time.monotonic() < end:
            count += 1
            began = time.perf_counter()
            asked = lookup(chance.choice(nodes), server.path, mark and f"{mark}-{number}-{count}")
            writer.write(asked.replace(HOST, f"Host: {server.host}:{server.port}".encode(), 1))
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            if not head.startswith(b"http/1.1 200"):
                raise RuntimeError(head.decode())
            if b"content-length:" in head:
                await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
            else:
                while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
                    await reader.readexactly(size + 2)
                await reader.readuntil(b"\r\n")
            taken.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*map(client, range(CONNECTIONS)))
    return Rate(len(taken) / seconds, sorted(taken)[int(len(taken) * 0.99)])
