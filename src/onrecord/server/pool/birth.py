"""Where workers come from: a process that has loaded what they need, and is forked (`onrecord.server.source`)."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from pathlib import Path
from typing import cast

from onrecord import processes
from onrecord.server.frames import BORN, MESSAGE, WANTED

_SOURCE = "onrecord.server.source:run"


class Process:
    """A worker's process. `ended` tells with what it has ended: its exit code, or minus a signal."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._handle = -1
        if sys.platform.startswith("linux"):
            with contextlib.suppress(OSError):
                self._handle = os.pidfd_open(pid)  # unlike its number, this never means another process

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it has not ended."""
        if self.ended.done():
            return
        with contextlib.suppress(ProcessLookupError):
            if self._handle < 0:
                os.kill(self.pid, number)
            elif sys.platform.startswith("linux"):
                signal.pidfd_send_signal(self._handle, number)

    def end(self, code: int) -> None:
        """It has ended."""
        if not self.ended.done():
            self.ended.set_result(code)
            if self._handle >= 0:
                os.close(self._handle)


class Source(asyncio.Protocol):
    """The process that is forked, for one release."""

    def __init__(self, process: "subprocess.Popen[bytes]", control: socket.socket) -> None:
        self._process, self._control = process, control
        self._wanted: deque[asyncio.Future[Process]] = deque()
        self._living: dict[int, Process] = {}
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self.is_alive = True

    @classmethod
    async def start(cls, dataset: Path, release: Path, memory: int, *, watching: bool) -> "Source":
        """Start it. Raises OSError where the machine has no room for it."""
        ours, theirs = socket.socketpair()
        with theirs:
            command = processes.command(_SOURCE, str(dataset), str(release), str(memory), *["watching"][:watching])
            try:
                process = subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL)
            except OSError:
                ours.close()
                raise
        control = ours.dup()
        ours.setblocking(False)
        _, made = await asyncio.get_running_loop().create_unix_connection(lambda: cls(process, control), sock=ours)
        return made

    async def fork(self, end: socket.socket) -> Process:
        """A worker, which has this end of a pair of sockets. Raises OSError where there is none any more."""
        future: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        socket.send_fds(self._control, [WANTED], [end.fileno()])
        self._wanted.append(future)
        return await asyncio.shield(future)

    def end(self) -> None:
        """End it, and with it all its workers."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        if self._transport is not None:
            self._transport.abort()

    # ── asyncio.Protocol ──────────────────────────────────────────────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is there."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Somebody was born, or has ended."""
        self._buffer += data
        while len(self._buffer) >= MESSAGE.size:
            kind, pid, code = MESSAGE.unpack_from(self._buffer)
            del self._buffer[: MESSAGE.size]
            if kind == BORN:
                self._living[pid] = process = Process(pid)
                self._wanted.popleft().set_result(process)
            elif pid in self._living:
                self._living.pop(pid).end(code)

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended, and so have all its workers: the kernel sees to that."""
        self.is_alive = False
        self._control.close()
        self._process.kill()
        asyncio.get_running_loop().run_in_executor(None, self._process.wait)
        for process in self._living.values():
            process.send_signal(signal.SIGKILL)  # where the kernel does not
            process.end(-signal.SIGKILL)
        for future in self._wanted:
            if not future.done():
                future.set_exception(OSError("the process that workers are made of has ended"))
        self._living.clear()
        self._wanted.clear()
