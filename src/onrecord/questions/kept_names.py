"""The index of names of a release, kept beside its store.

It is made when a name is first asked for, as the store is made when something is first asked: a build that nobody asks
names of does not pay for them. It is bound to the quads by their SHA-256; one of other quads, or a damaged one, is made
again. Where the folder cannot be written, it is made each time.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from onrecord.errors import InputError
from onrecord.matching import Named, NameIndex

FILE_NAME = "names.msgpack"
_DIGEST = 32


def kept(folder: Path, digest: str, named: Callable[[], Iterable[Named]]) -> NameIndex:
    """The index of the release in `folder`, whose quads have this SHA-256 (hexadecimal)."""
    file = folder / FILE_NAME
    found = _read(file, digest)
    if found is not None:
        return found
    made = NameIndex(named())
    with suppress(OSError):
        _write(file, digest, made.dump())
    return made


def _read(file: Path, digest: str) -> NameIndex | None:
    try:
        data = file.read_bytes()
    except OSError:
        return None
    head, payload = data[:_DIGEST], data[_DIGEST:]
    if head != _seal(digest, payload):
        return None
    try:
        return NameIndex.load(payload)
    except InputError:  # of another version of this program
        return None


def _write(file: Path, digest: str, payload: bytes) -> None:
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        aside.write_bytes(_seal(digest, payload) + payload)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def _seal(digest: str, payload: bytes) -> bytes:
    return hashlib.sha256(digest.encode() + payload).digest()
