"""The rules that join triples (prp-trp, prp-spo2), and the limits on properties, over a layer and those below it.

Only what is new is joined, with all that is known (semi-naive): what the registry holds is never walked as a whole.
"""

from collections.abc import Callable, Iterable, Sequence

from onrecord.rules.compilation import PropertyRules
from onrecord.rules.contradictions import DIFFERENT
from onrecord.rules.effects import Effect
from onrecord.rules.hierarchies import close
from onrecord.rules.kept import Ends
from onrecord.rules.layer import Layer
from onrecord.rules.tables import Chain

_NO_EFFECT = Effect()
_NO_RULES = PropertyRules()


class Joins:
    """The joins of one layer: `run` derives all that follows and marks what cannot be."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._layers = layer.layers
        self._tables = layer.tables
        self._names = layer.names
        self._queue: list[tuple[str, str, str]] = []

    def run(self) -> None:
        """Joins to the end. Nothing is done where nothing is kept: most sources have little to join."""
        kept = self._layer.kept.forward
        if not kept:
            return
        for name in self._tables.hierarchies:
            close(self._layer, name, self._tables.effects[name])
        for name in self._tables.queued:
            self._queue += [(s, name, o) for s, ends in kept.get(name, {}).items() for o in ends]
        for s, p, o in self._queue:  # grows while it is walked
            self._join(s, p, o)
        for chain in self._tables.last_chains:
            self._walk(chain)
        for name in self._tables.limits:
            if name in kept:
                self._limit(name)

    def ends(self, name: str, node: str) -> list[str]:
        """The objects that a node has, in this layer and below."""
        found = [end for layer in self._layers for end in layer.kept.ends(name, node)]
        return list(map(self._names.of, found)) if self._names else found

    def starts(self, name: str, node: str) -> list[str]:
        """The subjects that have a node, in this layer and below."""
        found = [start for layer in self._layers for start in layer.kept.starts(name, node)]
        return list(map(self._names.of, found)) if self._names else found

    def _join(self, s: str, p: str, o: str) -> None:
        if p in self._tables.transitive:
            for end in self.ends(p, o):
                self._add(s, p, end)
            for start in self.starts(p, s):
                self._add(start, p, o)
        for chain, place in self._tables.places.get(p, ()):
            self._through(chain, place, s, (o,))

    def _through(self, chain: Chain, place: int, s: str, objects: Iterable[str]) -> None:
        """A chain through triples at one of its places."""
        starts = _reached((s,), chain.members[:place][::-1], self.starts)
        ends = _reached(objects, chain.members[place + 1 :], self.ends) if starts else ()
        for start in starts:
            for end in ends:
                self._add(start, chain.name, end)

    def _walk(self, chain: Chain) -> None:
        """A chain of which nothing goes on: from each of its starts, each way on being walked once."""
        first, *others = chain.members
        kept, ways = self._layer.kept.forward, dict[str, dict[str, None]]()
        if first in kept:
            steps = [[one.kept.forward[name] for one in self._layers if name in one.kept] for name in others]
            for start, nexts in kept[first].items():
                for node in nexts:
                    ends = ways.get(node)
                    if ends is None:
                        ends = ways[node] = self._led(node, steps)
                    if ends:
                        self._add_all(start, chain.name, ends)
        for place, name in enumerate(others, 1):
            before = chain.members[place - 1]
            # Where a step of this layer comes earlier on a way, the way has been walked from there.
            for below in [layer.kept.backward(before) for layer in self._layer.under if before in layer.kept]:
                for s, ends in kept.get(name, {}).items():
                    if s in below:
                        self._through(chain, place, s, ends)

    def _led(self, node: str, steps: Sequence[Sequence[Ends]]) -> dict[str, None]:
        """The ends of all ways from a node along properties, each of which has a table a layer."""
        ends = {node: None}
        for tables in steps:
            found: dict[str, None] = {}
            for end in ends:
                for table in tables:
                    if end in table:
                        found.update(table[end])
            ends = dict.fromkeys(map(self._names.of, found)) if self._names else found
        return ends

    def _add_all(self, s: str, p: str, ends: dict[str, None]) -> None:
        if p in self._tables.effects:
            for end in ends:
                self._add(s, p, end)
        else:
            self._layer.derive_all(s, p, ends)

    def _add(self, s: str, p: str, o: str) -> None:
        if self._layer.holds(s, p, o):
            return
        effect = self._tables.effects.get(p, _NO_EFFECT)
        self._layer.follow(s, p, o, effect)
        added = [(s, name, o) for name in effect.kept] + [(o, name, s) for name in effect.kept_backward]
        queued = self._tables.queued
        self._queue += [(a, name, b) for a, name, b in added if self._layer.kept.add(name, a, b) and name in queued]

    def _limit(self, name: str) -> None:
        """prp-irp, prp-asyp, prp-pdw, eq-diff1."""
        rules = self._tables.rules.properties.get(name, _NO_RULES)
        others = self._tables.limits[name]
        for s, ends in self._layer.kept.forward[name].items():
            excluded = {end for other in others for end in self.ends(other, s)}
            if rules.asymmetric:
                excluded.update(self.starts(name, s))
            if not excluded.isdisjoint(ends) or ((rules.irreflexive or name == DIFFERENT) and s in ends):
                self._layer.doubts[s] = None


def _reached(
    nodes: Iterable[str], members: Iterable[str], step: Callable[[str, str], Iterable[str]]
) -> dict[str, None]:
    """The ends of all ways along properties."""
    ends = dict.fromkeys(nodes)
    for member in members:
        ends = dict.fromkeys(other for end in ends for other in step(member, end))
    return ends
