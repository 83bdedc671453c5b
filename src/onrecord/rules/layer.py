"""Triples on top of others: what follows from them and is not known below. The way that data goes; see `Closure` for
the same rules written one by one.

Three layers at most stand on each other: the registry, what a source says, and what curators add to it.
"""

from collections.abc import Callable, Iterator, Mapping

from onrecord.index import Description, Index, triples_of
from onrecord.ntriples import Triple
from onrecord.rules.closure import TYPE
from onrecord.rules.effects import Effect
from onrecord.rules.identity import SAME_AS
from onrecord.rules.kept import Kept
from onrecord.rules.names import Names
from onrecord.rules.states import State
from onrecord.rules.tables import Plan, Tables

_Known = Callable[[str, State], State]


def _known_of(layers: "tuple[Layer, ...]") -> _Known:
    if len(layers) == 1:
        return layers[0].states.get

    def known(node: str, default: State) -> State:
        for layer in layers:
            if node in layer.states:
                return layer.states[node]
        return default

    return known


class Layer:
    """What follows from `given` where the layers below are known. `given` must not change while the layer lives.

    `states` are the nodes whose classes this layer tells; `derived` holds the triples other than types that are in no
    layer, with literals and terms as subjects too; `kept` those of joined and limited properties, stated and derived;
    `doubts` the nodes of whom something is said that may not be. All under the `names` that stand for all.

    Where `given` is `told`, only joins follow from it: all else that does is known to whoever tells. Joins are made by
    `Joins`, which completes the layer.
    """

    def __init__(self, tables: Tables, given: Index, names: Names, below: "Layer | None", *, told: bool) -> None:
        self.tables = tables
        self.given = given
        self.names = names
        self.states: dict[str, State] = {}
        self.plans: dict[str, Plan] = {}
        self.derived: Index = {}
        self.kept = Kept()
        self.doubts: dict[str, None] = {}
        self.layers: tuple[Layer, ...] = (self, *below.layers) if below else (self,)
        self.known = _known_of(self.layers[1:])
        """What a node is by the layers below; a default where they do not tell."""
        self._incoming: dict[str, list[tuple[str, str]]] | None = None
        if told:
            self._take()
        else:
            self._read()

    def state_of(self, node: str) -> State:
        """What a node is, by this layer and those below."""
        return self.states[node] if node in self.states else self.known(node, self.tables.empty)

    def holds(self, s: str, p: str, o: str) -> bool:
        """Whether a triple other than a type is stated or derived in this layer or below."""
        for layer in self.layers:
            for index in (layer.given, layer.derived):
                if s in index and o in index[s].get(p, ()):
                    return True
        return False

    def touching(self, node: str) -> Iterator[Triple]:
        """The triples of this layer, read and derived, that a node stands in."""
        for index in (self.given, self.derived):
            for name, values in index.get(node, {}).items():
                yield from ((node, name, value) for value in values)
        if node in self.states:
            yield from ((node, TYPE, name) for name in self.states[node].types)
        if self._incoming is None:
            self._incoming = {}
            for index in (self.given, self.derived):
                for s, p, o in triples_of(index):
                    self._incoming.setdefault(o, []).append((s, p))
        yield from ((s, p, node) for s, p in self._incoming.get(node, ()))

    def knows(self, s: str, p: str, o: str) -> bool:
        """Whether a triple is known here or below, under any of the names of its nodes."""
        if p == SAME_AS:
            return self.names.of(s) == self.names.of(o)
        for layer in self.layers:
            one, other = layer.names.of(s), layer.names.of(o)
            if p == TYPE and one in layer.states and other in layer.states[one].types:
                return True
            if any(one in index and other in index[one].get(p, ()) for index in (layer.given, layer.derived)):
                return True
        return False

    def inferred(self) -> Index:
        """What this layer adds: nothing that is stated, nor of terms and literals."""
        found: Index = {}
        known, plans, empty, is_term = self.known, self.plans, self.tables.empty, self.tables.is_term
        for node, state in self.states.items():
            before = known(node, empty)
            plan = plans.get(node)
            if plan is None:
                news = state.since(before)
            elif before is not empty:
                news = plan.less_stated(state.since(before))
            else:
                at_hand = plan.news.get(state.number)
                if at_hand is None:
                    at_hand = plan.news[state.number] = plan.less_stated(state.since(before))
                news = at_hand
            if news.clash:
                self.doubts[node] = None
            if news.types and node[0] == "<" and not is_term(node):
                found[node] = {TYPE: news.types.copy()}
        for node, description in self.derived.items():
            if node[0] == "<" and not is_term(node):
                found.setdefault(node, {}).update(description)
        return found

    # ── Reading ─────────────────────────────────────────────────────────

    def _read(self) -> None:
        states, plans, known, empty = self.states, self.tables.plans, self.known, self.tables.empty
        for node, description in self.given.items():
            plan = plans.get((tuple(description), tuple(description.get(TYPE, ()))))
            if plan is None:
                plan = self.tables.plan(node, description)
            self.plans[node] = plan
            state = states.get(node)
            states[node] = (known(node, empty) if state is None else state)[plan.kinds]
            for name, effect in plan.walked:
                kinds = effect.objects
                if kinds is not None:
                    for value in description[name]:
                        state = states.get(value)
                        states[value] = (known(value, empty) if state is None else state)[kinds]
                        if value[0] != "<" or not effect.nodes:
                            self._look_at(node, value, effect)
                    continue
                for value in description[name]:
                    if value[0] == "<":
                        right = effect.nodes
                    elif value[-1] == '"':
                        right = effect.plain
                    else:
                        right = value in effect.good or effect.allows(value)
                    if not right:
                        self.doubts[node] = None
            if plan.further:
                self._go_on(node, description, plan)

    def _take(self) -> None:
        for node, description in self.given.items():
            if TYPE in description:
                plan = self.plans[node] = self.tables.told(description[TYPE])
                self.states[node] = self.known(node, self.tables.empty)[plan.kinds]
            for name, values in description.items():
                if name in self.tables.kept:
                    self.kept.add_all(name, node, values)

    def _look_at(self, node: str, value: str, effect: Effect) -> None:
        if not effect.allows(value):
            self.doubts[node] = None

    def _go_on(self, node: str, description: Description, plan: Plan) -> None:
        if plan.wrong:
            self.doubts[node] = None
        for name, effect in plan.further:
            values = description[name]
            for other in effect.forward:
                self.derive_all(node, other, values)
            for other in effect.kept:
                self.kept.add_all(other, node, values)
            for other in effect.backward:
                for value in values:
                    self.derive(value, other, node)
            for other in effect.kept_backward:
                for value in values:
                    self.kept.add(other, value, node)

    # ── What follows ────────────────────────────────────────────────────

    def derive(self, s: str, p: str, o: str) -> None:
        """Notes a triple, where no layer has it."""
        if not self.holds(s, p, o):
            self.derived.setdefault(s, {}).setdefault(p, {})[o] = None

    def derive_all(self, s: str, p: str, values: Mapping[str, None]) -> None:
        """The same for several values: at once, where nothing can be known of the node's property."""
        for layer in self.layers:
            if p in layer.given.get(s, ()) or (layer is not self and s in layer.derived):
                for value in values:
                    self.derive(s, p, value)
                return
        if values:
            self.derived.setdefault(s, {}).setdefault(p, {}).update(values)

    def follow(self, s: str, p: str, o: str, effect: Effect) -> None:
        """All that follows from a derived triple; its own property is among it."""
        self.derive(s, p, o)
        for other in effect.forward:
            self.derive(s, other, o)
        for other in effect.backward:
            self.derive(o, other, s)
        for node, kinds in ((s, effect.subjects), (o, effect.objects)):
            if kinds is not None:
                self.states[node] = self.state_of(node)[kinds]
        if effect.wrong_subject or not effect.allows(o):
            self.doubts[s] = None
