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
    first, *others = (layer.states.get for layer in layers) if layers else (dict[str, State]().get,)
    if not others:
        return first
    below = _known_of(layers[1:])

    def known(node: str, default: State) -> State:
        state = first(node)
        return below(node, default) if state is None else state

    return known


class Layer:
    """What follows from `given` where the layers below are known. `given` must not change while the layer lives.

    `states` are the nodes that have more classes by this layer; `derived` holds the triples other than types that are
    in no layer, with literals and terms as subjects too; `kept` those of joined and limited properties, stated and
    derived; `doubts` the nodes of whom something is said that may not be. All under the `names` that stand for all.

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
        self.below = below
        self.under: tuple[Layer, ...] = (below, *below.under) if below else ()
        """All layers below. This one is not among them: what holds itself is freed late."""
        self.known = _known_of(self.under)
        """What a node is by the layers below; a default where they do not tell."""
        self._incoming: dict[str, list[tuple[str, str]]] | None = None
        if told:
            self._take()
        else:
            self._read()

    @property
    def layers(self) -> "tuple[Layer, ...]":
        """This layer and those below."""
        return self, *self.under

    def state_of(self, node: str) -> State:
        """What a node is, by this layer and those below."""
        return self.states[node] if node in self.states else self.known(node, self.tables.empty)

    def holds(self, s: str, p: str, o: str) -> bool:
        """Whether a triple other than a type is stated or derived in this layer or below."""
        for index in (self.given, self.derived):
            if s in index and o in index[s].get(p, ()):
                return True
        return self.below is not None and self.below.holds(s, p, o)

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
        """What this layer adds: nothing that is stated, nor of terms and literals. Descriptions are not to be changed:
        nodes have some in common."""
        found: Index = {}
        known, plans, empty = self.known, self.plans, self.tables.empty
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
            if news.said and node[0] == "<":
                found[node] = news.said
        for node, description in self.derived.items():
            if node[0] == "<":
                types = found.get(node)
                found[node] = {**types, **description} if types else description
        for node in self.tables.terms_of(found):
            del found[node]
        return found

    # ── Reading ─────────────────────────────────────────────────────────

    def _read(self) -> None:
        states, plans, known, empty = self.states, self.plans, self.known, self.tables.empty
        ready = self.tables.plans
        for node, description in self.given.items():
            plan = ready.get((*description, "", *description.get(TYPE, ())))
            if plan is None:
                plan = self.tables.plan(node, description)
            plans[node] = plan
            before = known(node, empty)
            after = before[plan.kinds]
            if after is not before:
                states[node] = after
            if plan.further:
                self._go_on(node, description, plan)
        self._read_values()

    def _read_values(self) -> None:
        states, given, known, empty = self.states, self.given, self.known, self.tables.empty
        for node, plan in self.plans.items():
            description = given[node]
            for name, effect, kinds in plan.linked:
                for value in description[name]:
                    before = states.get(value)
                    if before is None:
                        before = known(value, empty)
                    after = before[kinds]
                    if after is not before:
                        states[value] = after
                    if value[0] != "<" and not effect.allows(value):
                        self.doubts[node] = None
            for name, effect in plan.free:
                for value in description[name]:
                    if value[0] != "<" and not effect.allows(value):
                        self.doubts[node] = None
            for name, effect in plan.bound:
                for value in description[name]:
                    if not (value[-1] in effect.texts or value in effect.good or effect.allows(value)):
                        self.doubts[node] = None

    def _take(self) -> None:
        for node, description in self.given.items():
            if TYPE in description:
                plan = self.plans[node] = self.tables.told(description[TYPE])
                self.states[node] = self.known(node, self.tables.empty)[plan.kinds]
            for name, values in description.items():
                if name in self.tables.kept:
                    self.kept.add_all(name, node, values)

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
        known = p in self.given.get(s, ())
        for layer in self.under:
            known = known or s in layer.derived or p in layer.given.get(s, ())
        if known:
            for value in values:
                self.derive(s, p, value)
        elif values:
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
