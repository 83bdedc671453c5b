"""Servers to be measured: ours, and Oxigraph's own on the same store."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peers.environments import environment

_PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A server that is up: where it listens, the path of its endpoint, and its process."""

    host: str
    port: int
    path: str
    process: "subprocess.Popen[str]"


@contextmanager
def ours(dataset: Path, *options: str) -> Iterator[Server]:
    """`kg serve` of a built dataset."""
    command = [Path(sys.executable).parent / "kg", "-C", dataset, "serve", "--port", "0", *options]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = next(filter(None, (re.search(r"http://([^:]+):(\d+)/", line) for line in process.stderr)), None)
        if found is None:
            raise RuntimeError("kg serve did not come up")
        yield Server(found[1], int(found[2]), "/sparql", process)
    finally:
        _end(process)


@contextmanager
def oxigraph(store: Path, folder: Path) -> Iterator[Server | None]:
    """Oxigraph's server on a copy of a store; None where it cannot be installed."""
    made = environment("oxigraph")
    if made.python is None:
        yield None
        return
    copy = folder / "oxigraph"
    shutil.copytree(store, copy, ignore=shutil.ignore_patterns("loaded.json"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [made.python.parent / "oxigraph", "serve-read-only", "--location", copy, "--union-default-graph"]
    process = subprocess.Popen(
        [*map(str, command), "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        _wait(port)
        yield Server("127.0.0.1", port, "/query", process)
    finally:
        _end(process)


def _wait(port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not come up")


def _end(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
