"""Blocks of N-Quads kept from build to build, many in one file: a file for each source would cost more than building
it. A pack is written by one process, once, and never changed."""

import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from onrecord.dataset.rows import Block, Damaged
from onrecord.unit import Lines

_FOLDER = "packs"
_OURS = re.compile(r"[0-9]{8}-[0-9]+")
_RUN = 1 << 22
"""Bytes that are read at once."""


def next_prefix(cache: Path) -> str:
    """What the names of new packs begin with: after all that there are."""
    with closing(Packs(cache)) as packs:
        return f"{max((int(name.split('-')[0]) for name in packs.sizes()), default=0) + 1:08d}"


def discard(cache: Path) -> None:
    """Remove all packs."""
    with closing(Packs(cache)) as packs:
        packs.remove(packs.sizes())


class Pack:
    """A pack that is being written. `name` must be new in its folder."""

    def __init__(self, cache: Path, name: str) -> None:
        self.name = name
        folder = cache / _FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self._stream = (folder / name).open("xb")
        self._offset = 0

    def write(self, segments: Iterable[dict[str, Lines]]) -> list[tuple[Block, ...]]:
        """Append the graphs of some segments, kind by kind, so that those of one kind lie together. Where they lie."""
        held = list(segments)
        found: list[list[Block]] = [[] for _ in held]
        for kind in sorted({kind for graphs in held for kind in graphs}):
            for graphs, places in zip(held, found, strict=True):
                if kind in graphs:
                    places.append(self.append(kind, graphs[kind]))
        self._stream.flush()
        return [tuple(places) for places in found]

    def append(self, kind: str, lines: Lines) -> Block:
        """Append one block."""
        data = lines.data
        block = Block(kind, self.name, self._offset, len(data), lines.triples, zlib.crc32(data))
        self._stream.write(data)
        self._offset += len(data)
        return block

    def close(self) -> None:
        """End the pack."""
        self._stream.close()


class Packs:
    """All packs of a cache, to be read."""

    def __init__(self, cache: Path) -> None:
        self._folder = cache / _FOLDER
        self._open: dict[str, BinaryIO] = {}

    def close(self) -> None:
        """Close all packs."""
        for stream in self._open.values():
            stream.close()

    def read(self, blocks: Iterable[Block]) -> Iterator[bytes]:
        """The bytes of blocks, in their order, in pieces of whole blocks; those that lie side by side come at once.

        Raises Damaged for a block that is not what was written.
        """
        run: list[Block] = []
        for block in blocks:
            if run and not _goes_on(run, block):
                yield self._piece(run)
                run = []
            run.append(block)
        if run:
            yield self._piece(run)

    def _piece(self, run: list[Block]) -> bytes:
        first, last = run[0], run[-1]
        try:
            stream = self._open.get(first.pack)
            if stream is None:
                stream = self._open[first.pack] = (self._folder / first.pack).open("rb", buffering=0)
            stream.seek(first.offset)
            piece = stream.read(last.offset + last.length - first.offset) or b""
        except OSError as error:
            raise Damaged(f"{first.pack}: {error.strerror}") from error
        view = memoryview(piece)
        for block in run:
            start = block.offset - first.offset
            part = view[start : start + block.length]
            if len(part) != block.length or zlib.crc32(part) != block.checksum:
                raise Damaged(f"{block.pack} at {block.offset}")
        return piece

    def sizes(self) -> dict[str, int]:
        """The packs that there are, with their sizes in bytes."""
        if not self._folder.is_dir():
            return {}
        return {path.name: path.stat().st_size for path in self._folder.iterdir() if _OURS.fullmatch(path.name)}

    def remove(self, names: Iterable[str]) -> None:
        """Remove packs."""
        for name in names:
            stream = self._open.pop(name, None)
            if stream is not None:
                stream.close()
            (self._folder / name).unlink(missing_ok=True)


def _goes_on(run: list[Block], block: Block) -> bool:
    last = run[-1]
    return (
        block.pack == last.pack
        and block.offset == last.offset + last.length
        and block.offset + block.length - run[0].offset <= _RUN
    )
