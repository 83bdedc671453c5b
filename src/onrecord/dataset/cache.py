"""Segments and compiled rules kept from build to build, by the digest of everything they depend on. A damaged one is
noticed and made again."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from onrecord.unit import Segment

_DIGEST_BYTES = 32


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
        """Forget everything else, but what begins with `prefix`."""
        if self.folder.is_dir():
            for file in self.folder.iterdir():
                if file.name not in keys and not file.name.startswith(prefix):
                    file.unlink(missing_ok=True)
