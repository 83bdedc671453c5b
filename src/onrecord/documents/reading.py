"""What is said of the nodes of a release, as far as it is selected."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.documents.selection import Graph, Selection
from onrecord.ntriples import text_of
from onrecord.vocabulary.term import TYPE, Term
from onrecord.vocabulary.terms import onr, rdfs, skos
from onrecord.writers.parts.layout import RANKS

if TYPE_CHECKING:
    import pyoxigraph as ox

Said = dict[str, list[str]]
"""What is said of a node: properties with their values, sorted."""

_KEPT = 50_000
_NAMING = ("label", "altLabel", "title")
_PERIOD, _CONFLICT = "/status/", "conflict/"


class Reading:
    """Reads nodes from a store. Those that are asked for again are remembered, as many as fit."""

    def __init__(self, store: "ox.Store", base: str, selection: Selection) -> None:
        self.base = base
        self.selection = selection
        self._store = store
        self._graphs: dict[str, Graph] = {}
        self._held: dict[str, Said] = {}
        self._naming = _naming()
        self._conflicts = f"<{base}{_CONFLICT}"
        self.curations = self._curations()
        self.from_curators: set[str] = set()
        """Of the nodes that have been read, those that would not be there without curators."""

    def said(self, node: str) -> Said:
        """What is said of `<iri>`."""
        found = self._held.get(node)
        if found is None:
            found = self._read(node)
            if len(self._held) >= _KEPT:
                self._held.clear()
            self._held[node] = found
        return found

    def latest(self, node: str, texts: list[str]) -> str:
        """One of several names: of an entry whose name changed from list to list, the one that the latest has."""
        if len(texts) > 1 and node.startswith(f"<{self.base}entry/"):
            import pyoxigraph as ox

            wanted = set(texts)
            quads = self._store.quads_for_pattern(ox.NamedNode(node[1:-1]), ox.NamedNode(rdfs.label[1:-1]), None, None)
            found = [(str(quad.graph_name), text) for quad in quads if (text := str(quad.object)) in wanted]
            return text_of(max(found)[1]) if found else text_of(texts[0])
        return text_of(texts[0])

    def into(self, prop: Term, node: str) -> list[str]:
        """The nodes that have this one as value of a property, sorted: those of the jurisdictions that are selected."""
        return [each for each in self.anywhere_into(prop, node) if self.is_within(each)]

    def anywhere_into(self, prop: Term, node: str) -> list[str]:
        """The nodes that have this one as value of a property, sorted: those of all jurisdictions."""
        import pyoxigraph as ox

        found = self._store.quads_for_pattern(None, ox.NamedNode(prop[1:-1]), ox.NamedNode(node[1:-1]), None)
        return sorted({subject for quad in found if self._is_taken(subject := str(quad.subject), quad)})

    def pointing(self, node: str) -> Iterator[str]:
        """The nodes that have this one as value of any property, some of them more than once, unsorted."""
        import pyoxigraph as ox

        for quad in self._store.quads_for_pattern(None, None, ox.NamedNode(node[1:-1]), None):
            if self._is_taken(subject := str(quad.subject), quad):
                yield subject

    def is_within(self, node: str) -> bool:
        """Whether a node is of the jurisdictions that are selected: of designations and periods of status, those of
        these jurisdictions or of their lists; all else."""
        wanted = self.selection.jurisdictions
        if wanted is None:
            return True
        said = self.said(node)
        kinds = said.get(TYPE, [])
        if onr.StatusPeriod in kinds:
            return not wanted.isdisjoint(said.get(onr.statusIn, []))
        if onr.Designation not in kinds:
            return True
        under = list(said.get(onr.jurisdiction, []))
        for each in said.get(onr.onList, []):
            under += self.said(each).get(onr.jurisdiction, [])
        return not wanted.isdisjoint(under)

    def subjects(self) -> Iterator[str]:
        """Everything that has a class, each once, unsorted."""
        import pyoxigraph as ox

        seen: set[str] = set()
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(TYPE[1:-1]), None, None):
            subject = str(quad.subject)
            if subject not in seen and self._is_taken(subject, quad):
                seen.add(subject)
                yield subject

    def _read(self, node: str) -> Said:
        import pyoxigraph as ox

        gathered: dict[str, set[str]] = {}
        asserted = False
        for quad in self._store.quads_for_pattern(ox.NamedNode(node[1:-1]), None, None, None):
            prop = str(quad.predicate)
            if self._is_taken(node, quad) and self.selection.holds(prop):
                gathered.setdefault(prop, set()).add(str(quad.object))
                asserted = asserted or not self._graphs[str(quad.graph_name)].curated
        if gathered and not asserted:
            self.from_curators.add(node)
        ordered = ((prop, self._ordered(prop, values)) for prop, values in gathered.items())
        return {prop: values for prop, values in ordered if values}

    def _ordered(self, prop: str, values: set[str]) -> list[str]:
        held = sorted(values)
        if prop not in self._naming:
            return held
        spoken = self.selection.in_languages(held)
        return held if not spoken and prop != skos.altLabel else spoken

    def _is_taken(self, subject: str, quad: "ox.Quad") -> bool:
        name = str(quad.graph_name)
        graph = self._graphs.get(name)
        if graph is None:
            graph = self._graphs[name] = self.selection.graph(name)
        return graph.said or (graph.computed and (_PERIOD in subject or subject.startswith(self._conflicts)))

    def _curations(self) -> dict[str, list[str]]:
        """Which nodes curators have added to, with their notes."""
        import pyoxigraph as ox

        found: dict[str, list[str]] = {}
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(onr.curates[1:-1]), None, None):
            subject = str(quad.subject)
            if self._is_taken(subject, quad):
                found.setdefault(str(quad.object), []).append(subject)
        return {node: sorted(set(notes)) for node, notes in found.items()}


def _naming() -> frozenset[str]:
    from onrecord.vocabulary.context import properties

    assert set(_NAMING) <= RANKS.keys()
    return frozenset(str(term) for term in properties().values() if term.name in _NAMING)
