"""What is kept of a file and of a segment from build to build."""

import zlib
from typing import NamedTuple

import msgspec


class Damaged(Exception):
    """The ledger is not what was written into it."""


class Block(NamedTuple):
    """Where the lines of a named graph lie: its kind, pack, offset and length in bytes, triples, and CRC-32."""

    kind: str
    pack: str
    offset: int
    length: int
    triples: int
    checksum: int


class State(NamedTuple):
    """What tells without reading it that a file is the one that it was: size, time of change (ctime, ns), inode."""

    size: int
    changed: int
    node: int


class Row(NamedTuple):
    """What is kept of a segment.

    `file` is "" for what comes of several sources. `digest` is the SHA-256 of the document's bytes in it. `text` names
    the source's text, and which it was that was at hand. `uses` are ids and addresses of the registry, "*" for any.
    `findings`, `shared` and `blocks` are MessagePack: lists of `Finding`, two lists of triples, and a list of `Block`;
    `testimony` is what `onrecord.history` packs, `voiced` what `onrecord.conflicts` does.
    """

    file: str
    digest: bytes
    text: str
    source: str
    named: bool
    registry: bool
    facts: int
    spans: int
    checked: int
    uses: str
    findings: bytes | None
    shared: bytes | None
    testimony: bytes | None
    voiced: bytes | None
    blocks: bytes


class Totals(NamedTuple):
    """Sums over all sources."""

    segments: int
    sources: int
    facts: int
    spans: int
    checked: int


def seal(row: Row) -> int:
    """A checksum of a row: SQLite notices a broken page, and not one flipped bit of a value."""
    plain = (*row[:4], int(row.named), int(row.registry), *row[6:])
    return zlib.crc32(msgspec.msgpack.encode(plain))
