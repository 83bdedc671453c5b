"""What is made from the quads of a release and kept beside its store, so that it is made once.

It is bound to the quads by their SHA-256; what was made of other quads, or is damaged, is made again. Where the folder
cannot be written, it is made each time.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar

from onrecord.errors import InputError
from onrecord.store.release import Release

_DIGEST = 32


class Kept(Protocol):
    """What can be kept."""

    def dump(self) -> bytes:
        """All of it as bytes."""
        ...


K = TypeVar("K", bound=Kept)


def kept(release: Release, name: str, load: Callable[[bytes], K], make: Callable[[], K]) -> K:
    """What is kept in the file `name` of a release, or made now. `load` reads what its `dump` wrote, and raises
    InputError for what is of another version of this program."""
    file, digest = release.folder / name, release.digest()
    payload = _read(file, digest)
    if payload is not None:
        with suppress(InputError):
            return load(payload)
    made = make()
    with suppress(OSError):
        _write(file, digest, made.dump())
    return made


def _read(file: Path, digest: str) -> bytes | None:
    try:
        data = file.read_bytes()
    except OSError:
        return None
    head, payload = data[:_DIGEST], data[_DIGEST:]
    return payload if head == _seal(digest, payload) else None


def _write(file: Path, digest: str, payload: bytes) -> None:
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        aside.write_bytes(_seal(digest, payload) + payload)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def _seal(digest: str, payload: bytes) -> bytes:
    return hashlib.sha256(digest.encode() + payload).digest()
