"""What things are called: by the source that speaks of them, by the registry, or else by the end of their address."""

from collections.abc import Sequence

from onrecord.ntriples import text_of
from onrecord.questions.versions import Described, Lines, Nodes
from onrecord.release.blocks import Quads
from onrecord.vocabulary.term import Term
from onrecord.vocabulary.terms import onr, rdfs

_LANGUAGE = "en"


class Names:
    """What a release, or a file without named graphs, calls its nodes."""

    def __init__(self, quads: Quads, base: str, *, named: bool) -> None:
        self._quads, self._base, self._named = quads, base, named
        self._known: dict[str, str] = {}
        if named:
            shared = [*quads.starting(f"<{base}graph/registry/"), *quads.starting(f"<{base}graph/asserted/registry-")]
            self._registry = Nodes(Described(Lines(quads.data, each.start, each.end) for each in shared))
        else:
            self._registry = Nodes(Described([Lines(quads.data, 0, len(quads))]))

    def of(self, node: str, nodes: Nodes | None = None) -> str:
        """What a node is called. `nodes` is what its source says."""
        if node in self._known:
            return self._known[node]
        own = nodes.values(node, rdfs.label) if nodes else []
        if own or (nodes and (own := nodes.values(node, onr.knownByRole))):
            return chosen(own)
        self._known[node] = chosen(self._registry.values(node, rdfs.label)) or self.path(node)
        return self._known[node]

    def in_sources(self, node: str, facts: Sequence[str]) -> str:
        """What a node is called by the first of the sources of some facts that names it; by the registry, or else."""
        if node in self._known or not self._named or self._registry.values(node, rdfs.label):
            return self.of(node)
        for source in dict.fromkeys(self.path(fact).split("/")[1] for fact in facts if "/" in self.path(fact)):
            block = self._quads.find(f"<{self._base}graph/asserted/{source}>")
            lines = [Lines(self._quads.data, block.start, block.end)] if block else []
            if label := chosen(Nodes(Described(lines)).values(node, rdfs.label)):
                self._known[node] = label
                return label
        return self.of(node)

    def path(self, node: str) -> str:
        """The end of an address, below the dataset's base."""
        return node[1:-1].removeprefix(self._base)


def chosen(labels: Sequence[str]) -> str:
    """One of several labels: an English one, or else the first; "" where there is none."""
    ordered = sorted(labels, key=lambda label: (not label.endswith(f"@{_LANGUAGE}"), label))
    return " ".join(text_of(ordered[0]).split()) if ordered else ""


def concept(node: str | Term) -> str:
    """What a term of the vocabulary or of a scheme is called: the end of its address, in words."""
    return node[1:-1].replace("#", "/").rsplit("/", 1)[-1].replace("-", " ")
