"""One source as one release has it: its facts, each with its own triples, and how these read in words."""

import mmap
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from onrecord.index import Description, Index, index_of
from onrecord.mappers.parts.minting import KIND_OF_SECTION
from onrecord.ntriples import Triple, text_of
from onrecord.release.blocks import beginning
from onrecord.release.differences import Differing
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import oa, onr, prov, rdfs

Told = tuple[str, str, str, str]
"""A triple, and the kind of the graph that it stands in."""
_SHARED = ("words", "attribution")
"""What several facts of a source share: quotations, and the chains that facts came by."""
_EVIDENCE = (onr.evidence, onr.quotation)
_MARKERS = tuple(f"> {prop} ".encode() for prop in _EVIDENCE)
_NOTED = (onr.curates, onr.curatedProperty, prov.wasAttributedTo)
_HELD = 8 << 20
"""Bytes of a source that may be read at once: ten times as much memory."""
_DIGEST = re.compile(r"/[0-9a-f]{12}(?=/|$)")
"""A part's name that is made from its content, and tells a reader nothing."""


def terms(line: str) -> Triple:
    """Subject, property and value of a canonical line of N-Quads, which must be one, with or without a named graph."""
    node, prop, rest = line.split(" ", 2)
    return node, prop, rest[: rest.index(" ", rest.rindex('"') if rest.startswith('"') else 0)]


class Lines(NamedTuple):
    """Sorted lines between two places of a file or of some bytes."""

    data: "mmap.mmap | bytes"
    low: int
    high: int


class Described(Mapping[str, Description]):
    """What the lines of some graphs say of each node: only what is asked for is read."""

    def __init__(self, graphs: Iterable[Lines]) -> None:
        self._graphs = tuple(graphs)
        self._read: Index = {}
        self._whole = False

    def read_all(self) -> None:
        """Read everything at once: much faster where most of it is going to be asked for."""
        self._read, self._whole = self._index(b""), True

    def __getitem__(self, node: str) -> Description:
        if self._whole:
            return self._read[node]
        if node not in self._read:
            start = f"{node} ".encode()
            self._read[node] = self._index(start).get(node, {})
        if not self._read[node]:
            raise KeyError(node)
        return self._read[node]

    def beginning(self, start: str) -> list[str]:
        """The nodes whose addresses begin so, sorted."""
        return sorted(self._index(start.encode()))

    def _index(self, start: bytes) -> Index:
        """The index of the lines that begin so."""
        found = b"".join(beginning(each.data, start, each.low, each.high) for each in self._graphs)
        return index_of(terms(line) for line in found.decode().split("\n")[:-1])

    def __iter__(self) -> Iterator[str]:
        return iter(self._index(b""))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Nodes:
    """What a release says of some nodes."""

    def __init__(self, index: Mapping[str, Description]) -> None:
        self.index = index

    def values(self, node: str, prop: str) -> list[str]:
        """What a node has in a property, sorted."""
        return sorted(self.index.get(node, {}).get(prop, ()))

    def beginning(self, start: str) -> list[str]:
        """The nodes whose addresses begin so, sorted."""
        if isinstance(self.index, Described):
            return self.index.beginning(start)
        return sorted(node for node in self.index if node.startswith(start))

    def words(self, evidence: str) -> list[tuple[str, str]]:
        """The selectors of a piece of evidence that quote, each with the words as a literal."""
        selectors = self.values(evidence, oa.hasSelector)
        return [(selector, exact) for selector in selectors for exact in self.values(selector, oa.exact)]


def versions(source: Differing) -> "tuple[Version, Version]":
    """A source that differs as each of two releases has it."""
    before, now = source.before.graphs, source.now.graphs
    alone: tuple[dict[str, list[bytes]], dict[str, list[bytes]]] = ({}, {})
    for kind in {**before, **now}:
        had, has = (graphs.get(kind, b"").split(b"\n")[:-1] for graphs in (before, now))
        for found, lines, others in ((alone[0], had, has), (alone[1], has, had)):
            known = set(others)
            found[kind] = [line for line in lines if line not in known]
    earlier, later = (
        Version(source.base, [Lines(lines, 0, len(lines)) for lines in side.graphs.values()], only, side.text)
        for side, only in zip((source.before, source.now), alone, strict=True)
    )
    return earlier, later


def _mostly(alone: Mapping[str, Sequence[bytes]], graphs: Sequence[Lines]) -> bool:
    """Whether so much of a source differs that all of it should be read, and it is small enough to be held."""
    size = sum(high - low for _, low, high in graphs)
    return size <= _HELD and 4 * sum(len(line) for lines in alone.values() for line in lines) > size


class Version:
    """A source as one release has it. `facts` are those that only this release has so, or at all: the triples of each,
    with those of its parts, that the other does not have."""

    def __init__(self, base: str, graphs: Sequence[Lines], alone: dict[str, list[bytes]], text: str = "") -> None:
        """`alone` are the lines that only this release has, by the kind of their graph; `text` is the SHA-256 of the
        source's text."""
        self.text = text
        self.facts: dict[str, set[Told]] = {}
        self._base, self._graphs = base, graphs
        described = Described(graphs)
        if _mostly(alone, graphs):
            described.read_all()
        self.nodes = Nodes(described)
        for kind, lines in alone.items():
            for line in lines:
                node, prop, value = terms(line.decode())
                fact = self.fact_of(node)
                if fact:
                    self.facts.setdefault(fact, set()).add((node, prop, value, kind))

    def has(self, fact: str) -> bool:
        """Whether it says anything of a fact, or of a part of it."""
        if fact in self.facts or fact in self.nodes.index:
            return True
        return any(self.fact_of(line.split(" ", 1)[0]) == fact for line in self._of_parts(fact))

    def _of_parts(self, fact: str) -> Iterator[str]:
        """The lines of nodes whose addresses lie below that of a fact: of its parts, and of a source's facts."""
        for data, low, high in self._graphs:
            yield from beginning(data, f"{fact[:-1]}/".encode(), low, high).decode().split("\n")[:-1]

    def fact_of(self, node: str) -> str:
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
        own = {value for prop in _EVIDENCE for value in self.nodes.values(fact, prop)}
        if own:
            return sorted(own)
        told = (terms(line.decode()) for line in self._evidence_of_parts(fact))
        return sorted({value for node, prop, value in told if prop in _EVIDENCE and self.fact_of(node) == fact})

    def _evidence_of_parts(self, fact: str) -> Iterator[bytes]:
        """The lines below a fact that may name evidence, found without reading the others."""
        for data, low, high in self._graphs:
            lines = beginning(data, f"{fact[:-1]}/".encode(), low, high)
            for marker in _MARKERS:
                place = lines.find(marker)
                while place >= 0:
                    end = lines.find(b"\n", place)
                    yield lines[lines.rfind(b"\n", 0, place) + 1 : end]
                    place = lines.find(marker, end)

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
