"""Where the files of an export go: a folder or an archive, that takes its place when it is whole."""

import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from onrecord.errors import PublishError


class Files(Protocol):
    """What files can be written into, one after the other."""

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A new file."""
        ...


@contextmanager
def place(output: Path, known: Iterable[str]) -> Iterator[Files]:
    """A folder, or an archive where `output` ends in .zip, for the files of an export.

    A folder that is there is replaced where it has nothing but files with `known` names: those of such an export.
    Raises PublishError where it has anything else, and where nothing can be written.
    """
    target = output.resolve()
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.suffix.lower() == ".zip":
            with aside.open("xb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                yield Archive(archive)
            aside.replace(target)
        else:
            _refuse_foreign(target, set(known))
            aside.mkdir(parents=True)
            yield Folder(aside)
            _swap(aside, target)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PublishError(
            f"{output} cannot be written: {error.strerror or error}", hint="check the folder, and who may write there"
        ) from error
    finally:
        if aside.is_dir():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.unlink(missing_ok=True)


class Folder:
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A new file of the folder."""
        with (self._folder / name).open("xb") as stream:
            yield stream


class Archive:
    """Files in a zip archive, all of the same day: the same content gives the same bytes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A new file of the archive."""
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3
        entry.external_attr = 0o100644 << 16
        with self._archive.open(entry, "w", force_zip64=True) as stream:
            yield cast(BinaryIO, stream)


def _refuse_foreign(target: Path, known: set[str]) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise PublishError(f"{target} is no folder", hint="name a folder, or a file that ends in .zip")
    if target.is_dir():
        foreign = sorted(path.name for path in target.iterdir() if path.name not in known or not path.is_file())
        if foreign:
            raise PublishError(
                f"{target} has other files, such as {foreign[0]}", hint="name a new folder, or one of an earlier export"
            )


def _swap(aside: Path, target: Path) -> None:
    """Put a folder in the place of another one."""
    if not target.exists():
        aside.rename(target)
        return
    old = target.with_name(f"{aside.name}-old")
    target.rename(old)
    try:
        aside.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
