"""What follows only from several sources together: the second, small step over what they share."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from onrecord import history
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.packs import Packs
from onrecord.history import Testimony
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
    the ids of these sources."""

    graphs: dict[str, Lines]
    contradictions: list[tuple[Contradiction, list[str]]]


def join(ledger: Ledger, packs: Packs, shared: Shared, rules: Rules, testimonies: Sequence[Testimony]) -> Joined:
    """Join all sources of a ledger, whose testimonies are given. Raises `onrecord.dataset.rows.Damaged`."""
    plain, more = _Gathered(), _Gathered()
    for gathered, periods in zip((plain, more), histories_of(testimonies, shared), strict=True):
        gathered.add(periods)
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
    )


def histories_of(testimonies: Sequence[Testimony], shared: Shared) -> tuple[Index, Index]:
    """The periods of everybody's status: those that rest on sources alone, and those that need a curator's word."""
    where = onr.jurisdiction.plain
    registry = union(shared.described, shared.curated)
    whose = {node: min(description[where]) for node, description in registry.items() if where in description}
    found = history.histories(testimonies, whose, history.links_of(shared.curated))
    return history.written((history.timeline(one), names) for one, names in found)


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
