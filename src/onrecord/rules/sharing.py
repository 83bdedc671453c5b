"""Which of a source's triples can have to do with other sources: few, and nearly always none.

A node that a source mints below its own address is its own: no other source speaks of it. What can join is a triple
whose property is joined, by an end that others may speak of too and at which the property can be continued.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from onrecord.ntriples import Triple
from onrecord.rules.axioms import OWL
from onrecord.rules.closure import TYPE
from onrecord.rules.identity import SAME_AS
from onrecord.rules.layer import Layer
from onrecord.rules.tables import Tables


def own(mine: str) -> tuple[str, str]:
    """How the names of a source's own nodes may begin: what is below it, and itself."""
    return mine, f"{mine.removesuffix('/')}>"


class Sharing:
    """What joins across sources, by compiled rules.

    `after` are the properties that can continue at their subject what another source says of it, `before` those at
    their object; `telling` the classes that contradict others or have keys; `ends` what chains give and nothing joins.
    """

    def __init__(self, tables: Tables) -> None:
        rules = tables.rules
        keys = {name for _, names in rules.keys for name in names}
        both = {*tables.transitive, *tables.limits, *keys}
        self.after = both | set(tables.functional) | {name for _, names in rules.chains for name in names[1:]}
        self.before = both | set(tables.inverse_functional) | {name for _, names in rules.chains for name in names[:-1]}
        self.chains = tuple(members for _, members in rules.chains)
        self.ends = {name for name, _ in rules.chains} - tables.kept
        self.merging_after = set(tables.functional)
        self.merging_before = set(tables.inverse_functional)
        self.keys = keys
        self.with_keys = {kind for kind, _ in rules.keys}
        self.telling = {f"<{OWL}Nothing>", *(kind for kind, _ in rules.keys), *rules.disjoint}
        self.telling.update(other for others in rules.disjoint.values() for other in others)


class Found:
    """The triples of a source that others may have to do with, while its layers come, from the lowest on.

    `mine` is how the names begin of what the source mints: `<https://…/source/NAME/`. The source itself,
    `<https://…/source/NAME>`, is its own, too.
    """

    def __init__(self, sharing: Sharing, mine: str) -> None:
        self._sharing = sharing
        self._mine = own(mine)
        self._layers: tuple[Layer, ...] = ()
        self._own: set[str] = set()
        self._open: dict[str, None] = {}
        self._edges: dict[Triple, None] = {}

    def triples(self, layer: Layer) -> frozenset[Triple]:
        """Those of one more layer on top, and of all before it: each under all names, and unknown below the source."""
        self._layers = (layer, *self._layers)
        self._names = layer.names
        mine = self._mine
        self._own.update([node for node in layer.states if node.startswith(mine)])
        for several in self._names.several:
            self._own.difference_update([node for node in several.intersection(self._own) if not self._is_own(node)])
        if self._names.classes:  # nodes have got other names
            self._open, self._edges = {}, {}
        for one in self._layers if self._names.classes else (layer,):
            self._start(one)
        for node in self._open_ones():
            self._add(node)
        known = self._layers[-1].below
        return frozenset(triple for triple in self._told() if known is None or not known.knows(*triple))

    def _told(self) -> Iterator[Triple]:
        members = self._names.members
        for s, p, o in self._edges:
            yield from ((one, p, other) for one in members(s) for other in members(o))
        yield from self._identities()
        yield from self._types()

    def _is_own(self, node: str) -> bool:
        """Whether only the source speaks of a node, by whichever of its names."""
        return all(name.startswith(self._mine) for name in self._names.members(node))

    def _foreign(self, nodes: Iterable[str]) -> list[str]:
        """The nodes that other sources may speak of."""
        mine = self._own
        return [node for node in nodes if node not in mine and not self._is_own(node)]

    def _start(self, layer: Layer) -> None:
        """The triples with an end that others may speak of."""
        is_own = self._own.issuperset
        for name, nodes in list(layer.kept.forward.items()):
            if name in self._sharing.after and not is_own(nodes):
                for s in self._foreign(nodes):
                    self._take_all((s, name, o) for o in nodes[s])
            if name in self._sharing.before and not all(map(is_own, nodes.values())):
                # A set is good enough: what is shared is sorted in the end.
                for o in self._foreign(set[str]().union(*nodes.values())):
                    self._take_all((s, name, o) for s in layer.kept.starts(name, o))
        for members in layer.names.classes.values():
            if self._foreign(members[:1]):
                self._open.setdefault(self._names.of(members[0]))

    def _take_all(self, triples: Iterable[Triple]) -> None:
        for s, p, o in triples:
            one, other = self._names.of(s), self._names.of(o)
            self._edges[one, p, other] = None
            self._open.update({one: None, other: None})

    def _open_ones(self) -> Iterable[str]:
        done: set[str] = set()
        while len(done) < len(self._open):
            for node in [one for one in self._open if one not in done]:
                done.add(node)
                yield node

    def _add(self, node: str) -> None:
        """What can be joined with what others make of a node of the source's own."""
        for layer in self._layers:
            for name in layer.kept.forward:
                if name in self._sharing.after:
                    self._take_all((node, name, end) for end in layer.kept.ends(name, node))
                if name in self._sharing.before:
                    self._take_all((start, name, node) for start in layer.kept.starts(name, node))
            for name in self._sharing.ends:
                for index in (layer.given, layer.derived):
                    for end in index.get(node, {}).get(name, ()):
                        self._edges[node, name, self._names.of(end)] = None

    def _identities(self) -> Iterable[Triple]:
        for layer in self._layers:
            for members in layer.names.classes.values():
                if self._names.of(members[0]) in self._open:
                    yield from ((one, SAME_AS, other) for one, other in pairwise(self._names.members(members[0])))

    def _types(self) -> Iterable[Triple]:
        """The classes that can contradict what others say of a node."""
        telling, empty = self._sharing.telling, self._layers[0].tables.empty
        for layer in self._layers:
            states = layer.states
            opened = [node for node in self._open if node in states]
            for node in dict.fromkeys((*self._foreign(states), *opened)):
                state = states[node]
                if state is layer.known(node, empty) or telling.isdisjoint(state.types):
                    continue
                for name in self._names.members(node):
                    yield from ((name, TYPE, kind) for kind in state.types if kind in telling)
