"""Releases: whole folders side by side in out/, and one link, `latest`, that is swapped in a single step."""

import errno
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from onrecord.errors import PublishError
from onrecord.release import signature
from onrecord.release.manifest import NAME, QUADS, SIGNATURE, Manifest
from onrecord.store.loading import digest_of, is_sound

LATEST = "latest"
RELEASES = "releases"
_ASIDE = ".building-"
_KEPT = 3
_LOCK = ".lock"
_IGNORED = ".gitignore"
"""Releases are not for version control: a folder for them that is new, or was emptied, says so itself."""
_MARKER = ".kg-releases"
_MARKER_TEXT = "kg build publishes into this folder, and removes old releases from it.\n"
UNLABELLED = re.compile(r"[0-9a-f]{16}(-[0-9]+)?")
_ASIDE_NAME = re.compile(rf"{re.escape(_ASIDE)}[0-9]+")
_LINK_NAME = re.compile(rf"{re.escape(_ASIDE)}link-[0-9]+")
"""The names that a build gives. What has another name is somebody else's, and is never removed."""


def read_manifest(out: Path) -> Manifest | None:
    """The manifest of the latest release; None where there is no whole one."""
    return manifest_in(out / LATEST)


def manifest_in(folder: Path) -> Manifest | None:
    """The manifest of the release in a folder; None where there is no whole one."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None


def is_whole(out: Path, manifest: Manifest, *, store: bool, name: str = LATEST) -> bool:
    """Whether every file of the latest release (or of another one in `out`) has the digest that its manifest gives, and
    its store is sound. Without `store` it need not have one."""
    folder = out / name
    try:
        wanted = store or (folder / "store").exists()
        if wanted and not is_sound(folder / "store", manifest.files[QUADS].sha256):
            return False
        return all(digest_of(folder / name) == entry.sha256 for name, entry in manifest.files.items())
    except (OSError, KeyError):
        return False


@contextmanager
def lock(out: Path) -> Iterator[None]:
    """Nobody else builds in `out` meanwhile. Raises PublishError where somebody does, where `out` cannot be written, or
    where it holds files that are not of a build."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        _claim(out)
        if not (out / _IGNORED).exists():
            (out / _IGNORED).write_text("*\n!.gitignore\n", encoding="utf-8")
        held = os.open(out / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
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
        _sweep(out)
        yield
    finally:
        os.close(held)


def _claim(out: Path) -> None:
    """Mark the folder as one for releases. Raises PublishError where it is somebody else's.

    It is ours where it is new or empty, where it is marked, or where a build has published before there was a marker.
    """
    _refuse_taken_latest(out)
    # Listed first: who builds at the same time marks the folder before putting anything else into it.
    used = any(path.name not in (_IGNORED, _LOCK) for path in out.iterdir())
    marker = out / _MARKER
    if marker.is_file():
        return
    if used and not _has_published(out):
        raise PublishError(f"{out} holds other files", hint="name an empty folder: kg build --out DIR")
    marker.write_text(_MARKER_TEXT, encoding="utf-8")


def _has_published(out: Path) -> bool:
    """Whether `latest` is a link to a release, as a build makes it."""
    link = out / LATEST
    if not link.is_symlink():
        return False
    target = link.readlink()
    manifest = read_manifest(out) if target.parent == Path(RELEASES) else None
    return manifest is not None and (manifest.release == target.name or bool(UNLABELLED.fullmatch(target.name)))


def _refuse_taken_latest(out: Path) -> None:
    link = out / LATEST
    if link.exists() and not link.is_symlink():
        raise PublishError(
            f"{link} is in the way: it is no link to a release", hint="move it, or name an empty folder with --out DIR"
        )


@contextmanager
def publishing(out: Path, label: str = "") -> Iterator[Path]:
    """An empty folder to write a release into. When the block ends well, the folder becomes the latest release. One
    with a label, of which there must be none yet, lies under it and is never forgotten.

    When it fails, or the process dies, the release before it stays the latest, whole; what was left aside is removed by
    the next build. Raises PublishError where the disk is full or must not be written, or `latest` is no link.
    """
    aside = out / f"{_ASIDE}{os.getpid()}"
    try:
        aside.mkdir()
        yield aside
        _sync(aside)
        _swap(out, aside, label or digest_of(aside / NAME)[:16], is_label=bool(label))
    except OSError as error:
        # The engine's errors have no number.
        full = error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error)
        hint = "make room and build again" if full else "check who may write there, or build with --out DIR"
        raise PublishError(
            f"the release cannot be written to {out}: {error.strerror or error}",
            hint=f"{hint}; the last release is as it was",
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _swap(out: Path, aside: Path, name: str, *, is_label: bool) -> None:
    _refuse_taken_latest(out)
    releases = out / RELEASES
    releases.mkdir(exist_ok=True)
    if is_label:
        free = name
        if os.path.lexists(releases / name):  # of an empty folder, the system would say nothing
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(releases / name))
    else:
        # A folder of this name may be the latest and damaged: it stays until the link has been swapped.
        free = next(n for n in (name, *(f"{name}-{i}" for i in range(2, 1_000))) if not (releases / n).exists())
    aside.rename(releases / free)
    point_latest(out, free)
    _prune(out, free)


def point_latest(out: Path, name: str) -> None:
    """Make a release that is there the latest one, in a single step. Raises OSError."""
    link = out / f"{_ASIDE}link-{os.getpid()}"
    link.symlink_to(Path(RELEASES) / name)
    link.replace(out / LATEST)
    _sync_folder(out)


def renew(out: Path, label: str, key: Path | None) -> None:
    """Make a labelled release that is there the latest again, and sign it where `key` is given and it is not signed.

    Raises PublishError where another key has signed it, or `out` cannot be written.
    """
    folder = out / RELEASES / label
    written = signature.sign((folder / NAME).read_bytes(), key) if key else b""
    try:
        if key and (folder / SIGNATURE).exists():
            if (folder / SIGNATURE).read_bytes() != written:
                raise PublishError(f"the release {label} is signed already, with another key or damaged")
        elif key:
            aside = out / f"{_ASIDE}{os.getpid()}"
            aside.mkdir()
            (aside / SIGNATURE).write_bytes(written)
            _sync(aside)
            (aside / SIGNATURE).replace(folder / SIGNATURE)
            aside.rmdir()
        if not (out / LATEST).is_symlink() or (out / LATEST).readlink() != Path(RELEASES) / label:
            point_latest(out, label)
    except OSError as error:
        raise PublishError(
            f"the release {label} cannot be made the latest: {error.strerror}", hint="check who may write there"
        ) from error


def _prune(out: Path, name: str) -> None:
    """Forget all releases but the latest ones, by the time of their making."""
    named = (path for path in (out / RELEASES).iterdir() if UNLABELLED.fullmatch(path.name) and path.name != name)
    folders = [path for path in named if path.is_dir() and not path.is_symlink()]
    for folder in sorted(folders, key=lambda folder: folder.stat().st_mtime_ns, reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Remove what builds that died have left aside. The lock is held: nobody else is at work."""
    for left in out.glob(f"{_ASIDE}*"):
        if left.is_symlink():
            if _LINK_NAME.fullmatch(left.name):
                left.unlink(missing_ok=True)
        elif _ASIDE_NAME.fullmatch(left.name):
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
