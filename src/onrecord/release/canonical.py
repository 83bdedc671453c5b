"""The canonical form of RDF (RDFC-1.0, https://www.w3.org/TR/rdf-canon/), and its hash.

Nothing that we publish has blank nodes. So the canonical form of a dataset is its lines of canonical N-Quads in the
order of their code points, each once (section 4.4.3, with nothing to label), and that of the merged graph is the same
lines without the graph: a term is never the beginning of another term, so they come in the same order.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.writers.parts.sorting import Rows


@dataclass(frozen=True)
class Hashed:
    """How many quads or triples there are, and the SHA-256 of their canonical N-Quads."""

    count: int
    sha256: str


class Digest:
    """The hash of lines that come in order, of which equal ones follow each other and count once."""

    def __init__(self) -> None:
        self._whole, self._held, self._last, self.count = hashlib.sha256(), list[str](), "", 0

    def add(self, line: str) -> bool:
        """Add a line, without its line break. False where it is the same as the one before."""
        if line == self._last:
            return False
        self._last = line
        self._held.append(line)
        self.count += 1
        if len(self._held) >= _AT_ONCE:
            self._flush()
        return True

    def hashed(self) -> Hashed:
        """What has been added."""
        self._flush()
        return Hashed(self.count, self._whole.hexdigest())

    def _flush(self) -> None:
        if self._held:
            self._whole.update("\n".join((*self._held, "")).encode())
            self._held = []


_AT_ONCE = 1_000


def in_order(lines: Iterable[str], rows: Rows) -> Iterator[str]:
    """Canonical N-Quads lines in the order of their code points, without their line breaks; `rows` holds them."""
    rows.extend(line[:-1] for line in lines)
    return iter(rows)


def hashed(lines: Iterable[str]) -> Hashed:
    """The hash of canonical N-Quads lines in any order. Raises OSError where the disk is full."""
    with Rows() as rows:
        digest = Digest()
        for line in in_order(lines, rows):
            digest.add(line)
        return digest.hashed()


def without_graph(line: str) -> str:
    """A canonical N-Quads line of a named graph, as the triple in it."""
    return f"{line[: line.rindex(' <')]} ."
