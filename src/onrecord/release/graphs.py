"""graphs.ndjson: the named graphs of a labelled release, a line each, with their hashes.

The lines of a graph lie together in dataset.nq, in the order of their code points: as they stand there, they are its
canonical N-Quads (`onrecord.release.canonical`).
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.release.blocks import Quads
from onrecord.writers.parts.layout import graph_name

NAME = "graphs.ndjson"


class GraphEntry(msgspec.Struct, frozen=True):
    """A named graph: its address, its kind and source by its address, its triples, and the SHA-256 of its canonical
    N-Quads (RDFC-1.0), which are its lines in dataset.nq."""

    graph: str
    kind: str
    source: str
    triples: int
    rdfc10: str


def entries(quads: Path) -> Iterator[GraphEntry]:
    """The named graphs of a release's N-Quads, in their order. Raises NotBuilt for a file that is not of a release,
    OSError for one that cannot be read."""
    with Quads.opened(quads) as held:
        place = 0
        while place < len(held):
            block = held.block(place)
            lines = held.lines(block)
            named = graph_name(block.graph)
            kind, source = (named.kind, named.source) if named else ("", "")
            digest = hashlib.sha256(lines).hexdigest()
            yield GraphEntry(block.graph[1:-1], kind, source, lines.count(b"\n"), digest)
            place = block.end


def write(quads: Path, file: Path) -> int:
    """Write the file of the graphs of a release's N-Quads; how many there are."""
    count = 0
    with file.open("wb") as out:
        for entry in entries(quads):
            out.write(msgspec.json.encode(entry) + b"\n")
            count += 1
    return count
