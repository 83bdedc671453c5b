"""What can be compared, and how each is read: a release, an RDF file, a bundle, a dataset's folder, a git revision.

Each kind has one reader: what it gives is a file of sorted N-Quads. `READERS` holds them.
"""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from onrecord.comparison import foreign, revisions, sorting
from onrecord.errors import NotBuilt
from onrecord.store.loading import digest_of
from onrecord.store.release import Release

Kind = Literal["release", "file", "bundle", "dataset", "git"]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Meant:
    """What a person means by a name: a kind of input, its path, and the commit where it is a revision."""

    kind: Kind
    name: str
    path: Path
    commit: str = ""


@dataclass(frozen=True)
class Surroundings:
    """Where inputs are read: a folder for what is made meanwhile, and how to tell the person something."""

    folder: Path
    say: Say


@dataclass(frozen=True)
class Input:
    """An input that can be compared: sorted N-Quads, with named graphs or without. `expected` is the SHA-256 that they
    should have, where something says so."""

    meant: Meant
    quads: Path
    named: bool
    expected: str = ""


def _release(meant: Meant, around: Surroundings) -> Input:
    release = Release(meant.path)
    return Input(meant, release.quads, True, release.digest() if (meant.path / "manifest.json").is_file() else "")


def _file(meant: Meant, around: Surroundings) -> Input:
    target = around.folder / "sorted.nq"
    named = foreign.read(meant.path, target)
    return Input(meant, target, named)


def _bundle(meant: Meant, around: Surroundings) -> Input:
    from onrecord.documents.reading_back import quads

    target = around.folder / "sorted.nq"
    sorting.write((line.encode() for line in quads(meant.path)), target, around.folder)
    return Input(meant, target, False)


def _dataset(meant: Meant, around: Surroundings) -> Input:
    return Input(meant, revisions.build(meant.path, meant.path, around.folder, meant.name, around.say), True)


def _git(meant: Meant, around: Surroundings) -> Input:
    taken = revisions.taken_out(meant.path, meant.commit, around.folder, around.say)
    return Input(meant, revisions.build(taken, meant.path, around.folder, meant.name, around.say), True)


READERS: dict[Kind, Callable[[Meant, Surroundings], Input]] = {
    "release": _release,
    "file": _file,
    "bundle": _bundle,
    "dataset": _dataset,
    "git": _git,
}


@dataclass(frozen=True)
class Pair:
    """Two inputs that can be compared with each other. Threads compare releases with their manifests meanwhile."""

    before: Input
    now: Input
    digests: tuple[tuple[Input, "Future[str]"], ...]

    def check(self) -> None:
        """Wait for the threads. Raises NotBuilt where a release is not what its manifest says."""
        for read, digest in self.digests:
            if digest.result() != read.expected:
                raise NotBuilt(
                    f"{read.meant.path} is damaged: its quads are not those of its manifest",
                    hint="build it again, or fetch it again",
                )


@contextmanager
def both(before: Meant, now: Meant, folder: Path, say: Say) -> Iterator[Pair]:
    """Two inputs, read: with named graphs, if both have them. What is made for that lies in `folder`, which must be
    empty.

    Raises the errors of reading: NotBuilt for what is no release or does not build, InputError for a file that is no
    RDF.
    """
    read = []
    for name, meant in (("before", before), ("now", now)):
        own = folder / name
        own.mkdir()
        read.append(READERS[meant.kind](meant, Surroundings(own, say)))
    with ThreadPoolExecutor(2) as threads:
        digests = tuple((each, threads.submit(digest_of, each.quads)) for each in read if each.expected)
        if read[0].named != read[1].named:
            read = [_merged(each, folder) if each.named else each for each in read]
        yield Pair(read[0], read[1], digests)


def _merged(read: Input, folder: Path) -> Input:
    """The same without named graphs: each triple once."""
    target = folder / "merged.nq"
    with read.quads.open("rb") as stream:
        sorting.write((sorting.without_graph(line) for line in stream), target, folder)
    return replace(read, quads=target, named=False)


def digest(read: Input) -> str:
    """The SHA-256 of an input's quads: as the manifest has it, where one says so and `Pair.check` has held."""
    if read.expected and read.named:
        return read.expected
    with read.quads.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
