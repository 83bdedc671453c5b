"""The store without what is inferred: what sources say, what curators add, and which of them it was.

Status follows from what is said. What rules infer from an identity link, or from a class, is left out here: it is told
by the link itself.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from onrecord.index import Description
from onrecord.ntriples import text_of
from onrecord.vocabulary.term import Term
from onrecord.vocabulary.terms import rdfs

if TYPE_CHECKING:
    import pyoxigraph as ox

_KEPT = 20_000
"""Descriptions that are held at the most: those of sources, lists and acts are needed again and again."""


class Triple(NamedTuple):
    """A triple that is said, with terms as N-Triples writes them, and whether a curator said it."""

    subject: str
    prop: str
    object: str
    curated: bool


class Side:
    """One side of what is said, node by node: what is asserted, or what curators added."""

    def __init__(self, said: "Said", side: int) -> None:
        self._said = said
        self._side = side

    def get(self, node: str, /) -> Description | None:
        """What this side says of a node; None for nothing."""
        return self._said.described(node)[self._side] or None


class Said:
    """What is said in a store, by pattern and by node. Nothing is sorted: who shows it sorts it."""

    def __init__(self, store: "ox.Store", base: str) -> None:
        self.store = store
        self.base = base
        self.asserted, self.curated = Side(self, 0), Side(self, 1)
        self._inferred = (f"<{base}graph/inferred/", f"<{base}graph/inferred-from-curated/")
        self._curated = f"<{base}graph/curated/"
        self._held: dict[str, tuple[Description, Description]] = {}

    def match(self, subject: str | None, prop: Term | None, value: str | None = None) -> Iterator[Triple]:
        """The triples of a pattern. A triple that several graphs have comes several times."""
        import pyoxigraph as ox

        first, second, third = (None if each is None else ox.NamedNode(each[1:-1]) for each in (subject, prop, value))
        for quad in self.store.quads_for_pattern(first, second, third, None):
            graph = str(quad.graph_name)
            if not graph.startswith(self._inferred):
                yield Triple(str(quad.subject), str(quad.predicate), str(quad.object), graph.startswith(self._curated))

    def texts(self, prop: Term, counts: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        """Who has which text as value of a property, of the nodes that count. For properties that many nodes have:
        little is done for the others."""
        import pyoxigraph as ox

        for quad in self.store.quads_for_pattern(None, ox.NamedNode(prop[1:-1]), None, None):
            node, text = str(quad.subject), quad.object
            if counts(node) and isinstance(text, ox.Literal) and not str(quad.graph_name).startswith(self._inferred):
                yield node, text.value

    def values(self, prop: Term) -> list[str]:
        """The nodes that are values of a property, sorted, each once. The engine looks: many may have the property."""
        import pyoxigraph as ox

        told = "".join(f' FILTER(!STRSTARTS(STR(?g), "{graph[1:]}"))' for graph in self._inferred)
        found = self.store.query(f"SELECT DISTINCT ?o WHERE {{ GRAPH ?g {{ ?s {prop} ?o }}{told} }}")
        assert isinstance(found, ox.QuerySolutions)
        return sorted(str(row["o"]) for row in found)

    def with_text(self, prop: Term, text: str) -> list[str]:
        """Which nodes have just this text, in no language, as value of a property; sorted, each once."""
        import pyoxigraph as ox

        found = self.store.quads_for_pattern(None, ox.NamedNode(prop[1:-1]), ox.Literal(text), None)
        return sorted({str(quad.subject) for quad in found if not str(quad.graph_name).startswith(self._inferred)})

    def described(self, node: str) -> tuple[Description, Description]:
        """What is asserted of a node, and what curators added."""
        found = self._held.get(node)
        if found is None:
            found = {}, {}
            if node.startswith("<"):
                for _, prop, value, curated in self.match(node, None):
                    found[curated].setdefault(prop, {})[value] = None
            if len(self._held) >= _KEPT:
                self._held.clear()
            self._held[node] = found
        return found

    def objects(self, subject: str, prop: Term) -> list[str]:
        """What a node has as values of a property, sorted, each once."""
        asserted, curated = self.described(subject)
        return sorted({**asserted.get(str(prop), {}), **curated.get(str(prop), {})})

    def subjects(self, prop: Term, value: str) -> list[str]:
        """Which nodes have this value of a property, sorted, each once."""
        return sorted({triple.subject for triple in self.match(None, prop, value)})

    def label(self, node: str, language: str = "en") -> str:
        """What to call a node: its label in the language, else in any, else the end of its address. An entry whose name
        changed from list to list, as the latest of them has it."""
        found = self.objects(node, rdfs.label)
        if len(found) > 1 and node.startswith(f"<{self.base}entry/"):
            names = self.called(node)
            return max(names, key=lambda name: (max(names[name]), name))
        own = [text for text in found if text.endswith(f'"@{language}')]
        return text_of((own or found)[0]) if found else text_of(node).rstrip("/").rsplit("/", 1)[-1]

    def called(self, node: str) -> dict[str, list[str]]:
        """What sources call a node, each name with the ids of the sources that do; in the order of the ids. One
        reference may have other names from list to list, and may even be another person's."""
        import pyoxigraph as ox

        quads = self.store.quads_for_pattern(ox.NamedNode(node[1:-1]), ox.NamedNode(rdfs.label[1:-1]), None, None)
        found = [(str(quad.graph_name), quad.object) for quad in quads]
        names: dict[str, list[str]] = {}
        for graph, name in sorted(found, key=lambda one: (one[0], str(one[1]))):
            if isinstance(name, ox.Literal) and not graph.startswith(self._inferred):
                names.setdefault(name.value, []).append(graph[:-1].rsplit("/", 1)[-1])
        return names
