"""What sources of a dataset contradict each other in: gathered from the ledger while everything is joined."""

from collections.abc import Iterable, Iterator, Sequence

from onrecord import conflicts, history
from onrecord.conflicts import Conflict, Extraction, Voiced
from onrecord.conflicts.intervals import Disagreement
from onrecord.conflicts.voiced import Happening
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.packs import Packs
from onrecord.history import Testimony, Timeline
from onrecord.index import Index, extend, index_of_lines, union
from onrecord.rules.identity import Identity
from onrecord.unit import Shared


class Conflicting:
    """The conflicts of a dataset. Time lines pass through it before the others are asked for."""

    def __init__(self, ledger: Ledger, packs: Packs, shared: Shared, testimonies: Sequence[Testimony]) -> None:
        self._ledger, self._packs, self._shared, self._testimonies = ledger, packs, shared, testimonies
        self._names = conflicts.Names(shared.labels, union(shared.described, shared.curated))
        self._intervals: dict[Disagreement, Conflict] = {}

    def passing(
        self, timelines: Iterable[tuple[Timeline, tuple[str, ...]]]
    ) -> Iterator[tuple[Timeline, tuple[str, ...]]]:
        """Time lines as they come, each looked at for what contradicts each other in it."""
        for timeline, members in timelines:
            for disagreement, conflict in conflicts.of_timeline(timeline, members, self._names):
                self._intervals.setdefault(disagreement, conflict)  # what is so without a link needs none
            yield timeline, members

    def all(self) -> list[Conflict]:
        """All conflicts, in the order of their kinds and of whom they are about."""
        shared = self._shared
        registry = conflicts.Registry(shared.described, shared.curated)
        voices = [*registry.voices(shared.minter), *(conflicts.unpacked(packed) for packed in self._ledger.voiced())]
        links = history.links_of(shared.curated)
        links += [link for one in self._testimonies for link in one.links]
        linked = self._linked({node for link in links for node in link}, registry)
        found = conflicts.found(voices, linked, Identity(links), self._names, registry)
        return sorted({*found, *self._intervals.values()})

    def _linked(self, nodes: Iterable[str], registry: conflicts.Registry) -> Iterator[tuple[Happening, Voiced]]:
        """The events among some nodes, each with its source, which is looked up where it lies."""
        root = f"{self._shared.minter.source('')[:-1]}"
        sources: dict[str, list[str]] = {}
        for node in sorted(nodes):
            event = registry.happening(node)
            source, kind, *name = node.removeprefix(root)[:-1].split("/") if node.startswith(root) else ("", "")
            if event is not None:
                yield event[0], Voiced(event[1])
            elif kind in ("event", "act") and len(name) == 1:
                sources.setdefault(source, []).append(node)
        for source, events in sources.items():
            yield from self._of_source(source, events)

    def _of_source(self, source: str, events: Iterable[str]) -> Iterator[tuple[Happening, Voiced]]:
        graphs: dict[str, Index] = {"asserted": {}, "curated": {}}
        for block in self._ledger.blocks_of_source(source):
            if block.kind in graphs:
                extend(graphs[block.kind], index_of_lines(b"".join(self._packs.read([block]))))
        given = Extraction(graphs["asserted"], graphs["curated"])
        node = self._shared.minter.source(source)
        voiced = given.introduced(node)
        yield from ((given.happening(event), voiced) for event in events)
