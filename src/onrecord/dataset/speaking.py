"""What of a source has to do with some nodes, found in the lines of its graphs: a list has ten thousand entries, and a
link is about one of them."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from onrecord.index import Index, index_of_lines

_FEW = 32
"""So many nodes are searched for one by one; for more, a pass over all lines costs less."""
_ADDRESS = re.compile(rb"<[^<>]*>")


def speaks(graphs: Iterable[bytes], nodes: Collection[bytes]) -> bool:
    """Whether any line of some graphs may have one of some nodes."""
    if len(nodes) <= _FEW:
        return any(node in lines for lines in graphs for node in nodes)
    sought = frozenset(nodes)
    return any(not sought.isdisjoint(_ADDRESS.findall(lines)) for lines in graphs)


def around(
    graphs: Mapping[str, bytes], nodes: Collection[str], joined: Collection[str], names: Callable[[str], Iterable[str]]
) -> dict[str, Index]:
    """The triples of graphs that have one of some nodes, or one that a joined property leads to from these, either way.

    Rules go from one triple to another only where these share a node, and only by joined properties further than that:
    so what follows anew where `nodes` get other names follows from these triples. `names` gives all names of a node.
    """
    found: dict[str, dict[bytes, None]] = {kind: {} for kind in graphs}
    waiting = {name for node in nodes for name in names(node)}
    seen = set(waiting)
    while waiting:
        sought = {node.encode() for node in waiting}
        waiting = set()
        for kind, lines in graphs.items():
            for line in _lines_about(lines, sought):
                if line not in found[kind]:
                    found[kind][line] = None
                    subject, prop, value = _parts(line)
                    ends = (subject, value) if prop in joined else ()
                    waiting.update(name for end in ends if end not in seen for name in names(end))
        seen |= waiting
    return {kind: index_of_lines(b"".join(b"%b\n" % line for line in sorted(held))) for kind, held in found.items()}


def held(lines: bytes, triples: Collection[bytes]) -> Iterator[bytes]:
    """Those of some triples (`s p o`) that the lines of a graph have."""
    for line in lines.split(b"\n"):
        triple = line[: line.rfind(b" <")]
        if triple in triples:
            yield triple


def _parts(line: bytes) -> tuple[str, str, str]:
    subject, prop, rest = line.decode().split(" ", 2)
    return subject, prop, rest[: rest.rindex(" <")]


def _lines_about(lines: bytes, nodes: Collection[bytes]) -> Iterator[bytes]:
    """The lines that may have one of some nodes, without their ends; a line may come again."""
    if len(nodes) > _FEW and all(node.startswith(b"<") for node in nodes):
        sought = frozenset(nodes)
        yield from (line for line in lines.split(b"\n") if not sought.isdisjoint(_ADDRESS.findall(line)))
        return
    for node in nodes:
        at = lines.find(node)
        while at >= 0:
            end = lines.index(b"\n", at)
            yield lines[lines.rfind(b"\n", 0, at) + 1 : end]
            at = lines.find(node, end)
