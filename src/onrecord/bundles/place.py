"""Where a bundle goes: a folder or a zip that appears as a whole, and never in the place of something else."""

import errno
import fcntl
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from onrecord.bundles.manifest import BundleManifest
from onrecord.errors import InputError, PublishError
from onrecord.release.holdings import Holding, opened
from onrecord.release.manifest import NAME, SIGNATURE

_ASIDE = ".kg-share-"
_OLD = "old"
"""Where the bundle that was there is, while another one takes its place: under its own name."""
_LARGEST = 64 << 20
_THEN = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a zip: the first that there is in one."""
_ADVICE = "name another place with -o"


def manifest_in(held: Holding) -> tuple[BundleManifest, bytes] | None:
    """The manifest of a bundle, and its bytes; None for what is no bundle."""
    if held.files.get(NAME, _LARGEST + 1) > _LARGEST:
        return None
    try:
        with held.open(NAME) as stream:
            data = stream.read(_LARGEST)
        return msgspec.json.decode(data, type=BundleManifest), data
    except (OSError, InputError, msgspec.MsgspecError, RecursionError, zipfile.BadZipFile):
        return None


def refuse_others(target: Path) -> None:
    """Raises PublishError where something else than a bundle is in the place for one; an empty folder may be there."""
    if target.is_symlink() or (target.exists() and not (target.is_dir() or target.is_file())):
        raise PublishError(f"{target} is neither a folder nor a file", hint=_ADVICE)
    if target.is_dir() and not any(target.iterdir()):
        return
    if target.exists():
        try:
            with opened(target) as held:
                found = manifest_in(held)
                known = {NAME, SIGNATURE, *found[0].files} if found else set()
                others = sorted({*held.files, *held.odd} - known)
        except InputError:
            others = [target.name]
        if others:
            raise PublishError(f"{target} holds other things than a bundle: {others[0][:80]}", hint=_ADVICE)


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """An empty folder beside the place of a bundle, which is removed in the end. Those of processes that died are
    removed first. Raises PublishError where the disk does not take it."""
    parent = target.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _sweep(parent)
        made = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=parent))
        held = os.open(made, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (made / "bundle").mkdir(mode=0o777)
            yield made / "bundle"
        finally:
            os.close(held)
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise PublishError(
            f"the bundle cannot be written to {target}: {error.strerror or error}",
            hint="make room, and share again" if full else "check who may write there, or name another place with -o",
        ) from error


def put(made: Path, target: Path) -> None:
    """Put what was made aside in its place: as a folder, or as a zip where the name says so. Raises OSError,
    PublishError where something else has come there meanwhile."""
    if target.suffix.lower() == ".zip":
        archive = made.with_suffix(".zip")
        zip_of(made, archive)
        with archive.open("rb") as stream:
            os.fsync(stream.fileno())
        refuse_others(target)
        if target.is_dir():
            target.rmdir()
        archive.replace(target)
    else:
        os.sync()  # once, and not a file at a time: a bundle may have 10,000 of them
        refuse_others(target)
        _swap(made, target)
    _sync_folder(target.parent)


def zip_of(folder: Path, archive: Path) -> None:
    """A folder as a zip, the same bytes for the same files: sorted, with one date and one permission for all."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _THEN)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            made.writestr(entry, path.read_bytes())


def _swap(made: Path, target: Path) -> None:
    """A folder in the place of another one. Between the two steps there is none; where the second fails, the old one
    is put back, and where we are killed, by who comes next (`_sweep`)."""
    old = made.with_name(_OLD) / target.name
    if target.exists():
        old.parent.mkdir()
        target.rename(old)
    try:
        made.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def _sweep(parent: Path) -> None:
    """Remove what those who died have left, which nobody holds; but for a bundle that they had moved out of its place,
    and put no other one there: it is put back."""
    for left in sorted(parent.glob(f"{_ASIDE}*")):
        if left.is_symlink() or not left.is_dir():
            continue
        held = os.open(left, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        else:
            for old in (left / _OLD).glob("*"):
                if not os.path.lexists(parent / old.name):
                    old.rename(parent / old.name)
            shutil.rmtree(left, ignore_errors=True)
        finally:
            os.close(held)


def _sync_folder(folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
