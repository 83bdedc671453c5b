"""The process that answers requests, one after the other. Crashes and endless work stay in here.

It is forked (`onrecord.server.source`), and has an end of a pair of sockets (`onrecord.server.frames`). It ends when
the other end is closed.
"""

import signal
import socket
import sys
from collections.abc import Callable
from typing import BinaryIO, cast

import msgspec

from onrecord.errors import OnRecordError
from onrecord.server import frames
from onrecord.server.desk import Desk
from onrecord.server.jobs import job, refused
from onrecord.server.reply import Reply, problem

HELD = 1 << 18
"""Bytes of an answer that are held back: until then, what goes wrong still becomes a clear refusal."""
_GRACE = 0.5


class Cut(Exception):
    """An answer is larger than allowed."""


class Answering:
    """The stream that a job writes its body into, at most `most` bytes of it. `begun`: some of it was sent."""

    def __init__(self, link: socket.socket, head: frames.Head, most: int) -> None:
        self._link, self._head, self._left = link, head, most
        self._held: list[bytes] = []
        self._size = 0
        self.begun = False

    def write(self, piece: bytes) -> int:
        """Take a piece. Raises Cut beyond the limit."""
        self._left -= len(piece)
        if self._left < 0:
            raise Cut("the answer is larger than this server gives")
        self._held.append(bytes(piece))
        self._size += len(piece)
        if self._size >= HELD:
            self._send()
        return len(piece)

    def flush(self) -> None:
        """Nothing: pieces are sent when they are large enough."""

    def end(self, how: frames.End) -> None:
        """Send what is held, and how the answer ended."""
        self._link.sendall(self._taken() + frames.frame(frames.END, frames.packed(how)))

    def _send(self) -> None:
        self._link.sendall(self._taken())

    def _taken(self) -> bytes:
        body = b"".join(self._held)
        self._held, self._size = [], 0
        pieces = [] if self.begun else [frames.frame(frames.HEAD, frames.packed(self._head))]
        self.begun = True
        return b"".join([*pieces, frames.frame(frames.BODY, body)] if body else pieces)


def serve(link: socket.socket, desk: Desk) -> None:
    """Answer requests until nobody asks. Raises BrokenPipeError where the server has gone."""
    decoder = msgspec.msgpack.Decoder(frames.Request)
    with link, link.makefile("rb", buffering=1 << 16) as asked:
        while header := asked.read(frames.HEADER.size):
            _, length = frames.HEADER.unpack(header)
            request = decoder.decode(asked.read(length))
            signal.setitimer(signal.ITIMER_PROF, request.seconds + _GRACE)  # should the server no longer be there
            _answer(desk, request, link)
            signal.setitimer(signal.ITIMER_PROF, 0)


def _answer(desk: Desk, request: frames.Request, link: socket.socket) -> None:
    try:
        reply = job(request.job)(desk, {**request.args, "rows_most": request.rows})
        out = Answering(link, frames.Head(reply.status, reply.media, dict(reply.headers)), request.bytes)
    except (OnRecordError, OSError, ValueError, RuntimeError, MemoryError) as error:
        _tell(link, error)
        return
    try:
        _write(reply.body, cast(BinaryIO, out))
    except (Cut, OnRecordError, OSError, ValueError, RuntimeError, MemoryError) as error:
        if not out.begun:
            _tell(link, error)
        elif isinstance(error, BrokenPipeError):
            raise
        else:
            out.end(frames.End("damaged" if _is_damage(error) else "cut", str(error), _peak()))
        return
    out.end(frames.End("whole", "", _peak()))


def _write(body: bytes | Callable[[BinaryIO], None], out: BinaryIO) -> None:
    if isinstance(body, bytes):
        out.write(body)
    else:
        body(out)


def _tell(link: socket.socket, error: Exception) -> None:
    """Say what went wrong, before anything of an answer was sent."""
    reply = _refusal(error)
    assert isinstance(reply.body, bytes)
    told = frames.frame(frames.HEAD, frames.packed(frames.Head(reply.status, reply.media, {})))
    told += frames.frame(frames.BODY, reply.body)
    how = frames.End("damaged" if _is_damage(error) else "whole", str(error), _peak())
    link.sendall(told + frames.frame(frames.END, frames.packed(how)))


def _refusal(error: Exception) -> Reply:
    if isinstance(error, OnRecordError):
        return refused(error)
    if isinstance(error, Cut):
        return problem(400, str(error), "ask for less at a time: LIMIT and OFFSET, or a narrower pattern")
    if isinstance(error, MemoryError):
        return problem(400, "the answer needs more memory than this server gives to one", "ask for less at a time")
    if _is_damage(error):
        return problem(503, "the store is damaged, and is made again", "ask again in a minute")
    return problem(400, f"this cannot be answered: {error}")


def _is_damage(error: Exception) -> bool:
    return (isinstance(error, OSError) and not isinstance(error, BrokenPipeError)) or "Corruption" in str(error)


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
