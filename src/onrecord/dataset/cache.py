"""Segments kept from build to build, by the digest of everything they depend on. A damaged one is noticed and made again."""

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
        try:
            data = (self.folder / key).read_bytes()
        except OSError:
            return None
        digest, payload = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
        if hashlib.sha256(payload).digest() != digest:
            return None
        try:
            return msgspec.msgpack.decode(payload, type=Segment)
        except msgspec.MsgspecError:
            return None

    def put(self, key: str, segment: Segment) -> None:
        """Keep a segment. Written aside and renamed, so that nobody finds half of it."""
        payload = msgspec.msgpack.encode(segment)
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f".{key}.{os.getpid()}"
        aside.write_bytes(hashlib.sha256(payload).digest() + payload)
        aside.replace(self.folder / key)

    def keep_only(self, keys: set[str]) -> None:
        """Forget every other segment."""
        if self.folder.is_dir():
            for file in self.folder.iterdir():
                if file.name not in keys:
                    file.unlink(missing_ok=True)
