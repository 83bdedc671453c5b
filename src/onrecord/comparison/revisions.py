"""A dataset's folder, or a git revision of it → a release that is built for the comparison alone.

A revision is read from git's objects (`git ls-tree`, `git cat-file`), not checked out: no hook and no filter runs, the
working tree is not touched, links and submodules are left out, and no name is ever taken for an option.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from onrecord.dataset import settings
from onrecord.dataset.segments import Options
from onrecord.errors import ConfigurationError, InputError, NotBuilt, TooLarge
from onrecord.release.building import build as build_release

_SHOWN = 20
"""Findings that are told where a dataset does not build."""
_MOST_FILES, _MOST_BYTES = 2_000_000, 20 << 30
_REGULAR = ("100644", "100755")
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-replace-objects", "--no-optional-locks")


class _Entry(NamedTuple):
    mode: str
    digest: str
    path: str


def commit(folder: Path, name: str) -> str:
    """The commit that a revision of the repository around `folder` is; "" where there is none of that name."""
    if not name or "\0" in name:
        return ""
    try:
        ran = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except OSError:  # there is no git
        return ""
    return ran.stdout.decode().strip() if ran.returncode == 0 else ""


def taken_out(folder: Path, commit: str, into: Path, say: Callable[[str], None]) -> Path:
    """Take the files of the dataset in `folder`, as a commit has them, out of git; the folder that they are put into.

    Raises InputError where git cannot give them, NotBuilt where the commit does not have the dataset.
    """
    ran = _git(folder, "rev-parse", "--show-prefix")
    prefix = ran.stdout.decode().removesuffix("\n")
    tree = f"{commit}:{prefix}" if prefix else commit
    listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", tree)
    if listed.returncode:
        raise NotBuilt(f"commit {commit[:12]} has no folder {prefix or '.'}", hint="name a later revision")
    entries = [_entry(line) for line in listed.stdout.split(b"\0") if line]
    files = [entry for entry in entries if entry.mode in _REGULAR]
    if len(files) > _MOST_FILES:
        raise TooLarge(f"commit {commit[:12]} has more than {_MOST_FILES:,} files")
    if left := len(entries) - len(files):
        say(f"commit {commit[:12]}: {left} symbolic links and submodules are left out")
    target = into / "tree"
    target.mkdir()
    _write_all(folder, files, target)
    if not (target / settings.FILE_NAME).is_file():
        raise NotBuilt(f"commit {commit[:12]} has no {settings.FILE_NAME} in {prefix or '.'}", hint="is it a dataset?")
    return target


def build(folder: Path, place: Path, into: Path, name: str, say: Callable[[str], None]) -> Path:
    """Build the dataset in `folder` with this program's own vocabulary; its N-Quads. Folders of texts are looked for
    from `place`, where the dataset lies for good.

    Raises NotBuilt where it has errors, which are told first, and ConfigurationError for its kg.toml.
    """
    given = settings.load(folder)
    texts = tuple(path for text in given.texts if (path := place / text).exists())
    options = Options(folder, given, into / "out", os.cpu_count() or 1, texts, store=False)
    report = build_release(options, lambda stage, done, of: None)
    if report.manifest is None:
        errors = [finding for finding in report.findings if finding.severity == "violation"]
        for finding in errors[:_SHOWN]:
            say(finding.line())
        more = f", {_SHOWN} of them shown" if len(errors) > _SHOWN else ""
        raise NotBuilt(f"{name} does not build: {len(errors)} errors{more}", hint="name another one")
    return (into / "out" / "latest").resolve() / "dataset.nq"


def _entry(line: bytes) -> _Entry:
    head, _, path = line.partition(b"\t")
    mode, _, digest = head.decode().split(" ")
    return _Entry(mode, digest, os.fsdecode(path))


def _write_all(folder: Path, files: list[_Entry], target: Path) -> None:
    process = subprocess.Popen(
        ["git", *_SAFE, "cat-file", "--batch"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    assert process.stdin
    assert process.stdout
    try:
        written = 0
        for entry in files:
            process.stdin.write(f"{entry.digest}\n".encode())
            process.stdin.flush()
            written += _write(process.stdout, entry, target, _MOST_BYTES - written)
    finally:
        process.kill()
        process.communicate()


def _write(stream: IO[bytes], entry: _Entry, target: Path, room: int) -> int:
    """Write the file that git gives next; how many bytes it has."""
    head = stream.readline().split()
    if len(head) != 3:
        raise InputError(f"git does not have the content of {entry.path}", hint="fetch it: git fetch --unshallow")
    size = int(head[2])
    if size > room:
        raise TooLarge(f"the revision is larger than {_MOST_BYTES:,} bytes")
    path = PurePosixPath(entry.path)
    if path.is_absolute() or ".." in path.parts:
        raise InputError(f"git has a file {entry.path!r}, which lies outside the dataset")
    file = target / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as out:
        for piece in _read(stream, size):
            out.write(piece)
    stream.read(1)
    return size


def _read(stream: IO[bytes], size: int) -> Iterator[bytes]:
    while size and (piece := stream.read(min(size, 1 << 20))):
        size -= len(piece)
        yield piece


def _git(folder: Path, *words: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(["git", *_SAFE, *words], cwd=folder, capture_output=True, check=False, env=_environment())


def _environment() -> dict[str, str]:
    """Git's own variables may point elsewhere, and let programs run: none is passed on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def is_dataset(folder: Path) -> bool:
    """Whether a folder is a dataset's: it has a kg.toml."""
    try:
        return (folder / settings.FILE_NAME).is_file()
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{folder}: {error}") from error
