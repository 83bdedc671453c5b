"""Blocks of all sources → one file of N-Quads, sorted by named graph. A dataset is the blocks of its sources, one after
the other: bytes are copied, and nothing is held in memory but where they lie."""

import hashlib
from array import array
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import BinaryIO

from onrecord.dataset import metadata
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.packs import Packs
from onrecord.dataset.rows import Block
from onrecord.dataset.settings import Settings
from onrecord.mappers.parts.minting import Minter
from onrecord.vocabulary.terms import CONCEPTS

KINDS = sorted(CONCEPTS["graph-kind"], key=lambda kind: f"{kind}/")
"""The kinds of named graphs in the order of their IRIs."""
_GATHERED = 4_000
"""Graphs that are described at once."""


@dataclass
class _Graphs:
    """The graphs of one kind in the order of their sources' ids: where the lines of each lie."""

    sources: list[str] = field(default_factory=list)
    packs: list[str] = field(default_factory=list)
    numbers: "array[int]" = field(default_factory=lambda: array("Q"))
    count: int = 0

    def add(self, source: str, block: Block, packs: dict[str, str]) -> None:
        self.sources.append(source)
        self.packs.append(packs.setdefault(block.pack, block.pack))
        self.numbers.extend((block.offset, block.length, block.triples, block.checksum))
        self.count += block.triples

    def block(self, kind: str, index: int) -> Block:
        return Block(kind, self.packs[index], *self.numbers[4 * index : 4 * index + 4])

    def blocks(self, kind: str) -> Iterator[Block]:
        return (self.block(kind, index) for index in range(len(self.packs)))


@dataclass
class Merged:
    """A dataset before and after it is written: its graphs, how many triples each kind has, the SHA-256 of all bytes,
    and how many bytes of each pack are in use."""

    graphs: dict[str, _Graphs]
    digest: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    in_use: dict[str, int] = field(default_factory=dict)

    def of(self, sources: Collection[str]) -> Iterator[tuple[str, Block]]:
        """The blocks of some sources, with the source of each."""
        for kind, graphs in self.graphs.items():
            for index, source in enumerate(graphs.sources):
                if source in sources:
                    yield source, graphs.block(kind, index)

    def names(self) -> Iterator[tuple[str, str]]:
        """Kind and source of every graph, in the order of the graphs' IRIs."""
        for kind in KINDS:
            for source in self.graphs[kind].sources:
                yield kind, source


def plan(ledger: Ledger) -> Merged:
    """Where the graphs of a dataset lie. Raises `Damaged`."""
    merged = Merged({kind: _Graphs() for kind in KINDS})
    names: dict[str, str] = {}
    for source, blocks in ledger.blocks():
        for block in blocks:
            merged.graphs[block.kind].add(source, block, names)
            merged.in_use[block.pack] = merged.in_use.get(block.pack, 0) + block.length
    return merged


def write(merged: Merged, packs: Packs, settings: Settings, minter: Minter, stream: BinaryIO) -> None:
    """Write the dataset, and note its digest and counts. Raises `Damaged` for a block that is not what was written."""
    with closing(_Written(stream)) as held:
        for kind in KINDS:
            graphs = merged.graphs[kind]
            merged.counts[kind] = graphs.count
            if kind == metadata.KIND:
                pieces = _gathered(metadata.graph_lines(settings, minter, merged.names()), merged.counts)
            else:
                pieces = packs.read(graphs.blocks(kind))
            for piece in pieces:
                held.write(piece)
        merged.digest = held.digest()


class _Written:
    """Bytes on their way into a stream. A thread makes their digest meanwhile: of large pieces, both take as long."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._whole = stream, hashlib.sha256()
        self._thread = ThreadPoolExecutor(1)
        self._before: Future[None] | None = None

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown()

    def write(self, piece: bytes) -> None:
        """Write a piece, once the digest of the one before it is made."""
        if self._before is not None:
            self._before.result()
        self._before = self._thread.submit(self._whole.update, piece)
        self._stream.write(piece)

    def digest(self) -> str:
        """The SHA-256 of all pieces."""
        if self._before is not None:
            self._before.result()
        return self._whole.hexdigest()


def _gathered(pieces: Iterable[str], counts: dict[str, int]) -> Iterator[bytes]:
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if len(held) >= _GATHERED:
            yield _counted("".join(held), counts)
            held = []
    yield _counted("".join(held), counts)


def _counted(lines: str, counts: dict[str, int]) -> bytes:
    counts[metadata.KIND] += lines.count("\n")
    return lines.encode()
