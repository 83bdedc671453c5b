"""Which sources of two releases differ in what they say, and what each said before and says now.

Graphs that are equal bytes are passed over. Both files are looked at in their order, and nothing is held in memory but
the ids of the sources that differ. What follows from facts (inferred graphs, metadata) is left out: it
differs where they do.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from onrecord.ntriples import split
from onrecord.release.blocks import Quads

_KINDS = ("asserted", "curated", "registry")
_GRAPH = re.compile(rf"<(?P<base>.*/)graph/(?:{'|'.join(_KINDS)})/(?P<source>[^/]+)>")
"""The graphs that hold what sources and curators say."""


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

    def __init__(self, before: Quads, now: Quads) -> None:
        self._before, self._now = before, now
        found = (_GRAPH.fullmatch(graph) for graph in _unequal(before, now))
        self._changed = sorted({(match["base"], match["source"]) for match in found if match})

    @classmethod
    @contextmanager
    def between(cls, before: Path, now: Path) -> "Iterator[Differences]":
        """The differences of two files of N-Quads, for as long as the block lasts. Raises NotBuilt for a file that is
        not of a release, OSError for one that cannot be read."""
        with Quads.opened(before) as earlier, Quads.opened(now) as later:
            yield cls(earlier, later)

    def __iter__(self) -> Iterator[Differing]:
        for base, source in self._changed:
            yield Differing(base, source, _side(self._before, base, source), _side(self._now, base, source))

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


def _quads_with(quads: Quads, text: str) -> Iterator[tuple[str, str, str, str]]:
    for line in quads.lines_with(text.encode()):
        quad = split(line.decode().removesuffix("\n"))
        if _GRAPH.fullmatch(quad[3]):
            yield quad


def _side(quads: Quads, base: str, source: str) -> Side:
    blocks = {kind: quads.find(f"<{base}graph/{kind}/{source}>") for kind in _KINDS}
    return Side({kind: quads.lines(block) for kind, block in blocks.items() if block})


def _unequal(before: Quads, now: Quads) -> Iterator[str]:
    """The graphs that are not the same bytes in both releases, in their order.

    Of a graph that begins with the same lines in both, only the rest is looked at.
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
        if one is None or other is None or one.graph != other.graph or before.lines(one) != now.lines(other):
            yield last
        here = one.end if one and one.graph == last else here
        there = other.end if other and other.graph == last else there
