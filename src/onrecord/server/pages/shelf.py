"""A prepared site, as files that the server reads itself: only those that it was written with, each as it was."""

import fcntl
import hashlib
import os
import weakref
from pathlib import Path

import msgspec

from onrecord.errors import PublishError
from onrecord.server.pages.media import links
from onrecord.site.dereferencing import FORMS

_MARK = ".onrecord-site.json"


class _Noted(msgspec.Struct):
    site: int
    files: dict[str, tuple[str, str]]


class Shelf:
    """The files of a prepared site, by their paths. No other path is looked for in the folder, whatever it is.

    It is kept from being tidied as long as somebody holds it.
    """

    def __init__(self, folder: Path, base: str = "") -> None:
        """`base` is how the addresses of the dataset begin. Raises PublishError for what is no site, and OSError."""
        self.folder, self._base = folder, base
        self._held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._held)  # not before the last who reads
        try:
            fcntl.flock(self._held, fcntl.LOCK_SH)
            noted = msgspec.json.decode((folder / _MARK).read_bytes(), type=_Noted)
        except (OSError, msgspec.MsgspecError) as error:
            raise PublishError(f"{folder} is no prepared site") from error
        self.digests = {path: digest for path, (digest, _) in noted.files.items()}
        """What each file has: its SHA-256."""

    def links(self, path: str) -> str:
        """The header `Link` of a page or its data: its canonical address and its other forms; "" for other files. The
        address of a path with a tilde may be another one, which the page itself says."""
        name, _, form = path.rpartition(".")
        if not all(f"{name}.{each}" in self.digests for each in FORMS):
            return ""
        return links("" if "~" in name else f"{self._base}{name}", name, form)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where it is not as it was written, or no longer there."""
        digest = self.digests.get(path)
        if digest is None:
            return None
        try:
            file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=self._held)
        except OSError:
            return None
        with os.fdopen(file, "rb") as stream:
            content = stream.read()
        return content if hashlib.sha256(content).hexdigest() == digest else None
