"""The named graphs of a release's N-Quads: where each begins and ends, found without reading every line.

A release has its graphs one after the other, in the order of their addresses (`onrecord.dataset.merging`).
"""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from onrecord.errors import NotBuilt

_STEP = 4_096
"""Bytes that are skipped at first when looking for the end of a graph: most graphs of a source are larger."""


class Block(NamedTuple):
    """A named graph: its address in brackets (which are part of the order), and where its lines lie."""

    graph: str
    start: int
    end: int


class Quads:
    """A file of N-Quads whose graphs lie one after the other."""

    def __init__(self, data: "mmap.mmap | bytes", name: str) -> None:
        self._data, self._name = data, name

    @classmethod
    @contextmanager
    def opened(cls, file: Path) -> "Iterator[Quads]":
        """The file, for as long as the block lasts. Raises OSError where it cannot be read."""
        with file.open("rb") as stream:
            if not file.stat().st_size:  # there is no map of nothing
                yield cls(b"", str(file))
                return
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield cls(data, str(file))

    def lines(self, block: Block) -> bytes:
        """The lines of a graph."""
        return self._data[block.start : block.end]

    def blocks(self) -> Iterator[Block]:
        """All graphs, in the order of their addresses. Raises NotBuilt for what is not the file of a release."""
        start, before = 0, b""
        while start < len(self._data):
            graph = self._graph(start)
            if graph <= before:
                raise self._foreign(start)
            end = self._end(start, graph)
            yield Block(graph.decode(), start, end)
            start, before = end, graph

    def _end(self, start: int, graph: bytes) -> int:
        """Where a graph ends: in steps that grow until a line is another graph's, then by halving what is between."""
        low, high, step = start, len(self._data), _STEP
        while (probe := self._next(low + step)) < high:
            if self._graph(probe) != graph:
                high = probe
            else:
                low, step = probe, 2 * step
        while (probe := self._next((low + high) // 2)) < high:
            if self._graph(probe) == graph:
                low = probe
            else:
                high = probe
        while low < high and self._graph(low) == graph:
            low = self._next(low)
        return low

    def _next(self, place: int) -> int:
        """Where the line after a place begins."""
        found = self._data.find(b"\n", place)
        return len(self._data) if found < 0 else found + 1

    def _graph(self, start: int) -> bytes:
        """The graph of the line that begins here."""
        end = self._data.find(b"> .\n", start)
        begin = self._data.rfind(b" <", start, max(end, start))
        if begin < 0 or self._next(start) != end + 4:
            raise self._foreign(start)
        return self._data[begin + 1 : end + 1]

    def _foreign(self, place: int) -> NotBuilt:
        return NotBuilt(
            f"{self._name} is not the N-Quads of a release (at byte {place})",
            hint="name a release in out/releases, or the dataset.nq of one",
        )
