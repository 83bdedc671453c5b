"""The files of a release or bundle that somebody gave us, in a folder or a zip: nothing outside of it is ever read."""

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from onrecord.errors import InputError


class Holding(Protocol):
    """Files by their names. `files` has the regular ones with their sizes, `odd` the names of all else: links, pipes,
    names that would lead out of the folder."""

    files: dict[str, int]
    odd: list[str]

    def open(self, name: str) -> BinaryIO:
        """One of `files`, for reading. Raises OSError or InputError where it cannot be read."""


class Folder:
    """The files of a folder. Links are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[str, int] = {}
        self.odd: list[str] = []
        for where, folders, files in os.walk(folder):
            for name in sorted(folders):
                if Path(where, name).is_symlink():
                    self.odd.append(Path(where, name).relative_to(folder).as_posix())
            for name in sorted(files):
                path = Path(where, name)
                found = path.lstat()
                if stat.S_ISREG(found.st_mode):
                    self.files[path.relative_to(folder).as_posix()] = found.st_size
                else:
                    self.odd.append(path.relative_to(folder).as_posix())

    def open(self, name: str) -> BinaryIO:
        """A file of the folder. A link that has taken its place meanwhile is refused by the system."""
        held = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        return os.fdopen(held, "rb")


class Archive:
    """The files of a zip, of which none is unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files: dict[str, int] = {}
        self.odd: list[str] = []
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            is_link = stat.S_ISLNK(entry.external_attr >> 16)
            if is_link or not is_inside(entry.filename) or entry.filename in self.files:
                self.odd.append(entry.filename)
            else:
                self.files[entry.filename] = entry.file_size

    def open(self, name: str) -> BinaryIO:
        """A file of the zip."""
        try:
            return cast(BinaryIO, self._archive.open(name))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:  # damage, a method, a password
            raise InputError(f"{name} cannot be unpacked: {error}") from error


def is_inside(name: str) -> bool:
    """Whether a name, as a manifest or a zip gives it, is that of a file below a folder."""
    steps = name.split("/")
    return not any(step in ("", ".", "..") or "\\" in step or "\0" in step for step in steps)


@contextmanager
def opened(path: Path) -> Iterator[Holding]:
    """What a folder or a zip holds. Raises InputError for what is neither, OSError for what cannot be read."""
    if path.is_dir():
        yield Folder(path.resolve())
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield Archive(archive)
    except (zipfile.BadZipFile, FileNotFoundError) as error:
        raise InputError(f"{path} is neither a folder nor a zip") from error
