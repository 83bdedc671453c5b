"""What is made once and kept from build to build by the digest of what it was made from. A damaged one is noticed and
made again."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

_DIGEST_BYTES = 32
_OURS = re.compile(r"\.?(rules|shapes)-[0-9a-f]{64}(\.[0-9]+)?")


@dataclass(frozen=True)
class Cache:
    """A folder of files, each its payload's SHA-256 and the payload."""

    folder: Path

    def read(self, key: str) -> bytes | None:
        """The bytes with this key; None where there are none, or damaged ones."""
        try:
            data = (self.folder / key).read_bytes()
        except OSError:
            return None
        digest, payload = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
        return payload if hashlib.sha256(payload).digest() == digest else None

    def write(self, key: str, payload: bytes) -> None:
        """Keep bytes. Written aside and renamed, so that nobody finds half of them; what was kept of the same kind
        before is removed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f".{key}.{os.getpid()}"
        aside.write_bytes(hashlib.sha256(payload).digest() + payload)
        aside.replace(self.folder / key)
        kind = key.partition("-")[0]
        for file in self.folder.iterdir():
            if _OURS.fullmatch(file.name) and file.name.lstrip(".").startswith(f"{kind}-") and file.name != key:
                file.unlink(missing_ok=True)
