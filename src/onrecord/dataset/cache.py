"""Segments and compiled rules kept from build to build, by the digest of everything they depend on. A damaged one is
noticed and made again."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from onrecord.unit import Segment

_DIGEST_BYTES = 32
_DIGEST = "[0-9a-f]{64}"


@dataclass(frozen=True)
class Cache:
    """A folder of segments, each file its payload's SHA-256 and the payload."""

    folder: Path

    def get(self, key: str) -> Segment | None:
        """The segment with this key; None where there is none, or a damaged one."""
        payload = self.read(key)
        try:
            return None if payload is None else msgspec.msgpack.decode(payload, type=Segment)
        except msgspec.MsgspecError:
            return None

    def put(self, key: str, segment: Segment) -> None:
        """Keep a segment."""
        self.write(key, msgspec.msgpack.encode(segment))

    def read(self, key: str) -> bytes | None:
        """The bytes with this key; None where there are none, or damaged ones."""
        try:
            data = (self.folder / key).read_bytes()
        except OSError:
            return None
        digest, payload = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
        return payload if hashlib.sha256(payload).digest() == digest else None

    def write(self, key: str, payload: bytes) -> None:
        """Keep bytes. Written aside and renamed, so that nobody finds half of them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f".{key}.{os.getpid()}"
        aside.write_bytes(hashlib.sha256(payload).digest() + payload)
        aside.replace(self.folder / key)

    def keep_only(self, keys: set[str], prefix: str) -> None:
        """Forget all other segments, and what processes that died were writing.

        What begins with `prefix` stays, and so do folders, and files that have no name of ours.
        """
        ours = re.compile(rf"{_DIGEST}|\.({re.escape(prefix)})?{_DIGEST}\.[0-9]+")
        if self.folder.is_dir():
            for file in self.folder.iterdir():
                if ours.fullmatch(file.name) and file.name not in keys and file.is_file():
                    file.unlink(missing_ok=True)
