"""Which sources of two releases differ in what they say, and what each said before and says now.

Graphs that are equal bytes are passed over. Both files are looked at in their order, and nothing is held in memory but
where the graphs of the sources that differ lie. What follows from facts (inferred graphs, metadata) is left out: it
differs where they do.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord.release.blocks import Block, Quads

_GRAPH = re.compile(r"<(?P<base>.*/)graph/(?P<kind>asserted|curated|registry)/(?P<source>[^/]+)>")
"""The graphs that hold what sources and curators say."""


@dataclass(frozen=True)
class Side:
    """What one release has of a source: the lines of its graphs by their kind. No graph: it does not have the
    source."""

    graphs: dict[str, bytes]

    @property
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
        changed = {_parts(graph)[:2] for graph in _unequal(before, now)}
        self._earlier, self._later = _blocks(before, changed), _blocks(now, changed)
        self._changed = sorted(changed)

    @classmethod
    @contextmanager
    def between(cls, before: Path, now: Path) -> "Iterator[Differences]":
        """The differences of two files of N-Quads, for as long as the block lasts. Raises NotBuilt for a file that is
        not of a release, OSError for one that cannot be read."""
        with Quads.opened(before) as earlier, Quads.opened(now) as later:
            yield cls(earlier, later)

    def __iter__(self) -> Iterator[Differing]:
        for key in self._changed:
            earlier = {kind: self._before.lines(block) for kind, block in self._earlier.get(key, {}).items()}
            later = {kind: self._now.lines(block) for kind, block in self._later.get(key, {}).items()}
            yield Differing(*key, Side(earlier), Side(later))


def _unequal(before: Quads, now: Quads) -> Iterator[str]:
    """The graphs that are not the same bytes in both releases, in their order."""
    earlier, later = _told(before), _told(now)
    one, other = next(earlier, None), next(later, None)
    while one or other:
        if other is None or (one and one.graph < other.graph):
            assert one is not None
            yield one.graph
            one = next(earlier, None)
        elif one is None or other.graph < one.graph:
            yield other.graph
            other = next(later, None)
        else:
            if before.lines(one) != now.lines(other):
                yield one.graph
            one, other = next(earlier, None), next(later, None)


def _told(quads: Quads) -> Iterator[Block]:
    return (block for block in quads.blocks() if _GRAPH.fullmatch(block.graph))


def _parts(graph: str) -> tuple[str, str, str]:
    """Base, source and kind of a graph of a source."""
    match = _GRAPH.fullmatch(graph)
    assert match is not None
    return match["base"], match["source"], match["kind"]


def _blocks(quads: Quads, sources: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Block]]:
    """Where the graphs of some sources lie, by their kind."""
    found: dict[tuple[str, str], dict[str, Block]] = {}
    for block in _told(quads) if sources else ():
        base, source, kind = _parts(block.graph)
        if (base, source) in sources:
            found.setdefault((base, source), {})[kind] = block
    return found
