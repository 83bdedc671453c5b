"""Names of one thing, layer upon layer: what a source adds to the identities that the registry knows."""

from collections.abc import Iterable, Iterator
from itertools import chain

from onrecord.index import Description, Index
from onrecord.ntriples import Triple
from onrecord.rules.identity import SAME_AS, Identity


class Names:
    """Which nodes are one: those of `below`, and those that `links` make one. Only changed classes are held here."""

    def __init__(self, links: Iterable[tuple[str, str]] = (), below: "Names | None" = None) -> None:
        self.below = below
        self._first: dict[str, str] = {}
        self.classes: dict[str, tuple[str, ...]] = {}
        """The classes that are larger here than below, each under its first name."""
        pairs = [(below.of(one), below.of(other)) for one, other in links] if below else list(links)
        identity = Identity(pair for pair in pairs if pair[0] != pair[1])
        for one in sorted({name for pair in pairs for name in pair}):
            if identity.of(one) != one or len(identity.members(one)) == 1:
                continue
            names = sorted(name for old in identity.members(one) for name in (below.members(old) if below else (old,)))
            self.classes[names[0]] = tuple(names)
            self._first.update(dict.fromkeys(names, names[0]))

        self._tables: tuple[dict[str, str], ...] = below._tables if below else ()
        self.several: tuple[frozenset[str], ...] = below.several if below else ()
        """The nodes that have several names, layer by layer: sets are asked for many nodes at once, faster than dicts.
        """
        if self._first:
            self._tables = (self._first, *self._tables)
            self.several = (frozenset(self._first), *self.several)

    def __bool__(self) -> bool:
        """Whether anything has two names, here or below."""
        return bool(self._tables)

    def of(self, node: str) -> str:
        """The name that stands for all: the first in order."""
        for table in self._tables:
            if node in table:
                return table[node]
        return node

    def members(self, node: str) -> tuple[str, ...]:
        """All names of the thing that a name stands for, in order."""
        found = self.classes.get(node)
        if found is None:
            return self.below.members(node) if self.below else (node,)
        return found

    def has(self, node: str) -> bool:
        """Whether a node has another name."""
        return any(node in names for names in self.several)

    def meet(self, index: Index) -> bool:
        """Whether anything in an index has two names."""
        return any(
            not (names.isdisjoint(index) and names.isdisjoint(chain.from_iterable(_sets_of(index))))
            for names in self.several
        )

    def touch(self, node: str, description: Description) -> bool:
        """Whether something in a description has two names."""
        for names in self.several:
            if node in names or not names.isdisjoint(chain.from_iterable(description.values())):
                return True
        return False

    def renamed(self, index: Index) -> Index:
        """An index under the names that stand for all, less owl:sameAs; itself where nothing has another name."""
        if not self.meet(index):
            return index
        changed = {node: description for node, description in index.items() if self.touch(node, description)}
        found = {node: description for node, description in index.items() if node not in changed}
        for node, description in changed.items():
            old = found.get(self.of(node), {})
            target = found[self.of(node)] = {name: dict(values) for name, values in old.items()}
            for name, values in description.items():
                if name != SAME_AS:
                    target.setdefault(name, {}).update(dict.fromkeys(map(self.of, values)))
        return {node: description for node, description in found.items() if description}

    def expanded(self, node: str, description: Description) -> Iterator[Triple]:
        """The triples of a description under all names of their nodes."""
        names = self.members(node)
        for name, values in description.items():
            for value in values:
                for other in self.members(value):
                    for one in names:
                        yield one, name, other


def _sets_of(index: Index) -> Iterator[dict[str, None]]:
    return chain.from_iterable(map(dict.values, index.values()))
