"""How a conflict's sentence names what it speaks of."""

from collections.abc import Mapping, Sequence

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
        return self._known(node) or short(node)

    def of_one(self, members: Sequence[str]) -> str:
        """What to call a thing that has several nodes."""
        return next((label for node in members if (label := self._known(node))), "") or short(members[0])

    def _known(self, node: str) -> str:
        held = self._registry.get(node, {}).get(rdfs.label.plain)
        return self._labels.get(node) or self._learned.get(node) or (text_of(min(held)) if held else "")
