"""What is compiled once for all datasets of a user, and kept by the digest of what it was made from. A damaged one is
noticed and made again."""

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_DIGEST_BYTES = 32
_KEPT = 3
"""Of each kind so many are kept beside the newest: other versions of the program may be in use, too."""
_OURS = re.compile(r"\.?(rules|shapes)-[0-9a-f]{64}(\.[0-9]+)?")


@dataclass(frozen=True)
class Cache:
    """A folder of files, each its payload's SHA-256 and the payload."""

    folder: Path

    def read(self, key: str) -> bytes | None:
        """The bytes with this key; None where there are none, or damaged ones."""
        try:
            data = (self.folder.expanduser() / key).read_bytes()
        except (OSError, RuntimeError):  # there may be no home
            return None
        digest, payload = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
        return payload if hashlib.sha256(payload).digest() == digest else None

    @classmethod
    def of_user(cls) -> Self:
        """The user's own: below XDG_CACHE_HOME, or else ~/.cache
        (https://specifications.freedesktop.org/basedir-spec/latest/)."""
        given = os.environ.get("XDG_CACHE_HOME", "")
        return cls((Path(given) if Path(given).is_absolute() else Path("~/.cache")) / "onrecord")

    def is_usable(self) -> bool:
        """Whether something can be kept."""
        try:
            folder = self.folder.expanduser()
            folder.mkdir(parents=True, exist_ok=True)
        except (OSError, RuntimeError):
            return False
        return os.access(folder, os.R_OK | os.W_OK | os.X_OK)

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes with this key, made where there are none. Where nothing can be kept, they are made each time."""
        kept = self.read(key)
        if kept is not None:
            return kept
        fresh = make()
        with suppress(OSError, RuntimeError):
            self.write(key, fresh)
        return fresh

    def write(self, key: str, payload: bytes) -> None:
        """Keep bytes. Written aside and renamed, so that nobody finds half of them; the oldest of the same kind
        are removed."""
        folder = self.folder.expanduser()
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{key}.{os.getpid()}"
        aside.write_bytes(hashlib.sha256(payload).digest() + payload)
        aside.replace(folder / key)
        kind = key.partition("-")[0]
        others = (file for file in folder.iterdir() if _OURS.fullmatch(file.name) and file.name != key)
        ours = [file for file in others if file.name.lstrip(".").startswith(f"{kind}-")]
        for file in sorted(ours, key=lambda file: (file.name[0] != ".", file.stat().st_mtime_ns))[: -_KEPT or None]:
            file.unlink(missing_ok=True)
