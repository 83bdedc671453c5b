"""Nodes that are one by owl:sameAs: reasoning runs on one representative of each, not on every name."""

from collections import deque
from collections.abc import Iterable

from onrecord.ntriples import Triple
from onrecord.rules.axioms import OWL

SAME_AS = f"<{OWL}sameAs>"


class Identity:
    """The classes of nodes that owl:sameAs links (eq-sym, eq-trans). Takes the links, as pairs of terms."""

    def __init__(self, links: Iterable[tuple[str, str]]) -> None:
        self._links: dict[str, dict[str, Triple]] = {}
        self._first: dict[str, str] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        for one, other in sorted(links):
            triple = (one, SAME_AS, other)
            self._links.setdefault(one, {}).setdefault(other, triple)
            self._links.setdefault(other, {}).setdefault(one, triple)
        for node in sorted(self._links):
            if node not in self._first:
                members = tuple(sorted(self._reached(node)))
                self._members[members[0]] = members
                self._first.update(dict.fromkeys(members, members[0]))

    def __bool__(self) -> bool:
        return bool(self._first)

    def of(self, node: str) -> str:
        """The representative of a node: the first of its class by name."""
        return self._first.get(node, node)

    def members(self, representative: str) -> tuple[str, ...]:
        """All nodes of a class, in order."""
        return self._members.get(representative, (representative,))

    def renamed(self, triple: Triple) -> Triple:
        """A triple with its representatives (eq-rep-s, eq-rep-o)."""
        return (self.of(triple[0]), triple[1], self.of(triple[2])) if self._first else triple

    def expanded(self, triples: Iterable[Triple]) -> set[Triple]:
        """Triples under every name of their nodes (eq-rep-s, eq-rep-o), and who is the same as whom but itself."""
        if not self._first:
            return set(triples)
        found = {(a, p, b) for s, p, o in triples for a in self.members(s) for b in self.members(o)}
        for members in self._members.values():
            found.update((one, SAME_AS, other) for one in members for other in members if one != other)
        return found

    def path(self, start: str, end: str) -> list[Triple]:
        """The links by which two nodes are one, in order; none where they are not."""
        before, found = self._reached(start), list[Triple]()
        while end in before and end != start:
            end, triple = before[end]
            found.append(triple)
        return found[::-1]

    def _reached(self, start: str) -> dict[str, tuple[str, Triple]]:
        """Each node that a node is linked to, with the one before it on the way and the link between the two."""
        before: dict[str, tuple[str, Triple]] = {start: (start, (start, SAME_AS, start))}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for other, triple in self._links.get(node, {}).items():
                if other not in before:
                    before[other] = (node, triple)
                    queue.append(other)
        return before
