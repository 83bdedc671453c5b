"""How a conflict's sentence names what it speaks of."""

from collections.abc import Mapping

from onrecord.index import Index
from onrecord.ntriples import text_of
from onrecord.rules.contradictions import short
from onrecord.vocabulary.terms import rdfs


class Names:
    """Names of nodes: what the registry or their source calls them, else the end of their address."""

    def __init__(self, labels: Mapping[str, str], registry: Index) -> None:
        self._labels, self._registry = labels, registry
        self._learned: dict[str, str] = {}

    def learn(self, node: str, label: str) -> None:
        """Learn what a source calls a node."""
        if label:
            self._learned[node] = label

    def of(self, node: str) -> str:
        """What to call a node."""
        label = (
            self._labels.get(node)
            or self._learned.get(node)
            or text_of(min(self._registry.get(node, {}).get(rdfs.label.plain, ()), default=""))
        )
        return label or short(node)
