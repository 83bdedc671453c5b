"""N-Triples (https://www.w3.org/TR/n-triples/), sorted. Named graphs are merged."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.writers.parts.nodes import GROUP, parsed
from onrecord.writers.parts.sorting import Rows


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as N-Triples, each triple once. Raises InputError for a line that is none."""
    with Rows() as rows:
        rows.extend(_nodes(lines))
        subject, said = "", list[str]()
        for row in rows:
            s, *triples = row.split(GROUP)
            if s == subject:
                said = sorted({*said, *triples})
                continue
            stream.write(_shown(subject, said))
            subject, said = s, triples
        stream.write(_shown(subject, said))


def _nodes(lines: Iterable[str]) -> Iterator[str]:
    """The nodes of each graph with what is said of them, a row each: rows in order are nodes in order."""
    subject = graph = ""
    row: list[str] = []
    for s, p, o, g in parsed(lines):
        if s != subject or g != graph:
            if row:
                yield GROUP.join(row)
            subject, graph, row = s, g, [s]
        row.append(f"{p} {o}")
    if row:
        yield GROUP.join(row)


def _shown(subject: str, triples: list[str]) -> bytes:
    return "".join([f"{subject} {triple} .\n" for triple in triples]).encode()
