"""TriG (https://www.w3.org/TR/trig/): Turtle with the named graphs, to be read by people."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.writers.parts.arrangement import Arrangement
from onrecord.writers.parts.blocks import block, heading, rule
from onrecord.writers.parts.layout import graph_name
from onrecord.writers.parts.names import Names

_TITLES = {
    "asserted": "What {} says",
    "registry": "What {} says of entities",
    "curated": "What curators add to {}",
    "inferred": "What follows from {}",
    "inferred-from-curated": "What follows from {} with what curators add",
    "metadata": "About the {}",
}


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as TriG. Raises InputError for a line that is none."""
    with Arrangement(lines, by_graph=True) as arranged:
        names, counts = Names(arranged.base, arranged.namespaces), arranged.counts()
        graph: str | None = None
        section = close = ""
        stream.write(names.header().encode())
        for family in arranged.families():
            if family.graph != graph:
                graph, section = family.graph, ""
                stream.write((close + _opening(family.graph, names)).encode())
                close = "\n}\n" if family.graph else ""
            if family.section != section:
                section = family.section
                stream.write(heading(section, counts[family.graph, section]).encode())
            for subject, triples in family.nodes.items():
                stream.write(f"\n{block(subject, triples, names)}".encode())
        stream.write(close.encode())


def _opening(graph: str, names: Names) -> str:
    if not graph:
        return ""
    parts = graph_name(graph)
    title = _TITLES[parts.kind].format(parts.source) if parts else "A named graph"
    return f"{rule(title)}\n{names.short(graph[1:-1])} {{\n"
