"""Loading a dataset into a store, and opening it again: never another one's, and never half of it."""

import contextlib
import errno
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from onrecord.errors import NotBuilt

if TYPE_CHECKING:
    import pyoxigraph as ox

_NOTE = "loaded.json"
_CHANGING = ("LOG", "LOCK", _NOTE)
"""Files that the engine writes even when it only reads, and our own note."""
_PIECE = 64 << 20
"""Bytes of N-Quads that the engine is given at once (docs/decisions/0011-load-or-update.md)."""


class Note(msgspec.Struct, forbid_unknown_fields=True):
    """What a store was made from: the SHA-256 and the bytes of the quads, and those swapped since it was loaded whole.

    `files` are the engine's files with their sizes.
    """

    quads: str
    files: dict[str, int]
    size: int = 0
    swapped: int = 0


def load(quads: Path, folder: Path, digest: str = "") -> None:
    """Load an N-Quads file into a new store in `folder`, which must not exist or be empty.

    `digest` is the file's SHA-256, where the caller knows it. A note in the folder keeps it, and which files were made,
    so that a damaged store, or one of another dataset, is noticed. Raises SyntaxError for what is no N-Quads, and
    OSError where the disk does not take it.
    """
    import pyoxigraph as ox

    store = ox.Store(str(folder))
    with quads.open("rb") as stream:
        for piece in pieces(stream):
            add(store, piece)
    store.optimize()  # one file an index instead of one a piece: every look-up of a question takes half as long
    store.flush()
    del store  # closes its files: only now they have their sizes
    write_note(folder, digest or digest_of(quads), size=quads.stat().st_size, swapped=0)


def add(store: "ox.Store", lines: bytes) -> None:
    """Add N-Quads lines to a store. Raises SyntaxError for what is no N-Quads.

    Addresses were checked where they became IRIs (`onrecord.ntriples`), and are not checked again.
    """
    import pyoxigraph as ox

    store.bulk_load(lines, format=ox.RdfFormat.N_QUADS, lenient=True)


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """A file in pieces of whole lines. The engine's memory grows with what it is given at once, its speed does not."""
    while piece := stream.read(_PIECE):
        yield piece + stream.readline()


def write_note(folder: Path, digest: str, *, size: int, swapped: int) -> None:
    """Note what the store in `folder`, which nobody has open, was made from."""
    note = Note(digest, engine_files(folder), size, swapped)
    (folder / _NOTE).write_bytes(msgspec.json.encode(note, order="sorted") + b"\n")


def read_note(folder: Path) -> Note | None:
    """The note in a store's folder; None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / _NOTE).read_bytes(), type=Note)
    except (OSError, msgspec.MsgspecError):
        return None


def is_sound(folder: Path, digest: str) -> bool:
    """Whether the store in `folder` was made from quads with this SHA-256, and has its files at their sizes.

    Damage inside a file does not show here: the engine's checksums show it when it reads there, as OSError.
    """
    note = read_note(folder)
    try:
        return note is not None and note.quads == digest and note.files == engine_files(folder)
    except OSError:
        return False


def distrust(folder: Path) -> None:
    """Make a store count as damaged, because reading it has shown that it is."""
    with contextlib.suppress(OSError):
        (folder / _NOTE).unlink()


def open_store(folder: Path) -> "ox.Store":
    """The store in `folder`, for reading. Raises NotBuilt where there is none, OSError where it is damaged."""
    import pyoxigraph as ox

    if not folder.is_dir():
        raise NotBuilt(f"there is no store in {folder}", hint="run kg build first")
    try:
        return ox.Store.read_only(str(folder))
    except (RuntimeError, ValueError) as error:  # how the engine calls damage, beside OSError
        raise OSError(errno.EIO, str(error)) from error


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def engine_files(folder: Path) -> dict[str, int]:
    """The files that make a store, by their names, with their sizes."""
    return {file.name: file.stat().st_size for file in sorted(folder.iterdir()) if not file.name.startswith(_CHANGING)}
