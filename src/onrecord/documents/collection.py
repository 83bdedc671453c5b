"""The documents of a release."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.documents.document import Document
from onrecord.documents.kinds import KINDS, Kind, kind_of
from onrecord.documents.labels import Labels
from onrecord.documents.reading import Reading
from onrecord.documents.selection import EVERYTHING, Selection
from onrecord.documents.trees import Trees
from onrecord.writers.parts.layout import step_key

if TYPE_CHECKING:
    import pyoxigraph as ox


class Documents:
    """Makes documents from a store, one when it is asked for.

    `language` is that of the dataset: what things are called in where the selection names no languages.
    """

    def __init__(self, store: "ox.Store", base: str, selection: Selection = EVERYTHING, language: str = "en") -> None:
        self.base = base
        self.reading = Reading(store, base, selection)
        self.labels = Labels(self.reading, language)

    def roots(self, kinds: Iterable[str] | None = None) -> Iterator[tuple[str, Kind]]:
        """The addresses `<iri>` of all that has a document, with the kind of it: kind after kind in the order of KINDS,
        and sorted. Without `kinds`, all but those that stand inside others (`Kind.nested`)."""
        wanted = set(kinds) if kinds is not None else {name for name, kind in KINDS.items() if not kind.nested}
        found: dict[str, list[str]] = {name: [] for name in KINDS if name in wanted}
        for node in self.reading.subjects():
            kind = kind_of(node, self.base)
            if kind and kind.name in found:
                found[kind.name].append(node)
        for name, nodes in found.items():
            for node in sorted(nodes, key=lambda node: (step_key(node[1:-1]), node)):
                yield node, KINDS[name]

    def document(self, node: str, kind: Kind) -> Document:
        """The document of a root."""
        trees = Trees(self.reading, self.labels)
        tree = trees.tree(node)
        triples, references = frozenset(trees.triples), frozenset(trees.references - {node})
        return Document(node, kind, self.labels.of(node), tree, triples, references)
