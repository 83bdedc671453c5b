"""One source as one release has it: its facts, each with its own triples, and how these read in words."""

import re

from onrecord.index import Index
from onrecord.mappers.parts.minting import KIND_OF_SECTION
from onrecord.ntriples import split, text_of
from onrecord.release.differences import Side
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import oa, onr, prov, rdfs

Told = tuple[str, str, str, str]
"""A triple, and the kind of the graph that it stands in."""
_SHARED = ("words", "attribution")
"""What several facts of a source share: quotations, and the chains that facts came by."""
_EVIDENCE = (onr.evidence, onr.quotation)
_NOTED = (onr.curates, onr.curatedProperty, prov.wasAttributedTo)
_DIGEST = re.compile(r"/[0-9a-f]{12}(?=/|$)")
"""A part's name that is made from its content, and tells a reader nothing."""


class Nodes:
    """What a release says of some nodes."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def values(self, node: str, prop: str) -> list[str]:
        """What a node has in a property, sorted."""
        return sorted(self.index.get(node, {}).get(prop, ()))

    def words(self, evidence: str) -> list[tuple[str, str]]:
        """The selectors of a piece of evidence that quote, each with the words as a literal."""
        selectors = self.values(evidence, oa.hasSelector)
        return [(selector, exact) for selector in selectors for exact in self.values(selector, oa.exact)]


class Version:
    """A source as one release has it. `facts` are the triples of each fact, with those of its parts."""

    def __init__(self, base: str, side: Side) -> None:
        self.text = side.text
        self.facts: dict[str, set[Told]] = {}
        index: Index = {}
        self.nodes = Nodes(index)
        self._base = base
        for kind, lines in side.graphs.items():
            for line in lines.decode().removesuffix("\n").split("\n"):  # a literal may hold what splitlines splits at
                node, prop, value, _ = split(line)
                index.setdefault(node, {}).setdefault(prop, {})[value] = None
                fact = self._fact(node)
                if fact:
                    self.facts.setdefault(fact, set()).add((node, prop, value, kind))

    def _fact(self, node: str) -> str:
        """The fact, entity or source that a node is, or is a part of; "" for what several facts share.

        Addresses are those of `onrecord.mappers.parts.minting`: SECTION/ID of the registry, entry/LIST/REFERENCE of a
        list, source/ID of a source, source/ID/SECTION/ID of a source's own.
        """
        steps = node[1:-1].removeprefix(self._base).split("/")
        if len(steps) > 2 and steps[0] == "source" and steps[2] in _SHARED:
            return ""
        depth = {"source": 4 if len(steps) > 3 else 2, KIND_OF_SECTION["entries"]: 3}.get(steps[0], 2)
        return f"<{self._base}{'/'.join(steps[:depth])}>" if len(steps) > depth else node

    def evidence(self, fact: str) -> list[str]:
        """The evidence of a fact, or of its parts where it has none of its own."""
        for own in (True, False):
            found = {o for s, p, o, _ in self.facts.get(fact, ()) if p in _EVIDENCE and (s == fact) is own}
            if found:
                return sorted(found)
        return []

    def read(self, fact: str, told: Told) -> str:
        """A triple of a fact in words: which part of it, which property, and the value; "" for what only keeps curation
        together."""
        node, prop, value, _ = told
        if prop in _NOTED or value == onr.Curation:
            return ""
        part = _DIGEST.sub("", node[len(fact) - 1 : -1]) if node != fact else ""
        name = prop[1:-1].replace("#", "/").rsplit("/", 1)[-1]
        return f"{part[1:]}/{name}: {self._value(value)}" if part else f"{name}: {self._value(value)}"

    def _value(self, value: str) -> str:
        if not value.startswith("<"):
            return text_of(value)
        quoted = [text_of(exact) for _, exact in self.nodes.words(value)]
        if quoted:
            return f"“{' … '.join(quoted)}”"
        if onr.AttributionChain in self.nodes.values(value, TYPE):
            return " ".join(map(text_of, self.nodes.values(value, rdfs.label)))
        return value[1:-1].removeprefix(self._base).removeprefix("https://w3id.org/onrecord/scheme/")
