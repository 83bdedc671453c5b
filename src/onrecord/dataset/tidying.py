"""Packs do not pile up: those of which nothing is in use are removed, and what little is in use of others is moved."""

import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import msgspec

from onrecord.dataset.ledger import Ledger
from onrecord.dataset.packs import Pack, Packs, next_prefix
from onrecord.dataset.rows import Block, Row
from onrecord.unit import Lines

_OLD = re.compile("[0-9a-f]{64}|rules-[0-9a-f]{64}")
"""What earlier versions of the program kept, a file a source."""
_SMALL = 1 << 22
_MOST_SMALL = 64
"""Every build that changes something leaves a pack behind: a small one where little changed. More than this are made
one."""


def tidy(cache: Path, ledger: Ledger, packs: Packs, in_use: Mapping[str, int]) -> None:
    """Remove and move what can be. `in_use` tells how many bytes of each pack the ledger's blocks need.

    Raises `onrecord.dataset.rows.Damaged` for a block that is not what was written.
    """
    for file in cache.iterdir():
        if _OLD.fullmatch(file.name):
            file.unlink(missing_ok=True)
    sizes = packs.sizes()
    packs.remove(name for name in sizes if not in_use.get(name))
    wasteful = {name for name, size in sizes.items() if 0 < in_use.get(name, 0) < size // 2}
    small = {name for name in sizes if 0 < in_use.get(name, 0) < _SMALL}
    if len(small) > _MOST_SMALL:
        wasteful |= small
    if wasteful:
        with closing(Pack(cache, f"{next_prefix(cache)}-0")) as pack:
            ledger.move([*_moved(ledger, packs, pack, wasteful)])
        ledger.keep()
        packs.remove(wasteful)


def _moved(ledger: Ledger, packs: Packs, pack: Pack, wasteful: set[str]) -> list[tuple[int, Row]]:
    moved: list[tuple[int, Row]] = []
    for number, row in ledger.rows():
        blocks = ledger.blocks_of(row)
        if any(block.pack in wasteful for block in blocks):
            now = [_copied(block, packs, pack) if block.pack in wasteful else block for block in blocks]
            moved.append((number, row._replace(blocks=msgspec.msgpack.encode(now))))
    return moved


def _copied(block: Block, packs: Packs, pack: Pack) -> Block:
    (data,) = packs.read([block])
    return pack.append(block.kind, Lines(data, block.triples))
