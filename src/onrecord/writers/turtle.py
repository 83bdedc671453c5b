"""Turtle (https://www.w3.org/TR/turtle/), to be read by people. Named graphs are merged."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.writers.parts.arrangement import Arrangement
from onrecord.writers.parts.blocks import block, heading
from onrecord.writers.parts.names import Names


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as Turtle, each triple once. Raises InputError for a line that is none."""
    with Arrangement(lines, by_graph=False) as arranged:
        names, counts, section = Names(arranged.base, arranged.namespaces), arranged.counts(), ""
        stream.write(names.header().encode())
        for family in arranged.families():
            if family.section != section:
                section = family.section
                stream.write(heading(section, counts["", section]).encode())
            for subject, triples in family.nodes.items():
                stream.write(f"\n{block(subject, triples, names)}".encode())
