"""A node with the nodes that belong to it, as one JSON-LD tree where that is possible."""

from collections.abc import Iterator
from itertools import groupby

from onrecord.writers.parts.arrangement import Triples
from onrecord.writers.parts.compaction import Compaction, Node, expanded

_DEEPEST = 32
"""Nodes below each other. What lies deeper becomes a tree of its own, so that no reader runs out of stack."""


def trees(nodes: dict[str, Triples], compaction: Compaction, *, spell_out: bool = False) -> Iterator[tuple[Node, bool]]:
    """The trees of a family, the owner's first, each with whether it is in expanded form (and must have no context).

    A node stands where the first triple leads to it. One that none leads to, but which leads to a node of the tree
    (what a curator adds, for instance), stands there under `@reverse`. The rest are trees of their own. All is in
    expanded form with `spell_out`, or where an IRI would be read as another one.
    """
    terms = (term for subject, triples in nodes.items() for pair in triples for term in (subject, *pair))
    if spell_out or any(map(compaction.is_doubtful, terms)):
        yield from ((expanded(s, triples), True) for s, triples in nodes.items())
        return
    family = _Family(nodes, compaction)
    roots = [family.tree(subject, 1) for subject in nodes if subject not in family.made]
    yield from ((root, False) for root in roots if root is not None)


class _Family:
    """One family being written."""

    def __init__(self, nodes: dict[str, Triples], compaction: Compaction) -> None:
        self.nodes, self.compaction = nodes, compaction
        self.made: dict[str, tuple[Node, int]] = {}

    def tree(self, subject: str, depth: int) -> Node | None:
        """The tree from a node downwards; None where the node found its place in a tree that is there already."""
        triples = self.nodes[subject]
        above = next(((p, o) for p, o in triples if self._can_hold(p, o)), None) if depth == 1 else None
        if above is not None:
            depth = self.made[above[1]][1] + 1
        node: Node = {self.compaction.key("id"): self.compaction.iri(subject[1:-1])}
        self.made[subject] = (node, depth)
        for p, pairs in groupby((pair for pair in triples if pair != above), lambda pair: pair[0]):
            objects = [o for _, o in pairs]
            nested: dict[str, Node] = {}
            for o in objects:
                if o in self.nodes and o not in self.made and depth < _DEEPEST and self._is_link(p):
                    below = self.tree(o, depth + 1)
                    nested |= {o: below} if below is not None else {}
            self.compaction.put(node, p, objects, nested)
        if above is None:
            return node
        self._reverse(*above, node)
        return None

    def _is_link(self, predicate: str) -> bool:
        known = self.compaction.property(predicate)
        return known is not None and not known.range

    def _can_hold(self, predicate: str, o: str) -> bool:
        return o in self.made and self.made[o][1] < _DEEPEST and self._is_link(predicate)

    def _reverse(self, predicate: str, o: str, node: Node) -> None:
        known = self.compaction.property(predicate)
        assert known is not None
        reverse = self.made[o][0].setdefault("@reverse", {})
        assert isinstance(reverse, dict)
        held = reverse.setdefault(self.compaction.key(known.name), [])
        assert isinstance(held, list)
        held.append(node)
