"""Loading a dataset into a store, and opening it again: never another one's, and never half of it."""

import contextlib
import errno
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import NotBuilt

if TYPE_CHECKING:
    import pyoxigraph as ox

_NOTE = "loaded.json"
_CHANGING = ("LOG", "LOCK", _NOTE)
"""Files that the engine writes even when it only reads, and our own note."""


def load(quads: Path, folder: Path) -> None:
    """Load an N-Quads file into a new store in `folder`, which must not exist or be empty.

    A note in the folder keeps what was loaded (its SHA-256) and which files that made, so that a damaged store, or
    one of
    another dataset, is noticed. Raises SyntaxError for what is no N-Quads, and OSError where the disk does not take it.
    """
    import pyoxigraph as ox

    store = ox.Store(str(folder))
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    del store  # closes its files: only now they have their sizes
    note = {"quads": digest_of(quads), "files": _sizes(folder)}
    (folder / _NOTE).write_text(json.dumps(note, sort_keys=True) + "\n", encoding="utf-8")


def is_sound(folder: Path, digest: str) -> bool:
    """Whether the store in `folder` was loaded from quads with this SHA-256, and has its files at their sizes.

    Damage inside a file does not show here: the engine's checksums show it when it reads there, as OSError.
    """
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        return isinstance(note, dict) and note.get("quads") == digest and note.get("files") == _sizes(folder)
    except (OSError, ValueError):
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


def _sizes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in sorted(folder.iterdir()) if not file.name.startswith(_CHANGING)}
