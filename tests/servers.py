"""`kg serve` as a process whose end, signals and words are looked at."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

PATIENCE = 60.0
_KG = "from onrecord.cli import main; main()"
ALL = "SELECT ?s ?l { GRAPH ?g { ?s rdfs:label ?l } }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o . ?p ?q ?r }"


@dataclass
class Server:
    """A server that was started. `said` are the lines of its standard error so far."""

    process: "subprocess.Popen[bytes]"
    url: str = ""
    said: list[str] = field(default_factory=list)
    lines: "queue.Queue[str]" = field(default_factory=queue.Queue)

    def ask(self, path: str = "health", **more: str) -> httpx.Response:
        """What it answers to GET."""
        return httpx.get(f"{self.url}{path}", timeout=PATIENCE, params=more or None)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it; its exit code."""
        self.send(number)
        return self.process.wait(PATIENCE)

    def heard(self, pattern: str) -> str:
        """The first line, of those that were not looked at yet, in which there is this."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                line = self.lines.get(timeout=0.1)
            except queue.Empty:
                if self.process.poll() is not None and self.lines.empty():
                    break
                continue
            if re.search(pattern, line):
                return line
        raise AssertionError(f"it has not said {pattern!r}: {self.said}")

    def children(self) -> list[int]:
        """The ids of its child processes."""
        return children(self.process.pid)

    def workers(self) -> list[int]:
        """The ids of those of them that answer requests."""
        sources = [each for each in self.children() if b"onrecord.server.source" in _command(each)]
        return [worker for source in sources for worker in children(source)]


def children(process: int) -> list[int]:
    """The ids of a process's children (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after[1]) == process and after[0] != "Z":
            found.append(int(stat.parent.name))
    return sorted(found)


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def lives(process: int) -> bool:
    """Whether a process has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(holds: Callable[[], bool], told: str) -> None:
    """Wait until something holds. A test fails where it does not, however slow the machine."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, told
        time.sleep(0.02)


@contextmanager
def running(dataset: Path, *options: str, out: Path | None = None, ready: bool = True) -> Iterator[Server]:
    """A server of a dataset; `out` takes its standard output. It is killed after the block, where it still runs."""
    with open(out or os.devnull, "wb") as told:  # noqa: PTH123 - os.devnull is no path of ours
        command = [sys.executable, "-c", _KG, "-C", str(dataset), "serve", "--port", "0", *options]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.PIPE)
    server = Server(process)
    reading = threading.Thread(target=_read, args=[server], daemon=True)
    reading.start()
    try:
        if ready:
            found = re.search(r"http://[^ ]+/", server.heard("serving at"))
            assert found is not None
            server.url = found[0]
        yield server
    finally:
        process.kill()
        process.wait()
        reading.join(PATIENCE)


def _read(server: Server) -> None:
    assert server.process.stderr is not None
    with server.process.stderr as stream:
        for line in stream:
            text = line.decode().rstrip("\n")
            server.said.append(text)
            server.lines.put(text)
