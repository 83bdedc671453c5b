"""What the server and its workers say to each other, over a pair of sockets.

A message is five bytes, its kind and its length (big endian), and then its content. To a worker goes one request at a
time (`R`); back come the head of the answer (`H`), its body in pieces (`B`), and how it ended (`E`).
"""

import struct
from typing import Final

import msgspec

HEADER: Final = struct.Struct(">cI")
REQUEST: Final = b"R"
HEAD: Final = b"H"
BODY: Final = b"B"
END: Final = b"E"
WANTED: Final = b"F"
"""What the process that is forked for workers is told, with the end of a pair of sockets."""
MESSAGE: Final = struct.Struct(">cIi")
"""What it tells: whether a process was born or has ended, which one, and its exit code, or minus a signal."""
BORN: Final = b"B"
ENDED: Final = b"E"


class Request(msgspec.Struct, frozen=True):
    """A job, its arguments, and what it may take: seconds of processor time, bytes of answer, rows of answer."""

    job: str
    args: dict[str, object]
    seconds: float
    bytes: int
    rows: int


class Head(msgspec.Struct, frozen=True):
    """What an answer begins with."""

    status: int
    media: str
    headers: dict[str, str]


class End(msgspec.Struct, frozen=True):
    """How an answer ended: `whole`, `cut` where it is not whole, `damaged` where the store is. `message` says why."""

    how: str
    message: str = ""
    peak: int = 0
    """The most memory that the worker has taken until now, in bytes."""


def frame(kind: bytes, content: bytes) -> bytes:
    """A message."""
    return HEADER.pack(kind, len(content)) + content


def packed(value: msgspec.Struct) -> bytes:
    """A record as the content of a message."""
    return msgspec.msgpack.encode(value)
