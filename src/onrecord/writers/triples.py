"""N-Triples (https://www.w3.org/TR/n-triples/), sorted. Named graphs are merged."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from onrecord.writers.parts.nodes import GROUP, parsed
from onrecord.writers.parts.sorting import Rows


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as N-Triples, each triple once. Raises InputError for a line that is none."""
    with Rows(_nodes(lines)) as rows:
        subject, said = "", set[str]()
        for row in rows:
            s, *triples = row.split(GROUP)
            if s != subject:
                stream.write(_shown(subject, said))
                subject, said = s, set()
            said.update(triples)
        stream.write(_shown(subject, said))


def _nodes(lines: Iterable[str]) -> Iterator[str]:
    """Nodes with what is said of them, a row each: sorted by nodes they are sorted."""
    for batch in parsed(lines):
        for s, quads in groupby(batch, itemgetter(0)):
            yield GROUP.join((s, *(f"{p} {o}" for _, p, o, _ in quads)))


def _shown(subject: str, said: set[str]) -> bytes:
    return "".join(f"{subject} {triple} .\n" for triple in sorted(said)).encode()
