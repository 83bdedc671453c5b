"""A node with the nodes that belong to it, as one JSON-LD tree where that is possible."""

from collections.abc import Iterator

from onrecord.writers.parts.arrangement import Family, Node
from onrecord.writers.parts.compaction import Compaction, Tree, expanded

_DEEPEST = 32
"""Nodes below each other. What lies deeper becomes a tree of its own, so that no reader runs out of stack."""


def trees(family: Family, compaction: Compaction, *, spell_out: bool = False) -> Iterator[tuple[Tree, bool]]:
    """The trees of a family, the owner's first, each with whether it is in expanded form (and must have no context).

    A node stands where the first triple leads to it. One that none leads to, but which leads to a node of the tree
    (what a curator adds, for instance), stands there under `@reverse`. The rest are trees of their own. All is in
    expanded form with `spell_out`, or where an IRI would be read as another one.
    """
    nodes = family.nodes
    if spell_out or (family.is_odd and any(map(compaction.is_doubtful, _terms(nodes)))):
        yield from ((expanded(subject, node), True) for subject, node in nodes.items())
        return
    made = _Family(nodes, compaction)
    roots = [made.tree(subject, 1) for subject in nodes if subject not in made.made]
    yield from ((root, False) for root in roots if root is not None)


def _terms(nodes: dict[str, Node]) -> Iterator[str]:
    for subject, node in nodes.items():
        yield subject
        for predicate, objects in node.items():
            yield predicate
            yield from objects


class _Family:
    """One family being written."""

    def __init__(self, nodes: dict[str, Node], compaction: Compaction) -> None:
        self.nodes, self.compaction = nodes, compaction
        self.made: dict[str, tuple[Tree, int]] = {}

    def tree(self, subject: str, depth: int) -> Tree | None:
        """The tree from a node downwards; None where the node found its place in a tree that is there already."""
        said = self.nodes[subject]
        above = self._above(said) if depth == 1 and self.made else None
        if above is not None:
            depth = self.made[above[1]][1] + 1
        tree: Tree = {self.compaction.key("id"): self.compaction.iri(subject[1:-1])}
        self.made[subject] = (tree, depth)
        for p, objects in said.items():
            if above is not None and above[0] == p:
                objects = [o for o in objects if o != above[1]]  # noqa: PLW2901
            nested: dict[str, Tree] = {}
            for o in objects:
                if o in self.nodes and o not in self.made and depth < _DEEPEST and self._is_link(p):
                    below = self.tree(o, depth + 1)
                    if below is not None:
                        nested[o] = below
            if objects:
                self.compaction.put(tree, p, objects, nested)
        if above is None:
            return tree
        self._reverse(*above, tree)
        return None

    def _above(self, said: Node) -> tuple[str, str] | None:
        """The first triple that leads to a node of a tree."""
        return next(((p, o) for p, objects in said.items() for o in objects if self._can_hold(p, o)), None)

    def _is_link(self, predicate: str) -> bool:
        known = self.compaction.property(predicate)
        return known is not None and not known.range

    def _can_hold(self, predicate: str, o: str) -> bool:
        return o in self.made and self.made[o][1] < _DEEPEST and self._is_link(predicate)

    def _reverse(self, predicate: str, o: str, node: Tree) -> None:
        known = self.compaction.property(predicate)
        assert known is not None
        reverse = self.made[o][0].setdefault("@reverse", {})
        assert isinstance(reverse, dict)
        held = reverse.setdefault(self.compaction.key(known.name), [])
        assert isinstance(held, list)
        held.append(node)
