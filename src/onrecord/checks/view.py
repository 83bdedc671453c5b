"""The graph that checks see: some data, what they refer to, and what follows from classes being kinds of others."""

from collections.abc import Mapping

from onrecord.index import Description, Index

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"

Values = dict[str, None]
"""Nodes, each once, in the order in which they came. Never changed by who reads them."""
Inverse = dict[str, dict[str, Values]]
"""property → value → the nodes that have it."""

NONE: Values = {}
NOTHING: Description = {}


class Kinds(dict[str, frozenset[str]]):
    """class → the class and all that it is a kind of, found when it is first asked for."""

    def __init__(self, view: "View") -> None:
        super().__init__()
        self.view = view

    def __missing__(self, name: str) -> frozenset[str]:
        seen, edge = {name}, [name]
        while edge:
            wider = self.view.of(edge.pop()).get(SUBCLASS, NONE)
            edge += [one for one in wider if one not in seen]
            seen.update(wider)
        self[name] = frozenset(seen)
        return self[name]


class Backwards(Inverse):
    """The inverse of some data. What is not made from the beginning is made when it is first asked for."""

    def __init__(self, described: Index) -> None:
        super().__init__()
        self.described = described

    def __missing__(self, prop: str) -> dict[str, Values]:
        held: dict[str, Values] = {}
        for node, description in self.described.items():
            for value in description.get(prop, NONE):
                held.setdefault(value, {})[node] = None
        self[prop] = held
        return held


class View:
    """Data and the base that they stand on, as one graph. `inverse` holds the properties that are walked backwards,
    `sorts` the sorts of what the data describe, `present` what these and the base bring, `good` what is known of values
    here and elsewhere, `memo` what was found out of values here, by who asked.
    """

    __slots__ = ("base", "base_inverse", "described", "good", "inverse", "kinds", "memo", "present", "sorts")

    def __init__(self, described: Index, base: Index, inverse: Inverse, base_inverse: Inverse) -> None:
        self.described = described
        self.base = base
        self.inverse = inverse
        self.base_inverse = base_inverse
        self.sorts: Mapping[str, object] = {}
        self.present = 0
        self.good: list[set[object]] = []
        self.kinds = Kinds(self)
        self.memo: dict[object, dict[str, bool]] = {}

    def of(self, node: str) -> Description:
        """What is said of a node."""
        found = self.described.get(node)
        return found if found is not None else self.base.get(node, NOTHING)

    def backward(self, prop: str, node: str) -> Values:
        """The nodes that have a value of a property."""
        own, other = self.inverse[prop].get(node), self.base_inverse[prop].get(node)
        if own is None:
            return NONE if other is None else other
        return own if other is None else own | other

    def is_a(self, node: str, name: str) -> bool:
        """Whether a node is a SHACL instance of a class (https://www.w3.org/TR/shacl/#dfn-shacl-instance)."""
        return any(name in self.kinds[kind] for kind in self.of(node).get(TYPE, NONE))


def inverse_of(index: Index, properties: Mapping[str, object]) -> Inverse:
    """The inverse of an index for some properties."""
    found: Inverse = {prop: {} for prop in properties}
    for node, description in index.items():
        for prop in description.keys() & properties.keys():
            held = found[prop]
            for value in description[prop]:
                held.setdefault(value, {})[node] = None
    return found
