"""What rows are made from: nodes with what is said of them, what they are called, and who says that they are there."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.documents import Documents, Selection
from onrecord.documents.context import concepts, names
from onrecord.documents.reading import Said
from onrecord.ntriples import text_of
from onrecord.vocabulary.context import classes, properties
from onrecord.vocabulary.term import TYPE, Class, Property
from onrecord.vocabulary.terms import onr
from onrecord.writers.parts.layout import graph_name, order_of_class, step_key

if TYPE_CHECKING:
    import pyoxigraph as ox

BASES = {
    "asserted": "asserted",
    "registry": "registry",
    "curated": "curated",
    "inferred": "computed",
    "inferred-from-curated": "computed-from-curated",
    "metadata": "dataset",
}
"""The word for what a row rests on, by the kind of the named graph that it is in; of several graphs, the first here."""
_RANKS = {kind: rank for rank, kind in enumerate(BASES)}
_KEPT = 20_000


class Ground:
    """Reads what tables need from a store."""

    def __init__(self, store: "ox.Store", base: str, selection: Selection, language: str) -> None:
        self.documents = Documents(store, base, selection, language)
        self.base = base
        self.selection = selection
        self._store = store
        self._reading = self.documents.reading
        self._roots: dict[str, list[str]] = {}
        self._origins: dict[str, tuple[list[str], str]] = {}
        self._curated = _curated(self._reading.curations)

    def said(self, node: str) -> Said:
        """What is said of a node, as far as it is selected; nothing of a literal."""
        return self._reading.said(node) if node.startswith("<") else {}

    def label(self, node: str) -> str:
        """One text for people."""
        return self.documents.labels.of(node)

    def kind(self, node: str) -> str:
        """The name of the class that tells most of a node."""
        kinds = sorted((kind for kind in self.said(node).get(TYPE, []) if kind in classes()), key=order_of_class)
        return classes()[kinds[0]] if kinds else ""

    def roots(self, *kinds: str) -> Iterator[str]:
        """The nodes of some kinds of documents, kind after kind, sorted."""
        if not self._roots:
            from onrecord.documents import KINDS

            for node, kind in self.documents.roots(KINDS):
                self._roots.setdefault(kind.name, []).append(node)
        for name in kinds:
            yield from self._roots.get(name, ())

    def of_class(self, kind: Class) -> list[str]:
        """The nodes of a class, sorted."""
        found = self._reading.into(TYPE, kind)
        return sorted(found, key=lambda node: (step_key(node[1:-1]), node))

    def origin(self, node: str) -> tuple[list[str], str]:
        """The ids of the sources that have a node, and what it rests on: one of the words of BASES."""
        held = self._origins.get(node)
        if held is None:
            if len(self._origins) >= _KEPT:
                self._origins.clear()
            held = self._origins[node] = _origin(self.graphs(node, TYPE))
        return held

    def graphs(self, node: str, prop: str, value: str = "") -> list[str]:
        """The named graphs, among those that are selected, in which a property of a node has a value, or any."""
        import pyoxigraph as ox

        found = self._store.quads_for_pattern(ox.NamedNode(node[1:-1]), ox.NamedNode(prop[1:-1]), None, None)
        wanted = (quad for quad in found if not value or str(quad.object) == value)
        names_of = {str(quad.graph_name) for quad in wanted}
        taken = {name: self.selection.graph(name) for name in names_of}
        return sorted(name for name, graph in taken.items() if graph.said or graph.computed)

    def rests_on(self, node: str, prop: str, value: str) -> tuple[list[str], str]:
        """The sources that say a value of a node, and what it rests on."""
        return _origin(self.graphs(node, prop, value))

    @cached_property
    def conflicts(self) -> dict[str, list[str]]:
        """The conflicts of facts that are a side of one, where conflicts are selected."""
        found: dict[str, list[str]] = {}
        for conflict in self.roots("conflict"):
            for side in self.said(conflict).get(onr.side, ()):
                found.setdefault(side, []).append(conflict)
        return found

    def added(self, node: str) -> list[str]:
        """What curators have added to a node or to what belongs to it: names of properties, `start.latest` of what
        belongs to it."""
        added = set()
        for below, note in self._curated.get(node, ()):
            for prop in self.said(note).get(onr.curatedProperty, []):
                added.add(f"{below}{names().get(prop, text_of(prop))}")
            if below and onr.curatedProperty not in self.said(note):
                added.add(below[:-1])
        return sorted(added)

    def property_name(self, prop: str) -> str:
        """The name of a property; its address where it is none of the vocabulary's."""
        return names().get(prop, text_of(prop))

    def words(self, prop: Property, value: str) -> str:
        """The word for a concept; its address where it is none of ours."""
        return concepts(prop).get(value, text_of(value))


def _origin(graphs: list[str]) -> tuple[list[str], str]:
    parts = [part for part in map(graph_name, graphs) if part]
    kinds = sorted((part.kind for part in parts), key=lambda kind: _RANKS[kind])
    sources = sorted({part.source for part in parts if not part.source.startswith("_") and part.kind != "metadata"})
    return sources, BASES[kinds[0]] if kinds else ""


def _curated(curations: dict[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    """The notes of curators on a node and on all that stands below it, each with the steps that lead there."""
    found: dict[str, list[tuple[str, str]]] = {}
    for node, notes in curations.items():
        steps = node[1:-1].split("/")
        for cut in range(len(steps), 3, -1):
            owner = f"<{'/'.join(steps[:cut])}>"
            below = ".".join(step for step in steps[cut:] if step in _property_names())
            found.setdefault(owner, []).extend((f"{below}." if below else "", note) for note in notes)
    return found


def _property_names() -> frozenset[str]:
    return frozenset(prop.name for prop in properties().values())
