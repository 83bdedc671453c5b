"""New shapes, old facts: what the ledger has is checked again as it was mapped, without reading or mapping anything.

That is sound because nothing but checks depends on the shapes: where they change what is mapped, the program changes.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

from onrecord.dataset.ledger import Ledger
from onrecord.dataset.packs import Packs
from onrecord.dataset.pool import spread
from onrecord.dataset.rows import Block
from onrecord.dataset.workers import BATCH, Setup
from onrecord.index import Index, index_of_lines
from onrecord.unit import Tools

_GIVEN = ("asserted", "curated")


class Kept(NamedTuple):
    """A segment that was right by the shapes of then: its number, its file, and where its facts lie."""

    number: int
    file: str
    blocks: tuple[Block, ...]


class Rechecker:
    """Checks kept segments, one batch after the other."""

    def __init__(self, setup: Setup, name: str) -> None:
        self._packs = Packs(setup.cache)
        checker = Tools(setup.shapes, None, setup.shared).checker
        assert checker is not None
        self._checker = checker

    def run(self, batch: list[Kept]) -> list[Kept]:
        """The segments of a batch in which something is found now. Raises `onrecord.dataset.rows.Damaged`."""
        return [kept for kept in batch if self._checker.check(self._index(kept))]

    def _index(self, kept: Kept) -> Index:
        return index_of_lines(b"".join(self._packs.read(kept.blocks)))

    def close(self) -> None:
        """Close the packs."""
        self._packs.close()


def recheck(ledger: Ledger, setup: Callable[[], Setup], processes: int) -> set[str]:
    """Check everything again, and forget the segments in which something is found now or was found then. Their files.

    The registry's are forgotten, too. Raises WorkerDied and `onrecord.dataset.rows.Damaged`.
    """
    stale = [Kept(number, row.file, ()) for number, row in ledger.rows() if row.registry or row.findings is not None]
    for found in spread(_batches(ledger), lambda: partial(Rechecker, setup()), lambda b: b[0].file, processes):
        stale += found
    ledger.remove(kept.number for kept in stale)
    return {kept.file for kept in stale}


def _batches(ledger: Ledger) -> Iterator[list[Kept]]:
    kept = (
        Kept(number, row.file, tuple(block for block in ledger.blocks_of(row) if block.kind in _GIVEN))
        for number, row in ledger.rows()
        if not row.registry and row.findings is None
    )
    while batch := list(islice(kept, BATCH)):
        yield batch
