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

_WINDOW = 1 << 16
"""Bytes of two files that are compared at first; then twice as many, as long as they are the same."""


class Block(NamedTuple):
    """A named graph, or the rest of one: its address in brackets (which are part of the order), and where its lines
    lie."""

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

    def __len__(self) -> int:
        return len(self._data)

    def lines(self, block: Block) -> bytes:
        """The lines of a graph."""
        return self._data[block.start : block.end]

    def block(self, start: int) -> Block:
        """The graph, or the rest of it, that begins with the line at `start`. Raises NotBuilt for what is not of a
        release."""
        graph = self._graph(start)
        return Block(graph.decode(), start, self._end(start, graph))

    def find(self, graph: str) -> Block | None:
        """A graph by its address; None where there is none. The line that it begins with is found by halving."""
        wanted, low, high = graph.encode(), 0, len(self)
        while low < high:
            middle = self._data.rfind(b"\n", 0, (low + high) // 2) + 1
            if self._graph(middle) < wanted:
                low = self._next(middle)
            else:
                high = middle
        found = self.block(low) if low < len(self) else None
        return found if found and found.graph == graph else None

    def lines_with(self, text: bytes) -> Iterator[bytes]:
        """The lines that hold a text, each once, in their order."""
        place = self._data.find(text)
        while place >= 0:
            end = self._next(place)
            yield self._data[self._data.rfind(b"\n", 0, place) + 1 : end]
            place = self._data.find(text, end)

    def same(self, start: int, other: "Quads", there: int) -> int:
        """How many bytes from `start` on are the same whole lines as in another file from `there` on."""
        done, size = 0, _WINDOW
        while (piece := self._data[start + done : start + done + size]) and (
            piece == other._data[there + done : there + done + size]
        ):
            done, size = done + len(piece), 2 * size
        return max(self._data.rfind(b"\n", start, start + done) + 1 - start, 0)

    def misplaced(self, place: int) -> NotBuilt:
        """What to raise where graphs are not in the order of a release."""
        return self._foreign(place)

    def _end(self, start: int, graph: bytes) -> int:
        """Where a graph ends: in steps that grow until a line is another graph's, then by halving what is between."""
        low, high, step = start, len(self), _STEP
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
        return len(self) if found < 0 else found + 1

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
