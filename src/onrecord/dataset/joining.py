"""What follows only from several sources together: the second, small step over what they share."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from onrecord import history
from onrecord.conflicts import Conflict, written
from onrecord.dataset.conflicting import Conflicting
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.packs import Packs
from onrecord.history import Timeline
from onrecord.index import Index, extend, index_of, index_of_lines, triples_of, union
from onrecord.mappers.parts.minting import JOINED
from onrecord.ntriples import Triple
from onrecord.rules import Contradiction, Join, Reasoner, Rules
from onrecord.unit import Lines, Shared, lines_of
from onrecord.vocabulary.terms import onr

_SHARED = msgspec.msgpack.Decoder(tuple[list[Triple], list[Triple]])
_ROUNDS = 10_000


class Joined(NamedTuple):
    """What follows from several sources only, as graphs by their kind, and what sources contradict each other in, with
    the ids of these sources. `conflicts` are facts that cannot all be so, and all stay."""

    graphs: dict[str, Lines]
    contradictions: list[tuple[Contradiction, list[str]]]
    conflicts: list[Conflict]


def join(ledger: Ledger, packs: Packs, shared: Shared, rules: Rules) -> Joined:
    """Join all sources of a ledger. Raises `onrecord.dataset.rows.Damaged`."""
    plain, more = _Gathered(), _Gathered()
    conflicting = Conflicting(ledger, packs, shared)
    periods = history.written(conflicting.passing(histories_of(ledger, shared)))
    conflicts = conflicting.all()
    for gathered, *indexes in zip((plain, more), periods, written(conflicts, shared.minter), strict=True):
        for index in indexes:
            gathered.add(index)
    made = Join(Reasoner(rules, union(shared.described, shared.curated)))
    for _ in range(_ROUNDS):
        for source, packed in ledger.shared():
            made.add(_mine(shared, source), *_SHARED.decode(packed))
        if made.settled():
            break
    result = made.result()
    plain.add(result.inferred)
    more.add(result.from_curated)
    found = set(result.contradictions)
    merged = made.merged_nodes()
    for graphs in _speaking_of(merged, ledger, packs) if merged else ():
        plain.know(graphs, "asserted", "registry", "inferred")
        more.know(graphs, "curated", "inferred-from-curated")
        if "registry" not in graphs:
            expanded = made.expand(graphs.get("asserted", {}), graphs.get("curated", {}))
            plain.add(expanded.inferred)
            more.add(expanded.from_curated)
            found.update(expanded.contradictions)
    inferred = plain.news(plain.known)
    kinds = {"inferred": inferred, "inferred-from-curated": more.news(plain.known, more.known, inferred)}
    names = {_mine(shared, source): source for source, _ in ledger.shared()} if found else {}
    return Joined(
        {kind: lines_of(index, shared.minter.graph(kind, JOINED)) for kind, index in kinds.items() if index},
        [(one, [names[mine] for mine in made.sources_of(one.triples)]) for one in sorted(found)],
        conflicts,
    )


def histories_of(ledger: Ledger, shared: Shared) -> Iterator[tuple[Timeline, tuple[str, ...]]]:
    """Everybody's time lines, each with all names of its subject."""
    where = onr.jurisdiction.plain
    registry = union(shared.described, shared.curated)
    whose = {node: min(description[where]) for node, description in registry.items() if where in description}
    testimonies = [history.unpacked(packed) for packed in ledger.testimonies()]
    found = history.histories(testimonies, whose, history.links_of(shared.curated))
    return ((history.timeline(one), names) for one, names in found)


class _Gathered:
    """What follows, from one source after the other, and what sources have by themselves."""

    def __init__(self) -> None:
        self._index: Index = {}
        self.known: Index = {}

    def add(self, index: Index) -> None:
        extend(self._index, index)

    def know(self, graphs: Mapping[str, Index], *kinds: str) -> None:
        for kind in kinds:
            extend(self.known, graphs.get(kind, {}))

    def news(self, *known: Index) -> Index:
        """What follows and is not known."""
        return index_of(
            (s, p, o)
            for s, p, o in triples_of(self._index)
            if not any(o in held.get(s, {}).get(p, ()) for held in known)
        )


def _mine(shared: Shared, source: str) -> str:
    """How the names of a source's own nodes begin."""
    return f"{shared.minter.source(source)[:-1]}/"


def _speaking_of(nodes: frozenset[str], ledger: Ledger, packs: Packs) -> Iterator[Mapping[str, Index]]:
    """The graphs of every source that speaks of some nodes, by kind."""
    sought = [node.encode() for node in nodes]
    for _, blocks in ledger.blocks():
        held = {one.kind: b"".join(packs.read([one])) for one in blocks}
        if any(node in lines for lines in held.values() for node in sought):
            yield {kind: index_of_lines(lines) for kind, lines in held.items()}
