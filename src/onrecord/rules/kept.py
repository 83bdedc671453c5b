"""The triples of those properties that are joined with others, or that limit others, by property and node."""

from collections.abc import Iterable, Mapping

Ends = dict[str, dict[str, None]]
"""node → the nodes at the other end."""


class Kept:
    """Triples by property, with a way from their objects to their subjects that is made when it is first asked for."""

    def __init__(self) -> None:
        self.forward: dict[str, Ends] = {}
        self._backward: dict[str, Ends] = {}

    def __contains__(self, name: object) -> bool:
        return name in self.forward

    def add(self, name: str, s: str, o: str) -> bool:
        """Keeps a triple. Tells whether it was not here yet."""
        ends = self.forward.setdefault(name, {}).setdefault(s, {})
        if o in ends:
            return False
        ends[o] = None
        if name in self._backward:
            self._backward[name].setdefault(o, {})[s] = None
        return True

    def add_all(self, name: str, s: str, values: Mapping[str, None]) -> None:
        """Keeps the triples of one subject. Only while they are read: before anybody asks for subjects."""
        nodes = self.forward.get(name)
        if nodes is None:
            nodes = self.forward[name] = {}
        if s in nodes:
            nodes[s].update(values)
        else:
            nodes[s] = dict(values)

    def ends(self, name: str, node: str) -> Iterable[str]:
        """The objects that a node has."""
        nodes = self.forward.get(name)
        return nodes.get(node, ()) if nodes else ()

    def starts(self, name: str, node: str) -> Iterable[str]:
        """The subjects that have a node."""
        return self.backward(name).get(node, ()) if name in self.forward else ()

    def backward(self, name: str) -> Ends:
        """The subjects of each object of a property that is kept here."""
        nodes = self._backward.get(name)
        if nodes is None:
            nodes = self._backward[name] = {}
            for s, ends in self.forward[name].items():
                for o in ends:
                    nodes.setdefault(o, {})[s] = None
        return nodes
