"""Turtle (https://www.w3.org/TR/turtle/), to be read by people. Named graphs are merged."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.writers.parts.blocks import sections
from onrecord.writers.parts.names import Names
from onrecord.writers.parts.nodes import Nodes
from onrecord.writers.parts.sorting import Rows


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as Turtle, each triple once. Raises InputError for a line that is none."""
    nodes = Nodes(lines, namespaces=True)
    with Rows() as rows:
        rows.extend(row for _, row in nodes)
        names = Names(nodes.base, nodes.namespaces)
        stream.write(names.header().encode())
        for text in sections(rows, names):
            stream.write(text.encode())
