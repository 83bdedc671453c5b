"""The server as a process: how it starts, what signals do, and how it ends."""

import asyncio
import contextlib
import gc
import logging
import math
import resource
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import uvicorn

from onrecord.server.application import application
from onrecord.server.holding import Holding
from onrecord.server.operation.access import AccessLog
from onrecord.server.operation.connection import Configuration, Connection, Guard
from onrecord.server.operation.doors import Doors
from onrecord.server.operation.following import Following
from onrecord.server.operation.tally import Tally

_MOST_FILES = 1 << 16
_IDLE = 65
"""Seconds that a connection may stay open between requests: longer than those in front of us keep theirs."""
_TO_TELL = 2
"""Seconds for telling those who still wait at the end."""
_COLLECTIONS = (50_000, 20, 100)
"""When Python looks for what holds itself. As it is set by default it goes through all answers that are kept again and
again while they grow: a fifth of the time, and pauses of 40 ms."""


@dataclass
class Operation:
    """How a server runs.

    `grace` are the seconds that answers on their way have when it is ended. `log` is the file that requests are written
    to, "-" for standard output and "" for none. `say` tells the operator. `on_start` is called once it answers.
    `hears_hangup`: SIGHUP means to look for a release and to begin a new file of the log. `watching`: pages show
    another release by themselves.
    """

    holding: Holding
    doors: Doors
    say: Callable[[str], None]
    grace: float = 10.0
    log: str = ""
    on_start: Callable[[], None] = lambda: None
    hears_hangup: bool = False
    watching: bool = False
    tally: Tally = field(default_factory=Tally)

    def run(self, listening: socket.socket) -> None:
        """Serve until SIGTERM; SIGINT raises KeyboardInterrupt at the end. Raises NotBuilt where there is no release,
        and OSError where the log cannot be written or no worker starts."""
        _raise_limits()
        log = None
        if self.log:
            log = AccessLog(None if self.log == "-" else Path(self.log), self._lost)
        following = Following(self.holding, self.tally, self.say)

        app = application(
            self.holding,
            patience=0,
            doors=self.doors,
            tally=self.tally,
            log=log,
            following=following,
            watching=self.watching,
        )
        guard = Guard(self.tally, stall=self.holding.limits.stall)
        configuration = Configuration(
            app,
            http=Connection,
            ws="none",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=bool(self.doors.public),
            limit_concurrency=guard.most,
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=math.ceil(self.grace) + _TO_TELL,
        )
        configuration.guard = guard
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
        logging.getLogger("uvicorn.error").addFilter(is_told)
        server = _Server(configuration, self, following, log)
        server.run([listening])
        if server.is_interrupted:
            raise KeyboardInterrupt

    def _lost(self, lines: int) -> None:
        self.tally.log_lost += lines


class _Server(uvicorn.Server):
    def __init__(self, config: Configuration, how: Operation, following: Following, log: AccessLog | None) -> None:
        super().__init__(config)
        self._how, self._following, self._log = how, following, log
        self.is_interrupted = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Have a release before anybody asks for it: what is wrong with it is said in one line."""
        await self._how.holding.take_up()
        await super().startup(sockets)
        if self.started:
            gc.collect()
            gc.freeze()
            gc.set_threshold(*_COLLECTIONS)
            if self._how.hears_hangup:
                asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._hear_hangup)
            self._how.on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests, and let those that run come to their end. When their time is over their workers end,
        and whoever still waits is told so."""
        self._how.holding.ending.set()
        ending = asyncio.ensure_future(self._how.holding.close(self._how.grace))
        await super().shutdown(sockets)
        if not self.force_exit:
            await ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End well; at the second interrupt at once. uvicorn's own would raise the signals again at the end."""
        self.force_exit |= self.should_exit and sig == signal.SIGINT
        self.is_interrupted |= sig == signal.SIGINT
        self.should_exit = True

    def _hear_hangup(self) -> None:
        self._following.look_now()
        if self._log is not None:
            self._log.reopen()


def is_told(record: logging.LogRecord) -> bool:
    """Whether uvicorn's message is one for the operator: mistakes of ours, and not what we stop at the end."""
    stopped = record.exc_info is not None and record.exc_info[0] is asyncio.CancelledError
    message = record.getMessage().strip()
    return bool(message) and not stopped and not message.startswith("Cancel ") and "CancelledError" not in message


def _raise_limits() -> None:
    """As many open files as the system lets us have: each client is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
