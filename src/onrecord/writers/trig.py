"""TriG (https://www.w3.org/TR/trig/): Turtle with the named graphs, to be read by people."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.mappers.parts.minting import JOINED
from onrecord.writers.parts.arrangement import by_graph
from onrecord.writers.parts.blocks import rule, sections
from onrecord.writers.parts.layout import graph_name
from onrecord.writers.parts.names import Names
from onrecord.writers.parts.nodes import Nodes
from onrecord.writers.parts.sorting import Spool

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
    nodes = Nodes(lines, namespaces=True, graphs=True)
    with Spool() as pairs:
        pairs.extend(nodes)
        names, close = Names(nodes.base, nodes.namespaces), ""
        stream.write(names.header().encode())
        for graph, rows in by_graph(pairs):
            stream.write((close + _opening(graph, names)).encode())
            close = "\n}\n" if graph else ""
            for text in sections(rows, names):
                stream.write(text.encode())
        stream.write(close.encode())


def _opening(graph: str, names: Names) -> str:
    if not graph:
        return ""
    parts = graph_name(graph)
    if parts is None:
        title = "A named graph"
    else:
        title = _TITLES[parts.kind].format("several sources" if parts.source == JOINED else parts.source)
    return f"{rule(title)}\n{names.short(graph)} {{\n"
