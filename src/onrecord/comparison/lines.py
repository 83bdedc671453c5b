"""The lines that only one of two sorted files has, found by walking both in step.

What is the same in both is passed over in blocks that double. Where lines differ, a piece of each file is cut at a line
that both pieces reach, and compared as a set: no more than a few megabytes are held, however large the files are.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onrecord.release.blocks import Block, Quads
from onrecord.release.differences import Unequal, unequal_graphs

_SMALL, _LARGE = 1 << 12, 1 << 20
"""Bytes of each file that are compared as lines: few where few lines differ, many where many do."""
_FIRST, _WIDEST = 1 << 9, 1 << 22
"""Bytes that are compared at once to pass over what is the same."""


class Piece(NamedTuple):
    """Lines of one graph ("" where there are no named graphs), without their ends, that only the file before has, and
    those that only the file now has; both sorted."""

    graph: str
    removed: list[bytes]
    added: list[bytes]


def graphs_of(before: Quads, now: Quads, *, named: bool) -> Iterator[Unequal]:
    """What has to be compared: the graphs that differ, or everything where there are no named graphs."""
    if named:
        yield from unequal_graphs(before, now)
    else:
        yield Unequal("", Block("", 0, len(before)), Block("", 0, len(now)))


def pieces(before: Quads, now: Quads, unequal: Iterable[Unequal]) -> Iterator[Piece]:
    """The lines that differ, graph by graph and in the order of the files."""
    nothing = Block("", 0, 0)
    for graph, one, other in unequal:
        for removed, added in _Pair(before, one or nothing, now, other or nothing):
            yield Piece(graph, removed, added)


class _Pair:
    """A graph in both files: how far each has been read."""

    def __init__(self, before: Quads, one: Block, now: Quads, other: Block) -> None:
        self._before, self._now = before, now
        self._here, self._here_end = one.start, one.end
        self._there, self._there_end = other.start, other.end

    def __iter__(self) -> Iterator[tuple[list[bytes], list[bytes]]]:
        size = _SMALL
        while self._here < self._here_end or self._there < self._there_end:
            self._pass_the_same()
            had, has = self._next(size)
            known, now_known = set(has), set(had)
            removed, added = [line for line in had if line not in known], [x for x in has if x not in now_known]
            if removed or added:
                yield removed, added
            size = min(4 * size, _LARGE) if 4 * (len(removed) + len(added)) > len(had) + len(has) else _SMALL

    def _pass_the_same(self) -> None:
        """Go on to the first line that differs: in steps that double, then by halving the step in which it lies."""
        one, other = self._before.data, self._now.data
        most = min(self._here_end - self._here, self._there_end - self._there)
        done, size, found = 0, _FIRST, False
        while done < most and size:
            step = min(size, most - done)
            here, there = self._here + done, self._there + done
            if one[here : here + step] == other[there : there + step]:
                done += step
                size = size // 2 if found else min(2 * size, _WIDEST)
            else:
                found, size = True, step // 2
        begun = max(one.rfind(b"\n", self._here, self._here + done) + 1 - self._here, 0)
        self._here, self._there = self._here + begun, self._there + begun
        self._before.passed(begun)
        self._now.passed(begun)

    def _next(self, size: int) -> tuple[list[bytes], list[bytes]]:
        """The next lines of both, up to one that both pieces reach; the rest of one where the other is at its end."""
        had, here = _cut(self._before, self._here, self._here_end, size)
        has, there = _cut(self._now, self._there, self._there_end, size)
        lasts = [lines[-1] for lines, more in ((had, here < self._here_end), (has, there < self._there_end)) if more]
        if lasts:
            limit = min(lasts)
            had, has = had[: bisect_right(had, limit)], has[: bisect_right(has, limit)]
        read = sum(map(len, had)) + len(had), sum(map(len, has)) + len(has)
        self._here, self._there = self._here + read[0], self._there + read[1]
        self._before.passed(read[0])
        self._now.passed(read[1])
        return had, has


def _cut(quads: Quads, start: int, end: int, size: int) -> tuple[list[bytes], int]:
    """Lines from a place on, of about so many bytes, and where they end."""
    if start >= end:
        return [], end
    stop = quads.data.find(b"\n", min(start + size, end) - 1, end) + 1 or end
    return quads.data[start:stop].removesuffix(b"\n").split(b"\n"), stop
