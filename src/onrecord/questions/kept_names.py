"""The index of names of a release, kept beside its store.

A build of lists prepares it, so that the first question finds it; of other datasets it is made when a name is first
asked for, as the store is: a build that nobody asks names of does not pay for them. It is bound to the quads by their
SHA-256; one of other quads, or a damaged one, is made again. Where the folder cannot be written, it is made each time.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from onrecord.errors import InputError
from onrecord.matching import NameIndex
from onrecord.questions.lookup import named
from onrecord.questions.said import Said
from onrecord.store import Release
from onrecord.vocabulary.terms import onr

FILE_NAME = "names.msgpack"
_DIGEST = 32


def kept(release: Release, said: Said) -> NameIndex:
    """The index of a release, in whose store `said` looks."""
    file, digest = release.folder / FILE_NAME, release.digest()
    found = _read(file, digest)
    if found is not None:
        return found
    made = NameIndex(named(said))
    with suppress(OSError):
        _write(file, digest, made.dump())
    return made


def prepare(release: Release, base: str) -> None:
    """Make the index of a release that has entries of lists, unless it is there."""
    said = Said(release.store(), base)
    if any(True for _ in said.match(None, onr.listReference)):
        kept(release, said)


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
