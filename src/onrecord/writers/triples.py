"""N-Triples (https://www.w3.org/TR/n-triples/), sorted. Named graphs are merged."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.ntriples import split
from onrecord.writers.parts.sorting import Rows


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as N-Triples, each triple once. Raises InputError for a line that is none."""
    with Rows() as rows:
        for line in lines:
            s, p, o, _ = split(line)
            rows.add(f"{s} {p} {o} .")
        stream.writelines(f"{row}\n".encode() for row in rows)
