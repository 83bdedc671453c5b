"""Which sources of two releases differ in what they say, and what each said before and says now.

Graphs that are equal bytes are passed over. Both files are looked at in their order, and nothing is held in memory but
the ids of the sources that differ, and where their graphs lie. What follows from facts (inferred graphs, metadata) is
left out: it differs where they do.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from onrecord.ntriples import split
from onrecord.release.blocks import Block, Quads

_KINDS = ("asserted", "curated", "registry")
GRAPH = re.compile(r"<(?P<base>.*/)graph/(?P<kind>[a-z-]+)/(?P<source>[^/]+)>")
"""The name of a graph of a release."""
_SAID = re.compile(rf"<(?P<base>.*/)graph/(?P<kind>{'|'.join(_KINDS)})/(?P<source>[^/]+)>")
"""The graphs that hold what sources and curators say."""


class Unequal(NamedTuple):
    """A graph that is not the same bytes in both releases: where it lies in each, or that part of it that begins with
    the first lines that may differ; None where a release does not have it."""

    graph: str
    before: Block | None
    now: Block | None


@dataclass(frozen=True)
class Side:
    """What one release has of a source: the lines of its graphs by their kind. No graph: it does not have the
    source."""

    graphs: dict[str, bytes]

    @cached_property
    def text(self) -> str:
        """The SHA-256 of the source's text, "" where it has none: the registry's files are sources, too."""
        found = re.search(rb'/ns#textSha256> "([0-9a-f]{64})"', self.graphs.get("asserted", b""))
        return found[1].decode() if found else ""


@dataclass(frozen=True)
class Differing:
    """A source that differs, below a base, before and now."""

    base: str
    source: str
    before: Side
    now: Side


class Differences:
    """The sources that differ between two releases, in the order of their ids; each is read when its turn comes."""

    def __init__(self, before: Quads, now: Quads, unequal: "Iterable[Unequal] | None" = None) -> None:
        """`unequal` are the graphs that differ, where they are known already."""
        self._before, self._now = before, now
        self._known: dict[str, tuple[Block | None, Block | None]] = {}
        changed = set()
        for graph, one, other in unequal_graphs(before, now) if unequal is None else unequal:
            if match := _SAID.fullmatch(graph):
                changed.add((match["base"], match["source"]))
                self._known[graph] = one and before.whole(one), other and now.whole(other)
        self._changed = sorted(changed)

    @classmethod
    @contextmanager
    def between(cls, before: Path, now: Path) -> "Iterator[Differences]":
        """The differences of two files of N-Quads, for as long as the block lasts. Raises NotBuilt for a file that is
        not of a release, OSError for one that cannot be read."""
        with Quads.opened(before) as earlier, Quads.opened(now) as later:
            yield cls(earlier, later)

    def __iter__(self) -> Iterator[Differing]:
        one, other = _Ahead(self._before), _Ahead(self._now)
        for base, source in self._changed:
            sides: tuple[dict[str, bytes], dict[str, bytes]] = ({}, {})
            for kind in _KINDS:
                graph = f"<{base}graph/{kind}/{source}>"
                known = self._known.get(graph) or (one.find(kind, graph), other.find(kind, graph))
                for quads, side, block in zip((self._before, self._now), sides, known, strict=True):
                    if block:
                        side[kind] = quads.lines(block)
                        quads.passed(block.end - block.start)
            yield Differing(base, source, Side(sides[0]), Side(sides[1]))

    def earlier(self, base: str, source: str) -> Side:
        """What the earlier release has of a source, whether it differs or not."""
        return _side(self._before, base, source)

    def later(self, base: str, source: str) -> Side:
        """What the later release has of a source."""
        return _side(self._now, base, source)

    def earlier_quads(self, text: str) -> Iterator[tuple[str, str, str, str]]:
        """What sources say in the earlier release in the lines that hold a text, in their order."""
        return _quads_with(self._before, text)

    def later_quads(self, text: str) -> Iterator[tuple[str, str, str, str]]:
        """What sources say in the later release in the lines that hold a text, in their order."""
        return _quads_with(self._now, text)


class _Ahead:
    """Finds graphs that are asked for in their order: the next one is mostly where the last one ended."""

    def __init__(self, quads: Quads) -> None:
        self._quads = quads
        self._next: dict[str, tuple[str, int]] = {}

    def find(self, kind: str, graph: str) -> Block | None:
        """A graph of a kind; None where there is none."""
        quads, (name, place) = self._quads, self._next.get(kind, ("", -1))
        here = quads.graph(place) if 0 <= place < len(quads) else ""
        if place < 0 or graph <= name or (here and here < graph):
            place = quads.first(graph)
            here = quads.graph(place) if place < len(quads) else ""
        found = quads.block(place) if here == graph else None
        self._next[kind] = graph, found.end if found else place
        return found


def _quads_with(quads: Quads, text: str) -> Iterator[tuple[str, str, str, str]]:
    for line in quads.lines_with(text.encode()):
        quad = split(line.decode().removesuffix("\n"))
        if _SAID.fullmatch(quad[3]):
            yield quad


def _side(quads: Quads, base: str, source: str) -> Side:
    blocks = {kind: quads.find(f"<{base}graph/{kind}/{source}>") for kind in _KINDS}
    return Side({kind: quads.lines(block) for kind, block in blocks.items() if block})


def unequal_graphs(before: Quads, now: Quads) -> Iterator[Unequal]:
    """The graphs that are not the same bytes in both releases, in their order.

    Of a graph that begins with the same lines in both, only the rest is looked at. Raises NotBuilt for what is not of a
    release.
    """
    here = there = 0
    last = ""
    while True:
        same = before.same(here, now, there)
        here, there = here + same, there + same
        one = before.block(here) if here < len(before) else None
        other = now.block(there) if there < len(now) else None
        for quads, block in ((before, one), (now, other)):
            if block and block.graph < last:
                raise quads.misplaced(block.start)
        if one is None and other is None:
            return
        last = min(block.graph for block in (one, other) if block)
        one = one if one and one.graph == last else None
        other = other if other and other.graph == last else None
        if one is None or other is None or before.lines(one) != now.lines(other):
            yield Unequal(last, one, other)
        here, there = one.end if one else here, other.end if other else there
        for quads, block in ((before, one), (now, other)):
            quads.passed(block.end - block.start if block else 0)
