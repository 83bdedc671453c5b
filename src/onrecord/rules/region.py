"""The part of a registry that can have to do with a source: what is told about a contradiction is found in it alone."""

from collections.abc import Iterable

from onrecord.index import Index, triples_of
from onrecord.ntriples import Triple
from onrecord.rules.layer import Layer


class Region:
    """Cuts parts out of a context. `base` is the layer made of it."""

    def __init__(self, base: Layer, context: Index) -> None:
        self._base = base
        self._context = context
        self._before: dict[str, list[tuple[str, str]]] | None = None

    def around(self, terms: Iterable[str]) -> list[Triple]:
        """The triples that say something of a source's terms, or of what joins lead to from these.

        Of the triples in which a node is the object, the first one of a property stands for the others: the same
        follows for the node from each.
        """
        found: dict[Triple, None] = {}
        reached = self._reached(terms)
        for node in reached:
            found.update(dict.fromkeys(triples_of({node: self._context.get(node, {})})))
            seen: set[str] = set()
            for s, p in self._subjects(node):
                if p not in seen or s in reached:
                    seen.add(p)
                    found[s, p, node] = None
        return list(found)

    def _subjects(self, node: str) -> list[tuple[str, str]]:
        if self._before is None:  # only once something contradicts itself
            self._before = {}
            for s, p, o in triples_of(self._context):
                self._before.setdefault(o, []).append((s, p))
        return sorted(self._before.get(node, ()))

    def _reached(self, terms: Iterable[str]) -> dict[str, None]:
        """The nodes that terms stand for, under all names, and those that joins lead to from them, both ways."""
        base = self._base
        found: dict[str, None] = {}
        ahead = list(dict.fromkeys((base.names.of(term), way) for term in terms for way in (True, False)))
        seen = set(ahead)
        for node, forward in ahead:  # grows while it is walked
            found.update(dict.fromkeys(base.names.members(node)))
            for name in base.kept.forward:
                for other in base.kept.ends(name, node) if forward else base.kept.starts(name, node):
                    if (other, forward) not in seen:
                        seen.add((other, forward))
                        ahead.append((other, forward))
        return found
