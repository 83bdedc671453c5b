"""Lines sorted on the disk: no more of them than a piece is in memory."""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

_PIECE = 400_000
"""Lines that are sorted in memory: about 200 MB."""


def write(lines: Iterable[bytes], target: Path, folder: Path) -> None:
    """Write lines sorted, each once, graph by graph as a release has them. Sorted pieces lie in `folder` meanwhile."""
    source = iter(lines)
    parts: list[Path] = []
    while piece := set(islice(source, _PIECE)):
        part = folder / f"part-{len(parts)}"
        with part.open("wb") as stream:
            ordered: list[bytes] = sorted(piece, key=_by_graph)
            stream.writelines(ordered)
        parts.append(part)
    with ExitStack() as stack, target.open("wb") as out:
        streams = [stack.enter_context(part.open("rb")) for part in parts]
        merged: Iterator[bytes] = heapq.merge(*streams, key=_by_graph)
        out.writelines(_once(merged))
    for part in parts:
        part.unlink()


def _by_graph(line: bytes) -> tuple[bytes, bytes]:
    return graph_of(line), line


def graph_of(line: bytes) -> bytes:
    """The graph of a canonical line of N-Quads, in brackets; nothing where it has none.

    An object that is an address has a space before it, too: what tells is what follows the object.
    """
    _, _, rest = line.split(b" ", 2)
    end = rest.rindex(b'"') if rest.startswith(b'"') else 0
    _, space, graph = rest[end:].removesuffix(b"\n").removesuffix(b" .").partition(b" ")
    return graph if space else b""


def without_graph(line: bytes) -> bytes:
    """A line as it is without its named graph."""
    graph = graph_of(line)
    return line[: line.rindex(b" " + graph)] + b" .\n" if graph else line


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = b""
    for line in lines:
        if line != last:
            yield line
            last = line
