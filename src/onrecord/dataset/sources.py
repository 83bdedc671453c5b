"""The files of a dataset: which there are, in an order that no file system changes."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.dataset.settings import Settings
from onrecord.errors import ConfigurationError
from onrecord.findings import Finding, Place, Severity
from onrecord.readers import READERS, Limits

REGISTRY = "registry"


@dataclass(frozen=True, order=True)
class SourceFile:
    """A facts file: its path as shown to people and as opened, and whether it is a part of the registry."""

    shown: str
    path: Path
    registry: bool

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.name.removesuffix(self.path.suffix)

    @property
    def ending(self) -> str:
        """The ending of the file's name, with its dot, in small letters."""
        return self.path.suffix.lower()

    def data(self, limits: Limits) -> bytes | Finding:
        """The file's bytes, or the finding why not: too large, or not to be read."""
        opened = self.open(limits)
        if isinstance(opened, Finding):
            return opened
        with opened as stream:
            try:
                return stream.read()
            except OSError as error:
                return _unreadable(self.shown, error)

    def open(self, limits: Limits) -> BinaryIO | Finding:
        """The file, open for reading; or the finding why not."""
        try:
            size = self.path.stat().st_size
            if size > limits.file_bytes:
                message = f"the file has {size:,} bytes; the limit is {limits.file_bytes:,}"
                hint = "split it, or raise file_bytes under [limits] in kg.toml"
                return _finding(self.shown, "too-large", message, hint)
            return self.path.open("rb")
        except OSError as error:
            return _unreadable(self.shown, error)


@dataclass(frozen=True)
class Listing:
    """The facts files of a dataset, registry files first, and what is wrong with what looks like one."""

    files: list[SourceFile]
    findings: list[Finding]


def _finding(shown: str, code: str, message: str, hint: str, severity: Severity = "violation") -> Finding:
    return Finding(Place(shown), severity, code, message, hint, broken=severity == "violation")


def _unreadable(shown: str, error: OSError) -> Finding:
    message = f"it cannot be read: {error.strerror}"
    return _finding(shown, "unreadable", message, "check that it exists and who may read it")


def of_dataset(folder: Path, settings: Settings) -> Listing:
    """All facts files below the data folder. Raises ConfigurationError for a folder that is not there, or outside."""
    data = folder / settings.data
    if not data.resolve().is_relative_to(folder.resolve()):
        raise ConfigurationError(f"{data} lies outside the dataset", hint="name a folder inside as `data` in kg.toml")
    if not data.is_dir():
        raise ConfigurationError(f"{data} is no folder", hint="make it, or name another one as `data` in kg.toml")
    listing = Listing([], [])
    for path, problem in _walk(data):
        shown = path.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode()
        if isinstance(problem, OSError):
            listing.findings.append(_unreadable(shown, problem))
        elif path.is_symlink() and path.is_dir():
            message = "a linked folder is not looked into"
            listing.findings.append(_finding(shown, "linked-folder", message, "put the files here", "warning"))
        elif not path.is_file():
            listing.findings.append(_finding(shown, "no-file", "this is no file that can be read", "remove it"))
        elif shown != path.relative_to(folder).as_posix():
            listing.findings.append(_finding(shown, "name", "the file's name is not UTF-8", "rename it"))
        else:
            listing.files.append(SourceFile(shown, path, path.relative_to(data).parts[0] == REGISTRY))
    listing.files.sort(key=lambda file: (not file.registry, file.shown))
    return listing


def _walk(data: Path) -> Iterator[tuple[Path, OSError | None]]:
    """What is or should be a facts file, and folders that cannot be looked into. Hidden names are somebody else's."""
    failed: list[OSError] = []
    for folder, folders, names in os.walk(data, onerror=failed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = Path(folder)
        links = (here / name for name in folders if (here / name).is_symlink())
        takes = (here / name for name in names if not name.startswith(".") and Path(name).suffix.lower() in READERS)
        yield from ((path, None) for path in (*links, *takes))
    yield from ((Path(error.filename), error) for error in failed)
