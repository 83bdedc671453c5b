"""A published release as queries find it: its quads, and the store made from them."""

import codecs
import fcntl
import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self, TextIO, TypeVar

from onrecord.errors import NotBuilt, PublishError
from onrecord.store.answers import Answer, ask
from onrecord.store.loading import digest_of, is_sound, load, open_store

if TYPE_CHECKING:
    import pyoxigraph as ox

T = TypeVar("T")
_ASIDE = ".store-"
_QUADS = "dataset.nq"
_PIECE = 1 << 20


@dataclass(frozen=True)
class Release:
    """A release folder: dataset.nq, manifest.json and store/. A missing or damaged store is made again."""

    folder: Path

    @classmethod
    def latest(cls, out: Path) -> Self:
        """The latest release in `out`. Raises NotBuilt where there is none.

        The link is followed once, here: who holds a Release goes on with it when another one is published.
        """
        link = out / "latest"
        if not (link / _QUADS).is_file():
            raise NotBuilt(f"there is no release in {out}", hint="run kg build first")
        return cls(link.resolve())

    @classmethod
    def named(cls, out: Path, name: str) -> Self:
        """The release that a person means: one of those in `out`, by its name or the beginning of it, or the path of a
        release's folder or dataset.nq. Raises NotBuilt, with the releases that there are."""
        path = Path(name)
        folder = path.parent if path.name == _QUADS else path
        if (folder / _QUADS).is_file():
            return cls(folder.resolve())
        releases = sorted(found.parent for found in (out / "releases").glob(f"*/{_QUADS}"))
        meant = [folder for folder in releases if name and folder.name.startswith(name)]
        exact = [folder for folder in meant if folder.name == name]
        if len(exact or meant) == 1:
            return cls((exact or meant)[0].resolve())
        names = ", ".join(folder.name for folder in meant or releases) or "there are none"
        told = f"{name[:80]!r} may be {len(meant)} releases" if meant else f"there is no release {name[:80]!r}"
        raise NotBuilt(told, hint=f"in {out}: {names}; a build keeps the last ones")

    @property
    def quads(self) -> Path:
        """Its N-Quads file."""
        return self.folder / _QUADS

    @contextmanager
    def open_quads(self) -> Iterator[TextIO]:
        """The quads, open for reading, once they have been compared with the digest that the manifest gives them.

        Raises NotBuilt where they or the manifest are damaged, or there is no manifest to tell by.
        """
        if not (self.folder / "manifest.json").is_file():
            raise NotBuilt(f"the release in {self.folder} has no manifest", hint="run kg build")
        with self.quads.open("rb") as stream:
            if _digest_of_text(stream) != self.digest():
                raise NotBuilt(f"the release in {self.folder} is damaged", hint="run kg build")
            stream.seek(0)
            with io.TextIOWrapper(stream, encoding="utf-8", newline="\n") as lines:
                yield lines

    def store_folder(self) -> Path:
        """The folder of the store, which is made again first where it is missing, damaged, or another dataset's.

        Raises NotBuilt where the quads are damaged, too, and PublishError where the folder cannot be written.
        """
        folder = self.folder / "store"
        return folder if is_sound(folder, self.digest()) else self._make_again(damaged=False)

    def mended(self) -> Path:
        """The folder of the store, made again because reading it has shown that it is damaged. Raises as
        `store_folder` does."""
        return self._make_again(damaged=True)

    def store(self) -> "ox.Store":
        """The store, open for reading. Raises as `store_folder` does."""
        return self.reading(lambda store: store)

    def reading(self, read: "Callable[[ox.Store], T]") -> T:
        """What `read` gives of the store. Damage that shows while reading: the store is made again, and read again."""
        try:
            return read(open_store(self.store_folder()))
        except (OSError, RuntimeError):  # RuntimeError is what the engine calls damage that shows while it reads
            return read(open_store(self._make_again(damaged=True)))

    def query(
        self,
        query: str,
        *,
        rows: str = "tsv",
        graph: str = "ttl",
        prefixes: Mapping[str, str] | None = None,
        timeout: float = 60.0,
    ) -> Answer:
        """Ask this release; see `onrecord.store.answers.ask`. A damaged store is made again, and asked again."""
        try:
            return ask(self.store_folder(), query, rows=rows, graph=graph, prefixes=prefixes, timeout=timeout)
        except OSError:
            folder = self._make_again(damaged=True)
            return ask(folder, query, rows=rows, graph=graph, prefixes=prefixes, timeout=timeout)

    def digest(self) -> str:
        """The SHA-256 that the quads should have, by the manifest; that they have, where there is no manifest."""
        try:
            manifest = json.loads((self.folder / "manifest.json").read_bytes())
            entry = manifest["files"][_QUADS]
            return str(entry["sha256"])
        except FileNotFoundError:
            return digest_of(self.quads)
        except (ValueError, KeyError, TypeError) as error:
            raise NotBuilt(f"the manifest of the release in {self.folder} is damaged", hint="run kg build") from error

    def _make_again(self, *, damaged: bool) -> Path:
        """Load the quads into a new store and put it in its place. Of two processes that want to, one does."""
        folder, digest = self.folder / "store", self.digest()
        before = _identity(folder)
        with self._alone():
            if is_sound(folder, digest) and not (damaged and before == _identity(folder)):
                return folder  # somebody else was faster
            if digest_of(self.quads) != digest:
                raise NotBuilt(f"the release in {self.folder} is damaged", hint="run kg build")
            aside, old = self.folder / f"{_ASIDE}{os.getpid()}", self.folder / f"{_ASIDE}{os.getpid()}-old"
            load(self.quads, aside, digest)
            if folder.exists():
                folder.rename(old)
            aside.rename(folder)
            _remove(old)
        return folder

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else makes this release's store meanwhile; what those who died left behind is removed."""
        try:
            held = os.open(self.folder / ".store.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise PublishError(
                f"the store in {self.folder} is damaged or missing, and cannot be made again: {error.strerror}",
                hint="run kg build, or let somebody query who may write there",
            ) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            for left in self.folder.glob(f"{_ASIDE}[0-9]*"):
                _remove(left)
            yield
        finally:
            os.close(held)


def _digest_of_text(stream: BinaryIO) -> str | None:
    """The SHA-256 of a text, in hexadecimal; None where it is no UTF-8."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return digest.hexdigest()


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from one that takes its place."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _remove(path: Path) -> None:
    """Remove a folder, or what stands where a folder should."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
