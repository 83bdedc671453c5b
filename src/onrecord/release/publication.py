"""Releases: whole folders side by side in out/, and one link, `latest`, that is swapped in a single step."""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from onrecord.errors import PublishError

LATEST = "latest"
_RELEASES = "releases"
_ASIDE = ".building-"
_KEPT = 3
_IGNORED = ".gitignore"
"""Releases are not for version control: a folder for them that is new, or was emptied, says so itself."""


class Manifest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a release says of itself: counts, the digest of its inputs and of each of its files. No clock, no path."""

    title: str
    program: str
    inputs: str
    sources: int
    facts: int
    evidence: int
    evidence_checked: int
    asserted: int
    curated: int
    inferred: int
    warnings: int
    files: dict[str, str]


def read_manifest(out: Path) -> Manifest | None:
    """The manifest of the latest release; None where there is no whole one."""
    try:
        return msgspec.json.decode((out / LATEST / "manifest.json").read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None


def is_whole(out: Path, manifest: Manifest) -> bool:
    """Whether every file of the latest release has the digest that its manifest gives."""
    folder = out / LATEST
    try:
        return (
            all(digest_of(folder / name) == digest for name, digest in manifest.files.items())
            and (folder / "store").is_dir()
        )
    except OSError:
        return False


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def lock(out: Path) -> Iterator[None]:
    """Nobody else builds in `out` meanwhile. Raises PublishError where somebody does, or where `out` cannot be
    written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if not (out / _IGNORED).exists():
            (out / _IGNORED).write_text("*\n!.gitignore\n", encoding="utf-8")
        held = os.open(out / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise PublishError(
            f"{out} cannot be written: {error.strerror}", hint="check who may write there, or build with --out DIR"
        ) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        raise PublishError(f"another build is running in {out}", hint="wait until it ends, then build again") from error
    try:
        yield
    finally:
        os.close(held)


@contextmanager
def publishing(out: Path) -> Iterator[Path]:
    """An empty folder to write a release into. When the block ends well, the folder becomes the latest release.

    When it fails, or the process dies, the release before it stays the latest, whole; what was left aside is removed by
    the next build. Raises PublishError where the disk is full or must not be written.
    """
    _sweep(out)
    aside = out / f"{_ASIDE}{os.getpid()}"
    try:
        aside.mkdir()
        yield aside
        _sync(aside)
        name = digest_of(aside / "manifest.json")[:16]
        _swap(out, aside, name)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        hint = "make room and build again" if full else "check who may write there, or build with --out DIR"
        raise PublishError(
            f"the release cannot be written to {out}: {error.strerror}", hint=f"{hint}; the last release is as it was"
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _swap(out: Path, aside: Path, name: str) -> None:
    releases = out / _RELEASES
    releases.mkdir(exist_ok=True)
    # A folder of this name may be the latest and damaged: it stays until the link has been swapped.
    free = next(n for n in (name, *(f"{name}-{i}" for i in range(2, 1_000))) if not (releases / n).exists())
    aside.rename(releases / free)
    link = out / f"{_ASIDE}link-{os.getpid()}"
    link.symlink_to(Path(_RELEASES) / free)
    link.replace(out / LATEST)
    _sync_folder(out)
    _prune(out, free)


def _prune(out: Path, name: str) -> None:
    """Forget all releases but the latest ones, by the time of their making."""
    found = sorted((out / _RELEASES).iterdir(), key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
    for folder in [folder for folder in found if folder.name != name][_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Remove what builds that died have left aside. The lock is held: nobody else is at work."""
    for left in out.glob(f"{_ASIDE}*"):
        if left.is_symlink():
            left.unlink(missing_ok=True)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Everything in the folder is on the disk before it is called the latest."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
