"""Blocks of all sources → one file of N-Quads, sorted by named graph. A dataset is the blocks of its sources, one after
the other: bytes are copied, and nothing is held in memory but where they lie."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from onrecord.dataset import metadata
from onrecord.dataset.ledger import Block, Ledger
from onrecord.dataset.packs import Packs
from onrecord.dataset.settings import Settings
from onrecord.mappers.parts.minting import Minter
from onrecord.vocabulary.terms import CONCEPTS

KINDS = sorted(CONCEPTS["graph-kind"], key=lambda kind: f"{kind}/")
"""The kinds of named graphs in the order of their IRIs."""


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

    def blocks(self, kind: str) -> Iterator[Block]:
        numbers = self.numbers
        for index, pack in enumerate(self.packs):
            yield Block(kind, pack, *numbers[4 * index : 4 * index + 4])


@dataclass
class Merged:
    """A dataset before and after it is written: its graphs, how many triples each kind has, the SHA-256 of all bytes,
    and how many bytes of each pack are in use."""

    graphs: dict[str, _Graphs]
    digest: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    in_use: dict[str, int] = field(default_factory=dict)

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
    whole = hashlib.sha256()
    for kind in KINDS:
        graphs = merged.graphs[kind]
        merged.counts[kind] = graphs.count
        if kind == metadata.KIND:
            pieces = _counted(metadata.graph_lines(settings, minter, merged.names()), merged.counts)
        else:
            pieces = packs.read(graphs.blocks(kind))
        for piece in pieces:
            whole.update(piece)
            stream.write(piece)
    merged.digest = whole.hexdigest()


def _counted(lines: Iterable[str], counts: dict[str, int]) -> Iterator[bytes]:
    held: list[str] = []
    for line in lines:
        held.append(line)
        counts[metadata.KIND] += 1
        if len(held) >= 10_000:
            yield "".join(held).encode()
            held = []
    yield "".join(held).encode()
