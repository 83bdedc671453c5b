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

_WINDOW, _WIDEST = 1 << 16, 1 << 24
"""Bytes of two files that are compared at first, and at the most; twice as many each time that they are the same."""

_READ_ANEW = 1 << 26
"""Bytes of a file that have been read, after which the system need not keep them in this process's memory."""


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
        self._passed = 0

    @property
    def data(self) -> "mmap.mmap | bytes":
        """The bytes of the file."""
        return self._data

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

    def graph(self, place: int) -> str:
        """The graph of the line that begins at a place. Raises NotBuilt for what is not of a release."""
        return self._graph(place).decode()

    def find(self, graph: str) -> Block | None:
        """A graph by its address; None where there is none. The line that it begins with is found by halving."""
        low = self.first(graph)
        found = self.block(low) if low < len(self) else None
        return found if found and found.graph == graph else None

    def first(self, graph: str) -> int:
        """Where the first graph begins whose address is not before the wanted one."""
        self.passed(4 * _WINDOW)
        wanted, low, high = graph.encode(), 0, len(self)
        while low < high:
            middle = self._begin((low + high) // 2)
            if self._graph(middle) < wanted:
                low = self._next(middle)
            else:
                high = middle
        return low

    def _begin(self, place: int) -> int:
        """Where the line that a place lies in begins."""
        return self._data.rfind(b"\n", 0, place) + 1

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
            done, size = done + len(piece), min(2 * size, _WIDEST)
            self.passed(len(piece))
            other.passed(len(piece))
        return max(self._data.rfind(b"\n", start, start + done) + 1 - start, 0)

    def passed(self, size: int) -> None:
        """Note that so many bytes have been read. Now and then all of them are let go from memory: what is wanted again
        is read anew."""
        self._passed += size
        if self._passed > _READ_ANEW and isinstance(self._data, mmap.mmap):
            self._data.madvise(mmap.MADV_DONTNEED)
            self._passed = 0

    def starting(self, graphs: str) -> Iterator[Block]:
        """The graphs whose addresses begin so, in their order."""
        place = self.first(graphs)
        while place < len(self):
            found = self.block(place)
            if not found.graph.startswith(graphs):
                return
            yield found
            place = found.end

    def whole(self, block: Block) -> Block:
        """The whole graph, of which a block may be the rest. It is looked for backwards, in steps that grow."""
        self.passed(_WINDOW)
        graph, low, high, step = block.graph.encode(), block.start, block.start, _STEP
        if not high or self._graph(self._begin(high - 1)) != graph:
            return block
        while low and self._graph(probe := self._begin(max(low - step, 0))) == graph:
            low, high, step = probe, probe, 2 * step
        low = self._begin(max(low - step, 0)) if low else 0
        while low < high:
            middle = self._begin((low + high) // 2)
            if self._graph(middle) == graph:
                high = middle
            else:
                low = self._next(middle)
        return Block(block.graph, high, block.end)

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


def beginning(data: "mmap.mmap | bytes", start: bytes, low: int = 0, high: int | None = None) -> bytes:
    """The lines that begin with a text, of sorted lines between two places. They are found by halving."""
    end = len(data) if high is None else high
    first = _bound(data, start, low, end, after=False)
    if data[first : first + len(start)] != start or first >= end:
        return b""
    return data[first : _bound(data, start, first, end, after=True)]


def _bound(data: "mmap.mmap | bytes", start: bytes, low: int, high: int, *, after: bool) -> int:
    """Where the first line begins that is not before those that begin with a text, or the first that is after them."""
    size, end = len(start), high
    while low < high:
        middle = max(data.rfind(b"\n", low, (low + high) // 2) + 1, low)
        found = data[middle : middle + size]
        if found < start or (after and found == start):
            low = data.find(b"\n", middle, end) + 1 or end
        else:
            high = middle
    return low
