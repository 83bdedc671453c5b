"""What follows only from several sources together: the second, small step over what they share."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec

from onrecord import history
from onrecord.conflicts import Conflict, written
from onrecord.dataset.conflicting import Conflicting
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.packs import Packs
from onrecord.dataset.rows import Block
from onrecord.dataset.speaking import around, held, speaks
from onrecord.history import Testimony
from onrecord.index import Index, extend, index_of, triples_of, union
from onrecord.mappers.parts.minting import JOINED
from onrecord.ntriples import Triple
from onrecord.rules import Contradiction, Inference, Join, Reasoner, Rules
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


def join(ledger: Ledger, packs: Packs, shared: Shared, rules: Rules, testimonies: Sequence[Testimony]) -> Joined:
    """Join all sources of a ledger, whose testimonies are given. Raises `onrecord.dataset.rows.Damaged`."""
    plain, more = _Gathered(), _Gathered()
    conflicting = Conflicting(ledger, packs, shared, testimonies)
    periods = histories_of(testimonies, shared, conflicting)
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
    speaking = list(_speaking_of(merged, ledger, packs)) if merged else []
    for blocks in speaking:
        expanded = _expanded(made, merged, blocks, packs)
        plain.add(expanded.inferred)
        more.add(expanded.from_curated)
        found.update(expanded.contradictions)
    known, known_by_curators = _known(speaking, packs, plain.lines() | more.lines())
    inferred = plain.news(known)
    kinds = {"inferred": inferred, "inferred-from-curated": more.news(known | known_by_curators | _lines(inferred))}
    names = {_mine(shared, source): source for source, _ in ledger.shared()} if found else {}
    return Joined(
        {kind: lines_of(index, shared.minter.graph(kind, JOINED)) for kind, index in kinds.items() if index},
        [(one, [names[mine] for mine in made.sources_of(one.triples)]) for one in sorted(found)],
        conflicts,
    )


def histories_of(testimonies: Sequence[Testimony], shared: Shared, conflicting: Conflicting) -> tuple[Index, Index]:
    """The periods of everybody's status: those that rest on sources alone, and those that need a curator's word. What
    contradicts each other in a time line is noted on the way."""
    where = onr.jurisdiction.plain
    registry = union(shared.described, shared.curated)
    whose = {node: min(description[where]) for node, description in registry.items() if where in description}
    plain = [msgspec.structs.replace(one, links=()) if one.links else one for one in testimonies]
    alone = list(conflicting.passing((history.timeline(one), names) for one, names in history.histories(plain, whose)))
    periods, curated = history.written(alone)
    if links := [*history.links_of(shared.curated), *(link for one in testimonies for link in one.links)]:
        linked = ((one, names) for one, names in history.histories(plain, whose, links) if len(names) > 1)
        together = conflicting.passing((history.timeline(one), names) for one, names in linked)
        extend(curated, history.written_together(together, (timeline for timeline, _ in alone)))
    return periods, curated


class _Gathered:
    """What follows, from one source after the other."""

    def __init__(self) -> None:
        self._index: Index = {}

    def add(self, index: Index) -> None:
        extend(self._index, index)

    def lines(self) -> set[bytes]:
        """All of it as lines without a graph."""
        return _lines(self._index)

    def news(self, known: Collection[bytes]) -> Index:
        """What follows and is not known."""
        return index_of(triple for triple in triples_of(self._index) if _line(triple) not in known)


def _line(triple: Triple) -> bytes:
    return " ".join(triple).encode()


def _lines(index: Index) -> set[bytes]:
    return set(map(_line, triples_of(index)))


def _mine(shared: Shared, source: str) -> str:
    """How the names of a source's own nodes begin."""
    return f"{shared.minter.source(source)[:-1]}/"


def _speaking_of(nodes: frozenset[str], ledger: Ledger, packs: Packs) -> Iterator[tuple[Block, ...]]:
    """Where the graphs lie of every source that speaks of some nodes."""
    sought = [node.encode() for node in sorted(nodes)]
    for _, blocks in ledger.blocks():
        if speaks((_read(packs, one) for one in blocks), sought):
            yield blocks


def _read(packs: Packs, block: Block) -> bytes:
    return b"".join(packs.read([block]))


def _expanded(made: Join, merged: frozenset[str], blocks: tuple[Block, ...], packs: Packs) -> Inference:
    """What follows from a source where nodes have got other names: from so much of it as has to do with these. The
    registry is the context of all, and what follows from it is known."""
    told = {one.kind: _read(packs, one) for one in blocks if one.kind in ("asserted", "curated")}
    if any(one.kind == "registry" for one in blocks):
        return Inference({}, {}, [])
    part = around(told, merged, made.joined_properties(), made.names_of)
    return made.expand(part.get("asserted", {}), part.get("curated", {}))


_PLAIN = ("asserted", "registry", "inferred")


def _known(
    speaking: Sequence[tuple[Block, ...]], packs: Packs, triples: Collection[bytes]
) -> tuple[set[bytes], set[bytes]]:
    """Those of some triples that sources have: by themselves, and with what curators add to them."""
    known: tuple[set[bytes], set[bytes]] = (set(), set())
    for one in (block for blocks in speaking for block in blocks):
        known[one.kind not in _PLAIN].update(held(_read(packs, one), triples))
    return known
