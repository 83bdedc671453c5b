"""The store of a new release: made from that of the one before it where little has changed, else loaded afresh.

The figures behind the choice are in docs/decisions/0011-load-or-update.md.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.store.loading import add, digest_of, engine_files, is_sound, load, read_note, write_note

if TYPE_CHECKING:
    import pyoxigraph as ox

_IMMUTABLE = ".sst"
"""Files that the engine writes once and never again (https://github.com/facebook/rocksdb/wiki/RocksDB-Overview)."""
_MOST_AT_ONCE = 5
"""An update that is given more than one fifth of the dataset would take longer than loading it."""
_MOST_IN_ALL = 2
"""Once half of the dataset has been swapped, it is loaded afresh: the engine keeps texts that no quad has any more."""
_PENDING = 32 << 20


@dataclass(frozen=True)
class Since:
    """The store of an earlier release, and how the new one differs from it.

    `digest` is the SHA-256 of the quads that the store was made from. `graphs` has the named graphs that may have
    changed, by their names (`<…>`), with all their N-Quads lines of now: none (b"") for a graph that is gone. `before`
    has the lines of then, of the same quads as `digest`, where the caller holds them: it is only faster than asking
    the store, which matters for graphs of many thousand lines of which few have changed. `gone` and `come` are single
    lines of other graphs, for a graph that is too large to be given.
    """

    store: Path
    digest: str
    graphs: Mapping[str, bytes]
    before: Mapping[str, bytes] = field(default_factory=dict)
    gone: bytes = b""
    come: bytes = b""


def publish(quads: Path, folder: Path, digest: str = "", *, since: Since | None = None) -> bool:
    """Make the store of an N-Quads file in `folder`, which must not exist. True where it was made from the one before.

    The store before is used where it is sound and little has changed; it stays as it is, and may be read meanwhile.
    Raises SyntaxError for what is no N-Quads, and OSError where the disk does not take it.
    """
    digest = digest or digest_of(quads)
    if since is not None and _is_worthwhile(quads.stat().st_size, since):
        try:
            update(since, folder, digest)
        except (OSError, RuntimeError):  # damage that nobody has read until now, or a disk that loading will find full
            shutil.rmtree(folder, ignore_errors=True)
        else:
            return True
    load(quads, folder, digest)
    return False


def update(since: Since, folder: Path, digest: str) -> None:
    """Make a store in `folder`, which must not exist, from the one before, whose files are shared where possible.

    `digest` is the SHA-256 of the new quads. Raises SyntaxError for what is no N-Quads, ValueError for a line of
    another graph, OSError where the store before is damaged or the disk does not take the new one.
    """
    import pyoxigraph as ox

    before = read_note(since.store)
    if before is None:
        raise OSError(errno.EIO, f"{since.store} has no note of what it was made from")
    _fork(since.store, folder)
    try:
        store = ox.Store(str(folder))
    except (RuntimeError, ValueError) as error:  # how the engine calls damage, beside OSError
        raise OSError(errno.EIO, str(error)) from error
    gone, come = _swap(store, since)
    store.flush()
    del store  # closes its files: only now they have their sizes
    write_note(folder, digest, size=before.size - gone + come, swapped=before.swapped + gone + come)


def _is_worthwhile(size: int, since: Since) -> bool:
    note = read_note(since.store)
    if note is None or not is_sound(since.store, since.digest):
        return False
    now = sum(map(len, since.graphs.values()))
    then = now + note.size - size  # for all that is not in these graphs is as it was
    most = max(now, then)
    return most * _MOST_AT_ONCE <= size and (note.swapped + most) * _MOST_IN_ALL <= size


def _fork(store: Path, folder: Path) -> None:
    """A store with the same content. What the engine never writes again is linked where the file system can."""
    folder.mkdir()
    for name in engine_files(store):
        if not name.endswith(_IMMUTABLE):
            shutil.copyfile(store / name, folder / name)
            continue
        try:
            os.link(store / name, folder / name)
        except OSError:  # another file system, or one without links; where the disk is full, copying says so
            shutil.copyfile(store / name, folder / name)


def _swap(store: "ox.Store", since: Since) -> tuple[int, int]:
    """Make the graphs hold their lines of now, and no others. Gives the bytes of the lines that went, and that came."""
    import pyoxigraph as ox

    went, came, coming = len(since.gone), len(since.come), bytearray(since.come)
    for quad in ox.parse(since.gone, ox.RdfFormat.N_QUADS, lenient=True):
        store.remove(quad)
    for graph, now in sorted(since.graphs.items()):
        node = ox.NamedNode(graph[1:-1])
        before = since.before[graph].splitlines(keepends=True) if graph in since.before else _held(store, node)
        gone, new = _difference(before, now)
        if not all(line.endswith(f" {graph} .\n".encode()) for line in new):
            raise ValueError(f"not all lines given for the graph {graph} are of it")
        if now:
            for quad in ox.parse(b"".join(gone), ox.RdfFormat.N_QUADS, lenient=True):
                store.remove(quad)
        else:
            store.remove_graph(node)  # with its name
        coming += b"".join(new)
        went += sum(map(len, gone))
        came += sum(map(len, new))
        if len(coming) > _PENDING:
            add(store, bytes(coming))
            coming.clear()
    if coming:
        add(store, bytes(coming))
    return went, came


def _difference(before: Iterable[bytes], now: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that a graph has no more, and those that are new."""
    new = set(now.splitlines(keepends=True))
    gone = []
    for line in before:
        if line in new:
            new.remove(line)
        else:
            gone.append(line)
    return gone, sorted(new)


def _held(store: "ox.Store", graph: "ox.NamedNode") -> Iterator[bytes]:
    """The N-Quads lines of a graph in a store."""
    import pyoxigraph as ox

    end = f" <{graph.value}> .\n".encode()
    with tempfile.TemporaryFile() as held:
        store.dump(held, ox.RdfFormat.N_TRIPLES, from_graph=graph)
        held.seek(0)
        for triple in held:
            yield triple.removesuffix(b" .\n") + end
